"""Code points of the stored text and positions of the text document: the only place that converts.

Qt counts UTF-16 units and changes some characters on the way in: a leading U+FEFF is dropped, U+FDD0 and
U+FDD1 break paragraphs, CRLF becomes one break, U+FFFC becomes an object. The stored text is therefore never
read back from Qt. The document gets `display`: the same characters one to one, save that CRLF is one break and
that each character Qt would lose has a stand-in.
"""

import re
from bisect import bisect_left, bisect_right

_STAND_INS = {
    "\r": "\n",
    "\ufeff": "\u2060",
    "\ufdd0": "\ufffd",
    "\ufdd1": "\ufffd",
    "\ufffc": "\ufffd",
    "\x00": "\u2400",
}
_SURROGATES: dict[int, int | str | None] = dict.fromkeys(range(55296, 57344), "�")
_BREAK = re.compile("\r\n")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# High bytes of UTF-16 units that a right-to-left letter may have: to look for a byte is quicker than a pattern.
_RIGHT_TO_LEFT_BYTES = (0x05, 0x06, 0x07, 0x08, 0xD8, 0xFB, 0xFC, 0xFD, 0xFE)
_STEP = 512  # code points between two known positions; a look-up counts within one step


def has_right_to_left(text: str) -> bool:
    """Whether a letter in the text is written from right to left."""
    return not text.isascii() and bool(_RIGHT_TO_LEFT.search(text))


def utf16_length(text: str) -> int:
    """UTF-16 units of a text without lone surrogates."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _displayed(text: str) -> tuple[str, bytes]:
    """A text with its stand-ins, and its UTF-16 units; no units for plain ASCII."""
    for odd, stand_in in _STAND_INS.items():
        if odd in text:
            text = text.replace(odd, stand_in)
    if text.isascii():
        return text, b""
    try:
        return text, text.encode("utf-16-le")
    except UnicodeEncodeError:
        text = text.translate(_SURROGATES)
        return text, text.encode("utf-16-le")


class OffsetMap:
    """Both directions in time that does not depend on the length of the text; no work at all for plain text."""

    def __init__(self, stored: str) -> None:
        self.stored = stored
        # Where each folded CR stands in the stored text, and the same place in the display.
        self._folds: list[int] = []
        self._folded: list[int] = []
        display = stored
        if "\r" in stored:
            self._folds = [match.start() for match in _BREAK.finditer(stored)]
            self._folded = [place - nth for nth, place in enumerate(self._folds)]
            display = stored.replace("\r\n", "\n")
        self.display, units = _displayed(display)
        self.positions = len(units) // 2 if units else len(self.display)
        highs = units[1::2]
        self.right_to_left = any(byte in highs for byte in _RIGHT_TO_LEFT_BYTES) and has_right_to_left(self.display)
        self._known: list[int] = []
        if self.positions != len(self.display):
            position = 0
            for at in range(0, len(self.display), _STEP):
                self._known.append(position)
                position += utf16_length(self.display[at : at + _STEP])

    def to_qt(self, place: int) -> int:
        """The document position of a code point; between CR and LF counts as before the break."""
        if not 0 <= place <= len(self.stored):
            raise ValueError(f"code point {place} outside a text of {len(self.stored)}")
        if self._folds:
            place -= bisect_left(self._folds, place)
        if not self._known:
            return place
        step = min(place // _STEP, len(self._known) - 1)
        return self._known[step] + utf16_length(self.display[step * _STEP : place])

    def to_place(self, position: int) -> int:
        """The code point of a document position; inside a surrogate pair counts as before it."""
        if not 0 <= position <= self.positions:
            raise ValueError(f"position {position} outside a document of {self.positions}")
        place = position
        if self._known:
            step = bisect_right(self._known, position) - 1
            units = self.display[step * _STEP : (step + 1) * _STEP].encode("utf-16-le")
            place = step * _STEP + len(units[: 2 * (position - self._known[step])].decode("utf-16-le", "ignore"))
        if self._folds:
            place += bisect_left(self._folded, place)
        return place
