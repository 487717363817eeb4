"""Several windows and processes on one project: who waits, who is refused, and what is left when all have gone."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError, Busy
from annotator.operations.import_preview import preview
from annotator.storage import history, works
from annotator.storage.batch import Batch
from annotator.storage.later import Later
from annotator.storage.merge import merge
from annotator.storage.project import Project
from annotator.storage.schema import visible
from tests.core.storage_child import bring_in, texts
from tests.core.storage_world import check_integrity, verbatim

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with a coder, a document and a reading, closed."""
    place = tmp_path / "news.annotator"
    with Project.create(place) as project, project.step("start", kind="setup") as step:
        coder = step.insert("coder", {"name": "Ada"})
        document = step.insert_document({"id": "d", "sha256": "d"}, "text")
        step.insert("reading", {"document": document, "coder": coder})
    return place


@contextmanager
def child(what: str, path: Path, *more: object) -> Iterator[subprocess.Popen[str]]:
    """A second process at work on the project."""
    command = [sys.executable, "-m", "tests.core.storage_child", what, str(path), *map(str, more)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    return (line.strip() for line in process.stdout)


def tag(project: Project) -> None:
    with project.step("tag", coder=1, document=1) as step:
        values = {"reading": 1, "tag": "t", "spans": "[[0,1]]", "start": 0, "end": 1, "quote": "t"}
        step.insert("annotation", values)


def beside(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


LEAVE = """
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("PRAGMA journal_mode = DELETE").fetchone()[0])
"""


def takes_it_for_closed(path: Path) -> bool:
    """Whether another program that opens the file and leaves it believes to be the last one."""
    command = [sys.executable, "-c", LEAVE, str(path)]
    left = subprocess.run(command, capture_output=True, text=True, check=False)
    return left.stdout == "delete\n"


def open_and_close(path: Path) -> None:
    Project.open(path, read_only=True).close()


def open_to_write_and_close(path: Path) -> None:
    Project.open(path).close()


def import_the_folder(path: Path) -> None:
    """As a person does whose articles lie beside the project."""
    (path.parent / "article.txt").write_text("Ministers meet.")
    found = preview([path.parent])
    assert (found.texts, [each.kind for each in found.refused]) == (1, ["annotator project"])


def import_the_project(path: Path) -> None:
    assert [each.kind for each in preview([path]).refused] == ["annotator project"]


@pytest.mark.parametrize("act", [open_and_close, open_to_write_and_close, import_the_folder, import_the_project])
def test_a_second_look_at_an_open_project_gives_no_lock_away(path: Path, act: Callable[[Path], None]) -> None:
    with Project.open(path) as project:
        act(path)
        assert not takes_it_for_closed(path)
        tag(project)
    assert takes_it_for_closed(path), "the test itself sees when nobody has the file open"


def test_every_connection_is_opened_with_the_same_pragmas(path: Path) -> None:
    expected = {
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 250,
        "cell_size_check": 1,
    }
    with Project.open(path) as project, Project.open(path, read_only=True) as reader:
        for name, value in expected.items():
            assert project.rows(f"PRAGMA {name}") == [(value,)], name
            assert reader.rows(f"PRAGMA {name}") == [(value,)], name
        assert project.rows("PRAGMA journal_mode") == [("wal",)]
        tag(project)
        assert project.rows("PRAGMA busy_timeout") == [(250,)]


def test_while_another_process_writes_an_act_is_refused_soon_and_nothing_of_it_stays(path: Path) -> None:
    with Project.open(path) as project, child("hold", path) as process:
        assert next(lines(process)) == "holding"
        before = verbatim(project)
        began = time.perf_counter()
        with pytest.raises(Busy, match=r"news.annotator is being written by another window or program"):
            tag(project)
        waited = time.perf_counter() - began
        assert 0.2 < waited < 2  # a quarter of a second, and what a busy machine adds
        assert verbatim(project) == before
        project.set_patience(20)
        waits = []
        for _ in range(5):
            began = time.perf_counter()
            with pytest.raises(Busy):
                tag(project)
            waits.append(time.perf_counter() - began)
        assert min(waits) < 0.1
        process.communicate("go\n")
        tag(project)


def test_what_another_connection_writes_is_noticed_and_ones_own_is_not(path: Path) -> None:
    with Project.open(path) as one, Project.open(path) as two:
        seen = one.version()
        tag(one)
        assert one.version() == seen
        tag(two)
        assert one.version() != seen
        assert one.rows("SELECT count(*) FROM annotation") == [(2,)]


def test_the_last_to_close_leaves_one_ordinary_file(path: Path) -> None:
    one, two = Project.open(path), Project.open(path)
    tag(one)
    one.close()
    assert beside(path) == ["news.annotator", "news.annotator-shm", "news.annotator-wal"]
    tag(two)
    two.close()
    assert beside(path) == ["news.annotator"]
    assert path.read_bytes()[18:20] == b"\x01\x01"  # no WAL: readable on a disc


def test_processes_come_and_go_without_harm_to_each_other(path: Path) -> None:
    with child("come and go", path, 2) as one, child("come and go", path, 2) as two:
        told = [sum(1 for line in lines(process) if line == "entity") for process in (one, two)]
        assert [one.wait(), two.wait()] == [0, 0]
    assert min(told) > 3
    assert beside(path) == ["news.annotator"]
    with Project.open(path) as project:
        assert project.rows("SELECT count(*) FROM entity") == [(sum(told),)]
        check_integrity(project)


# ---- bulk work beside a person


def in_thread(path: Path, number: int) -> threading.Thread:
    def run() -> None:
        with Project.open(path) as project:
            bring_in(project, number)

    return threading.Thread(target=run)


@pytest.mark.parametrize("where", ["thread", "process"])
def test_an_import_never_keeps_a_person_from_tagging(where: str, path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each act gets the lock in one of the gaps; none has to be repeated."""
    waits = []
    with Project.open(path) as project:
        if where == "thread":
            worker = in_thread(path, 2000)
            worker.start()
            alive = worker.is_alive
        else:
            process = stack_child(path, 2000)
            alive = lambda: process.poll() is None  # noqa: E731 - the same question to two kinds of worker
        while not project.rows("SELECT 1 FROM batch"):
            assert alive()
        while alive():
            began = time.perf_counter()
            tag(project)
            waits.append(time.perf_counter() - began)
            time.sleep(0.005)
        if where == "thread":
            worker.join()
        else:
            assert process.wait() == 0
        assert len(waits) > 5
        assert project.rows("SELECT count(*) FROM document") == [(2001,)]
        assert project.rows("SELECT count(*) FROM annotation") == [(len(waits),)]
        check_integrity(project)
    capfd.readouterr()


def stack_child(path: Path, number: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.core.storage_child", "import", str(path), str(number)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)


def test_slices_are_short(path: Path) -> None:
    """However long the work, the lock is given up again and again."""
    with Project.open(path) as project, Project.open(path) as other:
        seen, rounds = other.version(), 0
        with Batch(project, kind="import") as batch:
            for number in range(4000):
                batch.insert("entity", {"name": f"{number}"})
                rounds += other.version() != seen
                seen = other.version()
            batch.finish("Import")
        assert rounds >= 3


def test_one_bulk_work_at_a_time_and_the_second_says_so(path: Path) -> None:
    with Project.open(path) as one, Project.open(path) as two:
        with Batch(one, kind="import") as batch:
            batch.insert("entity", {"name": "x"})
            batch.end_slice()
            with pytest.raises(Busy, match=r"Another import or merge is going on in news.annotator"):
                Batch(two, kind="import")
            tag(two)
            batch.finish("Import")
        with Batch(two, kind="import") as batch:
            batch.insert("entity", {"name": "y"})
            batch.finish("Import")


def test_a_work_that_was_given_up_by_others_does_not_go_on(path: Path) -> None:
    """A computer that slept in the middle of an import, while another took the file over."""
    with Project.open(path) as one, Project.open(path) as two:
        before = verbatim(one)
        with Batch(one, kind="import") as batch:
            batch.insert("entity", {"name": "x"})
            batch.end_slice()
            works.erase(two, batch.key)
            with pytest.raises(AnnotatorError, match="was given up by another window"):
                batch.insert("entity", {"name": "y"})
            with pytest.raises(AnnotatorError, match="was given up by another window"):
                batch.finish("Import")
        assert verbatim(two) == before
        check_integrity(two)


def test_a_cancelled_work_leaves_nothing(path: Path) -> None:
    with Project.open(path) as project:
        before, steps = verbatim(project), history.steps(project)

        def work() -> None:
            with Batch(project, kind="import") as batch:
                for number in range(50):
                    batch.insert("entity", {"name": f"{number}"})
                batch.update_later("document", 1, {"title": "other"})
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            work()
        assert verbatim(project) == before
        assert history.steps(project) == steps
        check_integrity(project)


def test_a_large_work_is_cancelled_soon_and_cleared_away_before_the_next(path: Path) -> None:
    with Project.open(path) as project:
        before = verbatim(project)
        with Batch(project, kind="import") as batch:
            for number, text in enumerate(texts(2000)):
                batch.insert("document", {"id": f"{number}", "sha256": f"{number}"}, text)
            batch.end_slice()
            began = time.process_time()
            batch.abandon()
            took = time.process_time() - began
        assert project.rows(f"SELECT count(*) FROM document AS d WHERE {visible('d')}") == [(1,)]
        assert project.rows("SELECT count(*) FROM document")[0][0] > 1, "all was erased: the work was too small"
        assert took < 0.3
        with Batch(project, kind="import") as batch:
            batch.abandon()
        assert verbatim(project) == before
        check_integrity(project)


def test_a_merge_of_many_changes_is_one_step_that_goes_back_and_comes_again(path: Path) -> None:
    with Project.open(path) as project:
        values = {"reading": 1, "tag": "t", "spans": "[[0,1]]", "start": 0, "end": 1, "quote": "t"}
        with project.step("many", coder=1) as step:
            for _ in range(3000):
                step.insert("annotation", values)
        project.copy_to(path.with_name("other.annotator"))
        with Project.open(path.with_name("other.annotator")) as other:
            with other.step("notes", coder=1, documents=1) as step:
                for key in range(1, 3001):
                    step.update("annotation", key, {"note": f"note {key}"})
            before = verbatim(project)
            merge(project, other, coder=1)
            after = verbatim(project)
            assert after["annotation"] == verbatim(other)["annotation"]
        history.undo(project, 1)
        assert verbatim(project) == before
        history.redo(project, 1)
        assert verbatim(project) == after
        check_integrity(project)


def test_a_change_made_while_a_merge_prepares_is_looked_at_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person writes a row between the last look and the lock: the later stamp stays."""
    with Project.open(path) as project, Project.open(path) as window:
        project.copy_to(path.with_name("other.annotator"))
        with Project.open(path.with_name("other.annotator")) as other:
            with other.step("theirs", coder=1) as step:
                step.update("document", 1, {"title": "theirs", "outlet": "theirs"})
                step.update("coder", 1, {"name": "theirs"})
            prepare = Later.prepare

            def slowly(later: Later) -> None:
                prepare(later)
                with window.step("mine", coder=1) as step:
                    step.update("document", 1, {"title": "mine"})

            monkeypatch.setattr(Later, "prepare", slowly)
            merge(project, other, coder=1)
        assert project.rows("SELECT title, outlet FROM document") == [("mine", "")]
        assert project.rows("SELECT name FROM coder") == [("theirs",)]
        done = history.undo(project, 1)
        assert done is not None
        assert [step.kind for step in done.steps] == ["merge"]
        assert project.rows("SELECT name FROM coder") == [("Ada",)]
        check_integrity(project)


def test_a_row_that_an_unfinished_import_holds_can_be_made_by_a_person(path: Path) -> None:
    """The coder begins a reading that an import is just bringing in: both get what they want."""
    with Project.open(path) as one, Project.open(path) as two:
        with Batch(one, kind="import", coder=1) as batch:
            row = batch.insert("reading", {"id": "r", "document": 1, "coder": 1})
            values = {"tag": "t", "spans": "[[0,1]]", "start": 0, "end": 1, "quote": "t"}
            batch.insert("annotation", {"reading": row, **values})
            batch.end_slice()
            with two.step("begin", coder=1) as step:
                assert step.insert("reading", {"id": "r", "document": 1, "coder": 1, "state": "in work"}) == row
                mine = step.insert("annotation", {"reading": row, **values})
            assert batch.insert("annotation", {"reading": row, "id": "later", **values})
            batch.abandon()
        assert two.rows("SELECT state, batch FROM reading WHERE id = 'r'") == [("in work", 0)]
        assert two.rows("SELECT key FROM annotation") == [(mine,)]
        check_integrity(two)


def test_an_import_takes_over_what_a_person_made_in_the_meantime(path: Path) -> None:
    with Project.open(path) as one, Project.open(path) as two:
        with Batch(one, kind="import", coder=1) as batch:
            with two.step("begin", coder=1) as step:
                mine = step.insert("reading", {"id": "r", "document": 1, "coder": 1, "state": "in work"})
            assert batch.insert("reading", {"id": "r", "document": 1, "coder": 1}) == mine
            batch.insert("entity", {"name": "x"})
            batch.finish("Import")
        assert one.rows("SELECT state, batch FROM reading WHERE id = 'r'") == [("in work", 0)]


# ---- what an interrupted process leaves


def interrupted(path: Path, what: str, *more: object, after: str, delay: float = 0) -> None:
    """Run a child and kill it after it has said something."""
    with child(what, path, *more) as process:
        assert any(line == after for line in lines(process))
        time.sleep(delay)
        assert process.poll() is None, "the child was not at work any more"
        process.kill()
        process.wait()


def test_a_killed_import_is_swept_away_at_the_next_opening(path: Path) -> None:
    with Project.open(path) as project:
        before, version = verbatim(project), project.version()
        interrupted(path, "import", 5000, after="row 900")
        assert project.version() != version
        assert project.rows("SELECT count(*) FROM document")[0][0] > 100, "the kill came before the first slice"
        assert history.next_undo(project, 1) is None
        with Project.open(path) as opened:
            assert works.sweep(opened)  # opening takes a second for it at most
            assert verbatim(project) == before
            check_integrity(project)


@pytest.mark.parametrize("delay", [0.01, 0.05, 0.1, 0.2, 0.3, 0.4])
@pytest.mark.parametrize("what", ["undo", "redo"])
def test_a_killed_undo_or_redo_of_an_import_is_whole_or_has_not_happened(what: str, delay: float, path: Path) -> None:
    with Project.open(path) as project:
        without = verbatim(project)
        with Batch(project, kind="import", coder=1) as batch:
            for number in range(3000):
                batch.insert("entity", {"name": f"name {number}"})
            batch.finish("Import")
        whole = verbatim(project)
        if what == "redo":
            history.undo(project, 1)
    with child(what, path) as process:
        assert next(lines(process)) == "begin"
        time.sleep(delay)
        process.kill()
    with Project.open(path) as project:
        assert works.sweep(project)
        found = verbatim(project)
        assert found in (without, whole)
        check_integrity(project)
        if history.next_redo(project, 1) is None:
            assert found == whole
            history.undo(project, 1)
        assert verbatim(project) == without
        history.redo(project, 1)
        assert verbatim(project) == whole


def test_an_old_project_object_can_be_closed_twice_over(path: Path) -> None:
    """Closing needs no order: the reader may go last, and the next writer puts the file in order."""
    project = Project.open(path)
    with closing(Project.open(path, read_only=True)) as reader:
        tag(project)
        project.close()
        assert reader.rows("SELECT count(*) FROM annotation") == [(1,)]
    with Project.open(path) as project:
        tag(project)
    assert beside(path) == ["news.annotator"]
