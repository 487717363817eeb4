"""The annotations of the open document as a list, nested by what lies in what."""

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.model.rows import Annotation

from ..open_document import OpenDocument, Order, order_of
from .counted import CountedModel, Index

DEEPEST = 6  # steps of indentation that are shown
NEAR = 60  # neighbours that are asked whether they lie around an annotation


class AnnotationModel(CountedModel):
    """Shows OpenDocument as it was when the panel last asked to `follow`; a row is an annotation."""

    def __init__(self, document: OpenDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rows: list[Order] = []
        self._orders: dict[int, Order] = {}  # key → its row's place in the text
        self._touched: dict[int, None] = {}  # what has changed since
        self._all_new = True
        self.rowsRemoved.connect(self._row_removed)  # the first to hear of it: until then the rows are the old ones
        document.reset.connect(self._reset)
        document.put.connect(self._touch)
        document.removed.connect(self._touch)

    def annotation(self, row: int) -> Annotation | None:
        """The annotation in a row."""
        return self._document.annotation(self._rows[row][2])

    def row_of(self, key: int | None) -> int | None:
        """The row of an annotation."""
        order = self._orders.get(key) if key is not None else None
        return bisect_left(self._rows, order) if order is not None else None

    def depth(self, row: int) -> int:
        """In how many others the annotation lies: those around it stand just before it."""
        _, end, _ = self._rows[row]
        around = self._rows[max(0, row - NEAR) : row]
        return min(DEEPEST, sum(1 for _, other_end, _ in around if other_end <= end))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        annotation = self.annotation(index.row()) if index.isValid() else None
        if annotation is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return " ".join(annotation.quote.split()) if role == Qt.ItemDataRole.DisplayRole else None
            case Qt.ItemDataRole.UserRole:
                return annotation.key
            case Qt.ItemDataRole.AccessibleTextRole:
                unsure = self.tr(", unsure") if annotation.unsure else ""
                return f"{annotation.tag}: {annotation.quote}{unsure}"
        return None

    def follow(self) -> None:
        """Show what the document holds now."""
        if self._all_new:
            self._rows = self._document.order()
            self._orders = {order[2]: order for order in self._rows}
            self.set_count(len(self._rows))
        else:
            for key in self._touched:
                self._follow_one(key)
        self._all_new = False
        self._touched.clear()

    def _follow_one(self, key: int) -> None:
        annotation, old = self._document.annotation(key), self._orders.pop(key, None)
        new = order_of(annotation) if annotation is not None else None
        if old is not None and old != new:
            self.drop_row(bisect_left(self._rows, old))
        if new is None:
            return
        self._orders[key] = new
        row = bisect_left(self._rows, new)
        if old == new:
            self.dataChanged.emit(self.index(row), self.index(row))
        else:
            self._rows.insert(row, new)
            self.put_row(row)

    def _reset(self) -> None:
        self._all_new = True

    def _touch(self, key: int) -> None:
        self._touched[key] = None

    def _row_removed(self, _parent: Index, first: int, _last: int) -> None:
        del self._rows[first]
