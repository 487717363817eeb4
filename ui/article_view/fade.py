"""The text fades out under the header and over the bar instead of being cut."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ..theme import Theme, colour

HEIGHT = 24


class Fade(QWidget):
    """A strip from the page's colour to nothing; invisible to mouse, keyboard and screen readers."""

    def __init__(self, view: QWidget, *, downwards: bool) -> None:
        super().__init__(view)
        self._downwards = downwards
        self._theme: Theme | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_theme(self, theme: Theme) -> None:
        """Fade to another page colour."""
        self._theme = theme
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._theme is None:
            return
        from PySide6.QtGui import QLinearGradient  # with the names of 169 gradients

        gradient = QLinearGradient(QPointF(0, 0), QPointF(0, self.height()))
        for at in range(5):
            away = at / 4  # eased: the first and last pixels change least
            opaque = round(255 * (1 - away) ** 1.5)
            gradient.setColorAt(away if self._downwards else 1 - away, colour(self._theme.page, opaque))
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), gradient)
        finally:
            painter.end()
