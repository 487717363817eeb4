"""Finding names that are the same, or close: “Blinken” and “Antony Blinken”, “OSCE” and what it stands for, a slip.

Each name is a set of words with a weight that falls the more names have the word. A score is high where the words of
one name are all in the other; words that are nearly the same count for nearly as much.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from math import log
from typing import Generic, NamedTuple, TypeVar

from annotator.model.folding import fold

T = TypeVar("T", bound=Hashable)

LIMIT = 8  # close names that are offered
_LEAST = 0.45  # score below which names are not close
_INITIALS = 0.85  # score of a name and its initials
_NEARLY = 0.8  # likeness (difflib) from which two words may be one word misspelt
_PAGE = 64  # names looked at for each word, the shortest first
_WORD = re.compile(r"\w+")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)")  # U.S. is us
_UNSAID = frozenset(
    _WORD.findall(
        fold(
            "the a an of for and in on to at by der die das des dem den ein eine von vom zu zum zur und im am für "
            "le la les l un une du de d et en au aux pour"
        )
    )
)


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """A text that is equal for names that look alike: case, accents, quotation marks and blanks make no difference."""
    return " ".join(fold(name).split())


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """The words that tell names apart, folded, in their order; all words if there are no others."""
    found = _WORD.findall(_DOTTED.sub("", key_of(name)))
    told = [word for word in found if word not in _UNSAID and (len(word) > 1 or not word.isascii())]
    return tuple(dict.fromkeys(told or found))


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words) if 2 <= len(words) <= 8 else ""


class _Name(NamedTuple):
    """One name of the thing with this number; `weight` is the sum over its words."""

    thing: int
    words: frozenset[str]
    weight: float


class NameIndex(Generic[T]):
    """Things by their names; a lookup costs the same whether there are ten or many thousands.

    `beside` is a large index that this small one completes: it lends the weights of its words.
    """

    def __init__(self, named: Iterable[tuple[T, Iterable[str]]], beside: "NameIndex[T] | None" = None) -> None:
        self._beside = beside
        self._things: list[T] = []
        self._names: list[list[str]] = []
        self._exact: dict[str, list[int]] = {}
        for number, (thing, names) in enumerate(named):
            self._things.append(thing)
            self._names.append(list(names))
            for name in self._names[-1]:
                known = self._exact.setdefault(key_of(name), [])
                if number not in known:
                    known.append(number)

    def exact(self, name: str) -> list[T]:
        """The things that have just this name."""
        return [self._things[number] for number in self._exact.get(key_of(name), ())]

    def close(self, name: str, limit: int = LIMIT) -> tuple[tuple[T, float], ...]:
        """The things with close names and how close they are, from 1 down, the closest first."""
        words = words_of(name)
        if not words:
            return ()
        scores = self._by_initials(words)
        for number, score in self._by_words(words).items():
            scores[number] = max(score, scores.get(number, 0.0))
        ranked = sorted(scores.items(), key=lambda item: (-round(item[1], 3), item[0]))
        return tuple((self._things[number], round(score, 3)) for number, score in ranked[:limit] if score >= _LEAST)

    # ---- by words

    @cached_property
    def _spread(self) -> Counter[str]:
        """How many things have a word in one of their names."""
        spread: Counter[str] = Counter()
        for names in self._names:
            spread.update({word for name in names for word in words_of(name)})
        return spread

    def weight(self, word: str) -> float:
        """What a word tells: much if few things have it."""
        if self._beside is not None:
            return self._beside.weight(word)
        return log(1 + (len(self._things) + 1) / (self._spread.get(word, 0) + 1))

    @cached_property
    def _with_word(self) -> dict[str, list[_Name]]:
        """Word → the names that have it, those of fewest words first."""
        weights = {word: self.weight(word) for word in self._spread}
        found: defaultdict[str, list[_Name]] = defaultdict(list)
        for number, names in enumerate(self._names):
            for name in names:
                words = frozenset(words_of(name))
                entry = _Name(number, words, sum(weights[word] for word in words))
                for word in words:
                    found[word].append(entry)
        for entries in found.values():
            entries.sort(key=lambda entry: len(entry.words))
        return found

    def _by_words(self, words: Sequence[str]) -> dict[int, float]:
        """Number of a thing → how well one of its names fits."""
        told: dict[str, float] = {}  # a word of the names → what it is worth here
        total = 0.0
        for word in words:
            weight = self.weight(word)
            total += weight
            if word in self._with_word:
                told[word] = weight
            else:
                for near, likeness in self._near(word):
                    told[near] = max(told.get(near, 0.0), weight * likeness)
        scores: dict[int, float] = {}
        for word in told:
            for entry in self._with_word[word][:_PAGE]:
                shared = min(total, sum(told[each] for each in entry.words if each in told))
                both = total + entry.weight - shared
                score = 0.6 * min(1.0, shared / min(total, entry.weight)) + 0.4 * min(1.0, shared / both)
                scores[entry.thing] = max(score, scores.get(entry.thing, 0.0))
        return scores

    # ---- words that are nearly the same

    @cached_property
    def _with_part(self) -> dict[str, list[str]]:
        """Three letters in a row → the words that have them."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._with_word:
            if len(word) >= 4:
                for part in _parts(word):
                    found[part].append(word)
        return found

    def _near(self, word: str) -> list[tuple[str, float]]:
        if len(word) < 4:
            return []
        shared: Counter[str] = Counter()
        for part in _parts(word):
            shared.update(self._with_part.get(part, ()))
        found = []
        for other, _ in shared.most_common(5):
            likeness = SequenceMatcher(None, word, other).ratio()
            if likeness >= _NEARLY:
                found.append((other, likeness))
        return found

    # ---- initials

    @cached_property
    def _with_initials(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, names in enumerate(self._names):
            for initials in {_initials(words_of(name)) for name in names} - {""}:
                found[initials].append(number)
        return found

    def _by_initials(self, words: tuple[str, ...]) -> dict[int, float]:
        if len(words) == 1:
            return dict.fromkeys(self._with_initials.get(words[0], ()), _INITIALS)
        return dict.fromkeys(self._exact.get(_initials(words), ()), _INITIALS)


def _parts(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
