"""Percent agreement: the share of pairs of values that are the same.

    A_o = Σ_items Σ_k n_ik (n_ik − 1) / (m_i − 1)  /  Σ_items m_i

n_ik: how many coders gave item i the value k; m_i: how many gave it any. Items with one value are left out. With two
coders this is the share of items on which they agree. Chance is not taken into account.
Source: Krippendorff (2004), Content Analysis, 2nd ed., ch. 11 (observed agreement with missing values).
"""

from .measure import Counts, Measure
from .result import Undefined
from .tables import count_items, shares, tally_item


def percent_agreement(counts: Counts) -> float:
    """The share, 0 to 1. Raises Undefined if no item has two values."""
    found = shares(counts)
    if not found.given:
        raise Undefined("no item has values of two coders")
    return found.agreeing / found.total


MEASURE = Measure(
    name="percent_agreement",
    title="Percent agreement",
    source="Krippendorff 2004, ch. 11",
    matching="same value",
    over="items",
    tally=tally_item,
    value=percent_agreement,
    count=count_items,
    rows="all",
)
