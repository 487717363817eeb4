"""Which marks touch a stretch of text, without looking at the others."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotator.model.span import Span

from .marks import Mark

_Entry = tuple[int, int, int]  # start, minus end (outer before inner), key
_FULL = 256  # a chunk of twice this size is cut in two


def _entry(mark: Mark) -> _Entry:
    return mark.start, -mark.end, mark.key


@dataclass(frozen=True)
class Later:
    """What an index gets when it is asked for a mark in a stretch of text: `read` gives all marks of the text."""

    unread: Span
    read: Callable[[], Iterable[Mark]]


class SpanIndex:
    """Marks in text order, outer before inner, in sorted chunks that know how far their marks reach.

    A query looks at the chunks' reach and at the entries of the chunks that reach far enough; putting a mark in
    or taking it out touches one chunk. One mark over the whole document costs one more chunk per query, not a
    walk through all marks, which a list with running maxima would do.
    """

    def __init__(self, marks: Iterable[Mark] = (), later: Later | None = None) -> None:
        self._later = later
        self._fill(marks)

    def complete(self) -> None:
        """Gets what was to come later."""
        if self._later is not None:
            later, self._later = self._later, None
            self._fill(later.read())

    def _fill(self, marks: Iterable[Mark]) -> None:
        self._marks = {mark.key: mark for mark in marks}
        entries = sorted((mark.spans[0][0], -mark.spans[-1][1], mark.key) for mark in self._marks.values())
        self._chunks = [entries[at : at + _FULL] for at in range(0, len(entries), _FULL)]
        self._firsts = [chunk[0] for chunk in self._chunks]
        self._reach = [-min(entry[1] for entry in chunk) for chunk in self._chunks]

    def __len__(self) -> int:
        self.complete()
        return len(self._marks)

    def __bool__(self) -> bool:
        return bool(self._marks) or len(self) > 0

    def __iter__(self) -> Iterator[Mark]:
        self.complete()
        return (self._marks[entry[2]] for chunk in self._chunks for entry in chunk)

    def get(self, key: int) -> Mark | None:
        """The mark with this key."""
        if key not in self._marks:
            self.complete()
        return self._marks.get(key)

    def put(self, mark: Mark) -> None:
        """Adds a mark, or replaces the one that has its key."""
        self.complete()
        if mark.key in self._marks:
            self.remove(mark.key)
        self._marks[mark.key] = mark
        entry = _entry(mark)
        at = self._chunk_of(entry)
        if not self._chunks:
            self._chunks.append([entry])
            self._firsts.append(entry)
            self._reach.append(mark.end)
            return
        chunk = self._chunks[at]
        insort(chunk, entry)
        if len(chunk) >= 2 * _FULL:
            self._chunks[at : at + 1] = [chunk[:_FULL], chunk[_FULL:]]
            self._firsts[at : at + 1] = [chunk[0], chunk[_FULL]]
            self._reach[at : at + 1] = [0, 0]
            self._measure(at + 1)
        self._measure(at)

    def remove(self, key: int) -> Mark | None:
        """Takes a mark out and returns it, None if there is none with this key."""
        self.complete()
        mark = self._marks.pop(key, None)
        if mark is None:
            return None
        entry = _entry(mark)
        at = self._chunk_of(entry)
        chunk = self._chunks[at]
        del chunk[bisect_left(chunk, entry)]
        if chunk:
            self._measure(at)
        else:
            del self._chunks[at], self._firsts[at], self._reach[at]
        return mark

    def query(self, start: int, end: int) -> list[Mark]:
        """The marks between whose first start and last end lies a character of [start, end), in text order."""
        if self._later is not None and self._later.unread.overlaps(Span(start, end)):
            self.complete()
        found = []
        last = bisect_left(self._firsts, (end,))
        for at in range(last):
            if self._reach[at] <= start:
                continue
            chunk = self._chunks[at]
            stop = bisect_left(chunk, (end,)) if at == last - 1 else len(chunk)
            found += [entry[2] for entry in chunk[:stop] if -entry[1] > start]
        marks = self._marks
        return [marks[key] for key in found]

    def beside(self, key: int, steps: int) -> Mark | None:
        """The mark so many places after (before, if negative) the one with this key, None past either end."""
        self.complete()
        entry = _entry(self._marks[key])
        at = self._chunk_of(entry)
        return self._at(at, bisect_left(self._chunks[at], entry) + steps)

    def first_from(self, place: int, steps: int) -> Mark | None:
        """The nearest mark that starts at or after `place` (steps 1, 2, …), or before it (steps -1, -2, …)."""
        self.complete()
        if not self._chunks:
            return None
        at = max(0, bisect_left(self._firsts, (place,)) - 1)
        within = bisect_left(self._chunks[at], (place,))
        return self._at(at, within + (steps - 1 if steps > 0 else steps))

    def _at(self, at: int, within: int) -> Mark | None:
        while within < 0:
            at -= 1
            if at < 0:
                return None
            within += len(self._chunks[at])
        while at < len(self._chunks):
            if within < len(self._chunks[at]):
                return self._marks[self._chunks[at][within][2]]
            within -= len(self._chunks[at])
            at += 1
        return None

    def _chunk_of(self, entry: _Entry) -> int:
        at = bisect_left(self._firsts, entry)
        if at < len(self._firsts) and self._firsts[at] == entry:
            return at
        return max(0, at - 1)

    def _measure(self, at: int) -> None:
        chunk = self._chunks[at]
        self._firsts[at] = chunk[0]
        self._reach[at] = -min(entry[1] for entry in chunk)
