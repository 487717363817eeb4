"""Tagging while a folder is imported in the same window; how late the window's own timer gets; cancelling."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QTimer

from ui.dialogs.import_run import ImportPlan, run_import
from ui.main_window import MainWindow

from ..bench import Bench, Row
from ..coding import Coder
from ..corpus import CODER
from ..measure import Figure, Goal, median, p95
from ..projects import project_with
from ..windows import main_window, settle, until

_TICK = 10  # milliseconds
_PAUSE = 0.15  # seconds between two tags: a fast coder


def run(bench: Bench) -> list[Figure]:
    """Import 10,000 files and tag all the while; then import again, and stop it."""
    files, cancels = (1_000, 2) if bench.quick else (10_000, 5)
    folder = bench.corpus.text_files(files)
    article = bench.corpus.large(1_000)
    path = bench.folder / "work.annotator"
    project_with(path, [article]).close()
    with main_window(path) as window:
        window.desk.workspace.become(CODER)
        coder = Coder(window, article)
        coder.tag()
        alone = _gaps_of(1.0)
        stopped = [_cancelled(window, folder) for _ in range(cancels)]
        with _ticking() as gaps:
            tagged, seconds = _tag_during_import(window, folder, coder)
        expected = len(window.desk.document)
        _await_import(window, files)
        assert len(window.desk.document) == expected
    what = f"while {files:,} files are imported"
    return [
        Figure(f"tag {what}", median(tagged), "ms", len(tagged)),
        Figure(f"tag {what}, p95", p95(tagged), "ms", len(tagged), goal=Goal(plus=100)),
        Figure("a 10 ms timer is late by, at most", max(gaps), "ms", len(gaps), max(alone), Goal(plus=50)),
        Figure("cancel until the window knows, longest", max(stopped), "ms", cancels, goal=Goal(plus=300)),
        Figure("the import meanwhile", seconds, "s", 1),
    ]


@contextmanager
def _ticking() -> Iterator[list[float]]:
    """Notes how many milliseconds late each tick of a 10 ms timer came."""
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000 - _TICK)
        last = now

    timer = QTimer(interval=_TICK)
    timer.timeout.connect(tick)
    timer.start()
    try:
        yield gaps
    finally:
        timer.stop()


def _gaps_of(seconds: float) -> list[float]:
    """The same while nothing else goes on."""
    with _ticking() as gaps:
        _wait(seconds)
    return gaps


def _wait(seconds: float) -> None:
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() >= end, "time")


def _begin(window: MainWindow, folder: Path) -> None:
    desk = window.desk
    run_import(desk.workspace, desk.jobs, desk.status, ImportPlan((folder,), {}))


def _tag_during_import(window: MainWindow, folder: Path, coder: Coder) -> tuple[list[float], float]:
    began = time.monotonic()
    _begin(window, folder)
    tagged: list[float] = []
    while window.desk.jobs.is_busy:
        tagged.append(coder.tag())
        _wait(_PAUSE)
    return tagged, time.monotonic() - began


def _await_import(window: MainWindow, files: int) -> None:
    settle()
    found = window.desk.documents.model.rowCount()
    if found != files + 1:
        raise AssertionError(f"{found} documents in the list instead of {files + 1}")


def _cancelled(window: MainWindow, folder: Path) -> float:
    """Milliseconds from the wish to stop until the window hears that nothing was changed."""
    desk = window.desk
    before = desk.documents.model.rowCount()
    done: list[int] = []
    _begin(window, folder)
    told = desk.jobs.progressed.connect(lambda _words, number, *_: done.append(number))
    until(lambda: bool(done) and done[-1] > 0, "at work")
    desk.jobs.progressed.disconnect(told)
    began = time.perf_counter()
    desk.jobs.cancel()
    until(lambda: not desk.jobs.is_busy, "stopped")
    taken = (time.perf_counter() - began) * 1000
    desk.jobs.end()
    settle()
    desk.documents.model.reload()
    if desk.documents.model.rowCount() != before:
        raise AssertionError("a cancelled import left documents behind")
    return taken


ROW = Row("tag_while_importing", "Tag while files are imported", run)
