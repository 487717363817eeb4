"""Searching everything: each place of what is asked with the words around it, in texts, notes and attributes.

The full-text index says which documents may hold it, the text says where; hits come as they are found, a page of
documents at a time.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.model.search_query import Either, Query, Words, places
from annotator.model.span import Span, outer
from annotator.model.wording import index_terms, wording_places
from annotator.storage import entity_queries, people
from annotator.storage.pattern_process import SECONDS, pattern_process
from annotator.storage.project import Project
from annotator.storage.schema import visible
from annotator.storage.search_candidates import candidates
from annotator.storage.search_index import has_parts

AROUND = 90  # code points of text on either side of a hit
_FEW = 20  # documents that are looked through without asking the index
_FIRST_PAGE, _PAGE = 20, 160  # documents whose texts are in memory at once: few at first, so that something is there
_PAGE_SIZE = 1_000_000  # words of text after which a page ends
_ANNOTATIONS = 2_000  # annotations that are read at once

TEXT, ANNOTATIONS, NOTES, ATTRIBUTES = "text", "annotations", "notes", "attributes"
EVERYWHERE = (TEXT, ANNOTATIONS, NOTES, ATTRIBUTES)


@dataclass(frozen=True)
class Narrowed:
    """Where to look; what is left empty narrows nothing.

    ANNOTATIONS stands for the words that are tagged; with tags, coders or attributes, text counts where it lies in such
    an annotation. `since` and `until` are dates of articles (ISO 8601, both included, as exact as given). In `hidden`
    documents there are no annotations but those of `viewer`.
    """

    where: Sequence[str] = EVERYWHERE
    tags: Sequence[str] = ()
    coders: Sequence[int] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    viewer: int | None = None
    hidden: Collection[int] = ()

    @property
    def in_texts(self) -> bool:
        """Whether texts are looked through."""
        return TEXT in self.where or ANNOTATIONS in self.where

    @property
    def by_annotation(self) -> bool:
        """Whether only what lies in certain annotations counts."""
        return bool(self.tags or self.coders or self.attributes) or TEXT not in self.where


class Mark(NamedTuple):
    """An annotation that a place belongs to."""

    key: int
    tag: str
    coder: str  # name
    gold: bool = False  # whether it is of the agreed version (gold), which `coder` made


class Place(NamedTuple):
    """One hit. `start` and `end` are code points of the document; of a note or attribute those of its annotation."""

    document: int
    document_id: str
    title: str
    date: str
    start: int
    end: int
    before: str
    match: str
    after: str
    where: str = TEXT  # else "note", "question", or the id of an attribute
    annotation: int | None = None
    marks: tuple[Mark, ...] = ()  # the annotations that were asked for, where they were


Find = Callable[[Sequence[str]], list[list[Span]]]  # the places in each of some texts
Meanwhile = Callable[[], object]  # called every moment; may raise, to stop


def _nothing() -> None:
    """For whoever does not look."""


def find_words(
    project: Project, query: Query, narrowed: Narrowed, *, best_first: bool = False, meanwhile: Meanwhile = _nothing
) -> Iterator[Place]:
    """The hits of a query, documents in the order of the list or the best first, then notes and attributes."""

    def find(texts: Sequence[str]) -> list[list[Span]]:
        found = []
        for text in texts:
            meanwhile()
            found.append(places(query, text, parts=has_parts(text)))
        return found

    if narrowed.in_texts:
        yield from _in_texts(project, find, narrowed, candidates(project, query, best_first=best_first), meanwhile)
    yield from _beside(project, find, narrowed, meanwhile)


def find_pattern(
    project: Project, pattern: str, narrowed: Narrowed, *, seconds: float = SECONDS, meanwhile: Meanwhile = _nothing
) -> Iterator[Place]:
    """The hits of a regular expression in the order of the list.

    Raises BadExpression for one that cannot be read, and AnnotatorError for one that takes longer than `seconds` for a
    page of texts, which is stopped.
    """
    with pattern_process(pattern, seconds=seconds, meanwhile=meanwhile) as matches:

        def find(texts: Sequence[str]) -> list[list[Span]]:
            return [[Span(*each) for each in found] for found in matches(texts)]

        if narrowed.in_texts:
            yield from _in_texts(project, find, narrowed, None, meanwhile)
        yield from _beside(project, find, narrowed, meanwhile)


def find_wording(project: Project, words: str, documents: Collection[int]) -> Iterator[Place]:
    """Where the very words stand in the texts of these documents, in the order of the list (see `model.wording`)."""

    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [wording_places(words, text) for text in texts]

    wanted = set(documents)
    if len(wanted) > _FEW:
        wanted &= set(candidates(project, Either(tuple(Words(*term) for term in index_terms(words)))))
    yield from _in_texts(project, find, Narrowed(), sorted(wanted), _nothing)


# ---- in texts


def _in_texts(
    project: Project, find: Find, narrowed: Narrowed, wanted: Sequence[int] | None, meanwhile: Meanwhile
) -> Iterator[Place]:
    names = _Names(project)
    for page in _pages(project, narrowed, wanted):
        meanwhile()
        marked = _marked(project, narrowed, [row[0] for row in page], names) if narrowed.by_annotation else {}
        for (key, own, title, date, text), spans in zip(page, find([row[4] for row in page]), strict=True):
            here = marked.get(key, ())
            for span in spans:
                marks = tuple(mark for piece, mark in here if span.overlaps(piece))
                if marks or not narrowed.by_annotation:
                    yield Place(
                        key, own, title, date, *span, text[max(0, span.start - AROUND) : span.start],
                        text[span.start : span.end], text[span.end : span.end + AROUND], TEXT, None, marks,
                    )  # fmt: skip


Row = tuple[int, str, str, str, str]  # key, id, title, date and text of a document


def _pages(project: Project, narrowed: Narrowed, wanted: Sequence[int] | None) -> Iterator[list[Row]]:
    """The documents that are looked through, in the order in which they are wanted (None: all, as in the list)."""
    keys: Sequence[int] = wanted if wanted is not None else _keys(project)
    at, most = 0, _FIRST_PAGE
    while at < len(keys):
        part = keys[at : at + most]
        at, most = at + most, min(2 * most, _PAGE)
        marks = ",".join("?" * len(part))
        about = {
            row[0]: row
            for row in project.rows(
                f"SELECT d.key, d.id, d.title, d.date, d.words FROM document AS d WHERE d.key IN ({marks}) "
                f"AND {visible('d')}",
                tuple(part),
            )
            if _dated(narrowed, row[3])
        }
        yield from _with_texts(project, [about[key] for key in part if key in about])


def _keys(project: Project) -> list[int]:
    return [key for (key,) in project.rows(f"SELECT d.key FROM document AS d WHERE {visible('d')} ORDER BY d.key")]


def _with_texts(project: Project, listed: Sequence[tuple[Any, ...]]) -> Iterator[list[Row]]:
    """Documents with their texts, as many at once as memory should hold."""
    page: list[tuple[Any, ...]] = []
    size = 0
    for row in listed:
        page.append(row)
        size += row[4]
        if size > _PAGE_SIZE or row is listed[-1]:
            marks = ",".join("?" * len(page))
            keys = tuple(each[0] for each in page)
            texts = dict(project.rows(f"SELECT document, text FROM document_text WHERE document IN ({marks})", keys))
            yield [(*each[:4], texts[each[0]]) for each in page if each[0] in texts]
            page, size = [], 0


def _dated(narrowed: Narrowed, date: str) -> bool:
    if not narrowed.since and not narrowed.until:
        return True
    after = not narrowed.since or date[: len(narrowed.since)] >= narrowed.since[: len(date)]
    return bool(date) and after and (not narrowed.until or date[: len(narrowed.until)] <= narrowed.until[: len(date)])


class _Names:
    """What the coders are called, whoever was merged into another by that one's name."""

    def __init__(self, project: Project) -> None:
        self._names = dict(project.rows("SELECT key, name FROM coder"))
        self._mains = people.mains(project)

    def mark(self, annotation: int, tag: str, coder: int, kind: str) -> Mark:
        """An annotation of a reading by this coder."""
        return Mark(annotation, tag, self._names.get(self._mains.get(coder, coder), ""), kind == "gold")


