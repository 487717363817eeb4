"""Searching everything: each place of what is asked with the words around it, in texts, notes and attributes.

The full-text index says which documents may hold it, the text says where; hits come as they are found, a page of
documents at a time.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.model.search_query import Either, Every, Near, Query, Words, places
from annotator.model.span import Span, outer
from annotator.model.wording import index_terms, wording_places
from annotator.pattern_process import SECONDS, PatternProcess
from annotator.storage import entity_queries, people
from annotator.storage.project import Project
from annotator.storage.schema import visible
from annotator.storage.search_index import has_parts

AROUND = 60  # code points of text on either side of a hit
_FEW = 20  # documents that are looked through without asking the index
_PAGE = 200  # documents whose texts are in memory at once
_PAGE_SIZE = 4_000_000  # words of text after which a page ends
_ANNOTATIONS = 2_000  # annotations that are read at once

TEXT, NOTES, ATTRIBUTES = "text", "notes", "attributes"
EVERYWHERE = (TEXT, NOTES, ATTRIBUTES)


@dataclass(frozen=True)
class Narrowed:
    """Where to look; what is left empty narrows nothing.

    With tags, coders or attributes, text counts where it lies in such an annotation. `since` and `until` are dates of
    articles (ISO 8601, both included, as exact as given).
    """

    where: Sequence[str] = EVERYWHERE
    tags: Sequence[str] = ()
    coders: Sequence[int] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    since: str = ""
    until: str = ""

    @property
    def by_annotation(self) -> bool:
        """Whether only what lies in certain annotations counts."""
        return bool(self.tags or self.coders or self.attributes)


@dataclass(frozen=True)
class Place:
    """One hit. `start` and `end` are code points of the document; of a note or attribute those of its annotation."""

    document: int
    document_id: str
    title: str
    start: int
    end: int
    before: str
    match: str
    after: str
    where: str = TEXT  # else "note", "question", or the id of an attribute
    annotation: int | None = None


Find = Callable[[Sequence[str]], list[list[Span]]]  # the places in each of some texts


def find_words(project: Project, query: Query, narrowed: Narrowed) -> Iterator[Place]:
    """The hits of a query, documents in the order of the list, then notes and attributes."""

    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [places(query, text, parts=has_parts(text)) for text in texts]

    if TEXT in narrowed.where:
        yield from _in_texts(project, find, narrowed, _candidates(project, query))
    yield from _beside(project, find, narrowed)


def find_pattern(project: Project, pattern: str, narrowed: Narrowed, *, seconds: float = SECONDS) -> Iterator[Place]:
    """The hits of a regular expression in the same order.

    Raises AnnotatorError for one that cannot be read, and for one that takes longer than `seconds` for a page of texts,
    which is stopped.
    """
    with PatternProcess(pattern, seconds=seconds) as process:

        def find(texts: Sequence[str]) -> list[list[Span]]:
            return [[Span(*each) for each in found] for found in process.find(texts)]

        if TEXT in narrowed.where:
            yield from _in_texts(project, find, narrowed, None)
        yield from _beside(project, find, narrowed)


def find_wording(project: Project, words: str, documents: Collection[int]) -> Iterator[Place]:
    """Where the very words stand in the texts of these documents, in the order of the list (see `model.wording`)."""

    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [wording_places(words, text) for text in texts]

    wanted = set(documents)
    if len(wanted) > _FEW:
        wanted &= _candidates(project, Either(tuple(Words(*term) for term in index_terms(words))))
    yield from _in_texts(project, find, Narrowed(), wanted)


# ---- in texts


def _candidates(project: Project, query: Query) -> set[int]:
    """The documents that may hold what is asked: by their words, and all in scripts that write no blanks."""
    found = project.rows("SELECT rowid FROM search WHERE search MATCH ?", (_match(query),))
    parts = project.rows("SELECT id FROM search_parts_docsize")
    return {key for (key,) in (*found, *parts)}


def _match(query: Query) -> str:
    """The query in the language of FTS5, where nothing between quotation marks is an operator."""
    match query:
        case Words(words, prefix):
            return '"' + words.replace('"', '""') + '"' + (" *" if prefix else "")
        case Near(terms, distance):
            # FTS5 counts the terms between them too; the text itself is asked again.
            between = distance + sum(len(term.words.split()) for term in terms)
            return f"NEAR({' '.join(map(_match, terms))}, {between + 2})"
        case Either(parts):
            return "(" + " OR ".join(map(_match, parts)) + ")"
        case Every(parts, without):
            wanted = "(" + " AND ".join(map(_match, parts)) + ")"
            return f"({wanted} NOT ({' OR '.join(map(_match, without))}))" if without else wanted


def _in_texts(project: Project, find: Find, narrowed: Narrowed, wanted: set[int] | None) -> Iterator[Place]:
    for page in _pages(project, narrowed, wanted):
        marked = _annotated(project, narrowed, [row[0] for row in page]) if narrowed.by_annotation else {}
        for (key, own, title, text), spans in zip(page, find([row[3] for row in page]), strict=True):
            for span in spans:
                if not narrowed.by_annotation or any(span.overlaps(each) for each in marked.get(key, ())):
                    yield Place(
                        key, own, title, *span, text[max(0, span.start - AROUND) : span.start],
                        text[span.start : span.end], text[span.end : span.end + AROUND],
                    )  # fmt: skip


def _pages(project: Project, narrowed: Narrowed, wanted: set[int] | None) -> Iterator[list[tuple[int, str, str, str]]]:
    """(key, id, title, text) of the documents that are looked through."""
    found = project.rows(f"SELECT d.key, d.date, d.words FROM document AS d WHERE {visible('d')} ORDER BY d.key")
    keys = [(key, words) for key, date, words in found if (wanted is None or key in wanted) and _dated(narrowed, date)]
    page: list[int] = []
    size = 0
    for key, words in keys:
        page.append(key)
        size += words
        if len(page) == _PAGE or size > _PAGE_SIZE:
            yield _texts(project, page)
            page, size = [], 0
    if page:
        yield _texts(project, page)


def _texts(project: Project, keys: Sequence[int]) -> list[tuple[int, str, str, str]]:
    marks = ",".join("?" * len(keys))
    return project.rows(
        f"""SELECT d.key, d.id, d.title, t.text FROM document AS d JOIN document_text AS t ON t.document = d.key
            WHERE d.key IN ({marks}) ORDER BY d.key""",
        tuple(keys),
    )


def _dated(narrowed: Narrowed, date: str) -> bool:
    if not narrowed.since and not narrowed.until:
        return True
    after = not narrowed.since or date[: len(narrowed.since)] >= narrowed.since[: len(date)]
    return bool(date) and after and (not narrowed.until or date[: len(narrowed.until)] <= narrowed.until[: len(date)])


def _annotated(project: Project, narrowed: Narrowed, documents: Sequence[int]) -> dict[int, list[Span]]:
    """The stretches of the documents that lie in annotations which are asked for."""
    where, given = _filters(project, narrowed)
    marks = ",".join("?" * len(documents))
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for document, start, end, attributes in project.rows(
        f"""SELECT r.document, a.start, a."end", a.attributes
            FROM annotation AS a JOIN reading AS r ON r.key = a.reading WHERE r.document IN ({marks}) AND {where}""",
        (*documents, *given),
    ):
        if _fits(project, narrowed, _object(attributes)):
            found[document].append(Span(start, end))
    return found


def _filters(project: Project, narrowed: Narrowed) -> tuple[str, tuple[Any, ...]]:
    where, given = [visible("a"), visible("r")], list(narrowed.tags)
    if narrowed.tags:
        where.append(f"a.tag IN ({','.join('?' * len(narrowed.tags))})")
    if narrowed.coders:
        keys = sorted({key for coder in narrowed.coders for key in people.keys_of(project, coder)})
        where.append(f"r.coder IN ({','.join(map(str, keys))})")
    return " AND ".join(where), tuple(given)


def _fits(project: Project, narrowed: Narrowed, attributes: Mapping[str, Any]) -> bool:
    if not narrowed.attributes:
        return True
    told = dict(_told(project, attributes))
    return all(
        value.casefold() in told.get(name, "").casefold().split("\n") for name, value in narrowed.attributes.items()
    )


# ---- in notes and attributes


def _beside(project: Project, find: Find, narrowed: Narrowed) -> Iterator[Place]:
    """The hits in notes, questions and attributes of annotations, in the order in which these were made."""
    if not {NOTES, ATTRIBUTES} & {*narrowed.where}:
        return
    where, given = _filters(project, narrowed)
    after = 0
    while True:
        rows = project.rows(
            f"""SELECT a.key, d.key, d.id, d.title, d.date, a.spans, a.note, a.question, a.attributes
                FROM annotation AS a JOIN reading AS r ON r.key = a.reading JOIN document AS d ON d.key = r.document
                WHERE a.key > ? AND (a.note <> '' OR a.question <> '' OR a.attributes <> '{{}}')
                AND {where} AND {visible("d")} ORDER BY a.key LIMIT ?""",
            (after, *given, _ANNOTATIONS),
        )
        if not rows:
            return
        after = rows[-1][0]
        yield from _in_cells(list(_cells(project, rows, narrowed)), find)


Cell = tuple[tuple[Any, ...], str, str]  # the row, which of its fields, and what that says


def _cells(project: Project, rows: Sequence[tuple[Any, ...]], narrowed: Narrowed) -> Iterator[Cell]:
    for row in rows:
        attributes = _object(row[8])
        if not _dated(narrowed, row[4]) or not _fits(project, narrowed, attributes):
            continue
        if NOTES in narrowed.where:
            yield from ((row, name, said) for name, said in (("note", row[6]), ("question", row[7])) if said)
        if ATTRIBUTES in narrowed.where:
            yield from ((row, name, said) for name, said in _told(project, attributes) if said)


def _in_cells(cells: Sequence[Cell], find: Find) -> Iterator[Place]:
    for (row, name, said), spans in zip(cells, find([cell[2] for cell in cells]), strict=True):
        for span in spans:
            whole = outer([Span(*pair) for pair in json.loads(row[5])])
            yield Place(
                row[1], row[2], row[3], *whole, said[max(0, span.start - AROUND) : span.start],
                said[span.start : span.end], said[span.end : span.end + AROUND], name, row[0],
            )  # fmt: skip


def _told(project: Project, attributes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Attributes as texts, actors by their names, members of lists on lines of their own."""
    registry = entity_queries.registry(project)
    for name, given in attributes.items():
        value = given.get("value") if isinstance(given, Mapping) else None
        listed = value if isinstance(value, list) else [value]
        entities = [registry.main(each) if isinstance(each, str) else None for each in listed]
        yield (
            name,
            "\n".join(
                entity.name if entity else str(each).lower() if isinstance(each, bool) else str(each)
                for each, entity in zip(listed, entities, strict=True)
                if each is not None
            ),
        )


def _object(cell: str) -> dict[str, Any]:
    """What a JSON cell holds; nothing where it is damaged, which `check` tells."""
    try:
        found = json.loads(cell) if cell != "{}" else {}
    except (ValueError, RecursionError):
        found = {}
    return found if isinstance(found, dict) else {}
