"""Spans of a document's stored text. Offsets are Unicode code points, the end is exclusive."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.errors import AnnotatorError


class Span(NamedTuple):
    """One stretch of text, from code point `start` up to, and without, code point `end`."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether at least one code point lies in both."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether all of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]


def normalised(pairs: Iterable[Sequence[int]], length: int) -> Spans:
    """The pieces of an annotation, sorted, with touching and overlapping pieces joined.

    `length` is the length of the text in code points. Raises AnnotatorError for a piece that is
    empty or does not lie in the text, and when there is no piece at all.
    """
    pieces = [Span(int(start), int(end)) for start, end in pairs]
    pieces.sort()
    if not pieces:
        raise AnnotatorError("An annotation needs at least one piece of text.")
    for piece in pieces:
        if not 0 <= piece.start < piece.end <= length:
            raise AnnotatorError(
                f"The span {piece.start}–{piece.end} does not lie in the text, which has {length} characters."
            )
    if len(pieces) == 1:
        return (pieces[0],)
    joined = [pieces[0]]
    for piece in pieces[1:]:
        last = joined[-1]
        if piece.start <= last.end:
            joined[-1] = Span(last.start, max(last.end, piece.end))
        else:
            joined.append(piece)
    return tuple(joined)


def quote(text: str, spans: Iterable[Span]) -> str:
    """The text that the pieces cover, put together without anything between them."""
    return "".join([text[start:end] for start, end in spans])


def outer(spans: Sequence[Span]) -> Span:
    """From the start of the first piece to the end of the last."""
    return Span(spans[0].start, spans[-1].end)
