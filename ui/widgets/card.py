"""The floating card that says what lies under the pointer; it never takes the focus."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..theme import RADIUS_SHEET, current

SHADOW = 12  # room around the card for its shadow


def paint_lifted(painter: QPainter, rect: QRectF, *, shadow: bool = True) -> None:
    """A raised ground with an edge, and a soft shadow in the SHADOW pixels around the rectangle."""
    theme, radius = current(), RADIUS_SHEET
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    # Rings of little ink instead of a blur effect, which would redraw all text through an off-screen picture.
    for grow in range(SHADOW if shadow else 0, 0, -2):
        painter.setBrush(QColor(0, 0, 0, 5 if theme.dark else 3))
        ring = rect.adjusted(-grow, -grow + 4, grow, grow)
        painter.drawRoundedRect(ring, radius + grow, radius + grow)
    painter.setPen(QPen(QColor(theme.edge), 1))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


class Card(QWidget):
    """A frame of a fixed width over its parent; `body` takes the content."""

    def __init__(self, parent: QWidget, width: int = 360) -> None:
        super().__init__(parent)
        self._width = width
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SHADOW + 14, SHADOW + 12, SHADOW + 14, SHADOW + 12)
        self.body.setSpacing(8)
        self.hide()

    def show_at(self, place: QRect) -> None:
        """Show the card under a rectangle of the parent, above it where there is no room, always inside the parent."""
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(self._width, parent.width() - 16) + 2 * SHADOW
        self.body.activate()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        size = QSize(width, max(height, self.minimumSizeHint().height()))
        x = min(max(8, place.x() - 14), parent.width() - size.width() + SHADOW - 8) - SHADOW
        below, above = place.bottom() + 10 - SHADOW, place.top() - size.height() - 10 + SHADOW
        y = below if below + size.height() - SHADOW <= parent.height() or above < -SHADOW else above
        self.setGeometry(QRect(QPoint(x, y), size))
        self.show()
        self.raise_()

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_lifted(QPainter(self), QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW))
