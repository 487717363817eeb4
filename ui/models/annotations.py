"""The annotations of the open document as a list, nested by what lies in what."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from annotator.model.rows import Annotation

from ..open_document import OpenDocument, Order, order_of
from .counted import CountedModel, Index

DEEPEST = 6  # steps of indentation that are shown
NEAR = 60  # neighbours that are asked whether they lie around an annotation


class AnnotationModel(CountedModel):
    """Follows OpenDocument; a row is an annotation."""

    def __init__(self, document: OpenDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rows: list[Order] = []
        self.rowsRemoved.connect(self._row_removed)  # the first to hear of it: until then the rows are the old ones
        document.reset.connect(self._reset)
        document.put.connect(self._put)
        document.removed.connect(self._removed)
        self._reset()

    def annotation(self, row: int) -> Annotation | None:
        """The annotation in a row."""
        return self._document.annotation(self._rows[row][2])

    def row_of(self, key: int | None) -> int | None:
        """The row of an annotation."""
        if self._document.annotation(key) is None or key is None:
            return None
        return self._document.index_of(key)

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

    def _reset(self) -> None:
        self._rows = self._document.order()
        self.set_count(len(self._rows))

    def _put(self, key: int) -> None:
        annotation = self._document.annotation(key)
        assert annotation is not None
        new, row = order_of(annotation), self._document.index_of(key)
        if row < len(self._rows) and self._rows[row] == new:
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        if len(self._rows) == len(self._document):
            self._forget(key)
        self._rows.insert(row, new)
        self.put_row(row)

    def _removed(self, key: int) -> None:
        self._forget(key)

    def _forget(self, key: int) -> None:
        row = next(row for row, (_, _, known) in enumerate(self._rows) if known == key)
        self.drop_row(row)

    def _row_removed(self, _parent: Index, first: int, _last: int) -> None:
        del self._rows[first]
