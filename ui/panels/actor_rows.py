"""How the rows of the Actors panel are painted."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyleOptionViewItem, QWidget

from ..models.counted import CountedModel
from ..models.entities import EntityModel, MentionModel
from ..theme import current, ui_font
from .rows import TWO_LINES, Index, Rows, paint_line


def rows_list(model: CountedModel, object_name: str, name: str) -> QListView:
    """A list without a frame, as the other lists of the window."""
    made = QListView()
    made.setObjectName(object_name)
    made.setAccessibleName(name)
    made.setProperty("focus_context", "list")
    made.setModel(model)
    made.setUniformItemSizes(True)
    made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setMouseTracking(True)
    made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    return made


class EntityRows(Rows):
    """Name; below it type, countries, and how many annotations name it."""

    height = TWO_LINES

    def __init__(self, model: EntityModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entity = self._model.entity(index.row())
        if entity is None:
            return
        number = self._model.mentions(entity.id)
        count, facts = f"{number:,}" if number else "", self._model.facts(entity)
        painter.save()
        chosen, theme, small = self.ground(painter, option), current(), ui_font("small")
        rect = QRectF(option.rect).adjusted(10, 4, -10, 0)
        font = ui_font("body", QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        width = QFontMetricsF(small).horizontalAdvance(count) + 8 if count else 0
        above = QRectF(rect.x(), rect.y() + (0 if facts else 9), rect.width() - width, 18)
        paint_line(painter, above, entity.name, font, theme.ink)
        paint_line(painter, QRectF(above.right(), above.y(), width, 18), count, small, theme.ink3, right=True)
        paint_line(painter, QRectF(rect.x(), rect.y() + 18, rect.width(), 18), facts, small, theme.ink3)
        painter.restore()


class MentionRows(Rows):
    """The words of a mention; below them the title of its article."""

    height = TWO_LINES

    def __init__(self, model: MentionModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mention = self._model.mention(index.row())
        if mention is None:
            return
        painter.save()
        self.ground(painter, option)
        rect, theme = QRectF(option.rect).adjusted(10, 4, -10, 0), current()
        above = QRectF(rect.x(), rect.y(), rect.width(), 18)
        words = " ".join(mention.quote.split())
        paint_line(painter, above, words, ui_font("body", QFont.Weight.Normal), theme.ink)
        paint_line(painter, above.translated(0, 18), mention.title, ui_font("small"), theme.ink3)
        painter.restore()
