"""Documents as spaCy has them: tokens that make up the whole text, spans that begin and end with tokens.

The tokens are those of all formats here (tokens.py), so that the text comes back as it was; a pipeline that cuts words
otherwise aligns them. Every annotation stands in doc.spans["sc"]. doc.ents, in which spaCy allows no overlap, holds
the longest of those that overlap, of equal ones the first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.errors import AnnotatorError
from annotator.formats.format import WriteOptions
from annotator.formats.guards import span_of
from annotator.formats.loss import TEXT_AND_SPANS_ONLY, Loss
from annotator.formats.newlines import offset_map, unified
from annotator.formats.report import Report
from annotator.formats.tokens import Grid, tokens
from annotator.formats.twice import remembered
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord
from annotator.model.span import Span, outer

GROUP = "sc"  # what spaCy's own span categorizer calls its spans
CANNOT_HOLD = (*TEXT_AND_SPANS_ONLY, Loss.DISCONTINUOUS)


@dataclass(frozen=True)
class Labelled:
    """A span of tokens, end exclusive, and its tag."""

    start: int
    end: int
    tag: str


@dataclass
class Laid:
    """A document in tokens."""

    tokens: list[Span]
    blank_after: list[bool]  # whether one blank follows that belongs to no token
    spans: list[Labelled] = field(default_factory=list)
    lost: Counter[Loss] = field(default_factory=Counter)

    def entities(self) -> list[Labelled]:
        """The spans of doc.ents, in order."""
        kept: list[Labelled] = []
        taken: set[int] = set()
        for each in sorted(self.spans, key=lambda span: (span.start - span.end, span.start, span.tag)):
            if taken.isdisjoint(range(each.start, each.end)):
                taken.update(range(each.start, each.end))
                kept.append(each)
        return sorted(kept, key=lambda span: span.start)


@remembered
def laid(record: DocumentRecord) -> Laid:
    """The document in tokens, each annotation over those that it touches."""
    made = _laid(record.text)
    grid = Grid(made.tokens)
    for each in record.annotations:
        span = outer(each.spans)
        held = grid.touched(span)
        if not held:
            made.lost[Loss.OUTSIDE_TOKENS] += 1
            continue
        made.lost[Loss.TOKENS] += grid.cuts(span)
        made.spans.append(Labelled(held.start, held.stop, each.tag))
    return made


def _laid(text: str) -> Laid:
    found: list[Span] = []
    blank_after: list[bool] = []
    at = 0
    for word in [*tokens(text), Span(len(text), len(text))]:
        start, end = word
        if at < start and found and text[at] == " ":
            blank_after[-1] = True
            at += 1
        if at < start:
            found.append(Span(at, start))
            blank_after.append(False)
        if start < end:
            found.append(word)
            blank_after.append(False)
        at = end
    return Laid(found, blank_after)


def loses(record: DocumentRecord, _options: WriteOptions, /) -> Mapping[Loss, int]:
    """Spans that cut tokens, and annotations of blanks between tokens."""
    return +laid(record).lost


# ---- reading


Told = tuple[object, object, str]  # start, end and label, as a file has them


def document(
    text: str, groups: Iterable[Iterable[Told]], source_name: str, where: str, report: Report
) -> DocumentRecord:
    """A document of spans with offsets in code points.

    One that stands in several groups is one annotation; one that stands several times in a group is as many.
    """
    moved = offset_map(text)
    found: Counter[tuple[Span, str]] = Counter()
    for spans in groups:
        own: Counter[tuple[Span, str]] = Counter()
        for start, end, tag in spans:
            try:
                span = span_of(start, end)
                if span.end > len(text):
                    raise AnnotatorError(f"the span {span.start}–{span.end} ends behind the text")
                if not tag:
                    raise AnnotatorError(f"the span {span.start}–{span.end} has no label")
            except AnnotatorError as fault:
                report.refuse(where, str(fault).rstrip("."))
                continue
            own[moved.span(*span), tag] += 1
        found |= own
    ordered = sorted(found.elements(), key=lambda key: (key[0].start, -key[0].end, key[1]))
    return DocumentRecord(
        text=unified(text),
        source_name=source_name,
        readings=(ReadingRecord(""),) if found else (),
        annotations=tuple(AnnotationRecord("", tag, (place,)) for place, tag in ordered),
        where=where,
    )
