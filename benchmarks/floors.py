"""The same work done bare, and nothing else: the least that any program with these tables or this text must do.

A floor has the logical columns, keys and indexes of the product's own tables, WAL and FULL, and one transaction; or it
shows the same text in a plain widget. It keeps no history, checks nothing, reports nothing.
"""

import hashlib
import json
import re
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from annotator.storage import schema

from .corpus import Article, Triple

_TABLES = ("document", "document_text", "reading", "annotation", "search", "coder", "batch")
_STAMP = "018f00000000000000000000"


def _belongs(statement: str) -> bool:
    """Whether a statement of the schema makes one of the floor's tables or one of their indexes."""
    words = statement.replace("(", " ( ").split()
    name = words[words.index("ON") + 1] if words[1] == "INDEX" else words[words.index("TABLE") + 1]
    return name in _TABLES


@contextmanager
def bare_file(path: Path) -> Iterator[sqlite3.Connection]:
    """A new SQLite file with the floor's tables and pragmas."""
    for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        old.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    for statement in filter(_belongs, schema.statements()):
        connection.execute(statement)
    try:
        yield connection
    finally:
        connection.close()


def import_files(connection: sqlite3.Connection, folder: Path) -> None:
    """Read text files, write documents with texts, index them for search: one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for path in sorted(folder.iterdir()):
        text = path.read_bytes().decode("utf-8")
        _write_document(connection, text, path.name)
    connection.execute("COMMIT")


def _write_document(connection: sqlite3.Connection, text: str, name: str) -> int:
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    title = text.split("\n", 1)[0]
    key = connection.execute(
        "INSERT INTO document (id, sha256, title, source_name, encoding, words, stamp) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (digest, digest, title, name, "utf-8", len(text.split()), _STAMP),
    ).lastrowid
    assert key is not None
    connection.execute("INSERT INTO document_text VALUES (?, ?)", (key, text))
    connection.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", (key, text))
    return key


def fill(connection: sqlite3.Connection, article: Article) -> int:
    """Write one document with its annotations; returns the reading's key."""
    connection.execute("BEGIN IMMEDIATE")
    coder = connection.execute("INSERT INTO coder (id, name, stamp) VALUES ('a', 'A', ?)", (_STAMP,)).lastrowid
    assert coder is not None
    reading = _write_annotated(connection, article.text, article.spans, coder)
    connection.execute("COMMIT")
    return reading


