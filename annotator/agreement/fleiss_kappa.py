"""Fleiss' kappa: Scott's pi for any fixed number of coders.

    κ = (P − P_e) / (1 − P_e),   P = 1/N Σ_i Σ_k n_ik (n_ik − 1) / (m (m − 1)),   P_e = Σ_k p_k²

n_ik: how many of the m coders gave item i the value k; p_k: the share of k among all values.
Source: Fleiss (1971), Psychological Bulletin 76(5), 378–382.
"""

from collections import defaultdict
from collections.abc import Hashable

from .measure import Counts, Measure
from .result import Undefined
from .tables import corrected, count_items, profile, rows_of, tally_item


def fleiss_kappa(counts: Counts) -> float:
    """Kappa, at most 1. Raises Undefined if coders left out items, or if only one value was given."""
    shares: defaultdict[Hashable, int] = defaultdict(int)
    agreeing = 0
    items = 0
    coders = 0
    for values, number in rows_of(counts).items():
        if not number:
            continue
        given, there, same = profile(values)
        coders = coders or there
        if there != coders:
            raise Undefined("it needs the same number of values for each item, and some coders left out items")
        agreeing += number * same
        items += number
        for value, count in given:
            shares[value] += number * count
    if coders < 2 or not items:
        raise Undefined("no item has values of two coders")
    observed = agreeing / (items * coders * (coders - 1))
    expected = sum(share**2 for share in shares.values()) / (items * coders) ** 2
    return corrected(observed, expected)


MEASURE = Measure(
    name="fleiss_kappa",
    title="Fleiss’ kappa",
    source="Fleiss 1971",
    matching="same value",
    over="items",
    tally=tally_item,
    value=fleiss_kappa,
    count=count_items,
    rows="all",
)