def _marked(
    project: Project, narrowed: Narrowed, documents: Sequence[int], names: _Names
) -> dict[int, list[tuple[Span, Mark]]]:
    """The annotations of the documents that are asked for, and where they stand."""
    where, given = _filters(project, narrowed)
    sees = _sees(project, narrowed)
    marks = ",".join("?" * len(documents))
    found: defaultdict[int, list[tuple[Span, Mark]]] = defaultdict(list)
    for document, coder, kind, key, tag, start, end, attributes in project.rows(
        f"""SELECT r.document, r.coder, r.kind, a.key, a.tag, a.start, a."end", a.attributes
            FROM annotation AS a JOIN reading AS r ON r.key = a.reading WHERE r.document IN ({marks}) AND {where}
            ORDER BY a.start, a."end" DESC, a.key""",
        (*documents, *given),
    ):
        if sees(document, coder, kind) and _fits(project, narrowed, _object(attributes)):
            found[document].append((Span(start, end), names.mark(key, tag, coder, kind)))
    return found


def _sees(project: Project, narrowed: Narrowed) -> Callable[[int, int, str], bool]:
    """Whether annotations in a reading (document, coder, kind) may be found."""
    own = people.keys_of(project, narrowed.viewer) if narrowed.hidden else ()

    def sees(document: int, coder: int, kind: str) -> bool:
        return document not in narrowed.hidden or (kind == "own" and coder in own)

    return sees


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


def _beside(project: Project, find: Find, narrowed: Narrowed, meanwhile: Meanwhile) -> Iterator[Place]:
    """The hits in notes, questions and attributes of annotations, in the order in which these were made."""
    if not {NOTES, ATTRIBUTES} & {*narrowed.where}:
        return
    where, given = _filters(project, narrowed)
    sees, names = _sees(project, narrowed), _Names(project)
    after = 0
    while True:
        meanwhile()
        rows = project.rows(
            f"""SELECT a.key, d.key, d.id, d.title, d.date, a.spans, a.note, a.question, a.attributes, a.tag, r.coder,
                r.kind
                FROM annotation AS a JOIN reading AS r ON r.key = a.reading JOIN document AS d ON d.key = r.document
                WHERE a.key > ? AND (a.note <> '' OR a.question <> '' OR a.attributes <> '{{}}')
                AND {where} AND {visible("d")} ORDER BY a.key LIMIT ?""",
            (after, *given, _ANNOTATIONS),
        )
        if not rows:
            return
        after = rows[-1][0]
        shown = [row for row in rows if sees(row[1], row[10], row[11])]
        yield from _in_cells(list(_cells(project, shown, narrowed)), find, names)


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


def _in_cells(cells: Sequence[Cell], find: Find, names: _Names) -> Iterator[Place]:
    for (row, name, said), spans in zip(cells, find([cell[2] for cell in cells]), strict=True):
        for span in spans:
            key, document, own, title, date = row[:5]
            whole = outer([Span(*pair) for pair in json.loads(row[5])])
            yield Place(
                document, own, title, date, *whole, said[max(0, span.start - AROUND) : span.start],
                said[span.start : span.end], said[span.end : span.end + AROUND], name, key,
                (names.mark(key, *row[9:12]),),
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
