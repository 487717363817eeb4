"""Long work: it reports, stops, fails in words, and never makes the window stand still."""

import gc
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from pytestqt.qtbot import QtBot

from annotator.errors import AnnotatorError, Busy
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.project import Project
from ui.jobs import Job, Jobs, Progress, on_project

GAP = 50  # milliseconds that the event loop may stand still while a job runs
FREEZE = 500  # milliseconds that mean it stands still, also on a machine that runs other tests beside this one


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "talks.annotator"
    create_project(path).close()
    return path


def articles(folder: Path, count: int) -> Path:
    folder.mkdir()
    words = "The minister said that 100,000 troops – “all of them” – had left Kyiv on 10 January 2022. "
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(f"Article {number}\n\n" + words * 30 + str(number), "utf-8")
    return folder


class Heartbeat:
    """A 10 ms timer, and by how many milliseconds each beat was late."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(interval=10, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> "Heartbeat":
        self._clock.start()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        self.late.append(self._clock.nsecsElapsed() / 1e6 - 10)
        self._clock.restart()


def counting(seen: threading.Event) -> Callable[[Progress], str]:
    """A work without an end of its own: it counts until it is stopped."""

    def work(progress: Progress) -> str:
        for number in range(1_000_000):
            progress(number, 1_000_000, f"{number} refused")
            seen.set()
            time.sleep(0.001)
        return "done"

    return work


def test_a_job_runs_in_another_thread_and_tells_how_far_it_is(qtbot: QtBot) -> None:
    threads: list[int] = []

    def work(progress: Progress) -> str:
        threads.append(threading.get_ident())
        progress(1, 2)
        progress(2, 2, "1 refused")
        return "all read"

    jobs, told, results = Jobs(), [], []
    jobs.progressed.connect(lambda *what: told.append((*what, threading.get_ident())))
    with qtbot.waitSignal(jobs.ended):
        job = jobs.start("Reading", work)
        job.finished.connect(results.append)
    assert results == ["all read"]
    assert threads != [threading.get_ident()]
    assert told[-1] == ("Reading", 2, 2, "1 refused", threading.get_ident())
    assert not jobs.is_busy


def test_one_job_at_a_time_is_refused_in_words(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.start("Importing", counting(threading.Event()))
    with pytest.raises(Busy, match="Importing"):
        jobs.start("Exporting", lambda progress: None)
    with qtbot.waitSignal(jobs.ended):
        jobs.cancel()


def test_a_known_fault_is_one_sentence(qtbot: QtBot) -> None:
    def work(_: Progress) -> None:
        raise AnnotatorError("The disk is full.")

    jobs, said, finished = Jobs(), [], []
    with qtbot.waitSignal(jobs.ended):
        job = jobs.start("Exporting", work)
        job.failed.connect(said.append)
        job.finished.connect(finished.append)
    assert said == ["The disk is full."]
    assert finished == []


def test_a_bug_reaches_the_crash_report_in_the_window_s_thread(qtbot: QtBot, monkeypatch) -> None:
    seen: list[tuple[str, int]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: seen.append((str(error), threading.get_ident())))
    jobs, failed = Jobs(), []

    def work(_: Progress) -> None:
        raise ZeroDivisionError("a bug")

    with qtbot.waitSignal(jobs.ended):
        jobs.start("Importing", work).failed.connect(failed.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("a bug", threading.get_ident())]
    assert failed == []
    assert not jobs.is_busy


def test_stopping_comes_back_at_once_and_is_heard_of_soon(qtbot: QtBot) -> None:
    jobs, seen, outcome = Jobs(), threading.Event(), []
    job = jobs.start("Counting", counting(seen))
    job.cancelled.connect(lambda: outcome.append("cancelled"))
    job.finished.connect(lambda _: outcome.append("finished"))
    assert seen.wait(5)
    with qtbot.waitSignal(jobs.ended, timeout=2000):
        began = time.thread_time()
        jobs.cancel()
        assert time.thread_time() - began < 0.02
        assert outcome == []
    assert outcome == ["cancelled"]


def test_a_work_that_has_done_all_before_it_hears_the_wish_is_not_called_stopped(qtbot: QtBot) -> None:
    go, jobs, outcome = threading.Event(), Jobs(), []

    def work(_: Progress) -> str:
        go.wait(5)
        return "written"

    job = jobs.start("Exporting", work)
    job.finished.connect(outcome.append)
    job.cancelled.connect(lambda: outcome.append("cancelled"))
    with qtbot.waitSignal(jobs.ended):
        jobs.cancel()
        go.set()
    assert outcome == ["written"]


def test_a_closing_window_stops_its_job_and_waits_for_it(qtbot: QtBot) -> None:
    jobs, seen, alive = Jobs(), threading.Event(), threading.active_count()
    jobs.start("Counting", counting(seen))
    assert seen.wait(5)
    assert jobs.end(5)
    assert threading.active_count() == alive
    qtbot.waitUntil(lambda: not jobs.is_busy)


def test_threads_take_turns_as_usual_again_after_a_job(qtbot: QtBot) -> None:
    usual, collections, during = sys.getswitchinterval(), gc.get_threshold(), []
    job = Job(lambda progress: during.append(sys.getswitchinterval()))
    with qtbot.waitSignal(job.ended):
        job.start()
    assert job.wait(5)
    assert during[0] < usual
    assert sys.getswitchinterval() == pytest.approx(usual)
    assert gc.get_threshold() == collections


def test_importing_2000_files_never_makes_the_window_stand_still(
    qtbot: QtBot, project: Path, tmp_path: Path, record_property
) -> None:
    folder = articles(tmp_path / "articles", 2000)
    jobs, results = Jobs(), []
    work = on_project(project, lambda opened, progress: import_paths(opened, [folder], progress=progress))
    with Heartbeat() as heart, qtbot.waitSignal(jobs.ended, timeout=60_000):
        jobs.start("Importing", work).finished.connect(results.append)
    record_property("worst_gap_ms", round(max(heart.late), 1))
    ((_, report),) = results
    assert report.documents == 2000
    assert len(heart.late) > 20
    assert median(heart.late) < GAP
    assert max(heart.late) < FREEZE
    with Project.open(project) as opened:
        assert queries.state_counts(opened, None)["all"] == 2000


def test_a_stopped_import_leaves_nothing_and_the_next_one_works(qtbot: QtBot, project: Path, tmp_path: Path) -> None:
    folder = articles(tmp_path / "articles", 1500)
    jobs, outcome = Jobs(), []
    work = on_project(project, lambda opened, progress: import_paths(opened, [folder], progress=progress))
    job = jobs.start("Importing", work)
    job.cancelled.connect(lambda: outcome.append("cancelled"))
    with qtbot.waitSignal(jobs.progressed, check_params_cb=lambda _words, done, _total, _trouble: done > 50):
        pass
    clock = QElapsedTimer()
    clock.start()
    with qtbot.waitSignal(jobs.ended, timeout=5000):
        jobs.cancel()
    assert clock.elapsed() < 2000
    assert outcome == ["cancelled"]
    with Project.open(project) as opened:
        assert queries.state_counts(opened, None)["all"] == 0
    assert jobs.end(30)
    few = articles(tmp_path / "few", 3)
    work = on_project(project, partial(_import, paths=[few]))
    with qtbot.waitSignal(jobs.ended, timeout=20_000):
        jobs.start("Importing", work)
    with Project.open(project) as opened:
        assert queries.state_counts(opened, None)["all"] == 3


def _import(opened: Project, progress: Progress, paths: list[Path]) -> object:
    return import_paths(opened, paths, progress=progress)
