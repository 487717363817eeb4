"""What the window and the reports see of a project: documents, coders, readings, annotations, as plain data.

`key` is local to one file and never leaves it; `id` is the same in every copy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from annotator.model.span import Span, Spans

UNSURE = "unsure"  # a flag of an annotation
STATES = ("not started", "in work", "done", "returned", "set aside")  # of a reading


@dataclass(frozen=True)
class Coder:
    """A person who codes."""

    key: int
    id: str
    name: str


@dataclass(frozen=True)
class Document:
    """An article without its text. `words` counts what stands between blanks."""

    key: int
    id: str
    sha256: str
    title: str
    outlet: str
    date: str
    url: str
    language: str
    rights: str
    source_name: str
    encoding: str
    words: int


@dataclass(frozen=True)
class DocumentRow:
    """A line of the document list, for one coder: `count` is the number of the coder's annotations."""

    key: int
    title: str
    outlet: str
    date: str
    state: str
    count: int


@dataclass(frozen=True)
class Reading:
    """One coder's reading of one document."""

    key: int
    id: str
    document: int
    coder: int
    kind: str
    state: str
    reason: str  # why it is set aside, or was sent back
    codebook: str | None


class Annotation(NamedTuple):
    """One tag on one document by one coder; `quote` is the text that its spans cover.

    A named tuple, because a document may have 10,000: a frozen dataclass takes four times as long to make.
    """

    key: int
    id: str
    reading: int
    tag: str
    spans: Spans
    quote: str
    attributes: Mapping[str, Any]
    note: str
    question: str
    flags: tuple[str, ...]
    source_id: str | None
    codebook_made: str | None
    codebook_confirmed: str | None
    extra: Mapping[str, Any]

    @property
    def outer(self) -> Span:
        """From the start of the first piece to the end of the last."""
        return Span(self.spans[0].start, self.spans[-1].end)

    @property
    def unsure(self) -> bool:
        """Whether the coder marked it as unsure."""
        return UNSURE in self.flags
