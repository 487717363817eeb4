"""Orders the places beside the window; it can be stopped."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from annotator.storage.concordance import Place

from ..jobs import Job, Progress
from .order import ordered


class Sorting(QObject):
    """One order at a time; `done` carries the numbers of the places in their order."""

    done = Signal(object)  # array of int

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether it is ordering."""
        return self._job is not None

    def begin(self, places: Sequence[Place], order: str) -> None:
        """Order these places, and none that were to be ordered before."""
        self.stop()
        kept = list(places)

        def work(progress: Progress) -> object:
            return ordered(kept, order, lambda: progress(0, 0))

        self._job = job = Job(work)
        job.finished.connect(self._finished)
        job.start()

    def stop(self) -> None:
        """Leave them as they stand."""
        job, self._job = self._job, None
        if job is not None:
            job.finished.disconnect()
            job.cancel()

    def _finished(self, found: object) -> None:
        self._job = None
        self.done.emit(found)
