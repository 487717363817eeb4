"""The article with its annotations: keeps the marks, draws them, and knows which one is current."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ..theme import colour
from .margin import MarginPicture, MarginStrip, margin_picture
from .marks import Mark, TagLook, inner_first
from .painter import Painter, mark_under
from .scene import SeenLine
from .span_index import Later, SpanIndex
from .surface import TextSurface

_AROUND = 12  # pixels over and under a paragraph that are painted with it: letters of proposals reach out of it
_MANY_BLOCKS = 64  # a mark over more paragraphs makes the view forget all heights instead of one by one


class MarkedSurface(TextSurface):
    """Text with marks. Marks are the caller's: the view stores nothing and changes none."""

    current_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._index = SpanIndex()
        self._current: int | None = None
        self._hidden = False
        self._preview: Mark | None = None
        self._under_preview: Mark | None = None
        self._margin: dict[bool, MarginPicture] = {}
        self._strips: tuple[MarginStrip, ...] = ()
        super().__init__(parent)
        self._strips = tuple(
            MarginStrip(self, partial(self.margin, rtl=rtl), lambda: self._ink, rtl=rtl) for rtl in (False, True)
        )
        for strip in self._strips:
            strip.lower()
        for shade in self._fades:
            shade.raise_()

    # -- marks

    def load(self, text: str, marks: Iterable[Mark], later: Later | None = None) -> None:
        """Shows another document from its start, with the caret there and no current mark.

        Marks that come `later` are read when one of them is to be shown or asked for.
        """
        self._index = SpanIndex(marks, later)
        self._preview = self._under_preview = None
        self._put_text(text)
        self.set_current(None)

    def read_later(self) -> None:
        """Reads the marks that were to come later, if that has not happened yet."""
        self._index.complete()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Replaces all marks; the place in the text stays."""
        self._index = SpanIndex(marks)
        self._preview = self._under_preview = None
        self._heights_changed()
        if self._current is not None and self._index.get(self._current) is None:
            self.set_current(None)

    def put_mark(self, mark: Mark) -> None:
        """Adds a mark or replaces the one with its key."""
        if self._preview and self._preview.key == mark.key:
            self._under_preview = mark
            return
        old = self._index.get(mark.key)
        self._index.put(mark)
        self._touched(*((old, mark) if old else (mark,)))

    def remove_mark(self, key: int) -> None:
        """Takes a mark away; one that is not there is no error."""
        if self._preview and self._preview.key == key:
            self.set_preview(None)
        mark = self._index.remove(key)
        if mark:
            self._touched(mark)
        if key == self._current:
            self.set_current(None)

    def mark(self, key: int) -> Mark | None:
        """The mark with this key as it is stored, whatever a preview shows."""
        if self._preview and self._preview.key == key:
            return self._under_preview
        return self._index.get(key)

    def marks(self) -> list[Mark]:
        """All marks in text order, outer before inner."""
        if self._preview is None:
            return list(self._index)
        return [mark for drawn in self._index if (mark := self.mark(drawn.key))]

    def marks_at(self, place: int) -> list[Mark]:
        """The marks on the character at a code point, innermost first."""
        return sorted((mark for mark in self._index.query(place, place + 1) if mark.covers(place)), key=inner_first)

    def set_preview(self, mark: Mark | None) -> None:
        """Shows a mark with moved edges in place of the stored one with its key; None shows the stored one again."""
        if self._preview:
            shown, self._preview = self._preview, None
            self._index.remove(shown.key)
            if self._under_preview:
                self._index.put(self._under_preview)
            self._touched(shown, *((self._under_preview,) if self._under_preview else ()))
            self._under_preview = None
        if mark:
            self._under_preview = self._index.get(mark.key)
            self._preview = mark
            self._index.put(mark)
            self._touched(mark, *((self._under_preview,) if self._under_preview else ()))

    # -- the current mark

    def current(self) -> int | None:
        """The key of the current mark."""
        return self._current

    def set_current(self, key: int | None, *, reveal: bool = True) -> None:
        """Makes a mark the current one; `reveal` brings it into sight and the caret to it."""
        mark = None if key is None else self._index.get(key)
        key = mark.key if mark else None
        before, self._current = self._current, key
        if mark and reveal:
            if not any(piece.start <= self.caret() <= piece.end for piece in mark.spans):
                self.set_caret(mark.start)
            self.reveal(mark.start)
        if key != before:
            for strip in self._strips:
                strip.current = key
            for each in (before, key):
                shown = None if each is None else self._index.get(each)
                if shown is not None:
                    self._repaint_marks(shown)
            self.current_changed.emit(key)

    # -- look

    def set_looks(self, looks: Sequence[TagLook]) -> None:
        """Says how the tags of the codebook look."""
        self._looks = tuple(looks)
        self._dress()
        self._heights_changed()

    def set_mode(self, mode: str) -> None:
        """Shows marks "quiet" or "labelled"; the place in the text stays."""
        if mode not in ("quiet", "labelled"):
            raise ValueError(f"no such mode: {mode}")
        if (mode == "labelled") != self._labelled:
            self._labelled = mode == "labelled"
            with self._kept_place():
                self._dress()
                self._heights_changed()

    def mode(self) -> str:
        """The mode marks are shown in."""
        return "labelled" if self._labelled else "quiet"

    def set_marks_hidden(self, hidden: bool) -> None:
        """Hides all marks for a first reading; lines stay where they are."""
        self._hidden = hidden
        self._repaint()

    def marks_hidden(self) -> bool:
        """Whether the marks are hidden."""
        return self._hidden

    # -- geometry

    def rect_of(self, key: int) -> QRect:
        """Where the first line of a mark stands, in the viewport's coordinates; empty if there is no such mark."""
        mark = self._index.get(key)
        if mark is None:
            return QRect()
        block = self.document().findBlock(self._offsets.to_qt(mark.start))
        origin = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        inside = self._offsets.to_qt(mark.start) - block.position()
        at = block.layout().lineForTextPosition(inside).lineNumber()
        line = self._scene.line(block, at, origin)
        for bar in line.picture.bars:
            if bar.mark.key == key:
                stroke = bar.strokes[0]
                width = stroke.right - stroke.left
                return QRectF(line.x + stroke.left, line.top, width, line.picture.height).toRect()
        return QRect()

    def mark_on(self, point: QPointF) -> Mark | None:
        """The mark whose bar, lane or row word lies at a point of the viewport."""
        if self._hidden:
            return None
        for line in self._seen():
            if line.top <= point.y() < line.foot + line.picture.room:
                return mark_under(line, point.x(), point.y(), self._ink)
        return None

    def margin(self, *, rtl: bool) -> MarginPicture:
        """What the strip on the left (or on the right) shows now."""
        if rtl not in self._margin:
            lines = [] if self._hidden or not self._sides[rtl] else self._seen()
            self._margin[rtl] = self._margin_picture(lines, rtl=rtl)
        return self._margin[rtl]

    def _margin_picture(self, lines: Sequence[SeenLine], *, rtl: bool) -> MarginPicture:
        return margin_picture(lines, self._ink, rtl=rtl)

    def lines_in_sight(self) -> list[SeenLine]:
        """The lines in sight with all that is drawn around them."""
        return self._seen()

    # -- what changes when marks change

    def _marks_between(self, _start: int, _end: int) -> list[Mark]:
        return self._index.query(_start, _end)

    def _touched(self, *marks: Mark) -> None:
        start, end = min(mark.start for mark in marks), max(mark.end for mark in marks)
        first = self._offsets.to_qt(start)
        last = self._offsets.to_qt(end)
        block = self.document().findBlock(first)
        until = self.document().findBlock(last).blockNumber()
        if until - block.blockNumber() > _MANY_BLOCKS:
            self._heights_changed()
            return
        still = True
        while block.isValid() and block.blockNumber() <= until:
            self._scene.forget(block.blockNumber())
            still &= self._layout.refresh(block, first - block.position(), last - block.position())
            block = block.next()
        if still:
            self._repaint_marks(*marks)
        else:
            self._size_changed()

    def _heights_changed(self) -> None:
        self._layout.clear()
        self._scene.clear()
        self._size_changed()

    def _repaint(self) -> None:
        super()._repaint()
        self._repaint_margin()

    def _repaint_marks(self, *marks: Mark) -> None:
        """Paints the paragraphs of these marks anew, as far as they are in sight: no line has moved."""
        start, end = min(mark.start for mark in marks), max(mark.end for mark in marks)
        first = self.document().findBlock(self._offsets.to_qt(start)).blockNumber()
        last = self.document().findBlock(self._offsets.to_qt(end)).blockNumber()
        for block, origin in self._blocks_in_sight(0, self.viewport().height()):
            if first <= block.blockNumber() <= last:
                height = self._layout.blockBoundingRect(block).height()
                area = QRectF(0, origin.y() - _AROUND, self.viewport().width(), height + 2 * _AROUND)
                self.viewport().update(area.toAlignedRect())
        if any(self._ink.statement(mark) for mark in marks):
            self._repaint_margin()

    def _repaint_margin(self) -> None:
        self._margin.clear()
        for strip in self._strips:
            strip.update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._repaint()

    def _place_strips(self, area: QRect, width: int) -> None:
        if self._strips:
            self._strips[0].setGeometry(0, area.top(), area.left(), area.height())
            self._strips[1].setGeometry(area.right() + 1, area.top(), width - area.right() - 1, area.height())
        self._margin.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            painter.fillRect(event.rect(), colour(self._theme.page))
            if not self._hidden:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_marks(painter, event.rect())
        finally:
            painter.end()
        super().paintEvent(event)

    def _paint_marks(self, painter: QPainter, area: QRect) -> None:
        if self._index:
            self._made_painter(painter).paint(self._seen(area))

    def _made_painter(self, painter: QPainter) -> Painter:
        moved = self._preview.key if self._preview else None
        return Painter(painter, self._ink, self._current, moved, self._described)
