"""Draws what lies around the lines in sight: washes, bars, lanes, rows of words, the caret."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.model.span import Span

from ..theme import colour
from .ink import Ink
from .lanes import lane_top, lanes_height
from .line_picture import Bar, Run, Stroke
from .marks import Mark
from .scene import SeenLine

_BACK = 0.55  # opacity of a mark that stands back: its pattern can still be told from others
_OPENER = 1.5  # thickness of a statement's opening bar
_FOOT = 5.0  # length of the foot under its last letter
_TAIL = 14.0  # length of the dots that lead to a piece on another line
_SIGN = 7.0  # room for the "?"


class Painter:
    """Paints seen lines with one ink; `current` is the mark that is hot, `moved` the one whose edges are being set.

    With `described`, marks that lie outside of this stretch of the text stand back.
    """

    def __init__(
        self, painter: QPainter, ink: Ink, current: int | None, moved: int | None = None, described: Span | None = None
    ) -> None:
        self._painter, self._ink, self._current, self._moved = painter, ink, current, moved
        self._described = described

    def _stand(self, mark: Mark) -> None:
        """What is painted next belongs to this mark."""
        if self._described is not None:
            near = mark.key == self._current or mark.covers_part_of(self._described)
            self._painter.setOpacity(1.0 if near else _BACK)

    def paint(self, lines: Iterable[SeenLine]) -> None:
        """All that lies under the letters of these lines."""
        for line in lines:
            if not line.picture.bars:
                continue
            self._washes(line)
            for bar in line.picture.bars:
                if bar.statement:
                    self._statement(line, bar)
            for bar in sorted(line.picture.bars, key=lambda bar: -1 if bar.lane is None else -bar.lane):
                if bar.lane is not None:
                    self._lane(line, bar, lane_top(bar.lane))
                elif bar.mark.key == self._current or bar.mark.pending:
                    self._lane(line, bar, 0, beside=_nearest_runs(line))
            for bar in line.picture.bars:
                if bar.mark.key == self._moved:
                    self._edges(line, bar)
            if line.picture.words:
                self._words(line)
        self._painter.setOpacity(1.0)

    def _fill(self, line: SeenLine, runs: list[Run], paint: QColor) -> None:
        for left, right in runs:
            height = line.picture.height - 1
            self._painter.fillRect(QRectF(line.x + left, line.top + 1, right - left, height), paint)

    def _washes(self, line: SeenLine) -> None:
        """The innermost statement's colour; where the current mark lies, its own and no other."""
        ink = self._ink
        for runs, inner in line.picture.washes:
            hot = next((mark for mark in inner if mark.key == self._current), None)
            self._stand(hot or inner[0])
            if hot:
                self._fill(line, runs, ink.colour(hot.tag, ink.theme.hot))
            else:
                self._fill(line, runs, ink.colour(inner[0].tag, ink.theme.wash))
        for bar in line.picture.bars:
            if bar.mark.key == self._current and (not bar.statement or bar.mark.pending):
                self._stand(bar.mark)
                for stroke in bar.strokes:
                    self._fill(line, stroke.runs, colour(ink.theme.page))
                    self._fill(line, stroke.runs, ink.colour(bar.mark.tag, ink.theme.hot))

    def _statement(self, line: SeenLine, bar: Bar) -> None:
        """An opening bar in the blank before each piece, and a foot under its last letter."""
        ink, rtl = self._ink, line.picture.rtl
        if bar.mark.pending:
            return
        self._stand(bar.mark)
        paint = ink.colour(bar.mark.tag)
        hot = bar.mark.key == self._current
        for stroke in bar.strokes:
            if stroke.opens:
                edge = line.x + (stroke.right if rtl else stroke.left - 3)
                pale = ink.colour(bar.mark.tag, ink.theme.hot if hot else ink.theme.wash)
                height = line.picture.height - 1
                self._painter.fillRect(QRectF(edge, line.top + 1, 3, height), pale)
                edge = ink.snapped(edge + (3 - _OPENER if rtl else 0))
                self._painter.fillRect(QRectF(edge, line.top + 1, _OPENER, height), paint)
            if stroke.closes:
                edge = line.x + (stroke.left if rtl else stroke.right - _FOOT)
                self._painter.fillRect(QRectF(edge, line.foot - 0.5, _FOOT, _OPENER), paint)

    def _lane(self, line: SeenLine, bar: Bar, under: float, beside: Sequence[Run] = ()) -> None:
        """The mark's pattern under its pieces, and dots from piece to piece; none over the runs it stands beside."""
        ink, mark = self._ink, bar.mark
        self._stand(mark)
        y = ink.snapped(line.foot + under)
        tile = ink.tile(mark.tag)
        sign = self._sign_at(line, bar) if mark.unsure else None
        for stroke in bar.strokes:
            for left, right in stroke.runs:
                left, right = line.x + left, line.x + right
                if sign is not None and left <= sign < right:
                    left, right = (sign + _SIGN, right) if line.picture.rtl else (left, sign)
                if mark.pending:
                    self._dots(left, right, y + 1, mark)
                else:
                    for start, end in _free(left, right, beside):
                        self._painter.drawTiledPixmap(
                            QRectF(start, y, end - start, tile.deviceIndependentSize().height()), tile
                        )
        if sign is not None:
            self._painter.setPen(ink.colour(mark.tag))
            self._painter.setFont(ink.row_font)
            self._painter.drawText(QPointF(sign + 1, y + ink.row_metrics.capHeight() - 0.5), "?")
        if len(mark.spans) > 1:
            self._joins(line, bar, y + 1)

    def _sign_at(self, line: SeenLine, bar: Bar) -> float | None:
        """Where the "?" of an unsure mark stands: at its end, inside it where it is long enough."""
        last = bar.strokes[-1]
        if bar.goes_on or not last.closes:
            return None
        left, right = last.runs[0 if line.picture.rtl else -1]
        inside = right - left > 3 * _SIGN
        if line.picture.rtl:
            return line.x + (left if inside else left - _SIGN)
        return line.x + (right - _SIGN if inside else right)

    def _joins(self, line: SeenLine, bar: Bar, y: float) -> None:
        """Dots between the pieces on this line, and a tail where a piece lies on another one."""
        strokes = sorted(bar.strokes, key=_left)
        for one, other in pairwise(strokes):
            self._dots(line.x + one.right, line.x + other.left, y, bar.mark)
        before, after = line.x + strokes[0].left, line.x + strokes[-1].right
        left, right = line.x + line.picture.left, line.x + line.picture.right
        if bar.follows if line.picture.rtl else bar.goes_on:
            self._dots(after, min(after + _TAIL, right), y, bar.mark)
        if bar.goes_on if line.picture.rtl else bar.follows:
            self._dots(max(before - _TAIL, left), before, y, bar.mark)

    def _dots(self, left: float, right: float, y: float, mark: Mark) -> None:
        pen = QPen(self._ink.colour(mark.tag), 1.2)
        pen.setDashPattern([1.2, 2.4])
        self._painter.setPen(pen)
        if right > left:
            self._painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _edges(self, line: SeenLine, bar: Bar) -> None:
        """Handles at the start and end that are being moved."""
        paint = colour(self._ink.theme.accent)
        rtl = line.picture.rtl
        first, last = bar.strokes[0], bar.strokes[-1]
        for shown, x in (
            (bar.begins, first.right if rtl else first.left),
            (last.closes, last.left if rtl else last.right),
        ):
            if shown:
                at = self._ink.snapped(line.x + x - 1)
                self._painter.fillRect(QRectF(at, line.top - 1, 2, line.picture.height + 3), paint)

    def _words(self, line: SeenLine) -> None:
        ink = self._ink
        self._painter.setFont(ink.row_font)
        for word in line.picture.words:
            self._stand(word.mark)
            box = row_rect(line, word.left, word.width, ink)
            if word.mark.key == self._current:
                self._painter.setPen(Qt.PenStyle.NoPen)
                self._painter.setBrush(ink.colour(word.mark.tag))
                self._painter.drawRoundedRect(box.adjusted(-3, 0, 3, 0), 3, 3)
                self._painter.setPen(colour(ink.theme.on_tag))
            else:
                self._painter.setPen(ink.colour(word.mark.tag))
            self._painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, word.text)


