"""Whether a file's schema is that of a project and nothing else: no trigger, view or expression of a stranger runs.

Reading `sqlite_master` and PRAGMA table_xinfo runs nothing that stands in the file.
"""

import re
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from annotator.errors import AnnotatorError

# Statistics that another tool's ANALYZE may have left; the planner reads them, nothing runs.
_HARMLESS = {"sqlite_stat1", "sqlite_stat4"}
_LITERAL = re.compile(r"NULL|[+-]?\d+(\.\d+)?|'([^']|'')*'", re.IGNORECASE)


class _Object(NamedTuple):
    kind: str
    table: str
    sql: str  # with blanks and quotes put in one form


def check_schema(connection: sqlite3.Connection, path: Path, known: sqlite3.Connection, *, newer: bool) -> None:
    """Compare a file with an empty project `known` of its version, object by object.

    A `newer` file may have further tables, columns and indexes, without expressions. Raises AnnotatorError that names
    the first thing that is wrong.
    """
    found, expected = _objects(connection), _objects(known)
    for name, item in found.items():
        if item.kind not in ("table", "index"):
            raise AnnotatorError(f"{path} is not opened: it holds a {item.kind}, “{name}”, which no project has.")
        ours = expected.get(name)
        if item == ours or name in _HARMLESS:
            continue
        if not newer or item.sql.upper().startswith("CREATE VIRTUAL"):
            what = "which no project has" if ours is None else "which is not as a project has it"
            raise AnnotatorError(f"{path} is not opened: it holds a {item.kind}, “{name}”, {what}.")
        if item.kind == "table":
            check_table(connection, path, name, known if ours is not None else None)
        else:
            _check_index(connection, path, name, item)
    missing = next((f"{item.kind} “{name}”" for name, item in expected.items() if name not in found), None)
    if missing is not None:
        raise AnnotatorError(f"{path} is damaged: its {missing} is missing.")


def check_size(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite overlooks that a part of the last page is missing. In WAL mode the rest may stand in the -wal.

    SQLite is asked for the mode: to open and close the file beside it would give away all locks that this process has
    on it, and another program would take a project that is open for one that is not.
    """
    names = ("page_count", "page_size", "journal_mode")
    pages, size, mode = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
    if mode != "wal" and path.stat().st_size < pages * size:
        raise AnnotatorError(f"{path} is damaged: its end is missing.")


def _objects(connection: sqlite3.Connection) -> dict[str, _Object]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return {str(name): _Object(str(kind), str(table), _in_one_form(str(sql or ""))) for kind, name, table, sql in rows}


@lru_cache(maxsize=512)  # most files hold the same statements, each time they are opened
def _in_one_form(sql: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\"'`]", "", sql)).strip()


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, tuple[object, ...]]:
    """Name → type, not null, default, place in the primary key, and whether it is hidden or generated."""
    rows = connection.execute(
        'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?)', (table,)
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def check_table(connection: sqlite3.Connection, path: Path, name: str, known: sqlite3.Connection | None) -> None:
    """A table of a newer version: all `known` columns as they are, and others that are no more than values."""
    found = connection.execute("SELECT type, sql FROM sqlite_master WHERE name = ?", (name,)).fetchall()
    if [kind for kind, _ in found] != ["table"]:
        raise AnnotatorError(f"{path} is damaged: its table “{name}” is missing.")
    columns = _columns(connection, name)
    for column, ours in (_columns(known, name) if known is not None else {}).items():
        if columns.get(column) != ours:
            raise AnnotatorError(f"{path} is not opened: “{column}” of “{name}” is not as a project has it.")
    literal = all(default is None or _LITERAL.fullmatch(str(default)) for _, _, default, _, _ in columns.values())
    hidden = any(column[4] for column in columns.values())
    if hidden or not literal or re.search(r"\b(CHECK|GENERATED|VIRTUAL)\b", found[0][1], re.IGNORECASE):
        raise AnnotatorError(f"{path} is not opened: its table “{name}” holds an expression, which no project has.")


def _check_index(connection: sqlite3.Connection, path: Path, name: str, item: _Object) -> None:
    """An index of a newer version: over columns alone, of some rows at most by comparison with values."""
    parts = connection.execute("SELECT cid FROM pragma_index_xinfo(?)", (name,)).fetchall()
    condition = re.split(r"\bWHERE\b", item.sql, maxsplit=1, flags=re.IGNORECASE)[1:]
    if any(cid == -2 for (cid,) in parts) or any("(" in part for part in condition):
        raise AnnotatorError(f"{path} is not opened: its index “{name}” holds an expression, which no project has.")
