"""Offsets that other programs count in UTF-16 units, in which every character beyond U+FFFF is two."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from annotator.errors import AnnotatorError
from annotator.model.span import Span


def holds_wide(text: str) -> bool:
    """Whether a character lies beyond U+FFFF, so that UTF-16 counts it as two units."""
    return not text.isascii() and max(text) > "\uffff"


class Utf16:
    """Carries offsets of one text from code points to UTF-16 units and back."""

    def __init__(self, text: str) -> None:
        self.length = len(text)  # code points
        self._starts: list[int] | None = None  # of each code point, and of the end, in units
        if holds_wide(text):
            self._starts = [0, *accumulate(2 if character > "\uffff" else 1 for character in text)]

    @property
    def units(self) -> int:
        """The length of the text in UTF-16 units."""
        return self.length if self._starts is None else self._starts[-1]

    def unit(self, offset: int) -> int:
        """The UTF-16 offset of a code point offset that lies in the text."""
        return offset if self._starts is None else self._starts[offset]

    def stretches(self, spans: Iterable[Span]) -> Iterable[tuple[int, int]]:
        """The same stretches of the text in units."""
        starts = self._starts
        return spans if starts is None else [(starts[start], starts[end]) for start, end in spans]

    def span(self, start: int, end: int) -> Span:
        """The stretch from unit `start` to unit `end` in code points.

        Raises AnnotatorError, with a phrase, if it lies outside of the text or cuts a character in two.
        """
        if not 0 <= start <= end <= self.units:
            raise AnnotatorError(f"the span {start}–{end} does not lie in the text of {self.units} UTF-16 units")
        if self._starts is None:
            return Span(start, end)
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if self._starts[first] != start or self._starts[last] != end:
            raise AnnotatorError(f"the span {start}–{end} cuts a character in two")
        return Span(first, last)
