"""Looking at a project file before it is used: of which format it is, and whether it is what it says.

Nothing of the file runs before its schema has been compared with a project's. Migrations are read only where a file is
made or brought up to date (docs/decisions).
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError
from annotator.storage.connection import connect
from annotator.storage.files import explained_file
from annotator.storage.guard import check_schema, check_size, check_table
from annotator.storage.schema import APPLICATION_ID, FORMAT, MIGRATIONS_TABLE, OLDEST_WRITER, statements

if TYPE_CHECKING:
    from sqlite_utils import Migrations


def _migrations() -> "Migrations":
    from annotator.storage.migrations import MIGRATIONS

    return MIGRATIONS


@dataclass(frozen=True)
class Formats:
    """The migrations of a version of the program: the first N of them make format N."""

    migrations: Callable[[], "Migrations"]
    current: int
    oldest_writer: int  # the oldest format whose program may write what this one writes


CURRENT = Formats(_migrations, FORMAT, OLDEST_WRITER)


def make_new(path: Path, meta: Mapping[str, str], formats: Formats = CURRENT) -> None:
    """Write an empty project of the current format to `path`, as one ordinary file."""
    from annotator.storage import migrations

    migrations.make_new(path, meta, formats)


def prepare(path: Path, *, read_only: bool, formats: Formats = CURRENT, backup: bool = True) -> list[str]:
    """Look at a file before it is used; migrate it if it is older. Returns what a person should know.

    Without `backup` no copy of an older file is kept: it is a copy itself.

    Raises AnnotatorError for a file that is missing, no project, too new, or older and not writable. Nothing of the
    file runs before its schema has been compared with a project's.
    """
    if path.is_file() and not path.stat().st_size:
        raise AnnotatorError(f"{path} is empty: it holds no project.")
    connection = connect(path, read_only=read_only)
    try:
        with explained_file(path):
            check_size(connection, path)
            found = inspect(connection, path, formats)
            if found >= formats.current:
                return []
            if read_only:
                raise AnnotatorError(
                    f"{path} was made by an older version of the program and cannot be updated, because it may only be "
                    "read: copy it to a folder of your own."
                )
            from annotator.storage import migrations

            return migrations.migrate(connection, path, formats, backup=backup)
    finally:
        connection.close()


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
    if file_format == FORMAT:  # what the migrations come to, without them
        empty = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        for statement in (*MIGRATIONS_TABLE, *statements()):
            empty.execute(statement)
        return empty
    from annotator.storage import migrations

    return migrations.empty(file_format, formats)
