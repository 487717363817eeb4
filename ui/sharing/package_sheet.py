"""Packages for coders: for whom, with or without the actors, and where to."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.operations import sharing
from annotator.operations.sharing import Shared
from annotator.operations.team import team
from annotator.operations.words import counted
from annotator.storage import assignments
from annotator.storage.project import Project

from ..dialogs.choosing import Chooser
from ..jobs import Progress
from ..widgets.labels import label
from ..widgets.surface import scrolled
from ..widgets.tick import Tick
from ..workspace import Workspace
from .people_choice import PeopleChoice
from .writing_sheet import Work, WritingSheet


class PackageSheet(WritingSheet):
    """One package for each coder that is ticked; nothing of others' work is in it."""

    def __init__(self, parent: QWidget, workspace: Workspace, chooser: Chooser | None = None) -> None:
        title = QCoreApplication.translate("Package", "Packages for coders")
        super().__init__(parent, title, workspace, chooser)
        self.setObjectName("package_sheet")
        me = workspace.coder.key if workspace.coder else None
        self._all = not assignments.is_anything_assigned(workspace.project)
        members = [each for each in team(workspace.project) if each.assigned or (self._all and each.key != me)]
        self.people = PeopleChoice(members)
        self.actors = Tick(self.tr("The actors of the project go along"))
        self.setAccessibleDescription(self.tr("A package holds what one coder needs, and nothing of others’ work."))
        who = QWidget()
        column = QVBoxLayout(who)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self._hint(bool(members)), "second", wrap=True))
        area = scrolled(self.people)
        area.setAccessibleName(self.tr("Coders"))
        column.addWidget(area, 1)
        column.addWidget(self.actors)
        column.addWidget(label(self.tr("Write into"), "section"))
        who.setProperty("grows", True)
        self.build(who)
        self._pages.setFocusProxy(next(iter(self.people.ticks.values()), self.place))
        self.people.changed.connect(self._tell)
        self._tell()

    def work(self, folder: Path) -> Work:
        chosen, entities = self.people.chosen(), self.actors.isChecked()

        def write(project: Project, progress: Progress) -> list[Shared]:
            made: list[Shared] = []
            for number, coder in enumerate(chosen):
                progress(number, len(chosen))
                made.append(sharing.share(project, folder, coder, entities=entities))
            return made

        return write

    def told(self) -> str:
        inside = self.tr(
            "In each: the coder’s articles, the codebook, the coder’s own work so far and what was decided on it"
        )
        actors = self.tr(", the actors of the project") if self.actors.isChecked() else ""
        others = self.tr("Nothing of others’ work. Opening it makes one that coder.")
        home = self.tr("What comes home goes in by “Bring in a colleague’s file…”.")
        return f"{inside}{actors}. {others} {home}"

    def _hint(self, anybody: bool) -> str:
        if not anybody:
            return self.tr("There are no other coders yet: add them in “Coders…”, then assign articles.")
        if self._all:
            return self.tr("For whom? Nothing is assigned, so each package holds all articles.")
        return self.tr("For whom? Beside each name stand the articles that are assigned. Made again it is an update.")

    def _tell(self) -> None:
        number = len(self.people.chosen())
        packages = counted(number, self.tr("package"), self.tr("packages"))
        words = self.tr("Write {packages}").format(packages=packages)
        self.main.say(words if number else self.tr("Tick the coders"))
        self.main.setEnabled(number > 0)
