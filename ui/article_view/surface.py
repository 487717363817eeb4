"""The article as text: caret, selection and clipboard in code points of the stored text, theme and size."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from annotator.model.span import Span

from ..theme import Theme, colour
from .column import ColumnText
from .cue_words import CueWords, FindWords, paint_above

_MOST_FOUND = 300  # places of a search that are coloured: Qt asks all of them at each paint
_FOUND = 70  # alpha of that colour


class TextSurface(ColumnText):
    """Shows the stored text and speaks of places in it as code points; knows nothing of annotations."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._cues = CueWords()
        self._found: tuple[Span, ...] = ()
        self._described: Span | None = None
        super().__init__(parent)

    def _put_text(self, text: str) -> None:
        self._cues.forget()
        self._found, self._described = (), None
        super()._put_text(text)

    def createMimeDataFromSelection(self) -> QMimeData:
        data, selected = QMimeData(), self.selection()
        if selected:
            # Lone surrogates of the stored text have no place on a clipboard.
            data.setText(self.text()[selected.start : selected.end].encode("utf-8", "replace").decode())
        return data

    def set_caret(self, place: int, *, extend: bool = False) -> None:
        """Moves the caret; `extend` keeps the other end of the selection."""
        cursor = self.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if extend else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(self._offsets.to_qt(min(max(place, 0), len(self.text()))), mode)
        self.setTextCursor(cursor)
        self.reveal(place)

    def anchor(self) -> int:
        """The end of the selection that does not move."""
        return self._offsets.to_place(self.textCursor().anchor())

    def selection(self) -> Span | None:
        """The selected span, None when nothing is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        to_place = self._offsets.to_place
        return Span(to_place(cursor.selectionStart()), to_place(cursor.selectionEnd()))

    def select(self, span: Span) -> None:
        """Selects a span; the caret stands at its end."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.to_qt(span.start))
        cursor.setPosition(self._offsets.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.reveal(span.end)

    def show_found(self, spans: Sequence[Span]) -> None:
        """Lay a colour under these places, the first few hundred of them; none takes it away."""
        self._found = tuple(spans[:_MOST_FOUND])
        self._show_colours()

    def set_described(self, span: Span | None) -> None:
        """Let all but this stretch of the text stand back; None brings it forward again. Nothing moves."""
        if span != self._described:
            self._described = span
            self._show_colours()
            self._repaint()

    def described(self) -> Span | None:
        """The stretch that the rest of the text stands back behind."""
        return self._described

    def _show_colours(self) -> None:
        shown = []
        if self._described is not None:
            back = QTextCharFormat()
            back.setForeground(colour(self._theme.ink3))
            shown += [
                self._coloured(span, back)
                for span in (Span(0, self._described.start), Span(self._described.end, len(self.text())))
            ]
        found = QTextCharFormat()
        found.setBackground(colour(self._theme.warn, _FOUND))
        self.setExtraSelections([*shown, *(self._coloured(span, found) for span in self._found)])

    def _coloured(self, span: Span, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        place = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._offsets.to_qt(span.start))
        cursor.setPosition(self._offsets.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        place.cursor, place.format = cursor, look
        return place

    def show_cues(self, find: FindWords | None) -> None:
        """Mark the words that this finds in each paragraph, quietly; None takes the marks away."""
        self._cues.look_for(find)
        self.viewport().update()

    def place_at(self, point: QPointF) -> int:
        """The code point whose character is nearest to a point of the viewport."""
        return self._offsets.to_place(self.cursorForPosition(point.toPoint()).position())

    def set_theme(self, theme: Theme) -> None:
        """Draws in another theme."""
        self._theme = theme
        self._dress()
        self._show_colours()

    def set_text_size(self, pixels: int) -> None:
        """Sets the size of the letters; the column grows with it, the place in the text stays."""
        if pixels != self._pixels:
            self._pixels = pixels
            with self._kept_place():
                self._dress()
                self._fit()

    def text_size(self) -> int:
        """Pixels of the letters."""
        return self._pixels

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._cues.on:
            self._paint_cues(event.rect())
        self._paint_caret(event.rect())

    def _paint_cues(self, area: QRect) -> None:
        painter, block = QPainter(self.viewport()), self.firstVisibleBlock()
        to_place, to_qt = self._offsets.to_place, self._offsets.to_qt
        try:
            while block.isValid():
                box = self.blockBoundingGeometry(block).translated(self.contentOffset())
                if box.top() > area.bottom():
                    break
                begin = to_place(block.position())
                end = to_place(block.position() + block.length() - 1)
                found = self._cues.of(block.blockNumber(), self.text(), begin, end)
                places = [(to_qt(begin + a) - block.position(), to_qt(begin + z) - block.position()) for a, z in found]
                paint_above(painter, block, box.topLeft(), places, colour(self._theme.ink3))
                block = block.next()
        finally:
            painter.end()

    def _paint_caret(self, area: QRect) -> None:
        """The caret, steady in this text that nobody edits, and faint while the keyboard is elsewhere."""
        rect = QRectF(self.cursorRect())
        block = self.textCursor().block()
        if not block.text().strip():
            rect.setHeight(min(rect.height(), self._layout.blockBoundingRect(block).height()))
        if not rect.toAlignedRect().intersects(area):
            return
        rect.setWidth(self.cursorWidth())
        painter = QPainter(self.viewport())
        try:
            painter.fillRect(rect, colour(self._theme.ink, 255 if self.hasFocus() else 90))
        finally:
            painter.end()
