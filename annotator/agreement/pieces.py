"""The pieces of text that one coder gave a tag, and where those of two coders meet: looked at once for all measures.

Nearly always a piece overlaps none of the same tag by the same coder. If both coders have such a piece alike, it meets
nothing else in either; so what is alike is found at once, and only the rest is looked at piece by piece.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from annotator.model.span import Span

T = TypeVar("T", bound=Hashable)
Piece = Span | tuple[int, int]  # start, end


class Pieces(NamedTuple):
    """Those of one tag by one coder, sorted: `all`, those that are `kept` where none may overlap another, and the
    `crowded` ones: they overlap others, or hang together with such as do.

    Kept is which starts first, of two that start together the longer. Both sums are of what is kept, in code points.
    """

    all: Sequence[Piece]
    kept: Sequence[Piece]
    crowded: frozenset[Piece]
    left_out: int  # how many are not kept
    length: int
    squares: int  # Σ length²
    annotations: int  # fewer, if some have several pieces

    @property
    def one_piece(self) -> bool:
        """Whether each is an annotation of its own."""
        return self.annotations == len(self.all)

    @property
    def covered(self) -> Sequence[tuple[int, int]]:
        """The stretches that they cover together."""
        return joined(self.all) if self.left_out else self.kept


NO_PIECES = Pieces((), (), frozenset(), 0, 0, 0, 0)


def pieces_of(found: list[Piece], annotations: int) -> Pieces:
    """Put the pieces of so many annotations in order, and sort out what overlaps."""
    found.sort()
    kept: list[Piece] = []
    crowded: list[Piece] = []
    far = -1  # the end of what ends last so far
    length = squares = 0
    before: Piece = (-1, -1)
    for piece in found:
        start, end = piece
        if start >= far:
            kept.append(piece)
            far = end
        else:
            crowded += (before, piece)
            far = max(far, end)
            begin, last = kept[-1]
            if start >= last:
                kept.append(piece)
            elif start == begin and end > last:
                kept[-1] = piece
                length -= last - begin
                squares -= (last - begin) ** 2
            else:
                before = piece
                continue
        before = piece
        size = end - start
        length += size
        squares += size * size
    return Pieces(found, kept, frozenset(crowded), len(found) - len(kept), length, squares, annotations)


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


class Crossing(NamedTuple):
    """Pieces of two coders, within each of which none overlap; the pairs of them that do, in order; and the stretches
    that these have in common, with their length in code points."""

    first: Sequence[Piece]
    second: Sequence[Piece]
    pairs: Sequence[tuple[Piece, Piece]]
    shared: Sequence[tuple[int, int]]
    common: int

    @property
    def one_to_one(self) -> int:
        """How many of the pairs there can be at once.

        A piece overlaps pieces of the other coder that follow each other: so the next that is free may be taken.
        """
        number = 0
        one = other = None
        for first, second in self.pairs:
            if first is not one and second is not other:
                number += 1
                one, other = first, second
        return number


def crossing(first: Sequence[Piece], second: Sequence[Piece]) -> Crossing:
    """One walk through the pieces of two coders, both in order and without overlaps."""
    pairs: list[tuple[Piece, Piece]] = []
    shared: list[tuple[int, int]] = []
    common = i = j = 0
    last_i, last_j = len(first), len(second)
    while i < last_i and j < last_j:
        start, end = mine = first[i]
        begin, stop = theirs = second[j]
        if start < stop and begin < end:
            pairs.append((mine, theirs))
            low, high = start if start > begin else begin, end if end < stop else stop
            shared.append((low, high))
            common += high - low
        if end <= stop:
            i += 1
        else:
            j += 1
    return Crossing(first, second, pairs, shared, common)


@dataclass(frozen=True)
class Meeting:
    """What two coders have at the same places: `same` both exactly, and it overlaps nothing else; the rest in order."""

    same: frozenset[Piece]
    first: Sequence[Piece]
    second: Sequence[Piece]
    one: Pieces
    other: Pieces

    @property
    def crowded(self) -> bool:
        """Whether pieces of one coder overlap."""
        return bool(self.one.crowded or self.other.crowded)

    @cached_property
    def length(self) -> int:
        """Of what is the same, in code points."""
        return sum([end - start for start, end in self.same])

    @cached_property
    def kept(self) -> Crossing:
        """The rest, without what is left out where none may overlap another."""
        if not self.crowded:
            return crossing(self.first, self.second)
        return crossing(*([piece for piece in each.kept if piece not in self.same] for each in (self.one, self.other)))

    @cached_property
    def covered(self) -> Crossing:
        """The stretches that the rest covers."""
        return crossing(joined(self.first), joined(self.second)) if self.crowded else self.kept


def meet(one: Pieces, other: Pieces) -> Meeting:
    """Hold the pieces of two coders against each other."""
    same = frozenset(one.all).intersection(other.all)
    if one.crowded or other.crowded:
        same = same.difference(one.crowded, other.crowded)
    first = [piece for piece in one.all if piece not in same]
    return Meeting(same, first, [piece for piece in other.all if piece not in same], one, other)


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
