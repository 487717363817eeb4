"""Operations on many places: a few at once, more of them beside the window, with progress."""

from collections.abc import Callable
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.storage.project import Project

from ..desk import Desk
from ..jobs import Progress, on_project

FEW = 100  # places that are changed at once


class Many:
    """Does what changes many places of the project, and says what was done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do(self, words: str, number: int, work: Callable[[Project, Progress], Changes]) -> None:
        """Do it to so many places; the words say what goes on meanwhile."""
        desk, workspace = self._desk, self._desk.workspace
        if number <= FEW:
            workspace.do_patiently(lambda: work(workspace.project, _untold))
            return
        path = workspace.project.path
        try:
            job = desk.jobs.start(words, on_project(path, work))
        except AnnotatorError as error:
            desk.status.say(str(error), role="warn")
            return
        job.finished.connect(lambda changes: self._done(path, changes))
        job.failed.connect(lambda sentence: desk.status.say(sentence, role="warn"))

    def _done(self, path: Path, changes: Changes) -> None:
        if self._desk.workspace.take(changes, path):
            self._desk.status.say(changes.said, undo=True)


def _untold(done: int, total: int, trouble: str = "") -> None:
    """Progress of what is over at once."""
