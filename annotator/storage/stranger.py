"""Taking in a project file that came from somewhere else: it is looked through, written anew, and never used in place.

The file is copied as it is, its schema compared object by object, and every row written by plain statements into a
new file: nothing of the old file's indexes, search tables or leftover pages comes along.
"""

import json
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from annotator.errors import AnnotatorError, NotSaved
from annotator.storage import properties, rows, search_index
from annotator.storage.connection import PATIENCE, begin, connect, is_in_wal
from annotator.storage.files import appear, beside, explained_file, remove
from annotator.storage.guard import check_size
from annotator.storage.opening import inspect, prepare
from annotator.storage.past import from_cell
from annotator.storage.schema import APPLICATION_ID, JSON_COLUMNS, SEARCH_TABLES, SHARED_TABLES

JSON_LIMIT = 10 * 1024 * 1024  # bytes of one JSON cell
DEPTH_LIMIT = 50  # how deep lists and objects may stand in each other
_NO_PAIR = "j.type <> 'array' OR json_array_length(j.value) <> 2"
_STAMP = "[0-7]" + 23 * "[0-9a-f]"
# Nearly all annotations have one piece, written like this: what is, needs not be parsed.
_ONE_PIECE = "spans = '[[' || start || ',' || \"end\" || ']]' AND start >= 0 AND start < \"end\""


def take_in(source: Path, dest: Path, *, searchable: bool = True) -> list[str]:
    """Write a checked copy of a stranger's project to `dest`, in the current format; returns what a person should know.

    `source` is only read; a -wal beside it is read too. `dest` appears whole or not at all. What is only looked
    through needs not be `searchable`. Raises AnnotatorError with one sentence for what cannot be taken in.
    """
    source, dest = source.absolute(), dest.absolute()
    if dest.exists():
        raise AnnotatorError(f"{dest} exists already: choose another name.")
    if source.is_file() and not source.stat().st_size:
        raise AnnotatorError(f"{source} is empty: it holds no project.")
    name = f".{dest.name}.{secrets.token_hex(4)}"
    raw, draft = dest.with_name(f"{name}.raw"), dest.with_name(name)
    if not source.exists():
        raise AnnotatorError(f"There is no file {source}.")
    with explained_file(dest):
        try:
            _copy(source, raw)
            with explained_file(source):
                _write_anew(raw, draft, source, searchable=searchable)
            notices = prepare(draft, read_only=False, backup=False)
            appear(draft, dest)
        except NotSaved as error:
            raise AnnotatorError(f"{dest} cannot be written: free some space or choose another folder.") from error
        finally:
            remove(raw)
            remove(draft)
    return notices


def _copy(source: Path, raw: Path) -> None:
    """The file as it is, without leaving anything beside it: through SQLite if it is in use, else as files."""
    in_use = Path(f"{source}-shm").exists()
    if in_use or not is_in_wal(source):
        try:
            with closing(connect(source, read_only=True)) as reader, closing(sqlite3.connect(raw)) as copy:
                check_size(reader, source)
                reader.backup(copy)
            return
        except (AnnotatorError, sqlite3.OperationalError):
            if not any(path.exists() for path in beside(source)):
                raise
    shutil.copyfile(source, raw)
    for ending in ("-wal", "-journal"):  # what was not closed properly is put in order in the copy
        if Path(f"{source}{ending}").exists():
            shutil.copyfile(f"{source}{ending}", f"{raw}{ending}")


