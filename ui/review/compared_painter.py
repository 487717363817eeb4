"""Draws compared readings around the lines in sight: lanes on either side, half a wash where the place at hand lies."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from ..article_view.ink import Ink
from ..article_view.lanes import lane_top
from ..article_view.line_picture import Bar, Run
from ..article_view.margin import MarginPicture, Word
from ..article_view.marks import Mark
from ..article_view.painter import Painter
from ..article_view.scene import SeenLine
from .compared_lanes import ABOVE
from .look import SETTLED

_TICK, _TICK_HEIGHT = 1.5, 5.0  # the upright strokes where a mark begins and ends
_GAP = 12  # from the letters to the first word of the margin
_SIGN = 16  # room for the letter that says whose it is
_NEAR = 4  # pixels beside a lane that a click may miss it by


def lane_y(line: SeenLine, lane: int) -> float:
    """Top of a lane in the viewport; numbers below 0 lie above the line."""
    return line.foot + 1 + lane_top(lane) if lane >= 0 else line.top - 4 - lane_top(-lane - 1)


class ComparedPainter(Painter):
    """`hot` are the keys of the marks of the place at hand; `sides` says where a mark stands."""

    def __init__(
        self, painter: QPainter, ink: Ink, hot: frozenset[int], sides: Mapping[int, int], moved: int | None = None
    ) -> None:
        super().__init__(painter, ink, None, moved)
        self._hot, self._sides_of = hot, sides

    def paint(self, lines: Iterable[SeenLine]) -> None:
        shown = list(lines)
        for line in shown:
            self._half_washes(line, [bar for bar in line.picture.bars if bar.mark.key in self._hot])
        for line in shown:
            for bar in line.picture.bars:
                if bar.lane is not None:
                    self._compared_lane(line, bar, bar.lane)
                if bar.mark.key == self._moved:
                    self._edges(line, bar)

    def _half_washes(self, line: SeenLine, bars: Sequence[Bar]) -> None:
        """The upper half of the line for the first reading, the lower half for the others; each place once, however
        many readings have it: washes upon each other would hide the words.
        """
        half = line.picture.height / 2
        found: dict[tuple[bool, str], list[Run]] = {}
        for bar in bars:
            above = self._sides_of.get(bar.mark.key) == ABOVE
            found.setdefault((above, bar.mark.tag), []).extend(run for stroke in bar.strokes for run in stroke.runs)
        for (above, tag), runs in found.items():
            tint = self._ink.colour(tag, self._ink.theme.hot)
            top = line.top + (0 if above else half)
            for left, right in merged(runs):
                self._painter.fillRect(QRectF(line.x + left, top, right - left, half), tint)

    def _compared_lane(self, line: SeenLine, bar: Bar, lane: int) -> None:
        ink, tag = self._ink, bar.mark.tag
        y = ink.snapped(lane_y(line, lane))
        tile, paint = ink.tile(tag), ink.colour(tag)
        high = tile.deviceIndependentSize().height()
        for stroke in bar.strokes:
            for left, right in stroke.runs:
                self._painter.drawTiledPixmap(QRectF(line.x + left, y, right - left, high), tile)
            if tag == SETTLED:
                continue
            top = y if lane < 0 else y - _TICK_HEIGHT + 3
            left, right = line.x + stroke.left, line.x + stroke.right - _TICK
            begin, end = (right, left) if line.picture.rtl else (left, right)
            ends = ((stroke.opens, begin), (stroke.closes, end))
            for shown, x in ends:
                if shown:
                    self._painter.fillRect(QRectF(ink.snapped(x), top, _TICK, _TICK_HEIGHT), paint)
        if len(bar.mark.spans) > 1:
            self._joined(line, bar, y + 1)

    def _joined(self, line: SeenLine, bar: Bar, y: float) -> None:
        """Dots from piece to piece of one mark."""
        pen = QPen(self._ink.colour(bar.mark.tag), 1.2)
        pen.setDashPattern([1.2, 2.4])
        self._painter.setPen(pen)
        strokes = sorted(bar.strokes, key=lambda stroke: stroke.left)
        for one, other in pairwise(strokes):
            self._painter.drawLine(QPointF(line.x + one.right, y), QPointF(line.x + other.left, y))


def merged(runs: Iterable[Run]) -> list[Run]:
    """The same stretches from left to right, each point of them once."""
    found: list[Run] = []
    for left, right in sorted(runs):
        if found and left <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def compared_margin(
    lines: Sequence[SeenLine], ink: Ink, sides: Mapping[int, int], whose: Mapping[int, str], *, rtl: bool
) -> MarginPicture:
    """The word of each statement where it begins, and the letter of whose it is: upper row above, lower row below."""
    words: list[Word] = []
    step = ink.margin_step
    busy: list[float] = []
    for line in lines:
        if line.picture.rtl != rtl:
            continue
        begun = [bar for bar in line.picture.bars if ink.statement(bar.mark) and bar.begins]
        middle = (line.top + line.foot) / 2
        for bar in sorted(begun, key=lambda bar: sides.get(bar.mark.key, 1)):
            y = middle - step if sides.get(bar.mark.key) == ABOVE else middle + 1
            while any(abs(y - other) < step - 1 for other in busy):
                y += 1
            busy.append(y)
            words.append(Word(bar.mark, ink.word(bar.mark), _GAP + _SIGN, y))
            words.append(Word(None, whose.get(bar.mark.key, ""), _GAP, y))
    return MarginPicture([], words)


def mark_near(line: SeenLine, x: float, y: float) -> Mark | None:
    """The mark whose lane lies at a point beside a line."""
    found: list[tuple[float, Mark]] = []
    for bar in line.picture.bars:
        away = abs(y - lane_y(line, bar.lane or 0) - 1)
        inside = any(line.x + stroke.left - 1 <= x <= line.x + stroke.right + 1 for stroke in bar.strokes)
        if inside and away <= _NEAR:
            found.append((away, bar.mark))
    return min(found, key=lambda each: each[0])[1] if found else None
