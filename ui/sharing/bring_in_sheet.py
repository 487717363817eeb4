"""“Bring in a colleague’s file…”: choose files, look at what would come in, settle what clashes, and go."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.operations.merge_preview import MergePreview
from annotator.operations.merging import preview_merge
from annotator.operations.words import counted
from annotator.storage.project import SUFFIX

from ..dialogs.choosing import Chooser
from ..dialogs.files_sheet import FilesSheet
from ..dialogs.place_row import fault
from ..jobs import Job, on_project
from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.surface import scrolled
from ..workspace import Workspace
from .bring_in_choices import BringInChoices
from .bring_in_shown import BringInShown


class BringInSheet(FilesSheet):
    """Nothing is written while it is open. `taken` carries the files that can be used, and the choices."""

    taken = Signal(object, object)  # tuple of paths, Choices

    def __init__(self, parent: QWidget, workspace: Workspace, chooser: Chooser | None = None) -> None:
        title = QCoreApplication.translate("BringIn", "Bring in a colleague’s file")
        super().__init__(parent, title, 820)
        self.setObjectName("bring_in_sheet")
        self._workspace, self._chooser = workspace, chooser or Chooser()
        self._job: Job | None = None
        self.preview: MergePreview | None = None
        self.choices: BringInChoices | None = None
        self._files = button(self.tr("Choose files…"), "primary", "folder-open", self._choose)
        head = self.tr("Packages and copies of this project, one or many")
        hint = self.tr("You can also drop them on the window. What would come in is shown first.")
        self._build_choice("users-three", head, hint, self._files)
        self._again = button(self.tr("Choose others…"), "ghost", on_click=self._choose)
        self.main = button("", "primary", on_click=self._take)
        self._build_result(self.main, self._again)
        self.closed.connect(self._leave)

    # ---- what the window uses

    def ask(self) -> None:
        """Ask for files."""
        self._stop_looking()
        self._turn_to(self._choice, self._files)
        self.present()

    def look_at(self, paths: Sequence[Path]) -> None:
        """Look at these files; the window goes on meanwhile."""
        self._stop_looking()
        chosen = tuple(dict.fromkeys(paths))
        files = counted(len(chosen), self.tr("file"), self.tr("files"))
        self._words.setText(self.tr("Looking at {files}…").format(files=files))
        self._bar.show_share(0, 0)
        self._turn_to(self._wait, self.leave)
        self.present()
        project = self._workspace.project
        work = on_project(project.path, lambda project, progress: preview_merge(project, chosen, progress=progress))
        self._job = job = Job(work)
        job.progressed.connect(self._tell)
        job.finished.connect(self._show)
        job.failed.connect(self._show_fault)
        job.start()

    # ---- inside

    def _choose(self) -> None:
        kind = self.tr("Annotator project (*{suffix})").format(suffix=SUFFIX)
        paths = self._chooser.files(self, self.tr("Bring in"), [kind])
        if paths:
            self.look_at(paths)

    def _tell(self, done: int, total: int, _: str) -> None:
        self._bar.show_share(done, total)

    def _show(self, found: MergePreview) -> None:
        self._job, self.preview = None, found
        self.choices = BringInChoices(found)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 10, 0)
        column.addWidget(BringInShown(found, self.choices if self.choices.wanted else None))
        column.addStretch(1)
        area = scrolled(content)
        area.setAccessibleName(self.tr("What would come in"))
        self._fill(area)
        can = bool(found.paths) and bool(found.new or found.changed)
        unusable = bool(found.refused) and not found.paths
        files = counted(len(found.paths), self.tr("file"), self.tr("files"))
        if can:
            self.main.say(self.tr("Bring in {files}").format(files=files))
        else:
            self.main.say(self.tr("Cannot be brought in") if unusable else self.tr("Nothing new"))
        self.main.setEnabled(can)
        self._turn_to(self._result, self.main if can else self._again)
        announce(self, found.said())

    def _show_fault(self, sentence: str) -> None:
        self._job = None
        self._fill(fault(sentence))
        self.main.say(self.tr("Nothing new"))
        self.main.setEnabled(False)
        self._turn_to(self._result, self._again)

    def _fill(self, content: QWidget) -> None:
        clear(self._holder)
        self._holder.addWidget(content)

    def _take(self) -> None:
        if self.preview is not None and self.choices is not None:
            paths, choices = self.preview.paths, self.choices.made()
            self.dismiss()
            self.taken.emit(paths, choices)

    def _stop_looking(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            for signal in (job.progressed, job.finished, job.failed):
                signal.disconnect()
            job.cancel()

    def _leave(self) -> None:
        self._stop_looking()
        self.deleteLater()
