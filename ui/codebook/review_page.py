"""Before saving: what the new version changes, what kind of change each is, a number and a note."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.codebook_check import codebook_warnings
from annotator.model.codebook_diff import diff, next_version, touched_tags
from annotator.model.codebook_diff import marked as with_marks
from annotator.operations.words import counted

from ..dialogs.place_row import fault, warning
from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.empty_state import EmptyState
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import label
from .changes_list import ChangesList
from .draft import Draft
from .fields import LineField

_MOST = 3  # warnings that are told; there are more where a codebook has many tags


class ReviewPage(QWidget):
    """The differences between the draft and the version that holds."""

    back_wanted = Signal()
    place_wanted = Signal()  # of what is wrong
    save_wanted = Signal(str, str, object)  # version, note, marks by path

    def __init__(self, parent: QWidget, draft: Draft, save_key: str = "") -> None:
        super().__init__(parent)
        self._draft, self._save_key = draft, save_key
        self._own: dict[str, str] = {}  # what the person said, by path
        self._title, self._touches = label("", "section"), label("", "meta", wrap=True)
        self.changes = ChangesList(marks=True)
        self.changes.marked.connect(self._mark)
        self._told = QVBoxLayout()
        self._told.setSpacing(4)
        self.version, self.note = LineField(), LineField(self.tr("What is new, and why"))
        self.version.setAccessibleName(self.tr("Version"))
        self.version.setFixedWidth(110)
        self.note.setAccessibleName(self.tr("Note on this version"))
        self._place = button(self.tr("Go there"), "link")
        self._back = button(self.tr("Back to editing"))
        self._save = button(self.tr("Save this version"), "primary")
        self._place.clicked.connect(self.place_wanted)
        self._back.clicked.connect(self.back_wanted)
        self._save.clicked.connect(self.save)
        self.note.returnPressed.connect(self.save)
        self._build()

    def show_draft(self) -> None:
        """Compare anew. The kinds that were chosen stay while their change is there."""
        changes = diff(self._draft.base, self._draft.book, {**self._draft.marks, **self._own})
        self._pages.setCurrentIndex(0 if changes else 1)
        number = counted(len(changes), self.tr("change"), self.tr("changes"))
        self._title.setText(self.tr("{changes} since version {n}").format(changes=number, n=self._draft.base.version))
        self.changes.show_changes(changes)
        self.version.show_value(self._draft.version or next_version(self._draft.base.version))
        self._tell_touched()
        self._tell()

    def tell(self, sentence: str) -> None:
        """Say why the version was not saved."""
        self._tell(sentence)

    def save(self) -> None:
        """Ask to save what is shown."""
        if self._save.isEnabled():
            self.save_wanted.emit(self.version.value(), self.note.value(), self.marks)

    def forget(self) -> None:
        """It is saved: the next version begins with nothing said."""
        self._own.clear()
        self.note.show_value("")

    @property
    def marks(self) -> dict[str, str]:
        """What kinds the person, or the file that was imported, said of the changes that there are."""
        paths = {each.path for each in diff(self._draft.base, self._draft.book)}
        return {path: kind for path, kind in {**self._draft.marks, **self._own}.items() if path in paths}

    # ---- inside

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.changes, 1)
        column.addWidget(self._touches)
        column.addLayout(self._told)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(self.tr("Version"), "section"))
        foot.addWidget(self.version)
        foot.addWidget(label(self.tr("Note"), "section"))
        foot.addWidget(self.note, 1)
        foot.addWidget(self._place)
        foot.addWidget(self._back)
        foot.addWidget(self._save)
        if self._save_key:
            foot.addWidget(KeyCaps(self._save_key))
        column.addLayout(foot)
        empty = EmptyState(
            "check-circle",
            self.tr("Nothing to save"),
            self.tr("The codebook is as the project has it."),
            self.tr("Back to editing"),
        )
        empty.acted.connect(self.back_wanted)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(inside)
        self._pages.addWidget(empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _mark(self, path: str, kind: str) -> None:
        self._own[path] = kind
        self._tell_touched()

    def _tell_touched(self) -> None:
        changes = diff(self._draft.base, self._draft.book, {**self._draft.marks, **self._own})
        tags = touched_tags(with_marks(self._draft.book, changes))
        names = [tag.label for tag in self._draft.book.tags if tag.id in tags]
        self._touches.setText(
            self.tr("Coders will look again at what they tagged as {tags}: a rule is narrower, wider or new.").format(
                tags=", ".join(names)
            )
            if names
            else self.tr("Nobody has to look again at what is tagged: say so where a rule is narrower or wider.")
        )

    def _tell(self, sentence: str = "") -> None:
        clear(self._told)
        found = self._draft.fault
        self._place.setVisible(found is not None)
        self._save.setEnabled(found is None)
        wrong = found.sentence if found is not None else sentence
        if wrong:
            self._told.addWidget(fault(wrong))
        elif warnings := self._warnings():
            for each in warnings[:_MOST]:
                self._told.addWidget(warning(each))

    def _warnings(self) -> list[str]:
        """What this draft gives rise to; what was so before is known."""
        known = set(codebook_warnings(self._draft.base))
        return [each for each in codebook_warnings(self._draft.book) if each not in known]
