"""The 1 px line that is the only divider."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..theme import current


class Hairline(QWidget):
    """A horizontal or vertical hairline."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> None:
        super().__init__()
        grow, fixed = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        if orientation == Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
            self.setSizePolicy(grow, fixed)
        else:
            self.setFixedWidth(1)
            self.setSizePolicy(fixed, grow)

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(current().line))
