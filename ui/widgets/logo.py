"""The product's sign at the head of the start page."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ..icons import paint_logo
from ..theme import current


class Logo(QWidget):
    """The sign in the accent of the theme."""

    def __init__(self, side: int = 40) -> None:
        super().__init__()
        self.setFixedSize(side, side)

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_logo(QPainter(self), QRectF(self.rect()), current().accent, current().accent_ink)
