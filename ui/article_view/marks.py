"""What the article view draws: annotations as marks, and how each tag looks."""

from dataclasses import dataclass
from typing import NamedTuple

from annotator.model.span import Span, Spans


class Mark(NamedTuple):
    """One annotation as drawn; `spans` are sorted pieces in code points of the stored text.

    A named tuple, because a document may have 10,000: a frozen dataclass takes four times as long to make.
    """

    key: int
    spans: Spans
    tag: str
    pending: bool = False  # not on disk yet: drawn so that nobody takes it for saved
    unsure: bool = False  # carries a small "?"
    proposed: bool = False  # no annotation: a span that may deserve the tag, drawn dashed and unfilled

    @property
    def start(self) -> int:
        """Start of the first piece."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """End of the last piece."""
        return self.spans[-1].end

    @property
    def size(self) -> int:
        """Code points from the first start to the last end: what decides who is inner and who is outer."""
        return self.spans[-1].end - self.spans[0].start

    def covers(self, place: int) -> bool:
        """Whether the character at `place` lies in one of the pieces."""
        return any(piece.start <= place < piece.end for piece in self.spans)

    def covers_part_of(self, stretch: Span) -> bool:
        """Whether a piece of it shares a character with a stretch of the text."""
        return any(piece.overlaps(stretch) for piece in self.spans)

    def overlaps(self, other: "Mark") -> bool:
        """Whether a piece of one and a piece of the other share a character."""
        return any(mine.overlaps(its) for mine in self.spans for its in other.spans)


@dataclass(frozen=True)
class TagLook:
    """How a tag is drawn. A mention is underlined; a statement is washed and bracketed in the margin."""

    id: str
    label: str
    form: str  # "mention" | "statement"
    bar: str  # "solid" | "double" | "dash" | "dot" | "wave"; "hair" for what is settled
    light: str  # #rrggbb on a light page
    dark: str
    sign: str = ""  # the letter over a proposal for a mention

    @property
    def statement(self) -> bool:
        """Whether spans of this tag are sentences or clauses, not names or numbers."""
        return self.form == "statement"


def inner_first(mark: Mark) -> tuple[int, int, int]:
    """Sort key: shorter marks before those around them, and always in the same order."""
    return mark.size, mark.start, mark.key
