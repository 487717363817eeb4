"""A text cut into words, digits and signs, in one pass."""

import re
from typing import NamedTuple

_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LETTER = rf"[^\W\d_{_VULGAR}²³¹⁰-₟]"
_BLANK = "[ \u00a0\u202f\u2009]"
# Every alternative takes what it matches for good or fails within a few signs: the pass is linear for any text.
_COMMON = rf"""
    (?P<link>https?://\S+|www\.\S+)
    |(?P<number>[0-9]{{1,3}}(?:{_BLANK}[0-9]{{3}}(?![0-9]))+(?:[.,][0-9]+)?
        |[0-9]+(?:[.,'’][0-9]+)*
        |(?<![\w.])\.[0-9]+)
    |(?P<vulgar>[{_VULGAR}])
    |(?P<word>{_LETTER}(?:\.{_LETTER}(?!{_LETTER}))+\.?|WORD)
    |(?P<sign>\S)
"""
# French elides: "d'euros" is two words, where "people's" and "don't" are one.
_JOINED = re.compile(_COMMON.replace("WORD", rf"{_LETTER}+(?:['’]{_LETTER}+)*"), re.VERBOSE)
_ELIDED = re.compile(_COMMON.replace("WORD", rf"{_LETTER}+(?:['’](?={_LETTER}))?"), re.VERBOSE)

BREAK = "\n"
PADDING = 16  # breaks at the end: nothing looks further ahead


class Token(NamedTuple):
    """A piece of the text. `kind`: number, vulgar (½), word, sign, link or break; `spaced`: after a blank."""

    kind: str
    start: int
    end: int
    text: str
    low: str
    spaced: bool


def tokenise(text: str, *, elided: bool = False) -> list[Token]:
    """The tokens, a break between paragraphs, and at the end enough breaks that looking ahead needs no bounds."""
    tokens = [Token("break", 0, 0, BREAK, BREAK, True)]
    before = 0
    for match in (_ELIDED if elided else _JOINED).finditer(text):
        start, end = match.span()
        if start > before and _is_break(text, before, start):
            tokens.append(Token("break", before, before, BREAK, BREAK, True))
        piece = text[start:end]
        low = piece.lower().replace("’", "'")
        tokens.append(Token(match.lastgroup or "sign", start, end, piece, low, start > before))
        before = end
    length = len(text)
    tokens.extend(Token("break", length, length, BREAK, BREAK, True) for _ in range(PADDING))
    return tokens


def _is_break(text: str, start: int, end: int) -> bool:
    """A blank line, or one line end where the next line does not go on in lower case."""
    gap = text[start:end].replace("\r\n", "\n")
    ends = sum(gap.count(sign) for sign in "\n\r\u2028\u2029\x0b\x0c\x85")
    return ends > 1 or (ends == 1 and end < len(text) and not text[end].islower())
