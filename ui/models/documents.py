"""The documents of the project for one coder: all keys at once, the rows a page at a time as they come into view."""

from array import array
from collections import OrderedDict
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.model.changes import Changes
from annotator.model.rows import DocumentRow
from annotator.operations.words import counted
from annotator.storage import assignments, queries

from ..widgets.state_glyph import state_word
from ..workspace import Workspace
from .counted import CountedModel, Index

PAGE = 64  # rows read at once
KEPT = 40  # pages kept


class DocumentModel(CountedModel):
    """A row is a document; `row` gives it as data, `key` by its place."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._keys: array[int] = array("q")
        self._places: dict[int, int] = {}
        self._pages: OrderedDict[int, dict[int, DocumentRow]] = OrderedDict()
        self.words = ""
        self.show = "all"
        self.states: dict[int, str] = {}  # how far each article is, as it was read last: the filter goes by it
        self.of_team = False  # what counts is how far an article is, not how far the coder at work is with it

    def key(self, place: int) -> int:
        """The document at a place of the list."""
        return self._keys[place]

    def place(self, key: int | None) -> int | None:
        """Where a document stands in the list, if it passes the filter."""
        return self._places.get(key) if key is not None else None

    @property
    def shown(self) -> Container[int]:
        """The documents that pass the filter."""
        return self._places

    def row(self, place: int) -> DocumentRow | None:
        """The document at a place, read with its neighbours; None if it is gone since."""
        number = place // PAGE
        page = self._pages.get(number)
        if page is None:
            keys = self._keys[number * PAGE : (number + 1) * PAGE]
            page = self._pages[number] = self._read(keys)
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._keys[place])

    def _read(self, keys: Sequence[int]) -> dict[int, DocumentRow]:
        coder = self._workspace.coder.key if self._workspace.coder else None
        project = self._workspace.project
        rows = {row.key: row for row in queries.document_rows(project, keys, coder)}
        if self.of_team:
            states = assignments.document_states(project, keys)
            rows = {key: replace(row, state=states.get(key, row.state), count=0) for key, row in rows.items()}
        return rows

    def state(self, key: int) -> str | None:
        """How far the coder is with a document of the list."""
        place = self.place(key)
        row = self.row(place) if place is not None else None
        return row.state if row is not None else None

    def known_state(self, key: int) -> str | None:
        """The state that was read last; None if it was not read yet, or not kept."""
        place = self.place(key)
        row = self._pages.get(place // PAGE, {}).get(key) if place is not None else None
        return row.state if row is not None else None

    def set_filter(self, words: str, show: str) -> None:
        """Show only documents with these words in title, outlet or date, and of this state."""
        self.words, self.show = words, show
        self.reload()

    def find(self) -> "array[int]":
        """The documents that pass the filter."""
        project, coder = self._workspace.project, self._workspace.coder.key if self._workspace.coder else None
        if not self.of_team:
            return queries.document_keys(project, coder, words=self.words, show=self.show)
        keys = queries.document_keys(project, coder, words=self.words)
        if self.show == "all":
            return keys
        return array("q", [key for key in keys if self.states.get(key) == self.show])

    def reload(self) -> None:
        """Read the keys anew."""
        keys: array[int] = array("q")
        if self._workspace.is_open:
            keys = self.find()
        if keys == self._keys:
            self._pages.clear()
            if keys:
                self.dataChanged.emit(self.index(0), self.index(len(keys) - 1))
            return
        self._keys = keys
        self._places = {key: place for place, key in enumerate(keys)}
        self._pages.clear()
        self.set_count(len(keys))

    def refresh(self, changes: Changes) -> None:
        """Follow an operation. A document that leaves the filter by its state stays until the filter is set anew."""
        if changes.everything:
            self.reload()
            return
        for key in changes.documents:
            place = self.place(key)
            if place is not None:
                page = self._pages.get(place // PAGE)
                if page is not None:
                    page.pop(key, None)
                    page.update(self._read([key]))
                self.dataChanged.emit(self.index(place), self.index(place))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.UserRole:
                return row.key
            case Qt.ItemDataRole.AccessibleTextRole:
                tags = "" if self.of_team else counted(row.count, self.tr("tag"), self.tr("tags"))
                told = [row.title, row.date, row.outlet, state_word(row.state), tags]
                return ", ".join(part for part in told if part)
        return None
