"""Which stretches of a text are still free."""

from bisect import bisect_left
from collections.abc import Iterable

from annotator.model.span import Span


class FreePlaces:
    """Stretches of text that are taken, joined where they overlap; what is taken later must be free."""

    def __init__(self, taken: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(taken):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def is_free(self, span: Span) -> bool:
        """Whether no code point of the span is taken."""
        at = bisect_left(self._starts, span.end) - 1
        return at < 0 or self._ends[at] <= span.start

    def take(self, span: Span) -> None:
        """Take a free stretch."""
        at = bisect_left(self._starts, span.start)
        self._starts.insert(at, span.start)
        self._ends.insert(at, span.end)
