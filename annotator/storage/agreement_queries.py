"""What agreement reads: which readings were declared done and when, and what stood in them then, in pages."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.storage.project import Project
from annotator.storage.schema import visible
from annotator.storage.stamps import milliseconds_of

_PAGE = 500
COUNTS = ("done", "returned")  # states of a reading that was declared done; sent back, it keeps its first form


class DoneReading(NamedTuple):
    """An own reading that its coder declared done. `at` is when first, in milliseconds since 1970.

    `kept` says whether the form of that moment is there. Readings that came in with other work may have none.
    """

    key: int
    document: int
    coder: int
    state: str
    codebook: str
    at: int
    kept: bool


def done_readings(project: Project) -> list[DoneReading]:
    """All of them, by document; deleted ones and those of deleted documents left out."""
    found = project.rows(
        f"""SELECT r.key, r.document, r.coder, r.state, ifnull(r.codebook, ''), ifnull(f.stamp, r.stamp),
                f.key IS NOT NULL
            FROM reading AS r JOIN document AS d ON d.key = r.document
            LEFT JOIN first_done AS f ON f.reading = r.key AND {visible("f")}
            WHERE r.kind = 'own' AND r.state IN {COUNTS} AND {visible("r")} AND {visible("d")}
            ORDER BY r.document, r.key"""
    )
    return [
        DoneReading(key, document, coder, state, codebook, milliseconds_of(stamp), bool(kept))
        for key, document, coder, state, codebook, stamp, kept in found
    ]


def first_forms(project: Project, readings: Sequence[int]) -> dict[int, str]:
    """Reading → its annotations as they stood when it was first declared done, as JSON."""
    found: dict[int, str] = {}
    for part, marks in _parts(readings):
        sql = f"SELECT f.reading, f.content FROM first_done AS f WHERE f.reading IN ({marks}) AND {visible('f')}"
        found |= dict(project.rows(sql, part))
    return found


class Text(NamedTuple):
    """A document with what agreement tells of it; `sha256` is that of the text."""

    key: int
    sha256: str
    title: str
    date: str
    words: int
    text: str


def texts(project: Project, documents: Sequence[int]) -> dict[int, Text]:
    """Document → its text."""
    found: dict[int, Text] = {}
    for part, marks in _parts(documents):
        sql = f"""SELECT d.key, d.sha256, d.title, d.date, d.words, t.text FROM document AS d
            JOIN document_text AS t ON t.document = d.key WHERE d.key IN ({marks})"""
        found |= {row[0]: Text(*row) for row in project.rows(sql, part)}
    return found


def document_hashes(project: Project, documents: Sequence[int]) -> dict[int, str]:
    """Document → SHA-256 of its present text."""
    found: dict[int, str] = {}
    for part, marks in _parts(documents):
        found |= dict(project.rows(f"SELECT d.key, d.sha256 FROM document AS d WHERE d.key IN ({marks})", part))
    return found


def proposed(project: Project, documents: Sequence[int]) -> tuple[int, int]:
    """Of the annotations in these documents' readings that were done: how many were proposed, out of how many."""
    taken = total = 0
    for part, marks in _parts(documents):
        rows = project.rows(
            f"""SELECT count(json_extract(a.extra, '$.proposed')), count(*) FROM annotation AS a
                JOIN reading AS r ON r.key = a.reading WHERE r.document IN ({marks}) AND r.kind = 'own'
                AND r.state IN {COUNTS} AND {visible("a")} AND {visible("r")}""",
            part,
        )
        taken, total = taken + rows[0][0], total + rows[0][1]
    return taken, total


def versions(project: Project) -> dict[str, str]:
    """Id of each codebook version → its number as people write it, the oldest first."""
    found = project.rows(f"SELECT b.id, b.version FROM codebook AS b WHERE {visible('b')} ORDER BY b.stamp")
    return dict(found)


def _parts(keys: Sequence[int]) -> Iterator[tuple[tuple[int, ...], str]]:
    for first in range(0, len(keys), _PAGE):
        part = tuple(keys[first : first + _PAGE])
        yield part, ",".join("?" * len(part))
