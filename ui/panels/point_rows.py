"""The list of open points: the words of the article, and below them what is open."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyleOptionViewItem, QWidget

from ..keys.layouts import KeyReader
from ..models.points import PointsModel
from ..theme import current, ui_font
from .rows import TWO_LINES, Index, Rows, paint_line

STEPS = {"j": 1, "Shift+J": -1}


class PointRows(Rows):
    """Two lines a point."""

    height = TWO_LINES

    def __init__(self, model: PointsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.row() >= len(self._model.points):
            return
        point = self._model.points[index.row()]
        painter.save()
        chosen, theme = self.ground(painter, option), current()
        rect = QRectF(option.rect).adjusted(10, 4, -10, 0)
        font = ui_font("body", QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        above = QRectF(rect.x(), rect.y(), rect.width(), 18)
        paint_line(painter, above, self._model.words(point), font, theme.ink)
        paint_line(painter, above.translated(0, 18), point.sentence, ui_font("small"), theme.ink2)
        painter.restore()


class PointList(QListView):
    """Arrows and J walk, and the article follows; Enter goes there. Space and X answer the point at hand."""

    agreed = Signal()  # Space: it is right as it is
    refused = Signal()  # X

    def __init__(self, model: PointsModel) -> None:
        super().__init__()
        self._reader = KeyReader()
        self.setObjectName("open_points")
        self.setAccessibleName(self.tr("Open points of this article"))
        self.setProperty("focus_context", "list")
        self.setModel(model)
        self.setItemDelegate(PointRows(model, self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = self._reader.names(event)
        step = next((STEPS[name] for name in names if name in STEPS), 0)
        if step:
            row = self.currentIndex().row() + step
            self.setCurrentIndex(self.model().index(row % max(1, self.model().rowCount()), 0))
        elif "Space" in names:
            self.agreed.emit()
        elif "x" in names or "Delete" in names:
            self.refused.emit()
        else:
            super().keyPressEvent(event)
