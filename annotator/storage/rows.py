"""Writing single rows: the statements, and values as SQLite holds them."""

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from annotator.storage import search_index

Values = Mapping[str, Any]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@lru_cache(maxsize=256)
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(map(_quoted, columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'


@lru_cache(maxsize=256)
def _update(table: str, columns: tuple[str, ...]) -> str:
    assignments = ", ".join(f"{_quoted(column)} = ?" for column in columns)
    return f'UPDATE "{table}" SET {assignments} WHERE key = ?'


@lru_cache(maxsize=256)
def _select(table: str, columns: tuple[str, ...]) -> str:
    return f'SELECT {", ".join(map(_quoted, columns))} FROM "{table}" WHERE key = ?'


def insert(connection: sqlite3.Connection, table: str, values: Values) -> int:
    """Write a new row and return its key."""
    cursor = connection.execute(_insert(table, tuple(values)), tuple(values.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def update(connection: sqlite3.Connection, table: str, row: int, values: Values) -> None:
    """Set columns of one row."""
    connection.execute(_update(table, tuple(values)), (*values.values(), row))


def columns_of(connection: sqlite3.Connection, table: str, row: int, names: tuple[str, ...]) -> dict[str, Any]:
    """Some columns of one row. Raises KeyError when there is no such row."""
    found = connection.execute(_select(table, names), (row,)).fetchone()
    if found is None:
        raise KeyError(f"{table} {row}")
    return dict(zip(names, found, strict=True))


def whole(connection: sqlite3.Connection, table: str, row: int) -> dict[str, Any]:
    """All columns of one row, unknown ones of a newer file included."""
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE key = ?', (row,))
    found = cursor.fetchone()
    if found is None:
        raise KeyError(f"{table} {row}")
    return dict(zip((column[0] for column in cursor.description), found, strict=True))


def write_text(connection: sqlite3.Connection, document: int, text: str) -> None:
    """Store the text of a new document and make it findable."""
    connection.execute("INSERT INTO document_text (document, text) VALUES (?, ?)", (document, text))
    search_index.add(connection, document, text)


def erase(connection: sqlite3.Connection, table: str, row: int) -> str | None:
    """Take a row out of the file as if it had never been there; returns a document's text."""
    text = None
    if table == "document":
        text = connection.execute("SELECT text FROM document_text WHERE document = ?", (row,)).fetchone()[0]
        search_index.remove(connection, row, text)
        connection.execute("DELETE FROM document_text WHERE document = ?", (row,))
    connection.execute(f'DELETE FROM "{table}" WHERE key = ?', (row,))
    return text
