"""F1 of spans between coders: twice the matched spans over the spans of both.

    F1 = 2 · matched / (|A| + |B|)

It is the share of what both coders marked on which they agree, and needs no count of what nobody marked; averaged over
coders it equals positive specific agreement. Of more than two coders all pairs are added up. Chance is not taken out.
Source: Hripcsak & Rothschild (2005), Journal of the American Medical Informatics Association 12(3), 296–298.

    f1_exact        same spans, same tag
    f1_overlap      same tag, at least one code point in common; one to one, as many pairs as there can be
    f1_untagged     same spans, whatever the tag
    f1_normalised   same spans, same tag, once leading words such as "the" and "a" are left out
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from annotator.model.matching import pair_overlapping
from annotator.model.span import Span, Spans

from .measure import Choice, Counts, Measure, Tally
from .readings import Document
from .result import Undefined

Matched = Callable[[Sequence[Spans], Sequence[Spans]], int]


def f1(counts: Counts) -> float:
    """F1, 0 to 1. Raises Undefined if nobody marked anything."""
    both = counts.get("first", 0) + counts.get("second", 0)
    if not both:
        raise Undefined("nobody marked anything")
    return 2 * counts.get("matched", 0) / both


def count_spans(counts: Counts) -> Mapping[str, int]:
    """Spans of the first and of the second coder of each pair, and how many were matched."""
    return {name: counts.get(name, 0) for name in ("first", "second", "matched")}


def exact(first: Sequence[Spans], second: Sequence[Spans]) -> int:
    """How many spans are in both; one that occurs twice in both counts twice."""
    one, other = set(first), set(second)
    if len(one) == len(first) and len(other) == len(second):
        return len(one & other)
    return (Counter(first) & Counter(second)).total()


def overlapping(first: Sequence[Spans], second: Sequence[Spans]) -> int:
    """How many pairs of overlapping spans there can be at once."""
    return len(pair_overlapping(first, second))


def tally_exact(document: Document, choice: Choice) -> Tally:
    """Matched by tag, and in all."""
    return _by_tag([document.readings[coder].by_tag for coder in _present(document, choice)], choice, exact)


def tally_overlap(document: Document, choice: Choice) -> Tally:
    """Overlapping by tag, and in all: pairs have the same tag."""
    return _by_tag([document.readings[coder].by_tag for coder in _present(document, choice)], choice, overlapping)


def tally_untagged(document: Document, choice: Choice) -> Tally:
    """All tags taken for one."""
    tags = set(choice.tags)
    spans = [
        [spans for tag, found in document.readings[coder].by_tag.items() if tag in tags for spans in found]
        for coder in _present(document, choice)
    ]
    return {None: _added([_counts(one, other, exact) for one, other in combinations(spans, 2)])}


def tally_normalised(document: Document, choice: Choice) -> Tally:
    """As tally_exact, with each span starting behind its leading words (any case, each with the blank behind it)."""
    words = "|".join(map(re.escape, choice.leading)) or r"(?!)"
    leading = re.compile(rf"(?:(?:{words}) )+", re.IGNORECASE)
    text = document.text

    def without(spans: Spans) -> Spans:
        start, end = spans[0]
        found = leading.match(text, start, end)
        return spans if found is None or found.end() == end else (Span(found.end(), end), *spans[1:])

    readings = [
        {tag: [without(each) for each in spans] for tag, spans in document.readings[coder].by_tag.items()}
        for coder in _present(document, choice)
    ]
    return _by_tag(readings, choice, exact)


def _present(document: Document, choice: Choice) -> list[str]:
    return [coder for coder in choice.coders if coder in document.readings]


def _by_tag(readings: Sequence[Mapping[str, list[Spans]]], choice: Choice, matched: Matched) -> Tally:
    rows: dict[str | None, Counts] = {}
    for tag in choice.tags:
        found = [reading.get(tag, ()) for reading in readings]
        if any(found):
            rows[tag] = _added([_counts(one, other, matched) for one, other in combinations(found, 2)])
    return {**rows, None: _added(list(rows.values()))}


def _counts(first: Sequence[Spans], second: Sequence[Spans], matched: Matched) -> Counts:
    number = matched(first, second) if first and second else 0
    return {"first": len(first), "second": len(second), "matched": number}


def _added(parts: Sequence[Counts]) -> Counts:
    if len(parts) == 1:
        return parts[0]
    return {name: sum(part[name] for part in parts) for name in ("first", "second", "matched")}


def _measure(name: str, title: str, matching: str, tally: Callable[[Document, Choice], Tally]) -> Measure:
    return Measure(
        name=name,
        title=title,
        source="Hripcsak & Rothschild 2005",
        matching=matching,
        over="documents",
        tally=tally,
        value=f1,
        count=count_spans,
        rows="all" if tally is tally_untagged else "both",
    )


EXACT = _measure("f1_exact", "F1, exact", "same start, end and tag", tally_exact)
OVERLAP = _measure(
    "f1_overlap",
    "F1, overlapping",
    "same tag and at least one code point in common, one to one, as many pairs as there can be",
    tally_overlap,
)
UNTAGGED = _measure("f1_untagged", "F1, tag ignored", "same start and end, whatever the tag", tally_untagged)
NORMALISED = _measure(
    "f1_normalised",
    "F1, leading words left out",
    "same start, end and tag once leading words (the, a, an, that) are left out",
    tally_normalised,
)
