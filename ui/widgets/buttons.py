"""Push buttons: one primary per window, secondary with an edge, ghost without, link in the text, icon alone."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ..icons import icon
from ..theme import RADIUS_SMALL, current
from .labels import plain_caption, plain_tip

Kind = Literal["primary", "secondary", "ghost", "link", "icon"]


class Button(QPushButton):
    """A push button of one kind; Enter presses it as Space does."""

    def __init__(self, text: str, kind: Kind = "secondary", icon_name: str = "") -> None:
        super().__init__(plain_caption(text) if kind != "icon" else "")
        self._kind = kind
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)
        if icon_name:
            self.setIcon(icon(icon_name, "accent_ink" if kind == "primary" else "ink2"))
            self.setIconSize(QSize(16, 16))
        if kind == "icon":
            self.setToolTip(plain_tip(text))

    def say(self, text: str) -> None:
        """Change the caption and the name read aloud."""
        self.setAccessibleName(text)
        if self._kind == "icon":
            self.setToolTip(plain_tip(text))
        else:
            self.setText(plain_caption(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._kind == "primary" and self.hasFocus():
            # A ring in the accent would vanish on the accent: a second, light one stands inside it.
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(current().accent_ink), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), RADIUS_SMALL, RADIUS_SMALL)


def button(
    text: str, kind: Kind = "secondary", icon_name: str = "", on_click: Callable[[], object] | None = None
) -> Button:
    """A button; `text` is also its accessible name, and the tool tip of a button that shows an icon alone."""
    made = Button(text, kind, icon_name)
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    return made


def icon_button(icon_name: str, name: str, on_click: Callable[[], object] | None = None) -> Button:
    """A button that shows an icon alone; `name` is read aloud and stands in the tool tip."""
    return button(name, "icon", icon_name, on_click)
