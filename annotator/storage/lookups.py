"""What an import asks of the project, row by row: is this there already, and as what?

Rows are found whatever their state: deleted ones, and those that the asking import has made itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.storage.project import Project
from annotator.storage.schema import visible

_PAGE = 500

DOCUMENT = ("title", "outlet", "date", "url", "language", "rights", "source_name", "encoding", "extra")
ANNOTATION = (
    "reading", "tag", "spans", "start", "end", "quote", "attributes", "note", "question", "flags", "source_id",
    "codebook_made", "codebook_confirmed", "extra",
)  # fmt: skip
RELATION = ("type", "source", "target", "attributes", "note", "source_id", "extra")
READING = ("coder", "kind", "state", "reason", "codebook", "extra")


@dataclass(frozen=True)
class Known:
    """A row that is there; `values` are the columns asked for."""

    key: int
    id: str
    deleted: bool
    values: dict[str, Any]


def by_ids(project: Project, table: str, ids: Sequence[str], columns: Sequence[str]) -> dict[str, Known]:
    """The rows of a table with these ids."""
    found: dict[str, Known] = {}
    listed = "".join(f', "{column}"' for column in columns)
    for first in range(0, len(ids), _PAGE):
        part = tuple(ids[first : first + _PAGE])
        marks = ",".join("?" * len(part))
        for row in project.rows(f'SELECT key, id, deleted{listed} FROM "{table}" WHERE id IN ({marks})', part):
            found[row[1]] = Known(row[0], row[1], bool(row[2]), dict(zip(columns, row[3:], strict=True)))
    return found


def documents(project: Project, ids: Sequence[str]) -> dict[str, Known]:
    """The documents with these ids; `values` has DOCUMENT and `sha256`."""
    return by_ids(project, "document", ids, (*DOCUMENT, "sha256"))


def replaced_texts(project: Project) -> dict[str, str]:
    """Hash of the present text → id, for the documents whose text is no longer their first."""
    return dict(project.rows("SELECT sha256, id FROM document WHERE sha256 != id"))


def readings_at(project: Project, document: int) -> Iterator[Known]:
    """All readings of a document; `values` has READING."""
    listed = ", ".join(READING)
    for row in project.rows(f"SELECT key, id, deleted, {listed} FROM reading WHERE document = ?", (document,)):
        yield Known(row[0], row[1], bool(row[2]), dict(zip(READING, row[3:], strict=True)))


def spans_at(project: Project, reading: int) -> dict[tuple[str, str], tuple[int, str]]:
    """(tag, spans as stored) → (key, id) of the reading's live annotations."""
    found = project.rows("SELECT tag, spans, key, id FROM annotation WHERE reading = ? AND deleted = 0", (reading,))
    return {(tag, spans): (key, own) for tag, spans, key, own in found}


def document_of_reading(project: Project, reading: int) -> int:
    """The document that a reading is of."""
    return int(project.rows("SELECT document FROM reading WHERE key = ?", (reading,))[0][0])


def live_in_readings(project: Project, readings: Iterable[int]) -> Iterator[tuple[str, int, str, str, str]]:
    """(table, key, id, tag or type, quote) of the live annotations of these readings and of the relations they send."""
    for reading in readings:
        yield from project.rows(
            "SELECT 'annotation', key, id, tag, quote FROM annotation WHERE reading = ? AND deleted = 0", (reading,)
        )
        yield from project.rows(
            "SELECT 'relation', r.key, r.id, r.type, a.quote FROM relation AS r "
            "JOIN annotation AS a ON a.key = r.source WHERE a.reading = ? AND r.deleted = 0",
            (reading,),
        )


def is_empty(project: Project) -> bool:
    """Whether the project has no document yet."""
    return not project.rows(f"SELECT 1 FROM document AS d WHERE {visible('d')} LIMIT 1")
