"""Comparing readings beside the window: the first articles come at once, the others while a person already decides."""

from collections import Counter, deque
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject

from annotator.operations import reviewing, rounds
from annotator.operations.reviewing import ArticleReview
from annotator.review.decisions import AGREED
from annotator.review.kinds import AGREED as NO_DIFFERENCE
from annotator.storage.project import Project

from ..jobs import Job, Progress, on_project
from ..workspace import Workspace
from .look import settled, tally_key

_ENDING = 10.0  # seconds that a closing project waits for the reading to end


class Compared(NamedTuple):
    """An article, how often each difference stands in it, and the words of the places that wait."""

    review: ArticleReview
    tally: Counter[tuple[str, int]]
    quotes: frozenset[str]


def compared(review: ArticleReview) -> Compared:
    """Count what the list says of an article."""
    tally = Counter(
        [
            tally_key(unit, kind, review.readers)
            for case in review.cases
            if case.state != AGREED
            for unit in case.place.units
            for kind in unit.kinds
        ]
    )
    agreed = sum(len(case.place.units) for case in review.cases if case.state == AGREED)
    if agreed:
        tally[NO_DIFFERENCE, 0] += agreed
    quotes = frozenset(case.place.quote for case in review.cases if not settled(case))
    assert review.counts is not None  # counted here, not when the list is drawn
    return Compared(review, tally, quotes)


def documents_for(project: Project, viewer: int | None, of: int | None) -> list[int]:
    """The articles to review, or those of one coder, as far as the viewer may see them."""
    if of is None:
        return reviewing.documents_to_review(project, viewer)
    return [key for key in reviewing.documents_of_one(project, of) if rounds.sees_others(project, key, viewer)]


Part = list[int] | Compared  # the articles in their order come first, then each of them


class ReadingJob(QObject):
    """Reads everything once; of two readings only the latest is heard. `take` gets parts, `over` comes at the end."""

    def __init__(
        self, workspace: Workspace, take: Callable[[list[Part]], None], over: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._take, self._over = workspace, take, over
        self._job: Job | None = None
        self._parts: deque[Part] = deque()
        workspace.closing.connect(self.end)

    @property
    def is_busy(self) -> bool:
        """Whether more is still to come."""
        return self._job is not None

    def begin(self, viewer: int | None, of: int | None) -> None:
        """Read everything anew."""
        if self._job is not None:
            self._job.cancel()
        parts: deque[Part] = deque()
        self._parts = parts

        def work(project: Project, progress: Progress) -> None:
            documents = documents_for(project, viewer, of)
            parts.append(documents)
            for done, review in enumerate(reviewing.review(project, documents, of=of), 1):
                parts.append(compared(review))
                progress(done, len(documents))

        self._job = job = Job(on_project(self._workspace.project.path, work, read_only=True))
        job.progressed.connect(lambda *_: self._hear(job))
        job.finished.connect(lambda _: self._hear(job))
        job.ended.connect(lambda: self._end(job))
        job.start()

    def _hear(self, job: Job) -> None:
        if job is not self._job:
            return
        taken = []
        while self._parts:
            taken.append(self._parts.popleft())
        if taken:
            self._take(taken)

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._over()

    def end(self) -> None:
        """Stop, because the project closes."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            job.wait(_ENDING)
