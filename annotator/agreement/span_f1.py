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
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

from annotator.model.matching import pair_overlapping
from annotator.model.span import Span

from .measure import Choice, Counts, Measure, Tally
from .pieces import Piece, alike
from .readings import Document
from .result import Undefined

_FEW = 1_000  # spans of both coders; where more lie over one place, pair_overlapping is the faster


def f1(counts: Counts) -> float:
    """F1, 0 to 1. Raises Undefined if nobody marked anything."""
    both = counts.get("first", 0) + counts.get("second", 0)
    if not both:
        raise Undefined("nobody marked anything")
    return 2 * counts.get("matched", 0) / both


def count_spans(counts: Counts) -> Mapping[str, int]:
    """Spans of the first and of the second coder of each pair, and how many were matched."""
    return {name: counts.get(name, 0) for name in ("first", "second", "matched")}


def _most_pairs(first: Sequence[Piece], second: Sequence[Piece]) -> int:
    """How many pairs of overlapping pieces there can be at once.

    What ends first overlaps only pieces that hold its last code point; of these the one that ends first is its
    partner: whatever else overlaps that one overlaps the others as well.
    """
    if not first or not second:
        return 0
    if len(first) + len(second) > _FEW:
        return _pairs([(piece,) for piece in first], [(piece,) for piece in second])
    pieces = [(end, start, 0) for start, end in first] + [(end, start, 1) for start, end in second]
    pieces.sort()
    longest = max([end - start for end, start, _ in pieces])
    taken = [False] * len(pieces)
    number = 0
    for place, (end, _, side) in enumerate(pieces):
        if taken[place]:
            continue
        for later in range(place + 1, len(pieces)):
            stop, start, of_side = pieces[later]
            if stop - longest >= end:
                break
            if of_side != side and start < end and not taken[later]:
                taken[later] = True
                number += 1
                break
    return number


def _pairs(first: Sequence[tuple[Piece, ...]], second: Sequence[tuple[Piece, ...]]) -> int:
    """The same of annotations, each of one or more pieces."""
    one, other = ([tuple(Span(*piece) for piece in spans) for spans in listed] for listed in (first, second))
    return len(pair_overlapping(one, other))


def tally_exact(document: Document, choice: Choice) -> Tally:
    """Matched by tag, and in all."""
    return _by_tag(document, choice, lambda one, other, tag: document.alike(one, other, tag).same)


def tally_overlap(document: Document, choice: Choice) -> Tally:
    """Overlapping by tag, and in all: pairs have the same tag."""

    def matched(one: str, other: str, tag: str) -> int:
        meeting = document.meeting(one, other, tag)
        if not (meeting.one.one_piece and meeting.other.one_piece):
            return _pairs(document.readings[one].spans(tag), document.readings[other].spans(tag))
        rest = _most_pairs(meeting.first, meeting.second) if meeting.crowded else meeting.kept.one_to_one
        return len(meeting.same) + rest

    return _by_tag(document, choice, matched)


def tally_untagged(document: Document, choice: Choice) -> Tally:
    """All tags taken for one: what is not alike in one tag may be alike in two."""
    parts = []
    for one, other in combinations(_present(document, choice), 2):
        first, second = (_number(document, coder, choice.tags) for coder in (one, other))
        by_tag = [document.alike(one, other, tag) for tag in choice.tags]
        rest = alike(
            [spans for each in by_tag for spans in each.first], [spans for each in by_tag for spans in each.second]
        )
        parts.append(_counts(first, second, sum([each.same for each in by_tag]) + rest.same))
    return {None: _added(parts)}


def tally_normalised(document: Document, choice: Choice) -> Tally:
    """As tally_exact, with each span starting behind its leading words (any case, each with the blank behind it)."""
    words, beginnings = _leading(choice.leading)
    text = document.text

    def without(spans: tuple[Piece, ...]) -> tuple[Piece, ...]:
        start, end = spans[0]
        first = text[start : start + 1]
        if first in beginnings or not first.isascii():
            found = words.match(text, start, end)
            if found is not None and found.end() < end:
                return ((found.end(), end), *spans[1:])
        return spans

    def matched(one: str, other: str, tag: str) -> int:
        """What is alike stays alike, and counts as often: only the rest is looked at."""
        same, first, second = document.alike(one, other, tag)
        return same + alike(list(map(without, first)), list(map(without, second))).same

    return _by_tag(document, choice, matched)


@cache
def _leading(words: tuple[str, ...]) -> tuple[re.Pattern[str], frozenset[str]]:
    """The pattern of leading words, and the signs within ASCII that can begin one."""
    pattern = "|".join(map(re.escape, words)) or r"(?!)"
    initial = re.compile("|".join(re.escape(word[0]) for word in words if word) or r"(?!)", re.IGNORECASE)
    beginnings = frozenset(sign for sign in map(chr, range(128)) if initial.match(sign))
    return re.compile(rf"(?:(?:{pattern}) )+", re.IGNORECASE), beginnings


def _present(document: Document, choice: Choice) -> list[str]:
    return [coder for coder in choice.coders if coder in document.readings]


def _number(document: Document, coder: str, tags: Iterable[str]) -> int:
    return sum([document.readings[coder].of(tag).annotations for tag in tags])


def _by_tag(document: Document, choice: Choice, matched: Callable[[str, str, str], int]) -> Tally:
    """By tag and in all; `matched` says how many of two coders."""
    rows: dict[str | None, Counts] = {}
    pairs = list(combinations(_present(document, choice), 2))
    for tag in choice.tags:
        parts = []
        for one, other in pairs:
            first, second = (document.readings[coder].of(tag).annotations for coder in (one, other))
            parts.append(_counts(first, second, matched(one, other, tag) if first and second else 0))
        added = _added(parts)
        if added["first"] or added["second"]:
            rows[tag] = added
    return {**rows, None: _added(list(rows.values()))}


def _counts(first: int, second: int, matched: int) -> Counts:
    return {"first": first, "second": second, "matched": matched}


def _added(parts: Sequence[Counts]) -> Counts:
    if len(parts) == 1:
        return parts[0]
    return {name: sum([part[name] for part in parts]) for name in ("first", "second", "matched")}


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
        of_spans=True,
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
