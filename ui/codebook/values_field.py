"""The values of a field that knows several, each with the letter that takes it while describing."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.model.attributes.walk import letters
from annotator.model.codebook import Attribute
from annotator.model.codebook_check import LETTERS

from ..widgets.buttons import Button, button, icon_button
from .fields import LineField


class _ValueLine(LineField):
    """Enter asks for one more value below."""

    more_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.more_wanted.emit()
        else:
            super().keyPressEvent(event)


class ValuesField(QWidget):
    """Shows an attribute, tells its values and what is extra. Where no letter is given the one that holds is shown."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._attribute = Attribute("")
        self._lines: list[tuple[_ValueLine, LineField, Button]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._more = button(self.tr("Add a value"), "ghost", "plus")
        self._more.clicked.connect(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)

    def show_value(self, value: Any) -> None:
        """Show the values of an attribute. A line that was added and is still empty stays while it is the same one."""
        attribute: Attribute = value
        written = self._written()
        if attribute.id != self._attribute.id or tuple(each for each, _ in written if each) != attribute.values:
            self._set_lines(max(len(attribute.values), 1))
            written = []
        self._attribute = attribute
        taken, given = letters(attribute), _given(attribute)
        for place, (line, letter, _) in enumerate(self._lines):
            own = written[place][0] if written else next(iter(attribute.values[place : place + 1]), "")
            line.show_value(own)
            letter.show_value(given.get(own, ""))
            letter.setPlaceholderText(taken.get(own, "").upper())

    def add(self) -> None:
        """One more value, with the keyboard in it."""
        if not self._lines or self._lines[-1][0].value():
            self._append()
        self._lines[-1][0].setFocus()

    # ---- inside

    def _written(self) -> list[tuple[str, str]]:
        return [(line.value(), letter.value().lower()) for line, letter, _ in self._lines]

    def _set_lines(self, number: int) -> None:
        while len(self._lines) > number:
            for each in self._lines.pop():
                self._grid.removeWidget(each)
                each.hide()
                each.deleteLater()
        while len(self._lines) < number:
            self._append()

    def _append(self) -> None:
        place = len(self._lines)
        line, letter = _ValueLine(self.tr("Value")), LineField()
        line.setAccessibleName(self.tr("Value {n}").format(n=place + 1))
        letter.setAccessibleName(self.tr("Letter of value {n}").format(n=place + 1))
        letter.setMaxLength(1)
        letter.setFixedWidth(40)
        letter.setAlignment(Qt.AlignmentFlag.AlignCenter)
        drop = icon_button("x", self.tr("Remove value {n}").format(n=place + 1))
        drop.clicked.connect(self._drop)
        line.edited.connect(self._changed)
        letter.edited.connect(self._changed)
        line.more_wanted.connect(self.add)
        self._lines.append((line, letter, drop))
        for at, each in enumerate((line, letter, drop)):
            self._grid.addWidget(each, place, at)

    def _drop(self) -> None:
        pressed = self.sender()
        place = next((at for at, (_, _, drop) in enumerate(self._lines) if drop is pressed), -1)
        if place < 0:
            return
        written = self._written()
        del written[place]
        self._tell(written)
        near: QLineEdit | Button = self._lines[min(place, len(self._lines) - 1)][0] if self._lines else self._more
        near.setFocus()

    def _changed(self, _: object) -> None:
        self._tell(self._written())

    def _tell(self, written: list[tuple[str, str]]) -> None:
        values = tuple(value for value, _ in written if value)
        own = {value: letter for value, letter in reversed(written) if value and letter}
        kept = {name: each for name, each in self._attribute.extra.items() if name != LETTERS}
        extra = {**kept, **({LETTERS: {value: own[value] for value in values if value in own}} if own else {})}
        self.edited.emit((values, extra))


def _given(attribute: Attribute) -> Mapping[str, str]:
    found = attribute.extra.get(LETTERS)
    return {str(key): str(letter) for key, letter in found.items()} if isinstance(found, Mapping) else {}
