"""Text as XML holds it: XML 1.0 has no place for most control characters, not even escaped."""

import re

_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARKUP = re.compile('[&<>"\t\n\r]')
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def is_held(text: str) -> bool:
    """Whether every character of a text can stand in XML."""
    return _UNHELD.search(text) is None


def attribute(text: str) -> str:
    """A text for between the double quotes of an attribute; what XML cannot hold becomes U+FFFD, one for one."""
    return _MARKUP.sub(lambda found: _ESCAPED[found[0]], _UNHELD.sub("\ufffd", text))


def held(text: str) -> str:
    """The text with U+FFFD, one for one, for what XML cannot hold."""
    return _UNHELD.sub("\ufffd", text)