def import_lines(connection: sqlite3.Connection, path: Path) -> None:
    """Read annotated articles as JSON, a line each, and write documents with annotations: one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    coder = connection.execute("INSERT INTO coder (id, name, stamp) VALUES ('a', 'A', ?)", (_STAMP,)).lastrowid
    assert coder is not None
    with path.open(encoding="utf-8") as file:
        for line in file:
            told = json.loads(line)
            spans = [(each["spans"][0][0], each["spans"][-1][1], each["tag"]) for each in told["annotations"]]
            _write_annotated(connection, told["text"], spans, coder)
    connection.execute("COMMIT")


def _write_annotated(connection: sqlite3.Connection, text: str, spans: Sequence[Triple], coder: int) -> int:
    document = _write_document(connection, text, "")
    reading = connection.execute(
        "INSERT INTO reading (id, document, coder, state, stamp) VALUES (?, ?, ?, 'in work', ?)",
        (f"r{document}", document, coder, _STAMP),
    ).lastrowid
    assert reading is not None
    for start, end, tag in spans:
        _insert(connection, reading, start, end, tag, text[start:end])
    return reading


def _insert(connection: sqlite3.Connection, reading: int, start: int, end: int, tag: str, quote: str) -> None:
    connection.execute(
        'INSERT INTO annotation (id, reading, tag, spans, start, "end", quote, stamp) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        (secrets.token_hex(16), reading, tag, f"[[{start},{end}]]", start, end, quote, _STAMP),
    )


def commit_one(connection: sqlite3.Connection, reading: int, start: int, end: int, tag: str, quote: str) -> None:
    """Write one annotation, on disk (FULL) when this returns."""
    connection.execute("BEGIN IMMEDIATE")
    _insert(connection, reading, start, end, tag, quote)
    connection.execute("COMMIT")


def commit_all(connection: sqlite3.Connection, reading: int, spans: Sequence[Triple], text: str) -> None:
    """Write several annotations, on disk (FULL) when this returns."""
    connection.execute("BEGIN IMMEDIATE")
    for start, end, tag in spans:
        _insert(connection, reading, start, end, tag, text[start:end])
    connection.execute("COMMIT")


def export_lines(connection: sqlite3.Connection, dest: Path) -> None:
    """Select every document with its annotations and write each as one line of JSON."""
    by_document: dict[int, list[dict[str, object]]] = {}
    listed = connection.execute(
        "SELECT r.document, a.id, c.name, a.tag, a.spans, a.quote, a.attributes, a.note, a.flags FROM annotation AS a "
        "JOIN reading AS r ON r.key = a.reading JOIN coder AS c ON c.key = r.coder"
    )
    for document, own, coder, tag, spans, quote, attributes, note, flags in listed:
        by_document.setdefault(document, []).append(
            {
                "id": own, "coder": coder, "tag": tag, "spans": json.loads(spans), "text": quote,
                "attributes": json.loads(attributes), "note": note, "flags": json.loads(flags),
            }
        )  # fmt: skip
    documents = connection.execute(
        "SELECT d.key, d.id, d.sha256, d.title, d.outlet, d.date, d.url, d.language, d.rights, t.text "
        "FROM document AS d JOIN document_text AS t ON t.document = d.key"
    )
    names = ("id", "sha256", "title", "outlet", "date", "url", "language", "rights", "text")
    with dest.open("w", encoding="utf-8") as out:
        for key, *values in documents:
            line = {**dict(zip(names, values, strict=True)), "annotations": by_document.get(key, [])}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_marks(connection: sqlite3.Connection) -> list[tuple[int, str, list[list[int]], str]]:
    """Select every annotation with its spans read, in text order: what a comparison has to read at least."""
    listed = connection.execute(
        'SELECT reading, tag, spans, quote, attributes, id FROM annotation ORDER BY reading, start, "end" DESC'
    )
    return [(reading, tag, json.loads(spans), quote) for reading, tag, spans, quote, _, _ in listed.fetchall()]


_READING = "id, document, coder, kind, state, reason, codebook, extra, stamp"
_ANNOTATION = (
    'id, source_id, reading, tag, spans, start, "end", quote, attributes, note, question, flags, codebook_made, '
    "codebook_confirmed, extra, stamp"
)


def merge_files(connection: sqlite3.Connection, paths: Sequence[Path]) -> None:
    """Read coders, readings and annotations out of other files and write those that are not there: one transaction.

    The documents are there already, and no row is in both; ids are compared, stamps are not.
    """
    connection.execute("BEGIN IMMEDIATE")
    for path in paths:
        other = sqlite3.connect(path)
        documents = _keys(connection, other, "document")
        _write(connection, other, "coder", "id, name, stamp", {})
        coders = _keys(connection, other, "coder")
        _write(connection, other, "reading", _READING, {1: documents, 2: coders})
        _write(connection, other, "annotation", _ANNOTATION, {2: _keys(connection, other, "reading")})
        other.close()
    connection.execute("COMMIT")


def _keys(connection: sqlite3.Connection, other: sqlite3.Connection, table: str) -> dict[int, int]:
    """Key there → key here, of the rows that both have."""
    ours = dict(connection.execute(f"SELECT id, key FROM {table}"))
    return {key: ours[own] for key, own in other.execute(f"SELECT key, id FROM {table}") if own in ours}


def _write(
    connection: sqlite3.Connection,
    other: sqlite3.Connection,
    table: str,
    columns: str,
    places: dict[int, dict[int, int]],
) -> None:
    """Copy the rows that are not there, with our keys in some places of a row."""
    there = {own for (own,) in connection.execute(f"SELECT id FROM {table}")}
    rows = []
    for row in other.execute(f"SELECT {columns} FROM {table}"):
        if row[0] not in there:
            values = list(row)
            for place, keys in places.items():
                values[place] = keys[values[place]]
            rows.append(values)
    marks = ", ".join("?" * len(columns.split(",")))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def search(connection: sqlite3.Connection, asked: str, limit: int) -> list[tuple[int, str]]:
    """The best documents by FTS5's own rank, each with FTS5's own snippet."""
    return connection.execute(
        "SELECT rowid, snippet(search, 0, '[', ']', '…', 24) FROM search WHERE search MATCH ? ORDER BY rank LIMIT ?",
        (asked, limit),
    ).fetchall()


def match(connection: sqlite3.Connection, pattern: str, documents: int) -> list[tuple[int, int, int]]:
    """Every place of a regular expression in the first documents, in this process."""
    compiled = re.compile(pattern)
    texts = connection.execute("SELECT document, text FROM document_text ORDER BY document LIMIT ?", (documents,))
    return [(key, *found.span()) for key, text in texts for found in compiled.finditer(text)]


def disk(folder: Path, runs: int = 50) -> list[float]:
    """Milliseconds to write 4 kB and wait until they are on disk."""
    import os

    from .measure import timed

    path = folder / "fsync"
    with path.open("wb", buffering=0) as file:

        def write() -> None:
            file.write(b"\0" * 4096)
            os.fsync(file.fileno())

        found = [timed(write) for _ in range(runs)]
    path.unlink()
    return found
