"""The one line above the article that asks who codes, after the first tag; it never takes the keyboard by itself."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from .announce import announce
from .avatar import Avatar
from .buttons import button, icon_button
from .key_cap import KeyCaps
from .labels import label
from .surface import surface

_FIELD_WIDTH = 240


class NameLine(QWidget):
    """ "You code as …": a name is proposed and can be changed; coders of the project are offered while one types."""

    confirmed = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("name_line")
        self.setAccessibleName(self.tr("Who codes"))
        surface(self, "soft")
        self._known = QStringListModel(self)
        self._avatar = Avatar("", me=True)
        self._field = QLineEdit()
        self._field.setAccessibleName(self.tr("Your name"))
        self._field.setMaxLength(200)
        self._field.setMinimumWidth(80)
        self._field.setMaximumWidth(_FIELD_WIDTH)
        completer = QCompleter(self._known, self._field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._field.setCompleter(completer)
        self._take = button(self.tr("That’s me"), "secondary", on_click=self.confirm)
        self._close = icon_button("x", self.tr("Not now"), self.dismiss)
        self._field.textChanged.connect(self._follow)
        self._build()
        self.hide()

    def offer(self, name: str, known: Sequence[str] = ()) -> None:
        """Show the line with a proposed name; the keyboard stays where it is."""
        self._known.setStringList(list(known))
        self._field.setText(name)
        self._field.selectAll()
        self._follow(name)
        self.show()
        announce(self, self.tr("You code as {name}. Shift+Tab leads to the name.").format(name=name))

    def focus_field(self) -> None:
        """Put the keyboard into the field, when a person asks to change the name."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def confirm(self) -> None:
        """Take the name that stands there; nothing happens without one."""
        name = " ".join(self._field.text().split())
        if name:
            self.hide()
            self.confirmed.emit(name)

    def dismiss(self) -> None:
        """Leave the name as it is."""
        if self.isVisible():
            self.hide()
            self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        elif not self._field.hasFocus() or not event.text():
            super().keyPressEvent(event)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        words = label(self.tr("You code as"), "second")
        words.setBuddy(self._field)
        row.addWidget(self._avatar)
        row.addWidget(words)
        row.addWidget(self._field, 1)
        row.addWidget(self._take)
        row.addWidget(KeyCaps("Enter"))
        row.addStretch(1)
        row.addWidget(self._close)

    def _follow(self, name: str) -> None:
        self._avatar.show_name(name)
        self._take.setEnabled(bool(name.strip()))
