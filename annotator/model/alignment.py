"""Which stretches of a text stand in another form of it too, and where: what annotations are carried over by."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from annotator.model.span import Span

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_COMPARED = 20_000_000  # pairs of lines or words beyond which a changed part is not looked into


_SHORT = 400  # code points


@dataclass(frozen=True)
class Same:
    """A stretch that both texts have: its start in each, and its length, in code points."""

    old: int
    new: int
    length: int


def likeness(one: str, other: str) -> float:
    """How much of two passages is the same, from 0 to 1: by characters, for long ones by words."""
    longest = max(len(one), len(other))
    pair = (one, other) if longest <= _SHORT else (_TOKEN.findall(one), _TOKEN.findall(other))
    return 0.0 if len(pair[0]) * len(pair[1]) > _COMPARED else SequenceMatcher(None, *pair).ratio()


class Alignment:
    """Carries places from an old text to a new one."""

    def __init__(self, old: str, new: str) -> None:
        self._end = len(new)
        self._same = list(_joined(_same_stretches(old, new)))
        self._starts = [each.old for each in self._same]

    def span(self, span: Span) -> Span | None:
        """Where a span stands whose words are all unchanged; None if they are not, or not all together."""
        held = self._around(span.start)
        if held is None or span.end > held.old + held.length:
            return None
        return Span(span.start + held.new - held.old, span.end + held.new - held.old)

    def edges(self, span: Span) -> Span | None:
        """Where the edges of a span stand, whatever became of the words between; None if that cannot be told."""
        start = self._at(span.start, span.start - 1)
        end = self._at(span.end, span.end - 1)
        return Span(start, end) if start is not None and end is not None and start < end else None

    def window(self, span: Span) -> Span:
        """The part of the new text in which the span should be, between the unchanged stretches around it."""
        before = bisect_right(self._starts, span.start) - 1
        after = bisect_right(self._starts, max(span.start, span.end - 1))
        left = self._same[before].new if before >= 0 else 0
        return Span(left, self._same[after].new + self._same[after].length if after < len(self._same) else self._end)

    def _around(self, place: int) -> Same | None:
        """The stretch that holds the character at a place."""
        found = bisect_right(self._starts, place) - 1
        if found < 0 or place >= self._same[found].old + self._same[found].length:
            return None
        return self._same[found]

    def _at(self, place: int, before: int) -> int | None:
        """A place between two characters, told by the one behind it, else by the one before it."""
        held = self._around(place)
        if held is not None:
            return place + held.new - held.old
        held = self._around(before) if before >= 0 else None
        return None if held is None else before + held.new - held.old + 1


def _same_stretches(old: str, new: str) -> Iterator[Same]:
    """By what both begin and end with, else by lines, and within changed lines by words."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield Same(0, 0, head)
    yield from _by_parts(old, new, Span(head, len(old) - tail), Span(head, len(new) - tail), (_LINE, _TOKEN))
    yield Same(len(old) - tail, len(new) - tail, tail)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike, by halving: slices are compared far faster than characters."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _by_parts(old: str, new: str, mine: Span, its: Span, parts: Sequence[re.Pattern[str]]) -> Iterator[Same]:
    if not parts or mine.start == mine.end or its.start == its.end:
        return
    ours = [found.span() for found in parts[0].finditer(old, *mine)]
    theirs = [found.span() for found in parts[0].finditer(new, *its)]
    if len(ours) * len(theirs) > _COMPARED:
        return
    matcher = SequenceMatcher(None, [old[a:b] for a, b in ours], [new[a:b] for a, b in theirs])
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Same(ours[a][0], theirs[c][0], ours[b - 1][1] - ours[a][0])
        elif kind == "replace":
            for left, right in _pairs(ours[a:b], theirs[c:d]):
                yield from _by_parts(old, new, left, right, parts[1:])


def _pairs(ours: Sequence[tuple[int, int]], theirs: Sequence[tuple[int, int]]) -> Iterator[tuple[Span, Span]]:
    """Changed parts to be looked into: one by one where as many stand against as many, and they are long together."""
    left, right = Span(ours[0][0], ours[-1][1]), Span(theirs[0][0], theirs[-1][1])
    if len(ours) == len(theirs) and (left.end - left.start) * (right.end - right.start) > _COMPARED:
        yield from ((Span(*one), Span(*other)) for one, other in zip(ours, theirs, strict=True))
    else:
        yield left, right


def _joined(stretches: Iterator[Same]) -> Iterator[Same]:
    """Stretches that touch in both texts as one, and none that is empty."""
    last: Same | None = None
    for each in stretches:
        if not each.length:
            continue
        if last is not None and (last.old + last.length, last.new + last.length) == (each.old, each.new):
            last = Same(last.old, last.new, last.length + each.length)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last
