"""Krippendorff's alpha: agreement beyond chance for any number of coders, missing values, and values of four levels.

    α = 1 − D_o / D_e = 1 − (n − 1) Σ_ck o_ck δ²_ck / Σ_ck n_c n_k δ²_ck

o_ck: coincidences, each pair of values of one item counting 1/(m_i − 1), where m_i coders gave item i a value;
n_c = Σ_k o_ck; n = Σ_c n_c. The difference δ² depends on the level:

    nominal    0 if the same, else 1
    ordinal    (Σ_{g from c to k} n_g − (n_c + n_k)/2)²,   values in their order
    interval   (c − k)²
    ratio      ((c − k) / (c + k))²,   values not below 0

Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability; (2019) Content Analysis, 4th ed., ch. 12.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import accumulate, combinations
from typing import Any

from .measure import Counts, Level, Measure
from .result import Undefined
from .tables import count_items, profile, rows_of, shares, tally_item

Coincidences = Mapping[tuple[Any, Any], float]  # of different values, each unordered pair once, both orders together


def coincidences(counts: Counts) -> tuple[Coincidences, dict[Any, float]]:
    """The coincidences of different values, and how often each value occurs in items that have two."""
    differing: defaultdict[tuple[Any, Any], float] = defaultdict(float)
    totals: defaultdict[Any, float] = defaultdict(float)
    for values, number in rows_of(counts).items():
        given, coders, _ = profile(values)
        if not number or coders < 2:
            continue
        for value, count in given:
            totals[value] += number * count
        for (one, times), (other, more) in combinations(given, 2) if len(given) > 1 else ():
            pair = (one, other) if (other, one) not in differing else (other, one)
            differing[pair] += 2 * number * times * more / (coders - 1)
    return differing, totals


def alpha_nominal(counts: Counts) -> float:
    """Alpha for values that are the same or not. Raises Undefined if all are the same."""
    given, total, agreeing, _ = shares(counts)
    return _alpha(total - agreeing, total**2 - sum([number * number for number in given.values()]), total, len(given))


def alpha_interval(counts: Counts) -> float:
    """Alpha for numbers whose differences mean something. Raises Undefined if all are the same."""
    differing, totals = coincidences(counts)
    observed = sum(number * (one - other) ** 2 for (one, other), number in differing.items())
    n = sum(totals.values())
    centre = sum(value * total for value, total in totals.items()) / n if n else 0.0
    spread = sum(total * (value - centre) ** 2 for value, total in totals.items())
    return _alpha(observed, 2 * n * spread, n, len(totals))


def alpha_ordinal(counts: Counts) -> float:
    """Alpha for values in an order, as Python sorts them. Raises Undefined if all are the same."""
    differing, totals = coincidences(counts)
    order = sorted(totals)
    # The sum from c to k less half of both ends is the distance between the middles of c and k in the ranking.
    ends = accumulate(totals[value] for value in order)
    middles = {value: end - totals[value] / 2 for value, end in zip(order, ends, strict=True)}
    observed = sum(number * (middles[one] - middles[other]) ** 2 for (one, other), number in differing.items())
    n = sum(totals.values())
    centre = sum(totals[value] * middles[value] for value in order) / n if n else 0.0
    spread = sum(totals[value] * (middles[value] - centre) ** 2 for value in order)
    return _alpha(observed, 2 * n * spread, n, len(totals))


def alpha_ratio(counts: Counts) -> float:
    """Alpha for amounts, where 10 % more is as much everywhere. Raises Undefined below 0, or if all are the same."""
    differing, totals = coincidences(counts)
    if any(value < 0 for value in totals):
        raise Undefined("some values are below 0, where ratios mean nothing")
    observed = sum(number * ((one - other) / (one + other)) ** 2 for (one, other), number in differing.items())
    expected = sum(
        2 * many * more * ((one - other) / (one + other)) ** 2
        for (one, many), (other, more) in combinations(totals.items(), 2)
    )
    return _alpha(observed, expected, sum(totals.values()), len(totals))


ALPHAS: Mapping[Level, Callable[[Counts], float]] = {
    "nominal": alpha_nominal,
    "ordinal": alpha_ordinal,
    "interval": alpha_interval,
    "ratio": alpha_ratio,
}


def _alpha(observed: float, expected: float, n: float, different: int) -> float:
    """1 − (n − 1) Σ o δ² / Σ n_c n_k δ², both sums over ordered pairs of n values, so many of which differ."""
    if not different:
        raise Undefined("no item has values of two coders")
    if different == 1:
        raise Undefined("all values are the same, so that there is nothing to tell apart")
    return 1 - (n - 1) * observed / expected


def _measure(level: Level) -> Measure:
    return Measure(
        name=f"krippendorff_alpha_{level}",
        title=f"Krippendorff’s alpha, {level}",
        source="Krippendorff 2011; 2019, ch. 12",
        matching="same value" if level == "nominal" else f"distance of values, {level}",
        over="items",
        tally=tally_item,
        value=ALPHAS[level],
        count=count_items,
        rows="all",
    )


NOMINAL, ORDINAL, INTERVAL, RATIO = _measure("nominal"), _measure("ordinal"), _measure("interval"), _measure("ratio")
