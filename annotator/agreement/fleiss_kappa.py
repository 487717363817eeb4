"""Fleiss' kappa: Scott's pi for any fixed number of coders.

    κ = (P − P_e) / (1 − P_e),   P = 1/N Σ_i Σ_k n_ik (n_ik − 1) / (m (m − 1)),   P_e = Σ_k p_k²

n_ik: how many of the m coders gave item i the value k; p_k: the share of k among all values.
Source: Fleiss (1971), Psychological Bulletin 76(5), 378–382.
"""

from .measure import Counts, Measure
from .result import Undefined
from .tables import corrected, count_items, shares, tally_item


def fleiss_kappa(counts: Counts) -> float:
    """Kappa, at most 1. Raises Undefined if coders left out items, or if only one value was given."""
    found = shares(counts)
    if len(found.by_coders) > 1:
        raise Undefined("it needs the same number of values for each item, and some coders left out items")
    if not found.given:
        raise Undefined("no item has values of two coders")
    expected = sum([number**2 for number in found.given.values()]) / found.total**2
    return corrected(found.agreeing / found.total, expected)


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
