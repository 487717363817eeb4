"""How a place of the same words is painted: a tick, the words in the middle of their line, what is tagged there."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from ..models.same_words import SameWordsModel
from ..panels.rows import Index, Rows, paint_beside, paint_line
from ..theme import current, ui_font
from ..widgets.labels import direction_of
from ..widgets.tick import paint_tick

_TICK = 14.0
_SIDE = 150.0  # room for the tags that stand there, or the title of the article


class SameRows(Rows):
    """The words of all rows stand below each other, so that the eye runs down what stands around them."""

    def __init__(self, model: SameWordsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        again = self._model.again(index.row())
        if again is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.ground(painter, option)
        theme, rect = current(), QRectF(option.rect).adjusted(8, 0, -10, 0)
        if not again.same:
            box = QRectF(rect.left(), rect.center().y() - _TICK / 2, _TICK, _TICK)
            paint_tick(painter, box, ticked=self._model.is_ticked(index.row()))
        line = QRectF(rect.left() + _TICK + 10, rect.top(), rect.width() - _TICK - 22 - _SIDE, rect.height())
        self._line(painter, line, again.place.before, again.place.match, again.place.after, faint=again.same)
        side = QRectF(rect.right() - _SIDE, rect.top(), _SIDE, rect.height())
        title, tagged = self._model.title(index.row()), ", ".join(again.tagged)
        if tagged:
            paint_line(painter, side, f"{tagged} · {title}" if title else tagged, ui_font("small"), theme.ink2)
        elif title:
            paint_line(painter, side, title, ui_font("small"), theme.ink3)
        painter.restore()

    def _line(self, painter: QPainter, rect: QRectF, before: str, match: str, after: str, *, faint: bool) -> None:
        theme = current()
        before, match, after = (_on_one_line(each) for each in (before, match, after))
        bold, plain = ui_font("body", QFont.Weight.DemiBold), ui_font("body")
        turned = direction_of(before + match + after) == Qt.LayoutDirection.RightToLeft
        width = min(QFontMetricsF(bold).horizontalAdvance(match) + 2, rect.width() * 0.5)
        left = rect.left() + (rect.width() - width) * 0.45
        middle = QRectF(left, rect.top(), width, rect.height())
        first = QRectF(rect.left(), rect.top(), left - rect.left() - 1, rect.height())
        last = QRectF(left + width + 1, rect.top(), rect.right() - left - width - 1, rect.height())
        ink = theme.ink3 if faint else theme.ink2
        paint_beside(painter, last if turned else first, before, plain, ink, turned=turned, cut_start=True)
        paint_line(painter, middle, match, bold, theme.ink2 if faint else theme.ink)
        paint_beside(painter, first if turned else last, after, plain, ink, turned=turned, cut_start=False)


def _on_one_line(text: str) -> str:
    """Blanks made single; those at the ends stay, for they part the words from what is around them."""
    inner = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + inner + (" " if inner and text[-1:].isspace() else "")
