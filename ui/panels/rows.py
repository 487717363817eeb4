"""How the rows of the lists are painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.codebook import Codebook

from ..models.annotations import AnnotationModel
from ..models.documents import DocumentModel
from ..theme import current, ui_font
from ..widgets.labels import direction_of
from ..widgets.state_glyph import paint_state
from ..widgets.surface import paint_row
from ..widgets.swatch import paint_pattern

Index = QModelIndex | QPersistentModelIndex
ONE_LINE, TWO_LINES = 30, 44


def paint_line(
    painter: QPainter, rect: QRectF, text: str, font: QFont, ink: str, *, right: bool = False, both_ends: bool = False
) -> None:
    """One line of plain text, cut with "…" where the room ends, or in the middle where `both_ends` are to be seen; it
    begins on the side where its script begins."""
    painter.setFont(font)
    painter.setPen(QColor(ink))
    mode = Qt.TextElideMode.ElideMiddle if both_ends else Qt.TextElideMode.ElideRight
    cut = QFontMetricsF(font).elidedText(text, mode, rect.width())
    turned = direction_of(text) == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if right or turned else Qt.AlignmentFlag.AlignLeft
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.setLayoutDirection(direction_of(text))  # else the "…" of an Arabic title would stand at its beginning
    painter.drawText(rect, int(flags | Qt.TextFlag.TextSingleLine), cut)


def paint_beside(
    painter: QPainter, rect: QRectF, text: str, font: QFont, ink: str, *, turned: bool, cut_start: bool
) -> None:
    """What stands before the words, cut where it begins, or behind them, cut where it ends."""
    painter.setFont(font)
    painter.setPen(QColor(ink))
    mode = Qt.TextElideMode.ElideLeft if cut_start else Qt.TextElideMode.ElideRight
    cut = QFontMetricsF(font).elidedText(text, mode, rect.width())
    side = Qt.AlignmentFlag.AlignRight if cut_start != turned else Qt.AlignmentFlag.AlignLeft
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, int(flags | Qt.TextFlag.TextSingleLine), cut)


class Rows(QStyledItemDelegate):
    """The ground of a row: hover, current, focus."""

    height = ONE_LINE

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's own signature
        return QSize(120, self.height)

    def ground(self, painter: QPainter, option: QStyleOptionViewItem) -> bool:
        """Paint it; returns whether the row is the current one."""
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        rect: QRectF = QRectF(option.rect)
        paint_row(
            painter,
            rect.adjusted(0, 1, 0, -1),
            current(),
            current=chosen,
            hover=bool(state & QStyle.StateFlag.State_MouseOver),
            focus=bool(state & QStyle.StateFlag.State_HasFocus),
        )
        return chosen


class DocumentRows(Rows):
    """State, title, date and outlet, number of annotations."""

    height = TWO_LINES

    def __init__(self, model: DocumentModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row(index.row())
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, theme = self.ground(painter, option), current()
        rect = QRectF(option.rect)
        paint_state(painter, QRectF(rect.left() + 8, rect.center().y() - 8, 16, 16), row.state, theme)
        left, right = rect.left() + 34, rect.right() - 10
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        small = ui_font("small")
        count = f"{row.count:,}" if row.count else ""
        width = QFontMetricsF(small).horizontalAdvance(count) + 8 if count else 0
        facts = " · ".join(part for part in (row.date, row.outlet) if part)
        # Without facts title and number stand in the middle, so that the first tag moves nothing.
        top, lower = (rect.top() + 4, rect.top() + 22) if facts else (rect.center().y() - 9,) * 2
        room = right - left if facts else right - left - width
        paint_line(painter, QRectF(left, top, room, 18), row.title, ui_font("body", weight), theme.ink)
        paint_line(painter, QRectF(left, lower, right - left - width, 18), facts, small, theme.ink3)
        paint_line(painter, QRectF(right - width, lower, width, 18), count, small, theme.ink3, right=True)
        painter.restore()


class AnnotationRows(Rows):
    """The tag's line, the words, a sign for unsure; inner ones are indented."""

    def __init__(self, model: AnnotationModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.codebook: Codebook | None = None
        self.open: frozenset[int] = frozenset()  # annotations with an open point

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        annotation = self._model.annotation(index.row())
        if annotation is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, theme = self.ground(painter, option), current()
        rect = QRectF(option.rect)
        left = rect.left() + 8 + 16 * self._model.depth(index.row())
        tag = self.codebook.tag(annotation.tag) if self.codebook else None
        if tag is not None:
            ink = QColor(tag.dark if theme.dark else tag.light)
            paint_pattern(painter, QRectF(left, rect.center().y() - 2, 16, 4), tag.bar, ink)
        right = rect.right() - 8
        if annotation.unsure or annotation.question:
            sign = QRectF(right - 10, rect.top(), 10, rect.height())
            paint_line(painter, sign, "?", ui_font("body", QFont.Weight.Bold), theme.warn, right=True)
            right -= 14
        elif annotation.key in self.open:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.warn))
            painter.drawEllipse(QRectF(right - 7, rect.center().y() - 2.5, 6, 6))
            right -= 12
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        words = " ".join(annotation.quote.split())
        paint_line(
            painter,
            QRectF(left + 24, rect.top(), right - left - 24, rect.height()),
            words,
            ui_font("body", weight),
            theme.ink,
        )
        painter.restore()
