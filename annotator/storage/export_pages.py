"""Reads a project document by document for an export, a page at a time: never one open cursor, never all in memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.storage.project import Project
from annotator.storage.schema import visible

PAGE = 100  # documents that are in memory at once
PAGE_SIZE = 2_000_000  # words of text after which a page ends, however few its documents

_DOCUMENT = (
    "key", "id", "sha256", "title", "outlet", "date", "url", "language", "rights", "source_name", "encoding", "words",
    "extra",
)  # fmt: skip
_READING = ("key", "id", "document", "coder", "kind", "state", "reason", "codebook", "extra", "deleted")
_ANNOTATION = (
    "key", "id", "source_id", "reading", "tag", "spans", "start", "end", "quote", "attributes", "note", "question",
    "flags", "codebook_made", "codebook_confirmed", "extra",
)  # fmt: skip
_RELATION = ("key", "id", "source_id", "type", "source", "target", "attributes", "note", "extra")

Row = Mapping[str, Any]


@dataclass
class DocumentRows:
    """A document with every visible row that hangs on it; `first_done` maps a reading's key to its content.

    Deleted readings are among them: an annotation that another copy put there counts all the same.
    """

    document: Row
    text: str
    readings: list[Row] = field(default_factory=list)
    annotations: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)
    first_done: dict[int, str] = field(default_factory=dict)
    appearances: list[Row] = field(default_factory=list)
    assigned: list[int] = field(default_factory=list)
    earlier: list[Row] = field(default_factory=list)


def document_count(project: Project) -> int:
    """How many documents an export meets."""
    return int(project.rows(f"SELECT count(*) FROM document AS d WHERE {visible('d')}")[0][0])


def pages(project: Project) -> Iterator[list[DocumentRows]]:
    """All documents in the order of the list."""
    after = 0
    while True:
        listed = _select("d", _DOCUMENT)
        found = project.rows(
            f"SELECT {listed} FROM document AS d WHERE d.key > ? AND {visible('d')} ORDER BY d.key LIMIT ?",
            (after, PAGE),
        )
        if not found:
            return
        documents = _first_of([dict(zip(_DOCUMENT, row, strict=True)) for row in found])
        after = documents[-1]["key"]
        yield _filled(project, documents)


def _first_of(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    words = 0
    for number, document in enumerate(documents, 1):
        words += document["words"]
        if words > PAGE_SIZE:
            return documents[:number]
    return documents


def _filled(project: Project, documents: Sequence[Row]) -> list[DocumentRows]:
    keys = tuple(document["key"] for document in documents)
    marks = ",".join("?" * len(keys))
    texts = dict(project.rows(f"SELECT document, text FROM document_text WHERE document IN ({marks})", keys))
    made = {each["key"]: DocumentRows(each, texts[each["key"]]) for each in documents}

    def read(table: str, alias: str, columns: Sequence[str], joins: str, place: str) -> Iterator[tuple[int, Row]]:
        shown = (
            f"{alias}.batch NOT IN (SELECT key FROM batch WHERE ended IS NULL)"
            if table == "reading"
            else visible(alias)
        )
        sql = (
            f"SELECT {place}, {_select(alias, columns)} FROM {table} AS {alias} {joins} "
            f"WHERE {place} IN ({marks}) AND {shown} ORDER BY {alias}.id"
        )
        for row in project.rows(sql, keys):
            yield row[0], dict(zip(columns, row[1:], strict=True))

    of_reading = "JOIN reading AS r ON r.key = a.reading"
    for key, row in read("reading", "r", _READING, "", "r.document"):
        made[key].readings.append(row)
    for key, row in read("annotation", "a", _ANNOTATION, of_reading, "r.document"):
        made[key].annotations.append(row)
    joins = f"JOIN annotation AS a ON a.key = l.source {of_reading}"
    for key, row in read("relation", "l", _RELATION, joins, "r.document"):
        made[key].relations.append(row)
    joins = "JOIN reading AS r ON r.key = f.reading"
    for key, row in read("first_done", "f", ("reading", "content"), joins, "r.document"):
        made[key].first_done[row["reading"]] = row["content"]
    _fill_rare(made, read)
    return list(made.values())


def _fill_rare(made: dict[int, DocumentRows], read: Any) -> None:
    columns = ("title", "outlet", "date", "url", "source_name")
    for key, row in read("appearance", "p", columns, "", "p.document"):
        made[key].appearances.append(row)
    for key, row in read("assignment", "s", ("coder",), "", "s.document"):
        made[key].assigned.append(row["coder"])
    for key, row in read("earlier_text", "e", ("sha256", "text"), "", "e.document"):
        made[key].earlier.append(row)


def coder_rows(project: Project) -> list[Row]:
    """All people, those too that were merged into another."""
    columns = ("key", "id", "name", "same_as")
    found = project.rows(f"SELECT {_select('c', columns)} FROM coder AS c WHERE {visible('c')} ORDER BY c.id")
    return [dict(zip(columns, row, strict=True)) for row in found]


def codebook_rows(project: Project) -> list[Row]:
    """All codebook versions, oldest first: the last one is current."""
    columns = ("id", "parent", "version", "content")
    found = project.rows(f"SELECT {_select('b', columns)} FROM codebook AS b WHERE {visible('b')} ORDER BY b.stamp")
    return [dict(zip(columns, row, strict=True)) for row in found]


def versions_in_use(project: Project) -> set[str]:
    """Ids of the codebook versions that readings and annotations name."""
    found = project.rows(
        f"""SELECT r.codebook FROM reading AS r WHERE {visible("r")}
            UNION SELECT a.codebook_made FROM annotation AS a WHERE {visible("a")}
            UNION SELECT a.codebook_confirmed FROM annotation AS a WHERE {visible("a")}"""
    )
    return {row[0] for row in found if row[0]}


def entity_rows(project: Project) -> list[Row]:
    """All entities, by id."""
    columns = ("id", "name", "aliases", "type", "country", "note", "same_as", "extra")
    found = project.rows(f"SELECT {_select('e', columns)} FROM entity AS e WHERE {visible('e')} ORDER BY e.id")
    return [dict(zip(columns, row, strict=True)) for row in found]


def decision_rows(project: Project) -> list[Row]:
    """All decisions on visible documents, by id; `document` is the document's id, `reviewer` a key."""
    columns = ("id", "reviewer", "place", "kind", "choice", "reason", "content")
    found = project.rows(
        f"""SELECT d.id, {_select("x", columns)} FROM decision AS x JOIN document AS d ON d.key = x.document
            WHERE {visible("x")} AND {visible("d")} ORDER BY x.id"""
    )
    return [{"document": row[0], **dict(zip(columns, row[1:], strict=True))} for row in found]


def _select(alias: str, columns: Sequence[str]) -> str:
    return ", ".join(f'{alias}."{column}"' for column in columns)
