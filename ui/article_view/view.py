"""The article view: text, marks, and what mouse and keys do with them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model.span import Span

from . import units, words
from .caret import CaretSurface
from .hover_card import CardContent, HoverCard
from .line_picture import Bar
from .marks import Mark, inner_first
from .pointer import Pointer
from .scene import SeenLine

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


class ArticleView(CaretSurface):
    """The text of one document with its annotations.

    It changes nothing by itself: it says where the caret is, what is selected and which mark is current, and
    whoever owns the annotations acts on that.
    """

    mark_activated = Signal(int)
    proposal_activated = Signal(int)  # by one click, once no second one can follow
    selection_made = Signal(bool)  # by the mouse, once no further click can widen it; True if it was made by clicks
    context_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._double: Span | None = None
        self._detail: Callable[[Mark], str] = lambda _: ""
        self._pointer = Pointer()
        super().__init__(parent)
        self._card = HoverCard(self, self._hovered)
        self._clicked: int | None = None  # the proposal that was clicked once so far
        self._clicks_over = QTimer(self, singleShot=True)
        self._clicks_over.timeout.connect(self._tell_clicks)
        self.setMouseTracking(True)
        self.setAccessibleDescription(self.tr("The article. Tag keys mark the selection or the word at the caret."))
        self.verticalScrollBar().valueChanged.connect(self._card.dismiss)
        for strip in self._strips:
            strip.pressed.connect(self._press_margin)
            strip.moved.connect(self._point_at)
            strip.left.connect(self._card.dismiss)
            strip.wheeled.connect(self.wheelEvent)
            strip.menu_asked.connect(self.contextMenuEvent)

    def set_hover_keys(self, keys: Sequence[tuple[str, str]], for_proposals: Sequence[tuple[str, str]] = ()) -> None:
        """The keys the hover card shows: (key, what it does); others where all that lies there is proposed."""
        self._card.set_keys(keys, for_proposals)

    def set_hover_detail(self, detail: Callable[[Mark], str]) -> None:
        """What the hover card says about a mark besides its tag and its quote."""
        self._detail = detail

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._card.dismiss()
        point = self._viewport_point(event)
        if event.button() != Qt.MouseButton.LeftButton:
            event.accept()
            return
        self._pointer.press(point.toPoint())
        if self._double and not self._double.start <= self.place_at(point) <= self._double.end:
            self._double = None
        if not (self._pointer.within_double and self._double):
            self.end_clicks()
        if self._picked(point) is not None:
            event.accept()  # a bar or a word: the caret stays where it is
        elif self._pointer.within_double and self._double:
            self._take_wider(self.place_at(point))  # the third click in a row
            event.accept()
        elif self._held:
            self._extend_to(point)
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._viewport_point(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pointer.move(point.toPoint())
            self._dragging = self._pointer.dragged
            if self._held and self._pointer.dragged:
                self._extend_to(point)
                return
            super().mouseMoveEvent(event)
        else:
            super().mouseMoveEvent(event)
            self._point_at(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.accept()
            return
        point = self._viewport_point(event)
        dragged = self._pointer.dragged
        click = self._pointer.release()
        self._dragging = False
        super().mouseReleaseEvent(event)
        if dragged:
            self._exact_selection = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._follow_caret()
        elif click and not self._held:
            self._click(point)
        if self._clicked is None and self.selection() is not None:
            if dragged or self._held:
                self.selection_made.emit(False)
            else:
                self._clicks_over.start(QApplication.doubleClickInterval())

    def end_clicks(self) -> None:
        """Clicks in a row are over: what they have selected will grow no more, and one click was meant as one."""
        if self._clicks_over.isActive():
            self._clicks_over.stop()
            self._tell_clicks()

    def _tell_clicks(self) -> None:
        clicked, self._clicked = self._clicked, None
        if clicked is not None:
            self.proposal_activated.emit(clicked)
        else:
            self.selection_made.emit(True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The word; the clicks after it take the name, the clause, the quotation, the sentence, the paragraph."""
        point = self._viewport_point(event)
        self._pointer.double(point.toPoint())
        self._clicked = None
        self._clicks_over.stop()
        if event.button() != Qt.MouseButton.LeftButton or self._picked(point) is not None:
            return
        self._take_wider(self.place_at(point))

    def _take_wider(self, place: int) -> None:
        if self._double and self._double.start <= place <= self._double.end:
            taken: Span | None = units.wider(self.text(), self._double)
        else:
            taken = words.word_at(self.text(), place)
        if taken:
            self._double = taken
            bar = self.verticalScrollBar()
            height = bar.value()
            self.select(taken)
            bar.setValue(height)  # the next click in a row must meet the same words

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            point = QPointF(self.viewport().mapFromGlobal(event.globalPos()))
            here = [*self.marks_under(point), *self._proposals_under(point)]
            mark = self._picked(point) or next(iter(sorted(here, key=inner_first)), None)
            at = event.globalPos()
        else:
            mark = self.mark(key) if (key := self.current()) is not None else self.proposal_mark(self.proposal())
            at = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        self.context_requested.emit(at, mark)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._card.dismiss()

    def _point_at(self, event: QMouseEvent) -> None:
        self._card.point_at(self.mapFromGlobal(event.globalPosition()).toPoint())

    def _press_margin(self, event: QMouseEvent) -> None:
        """A word or bracket picks its mark; the blank beside them does nothing."""
        self._card.dismiss()
        mark = self._picked(self._viewport_point(event))
        if mark and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._turn_to(mark)

    def _viewport_point(self, event: QMouseEvent) -> QPointF:
        return QPointF(self.viewport().mapFromGlobal(event.globalPosition()))

    def _click(self, point: QPointF) -> None:
        """A bar or word picks its mark; in the text the innermost, and the next outer one when clicked again.

        So does a mention that is proposed. A proposed statement is picked by its word in the margin: its text is there
        to be clicked for the words in it.
        """
        mentions = [mark for mark in self._proposals_under(point) if not self._ink.statement(mark)]
        found = self._picked(point) or self._next_of(sorted([*self.marks_under(point), *mentions], key=inner_first))
        if found is None:
            self.set_proposal(None)
            self.set_current(None, reveal=False)
        else:
            self._turn_to(found)

    def _turn_to(self, mark: Mark) -> None:
        if mark.proposed:
            self.set_proposal(mark.key, reveal=False)
            self._clicked = mark.key
            self._clicks_over.start(QApplication.doubleClickInterval())
        else:
            self.set_current(mark.key, reveal=False)
            self.mark_activated.emit(mark.key)

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

    def marks_under(self, point: QPointF) -> list[Mark]:
        """The marks on the character under a point, innermost first; none beside and between the lines."""
        if self.marks_hidden():
            return []
        line = self._line_at(point)
        return _under(line.picture.bars, point.x() - line.x) if line else []

    def _proposals_under(self, point: QPointF) -> list[Mark]:
        """What is proposed on the character under a point, innermost first."""
        line = None if self.marks_hidden() else self._line_at(point)
        return _under(line.picture.proposals, point.x() - line.x) if line else []

    def _line_at(self, point: QPointF) -> SeenLine | None:
        return next((line for line in self._seen() if line.top <= point.y() < line.foot), None)

    def _extend_to(self, point: QPointF) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self.cursorForPosition(point.toPoint()).position(), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _hovered(self, point: QPoint) -> CardContent | None:
        """What the card shows at a point of the view: the marks there, innermost first."""
        inside = QPointF(self.viewport().mapFrom(self, point))
        picked = self._picked(inside)
        marks = [picked] if picked else [*self.marks_under(inside), *self._proposals_under(inside)]
        return CardContent(marks, self.text(), self._ink, [self._detail(mark) for mark in marks]) if marks else None


def _under(bars: Sequence[Bar], x: float) -> list[Mark]:
    """The marks whose pieces lie at a place of a line, innermost first."""
    here = [
        bar.mark
        for bar in bars
        if any(left - 1 <= x <= right + 1 for stroke in bar.strokes for left, right in stroke.runs)
    ]
    return sorted(here, key=inner_first)
