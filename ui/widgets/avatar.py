"""A coder as initials in a circle."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ..theme import current, ui_font


def initials(name: str) -> str:
    """First letters of the first and the last word: "Mara Lindqvist" is "ML"."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


class Avatar(QWidget):
    """A coder's initials; filled with the accent for the person at the keyboard."""

    def __init__(self, name: str, *, me: bool = False, side: int = 24) -> None:
        super().__init__()
        self._me = me
        self.setFixedSize(side, side)
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Show another coder."""
        self._initials = initials(name)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent if self._me else theme.press))
        painter.drawEllipse(self.rect())
        painter.setPen(QColor(theme.accent_ink if self._me else theme.ink2))
        painter.setFont(ui_font("tiny", QFont.Weight.DemiBold))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._initials)
