"""The best alignment of the units of several coders: exact, by a solver for integer programs.

A unitary alignment takes at most one unit of each coder. Its disorder is the mean dissimilarity over all pairs of
coders, `delta` where one of the two has no unit in it. An alignment puts every unit into one unitary alignment; the
best one has the least disorder in sum. (Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41(3), ch. 4.)

A unitary alignment that costs no less than its units alone can be left out, and so units fall into groups of those that
can be together. Two coders are an assignment problem; more are a set packing
(packing.py). Of a group with more than 100,000 unitary alignments the most promising are looked at: the disorder is
then an upper limit, and `exact` is False.
"""

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from . import packing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_MOST = 100_000  # unitary alignments of a group
_BLOCK = 4_000_000  # dissimilarities in memory at once
_AT_ONCE = 20_000  # unitary alignments of all units: so few that it does not pay to form groups first


class Dissimilarity(NamedTuple):
    """alpha · positional + beta · categorical, both in units of delta, which is what no partner costs.

    Positional, sporadic: ((|s1 − s2| + |e1 − e2|) / (|u1| + |u2|))²; categorical: 0 for the same category, else 1.
    """

    alpha: float
    beta: float
    delta: float

    def between(self, first: Floats, second: Floats) -> Floats:
        """All of one against all of the other: rows of (start, end, category)."""
        away = np.abs(first[:, None, 0] - second[None, :, 0]) + np.abs(first[:, None, 1] - second[None, :, 1])
        long = (first[:, 1] - first[:, 0])[:, None] + (second[:, 1] - second[:, 0])[None, :]
        other = first[:, None, 2] != second[None, :, 2]
        return np.asarray((self.alpha * (away / long) ** 2 + self.beta * other) * self.delta)


class Alignment(NamedTuple):
    """Unitary alignments, one a row: the place of each coder's unit, −1 for none; and the sum of their disorders."""

    rows: Ints
    disorder: float
    exact: bool


def best_alignment(units: Sequence[Floats], dissimilarity: Dissimilarity) -> Alignment:
    """Align the units of two or more coders; each coder's are rows of (start, end, category), no unit empty."""
    if prod(len(each) + 1 for each in units) <= _AT_ONCE:
        groups = [[np.arange(len(each)) for each in units]]
    else:
        groups = list(_groups(units, dissimilarity))
    if len(units) == 2:
        solved = [_assigned(units, group, dissimilarity) for group in groups]
        return Alignment(np.concatenate([rows for rows, _ in solved]), sum(cost for _, cost in solved), exact=True)
    parts = [_candidates(units, group, dissimilarity) for group in groups]
    rows, gain = np.concatenate([part.rows for part in parts]), np.concatenate([part.gain for part in parts])
    chosen, exact = packing.heaviest(rows, gain)
    exact = exact and all(part.exact for part in parts)
    alone = sum(map(len, units)) * dissimilarity.delta
    return Alignment(_with_single_units(units, rows[chosen]), alone - float(gain[chosen].sum()), exact)


def _with_single_units(units: Sequence[Floats], rows: Ints) -> Ints:
    """The rows, and one for each unit that is in none of them."""
    parts = [rows]
    for coder, each in enumerate(units):
        single = np.setdiff1d(np.arange(len(each)), rows[:, coder])
        lines = np.full((len(single), len(units)), -1)
        lines[:, coder] = single
        parts.append(lines)
    return np.concatenate(parts)


