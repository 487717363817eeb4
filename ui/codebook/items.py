"""The lists of the editor: one line each, with a tag's line before it and a fact at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyleOptionViewItem

from annotator.model.codebook import Tag

from ..icons import paint_icon
from ..panels.rows import Rows, paint_line
from ..theme import current, ui_font
from ..widgets.swatch import paint_pattern

Index = QModelIndex | QPersistentModelIndex
_LEFT = 26  # where words begin that stand behind a tag's line


@dataclass(frozen=True)
class Item:
    """One line. A heading cannot be chosen; a quiet one is retired or empty; a wrong one has a fault."""

    key: str
    text: str
    side: str = ""
    tag: Tag | None = None
    heading: bool = False
    quiet: bool = False
    wrong: bool = False


class ItemModel(QAbstractListModel):
    """The items of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[Item, ...] = ()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other items; where only words changed, the rows stay."""
        same = [each.key for each in items] == [each.key for each in self.items]
        if not same:
            self.beginResetModel()
        self.items = tuple(items)
        if same and items:
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
        elif not same:
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            wrong = self.tr("to be put right") if item.wrong else ""
            return ", ".join(part for part in (item.text, item.side, wrong) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.items[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ItemRows(Rows):
    """How an item is painted."""

    height = 30

    def __init__(self, model: ItemModel, parent: QListView) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, theme = self._model.items[index.row()], current()
        painter.save()
        rect = QRectF(option.rect).adjusted(10, 0, -10, 0)
        if item.heading:
            font = ui_font("small", QFont.Weight.DemiBold)
            paint_line(painter, rect.adjusted(0, 6, 0, 0), item.text, font, theme.ink2)
            painter.restore()
            return
        chosen = self.ground(painter, option)
        if item.tag is not None:
            colour = QColor(item.tag.dark if theme.dark else item.tag.light)
            painter.setOpacity(0.5 if item.quiet else 1.0)
            paint_pattern(painter, QRectF(rect.left(), rect.center().y() - 2, 16, 4), item.tag.bar, colour)
            painter.setOpacity(1.0)
            rect.adjust(_LEFT, 0, 0, 0)
        small = ui_font("small")
        if item.wrong:
            sign = QRectF(rect.right() - 14, rect.center().y() - 7, 14, 14)
            paint_icon(painter, sign, "x-circle", QColor(theme.bad))
            rect.adjust(0, 0, -20, 0)
        width = QFontMetricsF(small).horizontalAdvance(item.side) + 10 if item.side else 0
        ink = theme.bad if item.wrong else theme.ink3 if item.quiet else theme.ink
        font = ui_font("body", QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        paint_line(painter, rect.adjusted(0, 0, -width, 0), item.text, font, ink)
        paint_line(painter, rect.adjusted(rect.width() - width, 0, 0, 0), item.side, small, theme.ink3, right=True)
        painter.restore()


class ItemList(QListView):
    """A list in which one item is at hand. Alt with an arrow moves it, Delete asks for its removal."""

    chosen = Signal(str)
    move_wanted = Signal(int)  # one place down or up
    removal_wanted = Signal()

    def __init__(self, name: str, *, boxed: bool = True) -> None:
        super().__init__()
        self.items = ItemModel()
        self._current = ""
        self.setModel(self.items)
        self.setItemDelegate(ItemRows(self.items, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if boxed:
            self.setProperty("kind", "boxed")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setMinimumSize(120, 64)
        self.selectionModel().currentChanged.connect(self._turned)

    @property
    def current(self) -> str:
        """The key of the item at hand; empty where there is none."""
        return self._current

    def show_items(self, items: Sequence[Item], at: str = "") -> None:
        """Show these items, with one of them at hand: `at`, else the one that was, else the first."""
        wanted = at or self._current
        self.items.show_items(items)
        keys = [each.key for each in items if not each.heading]
        self.choose(wanted if wanted in keys else next(iter(keys), ""))

    def choose(self, key: str) -> None:
        """Turn to an item without telling."""
        self._current = key
        row = next((row for row, each in enumerate(self.items.items) if each.key == key and not each.heading), -1)
        blocked = self.selectionModel().blockSignals(True)
        if row < 0:
            self.selectionModel().clear()
        else:
            self.setCurrentIndex(self.items.index(row))
        self.selectionModel().blockSignals(blocked)
        if row >= 0:
            self.scrollTo(self.items.index(row))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_wanted.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _turned(self, index: QModelIndex) -> None:
        if index.isValid() and self.items.items[index.row()].key != self._current:
            self._current = self.items.items[index.row()].key
            self.chosen.emit(self._current)