def _write_anew(raw: Path, draft: Path, source: Path, *, searchable: bool) -> None:
    with closing(connect(raw)) as old:
        old.execute("PRAGMA journal_mode = DELETE").fetchone()
        file_format = inspect(old, source)
        tables = _tables(old)
        for table in tables:
            found = old.execute(f'PRAGMA quick_check("{table}")').fetchone()[0]
            if found != "ok":
                raise AnnotatorError(f"{source} is damaged: {found}.")
        schema = old.execute(
            "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
    draft.touch()
    with closing(connect(draft)) as new:
        new.execute("PRAGMA foreign_keys = OFF")  # checked as a whole at the end
        new.execute("ATTACH DATABASE ? AS old", (str(raw),))
        begin(new, PATIENCE)
        _fill(new, tables, schema, source)
        if searchable:
            search_index.rebuild(new)
        _check(new, source)
        _forget_what_was_undone(new)
        new.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        new.execute(f"PRAGMA user_version = {file_format}")
        new.execute("COMMIT")


def _tables(connection: sqlite3.Connection) -> list[str]:
    """The plain tables: not the search tables, and not what they keep their index in."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
    search = re.compile(rf"({'|'.join(SEARCH_TABLES)})(_data|_idx|_docsize|_config)?|sqlite_.*")
    return [name for (name,) in found if not search.fullmatch(name)]


def _fill(new: sqlite3.Connection, tables: list[str], schema: list[tuple[str, str, str]], source: Path) -> None:
    """Tables, rows, indexes and search, in this order; the statements were compared with a project's before."""
    for name, _, sql in schema:
        if name in tables:
            new.execute(sql)
    for table in tables:
        try:
            new.execute(f'INSERT INTO main."{table}" SELECT * FROM old."{table}"')
        except sqlite3.IntegrityError as error:
            raise AnnotatorError(f"{source} is damaged: its table “{table}” holds what it may not hold.") from error
    new.execute("DELETE FROM main.sqlite_sequence")
    new.execute("INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence")
    for name, kind, sql in schema:
        if kind == "index" or name in SEARCH_TABLES:
            try:
                new.execute(sql)
            except sqlite3.IntegrityError as error:
                raise AnnotatorError(f"{source} is damaged: two rows have the same “{name}”.") from error


# ---- what the rows hold


def _check(new: sqlite3.Connection, source: Path) -> None:
    for fault in _faults(new):
        raise AnnotatorError(f"{source} is not opened: {fault}.")


def _faults(new: sqlite3.Connection) -> Iterator[str]:
    new.create_function("nesting", 1, _depth, deterministic=True)
    dangling = new.execute("PRAGMA main.foreign_key_check").fetchone()
    if dangling is not None:
        yield f"a row of its table “{dangling[0]}” refers to a row of “{dangling[2]}” that is not there"
    for table in (*SHARED_TABLES, "step"):
        if new.execute(f'SELECT 1 FROM main."{table}" WHERE stamp NOT GLOB ? LIMIT 1', (_STAMP,)).fetchone():
            yield f"a row of its table “{table}” has no valid stamp"
    for table, columns in JSON_COLUMNS.items():
        for column, kind in columns.items():
            yield from _json_faults(new, table, column, kind)
    yield from _json_faults(new, "change", "columns", "")
    yield from _history_faults(new)
    for (spans,) in new.execute(f"SELECT spans FROM main.annotation WHERE NOT ({_ONE_PIECE})"):
        if not _are_spans(json.loads(spans)):
            yield "the spans of an annotation are no pairs of numbers"


def _json_faults(new: sqlite3.Connection, table: str, column: str, kind: str) -> Iterator[str]:
    """What is wrong with a cell of a column, found in one pass; nothing parses a cell of unknown size and depth."""
    cell = f'"{column}"'
    plain = {"object": f"{cell} IS '{{}}'", "array": f"{cell} IS '[]'"}.get(kind, "0")  # as most are
    if column == "spans":
        plain = _ONE_PIECE
    wrong = f"json_type({cell}) <> '{kind}'" if kind else "0"
    # Only a cell with this many brackets can be too deep.
    opening = f"length({cell}) - length(replace(replace({cell}, '[', ''), '{{', ''))"
    found = new.execute(
        f"""SELECT fault FROM (
                SELECT CASE WHEN instr(CAST({cell} AS BLOB), x'00') THEN 'is not as a project has it'
                    WHEN length(CAST({cell} AS BLOB)) > {JSON_LIMIT} THEN 'holds more than 10 MB'
                    WHEN {opening} > {DEPTH_LIMIT} AND nesting({cell}) > {DEPTH_LIMIT}
                        THEN 'is nested more than {DEPTH_LIMIT} deep'
                    WHEN NOT json_valid({cell}) OR {wrong} THEN 'is not as a project has it' END AS fault
                FROM "{table}" WHERE {cell} IS NOT NULL AND NOT ({plain})
            ) WHERE fault IS NOT NULL LIMIT 1"""
    ).fetchone()
    if found is not None:
        yield f"a cell of “{column}” in its table “{table}” {found[0]}"


def _depth(text: str) -> int:
    """How deep the brackets of a JSON text go, those in its strings left out."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", re.sub(r'"(?:[^"\\]|\\.)*"', "", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _are_spans(spans: object) -> bool:
    return isinstance(spans, list) and all(
        isinstance(span, list)
        and len(span) == 2
        and all(type(place) is int for place in span)
        and 0 <= span[0] < span[1]
        for span in spans
    )


def _history_faults(new: sqlite3.Connection) -> Iterator[str]:
    """Undo writes what stands in the history: only columns of shared tables, and properties, may stand there."""
    tables = {name for (name,) in new.execute('SELECT DISTINCT "table" FROM main.change')}
    if not tables <= {*SHARED_TABLES, properties.TABLE}:
        yield "its history names a table that no project has"
        return
    pairs = "SELECT 1 FROM main.change AS c, json_each(c.columns) AS j"
    if new.execute(f"{pairs} WHERE c.columns <> '[1]' AND (typeof(j.key) <> 'text' OR {_NO_PAIR}) LIMIT 1").fetchone():
        yield "its history holds something else than values before and after"
        return
    of_properties = 'SELECT row, columns FROM main.change WHERE "table" = ?'
    for number, cell in new.execute(of_properties, (properties.TABLE,)):
        if not properties.is_change(number, *from_cell(cell)):
            yield "its history names a property that no project has"
    for table in tables - {properties.TABLE}:
        columns = {row[1] for row in new.execute(f'PRAGMA main.table_info("{table}")')} - {"key", "id", "batch"}
        sql = 'SELECT DISTINCT j.key FROM main.change AS c, json_each(c.columns) AS j WHERE c."table" = ?'
        if not {name for (name,) in new.execute(f"{sql} AND c.columns <> '[1]'", (table,))} <= columns:
            yield f"its history names a column of “{table}” that no project has"


def _forget_what_was_undone(new: sqlite3.Connection) -> None:
    """Redo ends here: packed rows are not looked through. Works without an end will be swept away."""
    new.execute("DELETE FROM main.packed")
    new.execute("UPDATE main.step SET state = 'closed' WHERE state = 'open'")
    new.execute("UPDATE main.batch SET owner = '', touched = 0 WHERE ended IS NULL")
    greatest = rows.greatest_stamp(new)
    new.execute("UPDATE main.step SET stamp = ? WHERE key = (SELECT max(key) FROM main.step)", (greatest,))
