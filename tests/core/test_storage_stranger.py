"""A project from somewhere else: nothing of it runs, nothing of it is used before it was looked through."""

import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.operations import assigning, proposal_settings, recipes, review_settings, saved_searches
from annotator.operations.searching import Search
from annotator.storage import history
from annotator.storage.project import Project
from annotator.storage.schema import FORMAT
from annotator.storage.stranger import take_in
from tests.core.storage_world import content, shared_state, verbatim

TEXT = "Zehntausend 漢字漢字 soldiers"


def filled(path: Path) -> Path:
    """A project with one document, one tag, an undone step and an import that was taken back."""
    with Project.create(path, title="Theirs") as project:
        with project.step("start", kind="setup") as step:
            coder = step.insert("coder", {"name": "Ada"})
        with project.step("document", coder=coder) as step:
            row_id = hashlib.sha256(TEXT.encode()).hexdigest()
            document = step.insert_document({"id": row_id, "sha256": row_id, "title": "One"}, TEXT)
            reading = step.insert("reading", {"document": document, "coder": coder})
            values = {"reading": reading, "tag": "figure", "spans": "[[0,11]]", "start": 0, "end": 11}
            step.insert("annotation", {**values, "quote": TEXT[:11], "attributes": '{"unit":{"value":"[[{"}}'})
        with project.step("note", coder=coder) as step:
            step.update("annotation", 1, {"note": "x"})
        history.undo(project, coder)
    return path


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    (tmp_path / "theirs").mkdir()
    return filled(tmp_path / "theirs" / "theirs.annotator")


