"""What review reads: readings, marks, links, decisions and messages of many articles at once, in pages."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from annotator.model.span import Span, Spans
from annotator.review.decisions import MESSAGE, Decision, decision_from
from annotator.review.readings import Link, Mark, ordered
from annotator.storage.project import Project
from annotator.storage.schema import visible

_PAGE = 500
_MARK = 'a.key, a.id, a.reading, a.tag, a.spans, a.start, a."end", a.quote, a.attributes, a.extra'
_DECISION = ("key", "id", "document", "reviewer", "choice", "reason", "stamp", "kind")


class ReadingRow(NamedTuple):
    """A reading that someone has begun."""

    key: int
    id: str
    document: int
    coder: int
    kind: str
    state: str


def readings(project: Project, documents: Sequence[int] | None = None) -> Iterator[ReadingRow]:
    """All readings of these documents, or of all, in the order of the list; set aside and deleted ones left out."""
    for part in _parts(documents):
        which = "" if part is None else f"AND r.document IN ({_marks(part)})"
        found = project.rows(
            f"""SELECT r.key, r.id, r.document, r.coder, r.kind, r.state
                FROM reading AS r JOIN document AS d ON d.key = r.document
                WHERE {visible("r")} AND {visible("d")} AND r.state NOT IN ('not started', 'set aside') {which}
                ORDER BY r.document, r.key""",
            part or (),
        )
        yield from (ReadingRow(*row) for row in found)


def titles(project: Project, documents: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Document → (id, title)."""
    found: dict[int, tuple[str, str]] = {}
    for part in _parts(documents):
        sql = f"SELECT d.key, d.id, d.title FROM document AS d WHERE d.key IN ({_marks(part or ())})"
        found |= {row[0]: (row[1], row[2]) for row in project.rows(sql, part or ())}
    return found


def marks(project: Project, readings: Sequence[int]) -> dict[int, list[Mark]]:
    """Reading → its marks, in the order of `ordered`."""
    found: dict[int, list[Mark]] = {key: [] for key in readings}
    for part in _parts(readings):
        links = _links(project, f"a.reading IN ({_marks(part or ())})", part or ())
        rows = project.rows(
            f"""SELECT {_MARK} FROM annotation AS a WHERE a.reading IN ({_marks(part or ())}) AND {visible("a")}
                ORDER BY a.reading, a.start""",
            part or (),
        )
        for row in rows:
            found[row[2]].append(_mark(row, links))
    # The index gives them by their start; only where two begin together is there anything to put in order.
    return {key: list(ordered(listed)) if _begin_together(listed) else listed for key, listed in found.items()}


def _begin_together(listed: Sequence[Mark]) -> bool:
    starts = [mark.spans[0].start for mark in listed]
    return len(set(starts)) < len(starts)


def marks_by_key(project: Project, keys: Sequence[int]) -> dict[int, Mark]:
    """Those of these annotations that are still there."""
    found: dict[int, Mark] = {}
    for part in _parts(keys):
        links = _links(project, f"a.key IN ({_marks(part or ())})", part or ())
        sql = f"SELECT {_MARK} FROM annotation AS a WHERE a.key IN ({_marks(part or ())}) AND {visible('a')}"
        found |= {row[0]: _mark(row, links) for row in project.rows(sql, part or ())}
    return found


def _mark(row: tuple[Any, ...], links: dict[int, tuple[Link, ...]]) -> Mark:
    key, own, reading, tag, spans, start, end, quote, attributes, extra = row
    # Made as `_make` makes them: a project may have 100,000.
    pieces: Spans = (tuple.__new__(Span, (start, end)),)
    if spans.count("[") > 2:
        pieces = tuple(Span(*pair) for pair in json.loads(spans))
    source = "" if extra == "{}" else str(json.loads(extra).get("from") or "")
    leaving = links.get(key, ()) if links else ()
    return tuple.__new__(Mark, (key, own, reading, tag, pieces, quote, attributes, leaving, source))


def _links(project: Project, where: str, parameters: Sequence[Any]) -> dict[int, tuple[Link, ...]]:
    found: dict[int, tuple[Link, ...]] = {}
    rows = project.rows(
        f"""SELECT l.source, l.type, b.id, l.attributes FROM annotation AS a JOIN relation AS l ON l.source = a.key
            JOIN annotation AS b ON b.key = l.target
            WHERE {where} AND {visible("a")} AND {visible("l")} AND {visible("b")} ORDER BY l.type, b.id""",
        tuple(parameters),
    )
    for source, kind, target, attributes in rows:
        found[source] = (*found.get(source, ()), Link(kind, target, attributes))
    return found


