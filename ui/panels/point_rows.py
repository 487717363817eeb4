"""The list of open points: the words of the article, and below them what is open."""

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from ..models.points import PointsModel
from ..theme import current, ui_font
from .answer_list import AnswerList
from .rows import TWO_LINES, Index, Rows, paint_line


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


class PointList(AnswerList):
    """Arrows and J walk, and the article follows; Enter goes there. Space and X answer the point at hand."""

    def __init__(self, model: PointsModel) -> None:
        super().__init__(model, "open_points", QCoreApplication.translate("PointList", "Open points of this article"))
        self.setItemDelegate(PointRows(model, self))
