"""A form over one immutable record: labels, fields, and what is wrong right below the field that it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from annotator.model.codebook_faults import Path

from ..widgets.labels import breakable, label
from .fields import TickField

LABELS = 112  # pixels for what a field is called


@dataclass(frozen=True)
class Row:
    """One field of a record. `path` is where it stands in the layout of the file, which names faults by it."""

    name: str
    words: str
    field: QWidget  # a Field
    hint: str = ""
    path: Path = ()
    get: Callable[[Any], Any] | None = None  # from the record, where it is no attribute of it
    put: Callable[[Any, Any], Any] | None = None  # the record with another value

    @property
    def place(self) -> Path:
        """Where faults of it lie."""
        return self.path or (self.name,)

    def read(self, record: Any) -> Any:
        """The value in a record."""
        return self.get(record) if self.get else getattr(record, self.name)

    def written(self, record: Any, value: Any) -> Any:
        """The record with this value."""
        return self.put(record, value) if self.put else replace(record, **{self.name: value})


class Form(QWidget):
    """Fields below each other; `edited` carries the record as it is now, and the name of the field."""

    edited = Signal(object, str)

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._record: Any = None
        self._labels: dict[str, tuple[QWidget, ...]] = {}
        self._hints: dict[str, QLabel] = {}
        self._faults: dict[str, QLabel] = {}
        self._names: dict[QWidget, str] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(2, 2, 10, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(1, 1)
        self._whole = label("", "bad", wrap=True)
        self._whole.hide()
        grid.addWidget(self._whole, 0, 0, 1, 2)
        line = 1
        for row in self._rows:
            line = self._add(grid, line, row)
        grid.setRowStretch(line, 1)

    def show_record(self, record: Any) -> None:
        """Show the values of a record; a field that says the same is left alone."""
        self._record = record
        for row in self._rows:
            row.field.show_value(row.read(record))  # type: ignore[attr-defined]  # a Field

    def field(self, name: str) -> QWidget:
        """The field of a name."""
        return next(row.field for row in self._rows if row.name == name)

    def allow(self, name: str, allowed: bool) -> None:
        """Whether a field can be changed."""
        self.field(name).setEnabled(allowed)

    def offer(self, name: str, shown: bool) -> None:
        """Show a field, or leave it out where it has no meaning."""
        for each in self._labels[name]:
            each.setVisible(shown)

    def say_hint(self, name: str, words: str) -> None:
        """Say something else below a field that has a hint."""
        self._hints[name].setText(words)
        self.field(name).setAccessibleDescription(words)

    def tell_fault(self, path: Path | None, sentence: str = "") -> None:
        """Say what is wrong below the field at a path, at the top where no field is that place; None: nothing is."""
        found = self._row_at(path) if path is not None else None
        for row in self._rows:
            self._say(self._faults[row.name], sentence if row is found else "")
        self._say(self._whole, sentence if path is not None and found is None else "")

    def go_to(self, path: Path) -> None:
        """Put the keyboard into the field at a path, else into the first."""
        row = self._row_at(path) or next((row for row in self._rows if row.field.isVisible()), self._rows[0])
        row.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    def _add(self, grid: QGridLayout, line: int, row: Row) -> int:
        carried = isinstance(row.field, TickField)  # a tick carries its words itself
        field, words, told = row.field, label("" if carried else row.words, "section"), label("", "bad", wrap=True)
        if not carried:
            field.setAccessibleName(row.words)
        words.setMinimumHeight(28)
        parts: list[QWidget] = [words, field]
        grid.addWidget(words, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(field, line, 1, Qt.AlignmentFlag.AlignVCenter)
        if row.hint:
            self._hints[row.name] = hint = label(row.hint, "meta", wrap=True)
            field.setAccessibleDescription(row.hint)
            grid.addWidget(hint, line + 1, 1)
            parts.append(hint)
        told.hide()
        grid.addWidget(told, line + 2, 1)
        grid.setRowMinimumHeight(line + 3, 2)
        self._labels[row.name], self._faults[row.name] = tuple(parts), told
        self._names[field] = row.name
        field.edited.connect(self._edited)  # type: ignore[attr-defined]  # a Field
        return line + 4

    def _row_at(self, path: Path) -> Row | None:
        fitting = [row for row in self._rows if path[: len(row.place)] == row.place]
        return max(fitting, key=lambda row: len(row.place), default=None)

    def _say(self, told: QLabel, sentence: str) -> None:
        told.setText(breakable(sentence))
        told.setVisible(bool(sentence))

    def _edited(self, value: Any) -> None:
        # No closure over this form is given to a field: who asks is known by its field.
        name = self._names.get(self.sender())  # type: ignore[call-overload]
        row = next((row for row in self._rows if row.name == name), None)
        if row is not None and self._record is not None:
            self._record = row.written(self._record, value)
            self.edited.emit(self._record, row.name)
