"""Choosing articles that are to be assigned: filter, list, and who has each of them already."""

from array import array
from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.storage import queries

from ..models.documents import DocumentModel
from ..panels.rows import TWO_LINES, Index, Rows, paint_line
from ..theme import current, ui_font
from ..widgets.avatar import initials
from ..widgets.field import FilterField
from ..widgets.segments import Segments
from ..workspace import Workspace

TYPING = 120  # milliseconds without a key after which the filter acts
Assigned = Mapping[int, tuple[int, ...]]  # document → coders
_NAMED = 4  # coders of an article whose initials are shown


class _Model(DocumentModel):
    """All articles, or (`show` is "free") those that nobody has."""

    def __init__(self, workspace: Workspace, assigned: Assigned, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self._project = workspace.project
        self.assigned = assigned

    def find(self) -> "array[int]":
        keys = queries.document_keys(self._project, None, words=self.words)
        return keys if self.show == "all" else array("q", [key for key in keys if key not in self.assigned])


class _ArticleRows(Rows):
    """Title, date and outlet, and the initials of those who have it."""

    height = TWO_LINES

    def __init__(self, model: _Model, names: Mapping[int, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._names = model, names

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index.row())
        if row is None:
            return
        painter.save()
        chosen, theme, small = self.ground(painter, option), current(), ui_font("small")
        rect = QRectF(option.rect).adjusted(10, 4, -10, 0)
        whose = [self._names.get(coder, "") for coder in self._model.assigned.get(row.key, ())]
        more = f" +{len(whose) - _NAMED}" if len(whose) > _NAMED else ""
        who = " ".join(initials(name) for name in whose[:_NAMED]) + more
        width = QFontMetricsF(small).horizontalAdvance(who) + 10 if who else 0
        facts = " · ".join(part for part in (row.date, row.outlet) if part)
        above = QRectF(rect.x(), rect.y() + (0 if facts else 9), rect.width() - width, 18)
        font = ui_font("body", QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        paint_line(painter, above, row.title, font, theme.ink)
        paint_line(painter, QRectF(above.right(), above.y(), width, 18), who, small, theme.ink3, right=True)
        paint_line(painter, QRectF(rect.x(), rect.y() + 18, rect.width(), 18), facts, small, theme.ink3)
        painter.restore()


class ArticleChoice(QWidget):
    """`changed` when other articles are chosen, one or many: Shift and Ctrl as in every list, Ctrl+A takes all."""

    changed = Signal()

    def __init__(self, workspace: Workspace, assigned: Assigned, names: Mapping[int, str]) -> None:
        super().__init__()
        self.model = _Model(workspace, assigned, self)
        self._field = FilterField(self.tr("Filter articles"))
        self._which = Segments(self.tr("Which articles"), [("all", "")], "all", wide=True)
        self.list = QListView()
        self.list.setObjectName("assign_list")
        self.list.setAccessibleName(self.tr("Articles"))
        self.list.setProperty("kind", "boxed")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_ArticleRows(self.model, names, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setMinimumHeight(TWO_LINES * 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addWidget(self._which)
        column.addWidget(self.list, 1)
        self._typing = QTimer(self, interval=TYPING, singleShot=True)
        self._typing.timeout.connect(self._filter)
        self._field.textChanged.connect(lambda _: self._typing.start())
        self._field.list_wanted.connect(self._to_list)
        self._which.chosen.connect(lambda _: self._filter())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.changed.emit())
        self._filter()
        total = self.model.rowCount()
        free = total - len(assigned)
        words = (("all", self.tr("All"), total), ("free", self.tr("Nobody’s"), free))
        self._which.set_options([(key, f"{word} {number:,}") for key, word, number in words], "all")

    def chosen(self) -> tuple[int, ...]:
        """The keys of the chosen articles, in the order of the list."""
        selection = self.list.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        rows = sorted(row for each in ranges for row in range(each.top(), each.bottom() + 1))
        return tuple(self.model.key(row) for row in rows)

    def choose(self, document: int | None) -> None:
        """Choose one article."""
        place = self.model.place(document)
        if place is not None:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.model.index(place), flag)

    def choose_none(self) -> None:
        """Choose no article."""
        self.list.selectionModel().clearSelection()

    def _filter(self) -> None:
        self._typing.stop()
        self.model.set_filter(self._field.text(), self._which.choice or "all")
        self.changed.emit()

    def _to_list(self) -> None:
        self._filter()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount() and not self.chosen():
            self.choose(self.model.key(0))
