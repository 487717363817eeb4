"""A check box with one line of words that gives way to a narrow window."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from ..icons import paint_icon
from ..theme import current
from .labels import plain_caption, plain_tip

_AROUND = 14 + 8 + 12 + 6  # box, gap, padding and border of the style sheet, and a little air


def paint_tick(painter: QPainter, box: QRectF, *, ticked: bool) -> None:
    """Draw the box of a row that can be ticked."""
    theme = current()
    painter.setPen(QPen(QColor(theme.accent if ticked else theme.ink3), 1.2))
    painter.setBrush(QColor(theme.accent if ticked else theme.raised))
    painter.drawRoundedRect(box, 3, 3)
    if ticked:
        paint_icon(painter, box.adjusted(1, 1, -1, -1), "check-bold", QColor(theme.accent_ink))


class Tick(QCheckBox):
    """Cut with "…" where there is no room; whole in the tool tip and for screen readers."""

    def __init__(self, words: str = "", *, on: bool = False) -> None:
        super().__init__()
        self._words = ""
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say(words)

    def say(self, words: str) -> None:
        """Say something else."""
        self._words = " ".join(words.split())
        self.setAccessibleName(words)
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + _AROUND, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(0, self.width() - _AROUND))
        if plain_caption(shown) != self.text():
            self.setText(plain_caption(shown))
            self.setToolTip(plain_tip(self._words) if shown != self._words else "")
