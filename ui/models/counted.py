"""A list model whose rows Qt counts by itself.

To lay out a list view, Qt asks for the number of rows once for each row. Asked in Python that is most of the time a
tag takes in a document with 10,000 annotations; a QStringListModel of empty texts answers in C++.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt

Index = QModelIndex | QPersistentModelIndex


class CountedModel(QStringListModel):
    """What a row shows is the subclass's `data`; it keeps its own rows, and changes them before it calls these."""

    def set_count(self, count: int) -> None:
        """All rows are new."""
        self.setStringList([""] * count)

    def put_row(self, row: int) -> None:
        """There is one more row, at this place."""
        self.insertRows(row, 1)

    def drop_row(self, row: int) -> None:
        """The row at this place is gone."""
        self.removeRows(row, 1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags if index.isValid() else Qt.ItemFlag.NoItemFlags
