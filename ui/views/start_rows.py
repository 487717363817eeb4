"""The rows of the start page: a project one had open, and a way to begin."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle

from ..icons import paint_icon
from ..theme import current, ui_font
from ..widgets.key_cap import CAP_HEIGHT, key_words, keys_width, paint_keys
from ..widgets.labels import direction_of, plain_tip
from ..widgets.progress import BAR_HEIGHT, paint_progress
from ..widgets.surface import paint_row

_HEIGHT = 52
_PAD = 12
_BAR, _WHEN = 72, 84  # widths of the bar and of the word that says when


@dataclass(frozen=True)
class Recent:
    """A project that was open before."""

    path: str
    title: str
    folder: str
    done: int
    total: int
    when: str
    missing: bool = False


class StartRow(QAbstractButton):
    """Icon, a bold line, a hint under it; Enter presses it as Space does."""

    focused = Signal()
    stepped = Signal(int)  # Down is 1, Up is -1

    def __init__(self, icon: str, title: str, hint: str) -> None:
        super().__init__()
        self._icon, self._title, self._hint = icon, title, hint
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(480, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            # Passed on, the key would scroll instead of walking through the rows.
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        focus = self.hasFocus()
        paint_row(painter, QRectF(self.rect()), theme, current=False, hover=self.underMouse(), focus=focus)
        ink = self._icon_ink()
        paint_icon(painter, self._at(_PAD, 16, 20, 20), self._icon, QColor(getattr(theme, ink)))
        used = self._paint_end(painter)
        room = self.width() - 44 - used - 2 * _PAD
        top = 8 if self._hint else (_HEIGHT - 19) / 2
        self._words(painter, QRectF(44, top, room, 19), self._title, QFont.Weight.DemiBold, "body", theme.ink)
        self._words(painter, QRectF(44, 27, room, 17), self._hint, QFont.Weight.Normal, "small", theme.ink3)

    def _icon_ink(self) -> str:
        return "accent"

    def _paint_end(self, _painter: QPainter) -> float:
        """Draw what stands at the end of the row; returns its width."""
        return 0.0

    def _at(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A rectangle counted from the side where lines start."""
        return self._mirrored(QRectF(x, y, width, height))

    def _mirrored(self, rect: QRectF) -> QRectF:
        return QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(rect.toRect())))

    def _words(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        weight: QFont.Weight,
        size: str,
        ink: str,
        *,
        end: bool = False,
    ) -> None:
        font = ui_font(size, weight)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.setLayoutDirection(direction_of(text, self.layoutDirection()))
        side = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
        flags = self.style().visualAlignment(self.layoutDirection(), side) | Qt.AlignmentFlag.AlignAbsolute
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(self._mirrored(rect), int(flags | Qt.AlignmentFlag.AlignVCenter), shown)


class BeginRow(StartRow):
    """A way to begin, with its key."""

    def __init__(self, icon: str, title: str, hint: str, keys: str) -> None:
        super().__init__(icon, title, hint)
        self._keys = keys
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{hint}. {' '.join(key_words(keys))}")

    def _paint_end(self, painter: QPainter) -> float:
        width = keys_width(self._keys)
        place = QRectF(self.width() - _PAD - width, (_HEIGHT - CAP_HEIGHT) / 2, width + 1, CAP_HEIGHT)
        paint_keys(painter, self._mirrored(place), self._keys, current())
        return width


class RecentRow(StartRow):
    """A project with its folder, how much of it is done, and when it was open."""

    def __init__(self, recent: Recent) -> None:
        super().__init__("article", recent.title, recent.folder)
        self.recent = recent
        self._count = self.tr("{done} of {total}").format(done=recent.done, total=recent.total)
        if recent.missing:
            self._icon = "warning"
            self._count = self.tr("no longer there")
        parts = (recent.title, recent.folder, self._count, recent.when)
        self.setAccessibleName(", ".join(part for part in parts if part))
        tip = recent.path
        if recent.missing:
            tip += "\n" + self.tr("This file was moved or deleted. Enter removes it from the list.")
        self.setToolTip(plain_tip(tip))

    def _icon_ink(self) -> str:
        if self.recent.missing:
            return "warn"
        return "accent" if self.hasFocus() else "ink2"

    def _paint_end(self, painter: QPainter) -> float:
        theme, right = current(), self.width() - _PAD
        middle = QRectF(right - _WHEN, 0, _WHEN, _HEIGHT)
        self._words(painter, middle, self.recent.when, QFont.Weight.Normal, "small", theme.ink3, end=True)
        bar = QRectF(middle.left() - _BAR, (_HEIGHT - BAR_HEIGHT) / 2, _BAR, BAR_HEIGHT)
        if self.recent.missing:
            bar.setWidth(0)
        elif self.recent.total:
            paint_progress(painter, self._mirrored(bar), self.recent.done / self.recent.total, theme)
        metrics = QFontMetricsF(ui_font("small"))
        width = metrics.horizontalAdvance(self._count) + 2
        count = QRectF(bar.left() - 12 - width, 0, width, _HEIGHT)
        ink = theme.warn if self.recent.missing else theme.ink3
        self._words(painter, count, self._count, QFont.Weight.Normal, "small", ink, end=True)
        return right - count.left()
