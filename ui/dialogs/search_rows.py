"""How an article that was found is painted: its title, outlet and date, and the line with the words."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.storage.search import Hit

from ..article_view.offsets import utf16_length
from ..theme import Theme, current, ui_font
from ..widgets.labels import direction_of
from ..widgets.surface import paint_row

HIT = Qt.ItemDataRole.UserRole
_HEIGHT = 50
Index = QModelIndex | QPersistentModelIndex


class SearchRows(QStyledItemDelegate):
    """Two lines; the words sought are bold and washed, not told by colour alone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's own signature
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(HIT)
        if not isinstance(hit, Hit):
            return
        theme, state = current(), option.state
        rect = QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_row(
            painter,
            rect.adjusted(0, 1, 0, -1),
            theme,
            current=chosen,
            hover=bool(state & QStyle.StateFlag.State_MouseOver),
            focus=chosen and bool(state & QStyle.StateFlag.State_HasFocus),
        )
        inner = rect.adjusted(10, 5, -10, -5)
        facts = " · ".join(part for part in (hit.date, hit.outlet) if part)
        small = ui_font("small")
        room = min(QFontMetricsF(small).horizontalAdvance(facts), inner.width() / 2)
        self._line(painter, QRectF(inner.right() - room, inner.top(), room, 20), facts, small, theme.ink3, right=True)
        title = QRectF(inner.left(), inner.top(), inner.width() - room - 12, 20)
        self._line(painter, title, hit.title, ui_font("body", QFont.Weight.DemiBold), theme.ink)
        self._snippet(painter, QRectF(inner.left(), inner.top() + 20, inner.width(), 20), hit)
        painter.restore()

    def _line(self, painter: QPainter, rect: QRectF, text: str, font: QFont, ink: str, *, right: bool = False) -> None:
        painter.setFont(font)
        painter.setPen(QColor(ink))
        cut = QFontMetricsF(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
        turned = direction_of(text) == Qt.LayoutDirection.RightToLeft
        flags = _side(right or turned) | Qt.AlignmentFlag.AlignVCenter
        painter.setLayoutDirection(direction_of(text))  # else the "…" of an Arabic title would stand at its beginning
        painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), cut)

    def _snippet(self, painter: QPainter, rect: QRectF, hit: Hit) -> None:
        """One line in its own direction, cut with "…" where the row ends."""
        theme, font = current(), ui_font("small", QFont.Weight.DemiBold)
        # Measured in bold: the words sought are, and the rest is narrower.
        shown = QFontMetricsF(font).elidedText(hit.snippet, Qt.TextElideMode.ElideRight, rect.width())
        known = len(shown) if shown == hit.snippet else len(shown) - 1
        turned = direction_of(hit.snippet) == Qt.LayoutDirection.RightToLeft
        option = QTextOption(_side(turned))
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(direction_of(hit.snippet))
        layout = QTextLayout(shown, ui_font("small"))
        layout.setTextOption(option)
        layout.setFormats([_bold(shown, start, min(end, known), theme) for start, end in hit.marked if start < known])
        layout.beginLayout()
        layout.createLine().setLineWidth(rect.width())
        layout.endLayout()
        painter.setClipRect(rect)
        painter.setPen(QColor(theme.ink2))
        layout.draw(painter, rect.topLeft())


def _side(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def _bold(text: str, start: int, end: int, theme: Theme) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.DemiBold)
    form.setForeground(QColor(theme.ink))
    form.setBackground(QColor(theme.select))
    piece = QTextLayout.FormatRange()
    piece.start, piece.length = utf16_length(text[:start]), utf16_length(text[start:end])
    piece.format = form
    return piece
