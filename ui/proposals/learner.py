"""Learns from what was coded while somebody codes on: after the start, and again whenever more articles are done."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.changes import Changes
from annotator.operations.proposal_settings import proposal_settings, proposals_on
from annotator.storage import queries

from ..jobs import Job
from ..workspace import Workspace
from .here import ProposalsHere

if TYPE_CHECKING:
    from annotator.operations.learning import Teaching
    from annotator.propose.learned import Learned

PAUSE = 3_000  # milliseconds after the start, and after an article is done, before it begins
_ENDING = 5.0  # seconds that a closing project waits for it to end


class Learner(QObject):
    """What was learned last; `changed` says that something else is known, or that it works or rests."""

    changed = Signal()
    progressed = Signal(int, int)

    def __init__(self, workspace: Workspace, proposals: ProposalsHere, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._proposals = workspace, proposals
        self.learned: Learned | None = None
        self.teaching: list[Teaching] = []
        self.fault = ""
        self._done = -1  # articles that were done when it learned last
        self._job: Job | None = None
        self._recalling: Job | None = None
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._if_more)
        workspace.opened.connect(self._begin_anew)
        workspace.coder_changed.connect(self._begin_anew)
        workspace.changed.connect(self._follow)
        workspace.closing.connect(self._end)
        if workspace.is_open:
            self._begin_anew()

    @property
    def is_busy(self) -> bool:
        """Whether it learns at the moment."""
        return self._job is not None

    def learn(self) -> None:
        """Learn now, in a process that gives way to all others."""
        workspace = self._workspace
        if not workspace.is_open or self._job is not None:
            return
        from annotator.operations.learning_process import learn_beside

        path, coder = workspace.project.path, workspace.coder.key if workspace.coder else None
        self._done = self._articles_done()
        self.fault = ""
        self._job = job = Job(lambda progress: learn_beside(path, coder, progress=progress))
        job.progressed.connect(lambda done, total, _: self.progressed.emit(done, total))
        job.finished.connect(self._finished)
        job.failed.connect(self._failed)
        job.ended.connect(self._ended)
        job.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Stop; what was learned before stays."""
        if self._job is not None:
            self._job.cancel()

    # ---- inside

    def _begin_anew(self) -> None:
        self._end()
        self.learned, self.teaching, self._done, self.fault = None, [], -1, ""
        self._proposals.learn(None)
        self._recall()
        self._pause.start()

    def _recall(self) -> None:
        """Propose by what was learned before the last end, until it is known whether there is more to learn from."""
        workspace = self._workspace
        if not workspace.is_open or not self._is_wanted():
            return
        from annotator.operations.learned_models import kept_models, path_of

        path = path_of(workspace.project, workspace.coder.key if workspace.coder else None)
        self._recalling = job = Job(lambda _: kept_models(path))
        job.finished.connect(self._recalled)
        job.start()

    def _recalled(self, kept: object) -> None:
        from annotator.operations.learned_models import Kept

        self._recalling = None
        if isinstance(kept, Kept) and self.learned is None:
            self.learned = kept.learned
            self._proposals.learn(self.learned)
            self.changed.emit()

    def _follow(self, changes: Changes) -> None:
        if changes.everything or (changes.readings and not changes.annotations):
            self._pause.start()

    def _if_more(self) -> None:
        """Learn if that is switched on, can be done, and there is more to learn from than the last time."""
        if not self._workspace.is_open or not self._is_wanted():
            return
        from annotator.propose.learned import ARTICLES

        done = self._articles_done()
        if done >= ARTICLES and done != self._done:
            self.learn()

    def _is_wanted(self) -> bool:
        """Whether proposals that are learned are switched on, and can be made."""
        project = self._workspace.project
        if not proposals_on(project):
            return False
        from annotator.propose.learned import NAME, is_installed

        return NAME in proposal_settings(project).proposers and is_installed()

    def _articles_done(self) -> int:
        coder = self._workspace.coder.key if self._workspace.coder else None
        return queries.state_counts(self._workspace.project, coder).get("done", 0)

    def _finished(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        self.learned, self.teaching = answer
        self._proposals.learn(self.learned)

    def _failed(self, sentence: str) -> None:
        self.fault = sentence

    def _ended(self) -> None:
        self._job = None
        self.changed.emit()

    def _end(self) -> None:
        recalling, self._recalling = self._recalling, None
        if recalling is not None:
            recalling.finished.disconnect()
        job, self._job = self._job, None
        if job is not None:
            for signal in (job.finished, job.failed, job.ended):
                signal.disconnect()
            job.cancel()
            job.wait(_ENDING)
