"""F1: every key in one searchable sheet, where keys can also be changed."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.empty_state import EmptyState
from ..widgets.field import FilterField
from ..widgets.labels import label, set_role
from ..widgets.sheet import Sheet
from ..widgets.surface import scrolled
from .key_capture import KeyCapture, KeyNamer, is_modifier_alone, portable_name
from .key_columns import KeyColumns, KeyRow, matching

__all__ = ["KeyRow", "KeySheet", "matching"]

_EDITING = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Escape,
)
_EDITING_TEXT = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Delete)
_TYPING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class _KeySearch(FilterField):
    """Takes words as they are typed, and any other key as the thing looked for."""

    def __init__(self, hint: str, name_key: KeyNamer) -> None:
        super().__init__(hint, "magnifying-glass", quiet=False)
        self._name_key = name_key
        self._pressed = False  # the text is a pressed key, not words
        self.textEdited.connect(self._typed)

    def event(self, event: QEvent) -> bool:
        # Ctrl+1 looks for Ctrl+1 here; it must not switch the view behind the sheet.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keep = event.key() not in (Qt.Key.Key_Escape, Qt.Key.Key_F1)
            event.setAccepted(keep)
            return keep
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_sought(event):
            self._pressed = True
            self.setText(self._name_key(event))
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        self._pressed = False

    def _is_sought(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        if is_modifier_alone(event) or key in _EDITING:
            return False
        empty = not self.text() or self._pressed
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers & ~_TYPING:
            return empty  # after words it takes what they have found
        if key in _EDITING_TEXT or (modifiers == Qt.KeyboardModifier.ControlModifier and key in _clipboard()):
            return empty
        if modifiers & ~_TYPING:
            return bool(modifiers & ~Qt.KeyboardModifier.GroupSwitchModifier) and not _is_text(event)
        return not _is_text(event)


def _clipboard() -> tuple[Qt.Key, ...]:
    return (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z)


def _is_text(event: QKeyEvent) -> bool:
    # AltGr arrives as Ctrl+Alt on Windows and still writes a letter.
    altgr = event.modifiers() == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    plain = not event.modifiers() & ~_TYPING
    return (plain or altgr) and bool(event.text()) and event.text().isprintable()


class KeySheet(Sheet):
    """The key sheet over a window. It shows rows and reports wishes; the registry decides and gives new rows."""

    change_requested = Signal(str)  # an action whose key is about to be changed
    key_captured = Signal(str, str)  # action, new key; an empty key switches it off
    default_requested = Signal(str)  # an action that shall have its first key again
    preset_chosen = Signal(str)

    def __init__(self, parent: QWidget, rows: Sequence[KeyRow] = (), name_key: KeyNamer = portable_name) -> None:
        content = QWidget()
        super().__init__(parent, QCoreApplication.translate("KeySheet", "Keys"), content)
        self._rows: dict[str, KeyRow] = {}
        self._search = _KeySearch(self.tr("Type what you want to do, or press a key"), name_key)
        self._columns = KeyColumns()
        self._capture = KeyCapture(name_key)
        self._note = label("", "meta", wrap=True)
        self._nothing = EmptyState("keyboard", self.tr("No key does that"), self.tr("Try another word."))
        self._area = scrolled(self._columns)
        self._area.setAccessibleName(self.tr("All keys"))
        content.setFocusProxy(self._search)
        self._build_head()
        self._build_content(content)
        self._search.textChanged.connect(self._look)
        self._search.returnPressed.connect(self._take_first)
        self._columns.picked.connect(self._ask)
        self._capture.captured.connect(self._captured)
        self._capture.default_wanted.connect(self._default)
        self._capture.left.connect(self._columns.focus_action)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[KeyRow]) -> None:
        """Show these actions and keys; after a change only the keys differ and the place stays."""
        self._rows = {row.action: row for row in rows}
        self._columns.set_rows(rows)
        self._look(self._search.text())

    def set_presets(self, presets: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer whole sets of keys, each an id and its name."""
        blocked = self._presets.blockSignals(True)
        self._presets.clear()
        for key, name in presets:
            self._presets.addItem(name, key)
        self._presets.setCurrentIndex(max(0, self._presets.findData(chosen)))
        self._presets.blockSignals(blocked)
        self._presets.setVisible(len(presets) > 1)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """A sentence about the last change, such as why a key cannot be had."""
        set_role(self._note, "bad" if wrong else "meta")
        self._note.setText(text)
        self._note.setVisible(bool(text))
        announce(self, text, at_once=wrong)

    def present(self) -> None:
        self.say("")
        self._capture.leave()
        self._change.setChecked(False)
        self._search.clear()
        super().present()

    def _build_head(self) -> None:
        self._presets = QComboBox()
        self._presets.setAccessibleName(self.tr("Set of keys"))
        self._presets.hide()
        self._presets.activated.connect(lambda place: self.preset_chosen.emit(str(self._presets.itemData(place))))
        self._change = button(self.tr("Change a key"), "ghost", "pencil-simple")
        self._change.setCheckable(True)
        self._change.toggled.connect(self._set_changing)
        self.head.insertWidget(1, self._presets)
        self.head.insertWidget(2, self._change)

    def _build_content(self, content: QWidget) -> None:
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._search)
        column.addWidget(self._capture)
        column.addWidget(self._note)
        column.addSpacing(4)
        column.addWidget(self._area, 1)
        column.addWidget(self._nothing, 1)

    def _look(self, wanted: str) -> None:
        found = self._columns.show_matching(wanted)
        self._area.setVisible(found > 0)
        self._nothing.setVisible(found == 0 and bool(wanted.strip()))

    def ask_again(self, action: str, why: str) -> None:
        """The key cannot be had: say why, and wait for another."""
        self._capture.ask(action, self._rows[action].text)
        self.say(why, wrong=True)

    def _take_first(self) -> None:
        """Enter after a search means its first row."""
        if self._change.isChecked() and self._search.text():
            self._columns.press_first()

    def _set_changing(self, changing: bool) -> None:
        self._columns.set_changing(changing)
        # While the rows take the keyboard, the area around them would only stand in its way.
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus if changing else Qt.FocusPolicy.StrongFocus)
        self._capture.leave()
        self.say(self.tr("Choose what gets another key.") if changing else "")

    def _ask(self, action: str) -> None:
        self.say("")
        self.change_requested.emit(action)
        self._capture.ask(action, self._rows[action].text)

    def _captured(self, action: str, key: str) -> None:
        self._columns.focus_action(action)
        self.key_captured.emit(action, key)

    def _default(self, action: str) -> None:
        self._columns.focus_action(action)
        self.default_requested.emit(action)
