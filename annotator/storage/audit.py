"""Questions to the file itself: is it whole, and do its parts fit each other?"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotator.storage import stamps
from annotator.storage.connection import explained
from annotator.storage.project import Project
from annotator.storage.schema import SEARCH_TABLES, SHARED_TABLES, visible

PAGE = 2_000


def integrity(project: Project) -> list[str]:
    """What SQLite finds wrong with the file; empty if nothing."""
    found = [row[0] for row in project.rows("PRAGMA integrity_check(100)")]
    return [] if found == ["ok"] else found


def dangling(project: Project) -> list[tuple[str, int, str]]:
    """(table, key, table that misses the row) for rows that refer to nothing."""
    return [(row[0], row[1] or 0, row[2]) for row in project.rows("PRAGMA foreign_key_check")]


def search_faults(project: Project) -> list[str]:
    """The full-text indexes that are damaged or not in step with the texts.

    FTS5 answers only to a write, which would lock the file for as long as it takes: a copy is asked instead.
    """
    faults = []
    with TemporaryDirectory(prefix="annotator-") as folder:
        copy = sqlite3.connect(Path(folder) / "copy", isolation_level=None)
        try:
            with explained(project.path):
                project.connection.backup(copy)
            for name in SEARCH_TABLES:
                # One that holds some of the texts only cannot be compared with all of them.
                whole = int(name == "search")
                try:
                    copy.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', {whole})")
                except sqlite3.DatabaseError:
                    faults.append(name)
        finally:
            copy.close()
    return faults


def in_parts(project: Project) -> set[int]:
    """The documents that the trigram index holds."""
    return {key for (key,) in project.rows("SELECT id FROM search_parts_docsize")}


def unfinished(project: Project) -> int:
    """Imports and merges without an end."""
    return int(project.rows("SELECT count(*) FROM batch WHERE ended IS NULL")[0][0])


def ahead(project: Project) -> list[tuple[str, int]]:
    """(table, number of rows) whose stamp lies more than a day ahead of this computer's clock."""
    limit = f"{stamps.now() + stamps.DAY:012x}ffff"
    found = []
    for table in SHARED_TABLES:
        number = project.rows(f'SELECT count(*) FROM "{table}" WHERE stamp > ?', (limit,))[0][0]
        if number:
            found.append((table, number))
    return found


def documents(project: Project) -> Iterator[tuple[int, str, str, str, str | None, int]]:
    """(key, id, title, sha256, text, deleted) of every document, a few at a time; text None where it is missing."""
    after = 0
    while True:
        found = project.rows(
            """SELECT d.key, d.id, d.title, d.sha256, t.text, d.deleted FROM document AS d
               LEFT JOIN document_text AS t ON t.document = d.key
               WHERE d.key > ? AND d.batch NOT IN (SELECT key FROM batch WHERE ended IS NULL)
               ORDER BY d.key LIMIT 50""",
            (after,),
        )
        if not found:
            return
        yield from found
        after = found[-1][0]


def annotations_at(project: Project, document: int) -> list[Any]:
    """(reading, coder, kind, tag, spans, start, end, quote, attributes, flags, codebook version) of what is there."""
    return project.rows(
        f"""SELECT r.key, ifnull(c.name, ''), r.kind, a.tag, a.spans, a.start, a."end", a.quote,
                a.attributes, a.flags, a.codebook_confirmed
            FROM reading AS r JOIN annotation AS a ON a.reading = r.key LEFT JOIN coder AS c ON c.key = r.coder
            WHERE r.document = ? AND {visible("a")} ORDER BY r.key, a.start, a."end" DESC, a.key""",
        (document,),
    )


def relations_at(project: Project, document: int) -> list[Any]:
    """(type, keys of both ends, whether one is deleted, both tags, both readings, quote of the source)."""
    return project.rows(
        f"""SELECT l.type, l.source, l.target, a.deleted OR b.deleted, a.tag, b.tag, r.key, q.key, a.quote
            FROM relation AS l JOIN annotation AS a ON a.key = l.source JOIN reading AS r ON r.key = a.reading
            JOIN annotation AS b ON b.key = l.target JOIN reading AS q ON q.key = b.reading
            WHERE r.document = ? AND {visible("l")} ORDER BY l.key""",
        (document,),
    )


_JSON = {
    "document": ("extra",),
    "entity": ("aliases", "country", "extra"),
    "reading": ("extra",),
    "first_done": ("content",),
    "annotation": ("spans", "attributes", "flags", "extra"),
    "relation": ("attributes", "extra"),
    "decision": ("content",),
    "codebook": ("content",),
}


def not_json(project: Project) -> Iterator[tuple[str, str, str]]:
    """(table, column, id) of the JSON cells that hold something else."""
    for table, names in _JSON.items():
        for name in names:
            for (own,) in project.rows(f'SELECT id FROM "{table}" WHERE NOT json_valid("{name}")'):
                yield table, name, own


def codebook_versions(project: Project) -> dict[str, str]:
    """Id → content of every codebook version."""
    return dict(project.rows(f"SELECT b.id, b.content FROM codebook AS b WHERE {visible('b')}"))
