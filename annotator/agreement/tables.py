"""A table of codings: how often each row of values, one for each coder in a fixed order, occurs. None is missing."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

from .measure import Choice, Counts, Tally, once, planned
from .result import Undefined

Values = tuple[Any, ...]


class Profile(NamedTuple):
    """What a row of values says, whoever gave which: each value with how many gave it."""

    given: tuple[tuple[Any, int], ...]
    coders: int  # who gave any
    same: int  # ordered pairs of coders who gave the same


@lru_cache(maxsize=10_000)
def profile(values: Values) -> Profile:
    """The profile of a row. The same rows are looked at again for each draw of a bootstrap."""
    there = Counter(value for value in values if value is not None)
    return Profile(tuple(there.items()), there.total(), sum(count * (count - 1) for count in there.values()))


def tally_item(item: Sequence[Any], choice: Choice) -> Tally:
    """An item is the sequence of the values that the coders gave it, in the order of the coders.

    Values that might be given, whether or not anybody did, are rows that occur 0 times.
    """
    return {None: {**{(value,) * len(item): 0 for value in choice.tags}, tuple(item): 1}}


def rows_of(counts: Counts) -> Mapping[Values, int]:
    """The table that the tallies of items, tokens or characters add up to."""
    return cast("Mapping[Values, int]", counts)


def count_items(counts: Counts) -> Mapping[str, int]:
    """How many items there are, and how many at least two coders gave a value."""
    table = rows_of(counts)
    pairable = sum(number for values, number in table.items() if profile(values).coders > 1)
    return {"items": sum(table.values()), "compared": pairable}


class Shares(NamedTuple):
    """Of the items that at least two coders gave a value: how often each value was given and how many values that are,
    how many of them agree with another (each weighs 1/(coders of the item − 1)); and of all items, how many there are
    by number of coders."""

    given: Mapping[Any, int]
    total: int
    agreeing: float
    by_coders: Mapping[int, int]


def shares(counts: Counts) -> Shares:
    """Whoever gave which value."""
    return once(_shares, counts)


def _shares(counts: Counts) -> Shares:
    totals: dict[Any, int] = {}
    by_coders: dict[int, int] = {}
    agreeing = 0.0
    for values, (given, coders, same) in planned(_profiles, counts):
        if number := counts[values]:
            by_coders[coders] = by_coders.get(coders, 0) + number
            if coders > 1:
                agreeing += number * same / (coders - 1)
                for value, count in given:
                    totals[value] = totals.get(value, 0) + number * count
    return Shares(totals, sum(totals.values()), agreeing, by_coders)


def _profiles(rows: Iterable[Values]) -> list[tuple[Values, Profile]]:
    return [(values, profile(values)) for values in rows]


class Contingency(NamedTuple):
    """Of two coders: how many items there are, on how many they agree, and how often each gave each value."""

    items: int
    agreeing: int
    first: Mapping[Hashable, int]
    second: Mapping[Hashable, int]


def two_coders(counts: Counts) -> Contingency:
    """Without items that one of the two left out. Raises Undefined for other than two coders, and without items."""
    return once(_two_coders, counts)


def _two_coders(counts: Counts) -> Contingency:
    items = agreeing = 0
    first: dict[Hashable, int] = {}
    second: dict[Hashable, int] = {}
    for values, number in rows_of(counts).items():
        if len(values) != 2:
            raise Undefined(f"it compares two coders, and here are {len(values)}")
        one, other = values
        if one is not None and other is not None:
            items += number
            first[one] = first.get(one, 0) + number
            second[other] = second.get(other, 0) + number
            if one == other:
                agreeing += number
    if not items:
        raise Undefined("no item has values of both coders")
    return Contingency(items, agreeing, first, second)


def corrected(observed: float, expected: float) -> float:
    """(observed − expected) / (1 − expected). Raises Undefined where chance leaves nothing to be right about."""
    if expected >= 1:
        raise Undefined("all values are the same, so that chance alone agrees fully")
    return (observed - expected) / (1 - expected)
