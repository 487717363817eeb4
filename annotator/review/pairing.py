"""Which marks of several readings are about the same: window.md §3 for two readings, and the same rules for more.

(1) Same span and tag; (2) same span, another tag; (3) one to one among the rest with the same tag, most pairs first,
then most shared code points; (4) the same with another tag. What is left stands alone.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from annotator.model.matching import pair_overlapping, shared_points
from annotator.model.span import Spans
from annotator.review.readings import Mark

Group = tuple[Mark | None, ...]  # one place for each reading


class Pair(NamedTuple):
    """Places of two marks in their readings, and the rule (1–4) that brought them together."""

    one: int
    other: int
    rule: int


def pair_two(one: Sequence[Mark], other: Sequence[Mark]) -> list[Pair]:
    """The pairs of two readings whose marks are `ordered`; each mark stands in one pair at most."""
    pairs: list[Pair] = []
    there: dict[tuple[Spans, str], list[int]] = {}
    for place, mark in enumerate(other):
        there.setdefault((mark.spans, mark.tag), []).append(place)
    left: list[int] = []
    for place, mark in enumerate(one):
        same = there.get((mark.spans, mark.tag))
        if same:
            pairs.append(Pair(place, same.pop(0), 1))
        else:
            left.append(place)
    if not left:
        return pairs
    right = sorted(place for places in there.values() for place in places)
    pairs += (found := _same_span(one, other, left, right))
    left, right = _without(left, [each.one for each in found]), _without(right, [each.other for each in found])
    found = []
    for tag in sorted({one[place].tag for place in left} & {other[place].tag for place in right}):
        here = [place for place in left if one[place].tag == tag]
        found += _overlapping(one, other, here, [place for place in right if other[place].tag == tag], 3)
    pairs += found
    left, right = _without(left, [each.one for each in found]), _without(right, [each.other for each in found])
    return pairs + _overlapping(one, other, left, right, 4)


def _same_span(one: Sequence[Mark], other: Sequence[Mark], left: list[int], right: list[int]) -> list[Pair]:
    there: dict[Spans, list[int]] = {}
    for place in right:
        there.setdefault(other[place].spans, []).append(place)
    return [Pair(place, same.pop(0), 2) for place in left if (same := there.get(one[place].spans))]


def _overlapping(
    one: Sequence[Mark], other: Sequence[Mark], left: list[int], right: list[int], rule: int
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


def group(readings: Sequence[Sequence[Mark]]) -> list[Group]:
    """The marks of all readings, together what is about the same, in text order.

    More than two readings are paired two by two; the pairs are then joined, by rule and most shared code points first,
    as long as no reading comes into one group twice. Who the coders are, or in which order they stand, decides nothing.
    """
    if len(readings) == 1:
        return [(mark,) for mark in readings[0]]
    groups = _of_two(*readings) if len(readings) == 2 else _of_many(readings)
    return sorted(groups, key=_place)


def _of_two(one: Sequence[Mark], other: Sequence[Mark]) -> list[Group]:
    pairs = pair_two(one, other)
    groups: list[Group] = [(one[pair.one], other[pair.other]) for pair in pairs]
    lefts, rights = {pair.one for pair in pairs}, {pair.other for pair in pairs}
    groups += [(mark, None) for place, mark in enumerate(one) if place not in lefts]
    return groups + [(None, mark) for place, mark in enumerate(other) if place not in rights]


def _of_many(readings: Sequence[Sequence[Mark]]) -> list[Group]:
    together: dict[tuple[int, int], dict[int, int]] = {  # (reading, place) → its group: reading → place
        (number, place): {number: place} for number, marks in enumerate(readings) for place in range(len(marks))
    }
    edges = []
    for here, there in combinations(range(len(readings)), 2):
        for pair in pair_two(readings[here], readings[there]):
            one, other = readings[here][pair.one], readings[there][pair.other]
            shared = -shared_points(one.spans, other.spans)
            told = sorted([(one.spans, one.tag), (other.spans, other.tag)])
            edges.append((pair.rule, shared, told, (here, pair.one), (there, pair.other)))
    for *_, one_end, other_end in sorted(edges):
        first, second = together[one_end], together[other_end]
        if first is second or first.keys() & second.keys():
            continue
        first |= second
        for member in second.items():
            together[member] = first
    seen: set[int] = set()
    groups: list[Group] = []
    for members in together.values():
        if id(members) not in seen:
            seen.add(id(members))
            groups.append(tuple(readings[n][members[n]] if n in members else None for n in range(len(readings))))
    return groups


def _place(marks: Group) -> tuple[int, int, list[tuple[Spans, str]]]:
    """Where a group stands; its spans and tags settle a tie, so that the order says nothing of the coders."""
    told = sorted([(mark.spans, mark.tag) for mark in marks if mark is not None])
    return told[0][0][0][0], -max([spans[-1][1] for spans, _ in told]), told
