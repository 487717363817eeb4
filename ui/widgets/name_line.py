"""The one line above the article that asks who codes, after the first tag; it never takes the keyboard by itself."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
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

    def __init__(self, parent: QWidget | None = None, *, closes: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName("name_line")
        self.setAccessibleName(self.tr("Who codes"))
        surface(self, "soft")
        self._known = QStringListModel(self)
        self._way = ""
        self._caps = KeyCaps("Enter")
        self._avatar = Avatar("", me=True)
        self._field = QLineEdit()
        self._field.setAccessibleName(self.tr("Your name"))
        self._field.setMaxLength(200)
        self._field.setMinimumWidth(80)
        self._field.setMaximumWidth(_FIELD_WIDTH)
        self._field.installEventFilter(self)
        completer = QCompleter(self._known, self._field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._field.setCompleter(completer)
        self._take = button(self.tr("That’s me"), "secondary", on_click=self.confirm)
        self._close = icon_button("x", self.tr("Not now"), self.dismiss) if closes else None  # a sheet closes itself
        self._field.textChanged.connect(self._follow)
        self._build()
        self.hide()

    def offer(self, name: str, known: Sequence[str] = (), way: str = "") -> None:
        """Show the line with a proposed name; the keyboard stays where it is. `way` is the key that leads to it."""
        self._way = way
        self._show_key()
        self._known.setStringList(list(known))
        self._field.setText(name)  # not selected: what one types goes to the article still
        self._follow(name)
        self.show()
        told = self.tr("You code as {name}.").format(name=name)
        announce(self, told + (" " + self.tr("{key} leads to the name.").format(key=way) if way else ""))

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_key(focus=event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

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
        row.addWidget(self._caps)
        row.addStretch(1)
        if self._close is not None:
            row.addWidget(self._close)

    def _show_key(self, *, focus: bool = False) -> None:
        """Enter takes the name only while the keyboard is in it; before, the key that leads there is of use."""
        key = "Enter" if focus or self._field.hasFocus() else self._way
        self._caps.setVisible(bool(key))
        if key:
            self._caps.show_keys(key)

    def _follow(self, name: str) -> None:
        self._avatar.show_name(name)
        self._take.setEnabled(bool(name.strip()))
