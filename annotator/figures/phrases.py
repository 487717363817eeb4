"""Tables of phrases that are looked up where they begin or where they end."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from .tokens import Token

T = TypeVar("T")
Phrase = tuple[str, ...]  # lower-case words and signs as the tokens have them


class Phrases(Generic[T]):
    """A value for each phrase. Of several that fit, the longest wins."""

    def __init__(self, table: Mapping[Phrase, T]) -> None:
        self._by_first = _filed(table, 0)
        self._by_last = _filed(table, -1)

    @property
    def firsts(self) -> frozenset[str]:
        """The words with which the phrases begin."""
        return frozenset(self._by_first)

    def at(self, tokens: Sequence[Token], place: int) -> tuple[int, T] | None:
        """The phrase that begins at a place: where it ends (exclusive), and its value."""
        for phrase, value in self._by_first.get(tokens[place].low, ()):
            if all(tokens[place + step].low == word for step, word in enumerate(phrase)):
                return place + len(phrase), value
        return None

    def before(self, tokens: Sequence[Token], place: int, floor: int = 0) -> tuple[int, T] | None:
        """The phrase that ends just before a place, beginning at `floor` or later: where it begins, and its value."""
        if place <= floor:
            return None
        for phrase, value in self._by_last.get(tokens[place - 1].low, ()):
            start = place - len(phrase)
            if start >= floor and all(tokens[start + step].low == word for step, word in enumerate(phrase)):
                return start, value
        return None


def _filed(table: Mapping[Phrase, T], key: int) -> dict[str, list[tuple[Phrase, T]]]:
    filed: dict[str, list[tuple[Phrase, T]]] = {}
    for phrase, value in table.items():
        filed.setdefault(phrase[key], []).append((phrase, value))
    for each in filed.values():
        each.sort(key=lambda pair: -len(pair[0]))
    return filed


def phrases(text: str) -> list[Phrase]:
    """Phrases separated by "|", as tuples of words."""
    return [tuple(each.split()) for each in text.split("|") if each.strip()]


def listed(text: str) -> list[str]:
    """Words separated by blanks, in their order."""
    return text.split()


def words(text: str) -> frozenset[str]:
    """Words separated by blanks."""
    return frozenset(text.split())


def by_value(table: Mapping[T, str]) -> dict[Phrase, T]:
    """`{value: "phrase|phrase"}` turned round: each phrase with its value."""
    return {phrase: value for value, text in table.items() for phrase in phrases(text)}


def hyphened(numbers: Iterable[tuple[Phrase, int]]) -> dict[Phrase, int]:
    """Number phrases as they are, and with hyphens between their words."""
    table: dict[Phrase, int] = {}
    for phrase, value in numbers:
        table[phrase] = value
        table[tuple(" - ".join(phrase).split(" "))] = value
    return table
