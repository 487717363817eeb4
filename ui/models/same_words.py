"""The places where the words of an annotation stand again, and which of them are ticked."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from annotator.model.span import Span
from annotator.operations.same_words import MOST, Again

Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, Span]  # document, span


class SameWordsModel(QAbstractListModel):
    """Places come page by page; ticks stay when the list begins anew. What has the tag already is not to be ticked."""

    ticks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Again] = []
        self._ticked: dict[Place, None] = {}
        self._several = False  # whether they lie in more than one article

    def begin(self) -> None:
        """Forget the places, not the ticks."""
        self.beginResetModel()
        self._found, self._several = [], False
        self.endResetModel()

    def add(self, found: Sequence[Again]) -> None:
        """Append a page."""
        if found:
            first = len(self._found)
            self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
            self._found += found
            self._several = self._found[0].place.document != self._found[-1].place.document
            self.endInsertRows()

    def again(self, row: int) -> Again | None:
        """The place of a row."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def title(self, row: int) -> str:
        """The title of an article at its first place, where there are several articles."""
        before, each = self.again(row - 1), self._found[row]
        first = before is None or before.place.document != each.place.document
        return each.place.title if self._several and first else ""

    @property
    def open(self) -> int:
        """How many places have not the tag yet."""
        return sum(not each.same for each in self._found)

    def ticked(self) -> list[Place]:
        """What is ticked."""
        return list(self._ticked)

    def is_ticked(self, row: int) -> bool:
        """Whether a row is ticked."""
        return _place(self._found[row]) in self._ticked

    def turn(self, row: int) -> None:
        """Tick a row, or take its tick away."""
        each = self.again(row)
        if each is None or each.same or (len(self._ticked) >= MOST and _place(each) not in self._ticked):
            return
        if self._ticked.pop(_place(each), self) is self:
            self._ticked[_place(each)] = None
        self._told(row, row)

    def turn_all(self) -> None:
        """Tick all that can be, or none if they are."""
        free = [_place(each) for each in self._found if not each.same]
        all_ticked = len(self._ticked) >= min(len(free), MOST) and all(each in self._ticked for each in free[:MOST])
        self._ticked = {} if all_ticked else dict.fromkeys([*self._ticked, *free][:MOST])
        self._told(0, len(self._found) - 1)

    def _told(self, first: int, last: int) -> None:
        if self._found:
            self.dataChanged.emit(self.index(first), self.index(last))
        self.ticks_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        each = self.again(index.row()) if index.isValid() else None
        if each is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{each.place.before}{each.place.match}{each.place.after}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return ". ".join(part for part in (", ".join(each.tagged), each.place.title) if part)
        if role == Qt.ItemDataRole.CheckStateRole and not each.same:
            return Qt.CheckState.Checked if self.is_ticked(index.row()) else Qt.CheckState.Unchecked
        return None


def _place(each: Again) -> Place:
    return each.place.document, each.span
