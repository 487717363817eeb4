"""Which span of one reading belongs to which of another: one to one, most pairs first, then most shared code points.

The assignment is that of Kuhn and Munkres (the Hungarian method) with potentials, solved apart for each group of spans
that hang together. The outcome does not depend on which of the two readings comes first.
"""

from collections.abc import Callable, Sequence
from heapq import heapify, heappop

from annotator.model.span import Spans

Pair = tuple[int, int]

_OPEN = 200  # spans that a span is held against, those that began last; more over one place are damage
_EXACT = 2_000_000  # steps of the exact assignment for one group; beyond it the heaviest pairs are taken first


def shared_points(one: Spans, other: Spans) -> int:
    """How many code points lie in both; pieces are sorted and disjoint."""
    if len(one) == len(other) == 1:
        return max(0, min(one[0][1], other[0][1]) - max(one[0][0], other[0][0]))
    count = left = right = 0
    while left < len(one) and right < len(other):
        count += max(0, min(one[left][1], other[right][1]) - max(one[left][0], other[right][0]))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return count


def pair_overlapping(
    one: Sequence[Spans], other: Sequence[Spans], fits: Callable[[int, int], bool] | None = None
) -> list[Pair]:
    """One-to-one pairs (place in `one`, place in `other`) of spans that share a code point, sorted.

    As many pairs as can be, among those the most shared code points together. `fits(i, j)` says which may be paired at
    all (None: any). Where several answers are equally good, the one is taken that the spans alone decide.
    """
    weights = _weights(one, other, fits)
    pairs: list[Pair] = []
    for group in _groups(weights):
        pairs += _assigned(group, weights, one, other)
    return sorted(pairs)


def _weights(one: Sequence[Spans], other: Sequence[Spans], fits: Callable[[int, int], bool] | None) -> dict[Pair, int]:
    """Shared code points of each two spans that overlap and fit, by a sweep through the text."""
    events = [(spans[0][0], 0, place) for place, spans in enumerate(one)]
    events += [(spans[0][0], 1, place) for place, spans in enumerate(other)]
    sides = (one, other)
    active: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])  # (end, place) of spans not yet over
    found: dict[Pair, int] = {}
    for start, side, place in sorted(events):
        across = active[1 - side]
        if across and min(across)[0] <= start:
            across[:] = [each for each in across if each[0] > start]
        for _, partner in across[-_OPEN:]:
            pair = (place, partner) if side == 0 else (partner, place)
            if fits is None or fits(*pair):
                weight = shared_points(sides[side][place], sides[1 - side][partner])
                if weight:
                    found[pair] = weight
        active[side].append((sides[side][place][-1][1], place))
    return found


def _groups(weights: dict[Pair, int]) -> list[list[Pair]]:
    """The pairs that compete with each other, directly or through others."""
    root: dict[tuple[int, int], tuple[int, int]] = {}

    def find(node: tuple[int, int]) -> tuple[int, int]:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for left, right in weights:
        root[find((0, left))] = find((1, right))
    groups: dict[tuple[int, int], list[Pair]] = {}
    for pair in weights:
        groups.setdefault(find((0, pair[0])), []).append(pair)
    return list(groups.values())


def _assigned(group: list[Pair], weights: dict[Pair, int], one: Sequence[Spans], other: Sequence[Spans]) -> list[Pair]:
    if len(group) == 1:
        return group
    lefts = sorted({left for left, _ in group}, key=lambda place: (one[place], place))
    rights = sorted({right for _, right in group}, key=lambda place: (other[place], place))
    # The same spans are always taken in the same order, whichever reading they are of: so ties fall alike.
    order = len(lefts), [one[place] for place in lefts], [other[place] for place in rights]
    turned = order > (len(rights), [other[place] for place in rights], [one[place] for place in lefts])
    rows, columns = (rights, lefts) if turned else (lefts, rights)

    def weight(row: int, column: int) -> int:
        pair = (columns[column], rows[row]) if turned else (rows[row], columns[column])
        return weights.get(pair, 0)

    if len(rows) * len(rows) * len(columns) <= _EXACT:
        places = _hungarian(len(rows), len(columns), weight)
    else:
        row_of, column_of = ({place: number for number, place in enumerate(side)} for side in (rows, columns))
        edges = [
            (row_of[right], column_of[left]) if turned else (row_of[left], column_of[right]) for left, right in group
        ]
        places = _heaviest_first(edges, weight)
    return [(columns[c], rows[r]) if turned else (rows[r], columns[c]) for r, c in places if weight(r, c)]


def _hungarian(rows: int, columns: int, weight: Callable[[int, int], int]) -> list[Pair]:
    """The best assignment of each row to a column; there are at most as many rows as columns.

    A pair counts more than all code points together, so that more pairs always win; no pair costs nothing.
    """
    table = [[weight(row, column) for column in range(columns)] for row in range(rows)]
    pair = 1 + sum(max(line) for line in table)
    costs = [[-(pair + each) if each else 0 for each in line] for line in table]
    row_potential, column_potential = [0] * rows, [0] * (columns + 1)
    taken = [-1] * (columns + 1)  # column → its row; the last column is where a new row begins
    for row in range(rows):
        taken[columns], at = row, columns
        least: list[int | None] = [None] * (columns + 1)
        came_from, seen = [columns] * (columns + 1), [False] * (columns + 1)
        while taken[at] != -1:
            seen[at] = True
            current, delta, following = taken[at], None, columns
            for column in range(columns):
                if seen[column]:
                    continue
                reduced = costs[current][column] - row_potential[current] - column_potential[column]
                known = least[column]
                if known is None or reduced < known:
                    least[column], came_from[column], known = reduced, at, reduced
                if delta is None or known < delta:
                    delta, following = known, column
            assert delta is not None
            for column in range(columns + 1):
                if seen[column]:
                    row_potential[taken[column]] += delta
                    column_potential[column] -= delta
                elif (known := least[column]) is not None:
                    least[column] = known - delta
            at = following
        while at != columns:
            taken[at] = taken[came_from[at]]
            at = came_from[at]
    return [(taken[column], column) for column in range(columns) if taken[column] != -1]


def _heaviest_first(edges: list[Pair], weight: Callable[[int, int], int]) -> list[Pair]:
    """For a group too large for the exact assignment: the pair with most shared code points, then the next."""
    waiting = [(-weight(row, column), row, column) for row, column in edges]
    heapify(waiting)
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    while waiting:
        _, row, column = heappop(waiting)
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((row, column))
    return pairs
