"""How a place is painted: a tick, the words in the middle of their line, the article, what is tagged there."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.storage.concordance import TEXT, Place

from ..panels.rows import paint_beside, paint_line
from ..theme import current, ui_font
from ..widgets.tick import paint_tick
from .model import ARTICLE, LEFT, MATCH, RIGHT, TICK, Index, PlacesModel
from .order import is_turned, left_of, right_of

HEIGHT = 26
_TICK = 14.0
_GAP = 6.0


class PlaceRows(QStyledItemDelegate):
    """The words found stand below each other, so that the eye runs down what stands around them."""

    def __init__(self, model: PlacesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's own signature
        return QSize(40, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = self._model.place(index.row())
        if place is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index.column())
        rect = QRectF(option.rect)
        if index.column() == TICK:
            if place.where == TEXT:
                box = QRectF(rect.center().x() - _TICK / 2 + 1, rect.center().y() - _TICK / 2, _TICK, _TICK)
                paint_tick(painter, box, ticked=self._model.is_ticked(index.row()))
        elif index.column() in (LEFT, RIGHT):
            self._side(painter, rect, place, index.column())
        else:
            theme = current()
            bold = index.column() == MATCH
            font = ui_font("body", QFont.Weight.DemiBold) if bold else ui_font("small")
            ink = theme.ink if bold else theme.ink3 if index.column() == ARTICLE else theme.ink2
            room = rect.adjusted(0 if bold else _GAP, 0, -_GAP, 0)
            paint_line(painter, room, str(index.data() or ""), font, ink)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, column: int) -> None:
        theme, rect = current(), QRectF(option.rect)
        if not option.state & QStyle.StateFlag.State_Selected:
            return
        painter.fillRect(rect, QColor(theme.press))
        if column == TICK:  # the bar tells the row at hand where a shade alone would not
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        view = self.parent()
        if isinstance(view, QWidget) and view.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _side(self, painter: QPainter, rect: QRectF, place: Place, column: int) -> None:
        """What stands beside the words, cut where it is farthest from them."""
        left = column == LEFT
        turned = is_turned(place)
        room = rect.adjusted(_GAP if left else 0, 0, -_GAP, 0)
        text = left_of(place) if left else right_of(place)
        paint_beside(painter, room, text, ui_font("body"), current().ink2, turned=turned, cut_start=left != turned)
