"""Percentile bootstrap intervals over documents, for many measures at once.

Documents are drawn with replacement, as many as there are; each measure is computed from the sum of their tallies; the
middle 95 of 100 values are the interval (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13). The same
seed draws the same documents. More than 200 documents are first dealt into 200 groups at random and groups are drawn:
the variance that is estimated is the same, and time grows with the documents, not with documents × draws
(random groups: Wolter 2007, Introduction to Variance Estimation, ch. 2).

All tallies of a document stand in one long integer, 64 bits each, so that one addition adds them all.
"""

import random
import sys
from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import accumulate
from operator import itemgetter

from .measure import Counts, Over
from .result import Interval, Undefined

DRAWS = 400  # the ends of the interval then vary by 3 to 4 % of its width
SEED = 20_220_110
LEVEL = 0.95
_GROUPS = 200
_WORK = 4_000_000  # cells of tallies that all draws together may look at
_FEWEST = 200  # draws, also where each is costly

Tallies = Sequence[Counts]  # of one measure and row, one for each document
Formula = Callable[[Counts], float]


def intervals(
    tallies: Sequence[Tallies], asked: Sequence[tuple[int, Formula]], over: Over, draws: int = DRAWS, seed: int = SEED
) -> list[Interval | None]:
    """The interval of each formula over the tallies at its place; None with fewer than two documents, or where more
    than half of the draws leave it undefined."""
    documents = len(tallies[0]) if tallies else 0
    if documents < 2 or draws < 1:
        return [None] * len(asked)
    chance = random.Random(seed)
    columns = [list({key: None for counts in each for key in counts}) for each in tallies]
    packed = _packed(tallies, columns, _groups(documents, chance))
    bounds = [0, *accumulate(map(len, columns))]
    draws = max(min(draws, _WORK // max(1, bounds[-1])), min(draws, _FEWEST))
    values: list[list[float]] = [[] for _ in asked]
    width = bounds[-1] * 8
    places = range(len(packed))
    for _ in range(draws):
        drawn = sum(itemgetter(*chance.choices(places, k=len(packed)))(packed))
        sums = array("Q", drawn.to_bytes(width, sys.byteorder))
        read: dict[int, Mapping[Hashable, int]] = {}
        for found, (place, formula) in zip(values, asked, strict=True):
            if place not in read:
                read[place] = dict(zip(columns[place], sums[bounds[place] : bounds[place + 1]], strict=True))
            try:
                found.append(formula(read[place]))
            except Undefined:
                continue
    return [_interval(found, draws, over) for found in values]


def _groups(documents: int, chance: random.Random) -> list[int]:
    """The group of each document; each its own where there are few."""
    order = list(range(documents))
    if documents > _GROUPS:
        chance.shuffle(order)
    return [place % _GROUPS for place in order]


def _packed(tallies: Sequence[Tallies], columns: Sequence[Sequence[Hashable]], groups: Sequence[int]) -> list[int]:
    """The tallies of each group as one integer."""
    rows = [array("Q", bytes(8 * sum(map(len, columns)))) for _ in range(max(groups) + 1)]
    start = 0
    for each, keys in zip(tallies, columns, strict=True):
        place = {key: number for number, key in enumerate(keys, start)}
        for counts, group in zip(each, groups, strict=True):
            row = rows[group]
            for key, number in counts.items():
                row[place[key]] += number
        start += len(keys)
    return [int.from_bytes(row.tobytes(), sys.byteorder) for row in rows]


def _interval(found: list[float], draws: int, over: Over) -> Interval | None:
    if 2 * len(found) < draws:
        return None
    found.sort()
    outside = (1 - LEVEL) / 2
    low, high = int(outside * len(found)), int((1 - outside) * len(found))
    return Interval(found[low], found[min(high, len(found) - 1)], LEVEL, draws, over)
