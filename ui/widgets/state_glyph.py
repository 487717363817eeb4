"""The state of a reading, or of an article, as a sign: the shape says it, the colour says it again."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.model.rows import STATES
from annotator.storage.assignments import DOCUMENT_STATES, GOLD, IN_REVIEW, READY, WAITING

from ..theme import Theme, current
from .labels import plain_tip


def state_word(state: str) -> str:
    """The state's name as people read it."""
    words = {
        "not started": QCoreApplication.translate("state", "not started"),
        "in work": QCoreApplication.translate("state", "in work"),
        "done": QCoreApplication.translate("state", "done"),
        "returned": QCoreApplication.translate("state", "returned"),
        "set aside": QCoreApplication.translate("state", "set aside"),
        WAITING: QCoreApplication.translate("state", "waiting"),
        READY: QCoreApplication.translate("state", "ready for review"),
        IN_REVIEW: QCoreApplication.translate("state", "in review"),
        GOLD: QCoreApplication.translate("state", "gold"),
    }
    return words.get(state, state)


def paint_state(painter: QPainter, rect: QRectF, state: str, theme: Theme) -> None:
    """Draw the sign of a state in the middle of the rectangle: one of STATES or of DOCUMENT_STATES."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    painter.scale(side / 16, side / 16)
    _SIGNS.get(state, _not_started)(painter, QRectF(2, 2, 12, 12), theme)
    painter.restore()


def _pen(ink: str, width: float) -> QPen:
    return QPen(QColor(ink), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _not_started(painter: QPainter, ring: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.ink3), 1.25, Qt.PenStyle.DotLine))
    painter.drawEllipse(ring)


def _in_work(painter: QPainter, ring: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.accent), 1.5))
    painter.drawEllipse(ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawPie(ring.adjusted(2.5, 2.5, -2.5, -2.5), 90 * 16, -230 * 16)


def _done(painter: QPainter, ring: QRectF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.ok))
    painter.drawEllipse(ring)
    painter.setPen(_pen(theme.side, 1.6))
    painter.drawPolyline([QPointF(5, 8.2), QPointF(7.2, 10.4), QPointF(11, 5.8)])


def _returned(painter: QPainter, ring: QRectF, theme: Theme) -> None:
    painter.setPen(_pen(theme.warn, 1.5))
    painter.drawArc(ring, -150 * 16, 300 * 16)
    painter.drawPolyline([QPointF(2, 6), QPointF(3.3, 10), QPointF(7, 8.6)])


def _set_aside(painter: QPainter, ring: QRectF, theme: Theme) -> None:
    painter.setPen(_pen(theme.ink3, 1.25))
    painter.drawEllipse(ring)
    painter.drawLine(QPointF(5.2, 8), QPointF(10.8, 8))


def _ready(painter: QPainter, ring: QRectF, theme: Theme) -> None:
    painter.setPen(_pen(theme.accent, 1.5))
    painter.drawEllipse(ring)
    painter.drawPolyline([QPointF(6.8, 5.4), QPointF(9.6, 8), QPointF(6.8, 10.6)])


def _gold(painter: QPainter, ring: QRectF, theme: Theme) -> None:
    painter.setPen(_pen(theme.ok, 1.25))
    painter.drawEllipse(ring.adjusted(-0.8, -0.8, 0.8, 0.8))
    _done(painter, ring.adjusted(1.2, 1.2, -1.2, -1.2), theme)


_SIGNS = {
    **dict(zip(STATES, (_not_started, _in_work, _done, _returned, _set_aside), strict=True)),
    **dict(zip(DOCUMENT_STATES, (_not_started, _ready, _in_work, _gold), strict=True)),
}


class StateGlyph(QWidget):
    """The sign of a state with its word as tool tip and name."""

    def __init__(self, state: str, side: int = 16) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self.show_state(state)

    def show_state(self, state: str) -> None:
        """Show another state."""
        self._state = state
        self.setAccessibleName(state_word(state))
        self.setToolTip(plain_tip(state_word(state)))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_state(QPainter(self), QRectF(self.rect()), self._state, current())
