"""The line that waits for somebody to press the new key of an action."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ..theme import HEIGHT_CONTROL, RADIUS_CONTROL, current, ui_font
from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.surface import paint_ring

_MODIFIER_KEYS = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_unknown,
)

KeyNamer = Callable[[QKeyEvent], str]


def is_modifier_alone(event: QKeyEvent) -> bool:
    """Whether nothing but Ctrl, Shift, Alt or a lock was pressed."""
    return event.key() in _MODIFIER_KEYS or event.key() == 0


def portable_name(event: QKeyEvent) -> str:
    """The pressed key as "Ctrl+Shift+Z", without the number pad's mark."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    pressed = QKeySequence(int(event.key()) | int(modifiers.value))
    return pressed.toString(QKeySequence.SequenceFormat.PortableText)


class _Catcher(QWidget):
    """Takes every key there is, Tab and window keys included, and says which it was."""

    caught = Signal(str)
    left = Signal()

    def __init__(self, name_key: KeyNamer) -> None:
        super().__init__()
        self._name_key = name_key
        self._text = ""
        self.setFixedHeight(HEIGHT_CONTROL)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def ask(self, text: str) -> None:
        """Show what the key is for."""
        self._text = text
        self.setAccessibleName(text)
        self.update()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, text)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._take(event)
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        event.accept()
        if is_modifier_alone(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif name := self._name_key(event):
            self.caught.emit(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent_soft))
        painter.drawRoundedRect(self.rect(), RADIUS_CONTROL, RADIUS_CONTROL)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme)
        painter.setFont(ui_font())
        painter.setPen(QColor(theme.ink))
        painter.drawText(self.rect().adjusted(10, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter, self._text)


class KeyCapture(QWidget):
    """Asks for one new key: pressed, none at all, or the one it had at first."""

    captured = Signal(str, str)  # action, key; an empty key switches the action's key off
    default_wanted = Signal(str)
    left = Signal(str)

    def __init__(self, name_key: KeyNamer = portable_name) -> None:
        super().__init__()
        self.action = ""
        self._catcher = _Catcher(name_key)
        self._catcher.caught.connect(lambda key: self._end(lambda action: self.captured.emit(action, key)))
        self._catcher.left.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._catcher, 1)
        row.addWidget(button(self.tr("No key"), on_click=self._no_key))
        row.addWidget(button(self.tr("The default"), on_click=lambda: self._end(self.default_wanted.emit)))
        row.addWidget(button(self.tr("Leave it"), "ghost", on_click=self.leave))
        self.hide()

    def ask(self, action: str, text: str) -> None:
        """Wait for the key of an action; `text` is how people call it."""
        self.action = action
        self.show()
        self._catcher.ask(self.tr("Press the new key for “{what}”").format(what=text))

    def leave(self) -> None:
        """Stop waiting and change nothing."""
        self._end(self.left.emit)

    def _no_key(self) -> None:
        self._end(lambda action: self.captured.emit(action, ""))

    def _end(self, tell: Callable[[str], object]) -> None:
        action, self.action = self.action, ""
        self.hide()
        if action:
            tell(action)
