"""What stands under one line of text: which marks take a lane, in which order, and how much room that needs.

All of it follows from the marks on that line alone, so a change touches no other line, and a view that grew
mark by mark is the same as a fresh one.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .marks import Mark, inner_first

LEAD = 9  # room under every line: two lanes fit, so that tagging does not move the text
BAR = 2  # thickness of a line in a tag's pattern


def lane_top(lane: int) -> int:
    """Pixels from the foot of the line to a lane: 0, 4, 9, 14, …"""
    return 4 * lane + max(0, lane - 1)


def lanes_height(count: int) -> int:
    """Pixels that so many lanes take."""
    return lane_top(count - 1) + 4 if count else 0


@dataclass(frozen=True)
class Rules:
    """What the room under a line depends on besides its marks."""

    statements: frozenset[str]  # ids of the tags that are statements
    words: float  # height of the row of words under mentions, 0 in quiet mode
    air: float  # blank that each line has over its letters

    def room(self, lanes: int, begins: bool) -> float:
        """Pixels under a line with so many lanes; `begins`: a mention begins here, its word needs a place.

        The last lane stays nearer to its own line than to the next.
        """
        if not lanes:
            return LEAD
        nearer = 2 * lane_top(lanes - 1) + BAR + 1 - self.air
        under = (self.words if begins else 2) if self.words else 1
        return max(LEAD, lanes_height(lanes) + under, nearer)


@dataclass(frozen=True, slots=True)
class Plan:
    """One line: the marks with a piece on it, the lane of those that take one, and the room under it and above it."""

    marks: list[Mark]
    lanes: dict[int, int]
    room: float
    above: float = 0.0


def extent(mark: Mark, start: int, end: int) -> tuple[int, int] | None:
    """From where to where a mark reaches on the line [start, end), gaps between its pieces included."""
    if len(mark.spans) == 1:
        piece = mark.spans[0]
        return (max(piece.start, start), min(piece.end, end)) if piece.start < end and piece.end > start else None
    here = [piece for piece in mark.spans if piece.start < end and piece.end > start]
    return (max(here[0].start, start), min(here[-1].end, end)) if here else None


def _takes_lane(mark: Mark, statements: list[Mark]) -> bool:
    """A statement takes a lane only where it goes around or across a shorter one, or is in pieces."""
    if len(mark.spans) > 1:
        return True
    key = inner_first(mark)
    return any(other is not mark and inner_first(other) < key and other.overlaps(mark) for other in statements)


def plan_line(candidates: Sequence[Mark], start: int, end: int, rules: Rules) -> Plan:
    """Plans the line [start, end): the shortest marks into the lowest free lanes, next to the text."""
    reach = {}
    marks = []
    for mark in candidates:
        here = extent(mark, start, end)
        if here:
            reach[mark.key] = here
            marks.append(mark)
    said = [mark for mark in marks if mark.tag in rules.statements]
    laned = [mark for mark in marks if mark.tag not in rules.statements or _takes_lane(mark, said)]
    if not laned:
        return Plan(marks, {}, LEAD)
    lanes: dict[int, int] = {}
    rows: list[list[tuple[int, int]]] = []
    for mark in sorted(laned, key=inner_first) if len(laned) > 1 else laned:
        first, last = reach[mark.key]
        free = (at for at, row in enumerate(rows) if all(right <= first or left >= last for left, right in row))
        lane = next(free, len(rows))
        if lane == len(rows):
            rows.append([])
        rows[lane].append((first, last))
        lanes[mark.key] = lane
    begins = bool(rules.words) and any(mark.tag not in rules.statements and mark.start >= start for mark in laned)
    return Plan(marks, lanes, rules.room(len(rows), begins))


def share_out(marks: Sequence[Mark], starts: Sequence[int], end: int) -> list[list[Mark]]:
    """The marks that reach over each of the lines that begin at `starts`; the last line ends at `end`."""
    lines: list[list[Mark]] = [[] for _ in starts]
    for mark in marks:
        if mark.start >= end:
            continue
        line = max(0, bisect_right(starts, mark.start) - 1)
        while line < len(lines) and starts[line] < mark.end:
            lines[line].append(mark)
            line += 1
    return lines
