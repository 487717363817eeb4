"""Labels sized and coloured by role. Text is always plain: what a project says is never read as markup."""

import re
import unicodedata
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

_LONG = re.compile(r"\S{40,}")
_PIECE = re.compile(r"[^\W_]{1,12}[^\s\w]*|.")

Role = Literal[
    "body", "second", "strong", "section", "head", "title", "display", "meta", "tiny", "accent", "ok", "warn", "bad"
]


def plain_tip(text: str) -> str:
    """A tool tip that shows text as it stands (Qt would guess markup) and wraps."""
    from html import escape  # with the names of 2,200 characters

    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if text else ""


def plain_caption(text: str) -> str:
    """A caption for a button or menu item where an ampersand is an ampersand."""
    return text.replace("&", "&&")


def breakable(text: str) -> str:
    """The text for a label that wraps: words longer than a line, such as paths, may break anywhere."""
    return _LONG.sub(lambda word: _PIECE.sub("\\g<0>\u200b", word[0]), text)


def direction_of(text: str, otherwise: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight) -> Qt.LayoutDirection:
    """The direction of a text by its first strong letter."""
    for letter in text[:200]:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return Qt.LayoutDirection.LeftToRight
        if kind in ("R", "AL"):
            return Qt.LayoutDirection.RightToLeft
    return otherwise


def set_role(widget: QWidget, role: Role) -> None:
    """Change what a label is, and have the style sheet look again."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def label(text: str, role: Role = "body", *, wrap: bool = False) -> QLabel:
    """A label that shows its whole text, on several lines if `wrap`."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


class ElidedLabel(QLabel):
    """One line that gives way to a narrow window: cut with "…", whole in the tool tip and for screen readers."""

    def __init__(
        self, text: str = "", role: Role = "body", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> None:
        super().__init__(text)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…") * 2, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._line()) + 2, super().sizeHint().height())

    def is_cut(self) -> bool:
        """Whether the text does not fit."""
        return self.fontMetrics().horizontalAdvance(self._line()) > self.contentsRect().width()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            QToolTip.showText(event.globalPos(), plain_tip(self.text()) if self.is_cut() else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self._line(), self._mode, self.contentsRect().width())
        side = self.style().visualAlignment(self.layoutDirection(), self.alignment())
        # The label stands where the interface puts it; its words run, and are cut, in their own direction.
        painter.setLayoutDirection(direction_of(self._line(), self.layoutDirection()))
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.contentsRect(), int(flags) | int(Qt.TextFlag.TextSingleLine), shown)

    def _line(self) -> str:
        return " ".join(self.text().split())


def elided(text: str, role: Role = "body") -> ElidedLabel:
    """A label of one line that is cut where room is short."""
    return ElidedLabel(text, role)
