"""Where J and Shift+J stop: at open points and at proposals, in the order of the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.model.span import Span
from annotator.operations.completeness import ELSEWHERE, OpenPoint

if TYPE_CHECKING:
    from annotator.propose import Proposal


@dataclass(frozen=True)
class Stop:
    """An open point by its number in the list, or a proposal by its key."""

    point: int = -1
    proposal: int | None = None
    span: Span = field(default=Span(0, 0), compare=False)


def stops_of(points: Sequence[OpenPoint], proposals: "Iterable[tuple[int, Proposal]]") -> list[Stop]:
    """All of them, outer before inner, an open point before a proposal at the same place.

    A name that is tagged elsewhere and proposed here is one stop: the proposal.
    """
    offered = list(proposals)
    taken = {(each.tag, each.outer.start) for _, each in offered}
    found = [
        Stop(point=at, span=point.span)
        for at, point in enumerate(points)
        if point.kind != ELSEWHERE or (point.tag, point.span.start) not in taken
    ]
    found += [Stop(proposal=key, span=each.outer) for key, each in offered]
    return sorted(found, key=lambda stop: (stop.span.start, -stop.span.end))


def next_stop(stops: Sequence[Stop], here: Stop | None, place: int, steps: int) -> Stop:
    """The stop after (before, if steps are negative) the one where one is, else after a place; around at the ends."""
    if here in stops:
        return stops[(stops.index(here) + steps) % len(stops)]
    if steps > 0:
        return next((stop for stop in stops if stop.span.start >= place), stops[0])
    return next((stop for stop in reversed(stops) if stop.span.start < place), stops[-1])