def spoilt(path: Path, *statements: str) -> Path:
    """Change the file with SQLite alone, as anybody could."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in statements:
            raw.execute(statement)
    return path


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_taken_in_is_the_same_project(theirs: Path, tmp_path: Path) -> None:
    before = theirs.read_bytes()
    assert take_in(theirs, tmp_path / "mine.annotator") == []
    assert theirs.read_bytes() == before
    assert listing(theirs.parent) == ["theirs.annotator"]
    assert listing(tmp_path) == ["mine.annotator", "theirs"]
    with Project.open(theirs) as one, Project.open(tmp_path / "mine.annotator") as two:
        assert verbatim(one) == verbatim(two)
        assert verbatim(two)["search beta"] == []
        assert two.rows("SELECT rowid FROM search_parts WHERE search_parts MATCH '漢字漢'") == [(1,)]
        assert one.rows("SELECT * FROM change") == two.rows("SELECT * FROM change")
        assert two.meta("title") == "Theirs"
        assert history.undo(two, 1) is not None
        with two.step("next", coder=1) as step:
            assert step.insert("entity", {"name": "x"}) == 1


def test_a_project_with_saved_searches_is_taken_in_and_their_change_undone(theirs: Path, tmp_path: Path) -> None:
    with Project.open(theirs) as project:
        saved_searches.save_search(project, "soldiers", Search("soldiers"), coder=1)
        saved_searches.forget_search(project, "soldiers", coder=1)
    take_in(theirs, tmp_path / "mine.annotator")
    with Project.open(tmp_path / "mine.annotator") as project:
        assert not saved_searches.saved_searches(project)
        history.undo(project, 1)
        assert list(saved_searches.saved_searches(project)) == ["soldiers"]


def test_settings_in_a_stranger_s_file_that_cannot_be_read_are_none(theirs: Path) -> None:
    deep = "[" * 100_000
    names = ("review reasons", "proposals", "searches", "recipes", "samples")
    spoilt(theirs, *(f"INSERT OR REPLACE INTO meta VALUES ('{name}', '{deep}')" for name in names))
    with Project.open(theirs) as project:
        assert review_settings.reasons(project) == review_settings.REASONS
        assert not proposal_settings.proposal_settings(project).on
        assert (saved_searches.saved_searches(project), recipes.recipes(project)) == ({}, {})
        assert assigning.samples(project) == []


def test_a_file_that_is_in_use_is_read_with_its_wal_and_left_alone(theirs: Path, tmp_path: Path) -> None:
    with Project.open(theirs) as project:
        with project.step("more", coder=1) as step:
            step.update("document", 1, {"title": "Only in the wal"})
        beside = listing(theirs.parent)
        assert "theirs.annotator-wal" in beside
        take_in(theirs, tmp_path / "mine.annotator")
        assert listing(theirs.parent) == beside
        with Project.open(tmp_path / "mine.annotator") as mine:
            assert shared_state(mine) == shared_state(project)
            assert mine.rows("SELECT title FROM document") == [("Only in the wal",)]


def test_a_file_that_was_copied_while_open_is_read_with_its_wal(theirs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with Project.open(theirs) as project:
        with project.step("more", coder=1) as step:
            step.update("document", 1, {"title": "Only in the wal"})
        for ending in ("", "-wal"):
            shutil.copyfile(f"{theirs}{ending}", folder / f"theirs.annotator{ending}")
    take_in(folder / "theirs.annotator", tmp_path / "mine.annotator")
    assert listing(folder) == ["theirs.annotator", "theirs.annotator-wal"]
    with Project.open(tmp_path / "mine.annotator") as mine:
        assert mine.rows("SELECT title FROM document") == [("Only in the wal",)]


SCHEMA_FAULTS = {
    "trigger": (
        "CREATE TRIGGER evil AFTER INSERT ON annotation BEGIN DELETE FROM annotation; END",
        "holds a trigger, “evil”",
    ),
    "view": ("CREATE VIEW evil AS SELECT * FROM document", "holds a view, “evil”"),
    "generated column": (
        "ALTER TABLE coder ADD COLUMN evil TEXT GENERATED ALWAYS AS (hex(zeroblob(1000))) VIRTUAL",
        "“coder”, which is not as a project has it",
    ),
    "check with a function": (
        "CREATE TABLE evil (a TEXT CHECK (length(a) < 10)) STRICT",
        "holds a table, “evil”, which no project has",
    ),
    "index on an expression": ("CREATE INDEX evil ON coder (upper(name))", "holds a index, “evil”"),
    "other search table": (
        "CREATE VIRTUAL TABLE evil USING fts5(text, content='coder')",
        "holds a table, “evil",
    ),
    "no table": ("DROP TABLE decision", "its table “decision” is missing"),
    "no index": ("DROP INDEX reading_document", "its index “reading_document” is missing"),
}


@pytest.mark.parametrize("fault", SCHEMA_FAULTS)
def test_a_foreign_schema_is_refused_both_when_opened_and_when_taken_in(
    fault: str, theirs: Path, tmp_path: Path
) -> None:
    statement, said = SCHEMA_FAULTS[fault]
    before = spoilt(theirs, statement).read_bytes()
    for use in (lambda: Project.open(theirs), lambda: take_in(theirs, tmp_path / "mine.annotator")):
        with pytest.raises(AnnotatorError, match=re.escape(said)) as refused:
            use()
        assert str(refused.value).count(". ") == 0
    assert theirs.read_bytes() == before
    assert listing(theirs.parent) == ["theirs.annotator"]
    assert listing(tmp_path) == ["theirs"]


def test_meta_as_a_view_is_refused_before_it_is_read(theirs: Path, tmp_path: Path) -> None:
    """Even in a file that says it is newer: what it may be written by stands in `meta`."""
    spoilt(
        theirs,
        "DROP TABLE meta",
        "CREATE VIEW meta AS SELECT 'oldest_writer' AS name, '99' AS value",
        f"PRAGMA user_version = {FORMAT + 1}",
    )
    with pytest.raises(AnnotatorError, match="its table “meta” is missing"):
        Project.open(theirs)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE TABLE later (a TEXT DEFAULT (hex(1))) STRICT", "its table “later” holds an expression"),
        ("CREATE TABLE later (a TEXT CHECK (length(a) < 10)) STRICT", "its table “later” holds an expression"),
        ("CREATE INDEX later ON coder (upper(name))", "its index “later” holds an expression"),
        ("CREATE INDEX later ON coder (name) WHERE upper(name) = 'X'", "its index “later” holds an expression"),
        ("CREATE TRIGGER later AFTER INSERT ON coder BEGIN SELECT 1; END", "holds a trigger"),
        ("ALTER TABLE coder RENAME COLUMN name TO names", "“name” of “coder” is not as a project has it"),
    ],
)
def test_a_file_that_says_it_is_newer_may_hold_no_expression(statement: str, said: str, theirs: Path) -> None:
    spoilt(theirs, statement, f"PRAGMA user_version = {FORMAT + 1}")
    with pytest.raises(AnnotatorError, match=said):
        Project.open(theirs)


def test_a_newer_file_keeps_what_this_version_does_not_know(theirs: Path, tmp_path: Path) -> None:
    spoilt(
        theirs,
        "ALTER TABLE annotation ADD COLUMN later TEXT NOT NULL DEFAULT 'kept'",
        "UPDATE annotation SET later = 'theirs'",
        "CREATE TABLE later (a TEXT) STRICT",
        "INSERT INTO later VALUES ('row')",
        "CREATE INDEX later_a ON later (a) WHERE a <> ''",
        f"PRAGMA user_version = {FORMAT + 1}",
    )
    take_in(theirs, tmp_path / "mine.annotator")
    for path in (theirs, tmp_path / "mine.annotator"):
        with Project.open(path) as project:
            with project.step("note", coder=1) as step:
                step.update("annotation", 1, {"note": "new"})
                step.insert("annotation", {"reading": 1, "tag": "t", "spans": "[]", "start": 0, "end": 0, "quote": ""})
            history.undo(project, 1)
            assert project.rows("SELECT later FROM annotation ORDER BY key") == [("theirs",), ("kept",)]
            assert project.rows("SELECT * FROM later") == [("row",)]
            assert project.rows("PRAGMA user_version") == [(FORMAT + 1,)]


def test_altered_search_tables_are_left_behind(theirs: Path, tmp_path: Path) -> None:
    spoilt(
        theirs,
        "INSERT INTO search (search, rank) VALUES ('rank', 'bm25(10.0)')",
        "UPDATE search_config SET v = 999 WHERE k = 'version'",
        "DELETE FROM search_data WHERE id > 10",
    )
    take_in(theirs, tmp_path / "mine.annotator")
    with Project.open(tmp_path / "mine.annotator") as project:
        assert project.rows("SELECT rowid FROM search WHERE search MATCH 'soldiers'") == [(1,)]
        assert project.rows("SELECT k FROM search_config") == [("version",)]


DEEP = "[" * 60 + "]" * 60
ROW_FAULTS = {
    "huge cell": ("UPDATE annotation SET note = zeroblob(0) || hex(zeroblob(34000000))", "more than 64 MB"),
    "huge json": ("UPDATE annotation SET extra = json_object('a', hex(zeroblob(5300000)))", "more than 10 MB"),
    "deep json": (f"UPDATE annotation SET extra = '{{\"a\":{DEEP}}}'", "nested more than 50 deep"),
    "hidden json": (
        "UPDATE annotation SET extra = '{}' || char(0) || '[[['",
        "“extra” in its table “annotation” is not",
    ),
    "no json": ("UPDATE annotation SET extra = '{'", "“extra” in its table “annotation” is not as a project has it"),
    "other json": ("UPDATE annotation SET flags = '{}'", "“flags” in its table “annotation” is not"),
    "spans": ("UPDATE annotation SET spans = '[[5,2]]'", "the spans of an annotation"),
    "stamp": ("UPDATE annotation SET stamp = 'ffffffffffffffffffffffff'", "“annotation” has no valid stamp"),
    "dangling": ("UPDATE annotation SET reading = 99", "“annotation” refers to a row of “reading”"),
    "history table": (
        'UPDATE change SET "table" = \'meta" SET value = 1 --\' WHERE step = 3',
        "names a table that no project has",
    ),
    "history property": (
        'INSERT INTO change VALUES (3, \'meta\', 2, \'{"value":["","x"]}\')',
        "names a property that no project has",
    ),
    "history of a property": (
        'INSERT INTO change VALUES (3, \'meta\', 1, \'{"name":["","x"]}\')',
        "names a property that no project has",
    ),
    "history column": ("UPDATE change SET columns = '{\"id\":[1,2]}' WHERE step = 3", "names a column of “annotation”"),
    "history value": ("UPDATE change SET columns = '{\"note\":1}' WHERE step = 3", "its history holds something else"),
}


@pytest.mark.parametrize("fault", ROW_FAULTS)
def test_rows_that_no_project_holds_are_refused_in_one_sentence(fault: str, theirs: Path, tmp_path: Path) -> None:
    statement, said = ROW_FAULTS[fault]
    spoilt(theirs, "PRAGMA foreign_keys = OFF", statement)
    with pytest.raises(AnnotatorError, match=re.escape(said)):
        take_in(theirs, tmp_path / "mine.annotator")
    assert listing(tmp_path) == ["theirs"]


def test_brackets_in_strings_are_no_depth(theirs: Path, tmp_path: Path) -> None:
    spoilt(theirs, f"UPDATE annotation SET extra = '{json.dumps({'a': DEEP})}'")
    take_in(theirs, tmp_path / "mine.annotator")


def test_undo_does_not_write_where_the_history_of_a_spoilt_file_points(theirs: Path) -> None:
    """The cheap look at opening does not read rows; undo still refuses them."""
    spoilt(theirs, "UPDATE change SET \"table\" = 'meta' WHERE step = 2 AND \"table\" = 'document'")
    with Project.open(theirs) as project:
        meta = project.rows("SELECT * FROM meta")
        with pytest.raises(AnnotatorError, match=r"history of .* is damaged"):
            history.undo(project, 1)
        assert project.rows("SELECT * FROM meta") == meta


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_bytes(b""), "is empty"),
        (
            lambda path: path.write_bytes(b"no database at all, but long enough to be read as one" * 20),
            "file of another program",
        ),
        (lambda path: spoilt(path.with_suffix(".x"), "CREATE TABLE a (b)").rename(path), "another program"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: None, "There is no file"),
    ],
)
def test_what_is_no_project_is_not_taken_in(make: Callable[[Path], object], said: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    make(tmp_path / "in" / "x")
    with pytest.raises(AnnotatorError, match=said):
        take_in(tmp_path / "in" / "x", tmp_path / "mine.annotator")
    assert listing(tmp_path) == ["in"]


def test_nothing_is_replaced(theirs: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.annotator").write_text("mine")
    with pytest.raises(AnnotatorError, match="exists already"):
        take_in(theirs, tmp_path / "mine.annotator")
    assert (tmp_path / "mine.annotator").read_text() == "mine"


def test_a_stranger_cannot_leave_stamps_behind_that_the_next_step_does_not_pass(theirs: Path, tmp_path: Path) -> None:
    spoilt(theirs, "UPDATE annotation SET stamp = '0fffffffffff000000000000'")
    take_in(theirs, tmp_path / "mine.annotator")
    with Project.open(tmp_path / "mine.annotator") as project:
        with project.step("note", coder=1) as step:
            step.update("annotation", 1, {"note": "later"})
        assert content(project)["annotation"]
        assert project.rows("SELECT stamp > '0fffffffffff000000000000' FROM annotation") == [(1,)]
