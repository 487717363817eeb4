"""A list of records beside a form for the one at hand: rules, examples, fields of a tag."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.codebook_faults import Path

from ..widgets.buttons import button, icon_button
from ..widgets.empty_state import EmptyState
from ..widgets.surface import scrolled
from .form import Form
from .items import Item, ItemList

Records = tuple[Any, ...]


class RecordEditor(QWidget):
    """Add, change, move and remove records. `edited` carries all of them, and what was written, "" for a whole act."""

    edited = Signal(object, str)

    def __init__(
        self,
        name: str,
        add: str,
        form: Form,
        told: Callable[[Any], Item],
        make: Callable[[Records], Any],
        *,
        width: int = 250,
    ) -> None:
        """`told` is the line of a record; `make` one more record beside those that are there."""
        super().__init__()
        self._told, self._make = told, make
        self._records: Records = ()
        self._wrong = -1
        self._fault: tuple[Path | None, str] = (None, "")
        self.form = form
        self.list = ItemList(name)
        self._add = button(add, "ghost", "plus")
        self._remove = icon_button("trash", self.tr("Remove"))
        self._up = icon_button("arrow-up", self.tr("Move up"))
        self._down = icon_button("arrow-down", self.tr("Move down"))
        self._pages = QStackedWidget()
        self._build(width)
        self._add.clicked.connect(self.add)
        self._remove.clicked.connect(self.remove)
        self._up.clicked.connect(self._move_up)
        self._down.clicked.connect(self._move_down)
        self.list.chosen.connect(self._show_current)
        self.list.activated.connect(self._begin)
        self.list.move_wanted.connect(self.shift)
        self.list.removal_wanted.connect(self.remove)
        form.edited.connect(self._write)

    def _build(self, width: int) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(2)
        tools.addWidget(self._add)
        tools.addStretch(1)
        for each in (self._up, self._down, self._remove):
            tools.addWidget(each)
        side = QWidget()
        side.setFixedWidth(width)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        column.addLayout(tools)
        area = scrolled(self.form)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages.addWidget(area)
        self._pages.addWidget(EmptyState("list-plus", self.tr("Nothing here yet")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(side)
        row.addWidget(self._pages, 1)

    # ---- what others use

    @property
    def at(self) -> int:
        """The place of the record at hand; -1 where there is none."""
        return int(self.list.current) if self.list.current else -1

    @property
    def current(self) -> Any:
        """The record at hand, or None."""
        return self._records[self.at] if 0 <= self.at < len(self._records) else None

    def show_records(self, records: Records, at: int | None = None) -> None:
        """Show these records; the one at hand stays, or the one at `at` is."""
        self._records = tuple(records)
        items = [self._item(place, each) for place, each in enumerate(self._records)]
        here = self.at if at is None else at
        self.list.show_items(items, str(min(max(here, 0), len(items) - 1)) if items else "")
        self._show_current()

    def add(self) -> None:
        """One more record, with the keyboard in its first field."""
        records = (*self._records, self._make(self._records))
        self.show_records(records, len(records) - 1)
        self.edited.emit(records, "")
        self.form.go_to(())

    def remove(self) -> None:
        """Take the record at hand away."""
        at = self.at
        if self.current is None:
            return
        records = self._records[:at] + self._records[at + 1 :]
        self.show_records(records, at)
        self.edited.emit(records, "")
        (self.list if records else self._add).setFocus()

    def shift(self, steps: int) -> None:
        """Move the record at hand."""
        at, to = self.at, self.at + steps
        if self.current is None or not 0 <= to < len(self._records):
            return
        records = list(self._records)
        records[at], records[to] = records[to], records[at]
        self.show_records(tuple(records), to)
        self.edited.emit(tuple(records), "")

    def tell_fault(self, path: Path | None, sentence: str = "") -> None:
        """Say what is wrong with the record that the path begins with; None: nothing is."""
        if (path, sentence) == self._fault:
            return
        self._fault = (path, sentence)
        self._wrong = int(path[0]) if path and isinstance(path[0], int) else -1
        self.show_records(self._records)

    def go_to(self, path: Path) -> None:
        """Put the keyboard where a path leads."""
        if path and isinstance(path[0], int):
            self.show_records(self._records, path[0])
            self.form.go_to(path[1:])
        else:
            self.list.setFocus()

    # ---- for those with more to say

    def adjusted(self, record: Any, name: str) -> Any:  # noqa: ARG002 - for those who need it
        """What becomes of the record at hand after a field of it was written."""
        return record

    def shown(self, record: Any) -> None:
        """A record is shown: which fields it has."""

    # ---- inside

    def _item(self, place: int, record: Any) -> Item:
        told = self._told(record)
        return Item(str(place), told.text, told.side, quiet=told.quiet, wrong=place == self._wrong)

    def _show_current(self) -> None:
        record = self.current
        self._pages.setCurrentIndex(0 if record is not None else 1)
        for each, usable in (
            (self._remove, record is not None),
            (self._up, self.at > 0),
            (self._down, 0 <= self.at < len(self._records) - 1),
        ):
            each.setEnabled(usable)
        path, sentence = self._fault
        here = path is not None and self._wrong in (self.at, -1)
        self.form.tell_fault(path[1:] if path is not None and here else None, sentence)
        if record is not None:
            self.form.show_record(record)
            self.shown(record)

    def _begin(self) -> None:
        self.form.go_to(())

    def _write(self, record: Any, name: str) -> None:
        at = self.at
        if self.current is None:
            return
        record = self.adjusted(record, name)
        records = (*self._records[:at], record, *self._records[at + 1 :])
        self.show_records(records)
        self.edited.emit(records, f"{at}/{name}")

    def _move_up(self) -> None:
        self.shift(-1)

    def _move_down(self) -> None:
        self.shift(1)
