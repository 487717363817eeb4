"""Which marks of several readings are about the same: two are paired by the model's rules, more by the same rules."""

from collections.abc import Sequence
from itertools import combinations, groupby

from annotator.model.matching import shared_points
from annotator.model.pairing import pair_two
from annotator.model.span import Spans
from annotator.review.readings import Mark

Group = tuple[Mark | None, ...]  # one place for each reading
Member = tuple[int, int]  # a reading, and the place of a mark in it
Ends = tuple[Member, Member]


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
    together: dict[Member, dict[int, int]] = {  # (reading, place) → its group: reading → place
        (number, place): {number: place} for number, marks in enumerate(readings) for place in range(len(marks))
    }
    edges: list[tuple[int, int, list[tuple[Spans, str]], Member, Member]] = []
    for here, there in combinations(range(len(readings)), 2):
        for pair in pair_two(readings[here], readings[there]):
            one, other = readings[here][pair.one], readings[there][pair.other]
            shared = -shared_points(one.spans, other.spans)
            told = sorted([(one.spans, one.tag), (other.spans, other.tag)])
            edges.append((pair.rule, shared, told, (here, pair.one), (there, pair.other)))
    for _, tied in groupby(sorted(edges), key=lambda edge: edge[:3]):
        _join_tied([edge[3:] for edge in tied], together, readings)
    seen: set[int] = set()
    groups: list[Group] = []
    for members in together.values():
        if id(members) not in seen:
            seen.add(id(members))
            groups.append(tuple(readings[n][members[n]] if n in members else None for n in range(len(readings))))
    return groups


def _join_tied(tied: list[Ends], together: dict[Member, dict[int, int]], readings: Sequence[Sequence[Mark]]) -> None:
    """Join by pairs of the very same spans and tags, the largest group first: who stands first must not decide it."""

    def told(ends: Ends) -> tuple[int, list[tuple[Spans, str]]]:
        members = [*together[ends[0]].items(), *together[ends[1]].items()]
        marks = [readings[number][place] for number, place in members]
        return -len(members), sorted((mark.spans, mark.tag) for mark in marks)

    while tied := [ends for ends in tied if not together[ends[0]].keys() & together[ends[1]].keys()]:
        first, second = (together[end] for end in min(tied, key=told))
        first |= second
        for member in second.items():
            together[member] = first


def _place(marks: Group) -> tuple[int, int, list[tuple[Spans, str]]]:
    """Where a group stands; its spans and tags settle a tie, so that the order says nothing of the coders."""
    told = [(mark.spans, mark.tag) for mark in marks if mark is not None]
    if len(told) == 1 or (len(told) == 2 and told[0] == told[1]):  # as most are
        spans = told[0][0]
        return spans[0][0], -spans[-1][1], told
    told.sort()
    return told[0][0][0][0], -max([spans[-1][1] for spans, _ in told]), told
