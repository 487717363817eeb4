"""Which lanes compared readings take around a line: the first above it, the others below, what is settled once."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QTextBlock

from ..article_view.lanes import LEAD, Plan, extent, lanes_height, share_out
from ..article_view.marks import Mark, inner_first
from ..article_view.scene import Scene

ABOVE, BELOW = 0, 1  # sides of a line
_AIR = 4  # between the lanes of one line and those of the next


def plan_compared(candidates: Sequence[Mark], start: int, end: int, sides: Mapping[int, int]) -> Plan:
    """Plans the line [start, end). A lane above it is a number below 0: -1 is the nearest to the letters."""
    reach = {}
    for mark in candidates:
        here = extent(mark, start, end)
        if here:
            reach[mark.key] = here
    marks = [mark for mark in candidates if mark.key in reach]
    lanes: dict[int, int] = {}
    rows: dict[int, list[list[tuple[int, int]]]] = {ABOVE: [], BELOW: []}
    for mark in sorted(marks, key=inner_first):
        first, last = reach[mark.key]
        taken = rows[sides.get(mark.key, BELOW)]
        free = (at for at, row in enumerate(taken) if all(right <= first or left >= last for left, right in row))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((first, last))
        lanes[mark.key] = lane if taken is rows[BELOW] else -lane - 1
    room = max(LEAD, lanes_height(len(rows[BELOW])) + _AIR)
    above = lanes_height(len(rows[ABOVE])) + _AIR if rows[ABOVE] else 0
    return Plan(marks, lanes, room, above)


class ComparedScene(Scene):
    """Lines with the lanes of compared readings; `sides` says for a mark's key where it stands, below if nothing."""

    sides: Mapping[int, int] = {}

    def _plan(self, marks: Sequence[Mark], start: int, end: int) -> Plan:
        return plan_compared(marks, start, end, self.sides)

    def lead(self, block: QTextBlock) -> float:
        plans = self._plans(block, 0, min(1, block.layout().lineCount()))
        return plans[0].above if plans else 0.0

    def rooms(self, block: QTextBlock, first: int, last: int) -> list[float]:
        plans = self._plans(block, first, min(last + 1, block.layout().lineCount()))
        following = [plan.above for plan in plans[1:]] + [0.0] * (last - first)
        return [plan.room + above for plan, above in zip(plans[: last - first], following, strict=False)]

    def _plans(self, block: QTextBlock, first: int, last: int) -> list[Plan]:
        starts = self._starts(block, first, last)
        end = starts.pop()
        if not starts:
            return []
        marks = self._query(starts[0], end)
        bounds = [*starts[1:], end]
        return [
            self._plan(here, start, stop)
            for here, start, stop in zip(share_out(marks, starts, end), starts, bounds, strict=True)
        ]
