"""The spans behind a cell of the confusion: each with its article, one Enter or click from there."""

from PySide6.QtCore import QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.operations.agreement_details import Meeting
from annotator.operations.words import counted

from ..models.counted import CountedModel, Index
from ..panels.rows import Rows, paint_line
from ..theme import current, ui_font
from ..widgets.buttons import icon_button
from ..widgets.labels import label, plain_tip
from ..widgets.surface import surface


class SpansModel(CountedModel):
    """A row is a place where two coders meet, or where one is alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.meetings: tuple[Meeting, ...] = ()

    def show_meetings(self, found: tuple[Meeting, ...]) -> None:
        """Show these."""
        self.meetings = found
        self.set_count(len(found))

    def told(self, meeting: Meeting) -> str:
        """Whose it is, and where."""
        if meeting.first and meeting.second:
            who = self.tr("both") if meeting.first == meeting.second else self.tr("other boundaries")
        else:
            who = self.tr("only {name}").format(name=meeting.coders[0 if meeting.first else 1])
        return f"{who} · {meeting.title}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or index.row() >= len(self.meetings):
            return None
        meeting = self.meetings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return meeting.quote
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{meeting.quote}\n{self.told(meeting)}")
        return f"{meeting.quote}; {self.told(meeting)}" if role == Qt.ItemDataRole.AccessibleTextRole else None


class _SpanRows(Rows):
    height = 44

    def __init__(self, model: SpansModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.row() >= len(self._model.meetings):
            return
        painter.save()
        self.ground(painter, option)
        theme, rect = current(), QRectF(option.rect).adjusted(10, 4, -8, 0)
        meeting = self._model.meetings[index.row()]
        paint_line(painter, QRectF(rect.x(), rect.y(), rect.width(), 18), meeting.quote, ui_font("body"), theme.ink)
        below = QRectF(rect.x(), rect.y() + 18, rect.width(), 18)
        paint_line(painter, below, self._model.told(meeting), ui_font("small"), theme.ink3)
        painter.restore()


class SpansPanel(QWidget):
    """Beside the overview, as long as a cell is looked into."""

    chosen = Signal(object)  # Meeting
    close_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("overview_spans")
        surface(self, "side")
        self.model = SpansModel(self)
        self.list = QListView()
        self.list.setObjectName("overview_spans_list")
        self.list.setAccessibleName(self.tr("Spans behind this number"))
        self.list.setProperty("focus_context", "list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_SpanRows(self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.activated.connect(self._choose)
        self.list.clicked.connect(self._choose)
        self._title, self._count = label("", "head", wrap=True), label("", "meta", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(icon_button("x", self.tr("Close the spans"), self.close_requested.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._count)
        column.addWidget(self.list, 1)

    def show_meetings(self, title: str, found: tuple[Meeting, ...]) -> None:
        """Show what stands behind a cell, the first row at hand."""
        self._title.setText(title)
        articles = len({each.document for each in found})
        places = counted(len(found), self.tr("place"), self.tr("places"))
        self._count.setText(
            self.tr("{places} in {articles}").format(
                places=places, articles=counted(articles, self.tr("article"), self.tr("articles"))
            )
        )
        self.model.show_meetings(found)
        if found:
            self.list.setCurrentIndex(self.model.index(0))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self.model.meetings):
            self.chosen.emit(self.model.meetings[index.row()])
