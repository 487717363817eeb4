"""What a coder has refused: the proposals of an article that are not offered there again."""

from collections.abc import Mapping
from typing import Any

from annotator.model.span import Span, Spans
from annotator.storage import queries
from annotator.storage.project import Project

REFUSED = "refused"  # key of a reading's extra that holds them


def refused(project: Project, document: int, coder: int) -> list[tuple[str, Spans]]:
    """What a coder has refused in a document, as (tag, spans)."""
    own = queries.reading(project, document, coder)
    begun = own is not None and own.state != "not started"
    return refusals(queries.reading_extra(project, own.key)) if own and begun else []


def refusals(extra: Mapping[str, Any]) -> list[tuple[str, Spans]]:
    """What a reading's extra says was refused, as (tag, spans)."""
    return [(each["tag"], tuple(Span(*pair) for pair in each["spans"])) for each in stored(extra)]


def stored(extra: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a reading's extra holds of this, whatever a file from elsewhere may hold in its place."""
    found = extra.get(REFUSED)
    return [each for each in found if _is_refusal(each)] if isinstance(found, list) else []


def _is_refusal(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("tag"), str):
        return False
    spans = value.get("spans")
    return (
        bool(spans)
        and isinstance(spans, list)
        and all(isinstance(pair, list) and len(pair) == 2 and all(type(each) is int for each in pair) for pair in spans)
    )
