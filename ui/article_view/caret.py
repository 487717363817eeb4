"""What the caret can do: move by units, take words and wider units, go from mark to mark, and say where it is."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from annotator.model.span import Span

from ..widgets.announce import announce
from . import units, words
from .marks import Mark, inner_first
from .proposed import ProposedSurface
from .span_index import Later


class CaretSurface(ProposedSurface):
    """Marked text with the moves that the keys of the program stand for."""

    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._held = self._exact = self._exact_selection = False
        self._dragging = False
        self._announcements = "short"
        self._spoken: tuple[int, ...] = ()
        self._widened: list[Span] = []
        super().__init__(parent)
        self.selectionChanged.connect(self._on_selection)
        self.cursorPositionChanged.connect(self._on_caret)

    def load(self, text: str, marks: Iterable[Mark], later: Later | None = None) -> None:
        self._spoken = ()
        super().load(text, marks, later)

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

    def word_at_caret(self) -> Span | None:
        """The word the caret stands in, before or right after."""
        return words.word_at(self.text(), self.caret())

    def takes_exactly(self) -> bool:
        """Whether the selection is meant as it is: no snapping, no trimming."""
        return self._exact or self._exact_selection

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

    def pick(self, span: Span) -> None:
        """Selects what was looked for. A mark that it does not end in is left, so that no key acts on it unseen."""
        self.select(span)
        self._follow_caret()

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
        self.set_proposal(None)  # who moves on has left it
        caret, current = self.caret(), self.current()
        mark = None if current is None else self.mark(current)
        if mark and any(piece.start <= caret <= piece.end for piece in mark.spans):
            return
        here = [] if self.textCursor().hasSelection() else self.marks_at(caret)
        self.set_current(here[0].key if here else None, reveal=False)

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
        current = self.current() if self.proposal() is None else self.proposal()
        if not marks:
            return None
        return marks[(keys.index(current) + 1) % len(marks)] if current in keys else marks[0]

    def _on_selection(self) -> None:
        if not self._busy:
            self._widened = []
            if not self.textCursor().hasSelection():
                self._exact_selection = False
            self.selection_changed.emit()

    def _on_caret(self) -> None:
        """Tells a screen reader which marks the caret has entered or left."""
        if self._busy or self._announcements == "off" or self.marks_hidden() or self._dragging:
            return
        place = self.caret()
        here = {mark.key: mark for mark in (*self.marks_at(place), *self.proposals_at(place))}
        entered = [mark for key, mark in here.items() if key not in self._spoken]
        left = [mark for key in self._spoken if key not in here and (mark := self.mark(key))]
        self._spoken = tuple(here)
        announce(self, " ".join([*(self._entering(mark) for mark in entered), *(self._leaving(mark) for mark in left)]))

    def _entering(self, mark: Mark) -> str:
        word = self.tr("Proposed: {tag}").format(tag=self._ink.word(mark)) if mark.proposed else self._ink.word(mark)
        if self._announcements == "short":
            return self.tr("{tag}.").format(tag=word)
        return self.tr("{tag}: {quote}.").format(tag=word, quote="…".join(self.text()[a:z] for a, z in mark.spans))

    def _leaving(self, mark: Mark) -> str:
        return self.tr("End of {tag}.").format(tag=self._ink.word(mark))


def _mode(extend: bool) -> QTextCursor.MoveMode:
    return QTextCursor.MoveMode.KeepAnchor if extend else QTextCursor.MoveMode.MoveAnchor
