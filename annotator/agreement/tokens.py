"""Where the tokens of a text begin and go on, one byte for each code point."""

import re
from collections.abc import Iterable
from typing import NamedTuple

WORDS = r"\w+|[^\w\s]"  # a run of letters and digits, or one other sign
_MANY = 60  # different code points beyond ASCII that are still replaced one by one
_ASCII = bytes(range(128))
_WORD, _SPACE = re.compile(r"\w"), re.compile(r"\s")
_CLASSES = bytes(2 if _WORD.match(chr(code)) else 0 if _SPACE.match(chr(code)) else 1 for code in range(128))
_CLASSES += bytes(128)
_IS_WORD, _IS_SIGN = (bytes(int(kind == wanted) for kind in range(256)) for wanted in (2, 1))


class Tokens(NamedTuple):
    """`starts` is 1 at the first code point of each token, `goes_on` at the others of it; all else is 0."""

    starts: bytes
    goes_on: bytes
    number: int

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without the token that its end cuts. One that its start cuts does not begin in it."""
        if end < len(self.goes_on) and self.goes_on[end]:
            end = self.starts.rfind(1, 0, end)
        return start, max(start, end)

    def inside(self, stretches: Iterable[tuple[int, int]]) -> int:
        """How many tokens lie wholly in one of the stretches, none of which overlaps another."""
        starts, goes_on, _ = self
        length = len(starts)
        number = 0
        for start, end in stretches:
            begun = starts.count(1, start, end)
            if begun:
                number += begun - goes_on[end] if end < length else begun
        return number


def tokens_of(text: str, pattern: str = WORDS) -> Tokens:
    """The tokens as a pattern finds them."""
    if pattern == WORDS:
        return _words(text)
    starts, goes_on = bytearray(len(text)), bytearray(len(text))
    number = 0
    for match in re.finditer(pattern, text):
        start, end = match.span()
        if start < end:
            number += 1
            starts[start] = 1
            goes_on[start + 1 : end] = b"\1" * (end - start - 1)
    return Tokens(bytes(starts), bytes(goes_on), number)


def _words(text: str) -> Tokens:
    r"""The same as by the pattern `\w+|[^\w\s]`, without looking at each token."""
    kinds = _as_ascii(text).translate(_CLASSES)
    word = int.from_bytes(kinds.translate(_IS_WORD), "little")
    sign = int.from_bytes(kinds.translate(_IS_SIGN), "little")
    goes_on = word & (word << 8)  # and the one before is of a word, too
    starts = (word & ~goes_on) | sign
    length = len(text)
    return Tokens(starts.to_bytes(length, "little"), goes_on.to_bytes(length, "little"), starts.bit_count())


def _as_ascii(text: str) -> bytes:
    """The text with an ASCII sign of the same class for all that is beyond ASCII."""
    if text.isascii():
        return text.encode("ascii")
    beyond = set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    stand_in = {sign: "a" if _WORD.match(sign) else " " for sign in beyond if _WORD.match(sign) or _SPACE.match(sign)}
    if len(stand_in) > _MANY:
        text = text.translate({ord(sign): plain for sign, plain in stand_in.items()})
    else:
        for sign, plain in stand_in.items():
            text = text.replace(sign, plain)
    return text.encode("ascii", "replace")  # the rest are signs, and so is "?"
