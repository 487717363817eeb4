"""Relations between annotations, and which annotation one most plausibly points to."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.model.span import Span, Spans, outer


@dataclass(frozen=True)
class Relation:
    """A typed, directed link between two annotations, named by their keys."""

    key: int
    id: str
    type: str
    source: int  # the annotation it leaves
    target: int  # the annotation it points to
    attributes: Mapping[str, Any] = field(default_factory=dict, hash=False)
    note: str = ""
    source_id: str | None = None


def rank_near(text: str, spans: Spans, others: Iterable[tuple[int, Spans]]) -> list[int]:
    """Keys of other annotations, the nearest to the spans first.

    What lies inside the spans or around them comes first, then by what stands between; of two equally near ones the
    earlier. A paragraph in between makes farther than any distance within one.
    """
    whole = outer(spans)
    breaks = [match.start() for match in re.finditer("\n", text)]

    def order(place: Span) -> tuple[int, int, int]:
        if place.overlaps(whole):
            return 0, 0 if whole.contains(place) else place.end - place.start, place.start
        start, end = min(place.end, whole.end), max(place.start, whole.start)
        return 1 + bisect_left(breaks, end) - bisect_left(breaks, start), end - start, place.start

    return [key for _, key in sorted((order(outer(each)), key) for key, each in others)]
