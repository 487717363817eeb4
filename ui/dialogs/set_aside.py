"""Set an article aside: why, by one letter."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.operations.readings import REASONS

from ..keys.layouts import KeyReader
from ..theme import current, ui_font
from ..widgets.key_cap import keys_width, paint_keys
from ..widgets.labels import ElidedLabel
from ..widgets.sheet import Sheet
from ..widgets.surface import paint_row

_ROW_HEIGHT = 40


def _words() -> dict[str, tuple[str, str, str]]:
    """Reason → letter, name, when to take it."""
    told = QCoreApplication.translate
    return {
        "not relevant": (
            told("SetAside", "N"),
            told("SetAside", "Not relevant"),
            told("SetAside", "about something else"),
        ),
        "text damaged": (
            told("SetAside", "T"),
            told("SetAside", "Text damaged"),
            told("SetAside", "cut off, doubled, not readable"),
        ),
        "other language": (
            told("SetAside", "O"),
            told("SetAside", "Other language"),
            told("SetAside", "not one of this project"),
        ),
        "skipped": (told("SetAside", "S"), told("SetAside", "Skipped"), told("SetAside", "perhaps later")),
    }


class _Reason(QAbstractButton):
    """One reason: its letter, its name, a hint."""

    def __init__(self, letter: str, name: str, hint: str) -> None:
        super().__init__()
        self.letter, self._name, self._hint = letter, name, hint
        self.setAccessibleName(f"{name}, {letter}")
        self.setAccessibleDescription(hint)
        self.setFixedHeight(_ROW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(320, _ROW_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the sheet walks through the reasons
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter, rect = current(), QPainter(self), QRectF(self.rect())
        painter.setLayoutDirection(self.layoutDirection())
        paint_row(painter, rect, theme, current=False, hover=self.underMouse(), focus=self.hasFocus())
        caps = keys_width(self.letter)
        paint_keys(painter, self._visual(QRectF(10, 0, caps, rect.height())), self.letter, theme, on=self.hasFocus())
        left = 10 + max(caps, 20) + 12
        bold = ui_font("body", QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(theme.ink))
        flags = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        width = painter.fontMetrics().horizontalAdvance(self._name)
        painter.drawText(self._visual(QRectF(left, 0, width + 2, rect.height())), flags, self._name)
        painter.setFont(ui_font("small"))
        painter.setPen(QColor(theme.ink3))
        room = max(0.0, rect.width() - left - width - 22)
        hint = painter.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(self._visual(QRectF(left + width + 10, 0, room, rect.height())), flags, hint)

    def _visual(self, rect: QRectF) -> QRectF:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(self.width() - rect.right())
        return rect


class SetAsideSheet(Sheet):
    """Four reasons; a letter, Enter or a click takes one, and the sheet is gone."""

    reason_chosen = Signal(str)  # one of REASONS

    def __init__(self, parent: QWidget) -> None:
        content = QWidget()
        super().__init__(
            parent, QCoreApplication.translate("SetAside", "Set this article aside"), content, 460, leave="cancel"
        )
        self._article = ElidedLabel("", "second")
        self._reasons: dict[str, _Reason] = {}
        self._reader = KeyReader()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._article)
        column.addSpacing(6)
        for reason in REASONS:
            row = _Reason(*_words()[reason])
            row.clicked.connect(lambda _=False, reason=reason: self._choose(reason))
            self._reasons[reason] = row
            column.addWidget(row)
        content.setFocusProxy(next(iter(self._reasons.values())))

    def ask(self, title: str) -> None:
        """Show the sheet for an article."""
        self._article.setText(title)
        self.present()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = list(self._reasons.values())
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            here = self.focusWidget()
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            place = rows.index(here) + step if isinstance(here, _Reason) and here in rows else 0
            rows[place % len(rows)].setFocus(Qt.FocusReason.TabFocusReason)
            event.accept()
            return
        reason = self._by_letter(event)
        if reason:
            self._choose(reason)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _by_letter(self, event: QKeyEvent) -> str | None:
        """The reason of a letter; where the layout writes no Latin, the letter's place on the keyboard counts."""
        names = self._reader.names(event)
        return next((reason for reason, row in self._reasons.items() if row.letter.casefold() in names), None)

    def _choose(self, reason: str) -> None:
        self.dismiss()
        self.reason_chosen.emit(reason)
