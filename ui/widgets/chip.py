"""Tag chips: filled for the annotation at hand, dashed for a proposal."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..theme import RADIUS_SMALL, Theme, current, readable_on, ui_font

CHIP_HEIGHT = 20


def _font() -> QFont:
    return ui_font("tiny", QFont.Weight.DemiBold)


def chip_width(text: str) -> float:
    """How wide a chip with this word is."""
    return QFontMetricsF(_font()).horizontalAdvance(text) + 14


def paint_chip(painter: QPainter, rect: QRectF, text: str, fill: str, theme: Theme, *, dashed: bool = False) -> None:
    """Draw a chip over the whole rectangle; the word is cut if it does not fit."""
    font = _font()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    if dashed:
        pen = QPen(QColor(fill), 1.25)
        pen.setDashPattern([3, 2.4])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS_SMALL, RADIUS_SMALL)
        painter.setPen(QColor(fill))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(rect, RADIUS_SMALL, RADIUS_SMALL)
        painter.setPen(QColor(readable_on(fill, theme)))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 8)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class Chip(QWidget):
    """A tag's word on its colour; `light` and `dark` are the tag's colours in the two themes."""

    def __init__(self, text: str, light: str, dark: str, *, dashed: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_tag(text, light, dark, dashed=dashed)

    def show_tag(self, text: str, light: str, dark: str, *, dashed: bool = False) -> None:
        """Become the chip of another tag."""
        self._text, self._light, self._dark, self._dashed = text, light, dark, dashed
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._text) + 0.5), CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 40), CHIP_HEIGHT)

    def paintEvent(self, _: QPaintEvent) -> None:
        theme = current()
        fill = self._dark if theme.dark else self._light
        paint_chip(QPainter(self), QRectF(self.rect()), self._text, fill, theme, dashed=self._dashed)
