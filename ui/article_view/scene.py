"""The lines in sight and what is drawn around them, measured once and kept until something changes."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextLayout

from .ink import Ink
from .lanes import Plan, plan_line, share_out
from .line_picture import LineMeasure, LinePicture, add_proposals, line_picture
from .marks import Mark
from .offsets import OffsetMap, has_right_to_left

_KEPT = 1000  # pictures of one block, and blocks; beyond that all are thrown away and those in sight measured again


class SeenLine(NamedTuple):
    """A line in sight; `x` and `y` are where its block's coordinates begin in the viewport."""

    picture: LinePicture
    x: float
    y: float

    @property
    def top(self) -> float:
        """Top of the line in the viewport."""
        return self.y + self.picture.y

    @property
    def foot(self) -> float:
        """Foot of the line in the viewport: there lane 0 begins."""
        return self.y + self.picture.y + self.picture.height


class Scene:
    """Pictures of lines by block and line number. It knows no widget: the caller says which blocks are in sight.

    `query` gives the marks that touch a stretch of text, `proposed` what is proposed there, which takes no lane and
    no room.
    """

    def __init__(
        self,
        offsets: OffsetMap,
        ink: Ink,
        query: Callable[[int, int], list[Mark]],
        proposed: Callable[[int, int], list[Mark]] | None = None,
    ) -> None:
        self.offsets, self.ink, self._query, self._proposed = offsets, ink, query, proposed
        self._pictures: dict[int, dict[int, LinePicture]] = {}  # block number -> line number -> picture

    def clear(self) -> None:
        """Forgets all pictures."""
        self._pictures.clear()

    def forget(self, block: int) -> None:
        """Marks of a block have changed."""
        self._pictures.pop(block, None)

    def rooms(self, block: QTextBlock, first: int, last: int) -> list[float]:
        """The room under each of the lines first … last - 1 of a block."""
        starts = self._starts(block, first, last)
        end = starts.pop()
        marks = self._query(starts[0], end) if starts else []
        if not marks:
            return [self.ink.rules.room(0, False)] * len(starts)
        bounds = [*starts[1:], end]
        return [
            self._plan(here, start, stop).room if here else self.ink.rules.room(0, False)
            for here, start, stop in zip(share_out(marks, starts, end), starts, bounds, strict=True)
        ]

    def lead(self, block: QTextBlock) -> float:  # noqa: ARG002 - what is drawn over lines asks for it
        """The room above the first line of a block."""
        return 0.0

    def _plan(self, marks: Sequence[Mark], start: int, end: int) -> Plan:
        """Which marks stand where around the line [start, end)."""
        return plan_line(marks, start, end, self.ink.rules)

    def lines(self, block: QTextBlock, origin: QPointF, top: float, bottom: float) -> Iterator[SeenLine]:
        """The lines of a placed block between two heights of the viewport; `origin` is the block's own place."""
        layout = block.layout()
        first = self._line_below(layout, top - origin.y())
        last = self._line_below(layout, bottom - origin.y(), first)
        last = min(layout.lineCount(), last + 1)
        if last <= first:
            return
        pictures = self._measure(block, first, last)
        for at in range(first, last):
            yield SeenLine(pictures[at], origin.x(), origin.y())

    def line(self, block: QTextBlock, at: int, origin: QPointF) -> SeenLine:
        """One line of a placed block, in sight or not."""
        return SeenLine(self._measure(block, at, at + 1)[at], origin.x(), origin.y())

    def _starts(self, block: QTextBlock, first: int, last: int) -> list[int]:
        """Where the lines begin in the stored text, and where the last of them ends."""
        layout, position, to_place = block.layout(), block.position(), self.offsets.to_place
        found = [to_place(position + layout.lineAt(at).textStart()) for at in range(first, last)]
        after = position + block.length() - 1
        if last < layout.lineCount():
            after = position + layout.lineAt(last).textStart()
        found.append(to_place(after))
        return found

    @staticmethod
    def _line_below(layout: QTextLayout, y: float, low: int = 0) -> int:
        """The first line whose foot, its room included, may lie below `y`."""
        high = layout.lineCount()
        while low < high:
            middle = (low + high) // 2
            following = middle + 1
            foot = layout.lineAt(following).y() if following < layout.lineCount() else float("inf")
            if foot <= y:
                low = following
            else:
                high = middle
        return low

    def _measure(self, block: QTextBlock, first: int, last: int) -> dict[int, LinePicture]:
        if len(self._pictures) > _KEPT:
            self._pictures.clear()
        pictures = self._pictures.setdefault(block.blockNumber(), {})
        if len(pictures) > _KEPT:
            pictures.clear()
        missing = [at for at in range(first, last) if at not in pictures]
        if not missing:
            return pictures
        first, last = missing[0], missing[-1] + 1
        starts = self._starts(block, first, last)
        end = starts.pop()
        layout, position, text = block.layout(), block.position(), self.offsets.stored
        mixed = self.offsets.right_to_left and has_right_to_left(block.text())
        rtl = mixed and block.textDirection() == Qt.LayoutDirection.RightToLeft
        shared = share_out(self._query(starts[0], end), starts, end)
        proposed = self._proposed(starts[0], end) if self._proposed else []
        offered = share_out(proposed, starts, end) if proposed else [[]] * len(starts)
        bounds = [*starts[1:], end]
        for at, start, stop, marks, more in zip(range(first, last), starts, bounds, shared, offered, strict=True):
            line = layout.lineAt(at)
            measure = LineMeasure(line, position, self.offsets, mixed=mixed)
            pictures[at] = line_picture(
                line, start, stop, marks, self._plan(marks, start, stop), self.ink, measure, text=text, rtl=rtl
            )
            if more:
                add_proposals(pictures[at], start, stop, more, self.ink, measure)
        return pictures
