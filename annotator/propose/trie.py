"""Finding any of many thousand names in a text: one step for each word, however many names there are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from annotator.model.folding import fold
from annotator.model.span import Span

T = TypeVar("T")

# A word, a number, an abbreviation with full stops, or one sign; what lies between is blank.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+|[^\w\s]")
_END = None  # the key of what ends at a node; words are texts
_LONGEST = 16  # words of a name; a longer one is a sentence


class Token(NamedTuple):
    """A word or sign of a text, and how it looks whatever its case and accents."""

    span: Span
    folded: str


class Hit(NamedTuple, Generic[T]):
    """A name found in a text, with all that has this name."""

    span: Span
    things: list[tuple[str, T]]  # the name as it was given, and what has it


@lru_cache(maxsize=4)  # several proposers look at one article, again and again
def tokens(text: str) -> Sequence[Token]:
    """The words and signs of a text, in order."""
    return [Token(Span(*found.span()), _plain(found[0])) for found in _TOKEN.finditer(text)]


def _plain(word: str) -> str:
    return fold(word).replace(".", "") or word


class Trie(Generic[T]):
    """Things by their names, word by word."""

    def __init__(self, named: Iterable[tuple[str, T]] = ()) -> None:
        self._root: dict[Any, Any] = {}
        for name, thing in named:
            self.add(name, thing)

    def add(self, name: str, thing: T) -> None:
        """One more name; one without a word, or with very many, is left out."""
        words = [token.folded for token in tokens(name)]
        if not words or len(words) > _LONGEST or not any(word[0].isalnum() for word in words):
            return
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(_END, []).append((name, thing))

    def hits(self, text: str, words: Sequence[Token] | None = None) -> Iterator[Hit[T]]:
        """The names in a text, in order, the longest at each place, none overlapping another.

        A name is found where it is written as it was given, as far as capitals go: “US” is not “us”.
        """
        words = tokens(text) if words is None else words
        at, root = 0, self._root
        while at < len(words):
            node, last, best = root.get(words[at].folded), at, None
            while node is not None:
                if _END in node:
                    span = Span(words[at].span.start, words[last].span.end)
                    fitting = [each for each in node[_END] if _alike(each[0], text[span.start : span.end])]
                    if fitting:
                        best = last, Hit(span, fitting)
                last += 1
                node = node.get(words[last].folded) if last < len(words) else None
            if best is None:
                at += 1
            else:
                yield best[1]
                at = best[0] + 1


def _alike(name: str, found: str) -> bool:
    """Whether the capitals of a name are there: all of a short one, else the first of each word that has one."""
    if name == found:
        return True
    if name.isupper() and len(name) <= 5:
        return found.isupper()
    ours, theirs = _TOKEN.findall(name), _TOKEN.findall(found)
    return len(ours) == len(theirs) and all(
        not one[0].isupper() or other[0].isupper() for one, other in zip(ours, theirs, strict=True)
    )
