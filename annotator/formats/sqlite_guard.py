"""SQLite files of other programs, opened without trusting them: read only, no triggers, no views, bounded time."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.guards import FILE_LIMIT, first_bytes

SECONDS = 60.0  # that all statements on a file may take together
_CELL = 64 * 1024 * 1024
_PROGRESS = 100_000  # steps of the virtual machine between two looks at the clock


@contextmanager
def foreign_database(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write. Raises AnnotatorError for what is no database, or has triggers or views."""
    if not first_bytes(path, 16).startswith(b"SQLite format 3\0"):
        raise AnnotatorError(f"Cannot read {path.name}: it is no SQLite database.")
    if path.stat().st_size > 4 * FILE_LIMIT:
        raise AnnotatorError(f"Cannot read {path.name}: it is larger than {4 * FILE_LIMIT >> 30} GB.")
    quoted = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        connection = sqlite3.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True, isolation_level=None)
    except sqlite3.Error as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {fault}.") from fault
    try:
        _restrict(connection, path.name)
        yield connection
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {str(fault).rstrip('.')}.") from fault
    finally:
        connection.close()


def _restrict(connection: sqlite3.Connection, name: str) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _CELL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    end = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, _PROGRESS)
    seek = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
    odd = connection.execute(seek).fetchone()
    if odd:
        raise AnnotatorError(f"Cannot read {name}: it holds a {odd[0]} ({str(odd[1])[:40]}), as no such file does.")


def has_columns(connection: sqlite3.Connection, table: str, *columns: str) -> bool:
    """Whether a table is there with all of these columns."""
    found = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    return set(columns) <= {row[0] for row in found}
