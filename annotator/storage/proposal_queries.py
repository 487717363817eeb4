"""What proposers go by: the readings that a person has made, with their texts, and what was refused in them."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.model.span import Span, Spans
from annotator.storage import people
from annotator.storage.project import Project
from annotator.storage.schema import visible

_PAGE = 500
_OLDER = 100_000  # wordings of older readings that are counted


@dataclass
class CodedReading:
    """One reading with its document's text; `tagged` are its annotations as (tag, spans)."""

    document: int
    text: str
    language: str
    state: str
    extra: dict[str, Any]
    tagged: list[tuple[str, Spans]] = field(default_factory=list)


def coded_readings(
    project: Project, coder: int | None, *, everybody: bool, but: int = 0, limit: int
) -> list[CodedReading]:
    """The latest readings that were begun, oldest first: a coder's own, or with `everybody` all, gold too.

    Those of the document `but` are left out.
    """
    keys = _reading_keys(project, coder, everybody, but)[-limit:]
    found: dict[int, CodedReading] = {}
    for part in _pages(keys):
        marks = ",".join("?" * len(part))
        for key, about, text, language, state, extra in project.rows(
            f"""SELECT r.key, r.document, t.text, d.language, r.state, r.extra FROM reading AS r
                JOIN document AS d ON d.key = r.document JOIN document_text AS t ON t.document = r.document
                WHERE r.key IN ({marks})""",
            part,
        ):
            found[key] = CodedReading(about, text, language, state, _object(extra))
        for key, tag, spans in project.rows(
            f"SELECT a.reading, a.tag, a.spans FROM annotation AS a WHERE a.reading IN ({marks}) AND {visible('a')}",
            part,
        ):
            found[key].tagged.append((tag, tuple(Span(*pair) for pair in json.loads(spans))))
    return [found[key] for key in keys]


def older_wordings(
    project: Project, coder: int | None, *, everybody: bool, but: int = 0, limit: int
) -> dict[tuple[str, str], int]:
    """(tag, quote) → how often, in the readings before the latest `limit` ones."""
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for part in _pages(_reading_keys(project, coder, everybody, but)[:-limit]):
        marks = ",".join("?" * len(part))
        sql = f"""SELECT a.tag, a.quote, count(*) FROM annotation AS a WHERE a.reading IN ({marks}) AND {visible("a")}
            AND length(a.quote) < 100 GROUP BY a.tag, a.quote"""
        for tag, quote, number in project.rows(sql, part):
            counts[tag, quote] += number
        if len(counts) > _OLDER:
            break
    return dict(counts)


def _reading_keys(project: Project, coder: int | None, everybody: bool, but: int) -> list[int]:
    whose = "" if everybody or coder is None else f"AND r.kind = 'own' AND r.coder IN {people.listed(project, coder)}"
    found = project.rows(
        f"""SELECT r.key FROM reading AS r JOIN document AS d ON d.key = r.document
            WHERE r.state <> 'not started' AND r.document <> ? {whose} AND {visible("r")} AND {visible("d")}
            ORDER BY r.key""",
        (but,),
    )
    return [key for (key,) in found]


def _pages(keys: Sequence[int]) -> list[tuple[int, ...]]:
    return [tuple(keys[first : first + _PAGE]) for first in range(0, len(keys), _PAGE)]


def _object(cell: str) -> dict[str, Any]:
    """What a JSON cell holds; nothing where it is damaged, which `check` tells."""
    try:
        found = json.loads(cell) if cell != "{}" else {}
    except (ValueError, RecursionError):
        found = {}
    return found if isinstance(found, dict) else {}


def coders_of(project: Project, document: int) -> int:
    """How many people code a document: whom it is assigned to; if that is nobody, all who have begun any."""
    assigned = f"SELECT a.coder FROM assignment AS a WHERE a.document = ? AND {visible('a')}"
    begun = f"SELECT DISTINCT r.coder FROM reading AS r WHERE r.kind = 'own' AND {visible('r')}"
    merged = people.mains(project)
    found = project.rows(assigned, (document,)) or project.rows(begun)
    return len({merged.get(coder, coder) for (coder,) in found})
