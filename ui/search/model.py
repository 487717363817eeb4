"""The places that were found, as rows: what they say is worked out for rows in sight alone."""

from array import array
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from annotator.storage.concordance import TEXT, Place

from .order import left_of, right_of

TICK, LEFT, MATCH, RIGHT, ARTICLE, TAGS = range(6)
Index = QModelIndex | QPersistentModelIndex


class PlacesModel(QAbstractTableModel):
    """A row is a place; `tags_of` says what is tagged there. Rows are ticked by the number in which they came."""

    ticks_changed = Signal()

    def __init__(self, tags_of: Callable[[Place], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tags_of = tags_of
        self._places: list[Place] = []
        self._order: array[int] | None = None  # None: as they came
        self._ticked: set[int] = set()

    # ---- rows

    @property
    def places(self) -> Sequence[Place]:
        """All places as they came."""
        return self._places

    def begin(self) -> None:
        """Nothing is found yet."""
        self.beginResetModel()
        self._places, self._order = [], None
        self._ticked.clear()
        self.endResetModel()
        self.ticks_changed.emit()

    def add(self, places: Sequence[Place]) -> None:
        """More places; they stand at the end until they are ordered."""
        if not places:
            return
        first = len(self._places)
        self.beginInsertRows(QModelIndex(), first, first + len(places) - 1)
        self._places += places
        if self._order is not None:
            self._order.extend(range(first, len(self._places)))
        self.endInsertRows()

    def set_order(self, order: "array[int] | None") -> None:
        """Show the places in this order of their numbers. The rows stay as many, so the view need not begin anew."""
        self._order = order
        self.refresh()

    def place(self, row: int) -> Place | None:
        """The place in a row."""
        return self._places[self.number(row)] if 0 <= row < len(self._places) else None

    def number(self, row: int) -> int:
        """The number of the place in a row."""
        return row if self._order is None else self._order[row]

    def row_of(self, number: int) -> int:
        """Where the place with this number stands."""
        return number if self._order is None else self._order.index(number)

    def in_rows(self) -> Iterable[Place]:
        """All places in the order of the rows."""
        return (self._places[self.number(row)] for row in range(len(self._places)))

    # ---- ticks

    def is_ticked(self, row: int) -> bool:
        """Whether a row is ticked."""
        return self.number(row) in self._ticked

    def ticked(self) -> list[Place]:
        """The ticked places in the order of the rows."""
        rows = sorted(map(self.row_of, self._ticked)) if len(self._ticked) < 50 else range(len(self._places))
        return [self._places[self.number(row)] for row in rows if self.number(row) in self._ticked]

    @property
    def ticks(self) -> int:
        """How many are ticked."""
        return len(self._ticked)

    def turn(self, row: int) -> None:
        """Tick a row, or untick it. What stands in a note or a field cannot be tagged, so it is not ticked."""
        place = self.place(row)
        if place is not None and place.where == TEXT:
            self._ticked ^= {self.number(row)}
            self.dataChanged.emit(self.index(row, 0), self.index(row, TAGS))
            self.ticks_changed.emit()

    def turn_all(self) -> None:
        """Tick all, or none if all are ticked."""
        every = {number for number, place in enumerate(self._places) if place.where == TEXT}
        self._ticked = set() if self._ticked == every else every
        self.refresh()
        self.ticks_changed.emit()

    def untick(self) -> None:
        """Tick none."""
        if self._ticked:
            self._ticked.clear()
            self.refresh()
            self.ticks_changed.emit()

    def refresh(self) -> None:
        """What is tagged, or ticked, may have changed."""
        if self._places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._places) - 1, TAGS))

    # ---- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else TAGS + 1

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == LEFT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or way != Qt.Orientation.Horizontal:
            return None
        names = ("", self.tr("Left"), self.tr("Found"), self.tr("Right"), self.tr("Article"), self.tr("Tagged"))
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.place(index.row()) if index.isValid() else None
        if place is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == TICK and place.where == TEXT:
            return Qt.CheckState.Checked if self.is_ticked(index.row()) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.told(index.row()) if index.column() in (TICK, MATCH) else self._cell(place, index.column())
        return self._cell(place, index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    def told(self, row: int) -> str:
        """A row as a screen reader says it."""
        place = self.place(row)
        if place is None:
            return ""
        line = " ".join(f"{place.before}{place.match}{place.after}".split())
        ticked = self.tr("ticked") if self.is_ticked(row) else ""
        return ", ".join(part for part in (ticked, line, place.title, self._tags_of(place)) if part)

    def _cell(self, place: Place, column: int) -> str:
        if column == TAGS:
            return self._tags_of(place)
        texts = {LEFT: left_of, MATCH: _match, RIGHT: right_of, ARTICLE: _article}
        return " ".join(texts[column](place).split()) if column in texts else ""


def _match(place: Place) -> str:
    return place.match


def _article(place: Place) -> str:
    return place.title or place.document_id[:12]