def _groups(units: Sequence[Floats], dissimilarity: Dissimilarity) -> Iterator[list[Ints]]:
    """The units that hang together: for each group the places of each coder's units."""
    every = np.concatenate([np.full(len(each), coder) for coder, each in enumerate(units)])
    place = np.concatenate([np.arange(len(each)) for each in units])
    _, group = connected_components(_near(units, dissimilarity), directed=False)
    order = np.argsort(group, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        yield [place[members[every[members] == coder]] for coder in range(len(units))]


def _most_useful(coders: int, dissimilarity: Dissimilarity) -> float:
    """Units further apart are never together: to leave out one of k units saves its k − 1 dissimilarities and costs
    (k − 1) delta, and delta for each pair of coders of a unitary alignment of its own."""
    return (coders - 1 + coders * (coders - 1) / 2) * dissimilarity.delta


def _near(units: Sequence[Floats], dissimilarity: Dissimilarity) -> Any:
    """Which units of different coders can be together, as a sparse graph over all units."""
    starts = np.cumsum([0, *map(len, units)])
    limit = _most_useful(len(units), dissimilarity)
    edges: list[tuple[Ints, Ints]] = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
    for second in range(1, len(units)):
        for first in range(second):
            step = max(1, _BLOCK // max(1, len(units[second])))
            for at in range(0, len(units[first]), step):
                block = dissimilarity.between(units[first][at : at + step], units[second])
                i, j = np.nonzero(block < limit)
                edges.append((i + starts[first] + at, j + starts[second]))
    i, j = (np.concatenate(side) for side in zip(*edges, strict=True))
    return coo_array((np.ones(len(i), dtype=np.int8), (i, j)), shape=(starts[-1], starts[-1]))


def _assigned(units: Sequence[Floats], group: list[Ints], dissimilarity: Dissimilarity) -> tuple[Ints, float]:
    """Two coders: pairs are worth what they cost less than two units alone, and none is worth less than nothing."""
    first, second = group
    cost = dissimilarity.between(units[0][first], units[1][second])
    alone = 2 * dissimilarity.delta
    i, j = linear_sum_assignment(np.minimum(cost - alone, 0))
    kept = cost[i, j] < alone
    i, j = i[kept], j[kept]
    single = np.delete(first, i), np.delete(second, j)
    rows = [
        np.stack([first[i], second[j]], axis=1),
        np.stack([single[0], np.full(len(single[0]), -1)], axis=1),
        np.stack([np.full(len(single[1]), -1), single[1]], axis=1),
    ]
    disorder = cost[i, j].sum() + (len(single[0]) + len(single[1])) * dissimilarity.delta
    return np.concatenate(rows), float(disorder)


class _Candidates(NamedTuple):
    """Unitary alignments of several units, what each costs less than its units alone, and whether these are all."""

    rows: Ints
    gain: Floats
    exact: bool


def _candidates(units: Sequence[Floats], group: list[Ints], dissimilarity: Dissimilarity) -> _Candidates:
    """Those of one group, built coder by coder."""
    coders = len(units)
    pairs = coders * (coders - 1) / 2
    # The last line, where −1 leads, is that of no unit: it adds nothing.
    cross = {
        (a, b): np.pad(dissimilarity.between(units[a][group[a]], units[b][group[b]]), ((0, 1), (0, 0)))
        for b in range(coders)
        for a in range(b)
    }
    rows = np.full((1, coders), -1)
    inner = np.zeros(1)  # the dissimilarities between units of a row
    exact = True
    for coder in range(coders):
        parts = [(rows, inner)]
        for new in _with(rows, inner, coder, len(group[coder]), cross):
            useful = _useful(*new, coder, dissimilarity)
            parts.append((new[0][useful], new[1][useful]))
        rows, inner = np.concatenate([each for each, _ in parts]), np.concatenate([each for _, each in parts])
        if len(rows) > _MOST:
            rows, inner = _promising(rows, inner, dissimilarity)
            exact = False
    members = (rows >= 0).sum(axis=1)
    cost = (inner + (pairs - members * (members - 1) / 2) * dissimilarity.delta) / pairs
    gain = members * dissimilarity.delta - cost
    kept = (members > 1) & (gain > 0)
    padded = [np.append(each, -1) for each in group]
    real = np.stack([padded[coder][rows[kept, coder]] for coder in range(coders)], axis=1)
    return _Candidates(real, gain[kept], exact)


def _with(
    rows: Ints, inner: Floats, coder: int, size: int, cross: dict[tuple[int, int], Floats]
) -> Iterator[tuple[Ints, Floats]]:
    """All rows with each unit of one more coder, in blocks."""
    step = max(1, _BLOCK // max(1, size))
    for at in range(0, len(rows), step):
        block = rows[at : at + step]
        added = np.zeros((len(block), size))
        for earlier in range(coder):
            added += cross[earlier, coder][block[:, earlier]]
        longer = np.repeat(block, size, axis=0)
        longer[:, coder] = np.tile(np.arange(size), len(block))
        yield longer, (inner[at : at + step, None] + added).ravel()


def _useful(rows: Ints, inner: Floats, coder: int, dissimilarity: Dissimilarity) -> NDArray[np.bool_]:
    """Rows that, whatever is added later, may still cost less than their units alone; and the units alone."""
    coders = rows.shape[1]
    now = (rows >= 0).sum(axis=1)
    most = now + coders - 1 - coder
    limit = (most - 1) * coders * (coders - 1) / 2 + most * (most - 1) / 2
    return np.asarray((now == 1) | (inner < limit * dissimilarity.delta))


def _promising(rows: Ints, inner: Floats, dissimilarity: Dissimilarity) -> tuple[Ints, Floats]:
    """Half as many as may be kept: those that save most; single units always."""
    members = (rows >= 0).sum(axis=1)
    saved = members * (members - 1) / 2 * dissimilarity.delta - inner
    saved[members <= 1] = np.inf
    kept = np.sort(np.argsort(-saved, kind="stable")[: _MOST // 2])
    return rows[kept], inner[kept]
