"""What Overview shows, counted beside the window, anew when the project has changed; it can be stopped."""

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.changes import Changes
from annotator.operations.agreement_readings import Which
from annotator.operations.overview import Overview, overview, sample_documents
from annotator.storage.project import Project

from ..jobs import Job, Progress, on_project
from ..workspace import Workspace
from . import plots

PAUSE = 400  # milliseconds without a change after which it is counted anew
_ENDING = 10.0  # seconds that a closing project waits


class OverviewSession(QObject):
    """Counts only while somebody looks. What was counted stays in sight until the new numbers are there."""

    came = Signal()  # other numbers
    busy_changed = Signal()
    progressed = Signal(int, int)  # done, of how many

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.found: Overview | None = None
        self.trouble = ""  # why there are no numbers
        self.coders: tuple[str, ...] = ()
        self.version = ""
        self.sample = False
        self.now = False
        self._active = self._stale = False
        self._job: Job | None = None
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.count)
        workspace.opened.connect(self._forget)
        workspace.closing.connect(self._end)
        workspace.changed.connect(self._follow)
        workspace.coder_changed.connect(self._outdate)

    @property
    def is_busy(self) -> bool:
        """Whether something is being counted."""
        return self._job is not None

    @property
    def is_stale(self) -> bool:
        """Whether the project has changed since it was counted."""
        return self._stale

    def enter(self, active: bool) -> None:
        """Somebody looks, or looks no more."""
        self._active = active
        if active and (self.found is None or self._stale) and not self.is_busy:
            self.count()

    def choose(self, *, coders: tuple[str, ...], version: str = "", sample: bool = False, now: bool = False) -> None:
        """Compare other readings."""
        if (coders, version, sample, now) != (self.coders, self.version, self.sample, self.now):
            self.coders, self.version, self.sample, self.now = coders, version, sample, now
            self.count()

    def count(self) -> None:
        """Count anew."""
        if not self._workspace.is_open:
            return
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        viewer = self._workspace.coder.key if self._workspace.coder else None
        coders, version, sample, now = self.coders, self.version, self.sample, self.now

        def work(project: Project, progress: Progress) -> Overview:
            plots.prepare()
            documents = sample_documents(project, viewer) if sample else None
            which = Which(coders, documents, version, now, viewer=viewer)
            return overview(project, which, progress=lambda done, total: progress(done, total))

        self._stale = False
        self._job = job = Job(on_project(self._workspace.project.path, work, read_only=True))
        job.progressed.connect(lambda done, total, _: self.progressed.emit(done, total))
        job.finished.connect(lambda found: self._take(job, found))
        job.failed.connect(lambda sentence: self._fail(job, sentence))
        job.cancelled.connect(lambda: self._stopped(job))
        job.ended.connect(lambda: self._over(job))
        job.start()
        self.busy_changed.emit()

    def cancel(self) -> None:
        """Stop counting; the numbers before stay."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()

    # ---- inside

    def _take(self, job: Job, found: object) -> None:
        if job is self._job and isinstance(found, Overview):
            self.found, self.trouble = found, ""
            self.came.emit()

    def _fail(self, job: Job, sentence: str) -> None:
        if job is self._job:
            self.found, self.trouble = None, sentence
            self.came.emit()

    def _stopped(self, job: Job) -> None:
        if job is self._job:
            self._stale = True

    def _over(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.busy_changed.emit()

    def _follow(self, changes: Changes) -> None:
        if changes.history or changes.everything or changes.coders or changes.codebook:
            self._outdate()

    def _outdate(self) -> None:
        self._stale = True
        if self._active:
            self._pause.start()

    def _forget(self) -> None:
        self.found, self.trouble = None, ""
        self.coders, self.version, self.sample, self.now = (), "", False, False
        self._stale = False
        self.came.emit()

    def _end(self) -> None:
        self._pause.stop()
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            job.wait(_ENDING)
            self.busy_changed.emit()
