"""Draws what is proposed on the lines in sight: dashed and never filled, so that nobody takes it for coded."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ..theme import colour
from .ink import Ink
from .line_picture import Bar
from .scene import SeenLine

ABOVE = 8  # pixels over a line that a letter reaches up to
_SHADE = 190  # alpha of a proposal that is not at hand
_BOX = 3.0  # radius of a box
_UNDER = 4.5  # from the foot of a line to the dots under a statement: between the two usual lanes
_LETTER = 10.0  # width of a letter's ground


class ProposalPainter:
    """Paints with one ink; the proposal `at_hand` has a full line in the accent."""

    def __init__(self, painter: QPainter, ink: Ink, at_hand: int | None) -> None:
        self._painter, self._ink, self._at_hand = painter, ink, at_hand

    def paint(self, lines: Iterable[SeenLine]) -> None:
        """All proposals of these lines, the one at hand last."""
        for line in lines:
            letters: set[int] = set()  # where letters stand on this line
            for bar in sorted(line.picture.proposals, key=self._last_at_hand):
                if bar.mark.key == self._at_hand:
                    self._boxes(line, bar, QPen(colour(self._ink.theme.accent), 2))
                elif bar.statement:
                    self._statement(line, bar)
                    continue
                else:
                    pen = QPen(self._ink.colour(bar.mark.tag, _SHADE), 1)
                    pen.setDashPattern([3, 3])
                    self._boxes(line, bar, pen)
                if bar.begins:
                    self._letter(line, bar, letters)

    def _last_at_hand(self, bar: Bar) -> bool:
        return bar.mark.key == self._at_hand

    def _boxes(self, line: SeenLine, bar: Bar, pen: QPen) -> None:
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        snapped = self._ink.snapped
        half = pen.widthF() / 2 if pen.widthF() < 2 else 0.0  # the middle of a thin line is the middle of a pixel
        for stroke in bar.strokes:
            for left, right in stroke.runs:
                box = QRectF(
                    QPointF(snapped(line.x + left - 2) + half, snapped(line.top + 2) + half),
                    QPointF(snapped(line.x + right + 2) + half, snapped(line.foot + 1) + half),
                )
                self._painter.drawRoundedRect(box, _BOX, _BOX)

    def _letter(self, line: SeenLine, bar: Bar, letters: set[int]) -> None:
        """The tag's letter at the upper corner: without colour it alone says which tag is proposed."""
        ink = self._ink
        away = 4.0 if bar.mark.key == self._at_hand else 0.0  # the caret stands at its start
        edge = line.x + (bar.strokes[-1].right - 4 + away if line.picture.rtl else bar.strokes[0].left - 6 - away)
        while round(edge) in letters:
            edge += -_LETTER if line.picture.rtl else _LETTER
        letters.add(round(edge))
        high = ink.row_metrics.height()
        ground = QRectF(edge, line.top - ABOVE, _LETTER, high)
        at_hand = bar.mark.key == self._at_hand
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour(ink.theme.accent if at_hand else ink.theme.page))
        self._painter.drawRoundedRect(ground, 3, 3)
        self._painter.setPen(colour(ink.theme.page) if at_hand else ink.colour(bar.mark.tag))
        self._painter.setFont(ink.row_font)
        centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        self._painter.drawText(ground, centred, ink.sign(bar.mark))

    def _statement(self, line: SeenLine, bar: Bar) -> None:
        """Dots under its words, and an upright of dots where it begins and where it ends; its word is in the margin."""
        paint, rtl = self._ink.colour(bar.mark.tag, _SHADE), line.picture.rtl
        under = QPen(paint, 1.2)
        under.setDashPattern([1, 2.5])
        upright = QPen(paint, 1.2)
        upright.setDashPattern([2, 2])
        y = self._ink.snapped(line.foot + _UNDER)
        for stroke in bar.strokes:
            self._painter.setPen(under)
            for left, right in stroke.runs:
                self._painter.drawLine(QPointF(line.x + left, y), QPointF(line.x + right, y))
            self._painter.setPen(upright)
            ends = ((stroke.opens, not rtl), (stroke.closes, rtl))
            for shown, on_left in ends:
                if shown:
                    x = line.x + (stroke.left - 2 if on_left else stroke.right + 1.5)
                    self._painter.drawLine(QPointF(x, line.top + 3), QPointF(x, y))
