"""What one part of the window wants to know and that takes long: read beside the window, without a word about it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from annotator.storage.project import Project

from .jobs import Job, on_project
from .workspace import Workspace

_ENDING = 10.0  # seconds that a closing project waits for the reading to end

Question = Callable[[Project], object]
Hear = Callable[[object], None]


class Background(QObject):
    """Answers one question at a time; of those asked meanwhile only the latest is heard.

    `hear` must be a method of a part that lives as long as this does.
    """

    def __init__(self, workspace: Workspace, hear: Hear, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._hear = workspace, hear
        self._job: Job | None = None
        self._next: Question | None = None
        workspace.closing.connect(self._end)

    def ask(self, question: Question) -> None:
        """Answer this one, and none that was asked before."""
        self._next = question
        if self._job is None:
            self._begin()

    def _begin(self) -> None:
        question, self._next = self._next, None
        if question is None or not self._workspace.is_open:
            return
        work = on_project(self._workspace.project.path, lambda project, _: question(project), read_only=True)
        self._job = job = Job(work)
        job.finished.connect(self._finished)
        job.ended.connect(self._ended)  # it says nothing where the file cannot be read just now
        job.start()

    def _finished(self, answer: object) -> None:
        if self._next is None:
            self._hear(answer)

    def _ended(self) -> None:
        self._job = None
        self._begin()

    def _end(self) -> None:
        job, self._job, self._next = self._job, None, None
        if job is not None:
            job.finished.disconnect()  # what it found out is of no other project
            job.ended.disconnect()
            job.wait(_ENDING)
