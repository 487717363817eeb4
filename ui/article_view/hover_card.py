"""A card that says which marks lie under the pointer, innermost first. It never takes the focus."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ..theme import RADIUS_CONTROL, S2, S3, colour, ui_font
from ..widgets.chip import CHIP_HEIGHT, chip_width, paint_chip
from ..widgets.key_cap import keys_width, paint_keys
from .ink import Ink
from .marks import Mark

DELAY = 400  # milliseconds the pointer has to rest
_WIDTH, _ROW, _PAD = 360, 28, 14
_MOST = 6  # rows of marks; more are counted
_SHADOW = 5


@dataclass
class CardContent:
    """What the card at one point shows: marks innermost first, and the text they quote."""

    marks: list[Mark]
    text: str
    ink: Ink
    details: list[str] = field(default_factory=list)  # one short line for each mark, may be empty


class HoverCard(QWidget):
    """Drawn inside the view's window, so that no window system can give it the focus."""

    def __init__(self, view: QWidget, content: Callable[[QPoint], CardContent | None]) -> None:
        super().__init__(view)
        self._view = view
        self._content_at = content
        self._content: CardContent | None = None
        self._keys_of_marks: tuple[tuple[str, str], ...] = ()
        self._keys_of_proposals: tuple[tuple[str, str], ...] = ()
        self._point = QPoint()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._appear)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def set_keys(self, keys: Sequence[tuple[str, str]], for_proposals: Sequence[tuple[str, str]]) -> None:
        """The row of keys at the foot of the card: (key, what it does); another where the first row is proposed."""
        self._keys_of_marks, self._keys_of_proposals = tuple(keys), tuple(for_proposals)

    @property
    def _keys(self) -> tuple[tuple[str, str], ...]:
        proposed = self._content is not None and self._content.marks[0].proposed
        return self._keys_of_proposals if proposed else self._keys_of_marks

    def point_at(self, point: QPoint) -> None:
        """The pointer is at a point of the view; the card comes when it rests on a mark."""
        if self.isVisible() and (point - self._point).manhattanLength() < 4:
            return
        self.dismiss()
        self._point = point
        self._timer.start()

    def dismiss(self) -> None:
        """The pointer is elsewhere, or something else has happened."""
        self._timer.stop()
        if self.isVisible():
            self.hide()

    def marks(self) -> list[Mark]:
        """The marks the card lists now."""
        return self._content.marks if self._content and self.isVisible() else []

    def _appear(self) -> None:
        self._content = self._content_at(self._point)
        if not self._content or not self._content.marks:
            return
        size, room = self._size(), self._view.rect()
        box = QRect(self._point + QPoint(-40, 18), size)
        if box.bottom() > room.bottom() - 4:
            box.moveBottom(self._point.y() - 14)
        box.moveLeft(max(4, min(box.left(), room.right() - size.width() - 4)))
        self.setGeometry(box)
        self.raise_()
        self.show()

    def _rows(self) -> int:
        return min(len(self._content.marks), _MOST + 1) if self._content else 0

    def _size(self) -> QSize:
        height = self._rows() * _ROW + (_ROW if self._keys else 0) + 2 * S2 + _SHADOW
        return QSize(min(_WIDTH, self._view.width() - 8), height)

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self._content:
            return
        theme = self._content.ink.theme
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            card = QRectF(self.rect()).adjusted(_SHADOW, 1, -_SHADOW, -_SHADOW)
            painter.setPen(Qt.PenStyle.NoPen)
            for out in range(_SHADOW, 0, -1):
                painter.setBrush(colour("#000000", 7))
                painter.drawRoundedRect(
                    card.adjusted(-out, 0, out, out), RADIUS_CONTROL + 2 + out, RADIUS_CONTROL + 2 + out
                )
            painter.setPen(QPen(colour(theme.edge), 1))
            painter.setBrush(colour(theme.raised))
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL + 2, RADIUS_CONTROL + 2)
            inside = card.adjusted(_PAD, S2, -_PAD, -S2)
            for nth in range(self._rows()):
                row = QRectF(inside.left(), inside.top() + nth * _ROW, inside.width(), _ROW)
                self._paint_row(painter, row, nth, self._content)
            if self._keys:
                self._paint_keys(
                    painter, QRectF(inside.left(), inside.bottom() - _ROW, inside.width(), _ROW), theme.ink2
                )
        finally:
            painter.end()

    def _paint_row(self, painter: QPainter, row: QRectF, nth: int, content: CardContent) -> None:
        ink, theme = content.ink, content.ink.theme
        if nth == _MOST:
            self._write(painter, row, self.tr("and {n} more").format(n=len(content.marks) - _MOST), theme.ink3)
            return
        mark = content.marks[nth]
        quote = " … ".join(content.text[start : min(end, start + 200)] for start, end in mark.spans)
        quote = " ".join(quote.split())
        detail = content.details[nth] if nth < len(content.details) else ""
        if mark.pending:
            detail = self.tr("not yet saved")
        if nth == 0:
            width = chip_width(ink.word(mark))
            chip = QRectF(row.left(), row.center().y() - CHIP_HEIGHT / 2, width, CHIP_HEIGHT)
            paint_chip(painter, chip, ink.word(mark), ink.colour(mark.tag).name(), theme, dashed=mark.proposed)
            row.setLeft(chip.right() + S2)
            row.setRight(row.right() - self._write(painter, row, detail, theme.ink3, right=True))
            self._write(painter, row, quote, theme.ink, weight=QFont.Weight.DemiBold)
            return
        before = self.tr("proposed") if mark.proposed else self.tr("in")
        used = self._write(painter, row, before, theme.ink3)
        row.setLeft(row.left() + used)
        tile = ink.tile(mark.tag)
        painter.drawTiledPixmap(
            QRectF(row.left(), ink.snapped(row.center().y() - 1), 16, tile.deviceIndependentSize().height()), tile
        )
        row.setLeft(row.left() + 16 + S2)
        row.setRight(row.right() - self._write(painter, row, detail, theme.ink3, right=True))
        self._write(painter, row, quote, theme.ink2)

    def _paint_keys(self, painter: QPainter, row: QRectF, paint: str) -> None:
        assert self._content
        for key, word in self._keys:
            paint_keys(painter, row, key, self._content.ink.theme)
            row.setLeft(row.left() + keys_width(key) + S2)
            row.setLeft(row.left() + self._write(painter, row, word, paint) + S3)

    @staticmethod
    def _write(
        painter: QPainter,
        row: QRectF,
        text: str,
        paint: str,
        *,
        weight: QFont.Weight = QFont.Weight.Normal,
        right: bool = False,
    ) -> float:
        """Writes in the middle of the row's height, cut where it does not fit; returns the width with a gap."""
        if not text:
            return 0.0
        font = ui_font("body", weight)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, row.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(font)
        painter.setPen(colour(paint))
        painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        return metrics.horizontalAdvance(shown) + S2
