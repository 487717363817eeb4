"""What a learned model sees of each word: its letters, its shape, its neighbours, and how it was tagged before."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model.abbreviations import keeps_its_stop

from .proposal import Coded
from .trie import Token, tokens

Row = list[str]  # the features of one word
_END = frozenset(".!?…")
_LONGEST = 200  # words of a sentence; what is longer is cut
_OFTEN, _SELDOM = 0.6, 0.2


@dataclass(frozen=True)
class Vocabulary:
    """For each word of what was coded, which share of its places lay in a tag: often, sometimes."""

    told: dict[str, list[str]]

    @classmethod
    def of(cls, coded: Sequence[Coded]) -> "Vocabulary":
        """Count the words of some articles."""
        everywhere: Counter[str] = Counter()
        inside: dict[str, Counter[str]] = {}
        for each in coded:
            words = tokens(each.text)
            everywhere.update(word.folded for word in words)
            marked: dict[str, set[int]] = {}
            starts = [word.span.start for word in words]
            for tag, spans in each.tagged:
                for span in spans:
                    marked.setdefault(tag, set()).update(_covered(starts, span.start, span.end))
            for tag, places in marked.items():
                inside.setdefault(tag, Counter()).update(words[at].folded for at in places)
        told: dict[str, list[str]] = {}
        for tag, counts in inside.items():
            for word, number in counts.items():
                if number >= 2 or everywhere[word] >= 2:
                    share = number / everywhere[word]
                    kind = "often" if share >= _OFTEN else "at times" if share >= _SELDOM else ""
                    if kind:
                        told.setdefault(word, []).append(f"{tag} {kind}")
        return cls(told)


def _covered(starts: Sequence[int], start: int, end: int) -> range:
    return range(bisect_left(starts, start), bisect_left(starts, end))


def sentences(text: str, words: Sequence[Token]) -> list[range]:
    """Which words make each sentence: a line ends one, and so does a full stop that belongs to no abbreviation."""
    found, begin = [], 0
    for at in range(1, len(words) + 1):
        if at == len(words) or at - begin >= _LONGEST or _ends(text, words, at):
            found.append(range(begin, at))
            begin = at
    return found


def _ends(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether a sentence ends before the word at this place."""
    last, following = words[at - 1], words[at]
    between = text[last.span.end : following.span.start]
    if "\n" in between:
        return True
    if not between or last.folded not in _END or text[following.span.start].islower():
        return False
    before = text[words[at - 2].span.start : words[at - 2].span.end] if at >= 2 else ""
    return not keeps_its_stop(before, " ", "en")


def _shape(word: str) -> str:
    """Xx, X, x, 9, X.: the word's letters and digits, each run once."""
    found = re.sub(r"[^\W\d_]", lambda letter: "X" if letter[0].isupper() else "x", word)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"\d", "9", found))


def rows(text: str, words: Sequence[Token], vocabulary: Vocabulary) -> list[Row]:
    """The features of all words of a text."""
    own = [_own(text[word.span.start : word.span.end], word, vocabulary) for word in words]
    made: list[Row] = []
    for at, features in enumerate(own):
        row = ["bias", *features]
        for offset in (-2, -1, 1, 2):
            place = at + offset
            if not 0 <= place < len(words):
                row.append(f"{offset}|edge")
            elif (
                "\n"
                in text[
                    min(words[at].span.end, words[place].span.end) : max(words[at].span.start, words[place].span.start)
                ]
            ):
                row.append(f"{offset}|line")
            else:
                row += [f"{offset}|{each}" for each in own[place][:3] + own[place][7:]]
        if at:
            row.append(f"w-1w|{words[at - 1].folded}|{words[at].folded}")
        made.append(row)
    return made


def _own(word: str, token: Token, vocabulary: Vocabulary) -> Row:
    folded = token.folded
    return [
        f"w={folded}",
        f"s={_shape(word)}",
        f"e={folded[-3:]}",
        f"e2={folded[-2:]}",
        f"b={folded[:3]}",
        f"b2={folded[:2]}",
        f"l={min(len(folded), 8)}",
        *(f"v={each}" for each in vocabulary.told.get(folded, ())),
    ]
