"""Words of the stored text, and the first step of snapping: outwards to whole words.

A word here is what a coder would call one: "100,000", "US-Russia", "$5.3", "60%", "U.S.", "Ukraine’s", a family
emoji. All places are code points of the stored text; all work is done in a window around one place.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QTextBoundaryFinder

from annotator.model.span import Span

from .offsets import utf16_length

_NEAR = 160  # code points on each side; doubled when a word reaches the edge of the window
_FAR = 4096

_BEFORE_AMOUNT = "$€£¥₴₽₺₹₩₪"
_SIGN = "+−-±~≈"
_AFTER_AMOUNT = "%‰°$€£¥₴₽₺₹₩₪"
_BEFORE_WORD = "#@"
_OPENERS = "([{“‘„«\"'"
# Prepositions, conjunctions and articles that Hebrew and Arabic write without a blank before a word.
_PROCLITICS = re.compile(
    "(?=.)\u05d5?(?:\u05db\u05e9|\u05de\u05e9|[\u05e9\u05de\u05d1\u05dc\u05db])?\u05d4?"
    "|(?=.)[\u0648\u0641]?[\u0628\u0643\u0644\u0633]?(?:\u0627\u0644|\u0644)?"
)
_HYPHENS = "-‐‑–"  # the en dash joins only where no blank stands beside it


def _boundaries(text: str, kind: QTextBoundaryFinder.BoundaryType) -> list[int]:
    """All boundaries of a short text in code points, 0 and its length included."""
    finder = QTextBoundaryFinder(kind, text)
    found = [0]
    while (position := finder.toNextBoundary()) >= 0:
        found.append(position)
    if not text.isascii() and utf16_length(text) != len(text):
        places, units, at = [], 0, 0
        for place, sign in enumerate(text):
            while at < len(found) and found[at] == units:
                places.append(place)
                at += 1
            units += 2 if ord(sign) > 0xFFFF else 1
        if at < len(found):
            places.append(len(text))
        return places
    return found if found[-1] == len(text) else [*found, len(text)]


def graphemes(text: str) -> list[int]:
    """Where a short text may be cut without cutting what a reader sees as one character."""
    return _boundaries(_clean(text), QTextBoundaryFinder.BoundaryType.Grapheme)


def _clean(text: str) -> str:
    """The same text, one to one, as a QString can hold it (lone surrogates and a leading U+FEFF get lost there)."""
    if text.isascii():
        return text
    return "".join(
        "\ufffd" if "\ud800" <= sign <= "\udfff" else "\u2060" if sign == "\ufeff" else sign for sign in text
    )


def _solid(sign: str) -> bool:
    """Whether a character makes the piece it stands in a word: letters, numbers, marks, and signs such as emoji."""
    return unicodedata.category(sign) in _SOLID


_SOLID = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "So", "Mn", "Mc", "Co"})


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The solid pieces between the word boundaries of a short text, joined where a coder sees one word."""
    bounds = _boundaries(text, QTextBoundaryFinder.BoundaryType.Word)
    held: tuple[int, int] | None = None
    for start, end in pairwise(bounds):
        if not any(map(_solid, text[start:end])):
            continue
        if held and _joins(text, held, (start, end)):
            held = (held[0], end)
            continue
        if held:
            yield _dressed(text, held)
        held = (start, end)
    if held:
        yield _dressed(text, held)


def _joins(text: str, held: tuple[int, int], piece: tuple[int, int]) -> bool:
    """Whether a piece goes on with the word before it: US-Russia, U.S, U.S.-led, US$5."""
    between = text[held[1] : piece[0]]
    before, after = text[held[1] - 1], text[piece[0]]
    if len(between) not in (1, 2) or not before.isalnum() or not after.isalnum():
        return False
    if len(between) == 2:
        return between[0] == "." and between[1] in _HYPHENS and _dotted(text, held)
    if between == ".":
        single = held[1] - held[0] == 1 or text[held[1] - 2] == "."
        return single and before.isalpha() and after.isalpha() and piece[1] - piece[0] == 1
    return between in _HYPHENS or (between in _BEFORE_AMOUNT and before.isalpha() and after.isdigit())


def _dotted(text: str, held: tuple[int, int]) -> bool:
    """Whether a word is an abbreviation with inner full stops, so that the one after it belongs to it."""
    letters = text[held[0] : held[1]].split(".")
    return len(letters) > 1 and all(len(letter) == 1 and letter.isalpha() for letter in letters[-2:])


