"""Grounds and rings: which surface a container stands on, and what a row or a focus looks like."""

from typing import Literal, TypeVar

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from ..theme import RADIUS_CONTROL, Theme

W = TypeVar("W", bound=QWidget)
_PLACING = (QEvent.Type.LayoutRequest, QEvent.Type.Resize)


def surface(widget: W, kind: Literal["page", "side", "raised", "soft"]) -> W:
    """Give a container its ground; returns the widget."""
    widget.setProperty("surface", kind)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget


class _Scrolled(QScrollArea):
    """Asks for as much height as its content, where Qt would ask for 24 lines at most."""

    def __init__(self) -> None:
        super().__init__()
        self._is_placing = False

    def sizeHint(self) -> QSize:
        content = self.widget()
        if content is None:
            return super().sizeHint()
        hint = content.sizeHint()
        if content.hasHeightForWidth() and self.isVisible():
            # Always as if the scroll bar stood there: else it comes and goes without end where words break just so.
            hint.setHeight(content.heightForWidth(self.width() - self.verticalScrollBar().sizeHint().width()))
        return hint + QSize(12, 4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _PLACING or watched is not self.widget():
            return super().eventFilter(watched, event)
        if self._is_placing:
            return False  # what a scroll bar does that comes or goes in the lines below; Qt would answer it without end
        self._is_placing = True
        try:
            if event.type() == QEvent.Type.LayoutRequest:
                self.updateGeometry()  # a scroll area tells nobody that its content has become higher
            return super().eventFilter(watched, event)
        finally:
            self._is_placing = False


def scrolled(content: QWidget) -> QScrollArea:
    """The content in a scroll area that lets the ground behind it through."""
    area = _Scrolled()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    content.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def paint_ring(painter: QPainter, rect: QRectF, theme: Theme, radius: float = RADIUS_CONTROL) -> None:
    """The 2 px ring of keyboard focus, inside the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def paint_row(painter: QPainter, rect: QRectF, theme: Theme, *, current: bool, hover: bool, focus: bool) -> None:
    """The ground of a list row: grey under the pointer, tinted when current, ringed where the keyboard is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if current or hover:
        painter.setBrush(QColor(theme.press if current else theme.hover))
        painter.drawRoundedRect(rect, RADIUS_CONTROL, RADIUS_CONTROL)
    painter.restore()
    if focus:
        paint_ring(painter, rect, theme)
