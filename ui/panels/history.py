"""Who did what, when; and the way back through one's own steps."""

from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.storage import history, queries
from annotator.storage.history import PastStep
from annotator.storage.stamps import local_time

from ..theme import current, ui_font
from ..widgets.buttons import button, icon_button
from ..widgets.labels import label
from ..widgets.surface import surface
from ..workspace import Workspace
from .rows import TWO_LINES, Rows, paint_line

Index = QModelIndex | QPersistentModelIndex
PAGE = 200


class HistoryModel(QAbstractListModel):
    """The steps, newest first, read a page at a time as one scrolls."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._steps: list[PastStep] = []
        self._names: dict[int, str] = {}
        self._more = False

    def step(self, row: int) -> PastStep:
        """The step in a row."""
        return self._steps[row]

    def told(self, step: PastStep) -> str:
        """Who and when, and whether it is taken back."""
        when = local_time(step.at)
        day = "" if when.date() == datetime.now().date() else when.strftime("%Y-%m-%d ")
        parts = [day + when.strftime("%H:%M:%S"), self._names.get(step.coder or 0, "")]
        if step.state == "undone":
            parts.append(self.tr("taken back"))
        return " · ".join(part for part in parts if part)

    def reload(self) -> None:
        """Read the newest page."""
        self.beginResetModel()
        if self._workspace.is_open:
            self._names = {c.key: c.name for c in queries.coders(self._workspace.project)}
            self._steps = history.steps(self._workspace.project, limit=PAGE)
        else:
            self._steps = []
        self._more = len(self._steps) == PAGE
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        step = self._steps[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return step.label
        return f"{step.label}, {self.told(step)}" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def canFetchMore(self, _: Index) -> bool:
        return self._more

    def fetchMore(self, _: Index) -> None:
        page = history.steps(self._workspace.project, limit=PAGE, before=self._steps[-1].key)
        self._more = len(page) == PAGE
        if page:
            self.beginInsertRows(QModelIndex(), len(self._steps), len(self._steps) + len(page) - 1)
            self._steps += page
            self.endInsertRows()


class _Steps(Rows):
    height = TWO_LINES

    def __init__(self, model: HistoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        step, theme = self._model.step(index.row()), current()
        painter.save()
        self.ground(painter, option)
        rect = QRectF(option.rect).adjusted(10, 4, -8, 0)
        gone = step.state == "undone"
        font = ui_font("body", QFont.Weight.Normal)
        font.setStrikeOut(gone)
        paint_line(
            painter, QRectF(rect.x(), rect.y(), rect.width(), 18), step.label, font, theme.ink3 if gone else theme.ink
        )
        under = QRectF(rect.x(), rect.y() + 18, rect.width(), 18)
        paint_line(painter, under, self._model.told(step), ui_font("small"), theme.ink3)
        painter.restore()


class HistoryPanel(QWidget):
    """The list of steps; Enter or the button goes back to the chosen one."""

    go_back_requested = Signal(int)
    close_requested = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.model = HistoryModel(workspace)
        surface(self, "side")
        self.list = QListView()
        self.list.setObjectName("history_list")
        self.list.setAccessibleName(self.tr("History"))
        self.list.setProperty("focus_context", "list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Steps(self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.activated.connect(lambda index: self._go(index))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._offer())
        self._back = button(self.tr("Go back to here"), "secondary", "arrow-u-up-left", self._go_current)
        self._build()
        workspace.changed.connect(self.refresh)
        workspace.opened.connect(self._reload)

    def refresh(self, changes: Changes) -> None:
        """Follow an operation."""
        if changes.history and self.isVisible():
            self._reload()

    def showEvent(self, event: QShowEvent) -> None:
        self._reload()
        super().showEvent(event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("History"), "head"))
        head.addStretch(1)
        head.addWidget(icon_button("x", self.tr("Close history"), self.close_requested.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        hint = self.tr("Going back takes back your own steps after the chosen one; you can do them again.")
        column.addWidget(label(hint, "meta", wrap=True))
        column.addWidget(self._back)

    def _reload(self) -> None:
        self.model.reload()
        self._offer()

    def _offer(self) -> None:
        self._back.setEnabled(self._leads_back(self.list.currentIndex()))

    def _leads_back(self, index: QModelIndex) -> bool:
        """Whether there is something of one's own to take back after the step of a row."""
        if index.row() <= 0:
            return False
        coder = self._workspace.coder.key if self._workspace.coder else None
        return history.can_go_back(self._workspace.project, coder, self.model.step(index.row()).key)

    def _go(self, index: QModelIndex) -> None:
        if self._leads_back(index):
            self.go_back_requested.emit(self.model.step(index.row()).key)

    def _go_current(self) -> None:
        self._go(self.list.currentIndex())
