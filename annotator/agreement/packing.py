"""The heaviest packing: of many sets, each with a gain, those that share no member and gain most.

Sets that hang together fall into groups. A group of up to 16 members is solved by dynamic programming over the members
still free; the rest by HiGHS as an integer program, which is cut off after 2,000 nodes of its search.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_SMALL = 16  # members of a group
_NODES = 2_000


def heaviest(rows: Ints, gain: Floats) -> tuple[Ints, bool]:
    """The places of the chosen rows, and whether no packing gains more.

    A row is a set: column by column the number of a member, of which −1 is none; members of different columns differ.
    All gains are above 0.
    """
    if not len(rows):
        return np.zeros(0, dtype=np.int64), True
    matrix = _membership(rows)
    sets, members = matrix.shape
    links = coo_array(matrix)
    _, group = connected_components(
        coo_array((links.data, (links.row, links.col + sets)), shape=(sets + members,) * 2), directed=False
    )
    sizes = np.bincount(group[sets:], minlength=group.max() + 1)
    small = sizes[group[:sets]] <= _SMALL
    chosen, exact = _by_integer_program(matrix, gain, np.flatnonzero(~small))
    order = np.flatnonzero(small)[np.argsort(group[:sets][small], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    return np.concatenate([chosen, *(_by_dynamic_programming(matrix, gain, places) for places in groups)]), exact


def _membership(rows: Ints) -> csr_array:
    """Sets × members, 1 where a member is in a set."""
    starts = np.cumsum([0, *(rows.max(axis=0) + 1)])
    place, column = np.nonzero(rows >= 0)
    member = rows[place, column] + starts[column]
    return coo_array((np.ones(len(place)), (place, member)), shape=(len(rows), starts[-1])).tocsr()


def _by_dynamic_programming(matrix: csr_array, gain: Floats, places: Ints) -> Ints:
    if len(places) < 2:
        return places
    number: dict[int, int] = {}
    first: dict[int, list[tuple[int, float, int]]] = {}
    for place in places.tolist():
        inside = matrix.indices[matrix.indptr[place] : matrix.indptr[place + 1]].tolist()
        mask = sum(1 << number.setdefault(member, len(number)) for member in inside)
        first.setdefault(mask & -mask, []).append((mask, float(gain[place]), place))

    @cache
    def best(free: int) -> tuple[float, tuple[int, ...]]:
        if not free:
            return 0.0, ()
        lowest = free & -free
        found = best(free & ~lowest)  # in no set
        for mask, worth, place in first.get(lowest, ()):
            if mask & free == mask:
                rest, others = best(free & ~mask)
                if worth + rest > found[0]:
                    found = worth + rest, (*others, place)
        return found

    return np.array(best((1 << len(number)) - 1)[1], dtype=np.int64)


def _by_integer_program(matrix: csr_array, gain: Floats, places: Ints) -> tuple[Ints, bool]:
    if not len(places):
        return places, True
    found = milp(
        -gain[places],
        constraints=LinearConstraint(matrix[places].T, 0, 1),
        integrality=np.ones(len(places)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "node_limit": _NODES},
    )
    if found.x is None:  # cut off before it found anything
        return places[:0], False
    return places[found.x > 0.5], found.status == 0
