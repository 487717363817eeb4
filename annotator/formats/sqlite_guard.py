"""SQLite files of other programs, opened without trusting them: read only, no triggers, no views, bounded time."""

import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.guards import FILE_LIMIT, first_bytes

_MAGIC = b"SQLite format 3\0"
SECONDS = 60.0  # that all statements on a file may take together
_CELL = 64 * 1024 * 1024
_PROGRESS = 100_000  # steps of the virtual machine between two looks at the clock


@contextmanager
def foreign_database(path: Path, views: Collection[str] = ()) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write. Raises AnnotatorError for what is no database, or has triggers or views.

    `views` are those that a program is known to make; nobody may read them here.
    """
    with _opened(path) as connection:
        _refuse_odd(connection, path.name, views)
        yield connection


def table_names(path: Path, head: bytes) -> frozenset[str]:
    """The tables of a database that begins with `head`, in small letters; none of what is no database."""
    if not head.startswith(_MAGIC):
        return frozenset()
    try:
        with _opened(path) as connection:
            rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' LIMIT 1000").fetchall()
    except AnnotatorError:
        return frozenset()
    return frozenset(str(name).lower() for (name,) in rows)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    if not first_bytes(path, 16).startswith(_MAGIC):
        raise AnnotatorError(f"Cannot read {path.name}: it is no SQLite database.")
    if path.stat().st_size > 4 * FILE_LIMIT:
        raise AnnotatorError(f"Cannot read {path.name}: it is larger than {4 * FILE_LIMIT >> 30} GB.")
    for suffix in ("-wal", "-journal"):  # what is not in the file itself yet, or half of what is to be taken back
        beside = path.with_name(path.name + suffix)
        if beside.is_file() and beside.stat().st_size:
            raise AnnotatorError(f"Cannot read {path.name}: another program has it open, or did not close it.")
    quoted = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        connection = sqlite3.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True, isolation_level=None)
    except sqlite3.Error as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {fault}.") from fault
    try:
        _restrict(connection)
        yield connection
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as fault:
        said = " ".join(str(fault).split())[:120]  # it may quote what the file holds
        raise AnnotatorError(f"Cannot read {path.name}: {said.rstrip('.')}.") from fault
    finally:
        connection.close()


def _restrict(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _CELL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    end = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, _PROGRESS)


def _refuse_odd(connection: sqlite3.Connection, name: str, views: Collection[str]) -> None:
    for kind, own in connection.execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"):
        if kind != "view" or own not in views:
            raise AnnotatorError(f"Cannot read {name}: it holds a {kind} ({str(own)[:40]}), as no such file does.")


def has_columns(connection: sqlite3.Connection, table: str, *columns: str) -> bool:
    """Whether a table is there with all of these columns."""
    found = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    return set(columns) <= {row[0] for row in found}