def _left(stroke: Stroke) -> float:
    return stroke.left


def row_rect(line: SeenLine, left: float, width: float, ink: Ink) -> QRectF:
    """Where a word of the row under a line stands."""
    top = line.foot + lanes_height(line.picture.depth) - 1
    return QRectF(line.x + left, top, width, ink.rules.words - 1)


def mark_under(line: SeenLine, x: float, y: float, ink: Ink) -> Mark | None:
    """The mark whose lane or row word lies at a point under the letters of a line."""
    for word in line.picture.words:
        if row_rect(line, word.left, word.width, ink).adjusted(-2, 0, 2, 1).contains(x, y):
            return word.mark
    under = y - line.foot
    if under < -1:
        return None
    nearest: tuple[float, Mark] | None = None
    for bar in line.picture.bars:
        if bar.lane is None:
            continue
        for stroke in bar.strokes:
            if line.x + stroke.left - 1 <= x <= line.x + stroke.right + 1:
                distance = abs(under - lane_top(bar.lane) - 1)
                if distance <= 4 and (nearest is None or distance < nearest[0]):
                    nearest = (distance, bar.mark)
    return nearest[1] if nearest else None


def _nearest_runs(line: SeenLine) -> list[Run]:
    """Where the bars of the first lane run, in the viewport, from left to right."""
    bars = (bar for bar in line.picture.bars if bar.lane == 0)
    runs = (run for bar in bars for stroke in bar.strokes for run in stroke.runs)
    return sorted((line.x + left, line.x + right) for left, right in runs)


def _free(left: float, right: float, taken: Sequence[Run]) -> Iterator[Run]:
    """What of left to right no taken run covers."""
    for start, end in taken:
        if start > left and start < right:
            yield left, start
        left = max(left, min(end, right)) if end > left and start < right else left
    if right > left:
        yield left, right
