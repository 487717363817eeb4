"""Cohen's kappa: agreement of two coders beyond chance, each with habits of their own.

    κ = (A_o − A_e) / (1 − A_e),   A_e = Σ_k p_1k p_2k

p_1k, p_2k: the share of items to which the first and the second coder gave the value k.
Source: Cohen (1960), Educational and Psychological Measurement 20(1), 37–46.
"""

from .measure import Counts, Measure
from .tables import corrected, count_items, tally_item, two_coders


def cohen_kappa(counts: Counts) -> float:
    """Kappa, at most 1. Raises Undefined for other than two coders, and if both gave one and the same value only."""
    table = two_coders(counts)
    expected = sum(number * table.second.get(value, 0) for value, number in table.first.items()) / table.items**2
    return corrected(table.agreeing / table.items, expected)


MEASURE = Measure(
    name="cohen_kappa",
    title="Cohen’s kappa",
    source="Cohen 1960",
    matching="same value",
    over="items",
    tally=tally_item,
    value=cohen_kappa,
    count=count_items,
    rows="all",
)
