"""Writing single rows: the statements, and values as SQLite holds them."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from annotator.storage import search_index
from annotator.storage.schema import SHARED_TABLES

Values = Mapping[str, Any]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@lru_cache(maxsize=256)
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(map(_quoted, columns))
    return f"INSERT INTO {_quoted(table)} ({names}) VALUES ({', '.join('?' * len(columns))})"


@lru_cache(maxsize=256)
def _update(table: str, columns: tuple[str, ...]) -> str:
    assignments = ", ".join(f"{_quoted(column)} = ?" for column in columns)
    return f"UPDATE {_quoted(table)} SET {assignments} WHERE key = ?"


@lru_cache(maxsize=256)
def _select(table: str, columns: tuple[str, ...]) -> str:
    return f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)} WHERE key = ?"


def insert(connection: sqlite3.Connection, table: str, values: Values) -> int:
    """Write a new row and return its key."""
    cursor = connection.execute(_insert(table, tuple(values)), tuple(values.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def insert_many(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], listed: Sequence[Sequence[Any]], batch: int
) -> list[int]:
    """Write new rows of a batch in an open transaction, and return their keys."""
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    first = (found[0] if found else 0) + 1
    keyed = [(key, batch, *cells) for key, cells in enumerate(listed, first)]
    connection.executemany(_insert(table, ("key", "batch", *columns)), keyed)
    return list(range(first, first + len(listed)))


def update(connection: sqlite3.Connection, table: str, row: int, values: Values) -> None:
    """Set columns of one row."""
    connection.execute(_update(table, tuple(values)), (*values.values(), row))


def update_many(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], values: list[tuple[Any, ...]]
) -> None:
    """Set the same columns of many rows; each of `values` ends with the row's key."""
    connection.executemany(_update(table, columns), values)


def columns_of(connection: sqlite3.Connection, table: str, row: int, names: tuple[str, ...]) -> dict[str, Any]:
    """Some columns of one row. Raises KeyError when there is no such row."""
    found = connection.execute(_select(table, names), (row,)).fetchone()
    if found is None:
        raise KeyError(f"{table} {row}")
    return dict(zip(names, found, strict=True))


def find(connection: sqlite3.Connection, table: str, row_id: str) -> tuple[int, str] | None:
    """Key and stamp of the row with an id, whether visible or not."""
    found = connection.execute(f"SELECT key, stamp FROM {_quoted(table)} WHERE id = ?", (row_id,)).fetchone()
    return None if found is None else (found[0], found[1])


def whole(connection: sqlite3.Connection, table: str, row: int) -> dict[str, Any] | None:
    """All columns of one row, unknown ones of a newer file included; None when there is no such row."""
    cursor = connection.execute(f"SELECT * FROM {_quoted(table)} WHERE key = ?", (row,))
    found = cursor.fetchone()
    if found is None:
        return None
    return dict(zip((column[0] for column in cursor.description), found, strict=True))


def text_of(connection: sqlite3.Connection, document: int) -> str | None:
    """The stored text of a document."""
    found = connection.execute("SELECT text FROM document_text WHERE document = ?", (document,)).fetchone()
    return None if found is None else str(found[0])


def write_text(connection: sqlite3.Connection, document: int, text: str) -> None:
    """Store the text of a new document and make it findable."""
    connection.execute("INSERT INTO document_text (document, text) VALUES (?, ?)", (document, text))
    search_index.add(connection, document, text)


def erase(connection: sqlite3.Connection, table: str, row: int, batch: int) -> None:
    """Take a row that still belongs to `batch` out of the file as if it had never been there."""
    belongs = f"SELECT 1 FROM {_quoted(table)} WHERE key = ? AND batch = ?"
    if connection.execute(belongs, (row, batch)).fetchone() is None:
        return
    text = text_of(connection, row) if table == "document" else None
    if text is not None:
        search_index.remove(connection, row, text)
        connection.execute("DELETE FROM document_text WHERE document = ?", (row,))
    connection.execute(f"DELETE FROM {_quoted(table)} WHERE key = ?", (row,))


def latest_step_stamp(connection: sqlite3.Connection) -> str:
    """The stamp of the last step, "" when there is none."""
    found = connection.execute("SELECT stamp FROM step ORDER BY key DESC LIMIT 1").fetchone()
    return "" if found is None else str(found[0])


def greatest_stamp(connection: sqlite3.Connection) -> str:
    """The greatest stamp of all rows and steps; reads every row."""
    found = [connection.execute(f'SELECT max(stamp) FROM "{table}"').fetchone()[0] for table in SHARED_TABLES]
    return max(latest_step_stamp(connection), *(stamp or "" for stamp in found))
