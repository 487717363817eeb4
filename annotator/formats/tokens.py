"""Words and sentences of a text, for formats that know no characters; simple, the same for every language.

The words of one text are the same in every format that uses this.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import pairwise

from annotator.model.span import Span

_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0670\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
_TOKEN = re.compile(
    rf"""(?:[^\W\d_]\.){{2,}}              # U.S.
    | \d+(?:[.,:]\d+)*                     # 100,000  3.5  10:30
    | [^\W_][\w{_MARKS}]*                  # words, with what stands on their letters
    | ['’][^\W\d_]+                        # Kyiv 's
    | [^\w\s][{_MARKS}]*(?:(?<=\u200d)[^\w\s][{_MARKS}]*)*  # one sign; one picture of several
    | _+ | [^\s]""",
    re.VERBOSE,
)
_ENDS = frozenset(".!?…。！？")
_span = partial(tuple.__new__, Span)  # of a pair; there are so many words that calls in Python would be felt


@lru_cache(maxsize=2)  # what is lost is counted first, and then it is written: the same text twice
def tokens(text: str) -> tuple[Span, ...]:
    """The words and signs of a text, in order; none holds a blank, and what lies between them is blank."""
    return tuple(map(_span, map(re.Match.span, _TOKEN.finditer(text))))


def sentences(text: str, words: Sequence[Span]) -> list[range]:
    """Which words make each sentence: a line ends one, and so does a full stop before a blank."""
    found, begin = [], 0
    for number, ((_, end), (start, _)) in enumerate(pairwise(words), 1):
        if start > end and (text[end - 1] in _ENDS or "\n" in text[end:start]):
            found.append(range(begin, number))
            begin = number
    if begin < len(words):
        found.append(range(begin, len(words)))
    return found


class Grid:
    """Finds the words that a stretch of text touches."""

    def __init__(self, words: Sequence[Span]) -> None:
        self._starts = [start for start, _ in words]
        self._ends = [end for _, end in words]

    def touched(self, span: Span) -> range:
        """The words of which at least one character lies in the span; empty if it holds blanks alone."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def cuts(self, span: Span) -> bool:
        """Whether the span begins or ends within a word, or holds blanks at an end."""
        held = self.touched(span)
        return not held or self._starts[held[0]] != span.start or self._ends[held[-1]] != span.end
