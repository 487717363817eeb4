"""Which annotations of two readings are about the same: the rules by which readings are compared.

(1) Same span and tag; (2) same span, another tag; (3) one to one among the rest with the same tag, most pairs first,
then most shared code points; (4) the same with another tag. What is left stands alone.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from annotator.model.matching import pair_overlapping
from annotator.model.span import Spans


class Tagged(Protocol):
    """What is paired: a tag on one or more pieces of the text."""

    @property
    def spans(self) -> Spans: ...
    @property
    def tag(self) -> str: ...


class Pair(NamedTuple):
    """Places of two annotations in their readings, and the rule (1–4) that brought them together."""

    one: int
    other: int
    rule: int


def pair_two(one: Sequence[Tagged], other: Sequence[Tagged]) -> list[Pair]:
    """The pairs of two readings, each in the order of the text; each annotation stands in one pair at most."""
    ours, theirs = _told(one), _told(other)
    pairs = [Pair(place, theirs[told], 1) for told, place in ours.items() if told in theirs]
    left = [place for told, place in ours.items() if told not in theirs]
    if not left:
        return pairs
    right = [place for told, place in theirs.items() if told not in ours]
    pairs += (found := _same_span(one, other, left, right))
    left, right = _without(left, [each.one for each in found]), _without(right, [each.other for each in found])
    found = []
    for tag in sorted({one[place].tag for place in left} & {other[place].tag for place in right}):
        here = [place for place in left if one[place].tag == tag]
        found += _overlapping(one, other, here, [place for place in right if other[place].tag == tag], 3)
    pairs += found
    left, right = _without(left, [each.one for each in found]), _without(right, [each.other for each in found])
    return pairs + _overlapping(one, other, left, right, 4)


def _told(marks: Sequence[Tagged]) -> dict[tuple[object, ...], int]:
    """Span and tag → place of the mark; of several that are told alike, each later one is told with its number."""
    plain: list[tuple[object, ...]] = [(mark.spans, mark.tag) for mark in marks]
    found = dict(zip(plain, range(len(plain)), strict=True))
    if len(found) == len(plain):
        return found
    seen: Counter[tuple[object, ...]] = Counter()
    numbered = []
    for told in plain:
        numbered.append((*told, seen[told]) if told in seen else told)
        seen[told] += 1
    return dict(zip(numbered, range(len(numbered)), strict=True))


def _same_span(one: Sequence[Tagged], other: Sequence[Tagged], left: list[int], right: list[int]) -> list[Pair]:
    there: dict[Spans, list[int]] = {}
    for place in right:
        there.setdefault(other[place].spans, []).append(place)
    return [Pair(place, same.pop(0), 2) for place in left if (same := there.get(one[place].spans))]


def _overlapping(
    one: Sequence[Tagged], other: Sequence[Tagged], left: list[int], right: list[int], rule: int
) -> list[Pair]:
    if not left or not right:
        return []

    def differ(here: int, there: int) -> bool:
        return one[left[here]].tag != other[right[there]].tag

    spans = [one[place].spans for place in left], [other[place].spans for place in right]
    pairs = pair_overlapping(*spans, differ if rule == 4 else None)
    return [Pair(left[here], right[there], rule) for here, there in pairs]


def _without(places: list[int], gone: list[int]) -> list[int]:
    taken = set(gone)
    return [place for place in places if place not in taken]
