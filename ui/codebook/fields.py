"""Fields of the editor's forms. Each shows a value and says when a person has changed it."""

import re
from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from annotator.model.codebook import Tag

from ..widgets.tick import Tick


class Field(Protocol):
    """What a form needs of a field, which is a widget too."""

    edited: Any  # a signal that carries the new value

    def show_value(self, value: Any) -> None:
        """Show a value; what is being written is left alone where it says the same."""
        ...


class LineField(QLineEdit):
    """One line of text."""

    edited = Signal(object)

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._tell)

    def value(self) -> Any:
        return self.text().strip()

    def show_value(self, value: Any) -> None:
        if value != self.value():
            self.setText(self._told(value))
            self.setCursorPosition(0)

    def _told(self, value: Any) -> str:
        return str(value)

    def _tell(self) -> None:
        self.edited.emit(self.value())


class WordsField(LineField):
    """Several words in one line, with blanks or commas between them."""

    def __init__(self, hint: str = "", *, commas: bool = False, none: bool = False, small: bool = False) -> None:
        super().__init__(hint)
        self._commas, self._none, self._small = commas, none, small  # `none`: nothing written is None, no empty list

    def value(self) -> Any:
        text = self.text().lower() if self._small else self.text()
        parts = re.split(r"\s*,\s*" if self._commas else r"[\s,;]+", text.strip())
        words = tuple(dict.fromkeys(part for part in parts if part))
        return None if self._none and not words else words

    def _told(self, value: Any) -> str:
        return (", " if self._commas else " ").join(value or ())


class TextField(QPlainTextEdit):
    """Several lines of text; as high as what stands in it, within limits."""

    edited = Signal(object)

    def __init__(self, hint: str = "", *, least: int = 2, most: int = 8) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setPlaceholderText(hint)
        self.setProperty("kind", "note")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._changed)
        self._fit()

    def value(self) -> str:
        return self.toPlainText().strip()

    def show_value(self, value: Any) -> None:
        if value != self.value():
            with QSignalBlocker(self):
                self.setPlainText(str(value))
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _changed(self) -> None:
        self._fit()
        self.edited.emit(self.value())

    def _fit(self) -> None:
        lines = min(self._most, max(self._least, round(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + 2 * round(self.document().documentMargin()) + 10
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)


class ChoiceField(QComboBox):
    """One of a few; turning the wheel over it scrolls the page."""

    edited = Signal(object)

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        for key, words in options:
            self.addItem(words, key)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._tell)

    def show_value(self, value: Any) -> None:
        if self.findData(value) < 0:
            self.addItem(str(value), value)
        self.setCurrentIndex(self.findData(value))

    def _tell(self) -> None:
        self.edited.emit(self.currentData())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class TickField(Tick):
    """Yes or no."""

    edited = Signal(object)

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.clicked.connect(self._tell)

    def show_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    def _tell(self) -> None:
        self.edited.emit(self.isChecked())


class NumberField(QSpinBox):
    """A whole number from 1, or none."""

    edited = Signal(object)

    def __init__(self, none: str) -> None:
        super().__init__()
        self.setRange(0, 99)
        self.setSpecialValueText(none)
        self.setFixedWidth(150)
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        self.valueChanged.connect(self._tell)

    def show_value(self, value: Any) -> None:
        if (value or 0) != self.value():
            with QSignalBlocker(self):
                self.setValue(value or 0)

    def _tell(self) -> None:
        self.edited.emit(self.value() or None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class TagsField(QWidget):
    """Any of the tags of the codebook."""

    edited = Signal(object)
    _COLUMNS = 3

    def __init__(self) -> None:
        super().__init__()
        self._ticks: dict[str, Tick] = {}
        self._labels: tuple[tuple[str, str], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Offer these tags."""
        labels = tuple((tag.id, tag.label) for tag in tags)
        if labels == self._labels:
            return
        self._labels = labels
        on = {key for key, tick in self._ticks.items() if tick.isChecked()}
        for old in self._ticks.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._ticks = {}
        for number, (key, words) in enumerate(labels):
            tick = Tick(words, on=key in on)
            tick.setAccessibleDescription(self.accessibleName())
            tick.clicked.connect(self._clicked)
            self._ticks[key] = tick
            self._grid.addWidget(tick, number // self._COLUMNS, number % self._COLUMNS)

    def show_value(self, value: Any) -> None:
        for key, tick in self._ticks.items():
            tick.setChecked(key in value)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and self._ticks:
            next(iter(self._ticks.values())).setFocus()
        return super().event(event)

    def _clicked(self) -> None:
        self.edited.emit(tuple(key for key, tick in self._ticks.items() if tick.isChecked()))