class LinkRow(NamedTuple):
    """A relation between two annotations, with what tells the ends."""

    type: str
    attributes: str
    note: str
    source: str  # id
    target: str  # id


def links_at(project: Project, annotations: Sequence[str]) -> list[LinkRow]:
    """The relations that leave these annotations (ids) or lead to them."""
    found: dict[str, LinkRow] = {}
    for part in _parts(annotations):
        for end in ("a", "b"):
            rows = project.rows(
                f"""SELECT l.id, l.type, l.attributes, l.note, a.id, b.id FROM annotation AS {end}
                    JOIN relation AS l ON l.{"source" if end == "a" else "target"} = {end}.key
                    JOIN annotation AS {"b" if end == "a" else "a"}
                    ON {"b.key = l.target" if end == "a" else "a.key = l.source"}
                    WHERE {end}.id IN ({_marks(part or ())})
                    AND {visible("l")} AND {visible("a")} AND {visible("b")}""",
                part or (),
            )
            found |= {row[0]: LinkRow(*row[1:]) for row in rows}
    return [found[own] for own in sorted(found)]


class Placed(NamedTuple):
    """An annotation by what one must know to find it again in another reading."""

    key: int
    id: str
    reading: int
    tag: str
    spans: str
    source: str


def by_ids(project: Project, ids: Sequence[str]) -> dict[str, Placed]:
    """Those of these annotations that are there."""
    found: dict[str, Placed] = {}
    for part in _parts(ids):
        sql = f"""SELECT a.key, a.id, a.reading, a.tag, a.spans, a.extra FROM annotation AS a
            WHERE a.id IN ({_marks(part or ())}) AND {visible("a")}"""
        for row in project.rows(sql, part or ()):
            source = "" if row[5] == "{}" else str(json.loads(row[5]).get("from") or "")
            found[row[1]] = Placed(row[0], row[1], row[2], row[3], row[4], source)
    return found


def same_in(project: Project, reading: int, tag: str, spans: str) -> str | None:
    """The id of the annotation in a reading with this tag on these spans (JSON as stored)."""
    pieces = json.loads(spans)
    found = project.rows(
        f"""SELECT a.id FROM annotation AS a WHERE a.reading = ? AND {visible("a")} AND a.start = ? AND a."end" = ?
            AND a.tag = ? AND a.spans = ? ORDER BY a.id LIMIT 1""",
        (reading, pieces[0][0], pieces[-1][1], tag, spans),
    )
    return found[0][0] if found else None


def decisions(project: Project, documents: Sequence[int] | None = None) -> dict[int, list[Decision]]:
    """Document (None: every one) → its decisions, messages left out."""
    found: dict[int, list[Decision]] = {}
    for columns, content in _rows(project, documents, f"x.kind <> '{MESSAGE}'"):
        found.setdefault(columns["document"], []).append(decision_from(columns, content))
    return found


class MessageRow(NamedTuple):
    """A word in a thread: its row's columns, and the content as JSON values."""

    key: int
    id: str
    document: int
    author: int
    choice: str
    content: Any


def messages(project: Project, documents: Sequence[int] | None = None) -> list[MessageRow]:
    """What people wrote about these documents, or about all, the earliest first."""
    found = []
    for columns, content in _rows(project, documents, f"x.kind = '{MESSAGE}'"):
        who, choice = columns["reviewer"], columns["choice"]
        found.append(MessageRow(columns["key"], columns["id"], columns["document"], who, choice, content))
    return found


def _rows(project: Project, documents: Sequence[int] | None, where: str) -> Iterator[tuple[dict[str, Any], Any]]:
    listed = ", ".join(f"x.{name}" for name in _DECISION)
    for part in _parts(documents):
        which = "" if part is None else f"AND x.document IN ({_marks(part)})"
        rows = project.rows(
            f"""SELECT {listed}, x.content FROM decision AS x JOIN document AS d ON d.key = x.document
                WHERE {where} AND {visible("x")} AND {visible("d")} {which} ORDER BY x.key""",
            part or (),
        )
        for row in rows:
            yield dict(zip(_DECISION, row, strict=False)), json.loads(row[-1])


def _parts(keys: Sequence[Any] | None) -> Iterable[tuple[Any, ...] | None]:
    """The keys in pages; one page without a condition for None."""
    if keys is None:
        return [None]
    return [tuple(keys[first : first + _PAGE]) for first in range(0, len(keys), _PAGE)]


def _marks(part: Sequence[Any]) -> str:
    return ",".join("?" * len(part))
