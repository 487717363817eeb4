"""Looks through the project beside the window; what is found comes in batches, and it can be stopped."""

from time import monotonic

from PySide6.QtCore import QObject, Qt, Signal

from annotator.model.search_query import BadExpression
from annotator.operations.searching import Search, search_everything
from annotator.storage import turns
from annotator.storage.concordance import Place
from annotator.storage.project import Project

from ..jobs import Job, Progress, on_project
from ..workspace import Workspace

MOST = 100_000  # places that are listed: whoever has more asks more exactly
_FIRST, _BATCH = 40, 1_000  # places that come together: few at first, so that something is there at once
_WAIT = 0.15  # seconds after which fewer come
_ENDING = 10.0  # seconds that a closing project waits


class _Looker(QObject):
    """One search: carries places from its thread to the window."""

    came = Signal(int, object)  # its number, list[Place]

    def __init__(self, number: int, search: Search, viewer: int | None, *, best_first: bool) -> None:
        super().__init__()
        self._number = number
        self._search, self._viewer, self._best_first = search, viewer, best_first

    def work(self, project: Project, progress: Progress) -> bool | BadExpression:
        """Send batches; returns whether there is more than is listed, or what is wrong with the expression."""

        def meanwhile() -> None:
            progress(0, 0)
            turns.give_way(project.path)

        batch: list[Place] = []
        number, told = 0, monotonic()
        try:
            found = search_everything(
                project, self._search, self._viewer, best_first=self._best_first, meanwhile=meanwhile
            )
            for number, place in enumerate(found, 1):
                if number > MOST:
                    break
                batch.append(place)
                if len(batch) >= (_FIRST if number == _FIRST else _BATCH) or monotonic() - told > _WAIT:
                    self.came.emit(self._number, batch)
                    batch, told = [], monotonic()
                    meanwhile()
        except BadExpression as bad:
            return bad
        self.came.emit(self._number, batch)
        return number > MOST


class SearchSession(QObject):
    """One search at a time; a new one stops the one before."""

    began = Signal()
    came = Signal(object)  # list[Place]
    ended = Signal(bool)  # whether there is more than is listed
    stopped = Signal()
    failed = Signal(str, object)  # the sentence, and the place in the expression or None

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._job: Job | None = None
        self._looker: _Looker | None = None
        self._number = 0  # what an earlier search has still on its way is not taken for this one's
        workspace.closing.connect(self._end)

    @property
    def is_busy(self) -> bool:
        """Whether it is looking."""
        return self._job is not None

    def ask(self, search: Search, *, best_first: bool) -> None:
        """Look for something else."""
        self._drop()
        workspace = self._workspace
        viewer = workspace.coder.key if workspace.coder else None
        self._number += 1
        self._looker = looker = _Looker(self._number, search, viewer, best_first=best_first)
        looker.came.connect(self._came, Qt.ConnectionType.QueuedConnection)
        self._job = job = Job(on_project(workspace.project.path, looker.work, read_only=True))
        job.finished.connect(self._finished)
        job.failed.connect(self._failed)
        job.ended.connect(self._over)
        job.start()
        self.began.emit()

    def stop(self) -> None:
        """Look no further; what was found stays."""
        if self._drop() is not None:
            self.stopped.emit()

    # ---- inside

    def _came(self, number: int, places: list[Place]) -> None:
        if number == self._number and self._job is not None:
            self.came.emit(places)

    def _over(self) -> None:
        """It ended without a word: by a bug, which is told elsewhere."""
        if self._job is not None and not self._job.is_running:
            self._job = self._looker = None
            self.stopped.emit()

    def _finished(self, outcome: object) -> None:
        self._job = self._looker = None
        if isinstance(outcome, BadExpression):
            self.failed.emit(str(outcome), outcome.place)
        else:
            self.ended.emit(bool(outcome))

    def _failed(self, sentence: str) -> None:
        self._job = self._looker = None
        self.failed.emit(sentence, None)

    def _drop(self) -> Job | None:
        job, looker, self._job, self._looker = self._job, self._looker, None, None
        if looker is not None:
            looker.came.disconnect()
        if job is not None:
            job.finished.disconnect()
            job.failed.disconnect()
            job.ended.disconnect()
            job.cancel()
        return job

    def _end(self) -> None:
        job = self._drop()
        if job is not None:
            job.wait(_ENDING)
