"""A table of the overview: read, walked by arrow keys, copied as a whole."""

import re

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from annotator.operations.overview_tables import Table

from ..theme import current, readable_on
from ..widgets.labels import plain_tip
from .confusion_view import mixed

Index = QModelIndex | QPersistentModelIndex
MOST = 14  # rows that are in sight; more are scrolled
_ROW = 26
_WIDEST, _NARROWEST = 420, 140  # pixels of a column, and of the first one where room is short


class TableModel(QAbstractTableModel):
    """A Table as it is: words to the left, numbers to the right."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Table("", "", (), ())
        self.shaded = False
        self.tight = False  # whether what stands above a column may take two lines

    def show_table(self, table: Table) -> None:
        """Show another one."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.table.head)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.table.rows):
            return None
        cell = self.table.rows[index.row()][index.column()]
        text = f"{cell:,}" if isinstance(cell, int) else " ".join(cell.split())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.table.head[index.column()]}: {text}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if _is_number(cell) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole) and self.shaded:
            return self._shade(cell, role)
        return None

    def _shade(self, cell: str | int, role: int) -> QColor | None:
        """The ground of a share, the stronger the less it is; and what reads well on it."""
        if not isinstance(cell, str) or not _SHARE.fullmatch(cell):
            return None
        theme = current()
        ground = mixed(theme.page, theme.confuse, 0.55 * (1 - float(cell)))
        return ground if role == Qt.ItemDataRole.BackgroundRole else QColor(readable_on(ground.name(), theme))

    def tighten(self, tight: bool) -> None:
        """Let what stands above the columns take two lines, or one again."""
        if tight != self.tight:
            self.tight = tight
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self.table.head) - 1))

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if side == Qt.Orientation.Vertical or section >= len(self.table.head):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _in_two(self.table.head[section]) if self.tight else self.table.head[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            numbers = self.table.rows and _is_number(self.table.rows[0][section])
            side_ = Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft
            return side_ | Qt.AlignmentFlag.AlignVCenter
        return None


_NUMBER = re.compile(r"[-–]?\d*\.?\d+( %| to [-–]?\d*\.?\d+)?|–")  # an interval, and nothing where a number would be

_SHARE = re.compile(r"[01]?\.\d+")


def _is_number(cell: str | int) -> bool:
    return isinstance(cell, int) or _NUMBER.fullmatch(cell) is not None


def _in_two(words: str) -> str:
    """With a line break instead of the blank that is nearest to the middle."""
    blanks = [at for at, sign in enumerate(words) if sign == " "]
    at = min(blanks, key=lambda at: abs(2 * at + 1 - len(words)), default=None)
    return words if at is None else f"{words[:at]}\n{words[at + 1 :]}"


class TableView(QTableView):
    """As high as its rows, up to MOST of them. Enter or a double click says which row; Ctrl+C copies all."""

    copy_wanted = Signal()
    row_chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = TableModel()
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setProperty("focus_context", "list")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(MOST)  # rows that are looked at for the width of a column
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.activated.connect(lambda index: self.row_chosen.emit(index.row()))

    @property
    def shaded(self) -> bool:
        """Whether numbers between 0 and 1 stand on a colour, the stronger the less they are."""
        return self._model.shaded

    @shaded.setter
    def shaded(self, shaded: bool) -> None:
        self._model.shaded = shaded

    @property
    def table(self) -> Table:
        """What is shown."""
        return self._model.table

    def show_table(self, table: Table) -> None:
        """Show another table."""
        self._model.show_table(table)
        self.setVisible(bool(table.rows))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self._fit_width()
        rows = min(MOST, max(1, self._model.rowCount()))
        header = self.horizontalHeader().sizeHint().height()
        wide = sum(map(self.columnWidth, range(self._model.columnCount()))) > self.viewport().width()
        self.setFixedHeight(rows * _ROW + header + 4 + (14 if wide else 0))

    def _fit_width(self) -> None:
        spare = self._too_wide(tight=False)
        if not self._model.columnCount():
            return
        if spare > self._first_can_give():
            spare = self._too_wide(tight=True)
        if spare > 0:  # titles give way; the numbers are what one came for
            self.setColumnWidth(0, self.columnWidth(0) - min(spare, self._first_can_give()))

    def _first_can_give(self) -> int:
        return max(0, self.columnWidth(0) - _NARROWEST)

    def _too_wide(self, *, tight: bool) -> int:
        """Make each column as wide as what is in it; the pixels by which all are wider than what is in sight."""
        self._model.tighten(tight)
        self.resizeColumnsToContents()
        columns = range(self._model.columnCount())
        for at in columns:
            self.setColumnWidth(at, min(_WIDEST, self.columnWidth(at)))
        return sum(map(self.columnWidth, columns)) - self.viewport().width()
