"""Scott's pi: agreement of two coders beyond chance, where chance has the habits of both together.

    π = (A_o − A_e) / (1 − A_e),   A_e = Σ_k ((p_1k + p_2k) / 2)²

p_1k, p_2k: the share of items to which the first and the second coder gave the value k.
Source: Scott (1955), Public Opinion Quarterly 19(3), 321–325.
"""

from .measure import Counts, Measure
from .tables import corrected, count_items, tally_item, two_coders


def scott_pi(counts: Counts) -> float:
    """Pi, at most 1. Raises Undefined for other than two coders, and if both gave one and the same value only."""
    table = two_coders(counts)
    values = {*table.first, *table.second}
    squares = sum((table.first.get(value, 0) + table.second.get(value, 0)) ** 2 for value in values)
    return corrected(table.agreeing / table.items, squares / (2 * table.items) ** 2)


MEASURE = Measure(
    name="scott_pi",
    title="Scott’s pi",
    source="Scott 1955",
    matching="same value",
    over="items",
    tally=tally_item,
    value=scott_pi,
    count=count_items,
    rows="all",
)
