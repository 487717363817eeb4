"""Looking at all articles, and writing about many, without holding the window: at once where they are few."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.progress import Progress, silent
from annotator.storage import totals
from annotator.storage.project import Project

from ..background import Background
from ..desk import Desk
from ..jobs import on_project

FEW = 2_000  # articles, or rows to write, that take no moment anybody would feel
T = TypeVar("T")
Operation = Callable[[Project, Progress], Changes]


class AtScale(QObject):
    """What is looked at is shown when it is there; what is written beside the window tells its progress in the foot."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._beside = Background(desk.workspace, self._hear, self)

    def look(self, look: Callable[[Project], T], show: Callable[[T], object]) -> None:
        """Show what `look` finds."""
        workspace = self._desk.workspace
        if totals.documents(workspace.project) <= FEW:
            show(look(workspace.project))
            return
        self._desk.status.say(self.tr("Looking through the articles…"))
        self._beside.ask(lambda project: (show, look(project)))

    def _hear(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        show, found = answer
        self._desk.status.say("")
        show(found)

    def write(self, words: str, number: int, operation: Operation) -> str | None:
        """Run an operation that writes about so many rows; returns why it cannot be. The foot line says `words`."""
        workspace = self._desk.workspace
        if number <= FEW:
            return workspace.attempt(lambda: operation(workspace.project, silent))
        path = workspace.project.path
        try:
            job = self._desk.jobs.start(words, on_project(path, lambda project, told: operation(project, told)))
        except AnnotatorError as error:
            return str(error)
        job.finished.connect(lambda changes: self._written(path, changes))
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)
        return None

    def _written(self, path: Path, changes: Changes) -> None:
        if self._desk.workspace.take(changes, path):
            self._desk.status.say("; ".join((changes.said, *changes.warnings)), undo=changes.undoable)

    def _failed(self, sentence: str) -> None:
        self._desk.status.say(sentence, role="bad")

    def _stopped(self) -> None:
        self._desk.status.say(self.tr("Stopped. Nothing was changed."))
