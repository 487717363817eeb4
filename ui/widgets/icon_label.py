"""An icon that only decorates: the words beside it say the same."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ..icons import paint_icon
from ..theme import current


class IconLabel(QWidget):
    """A Phosphor icon in a token's colour."""

    def __init__(self, name: str, role: str = "ink3", side: int = 16) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self.show_icon(name, role)

    def show_icon(self, name: str, role: str) -> None:
        """Show another icon; an empty name shows none."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._name:
            paint_icon(QPainter(self), QRectF(self.rect()), self._name, QColor(getattr(current(), self._role)))
