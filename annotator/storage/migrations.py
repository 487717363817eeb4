"""Bringing a file to the current format, and refusing what is no project or belongs to a newer program."""

import glob
import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlite_utils import Database, Migrations

from annotator.errors import AnnotatorError
from annotator.storage import rows, stamps
from annotator.storage.connection import PATIENCE, begin, connect
from annotator.storage.files import appear, explained_file, remove
from annotator.storage.guard import check_schema, check_size, check_table
from annotator.storage.schema import APPLICATION_ID, FORMAT, OLDEST_WRITER, statements

MIGRATIONS = Migrations("annotator")


@MIGRATIONS()
def first_schema(db: Database) -> None:
    """The tables of format 1."""
    for statement in statements():
        db.execute(statement)


@dataclass(frozen=True)
class Formats:
    """The migrations of a version of the program: the first N of them make format N."""

    migrations: Migrations
    current: int
    oldest_writer: int  # the oldest format whose program may write what this one writes


CURRENT = Formats(MIGRATIONS, FORMAT, OLDEST_WRITER)


def make_new(path: Path, meta: Mapping[str, str], formats: Formats = CURRENT) -> None:
    """Write an empty project of the current format to `path`, as one ordinary file."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644))
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        with _immediate(raw):
            _apply(Database(raw), formats, meta)
    finally:
        raw.close()


def prepare(path: Path, *, read_only: bool, formats: Formats = CURRENT, backup: bool = True) -> list[str]:
    """Look at a file before it is used; migrate it if it is older. Returns what a person should know.

    Without `backup` no copy of an older file is kept: it is a copy itself.

    Raises AnnotatorError for a file that is missing, no project, too new, or older and not writable. Nothing of the
    file runs before its schema has been compared with a project's.
    """
    if path.is_file() and not path.stat().st_size:
        raise AnnotatorError(f"{path} is empty: it holds no project.")
    db = connect(path, read_only=read_only)
    try:
        assert db.conn is not None
        with explained_file(path):
            check_size(db.conn, path)
            found = inspect(db.conn, path, formats)
            if found >= formats.current:
                return []
            if read_only:
                raise AnnotatorError(
                    f"{path} was made by an older version of the program and cannot be updated, because it may only be "
                    "read: copy it to a folder of your own."
                )
            return _migrate(db, path, formats, backup=backup)
    finally:
        db.close()


def inspect(connection: sqlite3.Connection, path: Path, formats: Formats = CURRENT) -> int:
    """The format of a project file. Raises AnnotatorError for what this program cannot write or should not touch."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise AnnotatorError(f"{path} is not a project: it is the SQLite file of another program.")
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found < 1:
        raise AnnotatorError(f"{path} is damaged: it does not say of which format it is.")
    if found > formats.current:
        check_table(connection, path, "meta", _reference(formats.current, formats))
        _refuse_if_too_new(connection, path, formats)
    check_schema(connection, path, _reference(min(found, formats.current), formats), newer=found > formats.current)
    _refuse_if_too_new(connection, path, formats)
    return found


def _refuse_if_too_new(connection: sqlite3.Connection, path: Path, formats: Formats) -> None:
    oldest = connection.execute("SELECT value FROM meta WHERE name = 'oldest_writer'").fetchone()
    if oldest is None or not str(oldest[0]).isdecimal():
        raise AnnotatorError(f"{path} is damaged: it does not say which version may write it.")
    if int(oldest[0]) > formats.current:
        raise AnnotatorError(f"{path} was written by a newer version of the program: update to open it.")


@cache
def _reference(file_format: int, formats: Formats) -> sqlite3.Connection:
    """An empty project of a format, in memory, to compare with."""
    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    later = [migration.name for migration in formats.migrations.pending(Database(raw))][file_format:]
    formats.migrations.apply(Database(raw), stop_before=later)
    return raw


def _apply(db: Database, formats: Formats, meta: Mapping[str, str]) -> None:
    """All pending migrations and the file's own version; a transaction is open."""
    formats.migrations.apply(db)
    for name, value in {**meta, "oldest_writer": str(formats.oldest_writer)}.items():
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
    db.execute(f"PRAGMA user_version = {formats.current}")


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


def _migrate(db: Database, path: Path, formats: Formats, *, backup: bool) -> list[str]:
    """Back up, then bring up to date; several windows may try at once, one does it and the others find it done."""
    assert db.conn is not None
    connection = db.conn
    connection.execute("PRAGMA foreign_keys = OFF")  # a migration may make a table anew; checked before the end
    with _immediate(connection):
        found = inspect(connection, path, formats)
        if found >= formats.current:
            return []
        kept = f"; the file as it was is kept as {_backup(path, found).name}" if backup else ""
        _apply(db, formats, {})
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
    source = connect(path, read_only=True).conn
    assert source is not None
    with closing(source):
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
        copy = connect(backup, read_only=True).conn
        assert copy is not None
        with closing(copy):
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
