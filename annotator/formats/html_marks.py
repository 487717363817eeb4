"""Where the marks of a text lie, cut into stretches that each have one look; the same rules as in the window.

A mention has a line under it. A statement has a wash, and takes a line only where it goes around or across another,
or is in pieces. Lines lie in lanes: the shortest marks next to the text.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.model.span import Span, Spans


@dataclass(frozen=True, eq=False)
class Mark:
    """An annotation as it is drawn; `number` is its place in the list, `look` says which tag's looks it has."""

    number: int
    spans: Spans
    look: str
    statement: bool

    @property
    def inner(self) -> tuple[int, int]:
        """The smaller, the further inside."""
        return self.spans[-1].end - self.spans[0].start, self.number


@dataclass
class Stretch:
    """A piece of one line of text that is covered by the same marks throughout."""

    start: int
    end: int
    begins: list[Mark] = field(default_factory=list)  # statements whose first letter stands here
    wash: Mark | None = None  # the innermost statement
    opens: Mark | None = None  # a statement with a piece that starts here
    closes: Mark | None = None  # one with a piece that ends here
    lines: list[tuple[int, Mark, bool]] = field(default_factory=list)  # lane, mark, whether in a gap between pieces
    covering: list[Mark] = field(default_factory=list)  # the innermost first


def stretches(text: str, marks: Sequence[Mark]) -> tuple[list[Stretch], int]:
    """The stretches of a text in order, none across a line end, line ends left out; and how many lanes there are."""
    cuts = _cuts(text, marks)
    found = [Stretch(start, end) for start, end in pairwise(cuts) if text[start] != "\n"]
    starts = [each.start for each in found]
    for mark in sorted(marks, key=lambda mark: mark.inner):
        for piece in mark.spans:
            for each in _within(found, starts, piece):
                each.covering.append(mark)
    laned = {mark for mark in marks if not mark.statement or len(mark.spans) > 1}
    for each in found:
        said = [mark for mark in each.covering if mark.statement]
        each.wash = said[0] if said else None
        laned.update(said[1:])
    lanes = _lanes(laned)
    for mark in laned:
        _draw(mark, lanes[mark], found, starts)
    _edges(marks, found, starts)
    return found, max(lanes.values(), default=-1) + 1


def _cuts(text: str, marks: Iterable[Mark]) -> list[int]:
    cuts = {0, len(text)}
    at = text.find("\n")
    while at >= 0:
        cuts.update((at, at + 1))
        at = text.find("\n", at + 1)
    for mark in marks:
        for piece in mark.spans:
            cuts.update(piece)
    return sorted(cuts)


def _within(found: Sequence[Stretch], starts: Sequence[int], span: Span) -> Sequence[Stretch]:
    return found[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def _lanes(marks: Iterable[Mark]) -> dict[Mark, int]:
    """The lowest lane in which a mark meets no other, the inner ones first."""
    rows: list[list[tuple[int, int]]] = []
    lanes = {}
    for mark in sorted(marks, key=lambda mark: mark.inner):
        reach = (mark.spans[0].start, mark.spans[-1].end)
        lane = next((number for number, row in enumerate(rows) if _is_free(row, reach)), len(rows))
        if lane == len(rows):
            rows.append([])
        insort(rows[lane], reach)
        lanes[mark] = lane
    return lanes


def _is_free(row: Sequence[tuple[int, int]], reach: tuple[int, int]) -> bool:
    place = bisect_left(row, reach)
    return (place == len(row) or row[place][0] >= reach[1]) and (place == 0 or row[place - 1][1] <= reach[0])


def _draw(mark: Mark, lane: int, found: Sequence[Stretch], starts: Sequence[int]) -> None:
    for piece in mark.spans:
        for each in _within(found, starts, piece):
            each.lines.append((lane, mark, False))
    for one, other in pairwise(mark.spans):
        for each in _within(found, starts, Span(one.end, other.start)):
            each.lines.append((lane, mark, True))


def _edges(marks: Iterable[Mark], found: Sequence[Stretch], starts: Sequence[int]) -> None:
    """Where statements begin, open and close; of several at one place the innermost is seen."""
    for mark in sorted((each for each in marks if each.statement), key=lambda mark: mark.inner):
        for number, piece in enumerate(mark.spans):
            held = _within(found, starts, piece)
            if not held:  # a piece of nothing but a line end
                continue
            if number == 0:
                held[0].begins.append(mark)
            held[0].opens = held[0].opens or mark
            held[-1].closes = held[-1].closes or mark
