"""What a learned model sees of each word: letters, shape, part of speech, neighbours, how it was tagged before."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.abbreviations import keeps_its_stop

from .parts_of_speech import parts_of_speech
from .proposal import Coded
from .trie import Token, tokens
from .word_classes import word_class

Row = list[str]  # the features of one word
_END = frozenset(".!?…")
_LONGEST = 200  # words of a sentence; what is longer is cut
_OFTEN, _SELDOM = 0.6, 0.2


@dataclass(frozen=True)
class Vocabulary:
    """How often each word stands in what was coded, and how often within each tag."""

    everywhere: Counter[str]
    inside: Mapping[str, Counter[str]]
    but_everywhere: Counter[str] = field(default_factory=Counter)  # not counted: those of an article it is asked for
    but_inside: Mapping[str, Counter[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, coded: Sequence[Coded]) -> "Vocabulary":
        """Count the words of some articles."""
        everywhere: Counter[str] = Counter()
        inside: dict[str, Counter[str]] = {}
        for each in coded:
            words = tokens(each.text)
            everywhere.update(word.folded for word in words)
            starts = [word.span.start for word in words]
            marked: dict[str, set[int]] = {}
            for tag, spans in each.tagged:
                for span in spans:
                    marked.setdefault(tag, set()).update(_covered(starts, span.start, span.end))
            for tag, places in marked.items():
                inside.setdefault(tag, Counter()).update(words[at].folded for at in places)
        return cls(everywhere, inside)

    def without(self, coded: Coded) -> "Vocabulary":
        """The same as if one of the articles had not been coded.

        A model is trained on each article so: else every word that was tagged would be known by having been tagged,
        and the model would learn nothing else.
        """
        own = Vocabulary.of([coded])
        return Vocabulary(self.everywhere, self.inside, own.everywhere, own.inside)

    def told(self, word: str) -> list[str]:
        """What is known of a word: for each tag whether it was often or at times within it."""
        number = self.everywhere[word] - self.but_everywhere[word]
        found = []
        for tag, counts in self.inside.items() if number else ():
            share = (counts[word] - self.but_inside.get(tag, _NOTHING)[word]) / number
            if share >= _SELDOM:
                found.append(f"{tag} {'often' if share >= _OFTEN else 'at times'}{' ' if number > 1 else ' once'}")
        return found


_NOTHING: Counter[str] = Counter()


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


def rows(text: str, language: str, words: Sequence[Token], vocabulary: Vocabulary) -> list[Row]:
    """The features of all words of a text."""
    forms = [text[word.span.start : word.span.end] for word in words]
    shapes = [_shape(form) for form in forms]
    starts_line = [at == 0 or "\n" in text[words[at - 1].span.end : word.span.start] for at, word in enumerate(words)]
    seen = Counter(word.folded for word in words)
    in_small = {word.folded for word, form in zip(words, forms, strict=True) if form[:1].islower()}
    classes = [
        f"{word_class(word.folded)}{'^' if form[:1].isupper() else ''}" for word, form in zip(words, forms, strict=True)
    ]
    parts = parts_of_speech(text, language, sentences(text, words))
    own = [_own(word.folded, shape, vocabulary) for word, shape in zip(words, shapes, strict=True)]
    made: list[Row] = []
    for at, features in enumerate(own):
        word = words[at].folded
        row = ["bias", *features, *(f"e{n}={word[-n:]}" for n in (2, 4)), *(f"b{n}={word[:n]}" for n in (2, 3, 4))]
        if forms[at][:1].isupper():
            row.append("also small" if word in in_small else "never small")
            row.append(f"seen {min(3, seen[word])}")
        for offset in (-1, 1):
            place = at + offset
            if not 0 <= place < len(words):
                row.append(f"{offset}|edge")
            elif starts_line[max(at, place)]:
                row.append(f"{offset}|line")
            else:
                row += [f"{offset}|{each}" for each in own[place]]
        before, after = (shapes[place] if 0 <= place < len(words) else "" for place in (at - 1, at + 1))
        row += [f"s-={before}|{shapes[at]}", f"s+={shapes[at]}|{after}"]
        row += _around("c", classes, at)
        if parts:
            row += _around("p", parts, at)
        made.append([*row, *_run(forms, at)])
    return made


def _around(name: str, kinds: Sequence[str], at: int) -> Row:
    """The kind of a word and of those beside it, alone and together."""
    two, one, here, on, beyond = (kinds[place] if 0 <= place < len(kinds) else "|" for place in range(at - 2, at + 3))
    return [
        f"{name}={here}",
        f"{name}-={one}",
        f"{name}+={on}",
        f"{name}--={two}",
        f"{name}++={beyond}",
        f"{name}-0={one} {here}",
        f"{name}0+={here} {on}",
        f"{name}-0+={one} {here} {on}",
        f"{name}--0={two} {one} {here}",
        f"{name}0++={here} {on} {beyond}",
    ]


def _run(forms: Sequence[str], at: int) -> Row:
    """How many words with a capital stand on either side without a break."""
    told = []
    for sign, onward in (("-", -1), ("+", 1)):
        place, number = at + onward, 0
        while 0 <= place < len(forms) and number < _RUN and forms[place][:1].isupper():
            place, number = place + onward, number + 1
        told.append(f"run{sign}{number}")
    return told


_RUN = 4  # words with a capital that are looked along


def _own(folded: str, shape: str, vocabulary: Vocabulary) -> Row:
    """What is seen of a word from where it stands and from beside it."""
    return [
        f"w={folded}",
        f"s={shape}",
        f"e={folded[-3:]}",
        f"l={min(len(folded), 8)}",
        *(f"v={each}" for each in vocabulary.told(folded)),
    ]
