"""Files of older formats: backed up, brought up to date whole or not at all, and readable for ever."""

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.storage import guard, history, migrations, opening
from annotator.storage.connection import connect
from annotator.storage.opening import CURRENT, inspect, prepare
from annotator.storage.project import Project
from annotator.storage.schema import FORMAT
from tests.core.storage_formats import LATER, SECOND
from tests.core.storage_world import check_integrity, content, shared_state, verbatim
from tests.old_projects.build import build

ROOT = Path(__file__).resolve().parents[2]
OLD = sorted((ROOT / "tests" / "old_projects").glob("*.annotator"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_a_project_of_each_format_opens_for_ever(old: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.annotator"
    shutil.copyfile(old, path)
    held = json.loads(old.with_suffix(".json").read_text(encoding="utf-8"))
    with Project.open(path) as project:
        found = shared_state(project)
        for table, rows in held.items():
            assert set(found[table]) == set(rows)
            for row_id, values in rows.items():
                assert {name: found[table][row_id][name] for name in values} == values
        assert project.rows("SELECT rowid FROM search WHERE search MATCH 'troops'") == [(1,)]
        assert project.rows("SELECT rowid FROM search_parts WHERE search_parts MATCH '漢字漢'") == [(2,)]
        check_integrity(project)
        with project.step("next", coder=1) as step:
            step.update("annotation", 1, {"note": "new"})
        done = history.undo(project, 1)
        assert done is not None
        assert done.steps
        check_integrity(project)


def test_there_is_a_project_of_the_current_format_and_the_schema_is_still_its_own() -> None:
    """A change of the schema needs a new format, a migration, and a file of the new format here."""
    assert OLD[-1].stem == f"format-{FORMAT}"
    db = connect(OLD[-1], read_only=True)
    inspect(db, OLD[-1])
    db.close()


def test_the_schema_that_files_are_compared_with_is_what_the_migrations_come_to() -> None:
    expected, written = (
        guard._objects(empty) for empty in (migrations.empty(FORMAT, CURRENT), opening._reference(FORMAT, CURRENT))
    )
    assert written == expected


def test_a_project_of_the_current_format_opens_without_what_migrates_it(old: Path) -> None:
    """What sqlite-utils brings, numpy where it is installed, would take a tenth of a second at each start."""
    command = (
        "import sys; from annotator.storage.project import Project; Project.open(sys.argv[1]).close();"
        "print(*{'sqlite_utils', 'numpy'} & set(sys.modules))"
    )
    child = subprocess.run([sys.executable, "-c", command, str(old)], cwd=ROOT, capture_output=True, text=True)
    assert child.stdout == "\n", child.stderr


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.annotator"
    build(path)
    return path


def test_a_migration_keeps_the_file_as_it_was_and_says_who_is_left_out(old: Path) -> None:
    before = old.read_bytes()
    with Project.open(old) as project:
        held = shared_state(project)
    (said,) = prepare(old, read_only=False, formats=SECOND)
    assert said == (
        "The project was brought to the format of this version; the file as it was is kept as "
        f"old.format-{FORMAT}.backup.annotator. Programs older than format {FORMAT + 1} can no longer write it."
    )
    backup = old.with_name(f"old.format-{FORMAT}.backup.annotator")
    assert names(old.parent) == [old.name, backup.name] or names(old.parent) == [backup.name, old.name]
    assert len(before) == backup.stat().st_size
    with Project.open(backup) as project:
        assert shared_state(project) == held
    with pytest.raises(AnnotatorError, match="written by a newer version of the program: update to open it"):
        Project.open(old)
    assert prepare(old, read_only=False, formats=SECOND) == []
    db = connect(old)
    assert db.execute("SELECT count(*) FROM weighed").fetchone()[0] == len(held["annotation"])
    db.close()


def test_undo_stops_at_a_migration_and_redo_ends_there(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Project.open(old) as project:
        history.undo(project, 1)
        assert history.next_redo(project, 1) is not None
        assert history.next_undo(project, 1) is not None
    prepare(old, read_only=False, formats=SECOND)
    monkeypatch.setattr(opening, "CURRENT", SECOND)
    monkeypatch.setattr(opening.prepare, "__kwdefaults__", {"formats": SECOND, "backup": True})
    with Project.open(old) as project:
        assert history.next_redo(project, 1) is None
        assert history.next_undo(project, 1) is None
        assert history.steps(project)[0].kind == "migration"
        with project.step("next", coder=1) as step:
            step.update("annotation", 1, {"weight": 2.0})
        seen = content(project)
        assert history.undo(project, 1) is not None
        assert history.undo(project, 1) is None
        history.redo(project, 1)
        assert content(project) == seen
        check_integrity(project)


def test_an_older_file_that_may_only_be_read_says_so(old: Path) -> None:
    with pytest.raises(AnnotatorError, match="made by an older version of the program and cannot be updated"):
        prepare(old, read_only=True, formats=SECOND)
    assert names(old.parent) == [old.name]


def test_a_backup_of_another_state_is_never_replaced(old: Path) -> None:
    shutil.copyfile(old, old.with_name("kept.annotator"))
    prepare(old, read_only=False, formats=SECOND)
    first = old.with_name(f"old.format-{FORMAT}.backup.annotator")
    kept = first.read_bytes()
    old.with_name("kept.annotator").replace(old)
    with Project.open(old) as project, project.step("more") as step:
        step.insert("entity", {"name": "x"})
    (said,) = prepare(old, read_only=False, formats=SECOND)
    assert f"old.format-{FORMAT}.backup-2.annotator" in said
    assert first.read_bytes() == kept


def test_a_migration_that_fails_leaves_the_file_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Project.open(old) as project:
        before = verbatim(project)
    step = LATER._migrations[-1]

    def fail(db: object) -> None:
        work(db)
        raise ZeroDivisionError

    work = step.fn
    monkeypatch.setattr(step, "fn", fail)
    with pytest.raises(ZeroDivisionError):
        prepare(old, read_only=False, formats=SECOND)
    with Project.open(old) as project:
        assert verbatim(project) == before
        check_integrity(project)


def migrating(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.core.storage_child", "migrate", str(path)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_processes_bring_one_file_up_to_date_once(old: Path) -> None:
    fill(old, 3000)
    children = [migrating(old), migrating(old)]
    told = sorted(child.communicate()[0].split("\n")[1] for child in children)
    assert told == ["finished 0", "finished 1"]
    assert [name for name in names(old.parent) if "backup" in name] == [f"old.format-{FORMAT}.backup.annotator"]
    assert len(names(old.parent)) == 2
    db = connect(old, read_only=True)
    assert db.execute("SELECT count(*) FROM step WHERE kind = 'migration'").fetchone() == (1,)
    db.close()


def fill(path: Path, number: int) -> None:
    """Make the file large enough for its migration to take a moment."""
    values = {"reading": 1, "tag": "t", "spans": "[[0,1]]", "start": 0, "end": 1, "quote": "O", "note": "n" * 300}
    with Project.open(path) as project, project.step("fill", coder=1) as step:
        for _ in range(number):
            step.insert("annotation", values)


def test_a_migration_killed_at_any_moment_has_happened_or_not(old: Path, tmp_path: Path) -> None:
    fill(old, 5000)
    with Project.open(old) as project:
        held = verbatim(project)
    kept = tmp_path / "kept"
    old.rename(kept)
    chance, within, span = random.Random(1), 0, how_long(kept, tmp_path / "whole.annotator")
    number = 0
    while number < 20 or (within < 5 and number < 60):  # on a busy machine more of them come too late
        number += 1
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "old.annotator"
        shutil.copyfile(kept, path)
        child = migrating(path)
        assert child.stdout is not None
        assert child.stdout.readline() == "begin\n"
        time.sleep(chance.uniform(0, span))
        child.kill()
        assert child.communicate()[0] in ("", "finished 1\n")
        within += something_is_half_done(folder)
        backups = [name for name in names(folder) if "backup.annotator" in name and not name.startswith(".")]
        format_was = format_after(path)
        if format_was == FORMAT:
            with Project.open(path) as project:
                assert verbatim(project) == held
                check_integrity(project)
        else:
            assert backups == [f"old.format-{FORMAT}.backup.annotator"]
            with Project.open(folder / backups[0]) as project:
                assert verbatim(project) == held
        prepare(path, read_only=False, formats=SECOND)
        db = connect(path)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*), sum(weight) FROM weighed").fetchone() == (5003, 5003 * 0.5)
        db.close()
        if format_was == FORMAT:
            assert sorted(names(folder)) == sorted([path.name, f"old.format-{FORMAT}.backup.annotator"])
        shutil.rmtree(folder)
    assert within >= 5, f"only {within} of {number} kills came in the middle of the migration"


def how_long(kept: Path, path: Path) -> float:
    """Seconds that the migration takes when nothing interrupts it."""
    shutil.copyfile(kept, path)
    child = migrating(path)
    assert child.stdout is not None
    assert child.stdout.readline() == "begin\n"
    began = time.perf_counter()
    assert child.communicate()[0] == "finished 1\n"
    return time.perf_counter() - began


def something_is_half_done(folder: Path) -> bool:
    """Whether the kill left something half done: a backup being written, or a journal to roll back."""
    return any(name.startswith(".") or name.endswith(("-journal", "-wal")) for name in names(folder))


def format_after(path: Path) -> int:
    """The format once SQLite has rolled back what was not finished."""
    db = connect(path)
    try:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
    finally:
        db.close()
