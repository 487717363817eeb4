"""Bringing a file to the current format, and refusing what is no project or belongs to a newer program."""

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from sqlite_utils import Database, Migrations

from annotator.errors import AnnotatorError
from annotator.storage.connection import connect, explained
from annotator.storage.schema import APPLICATION_ID, FORMAT, OLDEST_WRITER, statements

MIGRATIONS = Migrations("annotator")


@MIGRATIONS()
def first_schema(db: Database) -> None:
    """The tables of format 1."""
    for statement in statements():
        db.execute(statement)


def make_new(path: Path, meta: Mapping[str, str]) -> None:
    """Write an empty project of the current format to `path`, as one ordinary file."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644))
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _apply(Database(raw), FORMAT, OLDEST_WRITER, meta)
    finally:
        raw.close()


def _apply(db: Database, file_format: int, oldest_writer: int, meta: Mapping[str, str]) -> None:
    """All pending migrations and the file's own version in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        MIGRATIONS.apply(db)
        for name, value in {**meta, "oldest_writer": str(oldest_writer)}.items():
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
        db.execute(f"PRAGMA user_version = {file_format}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def prepare(path: Path, *, read_only: bool) -> list[str]:
    """Look at a file before it is used; migrate it if it is older. Returns what a person should know.

    Raises AnnotatorError for a file that is missing, no project, too new, or older and not writable.
    """
    if path.is_dir():
        raise AnnotatorError(f"{path} is a folder, not a project.")
    db = connect(path, read_only=True)
    with explained(path):
        try:
            found = _format_of(db, path)
        finally:
            db.close()
    if found >= FORMAT:
        return []
    if read_only:
        raise AnnotatorError(f"{path} was made by an older version and cannot be updated: it may only be read.")
    return [_migrate(path, found)]


def _format_of(db: Database, path: Path) -> int:
    assert db.conn is not None
    one = db.conn.execute
    if not path.stat().st_size:
        raise AnnotatorError(f"{path} is empty: it holds no project.")
    if one("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise AnnotatorError(f"{path} is not a project: it is the SQLite file of another program.")
    found = int(one("PRAGMA user_version").fetchone()[0])
    oldest = one("SELECT value FROM meta WHERE name = 'oldest_writer'").fetchone()
    if oldest is None or int(oldest[0]) > FORMAT:
        raise AnnotatorError(f"{path} was written by a newer version of the program: update to open it.")
    return found


def _migrate(path: Path, found: int) -> str:
    """Back up, then bring up to date; several windows may try at once, one does it."""
    backup = path.with_name(f"{path.stem}.format-{found}.backup{path.suffix}")
    db = connect(path)
    try:
        assert db.conn is not None
        with explained(path):
            if not backup.exists():
                draft = backup.with_name(f".{backup.name}")
                copy = sqlite3.connect(draft)
                try:
                    db.conn.backup(copy)
                finally:
                    copy.close()
                draft.rename(backup)
            _apply(db, FORMAT, OLDEST_WRITER, {})
    finally:
        db.close()
    return (
        f"The project was brought to the format of this version; the file as it was is kept as {backup.name}. "
        f"Programs older than format {OLDEST_WRITER} can no longer write it."
    )
