"""Draws what is proposed on the lines in sight: dashed and never filled, so that nobody takes it for coded."""

from collections.abc import Iterable, Iterator
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from ..theme import colour
from .ink import Ink
from .line_picture import Bar, LinePicture
from .scene import SeenLine

ABOVE = 8  # pixels over a line that a letter reaches up to
_BOX = 3.0  # radius of a box
_UNDER = 4.5  # from the foot of a line to the dashes under a statement: between the two usual lanes
_LETTER = 10.0  # width of a letter's ground
_SIDE = 16  # pixels beside a line that letters and boxes reach into
_BELOW = 8  # pixels under a line
_KEPT = 200  # lines: more than are ever in sight


class ProposalPictures:
    """What is drawn of the proposals of each line in sight, kept as a picture: the next paint copies it.

    With a hundred of them in sight, drawing each anew would take longer than all else that a tag needs.
    """

    def __init__(self) -> None:
        self._ink: Ink | None = None
        self._kept: dict[int, tuple[LinePicture, QPointF, QPixmap]] = {}

    def paint(self, painter: QPainter, lines: Iterable[SeenLine], ink: Ink, at_hand: int | None) -> None:
        """Paint the proposals of these lines; the one at hand is drawn anew."""
        if ink is not self._ink:
            self._ink = ink
            self._kept.clear()
        direct = ProposalPainter(painter, ink, at_hand)
        for line in lines:
            if any(bar.mark.key == at_hand for bar in line.picture.proposals):
                direct.paint([line])
            elif line.picture.proposals:
                # On a whole pixel of the screen, where the picture is copied as it is.
                left, top = (
                    floor((line.x + line.picture.left - _SIDE) * ink.ratio),
                    floor((line.top - ABOVE) * ink.ratio),
                )
                corner = QPointF(left / ink.ratio, top / ink.ratio)
                painter.drawPixmap(corner, self._picture(line, corner, ink))

    def _picture(self, line: SeenLine, corner: QPointF, ink: Ink) -> QPixmap:
        """The picture of a line, to be drawn with its upper left corner there."""
        key, inside = id(line.picture), QPointF(line.x, line.y) - corner
        known = self._kept.get(key)
        if known is not None and known[0] is line.picture and known[1] == inside:
            return known[2]
        width = ceil(line.picture.right - line.picture.left) + 2 * _SIDE + 1
        height = ceil(line.picture.height) + ABOVE + _BELOW + 1
        made = QPixmap(ceil(width * ink.ratio), ceil(height * ink.ratio))
        made.setDevicePixelRatio(ink.ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ProposalPainter(painter, ink, None).paint([line._replace(x=inside.x(), y=inside.y())])
        painter.end()
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = line.picture, inside, made
        return made


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
                    self._box_at_hand(line, bar)
                elif bar.statement:
                    self._statement(line, bar)
                    continue
                else:
                    self._box(line, bar)
                if bar.begins:
                    self._letter(line, bar, letters)

    def _last_at_hand(self, bar: Bar) -> bool:
        return bar.mark.key == self._at_hand

    def _box_at_hand(self, line: SeenLine, bar: Bar) -> None:
        self._painter.setPen(QPen(colour(self._ink.theme.accent), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in self._rects(line, bar):
            self._painter.drawRoundedRect(box, _BOX, _BOX)

    def _box(self, line: SeenLine, bar: Bar) -> None:
        for box in self._rects(line, bar):
            for y in (box.top(), box.bottom()):
                self._along(bar.mark.tag, box.left(), box.right(), y)
            for x in (box.left(), box.right()):
                self._down(bar.mark.tag, x, box.top(), box.bottom())

    def _rects(self, line: SeenLine, bar: Bar) -> Iterator[QRectF]:
        snapped = self._ink.snapped
        for stroke in bar.strokes:
            for left, right in stroke.runs:
                yield QRectF(
                    QPointF(snapped(line.x + left - 2), snapped(line.top + 2)),
                    QPointF(snapped(line.x + right + 2), snapped(line.foot + 1)),
                )

    def _along(self, tag: str, left: float, right: float, y: float) -> None:
        """A dashed line from left to right."""
        tile = self._ink.dashes(tag)
        self._painter.drawTiledPixmap(QRectF(left, y, right - left, tile.deviceIndependentSize().height()), tile)

    def _down(self, tag: str, x: float, top: float, bottom: float) -> None:
        """A dashed line downwards."""
        tile = self._ink.dashes(tag, upright=True)
        self._painter.drawTiledPixmap(QRectF(x, top, tile.deviceIndependentSize().width(), bottom - top), tile)

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
        """Dashes under its words, and upright ones where it begins and where it ends; its word is in the margin."""
        tag, rtl, snapped = bar.mark.tag, line.picture.rtl, self._ink.snapped
        y = snapped(line.foot + _UNDER)
        for stroke in bar.strokes:
            for left, right in stroke.runs:
                self._along(tag, snapped(line.x + left), snapped(line.x + right), y)
            for shown, on_left in ((stroke.opens, not rtl), (stroke.closes, rtl)):
                if shown:
                    x = snapped(line.x + (stroke.left - 2 if on_left else stroke.right + 1))
                    self._down(tag, x, snapped(line.top + 3), y)
