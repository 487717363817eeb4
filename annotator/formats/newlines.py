"""Newlines become `\\n`; offsets that were counted before the change are carried over it."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from annotator.model.span import Span

_PAIR = re.compile("\r\n")


@dataclass(frozen=True)
class OffsetMap:
    """Maps code-point offsets of a text before the newline change to offsets after it.

    Only `\\r\\n` shortens the text; a lone `\\r` keeps its length.
    """

    pairs: tuple[int, ...] = ()  # offsets of the `\n` of each `\r\n`, before the change, ascending

    def start(self, offset: int) -> int:
        """Where a span that began at `offset` begins; between `\\r` and `\\n` it begins with the newline."""
        before = bisect_left(self.pairs, offset)
        inside = before < len(self.pairs) and self.pairs[before] == offset
        return offset - before - inside

    def end(self, offset: int) -> int:
        """Where a span that ended (exclusive) at `offset` ends; between `\\r` and `\\n` it keeps the newline."""
        return offset - bisect_left(self.pairs, offset)

    def span(self, start: int, end: int) -> Span:
        """The same stretch after the change; an empty stretch stays empty."""
        return Span(self.start(start), self.end(end) if end > start else self.start(end))


UNCHANGED = OffsetMap()


def offset_map(text: str) -> OffsetMap:
    """The map for a text as it was before `unified`."""
    if "\r\n" not in text:
        return UNCHANGED
    return OffsetMap(tuple(found.start() + 1 for found in _PAIR.finditer(text)))


def unified(text: str) -> str:
    """The text with `\\r\\n` and `\\r` as `\\n`; U+0085, U+2028 and the like are text and stay."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")
