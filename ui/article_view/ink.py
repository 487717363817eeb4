"""Everything the article is drawn with: colours, patterns, fonts, in one theme, size and screen resolution."""

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from ..theme import Theme, colour, read_font, ui_font
from .lanes import Rules
from .marks import Mark, TagLook

NORMAL = 16  # text size at which margins and words have the sizes of the design
_PERIOD = 8
_DASH = 3  # pixels of a dash around a proposal
_SHADE = 190  # alpha of a proposal that is not at hand


class Ink:
    """Immutable in use: a change of theme, size, mode, looks or screen makes a new one."""

    def __init__(self, theme: Theme, looks: Iterable[TagLook], pixels: int, *, labelled: bool, ratio: float) -> None:
        self.theme, self.pixels, self.labelled, self.ratio = theme, pixels, labelled, ratio
        self.looks = {look.id: look for look in looks}
        self.scale = pixels / NORMAL
        self.font = read_font(pixels)
        self.margin_font = self._small(11)
        self.row_font = self._small(10)
        self.margin_metrics = QFontMetricsF(self.margin_font)
        self.row_metrics = QFontMetricsF(self.row_font)
        self.margin_step = round(self.margin_metrics.height()) or 13
        text = QFontMetricsF(self.font)
        self.rules = Rules(
            statements=frozenset(look.id for look in self.looks.values() if look.statement),
            words=float(round(13 * self.scale)) if labelled else 0.0,
            air=text.ascent() + text.tightBoundingRect("bdfhkl").top(),
        )
        self._tiles: dict[tuple[str, bool], QPixmap] = {}
        self._dashed: dict[tuple[str, bool], QPixmap] = {}
        self._boxes: dict[tuple[str, float, float], QPixmap] = {}
        self._fitted: dict[tuple[str, float], tuple[str, float]] = {}

    def _small(self, pixels: int) -> QFont:
        font = ui_font("tiny", QFont.Weight.DemiBold)
        font.setPixelSize(max(pixels, round(pixels * self.scale)))
        return font

    def look(self, tag: str) -> TagLook:
        """How a tag looks; one that the codebook does not know is a grey mention."""
        known = self.looks.get(tag)
        return known or TagLook(tag, tag, "mention", "solid", self.theme.ink3, self.theme.ink3)

    def colour(self, tag: str, alpha: int = 255) -> QColor:
        """The tag's colour in this theme."""
        look = self.look(tag)
        return colour(look.dark if self.theme.dark else look.light, alpha)

    def word(self, mark: Mark) -> str:
        """What is written beside a mark."""
        return self.look(mark.tag).label + ("?" if mark.unsure else "")

    def sign(self, mark: Mark) -> str:
        """The letter over a proposal for a mention."""
        look = self.look(mark.tag)
        return look.sign or look.label[:1]

    def statement(self, mark: Mark) -> bool:
        """Whether the mark is drawn as a statement."""
        return mark.tag in self.rules.statements

    def snapped(self, value: float) -> float:
        """The nearest place where a line falls on whole pixels of the screen."""
        return round(value * self.ratio) / self.ratio

    def dashes(self, tag: str, *, upright: bool = False) -> QPixmap:
        """A dashed hairline in the tag's colour, to be tiled: what surrounds a proposal."""
        key = (tag, upright)
        if key not in self._dashed:
            self._dashed[key] = _dashes(self.colour(tag, _SHADE), self.ratio, upright)
        return self._dashed[key]

    def fitted(self, text: str, room: float) -> tuple[str, float]:
        """A word of the margin, cut where it finds no room, and how wide it is."""
        key = (text, room)
        if key not in self._fitted:
            width = min(self.margin_metrics.horizontalAdvance(text) + 1, room)
            cut = self.margin_metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)
            self._fitted[key] = cut, width
        return self._fitted[key]

    def dashed_box(self, tag: str, size: QSizeF) -> QPixmap:
        """A dashed box of this size around a word in the margin, with a pixel of room on each side."""
        key = (tag, size.width(), size.height())
        if key not in self._boxes:
            self._boxes[key] = _dashed_box(self.colour(tag), self.ratio, size)
        return self._boxes[key]

    def tile(self, tag: str, *, upright: bool = False) -> QPixmap:
        """The tag's line pattern, 8 × 4 logical pixels, to be tiled; upright for brackets."""
        key = (tag, upright)
        if key not in self._tiles:
            self._tiles[key] = _tile(self.look(tag).bar, self.colour(tag), self.ratio, upright)
        return self._tiles[key]


def _dashes(paint: QColor, ratio: float, upright: bool) -> QPixmap:
    """One dash and one gap of the same length, on whole screen pixels: stroking dashes takes ten times as long."""
    dash, thin = max(2, round(_DASH * ratio)), max(1, round(ratio))
    pixmap = QPixmap(thin, 2 * dash) if upright else QPixmap(2 * dash, thin)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.fillRect(0, 0, thin if upright else dash, dash if upright else thin, paint)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _dashed_box(paint: QColor, ratio: float, size: QSizeF) -> QPixmap:
    pixmap = QPixmap(ceil((size.width() + 2) * ratio), ceil((size.height() + 2) * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    pen = QPen(paint, 1)
    pen.setDashPattern([3, 3])
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(QPointF(1, 1), size), 4, 4)
    painter.end()
    return pixmap


def _tile(bar: str, paint: QColor, ratio: float, upright: bool) -> QPixmap:
    """One period of a pattern, drawn on whole screen pixels so that it is told apart at every resolution."""
    length, depth = max(4, round(_PERIOD * ratio)), max(2, round(4 * ratio))
    pixmap = QPixmap(depth, length) if upright else QPixmap(length, depth)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if upright:  # the same drawing with the axes exchanged
        painter.translate(depth, 0)
        painter.rotate(90)
    thick, thin = max(1, round(2 * ratio)), max(1, round(ratio))
    if bar == "double":
        painter.fillRect(0, 0, length, thin, paint)
        painter.fillRect(0, depth - 2 * thin if depth >= 4 * thin else 2 * thin, length, thin, paint)
    elif bar == "dash":
        painter.fillRect(0, 0, round(length * 0.7), thick, paint)
    elif bar == "dot":
        painter.fillRect(0, 0, thick, thick, paint)
        painter.fillRect(length // 2, 0, thick, thick, paint)
    elif bar == "wave":
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(paint, 1.4 * ratio))
        middle, half = 1.7 * ratio, length / 2
        path = QPainterPath(QPointF(-half, middle))
        for nth in range(-1, 3):
            peak = 0.2 * ratio if nth % 2 else 3.2 * ratio
            path.quadTo(QPointF((nth + 0.5) * half, peak), QPointF((nth + 1) * half, middle))
        painter.drawPath(path)
    else:
        painter.fillRect(0, 0, length, thin if bar == "hair" else thick, paint)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
