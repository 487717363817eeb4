"""The article view: text, marks, and what mouse and keys do with them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from annotator.model.span import Span

from ..widgets.announce import announce
from . import units, words
from .hover_card import CardContent, HoverCard
from .marked import MarkedSurface
from .marks import Mark, inner_first
from .pointer import Pointer

# Keys that stay Qt's own; all others belong to whoever dispatches the program's keys.
_NAVIGATION = (
    QKeySequence.StandardKey.MoveToNextPage,
    QKeySequence.StandardKey.MoveToPreviousPage,
    QKeySequence.StandardKey.MoveToStartOfLine,
    QKeySequence.StandardKey.MoveToEndOfLine,
    QKeySequence.StandardKey.MoveToStartOfDocument,
    QKeySequence.StandardKey.MoveToEndOfDocument,
    QKeySequence.StandardKey.SelectNextPage,
    QKeySequence.StandardKey.SelectPreviousPage,
    QKeySequence.StandardKey.SelectStartOfLine,
    QKeySequence.StandardKey.SelectEndOfLine,
    QKeySequence.StandardKey.SelectStartOfDocument,
    QKeySequence.StandardKey.SelectEndOfDocument,
)
_OTHER_KEYS = (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Copy)


class ArticleView(MarkedSurface):
    """The text of one document with its annotations.

    It changes nothing by itself: it says where the caret is, what is selected and which mark is current, and
    whoever owns the annotations acts on that.
    """

    selection_changed = Signal()
    mark_activated = Signal(int)
    context_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._held = self._exact = self._exact_selection = False
        self._announcements = "short"
        self._spoken: tuple[int, ...] = ()
        self._widened: list[Span] = []
        self._double: Span | None = None
        self._detail: Callable[[int], str] = lambda _: ""
        self._pointer = Pointer()
        super().__init__(parent)
        self._card = HoverCard(self, self._hovered)
        self.setMouseTracking(True)
        self.setAccessibleDescription(self.tr("The article. Tag keys mark the selection or the word at the caret."))
        self.selectionChanged.connect(self._on_selection)
        self.cursorPositionChanged.connect(self._on_caret)
        self.verticalScrollBar().valueChanged.connect(self._card.dismiss)

    # -- switches

    def held(self) -> bool:
        """Whether moves of the caret extend the selection without Shift."""
        return self._held

    def set_held(self, held: bool) -> None:
        """Holds the selection's other end, or lets go of it."""
        self._held = held

    def exact(self) -> bool:
        """Whether selections are taken as they are, without snapping."""
        return self._exact

    def set_exact(self, exact: bool) -> None:
        """Switches snapping off, or on again."""
        self._exact = exact

    def set_announcements(self, extent: str) -> None:
        """How much a screen reader is told when the caret enters or leaves marks: "off", "short" or "full"."""
        self._announcements = extent

    # -- words and units

    def word_at_caret(self) -> Span | None:
        """The word the caret stands in, before or right after."""
        return words.word_at(self.text(), self.caret())

    def snapped(self, span: Span) -> Span:
        """The span outwards to whole words, or as it is where exact selection is on or was meant."""
        if self._exact or (self._exact_selection and span == self.selection()):
            return span
        return words.snap(self.text(), span)

    def widen(self) -> None:
        """Selects the next wider unit around the selection, or the word at the caret."""
        now = self.selection() or Span(self.caret(), self.caret())
        wide = units.wider(self.text(), now)
        if wide != now:
            self._widened.append(now)
            self._select_unit(wide)

    def narrow(self) -> None:
        """Goes back from the last wider unit, or to the next narrower one."""
        now = self.selection()
        if now is None:
            return
        narrow = self._widened.pop() if self._widened else units.narrower(self.text(), now)
        if narrow.start == narrow.end:
            self.set_caret(narrow.start)
        elif narrow != now:
            self._select_unit(narrow)

    def _select_unit(self, span: Span) -> None:
        kept, self._widened = self._widened, []
        self.select(span)
        self._widened = kept
        self._exact_selection = False

    # -- moving the caret

    def move(  # type: ignore[override]  # the widget itself stands in a layout: nobody moves it
        self, unit: str, steps: int, *, extend: bool
    ) -> None:
        """Moves the caret by characters, words, lines, sentences or paragraphs.

        Positive steps of characters and words lead to the right on the screen, the others onwards in the text.
        """
        extend = extend or self._held
        had = self.textCursor().hasSelection()
        onwards = steps > 0
        if unit in ("character", "word") and self._rtl_here():
            onwards = not onwards
        for _ in range(abs(steps)):
            if unit == "line":
                self._move_line(onwards, extend)
            elif unit == "character":
                self._move_character(onwards, extend)
            else:
                self.set_caret(self._target(unit, onwards, extend), extend=extend)
        if unit == "character" and extend:
            self._exact_selection = self.textCursor().hasSelection()
        elif not had or not extend:
            self._exact_selection = False
        self._follow_caret()

    def _rtl_here(self) -> bool:
        return self.textCursor().block().textDirection() == Qt.LayoutDirection.RightToLeft

    def _target(self, unit: str, onwards: bool, extend: bool) -> int:
        text, caret = self.text(), self.caret()
        if unit != "word":
            return units.next_start(text, caret, unit) if onwards else units.previous_start(text, caret, unit)
        if not extend:
            return words.next_edge(text, caret, "start") if onwards else words.previous_edge(text, caret, "start")
        # A selection ends with the word, not with the blank after it, whichever end is being moved.
        anchor = self.anchor()
        if onwards:
            target = words.next_edge(text, caret, "end")
            return target if target > anchor else min(anchor, words.next_edge(text, caret, "start"))
        target = words.previous_edge(text, caret, "start")
        return target if target < anchor else max(anchor, words.previous_edge(text, caret, "end"))

    def _move_character(self, onwards: bool, extend: bool) -> None:
        cursor = self.textCursor()
        step = QTextCursor.MoveOperation.NextCharacter if onwards else QTextCursor.MoveOperation.PreviousCharacter
        cursor.movePosition(step, _mode(extend))
        self.setTextCursor(cursor)
        self.reveal(self.caret())

    def _move_line(self, onwards: bool, extend: bool) -> None:
        """To the next line that has text: blank lines are only gaps between paragraphs."""
        cursor = self.textCursor()
        step = QTextCursor.MoveOperation.Down if onwards else QTextCursor.MoveOperation.Up
        while True:
            block = cursor.block()
            for near in (block.previous(), block, block.next()):
                self._layout.blockBoundingRect(near)  # Qt moves only over lines that have been broken
            if not cursor.movePosition(step, _mode(extend)):
                cursor.movePosition(
                    QTextCursor.MoveOperation.End if onwards else QTextCursor.MoveOperation.Start, _mode(extend)
                )
                break
            if cursor.block().text().strip():
                break
        self.setTextCursor(cursor)
        self.reveal(self.caret())

    def _follow_caret(self) -> None:
        """After a move by key the current mark is the one the caret is in; none where there is none."""
        caret, current = self.caret(), self.current()
        mark = None if current is None else self.mark(current)
        if mark and any(piece.start <= caret <= piece.end for piece in mark.spans):
            return
        here = [] if self.textCursor().hasSelection() else self.marks_at(caret)
        self.set_current(here[0].key if here else None, reveal=False)

    # -- from mark to mark

    def next_mark(self, steps: int) -> int | None:
        """Makes the mark so many places on (or back) the current one, counted from the current one or the caret."""
        current = self.current()
        if current is not None:
            found = self._index.beside(current, steps)
        else:
            found = self._index.first_from(self.caret(), steps)
        if found is None:
            return None
        self.set_caret(found.start)
        self.set_current(found.key)
        return found.key

    def cycle_at_caret(self) -> int | None:
        """Makes the next outer mark at the caret the current one; after the outermost, the innermost again."""
        found = self._next_of(self._marks_touching(self.caret()))
        if found is not None:
            self.set_current(found.key, reveal=False)
        return found.key if found else None

    def _marks_touching(self, place: int) -> list[Mark]:
        """The marks at a caret, innermost first; those it stands right after where there are no others."""
        return self.marks_at(place) or (
            sorted((mark for mark in self.marks_at(place - 1) if mark.end == place), key=inner_first) if place else []
        )

    def _next_of(self, marks: list[Mark]) -> Mark | None:
        keys = [mark.key for mark in marks]
        current = self.current()
        if not marks:
            return None
        return marks[(keys.index(current) + 1) % len(marks)] if current in keys else marks[0]

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if any(event.matches(key) for key in _OTHER_KEYS):
            super().keyPressEvent(event)
        elif any(event.matches(key) for key in _NAVIGATION):
            if self._held:
                shifted = event.modifiers() | Qt.KeyboardModifier.ShiftModifier
                event = QKeyEvent(QEvent.Type.KeyPress, event.key(), shifted, event.text())
            super().keyPressEvent(event)
            self._follow_caret()
        else:
            event.ignore()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._card.dismiss()
        self.viewport().update()

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._card.dismiss()
        point = self._viewport_point(event)
        if event.button() != Qt.MouseButton.LeftButton:
            event.accept()
            return
        self._pointer.press(point.toPoint())
        if self._double and not self._double.start <= self.place_at(point) <= self._double.end:
            self._double = None
        if self._picked(point) is not None:
            event.accept()  # a bar or a word: the caret stays where it is
        elif self._held:
            self._extend_to(point)
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._viewport_point(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pointer.move(point.toPoint())
            if self._held and self._pointer.dragged:
                self._extend_to(point)
                return
            super().mouseMoveEvent(event)
        else:
            super().mouseMoveEvent(event)
            self._card.point_at(self.viewport().mapTo(self, point.toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.accept()
            return
        point = self._viewport_point(event)
        dragged = self._pointer.dragged
        click = self._pointer.release()
        super().mouseReleaseEvent(event)
        if dragged:
            self._exact_selection = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._follow_caret()
        elif click and not self._held:
            self._click(point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The word; a second double click in it takes the clause, a third the sentence."""
        point = self._viewport_point(event)
        self._pointer.double(point.toPoint())
        if event.button() != Qt.MouseButton.LeftButton or self._picked(point) is not None:
            return
        place = self.place_at(point)
        if self._double and self._double.start <= place <= self._double.end:
            wide = [span for unit in ("clause", "sentence") if (span := units.unit_at(self.text(), place, unit))]
            taken = next((span for span in wide if span.end - span.start > self._double.end - self._double.start), None)
        else:
            taken = words.word_at(self.text(), place)
        if taken:
            self._double = taken
            self.select(taken)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            point = QPointF(self.viewport().mapFromGlobal(event.globalPos()))
            mark = self._picked(point) or next(iter(self._marks_under(point)), None)
            at = event.globalPos()
        else:
            mark = self.mark(key) if (key := self.current()) is not None else None
            at = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        self.context_requested.emit(at, mark.key if mark else None)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._card.dismiss()

    def _viewport_point(self, event: QMouseEvent) -> QPointF:
        return QPointF(self.viewport().mapFromGlobal(event.globalPosition()))

    def _click(self, point: QPointF) -> None:
        """A bar or word picks its mark; in the text the innermost, and the next outer one when clicked again."""
        found = self._picked(point) or self._next_of(self._marks_under(point))
        self.set_current(found.key if found else None, reveal=False)
        if found:
            self.mark_activated.emit(found.key)

    def _picked(self, point: QPointF) -> Mark | None:
        """The mark whose bar, lane, row word, bracket or margin word lies at a point."""
        if self.marks_hidden():
            return None
        if self.viewport().rect().contains(point.toPoint()):
            return self.mark_on(point)
        for strip in self._strips:
            inside = QPointF(strip.mapFrom(self, self.viewport().mapTo(self, point.toPoint())))
            if strip.rect().contains(inside.toPoint()):
                return strip.mark_at(inside)
        return None

    def _marks_under(self, point: QPointF) -> list[Mark]:
        """The marks on the character under a point, innermost first; none beside and between the lines."""
        if self.marks_hidden():
            return []
        for line in self._seen():
            if line.top <= point.y() < line.foot:
                x = point.x() - line.x
                here = [
                    bar.mark
                    for bar in line.picture.bars
                    if any(left - 1 <= x <= right + 1 for stroke in bar.strokes for left, right in stroke.runs)
                ]
                return sorted(here, key=inner_first)
        return []

    def _extend_to(self, point: QPointF) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self.cursorForPosition(point.toPoint()).position(), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def set_hover_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """The keys the hover card shows: (key, what it does)."""
        self._card.set_keys(keys)

    def set_hover_detail(self, detail: Callable[[int], str]) -> None:
        """What the hover card says about a mark besides its tag and its quote."""
        self._detail = detail

    def _hovered(self, point: QPoint) -> CardContent | None:
        """What the card shows at a point of the view: the marks there, innermost first."""
        inside = QPointF(self.viewport().mapFrom(self, point))
        picked = self._picked(inside)
        marks = [picked] if picked else self._marks_under(inside)
        return CardContent(marks, self.text(), self._ink, [self._detail(mark.key) for mark in marks]) if marks else None

    # -- what others are told

    def _on_selection(self) -> None:
        if not self._busy:
            self._widened = []
            if not self.textCursor().hasSelection():
                self._exact_selection = False
            self.selection_changed.emit()

    def _on_caret(self) -> None:
        """Tells a screen reader which marks the caret has entered or left."""
        if self._busy or self._announcements == "off" or self.marks_hidden() or self._pointer.dragged:
            return
        here = {mark.key: mark for mark in self.marks_at(self.caret())}
        entered = [mark for key, mark in here.items() if key not in self._spoken]
        left = [mark for key in self._spoken if key not in here and (mark := self.mark(key))]
        self._spoken = tuple(here)
        announce(self, " ".join([*(self._entering(mark) for mark in entered), *(self._leaving(mark) for mark in left)]))

    def _entering(self, mark: Mark) -> str:
        word = self._ink.word(mark)
        if self._announcements == "short":
            return self.tr("{tag}.").format(tag=word)
        return self.tr("{tag}: {quote}.").format(tag=word, quote="…".join(self.text()[a:z] for a, z in mark.spans))

    def _leaving(self, mark: Mark) -> str:
        return self.tr("End of {tag}.").format(tag=self._ink.word(mark))


def _mode(extend: bool) -> QTextCursor.MoveMode:
    return QTextCursor.MoveMode.KeepAnchor if extend else QTextCursor.MoveMode.MoveAnchor
