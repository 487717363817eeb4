"""The pieces of text that one coder gave a tag, and where those of two coders meet: looked at once for all measures.

Nearly always no two pieces of one tag by one coder overlap. Then what both coders have alike meets nothing else, and
one walk through the rest, in the order of the text, finds all that overlaps.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

from annotator.model.span import Span

T = TypeVar("T", bound=Hashable)
Piece = Span | tuple[int, int]  # start, end


class Pieces(NamedTuple):
    """Those of one tag by one coder, sorted: `all`, and those that are `kept` where none may overlap another.

    Kept is which starts first, of two that start together the longer. Both sums are of what is kept, in code points.
    """

    all: Sequence[Piece]
    kept: Sequence[Piece]
    left_out: int  # how many are not kept
    length: int
    squares: int  # Σ length²
    annotations: int  # fewer, if some have several pieces

    @property
    def one_piece(self) -> bool:
        """Whether each is an annotation of its own."""
        return self.annotations == len(self.all)

    @property
    def simple(self) -> bool:
        """Whether moreover none overlaps another."""
        return self.one_piece and not self.left_out

    @property
    def covered(self) -> Sequence[tuple[int, int]]:
        """The stretches that they cover together."""
        return joined(self.all) if self.left_out else self.kept


NO_PIECES = Pieces((), (), 0, 0, 0, 0)


def pieces_of(found: list[Piece], annotations: int) -> Pieces:
    """Put the pieces of so many annotations in order, and sort out what overlaps."""
    found.sort()
    kept: list[Piece] = []
    begin = last = -1
    length = squares = 0
    for piece in found:
        start, end = piece
        size = end - start
        if start >= last:
            kept.append(piece)
        elif start == begin and end > last:
            kept[-1] = piece
            length -= last - begin
            squares -= (last - begin) ** 2
        else:
            continue
        begin, last = start, end
        length += size
        squares += size * size
    return Pieces(found, kept, len(found) - len(kept), length, squares, annotations)


def joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted stretches with those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    begin = last = -1
    for start, end in stretches:
        if start <= last:
            last = max(last, end)
            found[-1] = (begin, last)
        else:
            begin, last = start, end
            found.append((begin, last))
    return found


class Meeting(NamedTuple):
    """What two coders have at the same places: `same` both exactly, `crossing` those pairs of the rest that overlap.

    `first` and `second` are what each has that the other has not exactly; `common` is the length in pieces of both.
    """

    same: frozenset[Piece]
    first: Sequence[Piece]
    second: Sequence[Piece]
    crossing: Sequence[tuple[Piece, Piece]]
    common: int

    @property
    def shared(self) -> list[tuple[int, int]]:
        """The stretches that pairs of the rest have in common."""
        return [(a if a > b else b, c if c < d else d) for (a, c), (b, d) in self.crossing]

    @property
    def pairs(self) -> int:
        """How many pairs of overlapping pieces there can be at once, one to one.

        A piece overlaps pieces of the other coder that follow each other: so the next that is free may be taken.
        """
        number = len(self.same)
        one = other = None
        for first, second in self.crossing:
            if first is not one and second is not other:
                number += 1
                one, other = first, second
        return number


def meet(one: Sequence[Piece], other: Sequence[Piece]) -> Meeting:
    """Hold the pieces of two coders against each other; within each none overlap, and they are in order."""
    same = frozenset(one).intersection(other)
    common = sum([end - start for start, end in same])
    if len(same) == len(one) == len(other):
        return Meeting(same, (), (), (), common)
    first = [piece for piece in one if piece not in same]
    second = [piece for piece in other if piece not in same]
    crossing: list[tuple[Piece, Piece]] = []
    i = j = 0
    while i < len(first) and j < len(second):
        start, end = mine = first[i]
        begin, stop = theirs = second[j]
        if start < stop and begin < end:
            crossing.append((mine, theirs))
            common += (end if end < stop else stop) - (start if start > begin else begin)
        if end <= stop:
            i += 1
        else:
            j += 1
    return Meeting(same, first, second, crossing, common)


class Alike(NamedTuple, Generic[T]):
    """How many two coders have exactly alike, and those that only one of them has."""

    same: int
    first: Sequence[T]
    second: Sequence[T]


def alike(one: Sequence[T], other: Sequence[T]) -> Alike[T]:
    """Hold what two coders have against each other; what occurs twice in both is counted twice."""
    first, second = set(one), set(other)
    if len(first) == len(one) and len(second) == len(other):
        return Alike(len(first & second), list(first - second), list(second - first))
    counts = Counter(one), Counter(other)
    rest = [list((mine - theirs).elements()) for mine, theirs in (counts, counts[::-1])]
    return Alike(len(one) - len(rest[0]), *rest)
