"""Disks that are full, files that may not be written, that vanish, or are no projects: one sentence, nothing lost."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError, NotSaved
from annotator.storage import history
from annotator.storage.batch import Batch
from annotator.storage.project import Project
from annotator.storage.stranger import take_in
from tests.core.storage_world import check_integrity, verbatim

pytestmark = pytest.mark.skipif(os.name != "posix", reason="faults are made with the means of POSIX")
NOBODY = 65534


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user of the computer can reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="annotator-"))
    made.chmod(0o777)
    yield made
    for path in [made, *made.rglob("*")]:
        path.chmod(0o777)
    shutil.rmtree(made)


@pytest.fixture
def path(folder: Path) -> Path:
    place = folder / "news.annotator"
    with Project.create(place) as project, project.step("start", kind="setup") as step:
        coder = step.insert("coder", {"name": "Ada"})
        document = step.insert_document({"id": "d", "sha256": "d"}, "some text")
        step.insert("reading", {"document": document, "coder": coder})
    place.chmod(0o666)
    return place


def tag(project: Project, note: str = "") -> None:
    with project.step("tag", coder=1, document=1) as step:
        values = {"reading": 1, "tag": "t", "spans": "[[0,1]]", "start": 0, "end": 1, "quote": "s", "note": note}
        step.insert("annotation", values)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def in_child(act: Callable[[], object], prepare: Callable[[], object]) -> str:
    """What an act returns in a process of its own, or the class and sentence of the error it raised."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            prepare()
            told = act()
        except BaseException as error:
            told = f"{type(error).__name__}: {error}"
        os.write(writer, json.dumps(told).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told_by:
        told = told_by.read()
    os.waitpid(child, 0)
    return str(json.loads(told))


def as_nobody(act: Callable[[], object]) -> str:
    """Run an act as a user for whom permissions count."""

    def become() -> None:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    return in_child(act, become)


def with_small_disk(size: int, act: Callable[[], object]) -> str:
    """Run an act where no file can grow past `size` bytes."""

    def shrink() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return in_child(act, shrink)


def is_one_sentence(told: str, kind: str) -> bool:
    return told.startswith(f"{kind}: ") and "Traceback" not in told and told.endswith(".") and "\n" not in told


# ---- the disk is full


def test_a_tag_that_does_not_fit_is_not_saved_and_says_so(path: Path) -> None:
    with Project.open(path) as project:
        tag(project)
        before, steps = verbatim(project), history.steps(project)
        pages = project.rows("PRAGMA page_count")[0][0]
        project.connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()
        with pytest.raises(NotSaved, match=r"The disk that holds news.annotator is full: this change is not saved"):
            tag(project, "x" * 100_000)
        assert verbatim(project) == before
        assert history.steps(project) == steps
        project.connection.execute("PRAGMA max_page_count = 1000000").fetchone()
        tag(project, "x" * 100_000)
        check_integrity(project)


def test_an_import_that_does_not_fit_leaves_no_trace(path: Path) -> None:
    with Project.open(path) as project:
        before = verbatim(project)
        pages = project.rows("PRAGMA page_count")[0][0]
        project.connection.execute(f"PRAGMA max_page_count = {pages + 200}").fetchone()
        made = []

        def work() -> None:
            with Batch(project, kind="import") as batch:
                while True:
                    made.append(batch.insert("entity", {"name": "x" * 1000}))

        with pytest.raises(NotSaved, match="full"):
            work()
        assert len(made) > 100, "the disk was full before the first slice"
        assert verbatim(project) == before
    with Project.open(path) as project:
        assert verbatim(project) == before
        check_integrity(project)


def test_tags_saved_before_the_disk_refused_are_there(path: Path) -> None:
    def work() -> str:
        saved = 0
        with Project.open(path) as project:
            try:
                while True:
                    tag(project, "x" * 500)
                    saved += 1
            except NotSaved as error:
                assert verbatim(project)["annotation"][-1][0] == saved
                return f"{saved} {error}"

    saved, sentence = with_small_disk(path.stat().st_size + 400_000, work).split(" ", 1)
    assert is_one_sentence(f"NotSaved: {sentence}", "NotSaved")
    assert int(saved) > 5
    with Project.open(path) as project:
        assert project.rows("SELECT count(*) FROM annotation") == [(int(saved),)]
        check_integrity(project)
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize(
    "act",
    [
        lambda path: Project.create(path.with_name("other.annotator")),
        lambda path: Project.open(path).copy_to(path.with_name("other.annotator")),
        lambda path: take_in(path, path.with_name("other.annotator")),
    ],
    ids=["create", "copy", "take in"],
)
def test_a_new_file_that_does_not_fit_is_not_there_at_all(act: Callable[[Path], object], path: Path) -> None:
    with Project.open(path) as project:
        tag(project, "x" * 200_000)
    told = with_small_disk(60_000, lambda: act(path))
    assert is_one_sentence(told, "NotSaved") or is_one_sentence(told, "AnnotatorError"), told
    assert [name for name in names(path.parent) if "other" in name] == []
    with Project.open(path) as project:
        assert project.rows("SELECT length(note) FROM annotation") == [(200_000,)]


# ---- what may not be written


def reads(path: Path) -> str:
    with Project.open(path) as project:
        count = project.rows("SELECT count(*) FROM annotation")[0][0]
        try:
            tag(project)
        except NotSaved as error:
            return f"{count} {project.read_only} {error}"
        return "written"


def test_a_file_that_may_only_be_read_is_read(path: Path) -> None:
    with Project.open(path) as project:
        tag(project)
    path.chmod(0o444)
    told = as_nobody(lambda: reads(path))
    assert told == "1 True news.annotator was opened for reading only: this change is not saved."
    assert names(path.parent) == [path.name]


def test_a_project_in_a_folder_that_may_only_be_read_is_read(path: Path) -> None:
    with Project.open(path) as project:
        tag(project)
    path.parent.chmod(0o555)
    told = as_nobody(lambda: reads(path))
    assert told == "1 True news.annotator was opened for reading only: this change is not saved."
    assert names(path.parent) == [path.name]


def test_a_file_left_in_wal_mode_can_be_read_from_a_folder_that_may_only_be_read(path: Path) -> None:
    """A copy that somebody burnt on a disc while it was open, after a checkpoint."""
    with Project.open(path) as project:
        tag(project)
        project.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        shutil.copyfile(path, path.with_name("copy.annotator"))
    copy = path.with_name("copy.annotator")
    assert copy.read_bytes()[18:20] == b"\x02\x02"
    path.parent.chmod(0o555)
    assert as_nobody(lambda: reads(copy)).startswith("1 True")
    assert names(path.parent) == ["copy.annotator", path.name]


def test_what_was_not_closed_properly_and_may_not_be_written_is_not_read_in_part(path: Path) -> None:
    with Project.open(path) as project:
        tag(project)
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", path.with_name(f"copy.annotator{ending}"))
    path.parent.chmod(0o555)
    told = as_nobody(lambda: reads(path.with_name("copy.annotator")))
    assert is_one_sentence(told, "AnnotatorError") or is_one_sentence(told, "NotSaved"), told
    assert "whose name begins with copy.annotator" in told
    path.parent.chmod(0o777)
    with Project.open(path.with_name("copy.annotator")) as project:
        assert project.rows("SELECT count(*) FROM annotation") == [(1,)]


def test_a_file_that_may_not_be_read_says_so(path: Path) -> None:
    path.chmod(0o000)
    told = as_nobody(lambda: reads(path))
    assert is_one_sentence(told, "AnnotatorError")
    assert "may not be read" in told


def test_a_folder_that_may_not_be_written_takes_no_new_project(folder: Path) -> None:
    folder.chmod(0o555)
    told = as_nobody(lambda: Project.create(folder / "other.annotator"))
    assert told == f"AnnotatorError: {folder / 'other.annotator'} cannot be used: Permission denied."
    assert names(folder) == []


def test_a_file_made_read_only_while_open_saves_or_says_so(path: Path) -> None:
    """The rights of a file are looked at when it is opened: what was open stays writable, on every POSIX system."""

    def work() -> str:
        with Project.open(path) as project:
            path.chmod(0o444)
            tag(project)
            return str(project.rows("SELECT count(*) FROM annotation"))

    os.chown(path, NOBODY if os.getuid() == 0 else os.getuid(), -1)
    assert as_nobody(work) == "[(1,)]"


# ---- the file goes away


def test_a_file_deleted_while_open_loses_nothing(path: Path) -> None:
    project = Project.open(path)
    tag(project, "kept")
    before = verbatim(project)
    for leftover in path.parent.iterdir():
        leftover.unlink()
    with pytest.raises(NotSaved, match=r"was moved or deleted while it was open: this change is not saved. Save a"):
        tag(project)
    with pytest.raises(NotSaved, match="was moved or deleted"):
        Batch(project, kind="import")
    with pytest.raises(NotSaved, match="was moved or deleted"):
        history.undo(project, 1)
    assert verbatim(project) == before
    project.copy_to(path.with_name("rescued.annotator"))
    project.close()
    assert names(path.parent) == ["rescued.annotator"]
    with Project.open(path.with_name("rescued.annotator")) as rescued:
        assert verbatim(rescued) == before
        history.undo(rescued, 1)
        check_integrity(rescued)


def test_a_file_replaced_while_open_is_left_alone(path: Path) -> None:
    other = path.with_name("other.annotator")
    with Project.open(path) as project:
        project.copy_to(other)
    kept = other.read_bytes()
    project = Project.open(path)
    tag(project, "mine")
    other.replace(path)
    with pytest.raises(NotSaved, match="was moved or deleted while it was open"):
        tag(project)
    project.copy_to(path.with_name("rescued.annotator"))
    project.close()
    assert path.read_bytes() == kept
    assert names(path.parent) == [path.name, "rescued.annotator"]  # no -wal that would be taken for the new file's
    for name, count in ((path.name, 0), ("rescued.annotator", 1)):
        with Project.open(path.with_name(name)) as found:
            assert found.rows("SELECT count(*) FROM annotation") == [(count,)]
            check_integrity(found)


def test_a_file_renamed_while_open_has_everything_that_was_saved(path: Path) -> None:
    project = Project.open(path)
    tag(project, "mine")
    path.rename(path.with_name("other.annotator"))
    with pytest.raises(NotSaved, match="was moved or deleted while it was open"):
        tag(project)
    project.close()
    assert names(path.parent) == ["other.annotator"]
    with Project.open(path.with_name("other.annotator")) as found:
        assert found.rows("SELECT note FROM annotation") == [("mine",)]
        check_integrity(found)


def test_a_project_opened_at_the_place_of_a_moved_one_keeps_its_wal(path: Path) -> None:
    """The window that has the moved file open closes last, and takes nothing of the new one away."""
    old = Project.open(path)
    tag(old, "old")
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").rename(path.with_name(f"moved.annotator{ending}"))
    with Project.create(path) as new:
        with new.step("coder") as step:
            step.insert("coder", {"name": "Ben"})
        old.close()
        assert Path(f"{path}-wal").exists()
        with Project.open(path) as third:
            assert third.rows("SELECT name FROM coder") == [("Ben",)]
        check_integrity(new)
    with Project.open(path.with_name("moved.annotator")) as moved:
        assert moved.rows("SELECT note FROM annotation") == [("old",)]


# ---- what is no project


def make_other_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE meta (name TEXT, value TEXT)")


def change(*statements: str) -> Callable[[Path], None]:
    def act(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as raw:
            for statement in statements:
                raw.execute(statement)

    return act


def cut(share: float) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, int(path.stat().st_size * share))


BAD_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: path.unlink(), "There is no file"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "is a folder, not a project"),
    "empty": (lambda path: path.write_bytes(b""), "is empty: it holds no project"),
    "text": (lambda path: path.write_text("A plain text, long enough.\n" * 100), "it is a file of another program"),
    "short": (lambda path: path.write_bytes(b"SQLite format 3\0"), "it is a file of another program"),
    "zeros": (lambda path: path.write_bytes(bytes(8192)), "it is a file of another program"),
    "half": (cut(0.5), "is damaged"),
    "last page missing": (cut(0.99), "is damaged"),
    "first page only": (lambda path: os.truncate(path, 4096), "is damaged"),
    "header only": (lambda path: os.truncate(path, 100), "is"),
    "other program": (make_other_program, "it is the SQLite file of another program"),
    "too new": (
        change("UPDATE meta SET value = '2' WHERE name = 'oldest_writer'", "PRAGMA user_version = 2"),
        "was written by a newer version of the program: update to open it",
    ),
    "too new in odd words": (change("UPDATE meta SET value = 'x' WHERE name = 'oldest_writer'"), "is damaged"),
    "no word on who may write": (change("DELETE FROM meta"), "is damaged"),
    "no version": (change("PRAGMA user_version = 0"), "is damaged"),
}


