"""The marked article with what is proposed in it, kept and drawn apart: proposals are no marks until they are taken."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from annotator.model.span import Spans

from .margin import MarginPicture, with_proposals
from .marked import MarkedSurface
from .marks import Mark, inner_first
from .proposal_painter import ABOVE, ProposalPictures
from .scene import SeenLine
from .span_index import Later, SpanIndex


class ProposedSurface(MarkedSurface):
    """Marked text with proposals. They move no line of text; their keys are none of a mark."""

    proposal_changed = Signal(object)  # key of the proposal at hand, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        self._proposals = SpanIndex()
        self._offered = ProposalPictures()
        self._at_hand: int | None = None
        self._moved_proposal: Mark | None = None  # as it is stored, while its edges are shown elsewhere
        super().__init__(parent)

    def load(self, text: str, marks: Iterable[Mark], later: Later | None = None) -> None:
        self._proposals = SpanIndex()
        self._moved_proposal = None
        super().load(text, marks, later)
        self.set_proposal(None)

    def set_proposals(self, proposals: Iterable[Mark]) -> None:
        """Shows these in place of those shown so far; the one at hand stays at hand if it is among them."""
        before, self._proposals = set(self._proposals), SpanIndex(proposals)
        self._moved_proposal = None
        for mark in before.symmetric_difference(self._proposals):
            self._forget_lines(mark)
        if self._at_hand is not None and self._proposals.get(self._at_hand) is None:
            self.set_proposal(None)
        self._repaint()

    def remove_proposal(self, key: int) -> None:
        """Takes one away; one that is not there is no error."""
        mark = self._proposals.remove(key)
        if mark is None:
            return
        if key == self._at_hand:
            self.set_proposal(None)
        self._forget_lines(mark)
        self._repaint_marks(mark)

    def _forget_lines(self, mark: Mark) -> None:
        """Its lines are measured again once they are in sight; none changes its height."""
        first = self.document().findBlock(self._offsets.to_qt(mark.start)).blockNumber()
        last = self.document().findBlock(self._offsets.to_qt(mark.end)).blockNumber()
        for number in range(first, last + 1):
            self._scene.forget(number)

    def proposals(self) -> list[Mark]:
        """All proposals in text order, outer before inner."""
        return list(self._proposals)

    def proposals_at(self, place: int) -> list[Mark]:
        """What is proposed on the character at a code point, innermost first."""
        return sorted((mark for mark in self._proposals.query(place, place + 1) if mark.covers(place)), key=inner_first)

    def proposal_mark(self, key: int | None) -> Mark | None:
        """The proposal with this key."""
        return None if key is None else self._proposals.get(key)

    def proposal(self) -> int | None:
        """The key of the proposal at hand."""
        return self._at_hand

    def set_proposal(self, key: int | None, *, reveal: bool = True) -> None:
        """Takes a proposal in hand, so that no mark is the current one; `reveal` brings it and the caret into sight."""
        mark = None if key is None else self._proposals.get(key)
        key = mark.key if mark else None
        if mark is not None:
            super().set_current(None)
            if reveal:
                self.set_caret(mark.start)
                self.reveal(mark.start)
        if key != self._at_hand:
            self._show_edges(None)
            self._at_hand = key
            for strip in self._strips:
                strip.at_hand = key
            self._repaint()
            self.proposal_changed.emit(key)

    def set_current(self, key: int | None, *, reveal: bool = True) -> None:
        if key is not None:
            self.set_proposal(None)
        super().set_current(key, reveal=reveal)

    def show_proposal_edges(self, spans: Spans | None) -> None:
        """Shows the proposal at hand with moved edges; None shows it as it is."""
        self._show_edges(spans)
        self._repaint()

    def _show_edges(self, spans: Spans | None) -> None:
        stored, self._moved_proposal = self._moved_proposal, None
        if stored is not None:
            self._proposals.put(stored)
        if spans is not None and self._at_hand is not None:
            self._moved_proposal = self._proposals.get(self._at_hand)
            if self._moved_proposal is not None:
                self._proposals.put(self._moved_proposal._replace(spans=spans))
        if stored is not None or self._moved_proposal is not None:
            self._scene.clear()

    def _proposals_between(self, _start: int, _end: int) -> list[Mark]:
        return self._proposals.query(_start, _end)

    def _margin_picture(self, lines: Sequence[SeenLine], *, rtl: bool) -> MarginPicture:
        return with_proposals(super()._margin_picture(lines, rtl=rtl), lines, self._ink, rtl=rtl)

    def _paint_marks(self, painter: QPainter, area: QRect) -> None:
        super()._paint_marks(painter, area)
        if self._proposals:
            # A letter over a line that begins below the area may reach into it.
            lines = self._seen(area.adjusted(0, 0, 0, ABOVE))
            self._offered.paint(painter, lines, self._ink, self._at_hand)
