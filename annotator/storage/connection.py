"""The one function that opens a project file, and what SQLite's errors mean to a person."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from annotator.errors import AnnotatorError, Busy, NotSaved

BUSY_TIMEOUT = 250  # milliseconds a write waits for another writer; longer would be felt in the window
TEXT_LIMIT = 64 * 1024 * 1024  # bytes of one text or cell
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT}",
)


def connect(path: Path, *, read_only: bool = False) -> Database:
    """Open an existing SQLite file with the project's pragmas; writable connections are in WAL mode, FULL sync.

    A read-only connection may ignore locks (`immutable`) only when no -wal file lies beside the file: otherwise it
    would miss what stands there. Raises AnnotatorError for a file that is missing or is no SQLite file.
    """
    if not path.exists():
        raise AnnotatorError(f"There is no file {path}.")
    mode = "rw"
    if read_only:
        has_wal = Path(f"{path}-wal").exists()
        mode = "ro" if has_wal or os.access(path.parent, os.W_OK) else "ro&immutable=1"
    with explained(path):
        # The URI form refuses to create a file; autocommit leaves every BEGIN and COMMIT to the one writer.
        raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
        try:
            raw.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, TEXT_LIMIT)
            raw.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # VACUUM INTO needs one
            if hasattr(raw, "setconfig"):  # Python 3.12 and later
                raw.setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009 - unknown to 3.11
            for pragma in _PRAGMAS:
                raw.execute(pragma)
            raw.create_function("folded", 1, str.casefold, deterministic=True)
            raw.execute("SELECT count(*) FROM sqlite_master")
            if not read_only:
                raw.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            raw.close()
            raise
    return Database(raw)


def leave(db: Database) -> None:
    """Close a connection; the last one to leave turns the file back into one ordinary file (DELETE journal)."""
    try:
        db.execute("PRAGMA busy_timeout = 0")
        db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError:
        pass  # another window or process still has the file open, or it cannot be written: it stays as it is
    finally:
        db.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors of the surroundings (disk, rights, locks, damage) into one sentence; bugs pass through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        sentence = _sentence(path, error)
        if sentence is None:
            raise
        raise sentence from error


def _sentence(path: Path, error: sqlite3.DatabaseError) -> AnnotatorError | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(f"{path.name} is being written by another window or program; try again in a moment.")
    if name.startswith("SQLITE_FULL"):
        return NotSaved(f"The disk that holds {path.name} is full: this change is not saved. Free some space first.")
    if name.startswith("SQLITE_READONLY"):
        return NotSaved(f"{path} is read-only: this change is not saved. Copy the project to a folder of your own.")
    if name.startswith("SQLITE_IOERR"):
        return NotSaved(f"The disk refused to read or write {path}: this change is not saved.")
    if name.startswith("SQLITE_CANTOPEN"):
        return AnnotatorError(f"{path} cannot be opened: the file or its folder may not be read or written by you.")
    if name.startswith("SQLITE_NOTADB"):
        return AnnotatorError(f"{path} is not a project: it is not an SQLite file.")
    if name.startswith("SQLITE_CORRUPT"):
        return AnnotatorError(f"{path} is damaged: parts of the file are missing or unreadable.")
    return None
