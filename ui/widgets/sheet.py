"""A sheet over the window: content in front of a scrim, left with Esc, never a dialog of its own."""

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ..tab_order import stops
from ..theme import RADIUS_SHEET, current
from .announce import announce
from .buttons import Button, button
from .key_cap import KeyCaps
from .labels import elided

_MARGIN = 16  # the least distance between sheet and window edge


class _Panel(QWidget):
    def paintEvent(self, _: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_SHEET, RADIUS_SHEET)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a click on the sheet must not reach the scrim, which closes


class Sheet(QWidget):
    """Covers its parent; keeps the focus inside, gives it back on closing. Window keys other than Esc still work.

    One button leaves it, at the head: Close where it only shows something, Cancel where it asks; none where the main
    button does nothing else. Esc leaves every sheet.
    """

    closed = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        content: QWidget,
        width: int = 920,
        *,
        leave: Literal["close", "cancel", ""] = "close",
    ) -> None:
        super().__init__(parent)
        self._mains: list[Button] = []
        self._wanted_width = width
        self._content = content
        self._before: QWidget | None = None
        self._height = 0  # the most it has needed since it was shown: it must not shrink under the hand
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._panel = _Panel(self)
        self._panel.setAccessibleName(title)
        self.head = QHBoxLayout()  # further controls may stand between title and Close
        self.head.setSpacing(8)
        self.head.addWidget(elided(title, "title"), 1)
        self.leave = button(
            self.tr("Cancel") if leave == "cancel" else self.tr("Close"), "ghost", on_click=self.dismiss
        )
        if leave:
            self.head.addWidget(self.leave)
            self.head.addWidget(KeyCaps("Esc"))
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(12)
        column.addLayout(self.head)
        column.addWidget(content, 1)
        parent.installEventFilter(self)
        self.hide()

    def present(self) -> None:
        """Show the sheet over the whole parent and give its content the focus."""
        if self.isVisible():
            return
        self._before = QApplication.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self._height = 0  # only at its width does the content know how high it is
        self._fit()
        first = self._content.focusProxy() or next(iter(self._stops()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)
        announce(self, self.accessibleName())

    def dismiss(self) -> None:
        """Close the sheet; the focus goes back to where it was."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def foot(self, main: Button, *others: QWidget) -> QHBoxLayout:
        """A row of buttons that ends with the main one; Enter presses that from anywhere in the sheet."""
        self._mains.append(main)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for part in (*others, main, KeyCaps("Enter")):
            row.addWidget(part)
        return row

    # ---- inside -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent() and self.isVisible():
            self._fit()
        return False

    def event(self, event: QEvent) -> bool:
        # Esc belongs to the sheet, also where the window has given it to an action.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            main = next((each for each in self._mains if each.isVisible() and each.isEnabled()), None)
            if main is not None:
                main.click()
        event.accept()  # bare letters must not act on the article behind

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dismiss()
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focusNextPrevChild(True)

    def focusNextPrevChild(self, forward: bool) -> bool:
        found = self._stops()
        if not found:
            return True
        here = QApplication.focusWidget()
        step = 1 if forward else -1
        place = found.index(here) + step if here in found else (0 if forward else -1)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        found[place % len(found)].setFocus(reason)
        return True

    def panes(self) -> list[QWidget]:
        """The parts that Tab goes through one after the other, before it comes to the head of the sheet."""
        return [self._content]

    def _stops(self) -> list[QWidget]:
        """What Tab reaches inside, content first and the head last.

        Not by Qt's own chain: PySide takes what `nextInFocusChain` returns for a child of the widget that was asked,
        and destroys it with that one.
        """
        focus = QApplication.focusWidget()
        return list(dict.fromkeys([*stops(self.panes(), focus), *stops([self._panel], focus)]))

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        width = min(self._wanted_width, self.width() - 2 * _MARGIN)
        self._panel.resize(width, self._panel.height())
        layout = self._panel.layout()
        if layout is not None:
            layout.activate()
        hint = self._panel.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            hint = layout.heightForWidth(width)
        self._height = max(self._height, hint)
        height = min(self._height, self.height() - 2 * _MARGIN)
        self._panel.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(current().scrim))
