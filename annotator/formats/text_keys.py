"""Hashes of texts, and check values of quotes that nobody can guess who has not the whole text.

The key of a text is SHA-256("span-key" + text); a file that shows only SHA-256(text) does not give it away. The check
value of a quote is HMAC-SHA-256(key, quote), cut to 8 bytes: whoever has the text can prove every quote, and whoever
has not cannot find short quotes by trying words, as with a plain hash.

A second pair is made of the folded text, in which blanks, quotation marks and dashes are all alike: by it a copy is
known that another program saved.
"""

import hashlib
import hmac
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from annotator.model.span import Span, Spans

_SIZE = 8  # bytes of a check value
_LIKE = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...",
}


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def text_key(text: str) -> bytes:
    """The key of the check values of a text."""
    return hashlib.sha256(b"span-key" + text.encode()).digest()


def check_value(key: bytes, quote: str) -> str:
    """The check value of a quote, 16 hexadecimal digits."""
    return hmac.new(key, quote.encode(), hashlib.sha256).digest()[:_SIZE].hex()


@dataclass(frozen=True)
class Folded:
    """A text in which runs of blanks are one, and quotation marks and dashes are alike; none at its ends."""

    text: str
    starts: tuple[int, ...]  # where each of its characters stood in the original

    @cached_property
    def key(self) -> bytes:
        """The key of its check values."""
        return text_key(self.text)

    def of(self, spans: Iterable[Span]) -> Spans:
        """The spans of the original in the folded text; empty ones are left out."""
        found = (Span(bisect_left(self.starts, start), bisect_left(self.starts, end)) for start, end in spans)
        return tuple(each for each in found if each.start < each.end)

    def back(self, spans: Iterable[Span]) -> Spans:
        """The spans of the folded text in the original."""
        return tuple(Span(self.starts[start], self.starts[end - 1] + 1) for start, end in spans)


def folded(text: str) -> Folded:
    """The text as every copy of it has it, as far as that can be."""
    letters: list[str] = []
    starts: list[int] = []
    blank = True  # blanks at the start are left out
    for place, letter in enumerate(text):
        if letter.isspace():
            if not blank:
                letters.append(" ")
                starts.append(place)
            blank = True
            continue
        for like in _LIKE.get(letter, letter):
            letters.append(like)
            starts.append(place)
            blank = False
    while letters and letters[-1] == " ":
        letters.pop()
        starts.pop()
    return Folded("".join(letters), tuple(starts))
