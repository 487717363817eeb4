"""A tag's line pattern, as it stands under the text and beside it."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ..theme import current

PATTERNS = ("solid", "double", "dash", "dot", "wave")
_WAVE = (-1.5, -1.5, 0.0, 1.5, 1.5, 1.5, 0.0, -1.5)  # one period of 8 px, offsets from the middle line


def paint_pattern(painter: QPainter, rect: QRectF, bar: str, colour: QColor, vertical: bool = False) -> None:
    """Draw a line in a pattern of PATTERNS along the middle of the rectangle; an unknown one is solid."""
    painter.save()
    if vertical:  # the same drawing, with the axes exchanged
        painter.translate(rect.center().x(), rect.top())
        painter.rotate(90)
        painter.scale(1, -1)
        length = rect.height()
    else:
        painter.translate(rect.left(), rect.center().y())
        length = rect.width()
    # Thickness and steps are whole device pixels, so that at 125 and 150 % equal lines and gaps stay equal.
    device = painter.device()
    scale = device.devicePixelRatioF() if device is not None else 1.0
    thin, thick = _whole(1, scale), _whole(2, scale)
    if bar == "double":
        apart = _whole(3, scale)
        painter.fillRect(QRectF(0, -2, length, thin), colour)
        painter.fillRect(QRectF(0, apart - 2, length, thin), colour)
    elif bar == "dash":
        _ticks(painter, length, _whole(5, scale), _whole(7, scale), thick, colour)
    elif bar == "dot":
        _ticks(painter, length, thick, _whole(4, scale), thick, colour)
    elif bar == "wave":
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5))
        painter.drawPolyline(QPolygonF([QPointF(x, _WAVE[x % 8]) for x in range(int(length) + 1)]))
    else:
        painter.fillRect(QRectF(0, -1, length, thick), colour)
    painter.restore()


def _whole(pixels: float, scale: float) -> float:
    """A length rounded to device pixels, at least one."""
    return max(1, round(pixels * scale)) / scale


def _ticks(painter: QPainter, length: float, ink: float, step: float, thick: float, colour: QColor) -> None:
    x = 0.0
    while x < length:
        painter.fillRect(QRectF(x, -1, min(ink, length - x), thick), colour)
        x += step


class Swatch(QWidget):
    """A short piece of a tag's line; always beside a word that says the same."""

    def __init__(self, bar: str, light: str, dark: str, width: int = 16) -> None:
        super().__init__()
        self.setFixedSize(width, 16)
        self.show_tag(bar, light, dark)

    def show_tag(self, bar: str, light: str, dark: str) -> None:
        """Become the line of another tag."""
        self._bar, self._light, self._dark = bar, light, dark
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        fill = self._dark if current().dark else self._light
        paint_pattern(QPainter(self), QRectF(self.rect()), self._bar, QColor(fill))
