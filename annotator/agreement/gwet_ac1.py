"""Gwet's AC1: agreement beyond chance that stays steady where one value is much more frequent than the others.

    AC1 = (p_a − p_e) / (1 − p_e),   p_e = 1/(q − 1) Σ_k π_k (1 − π_k)

p_a: mean share of agreeing pairs, over items with at least two values; π_k: mean over items of the share of coders
who gave k; q: the number of values that may be given (values of rows that occur 0 times count as well).
Source: Gwet (2008), British Journal of Mathematical and Statistical Psychology 61(1), 29–48; with missing values:
Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.
"""

from collections.abc import Hashable

from .measure import Counts, Measure
from .result import Undefined
from .tables import corrected, count_items, profile, rows_of, tally_item


def gwet_ac1(counts: Counts) -> float:
    """AC1, at most 1. Raises Undefined if no item has two values, or if there is but one value to give."""
    given: dict[Hashable, float] = {}
    agreeing = 0.0
    compared = 0
    items = 0
    for values, number in rows_of(counts).items():
        there, coders, same = profile(values)
        for value, count in there:
            given[value] = given.get(value, 0.0) + number * count / coders
        items += number if coders else 0
        if coders > 1:
            agreeing += number * same / (coders * (coders - 1))
            compared += number
    if not compared:
        raise Undefined("no item has values of two coders")
    if len(given) < 2:
        raise Undefined("there is only one value to give")
    mean = [share / items for share in given.values()]
    expected = sum(share * (1 - share) for share in mean) / (len(given) - 1)
    return corrected(agreeing / compared, expected)


MEASURE = Measure(
    name="gwet_ac1",
    title="Gwet’s AC1",
    source="Gwet 2008",
    matching="same value",
    over="items",
    tally=tally_item,
    value=gwet_ac1,
    count=count_items,
    rows="all",
)