def _open(text: str, at: int) -> bool:
    """Whether nothing, a blank or an opening sign stands before `at`, so that a sign there opens a word."""
    return at == 0 or text[at - 1].isspace() or text[at - 1] in _OPENERS


def _dressed(text: str, held: tuple[int, int]) -> tuple[int, int]:
    """The word with what belongs to it: currency, sign and per cent of an amount, the last stop of "U.S."."""
    start, end = held
    if text[start].isdigit():
        if start and text[start - 1] in _BEFORE_AMOUNT:
            start -= 1
        if start and text[start - 1] in _SIGN and _open(text, start - 1):
            start -= 1
    elif start and text[start - 1] in _BEFORE_WORD and _open(text, start - 1):
        start -= 1
    if end < len(text) and (
        (text[end] in _AFTER_AMOUNT and text[end - 1].isdigit()) or (text[end] == "." and _dotted(text, held))
    ):
        end += 1
    return start, end


def words_near(text: str, place: int, near: int = _NEAR) -> list[Span]:
    """The words around a place, in order; those at the edge of the window may be cut."""
    low = max(0, place - near)
    return [Span(low + start, low + end) for start, end in _pieces(_clean(text[low : place + near]))]


def word_over(text: str, place: int) -> Span | None:
    """The word that the character at `place` belongs to, None where a blank or punctuation stands."""
    near = _NEAR
    while True:
        low, high = max(0, place - near), min(len(text), place + near)
        for word in words_near(text, place, near):
            if word.start <= place < word.end:
                cut = (word.start == low and low > 0) or (word.end == high and high < len(text))
                if cut and near < _FAR:
                    break
                return word
        else:
            return None
        near *= 2


def word_at(text: str, place: int) -> Span | None:
    """The word under a caret: the one it stands in or before, else the one it stands right after."""
    word = word_over(text, place) if place < len(text) else None
    if word is None and place > 0:
        word = word_over(text, place - 1)
    return word


def snap(text: str, span: Span) -> Span:
    """The span without blanks at its ends, and outwards to whole words; never inside a grapheme.

    Returns an empty span at the same place when nothing but blanks was given.
    """
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return Span(span.start, span.start)
    first, last = word_over(text, start), word_over(text, end - 1)
    if first and _PROCLITICS.fullmatch(text, first.start, start):
        first = None  # "in", "to", "and", "the" are written on to the next word there: the name begins inside it
    found = Span(
        first.start if first else _grapheme(text, start).start,
        last.end if last else _grapheme(text, end - 1).end,
    )
    # What was taken in may belong to a larger word: a per cent sign with a mark on it to its number.
    return found if found in (span, (start, end)) else snap(text, found)


def _grapheme(text: str, place: int) -> Span:
    """What a reader sees as one character at `place`."""
    low = max(0, place - _NEAR)
    cuts = graphemes(text[low : place + _NEAR])
    for start, end in pairwise(cuts):
        if low + start <= place < low + end:
            return Span(low + start, low + end)
    return Span(place, place + 1)


def _words_from(text: str, place: int, near: int) -> tuple[list[Span], bool, bool]:
    """Words around a place that are surely whole, and whether the window reaches either end of the text."""
    low, high = max(0, place - near), min(len(text), place + near)
    words = words_near(text, place, near)
    if words and low > 0 and words[0].start <= low + 1:
        words = words[1:]
    if words and high < len(text) and words[-1].end >= high - 2:
        words = words[:-1]
    return words, low == 0, high == len(text)


def next_edge(text: str, place: int, edge: str) -> int:
    """The nearest `edge` ("start" or "end") of a word after a place, else the end of the text."""
    near = _NEAR
    while True:
        words, _, whole = _words_from(text, place, near)
        for word in words:
            if getattr(word, edge) > place:
                return int(getattr(word, edge))
        if whole or near > 64 * _FAR:
            return len(text) if whole else min(len(text), place + 1)
        near *= 4


def previous_edge(text: str, place: int, edge: str) -> int:
    """The nearest `edge` ("start" or "end") of a word before a place, else the start of the text."""
    near = _NEAR
    while True:
        words, whole, _ = _words_from(text, place, near)
        for word in reversed(words):
            if getattr(word, edge) < place:
                return int(getattr(word, edge))
        if whole or near > 64 * _FAR:
            return 0 if whole else max(0, place - 1)
        near *= 4
