"""All versions of the codebook, the latest first, and what each changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.model.codebook_diff import diff, marks_of, note_of, unmarked
from annotator.operations.words import counted
from annotator.storage import version_queries
from annotator.storage.stamps import local_time
from annotator.storage.version_queries import Version

from ..widgets.buttons import button
from ..widgets.labels import breakable, label
from ..workspace import Workspace
from .changes_list import ChangesList
from .items import Item, ItemList


class VersionsPage(QWidget):
    """Versions never change; an earlier one can be taken as the draft of the next."""

    taken = Signal(object)  # a Codebook

    def __init__(self, parent: QWidget, workspace: Workspace) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._versions: dict[str, Version] = {}
        self.list = ItemList(self.tr("Versions"))
        self.list.setFixedWidth(250)
        self._title, self._facts = label("", "head"), label("", "meta", wrap=True)
        self._note = label("", "second", wrap=True)
        self.changes = ChangesList(marks=False)
        self._take = button(self.tr("Start again from this version"))
        self._take.clicked.connect(self._start)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._take)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self._facts)
        right.addWidget(self._note)
        right.addWidget(self.changes, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self.list.chosen.connect(self._show)

    def show_versions(self) -> None:
        """Read the versions anew, with the current one at hand."""
        found = version_queries.versions(self._workspace.project)[::-1]
        self._versions = {each.id: each for each in found}
        self.list.show_items([Item(each.id, each.version, _day(each.at)) for each in found], found[0].id)
        self._show(self.list.current)

    def _show(self, own: str) -> None:
        version = self._versions[own]
        parent = self._versions.get(version.parent or "")
        current = next(iter(self._versions)) == own
        self._title.setText(self.tr("Version {n}").format(n=version.version))
        self._take.setVisible(not current)
        changes = (
            diff(parent.codebook, unmarked(version.codebook), marks_of(version.codebook)) if parent is not None else []
        )
        changes = [each for each in changes if each.path != "version"]  # the title says it
        facts = [self.tr("in force") if current else "", _day(version.at, with_time=True)]
        facts.append(
            self.tr("{changes} since {version}").format(
                changes=counted(len(changes), self.tr("change"), self.tr("changes")), version=parent.version
            )
            if parent is not None
            else self.tr("the first of this project")
        )
        self._facts.setText(" · ".join(each for each in facts if each))
        note = note_of(version.codebook)
        self._note.setText(breakable(note))
        self._note.setVisible(bool(note))
        self.changes.show_changes(changes)

    def _start(self) -> None:
        version = self._versions.get(self.list.current)
        if version is not None:
            self.taken.emit(version.codebook)


def _day(at: int, *, with_time: bool = False) -> str:
    return local_time(at).strftime("%Y-%m-%d %H:%M" if with_time else "%Y-%m-%d")
