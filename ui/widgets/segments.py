"""A segmented switch: one well, the current choice raised. Arrow keys change it, Tab reaches it once."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ..theme import HEIGHT_CONTROL, RADIUS_CONTROL, current, ui_font
from .labels import plain_caption, plain_tip
from .surface import paint_ring


class _Segment(QRadioButton):
    """A radio button in all but looks, which is also what a screen reader hears."""

    def __init__(self, text: str, tip: str) -> None:
        super().__init__(plain_caption(text))
        self._caption = text
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(tip))
        self.setFixedHeight(HEIGHT_CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(_font()).horizontalAdvance(self._caption)) + 24, HEIGHT_CONTROL)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(44, self.sizeHint().width()), HEIGHT_CONTROL)

    def hitButton(self, _: object) -> bool:
        return True

    def paintEvent(self, _: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(1, 2, -1, -2)
        if self.isChecked():
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.segment))
            painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if self.hasFocus():
            paint_ring(painter, inner, theme, 5)
        painter.setFont(_font())
        painter.setPen(QColor(theme.ink if self.isChecked() or self.underMouse() else theme.ink3))
        painter.setOpacity(1.0 if self.isEnabled() else 0.55)
        room = self.width() - 10
        shown = QFontMetricsF(_font()).elidedText(self._caption, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, shown)


def _font() -> QFont:
    return ui_font("small", QFont.Weight.Medium)


class Segments(QWidget):
    """A choice of a few; `chosen` carries its id, and only when a person or `choose(..., tell=True)` changed it."""

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], current_id: str = "", *, wide: bool = False
    ) -> None:
        super().__init__()
        self._wide = wide
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 0, 1, 0)
        self._row.setSpacing(0)
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT_CONTROL)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed
        )
        self.set_options(options, current_id)
        self._group.buttonToggled.connect(self._toggled)

    def set_options(
        self, options: Sequence[tuple[str, str]], current_id: str = "", tips: dict[str, str] | None = None
    ) -> None:
        """Offer other choices, each an id and its word; `tips` are tool tips by id."""
        for old in self._segments.values():
            self._group.removeButton(old)
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._segments = {}
        for key, text in options:
            segment = _Segment(text, (tips or {}).get(key, ""))
            segment.setAccessibleDescription(self.accessibleName())
            self._segments[key] = segment
            self._row.addWidget(segment, 1 if self._wide else 0)
        self.choose(current_id or next(iter(self._segments), ""))
        for segment in self._segments.values():
            self._group.addButton(segment)
        self._lead_to_choice()

    @property
    def choice(self) -> str:
        """The id of the current choice, or nothing."""
        return next((key for key, segment in self._segments.items() if segment.isChecked()), "")

    def choose(self, key: str, *, tell: bool = False) -> None:
        """Make a choice current; unknown ids are ignored."""
        segment = self._segments.get(key)
        if segment is None or segment.isChecked():
            return
        blocked = self._group.blockSignals(not tell)
        segment.setChecked(True)
        self._group.blockSignals(blocked)
        self._lead_to_choice()

    def allow(self, key: str, allowed: bool) -> None:
        """Make one choice available or not."""
        self._segments[key].setEnabled(allowed)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().hover))
        painter.drawRoundedRect(self.rect(), RADIUS_CONTROL + 1, RADIUS_CONTROL + 1)

    def _lead_to_choice(self) -> None:
        """Tab leads to the current choice, else to the first; Qt would lead to whichever stands first."""
        stop = self._segments.get(self.choice) or next(iter(self._segments.values()), None)
        for segment in self._segments.values():
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if segment is stop else Qt.FocusPolicy.ClickFocus)

    def _toggled(self, segment: _Segment, on: bool) -> None:
        if on:
            self._lead_to_choice()
            self.chosen.emit(next(key for key, known in self._segments.items() if known is segment))
