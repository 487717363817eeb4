"""Making a file of the current format, and bringing an older one to it. `opening` reads this only when it must."""

import glob
import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from annotator.errors import AnnotatorError
from annotator.storage import rows, stamps
from annotator.storage.connection import PATIENCE, begin, connect
from annotator.storage.files import appear, remove
from annotator.storage.opening import Formats, inspect
from annotator.storage.schema import APPLICATION_ID, statements

MIGRATIONS = Migrations("annotator")


@MIGRATIONS()
def first_schema(db: Database) -> None:
    """The tables of format 1."""
    for statement in statements():
        db.execute(statement)


def make_new(path: Path, meta: Mapping[str, str], formats: Formats) -> None:
    """Write an empty project of the current format to `path`, as one ordinary file."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644))
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        with _immediate(raw):
            _apply(raw, formats, meta)
    finally:
        raw.close()


def empty(file_format: int, formats: Formats) -> sqlite3.Connection:
    """An empty project of a format, in memory."""
    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    known = formats.migrations()
    later = [migration.name for migration in known.pending(Database(raw))][file_format:]
    known.apply(Database(raw), stop_before=later)
    return raw


def _apply(connection: sqlite3.Connection, formats: Formats, meta: Mapping[str, str]) -> None:
    """All pending migrations and the file's own version; a transaction is open."""
    formats.migrations().apply(Database(connection))
    for name, value in {**meta, "oldest_writer": str(formats.oldest_writer)}.items():
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
    connection.execute(f"PRAGMA user_version = {formats.current}")


@contextmanager
def _immediate(connection: sqlite3.Connection) -> Iterator[None]:
    begin(connection, PATIENCE)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate(connection: sqlite3.Connection, path: Path, formats: Formats, *, backup: bool) -> list[str]:
    """Back up, then bring up to date; returns what a person should know.

    Several windows may try at once: one does it and the others find it done.
    """
    connection.execute("PRAGMA foreign_keys = OFF")  # a migration may make a table anew; checked before the end
    with _immediate(connection):
        found = inspect(connection, path, formats)
        if found >= formats.current:
            return []
        kept = f"; the file as it was is kept as {_backup(path, found).name}" if backup else ""
        _apply(connection, formats, {})
        _record(connection, f"Bring the project to format {formats.current}")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise AnnotatorError(f"{path} is damaged: parts of it refer to something that it does not hold.")
    said = f"The project was brought to the format of this version{kept}."
    return [f"{said} Programs older than format {formats.oldest_writer} can no longer write it."]


def _record(connection: sqlite3.Connection, label: str) -> None:
    """Undo stops here, and what was taken back before cannot be done again: its rows have the old form."""
    connection.execute("UPDATE step SET state = 'closed' WHERE state = 'open'")
    connection.execute("DELETE FROM packed")
    stamp = stamps.next_stamp(rows.greatest_stamp(connection), stamps.new_replica(), stamps.now())
    step = {"at": stamps.now(), "stamp": stamp, "kind": "migration", "label": label, "documents": 0, "session": ""}
    rows.insert(connection, "step", {**step, "state": "done"})


def _backup(path: Path, found: int) -> Path:
    """A copy of the file as it is, which nobody can write now; one made by an interrupted attempt serves again."""
    for draft in path.parent.glob(f".{glob.escape(path.stem)}.format-*.backup*"):
        draft.unlink()  # of an attempt that was interrupted: this process alone may migrate now
    with closing(connect(path, read_only=True)) as source:
        for number in range(1, 1000):
            middle = "" if number == 1 else f"-{number}"
            backup = path.with_name(f"{path.stem}.format-{found}.backup{middle}{path.suffix}")
            if not backup.exists():
                _copy(source, backup)
                return backup
            if _state(source) == _state_of(backup):
                return backup
    raise AnnotatorError(f"There are too many backup copies beside {path}: move them to another folder.")


def _state(connection: sqlite3.Connection) -> list[object]:
    """What differs after any change: each leaves a step, or an entry in `meta`."""
    last = "SELECT key, stamp, state FROM step ORDER BY key DESC LIMIT 1"
    return [connection.execute(sql).fetchall() for sql in (last, "SELECT * FROM meta ORDER BY name")]


def _state_of(backup: Path) -> list[object] | None:
    try:
        with closing(connect(backup, read_only=True)) as copy:
            return _state(copy)
    except (AnnotatorError, sqlite3.DatabaseError):
        return None  # something else has this name


def _copy(source: sqlite3.Connection, backup: Path) -> None:
    draft = backup.with_name(f".{backup.name}.{secrets.token_hex(4)}")
    try:
        copy = sqlite3.connect(draft)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            copy.close()
        appear(draft, backup)
    finally:
        remove(draft)
