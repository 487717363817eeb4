"""A sheet that asks for a folder, writes files there beside the window, and says where they lie."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.operations.sharing import Shared
from annotator.operations.words import counted
from annotator.storage.project import Project

from ..dialogs.choosing import Chooser
from ..dialogs.place_row import PlaceRow, fault
from ..jobs import Job, Progress, on_project
from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.progress import Progress as Bar
from ..widgets.sheet import Sheet
from ..workspace import Workspace
from .written import Written

Work = Callable[[Project, Progress], list[Shared]]


class WritingSheet(Sheet):
    """What is asked besides the folder, what is written, and what is said of it are the subclass's."""

    wrote = Signal(object)  # list of Shared

    def __init__(self, parent: QWidget, title: str, workspace: Workspace, chooser: Chooser | None = None) -> None:
        self._pages = QStackedWidget()
        super().__init__(parent, title, self._pages, 600, leave="cancel")
        self._workspace, self._chooser = workspace, chooser or Chooser()
        self._job: Job | None = None
        self.place = PlaceRow(self.tr("Folder"))
        self.place.change_requested.connect(self._choose)
        self.place.show_path(workspace.project.path.parent)
        self._bar = Bar(self.tr("Writing"))
        self._bar.hide()
        self._faults = QVBoxLayout()
        self.main = button("", "primary", on_click=self._write)
        self.closed.connect(self._leave)

    # ---- the subclass's

    def work(self, folder: Path) -> Work:
        """What writes the files, in a thread of its own: it touches nothing of the window."""
        raise NotImplementedError

    def told(self) -> str:
        """What is in the files, and what to do with them."""
        raise NotImplementedError

    def build(self, *parts: QWidget) -> None:
        """Put the sheet together: `parts` stand over the folder."""
        question = QWidget()
        column = QVBoxLayout(question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for place, part in enumerate(parts):
            column.addWidget(part, 1 if place == 0 and part.property("grows") else 0)
        column.addWidget(self.place)
        column.addWidget(self._bar)
        column.addLayout(self._faults)
        column.addLayout(self.foot(self.main))
        self._question = question
        self._pages.addWidget(question)
        self._pages.setFocusProxy(self.main)

    # ---- inside

    def _choose(self) -> None:
        folder = self._chooser.folder(self, self.tr("Folder for the file"))
        if folder is not None:
            self.place.show_path(folder)

    def _write(self) -> None:
        folder = self.place.path
        if folder is None or self._job is not None:
            return
        self._say("")
        self._job = Job(on_project(self._workspace.project.path, self.work(folder)))
        self._job.progressed.connect(self._progressed)
        self._job.finished.connect(self._finished)
        self._job.failed.connect(self._say)
        self._job.ended.connect(self._ended)
        self._allow(False)
        self._job.start()

    def _progressed(self, done: int, total: int, _: str) -> None:
        self._bar.show_share(done, total)

    def _finished(self, made: list[Shared]) -> None:
        self.leave.say(self.tr("Close"))
        result = QWidget()
        column = QVBoxLayout(result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        told = self.told()
        written = Written(made, told)
        column.addWidget(written, 1)
        column.addLayout(self.foot(written.open, written.copy))
        self._pages.addWidget(result)
        self._pages.setCurrentWidget(result)
        self._pages.setFocusProxy(written.open)
        written.open.setFocus(Qt.FocusReason.OtherFocusReason)
        files = counted(len(made), self.tr("file"), self.tr("files"))
        announce(self, self.tr("{files} written.").format(files=files) + " " + told)
        self.wrote.emit(made)

    def _ended(self) -> None:
        self._job = None
        self._allow(True)

    def _allow(self, allowed: bool) -> None:
        for part in (self.main, self.place):
            part.setEnabled(allowed)
        self._bar.setVisible(not allowed)

    def _say(self, sentence: str) -> None:
        clear(self._faults)
        if sentence:
            self._faults.addWidget(fault(sentence))
            announce(self, sentence, at_once=True)

    def _leave(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            for signal in (job.progressed, job.finished, job.failed, job.ended):
                signal.disconnect()
            job.cancel()
        self.deleteLater()
