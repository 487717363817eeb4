"""Long work beside the window: in a thread, with a connection of its own, with progress and a way to stop it.

A job is a plain function. It is told by its progress callback when a person wants it to stop: the callback raises
Cancelled there, the operation takes back what it wrote, and the window hears of it at that moment.
"""

import gc
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QAbstractEventDispatcher, QMetaObject, QObject, Qt, Signal

from annotator.errors import AnnotatorError, Busy
from annotator.operations.progress import Cancelled
from annotator.storage import turns
from annotator.storage.project import Project

_TOLD = 0.05  # seconds between two words about progress: more often would keep the window busy with them
_SWITCH = 0.0005  # seconds after which a job hands Python over to the window; the usual 5 ms would be felt
_SELDOM = 1_000_000  # collections of the second generation before one of the third
_ENDING = 10.0  # seconds that a closing window waits for a job to take back what it wrote


class Progress(Protocol):
    """Told how many are done of how many (0: unknown), with what went wrong so far; raises Cancelled."""

    def __call__(self, done: int, total: int, trouble: str = "") -> None: ...


Work = Callable[[Progress], object]
ProjectWork = Callable[[Project, Progress], object]
_Failure = tuple[type[BaseException], BaseException, TracebackType | None]


class _Switching:
    """How many jobs run. While any does, threads take turns quickly, and Python does not look through all its objects
    for garbage (a tenth of a second during which nothing else runs). What jobs leave behind is no cycles: it is put
    where Python never looks, or it would look through all of it as soon as the window makes something."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._interval = sys.getswitchinterval()
        self._thresholds = gc.get_threshold()

    def __enter__(self) -> None:
        with self._lock:
            if not self._running:
                self._interval, self._thresholds = sys.getswitchinterval(), gc.get_threshold()
                sys.setswitchinterval(min(_SWITCH, self._interval))
                gc.set_threshold(*self._thresholds[:2], _SELDOM)
            self._running += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._running -= 1
            if not self._running:
                sys.setswitchinterval(self._interval)
                gc.freeze()
                gc.set_threshold(*self._thresholds)


class _Watching:
    """While any job runs, it is told when the window works off keys and paints, so that it can stand back: Python runs
    one thread at a time."""

    def __init__(self) -> None:
        self._running = 0
        self._told: list[QMetaObject.Connection] = []

    def begin(self) -> None:
        """A job begins; in the GUI thread."""
        dispatcher = QAbstractEventDispatcher.instance()
        self._running += 1
        if dispatcher is not None and not self._told:
            self._told = [
                dispatcher.awake.connect(turns.window_awakes),
                dispatcher.aboutToBlock.connect(turns.window_rests),
            ]

    def end(self) -> None:
        """A job is over; in the GUI thread."""
        self._running -= 1
        if not self._running:
            for connection in self._told:
                QObject.disconnect(connection)
            self._told = []
            turns.window_rests()


_switching, _watching = _Switching(), _Watching()
_alive: set["Job"] = set()


class Job(QObject):
    """One function in a thread. Of finished, failed and cancelled one comes, and then `ended`; all in the GUI thread.

    A bug goes to sys.excepthook in the GUI thread and comes as `ended` alone. A job has no parent and keeps itself
    alive until its thread is over: what emits signals must not be deleted meanwhile.
    """

    progressed = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    ended = Signal()

    _came = Signal(int, int, str)
    _over = Signal(object, object)  # result, failure
    _stopping = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._stop = threading.Event()
        self._told = 0.0
        self._done = False
        # A daemon: where a closing window gives up waiting, the file is as after a crash, which loses nothing.
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)
        queued = Qt.ConnectionType.QueuedConnection
        self._came.connect(self._tell, queued)
        self._stopping.connect(self._stopped, queued)
        self._over.connect(self._finish, queued)

    def start(self) -> None:
        """Begin; may be called once."""
        _alive.add(self)
        _watching.begin()
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop; returns at once. A work that is past its last look at this still finishes."""
        self._stop.set()

    @property
    def is_running(self) -> bool:
        """Whether it has begun and the window has not heard how it ended."""
        return self._thread.ident is not None and not self._done

    def wait(self, seconds: float) -> bool:
        """Stand still until the thread has ended, clearing away included; False if it takes longer."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    # ---- in the thread

    def _run(self) -> None:
        result: object = None
        failure: _Failure | None = None
        with _switching:
            try:
                result = self._work(self._progress)
            except BaseException:
                kind, error, trace = sys.exc_info()
                assert kind is not None
                assert error is not None
                failure = (kind, error, trace)
        with suppress(RuntimeError):  # the program is ending
            self._over.emit(result, failure)

    def _progress(self, done: int, total: int, trouble: str = "") -> None:
        if self._stop.is_set():
            with suppress(RuntimeError):
                self._stopping.emit()
            raise Cancelled
        now = monotonic()
        if now - self._told >= _TOLD or (total and done >= total):
            self._told = now
            with suppress(RuntimeError):
                self._came.emit(done, total, trouble)

    # ---- in the GUI thread

    def _tell(self, done: int, total: int, trouble: str) -> None:
        if not self._done and not self._stop.is_set():
            self.progressed.emit(done, total, trouble)

    def _stopped(self) -> None:
        """The work has seen the wish; what it wrote is invisible from now on, and it is clearing that away."""
        if not self._done:
            self._done = True
            self.cancelled.emit()
            self.ended.emit()

    def _finish(self, result: object, failure: _Failure | None) -> None:
        self._thread.join()  # nothing is left to it but to end
        _alive.discard(self)
        _watching.end()
        known = failure is None or isinstance(failure[1], AnnotatorError)
        if not self._done:
            self._done = True
            if failure is None:
                self.finished.emit(result)
            elif isinstance(failure[1], Cancelled):
                self.cancelled.emit()
            elif known:
                self.failed.emit(str(failure[1]))
            self.ended.emit()
        if not known and failure is not None:
            sys.excepthook(*failure)


def on_project(path: Path, work: ProjectWork, *, read_only: bool = False) -> Work:
    """The work with a connection of its own, opened and closed in its thread."""

    def run(progress: Progress) -> object:
        with Project.open(path, read_only=read_only) as project:
            return work(project, progress)

    return run


class Jobs(QObject):
    """The long works of one window, one at a time. The signals are those of the job that runs."""

    started = Signal(str)  # words for what it does: "Importing"
    progressed = Signal(str, int, int, str)  # words, done, total, trouble
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._clearing: list[Job] = []  # cancelled, and taking back what they wrote
        self.words = ""

    @property
    def is_busy(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    def start(self, words: str, work: Work) -> Job:
        """Run a work; connect to the job's signals at once. Raises Busy while another one runs."""
        if self._job is not None:
            raise Busy(self.tr("Wait until this has ended, or stop it first: {work}.").format(work=self.words))
        self._clearing = [job for job in self._clearing if not job.wait(0)]
        job = Job(work)
        self._job, self.words = job, words
        job.progressed.connect(lambda done, total, trouble: self.progressed.emit(words, done, total, trouble))
        job.ended.connect(self._ended)
        self.started.emit(words)
        job.start()
        return job

    def cancel(self) -> None:
        """Stop the job that runs."""
        if self._job is not None:
            self._job.cancel()

    def end(self, seconds: float = _ENDING) -> bool:
        """Stop everything and wait until it is taken back, because the window closes; False if that takes longer."""
        jobs = [*self._clearing, *([self._job] if self._job else [])]
        until = monotonic() + seconds
        for job in jobs:
            job.cancel()
        still_at_it = [job for job in jobs if not job.wait(max(0.0, until - monotonic()))]
        return not still_at_it

    def _ended(self) -> None:
        if self._job is not None:
            self._clearing.append(self._job)
        self._job, self.words = None, ""
        self.ended.emit()
