"""Percentile bootstrap intervals over documents, for many measures at once.

Documents are drawn with replacement, as many as there are; each measure is computed from the sum of their tallies; the
middle 95 of 100 values are the interval (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13). The same
seed draws the same documents. More than 200 documents are first dealt into 200 groups at random and groups are drawn:
the variance that is estimated is the same, and time grows with the documents, not with documents × draws
(random groups: Wolter 2007, Introduction to Variance Estimation, ch. 2).

All tallies of a document stand in one long integer, so that one addition adds them all.
"""

import random
import sys
from array import array
from collections.abc import Callable, Hashable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from .measure import Counts, Over, Sums
from .result import Interval, Undefined

DRAWS = 400  # the ends of the interval then vary by 3 to 4 % of its width
SEED = 20_220_110
LEVEL = 0.95
_GROUPS = 200
_WORK = 4_000_000  # cells of tallies that all draws together may look at
_FEWEST = 200  # draws, also where each is costly

Tallies = Sequence[Counts]  # of one measure and row, one for each group of documents
Formula = Callable[[Counts], float]


class _Row(NamedTuple):
    """Tallies that some formulas read: their keys, where they stand in a draw, what follows from the keys; and each
    formula with its values so far."""

    keys: Sequence[Hashable]
    low: int
    high: int
    plans: dict[object, object]
    asked: list[tuple[list[float], Formula]]


def intervals(
    tallies: Sequence[Tallies],
    columns: Sequence[Sequence[Hashable]],
    asked: Sequence[tuple[int, Formula]],
    over: Over,
    chance: random.Random,
    draws: int,
) -> list[Interval | None]:
    """The interval of each formula over the tallies at its place, whose keys are at that place of `columns`; None with
    fewer than two documents or groups, or where more than half of the draws leave it undefined."""
    groups = len(tallies[0]) if tallies else 0
    if groups < 2 or draws < 1:
        return [None] * len(asked)
    packed, size = _packed(tallies, columns)
    bounds = [0, *accumulate(map(len, columns))]
    draws = max(min(draws, _WORK // max(1, bounds[-1])), min(draws, _FEWEST))
    values: list[list[float]] = [[] for _ in asked]
    rows = [_Row(keys, low, high, {}, []) for keys, (low, high) in zip(columns, pairwise(bounds), strict=True)]
    for found, (place, formula) in zip(values, asked, strict=True):
        rows[place].asked.append((found, formula))
    rows = [row for row in rows if row.asked]
    width = bounds[-1] * array(size).itemsize
    for _ in range(draws):
        drawn = sum(chance.choices(packed, k=groups))
        sums = array(size, drawn.to_bytes(width, sys.byteorder))
        for keys, low, high, plans, formulas in rows:
            counts = Sums(zip(keys, sums[low:high], strict=True))
            counts.known, counts.plans = {}, plans
            for found, formula in formulas:
                try:
                    found.append(formula(counts))
                except Undefined:
                    continue
    return [_interval(found, draws, over) for found in values]


def groups(documents: int, chance: random.Random) -> list[int]:
    """The group of each document; each its own where there are few."""
    order = list(range(documents))
    if documents > _GROUPS:
        chance.shuffle(order)
    return [place % _GROUPS for place in order]


def _packed(tallies: Sequence[Tallies], columns: Sequence[Sequence[Hashable]]) -> tuple[list[int], str]:
    """The tallies of each group as one integer, and how long each number in it is, as array says it."""
    rows = []
    for group in range(len(tallies[0])):
        row = array("Q")
        for each, keys in zip(tallies, columns, strict=True):
            counts = each[group]
            row.extend([counts.get(key, 0) for key in keys])
        rows.append(row)
    largest = len(rows) * max([max(row, default=0) for row in rows])
    size = "I" if largest < 1 << 8 * array("I").itemsize else "Q"  # 32 bits, nearly always: they add up twice as fast
    return [int.from_bytes(array(size, row).tobytes(), sys.byteorder) for row in rows], size


def _interval(found: list[float], draws: int, over: Over) -> Interval | None:
    if 2 * len(found) < draws:
        return None
    found.sort()
    outside = (1 - LEVEL) / 2
    low, high = int(outside * len(found)), int((1 - outside) * len(found))
    return Interval(found[low], found[min(high, len(found) - 1)], LEVEL, draws, over)
