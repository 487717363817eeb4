"""Bars painted by hand: how many articles are in each state, and how far each coder is."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..theme import current, ui_font
from ..widgets.avatar import initials
from ..widgets.progress import paint_progress
from .confusion_view import mixed

_STRENGTHS = (1.0, 0.7, 0.4)  # of the accent; what is left is the colour of a hairline


class StateBar(QWidget):
    """One bar of all articles, in the strengths of the accent; below it what each part is, in words and numbers."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._parts: tuple[tuple[str, int], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[tuple[str, int]]) -> None:
        """The furthest first."""
        self._parts = tuple(parts)
        self.setAccessibleDescription(", ".join(f"{word} {count:,}" for word, count in parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 44)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme, total = current(), sum(count for _, count in self._parts) or 1
        there = [(place, count) for place, (_, count) in enumerate(self._parts) if count]
        x, room = 0.0, self.width() - 2.0 * max(0, len(there) - 1)
        for place, count in there:
            width = room * count / total
            painter.setBrush(_strength(place, theme.page, theme.accent, theme.line))
            painter.drawRoundedRect(QRectF(x, 0, max(3.0, width), 12), 2, 2)
            x += width + 2
        x = 0.0
        font = ui_font("small")
        painter.setFont(font)
        for place, (word, count) in enumerate(self._parts):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_strength(place, theme.page, theme.accent, theme.line))
            painter.drawRoundedRect(QRectF(x, 25, 10, 10), 2, 2)
            text = f"{word} {count:,}"
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.setPen(QColor(theme.ink2))
            painter.drawText(QRectF(x + 16, 20, width + 4, 20), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + 36


def _strength(place: int, ground: str, accent: str, rest: str) -> QColor:
    if place >= len(_STRENGTHS):
        return QColor(rest)
    return mixed(ground, accent, _STRENGTHS[place])


class PeopleBars(QWidget):
    """Initials, name, a thin bar, and how many of how many articles."""

    _HEIGHT = 34

    def __init__(self, name: str) -> None:
        super().__init__()
        self._people: tuple[tuple[str, int, int], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_people(self, people: Sequence[tuple[str, int, int]]) -> None:
        """Each a name, how many are done, out of how many."""
        self._people = tuple(people)
        self.setAccessibleDescription(", ".join(f"{name} {done:,}/{total:,}" for name, done, total in people))
        self.setFixedHeight(self._HEIGHT * max(1, len(people)))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current()
        for place, (name, done, total) in enumerate(self._people):
            top = place * self._HEIGHT
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.press))
            painter.drawEllipse(QRectF(0, top + 4, 22, 22))
            painter.setPen(QColor(theme.ink2))
            painter.setFont(ui_font("tiny", QFont.Weight.DemiBold))
            painter.drawText(QRectF(0, top + 4, 22, 22), Qt.AlignmentFlag.AlignCenter, initials(name))
            row = QRectF(32, top, self.width() - 32, 22)
            told = f"{done:,} / {total:,}"
            painter.setFont(ui_font("small"))
            painter.setPen(QColor(theme.ink3))
            width = painter.fontMetrics().horizontalAdvance(told) + 8
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)
            painter.setFont(ui_font("body"))
            painter.setPen(QColor(theme.ink))
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, round(row.width() - width))
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            paint_progress(painter, QRectF(32, top + 24, self.width() - 32, 4), done / total if total else 0, theme)
