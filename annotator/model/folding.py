"""Finding words in a text as a reader sees them: case, accents and the form of quotation marks make no difference.

Folding may make a text longer or shorter (ß is ss, a combining accent is nothing), so every place that is found is
carried back to code points of the text as it stands.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from annotator.model.span import Span

# Marks that a reader can leave out when typing: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels.
# Vowel signs of Indic scripts and of Thai are letters in all but name and stay.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_ASCII_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f"
_ASCII, _ANY = bytes(range(128)), "surrogatepass"
_FEW = 24  # kinds of letters beyond ASCII up to which they are folded one by one
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, joiners, zero-width blanks
_ALIKE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d", "-"),
    **dict.fromkeys(_NOTHING, ""),
}


class _Table(dict[int, str]):
    """For str.translate: works each character out once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        found = _ALIKE.get(letter)
        if found is None:
            found = " " if letter.isspace() else _MARKS.sub("", _parted(letter)).casefold()
        self[code] = found
        return found


def _parted(letter: str) -> str:
    """A letter and its accents apart; what does not fall apart into these stays whole (Hangul, Indic letters)."""
    parts = unicodedata.normalize("NFD", letter)
    return parts if len(parts) == 1 or _MARKS.search(parts) else letter


_TABLE = _Table()


def fold(text: str) -> str:
    """A text in which two texts that look alike are equal."""
    return _fold(text, _letters_beyond_ascii(text))


def _letters_beyond_ascii(text: str) -> set[str]:
    # Most of a text is ASCII, which bytes drop many times faster than letters do.
    return set() if text.isascii() else set(text.encode("utf-8", _ANY).translate(None, _ASCII).decode("utf-8", _ANY))


def _fold(text: str, letters: set[str]) -> str:
    told = {letter: _TABLE[ord(letter)] for letter in letters}
    if len(told) <= _FEW and all(plain == letter or plain.isascii() for letter, plain in told.items()):
        # Each letter on its own, in C: what comes of one is never taken for another.
        for letter, plain in told.items():
            text = text.replace(letter, plain)
    else:
        text = _BEYOND_ASCII.sub(lambda run: run[0].translate(_TABLE), text)
    text = text.lower()
    for blank in _ASCII_BLANKS:
        text = text.replace(blank, " ")
    return text


def pattern_of(wanted: str) -> str:
    """A regular expression for words in folded text, where any blanks stand for any others; "" for blanks alone."""
    sought = fold(wanted)
    return " +".join(re.escape(part) for part in re.split(" +", sought)) if sought.strip() else ""


class Folded:
    """A text, ready to be searched again and again."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters = _letters_beyond_ascii(text)
        self.folded = _fold(text, letters)
        # Where each character that folds to more or less than one letter begins: in the text, and folded.
        self._places: list[int] = []
        self._folded_places: list[int] = []
        if letters:
            self._note_shifts(letters)

    def _note_shifts(self, letters: set[str]) -> None:
        odd = "".join(letter for letter in letters if len(_TABLE[ord(letter)]) != 1)
        if not odd:
            return
        shift = 0
        for match in re.finditer(f"[{re.escape(odd)}]", self.text):
            place = match.start()
            self._places.append(place)
            self._folded_places.append(place + shift)
            shift += len(_TABLE[ord(self.text[place])]) - 1

    def spans(self, wanted: str) -> list[Span]:
        """Every place of the words, in order, none overlapping another; nothing for blanks alone."""
        pattern = pattern_of(wanted)
        return list(self.matches(pattern)) if pattern else []

    def matches(self, pattern: str) -> Iterator[Span]:
        """The places of a regular expression over folded text."""
        end = 0
        for match in re.finditer(pattern, self.folded):
            if match.end() > match.start():
                found = self.span(match.start(), match.end())
                if found.start >= end:  # "s" is found twice in one ß
                    end = found.end
                    yield found

    def span(self, start: int, end: int) -> Span:
        """The whole characters of the text that a stretch of the folded text comes from, their accents included."""
        if not self._places:
            return Span(start, end)
        first = self._place(start)
        last = self._place(end - 1) + 1
        while last < len(self.text) and _TABLE[ord(self.text[last])] == "":
            last += 1
        return Span(first, last)

    def _place(self, folded_place: int) -> int:
        """The character that a folded letter comes from; of several at one place, the one that is not nothing."""
        index = bisect_right(self._folded_places, folded_place) - 1
        if index < 0:
            return folded_place
        place, begin = self._places[index], self._folded_places[index]
        length = len(_TABLE[ord(self.text[place])])
        return place if folded_place < begin + length else place + 1 + folded_place - begin - length
