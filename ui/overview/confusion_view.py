"""Which tag is taken for which: a table whose cells are coloured by how often, each leading to the spans behind it."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from annotator.operations.agreement_details import NONE, Confusion

from ..theme import current, readable_on, ui_font
from ..widgets.labels import plain_tip
from ..widgets.surface import paint_ring

Index = QModelIndex | QPersistentModelIndex
_ROW = 34
_NOTHING = Confusion((), (), {})


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.confusion = _NOTHING
        self.names: list[str] = []

    def show_confusion(self, confusion: Confusion, names: list[str]) -> None:
        self.beginResetModel()
        self.confusion, self.names = confusion, names
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.names)

    def keys(self, index: Index) -> tuple[str, str]:
        return self.confusion.rows[index.row()], self.confusion.rows[index.column()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        number = self.confusion.number(*self.keys(index))
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{number:,}" if number else "·"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self.names[index.row()]}, {self.names[index.column()]}: {number:,}"
        return None

    def headerData(self, section: int, _: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if section >= len(self.names):
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.names[section])
        return self.names[section] if role == Qt.ItemDataRole.DisplayRole else None


class _Cells(QStyledItemDelegate):
    """Agreement in the accent, confusion in the warning colour, as strong as the number is large among its kind."""

    def __init__(self, model: _Model, parent: QTableView) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        row, column = self._model.keys(index)
        number = self._model.confusion.number(row, column)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRectF(option.rect).adjusted(1, 1, -1, -1)
        fill = self._fill(row, column, number)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(cell, 3, 3)
        if not (row == column == NONE):
            painter.setPen(QColor(readable_on(fill.name(), theme) if number else theme.ink3))
            painter.setFont(ui_font("body", QFont.Weight.DemiBold if number else QFont.Weight.Normal))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        if option.state & QStyle.StateFlag.State_Selected:
            paint_ring(painter, cell.adjusted(-1, -1, 1, 1), theme, 4)
        painter.restore()

    def _fill(self, row: str, column: str, number: int) -> QColor:
        theme, found = current(), self._model.confusion
        if not number:
            return QColor(theme.side)
        same = row == column
        most = max(len(each) for (one, other), each in found.cells.items() if (one == other) == same)
        share = (0.25 + 0.6 * (number / most) ** 0.5) if same else (0.2 + 0.35 * (number / most) ** 0.5)
        return mixed(theme.page, theme.accent if same else theme.confuse, share)


def mixed(ground: str, ink: str, share: float) -> QColor:
    """A colour between two, 0 the ground and 1 the ink."""
    a, b = QColor(ground), QColor(ink)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(x + (y - x) * share) for x, y in pairs))


class ConfusionView(QTableView):
    """Arrow keys walk the cells; a click or Enter shows the spans behind one; Ctrl+C copies the table."""

    turned = Signal(str, str)  # row and column of the cell at hand
    chosen = Signal(str, str)
    copy_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setObjectName("confusion")
        self.setProperty("kind", "bare")
        self.setAccessibleName(self.tr("Confusion: tags of the one in rows, of the other in columns"))
        self.setProperty("focus_context", "list")
        self.setItemDelegate(_Cells(self._model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(34)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setCornerButtonEnabled(False)
        self.selectionModel().currentChanged.connect(lambda index, _: self._tell(index))
        self.clicked.connect(self._choose)

    def show_confusion(self, confusion: Confusion, names: list[str]) -> None:
        """Show this one; `names` are those of its rows, in their order. The two worst confused tags are at hand."""
        before = self.keys
        self._model.show_confusion(confusion, names)
        wanted = before if before and set(before) <= set(confusion.rows) else confusion.worst
        if wanted is not None:
            row, column = (confusion.rows.index(each) for each in wanted)
            self.setCurrentIndex(self._model.index(row, column))
        self._fit_height()

    @property
    def keys(self) -> tuple[str, str] | None:
        """Row and column of the cell at hand."""
        index = self.currentIndex()
        return self._model.keys(index) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalHeader().setFixedWidth(min(120, max(60, self.verticalHeader().sizeHint().width())))
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as its rows, and a bar below them where the columns have no room."""
        header, columns = self.horizontalHeader(), self._model.columnCount()
        wide = columns * header.minimumSectionSize() > self.width() - self.verticalHeader().width()
        self.setFixedHeight(columns * _ROW + header.sizeHint().height() + 2 + (14 if wide else 0))

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.turned.emit(*self._model.keys(index))

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(*self._model.keys(index))