@pytest.mark.parametrize("fault", BAD_FILES)
@pytest.mark.parametrize("read_only", [False, True])
def test_what_cannot_be_opened_is_refused_in_one_sentence_and_left_as_it_is(
    fault: str, read_only: bool, path: Path
) -> None:
    spoil, said = BAD_FILES[fault]
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(AnnotatorError) as refused:
        Project.open(path, read_only=read_only)
    assert said in str(refused.value)
    assert is_one_sentence(f"AnnotatorError: {refused.value}", "AnnotatorError")
    assert (path.read_bytes() if path.is_file() else None) == before
    assert names(path.parent) == ([path.name] if path.exists() else [])


def test_a_page_that_was_overwritten_is_reported_when_it_is_read(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(path.stat().st_size - 4096 * 3))
    with pytest.raises(AnnotatorError, match="is damaged"), Project.open(path) as project:
        verbatim(project)


def test_a_wal_left_by_a_crash_is_taken_in(path: Path) -> None:
    with Project.open(path) as project:
        tag(project, "in the wal")
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", path.with_name(f"crashed.annotator{ending}"))
    with Project.open(path.with_name("crashed.annotator")) as project:
        assert project.rows("SELECT note FROM annotation") == [("in the wal",)]
        check_integrity(project)
    assert names(path.parent) == ["crashed.annotator", path.name]


