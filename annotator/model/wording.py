"""Where the same words stand again in a text: whole words, with at least the capitals of those that are sought.

Blanks, accents and the form of quotation marks and hyphens make no difference. “US” is not “us” and “May” not “may”;
“troops” is also “Troops”. What counts as whole goes by the script: Chinese writes no blanks, Korean joins particles to
the end of a word, Arabic and Hebrew join “and” or “to” to its beginning.
"""

import re
import unicodedata
from itertools import product

from annotator.model.folding import Folded, pattern_of
from annotator.model.span import Span

_WORD = re.compile(r"[^\W_]+")
_HYPHENS = "-\u2010\u2011"
_SHORT = 5  # letters of an abbreviation: “US”, “NATO”
# Thai, Lao, Myanmar, Khmer, kana, CJK ideographs: no blank and no sign tells where a word ends.
NO_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
# Arabic: and, so; in, as, for, will; the. Hebrew: and; from, that, in, to, as, two of them; the.
_ARABIC = (("", "\u0648", "\u0641"), ("", *"\u0628\u0643\u0644\u0633"), ("", "\u0627\u0644"))
_ONE = "\u05de\u05e9\u05d1\u05dc\u05db"
_HEBREW = (("", "\u05d5"), ("", *_ONE, *map("".join, product("\u05e9\u05db\u05de", _ONE))), ("", "\u05d4"))


def _before(letter: str) -> tuple[str, ...]:
    """What a script joins to the beginning of a word, nothing at all included."""
    if "\u0590" <= letter <= "\u05ff":
        return _JOINED_HEBREW
    return _JOINED_ARABIC if "\u0600" <= letter <= "\u06ff" else ("",)


_JOINED_ARABIC = (*map("".join, product(*_ARABIC)), "\u0644\u0644")
_JOINED_HEBREW = tuple(map("".join, product(*_HEBREW)))


def index_terms(words: str) -> list[tuple[str, bool]]:
    """The phrases that an index of whole words has where a text may hold the words; with True only their beginning."""
    plain = " ".join(words.split())
    return [(before + plain, bool(_HANGUL.match(plain[-1:]))) for before in _before(plain[:1])]


def has_words(words: str) -> bool:
    """Whether there is a letter or a digit to look for."""
    return _WORD.search(words) is not None


def wording_places(words: str, text: str | Folded) -> list[Span]:
    """The places of the same words in a text (or in one that is folded already), in order."""
    pattern = pattern_of(words.strip())
    if not pattern or not has_words(words):
        return []
    folded = text if isinstance(text, Folded) else Folded(text)
    return [span for span in folded.matches(pattern) if _whole(folded.text, span) and _alike(words, folded.text, span)]


def _whole(text: str, span: Span) -> bool:
    first, last, before, after = (
        text[span.start],
        text[span.end - 1],
        text[max(0, span.start - 1) : span.start],
        text[span.end : span.end + 1],
    )
    if _goes_on(last, text[span.end : span.end + 2]) or _goes_on(
        first, text[max(0, span.start - 2) : span.start][::-1]
    ):
        return False
    if _joins(last, after) and not (_HANGUL.match(last) and _HANGUL.match(after)):
        return False
    if not _joins(first, before):
        return True
    begin = span.start
    while begin and span.start - begin <= _SHORT and _in_word(text[begin - 1]):
        begin -= 1
    return text[begin : span.start] in _before(first)


def _goes_on(edge: str, beyond: str) -> bool:
    """Whether a number (1,100 | ,000), an abbreviation (U.S. | A) or a word with hyphens goes on after its edge."""
    if edge == ".":
        return beyond[:1].isalnum()
    if len(beyond) < 2 or not _in_word(edge) or not _in_word(beyond[1]):
        return False
    return beyond[0] in _HYPHENS or (beyond[0] in ".," and edge.isdigit() and beyond[1].isdigit())


def _joins(one: str, other: str) -> bool:
    """Whether two neighbours are letters of one word."""
    both = other != "" and _in_word(one) and _in_word(other)
    return both and not NO_BLANKS.match(one) and not NO_BLANKS.match(other)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"


def _alike(words: str, text: str, span: Span) -> bool:
    """Whether the capitals are there: all of an abbreviation, else the first of each word that has one."""
    ours, theirs = _WORD.findall(words), _WORD.findall(text, span.start, span.end)
    if len(ours) != len(theirs):
        return True  # accents written apart: a reader sees the same words
    return all(
        other.isupper() if one.isupper() and 1 < len(one) <= _SHORT else not one[0].isupper() or other[0].isupper()
        for one, other in zip(ours, theirs, strict=True)
    )
