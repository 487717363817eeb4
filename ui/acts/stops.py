"""Where J and Shift+J stop: at proposals first, and once the last one is passed at the open points."""

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
    """The proposals, then the open points; each of them in the order of the text, outer before inner.

    A statement that lacks its source is an open point as soon as it is taken: between the proposals it would stop the
    hand at each of them. A name that is tagged elsewhere and proposed here is one stop: the proposal.
    """
    offered = list(proposals)
    taken = {(each.tag, each.outer.start) for _, each in offered}
    open_ = [
        Stop(point=at, span=point.span)
        for at, point in enumerate(points)
        if point.kind != ELSEWHERE or (point.tag, point.span.start) not in taken
    ]
    return [
        *sorted((Stop(proposal=key, span=each.outer) for key, each in offered), key=_order),
        *sorted(open_, key=_order),
    ]


def next_stop(stops: Sequence[Stop], here: Stop | None, place: int, steps: int) -> Stop:
    """The stop after (before, if steps are negative) the one where one is, around at the ends.

    Where one is at none: the first proposal after (the last before) a place, and if nothing is proposed the open point.
    """
    if here in stops:
        return stops[(stops.index(here) + steps) % len(stops)]
    near = [stop for stop in stops if stop.proposal is not None] or stops
    if steps > 0:
        return next((stop for stop in near if stop.span.start >= place), near[0])
    return next((stop for stop in reversed(near) if stop.span.start < place), near[-1])


def _order(stop: Stop) -> tuple[int, int]:
    return stop.span.start, -stop.span.end