def test_a_wal_of_something_else_beside_the_file_does_no_harm(path: Path) -> None:
    with Project.open(path) as project:
        before = verbatim(project)
    Path(f"{path}-wal").write_bytes(os.urandom(50_000))
    with Project.open(path) as project:
        assert verbatim(project) == before
        check_integrity(project)
    assert names(path.parent) == [path.name]


def test_a_copy_never_replaces_a_file(path: Path) -> None:
    other = path.with_name("other.annotator")
    other.write_text("mine")
    with Project.open(path) as project, pytest.raises(AnnotatorError, match="exists already: choose another name"):
        project.copy_to(other)
    with pytest.raises(AnnotatorError, match="exists already: choose another name"):
        Project.create(other)
    assert other.read_text() == "mine"


def test_a_project_is_made_where_files_cannot_be_linked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    with Project.create(folder / "other.annotator") as project:
        tagged = project.rows("SELECT count(*) FROM annotation")
    assert tagged == [(0,)]
    assert names(folder) == ["other.annotator"]


def test_names_with_every_sign_can_be_opened(folder: Path) -> None:
    for name in ("a b.annotator", "50% ?#&.annotator", "Übung 漢字 \u202e.annotator", "new\nline.annotator"):
        with Project.create(folder / name) as project:
            assert project.rows("SELECT count(*) FROM step") == [(0,)]
    assert len(names(folder)) == 4
