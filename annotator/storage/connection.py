"""The one function that opens a project file, and what SQLite's errors mean to a person."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_from_bytes

from annotator.errors import AnnotatorError, Busy, NotSaved

BUSY_TIMEOUT = 250  # milliseconds a write waits for another writer; longer would be felt in the window
PATIENCE = 30.0  # seconds that work which no person waits for, keys in hand, waits for another writer
OPENING = 2.0  # seconds that opening waits for those who open or close the file too
TEXT_LIMIT = 64 * 1024 * 1024  # bytes of one text or cell
_CACHE = 16_000  # kibibytes of pages kept, as many as are used: ids of a merge fall all over the index of them
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT}",
    f"PRAGMA cache_size = -{_CACHE}",
)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open an existing SQLite file with the project's pragmas, in the journal mode it has.

    Only a file whose last writer left it in WAL mode, without a -wal beside it and in a folder that may not be written
    (a disc, somebody else's share), is read without locks (`immutable`). Raises AnnotatorError for a file that is
    missing or is no SQLite file.
    """
    if not path.exists():
        raise AnnotatorError(f"There is no file {path}.")
    if path.is_dir():
        raise AnnotatorError(f"{path} is a folder, not a project.")
    mode = "rw"
    if read_only:
        mode = "ro&immutable=1" if _cannot_be_locked(path) else "ro"
    with explained(path):
        # The URI form refuses to create a file; autocommit leaves every BEGIN and COMMIT to the one writer.
        raw = sqlite3.connect(f"{_uri(path)}?mode={mode}", uri=True, isolation_level=None)
        try:
            raw.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, TEXT_LIMIT)
            raw.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # VACUUM INTO needs one
            if hasattr(raw, "setconfig"):  # Python 3.12 and later
                raw.setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009 - unknown to 3.11
            raw.create_function("folded", 1, str.casefold, deterministic=True)  # LIKE folds ASCII alone
            for pragma in _PRAGMAS:
                raw.execute(pragma)
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            raw.close()
            raise
    return raw


def enter_wal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work side by side, as long as anybody has the file open.

    Waits while others open or close the file just now: SQLite does not wait in this statement.
    """
    until = time.monotonic() + OPENING
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() >= until:
                raise
        time.sleep(0.005)


def checkpoint(connection: sqlite3.Connection) -> bool:
    """Bring everything from the -wal into the file; returns whether nothing is left in it."""
    try:
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except sqlite3.DatabaseError:
        return False


def leave(connection: sqlite3.Connection) -> None:
    """Close a connection; the last one to leave turns the file back into one ordinary file (DELETE journal)."""
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.DatabaseError:
        pass  # another window or process still has the file open, or it cannot be written: it stays as it is
    finally:
        connection.close()


def begin(connection: sqlite3.Connection, seconds: float | None = None) -> None:
    """BEGIN IMMEDIATE, tried every millisecond: SQLite's longer sleeps would miss the gaps that bulk work leaves.

    Waits for another writer for `seconds`, or as long as the connection's busy timeout says.
    """
    usual = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    until = time.monotonic() + (usual / 1000 if seconds is None else seconds)
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while not _began(connection, last_try=time.monotonic() >= until):
            time.sleep(0.001)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual:d}")


def _began(connection: sqlite3.Connection, *, last_try: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last_try or not _is_busy(error):
            raise
        return False
    return True


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _uri(path: Path) -> str:
    """The file URI as SQLite reads it: a share's name is part of the path, never an authority."""
    name = quote_from_bytes(os.fsencode(path.absolute().as_posix()))
    return f"file://{name}" if name.startswith("/") else f"file:///{name}"


def is_in_wal(path: Path) -> bool:
    """Whether a file's last writer left it in WAL mode (bytes 18 and 19 of an SQLite file's header)."""
    try:
        with path.open("rb") as file:
            return file.read(20)[18:] == b"\x02\x02"
    except OSError:
        return False  # SQLite will say what is wrong


def _cannot_be_locked(path: Path) -> bool:
    return not Path(f"{path}-wal").exists() and not os.access(path.parent, os.W_OK) and is_in_wal(path)


@contextmanager
def explained(path: Path, lost: str = "this change is not saved") -> Iterator[None]:
    """Turn SQLite's errors of the surroundings (disk, rights, locks, damage) into one sentence; bugs pass through."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        sentence = _sentence(path, lost, error)
        if sentence is None:
            raise
        raise sentence from error


def _sentence(path: Path, lost: str, error: sqlite3.DatabaseError) -> AnnotatorError | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, kind, sentence in _SENTENCES:
        if name.startswith(start):
            return kind(sentence.format(path=path, name=path.name, lost=lost))
    if str(error).startswith("Could not decode to UTF-8"):
        return AnnotatorError(f"{path} is damaged: a text in it is not valid UTF-8.")
    return None


_MOVED = "{path} was moved or deleted while it was open: {lost}. Save a copy of the project to keep what it holds."
_LEFT_OPEN = """{path} was not closed properly and may not be written by you: copy it, with every file beside it
 whose name begins with {name}, to a folder of your own.""".replace("\n", "")
_CANNOT_OPEN = """{path} cannot be opened: the file, its folder or a file beside it whose name begins with {name}
 may not be read or written by you.""".replace("\n", "")
_BUSY = "{name} is being written by another window or program; try again in a moment."

# Start of SQLite's error name → class and sentence; the longer start stands first.
_SENTENCES: tuple[tuple[str, type[AnnotatorError], str], ...] = (
    ("SQLITE_BUSY", Busy, _BUSY),
    ("SQLITE_LOCKED", Busy, _BUSY),
    ("SQLITE_FULL", NotSaved, "The disk that holds {name} is full: {lost}. Free some space first."),
    ("SQLITE_READONLY_DBMOVED", NotSaved, _MOVED),
    ("SQLITE_READONLY_", NotSaved, _LEFT_OPEN),
    ("SQLITE_READONLY", NotSaved, "{path} is read-only: {lost}. Copy the project to a folder of your own."),
    ("SQLITE_IOERR", NotSaved, "The disk refused to read or write {path}: {lost}."),
    ("SQLITE_CANTOPEN", AnnotatorError, _CANNOT_OPEN),
    ("SQLITE_NOTADB", AnnotatorError, "{path} is not a project: it is a file of another program. Texts are imported."),
    ("SQLITE_CORRUPT", AnnotatorError, "{path} is damaged: parts of the file are missing or unreadable."),
    ("SQLITE_TOOBIG", AnnotatorError, "{path} holds a text of more than 64 MB, which is too long."),
)
