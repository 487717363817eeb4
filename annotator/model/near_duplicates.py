"""Texts that are nearly the same, as agency copy in several papers is: found by sketches of their word sequences.

A text is the set of its shingles, the sequences of four words; two texts are as alike as their sets overlap (Jaccard,
0 to 1). A sketch keeps the 128 smallest hash values of a set, from which the overlap of two sets is estimated with a
standard error of at most 0.05 (bottom-k sketches: A. Broder, On the resemblance and containment of documents, 1997).
Only texts whose sketches share a value are compared, so the work grows with the number of texts, not of their pairs.
"""

import heapq
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

ALIKE = 0.5  # overlap from which two texts count as nearly the same: half of one is in the other, word for word
_KEPT = 128  # hash values of a sketch
_LISTED = 50  # texts that are remembered for one hash value: stock phrases stand in thousands
_WORD = re.compile(r"\w+")
_WORDS_KNOWN = 500_000  # whose hash values are remembered

Sketch = Sequence[int]


@dataclass
class Sketcher:
    """Makes sketches; remembers the hash values of words from text to text."""

    _known: dict[str, int] = field(default_factory=dict)

    def sketch(self, text: str) -> Sketch:
        """The smallest hash values of a text, ascending; the same for the same words in every process."""
        words = _WORD.findall(text.casefold())
        if len(text) > 20 * len(words):  # a script without blanks: its signs are the words
            words = [sign for sign in text if not sign.isspace()]
        hashes = self._hashes(words)
        # The hash of a tuple of integers is the same in every process, and made in C.
        runs = zip(hashes, hashes[1:], hashes[2:], hashes[3:], strict=False)
        shingles = set(map(hash, runs)) or {hash(tuple(hashes))}
        return array("q", sorted(shingles)[:_KEPT] if hashes else ())

    def _hashes(self, words: list[str]) -> list[int]:
        known = self._known
        if len(known) > _WORDS_KNOWN:
            known.clear()
        for word in set(words).difference(known):
            known[word] = crc32(word.encode(errors="replace"))
        return list(map(known.__getitem__, words))


def overlap(one: Sketch, other: Sketch) -> float:
    """How alike two texts are by their sketches, 0 to 1; exact for texts of up to 128 different shingles."""
    first, second = set(one), set(other)
    least = heapq.nsmallest(_KEPT, first | second)
    return sum(value in first and value in second for value in least) / len(least) if least else 0.0


def groups(sketches: Iterable[tuple[int, Sketch]]) -> Iterator[tuple[int, ...]]:
    """The keys of texts that are nearly the same, each group in the order given; whoever is like one belongs to all.

    So texts of two groups are never alike, and whoever splits texts into parts can keep groups whole.
    """
    known: dict[int, Sketch] = {}
    holders: dict[int, list[int]] = defaultdict(list)
    leader: dict[int, int] = {}
    for key, sketch in sketches:
        known[key], leader[key] = sketch, key
        votes = Counter(other for value in sketch for other in holders.get(value, ()))
        for other, shared in votes.items():
            if shared * 3 < min(len(sketch), len(known[other])) or _leader(leader, other) == _leader(leader, key):
                continue
            if overlap(sketch, known[other]) >= ALIKE:
                leader[_leader(leader, key)] = _leader(leader, other)
        for value in sketch:
            listed = holders[value]
            if len(listed) < _LISTED:
                listed.append(key)
    found: dict[int, list[int]] = defaultdict(list)
    for key in known:
        found[_leader(leader, key)].append(key)
    yield from (tuple(members) for members in found.values() if len(members) > 1)


def _leader(leader: dict[int, int], key: int) -> int:
    while leader[key] != key:
        leader[key] = leader[leader[key]]
        key = leader[key]
    return key
