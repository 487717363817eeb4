"""Where the tokens of a text begin and go on, one byte for each code point."""

import re
from typing import NamedTuple

WORDS = r"\w+|[^\w\s]"  # a run of letters and digits, or one other sign
_MANY = 60  # different code points beyond ASCII that are still replaced one by one
_WORD, _SPACE = re.compile(r"\w"), re.compile(r"\s")
_CLASSES = bytes(2 if _WORD.match(chr(code)) else 0 if _SPACE.match(chr(code)) else 1 for code in range(128))
_CLASSES += bytes(128)
_IS_WORD, _IS_SIGN = (bytes(int(kind == wanted) for kind in range(256)) for wanted in (2, 1))


class Tokens(NamedTuple):
    """`starts` is 1 at the first code point of each token, `goes_on` at the others of it; all else is 0."""

    starts: bytes
    goes_on: bytes

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without the token that its end cuts. One that its start cuts does not begin in it."""
        if end < len(self.goes_on) and self.goes_on[end]:
            end = self.starts.rfind(1, 0, end)
        return start, max(start, end)


def tokens_of(text: str, pattern: str = WORDS) -> Tokens:
    """The tokens as a pattern finds them."""
    if pattern == WORDS:
        return _words(text)
    starts, goes_on = bytearray(len(text)), bytearray(len(text))
    for match in re.finditer(pattern, text):
        start, end = match.span()
        if start < end:
            starts[start] = 1
            goes_on[start + 1 : end] = b"\1" * (end - start - 1)
    return Tokens(bytes(starts), bytes(goes_on))


def _words(text: str) -> Tokens:
    r"""The same as by the pattern `\w+|[^\w\s]`, without looking at each token."""
    kinds = _as_ascii(text).encode("ascii").translate(_CLASSES)
    word = int.from_bytes(kinds.translate(_IS_WORD), "little")
    sign = int.from_bytes(kinds.translate(_IS_SIGN), "little")
    goes_on = word & (word << 8)  # and the one before is of a word, too
    return Tokens(((word & ~goes_on) | sign).to_bytes(len(text), "little"), goes_on.to_bytes(len(text), "little"))


def _as_ascii(text: str) -> str:
    """The text with an ASCII sign of the same class for all that is beyond ASCII."""
    if text.isascii():
        return text
    beyond = {
        sign: "a" if _WORD.match(sign) else " " if _SPACE.match(sign) else "."
        for sign in set(text)
        if not sign.isascii()
    }
    if len(beyond) > _MANY:
        return text.translate({ord(sign): stand_in for sign, stand_in in beyond.items()})
    for sign, stand_in in beyond.items():
        text = text.replace(sign, stand_in)
    return text
