"""Which quotation marks and brackets of a text belong together.

Marks of all styles are read side by side (“…”, ‘…’, „…“, «…», »…«, ”…”, "…", '…', 「…」), because one article mixes
them. An apostrophe is no quotation mark.
"""

import re
from collections.abc import Mapping

_CLOSED_BY: Mapping[str, str] = {
    "“": "”",
    "‘": "’",
    "„": '“”"',  # typed with a straight mark at its end
    "‚": "‘’",
    "”": "”",  # Swedish and Finnish: ”…”
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    '"': '"',
    "'": "'",
    "「": "」",
    "『": "』",
    "(": ")",
    "[": "]",
    "{": "}",
}
_ONLY_OPEN = frozenset("„‚「『([{")
_ONLY_CLOSE = frozenset("’」』)]}")
APOSTROPHES = frozenset("’'")
MARKS = frozenset(_CLOSED_BY) | _ONLY_CLOSE
_MARK = re.compile("[" + re.escape("".join(sorted(MARKS))) + "]")
_BEFORE_OPENING = frozenset("([{—–-/„‚“‘«‹»›\"'¿¡")
_DEPTH = 50  # marks that wait for a partner; more are damage, and looking through them all would take long


def partners(text: str, start: int, end: int) -> dict[int, int | None]:
    """The marks of a stretch of text, each with the position of its partner, or None where it has none.

    The stretch should be whole paragraphs: what stands outside it is not seen. Apostrophes are left out.
    """
    found: dict[int, int | None] = {}
    waiting: list[int] = []
    for match in _MARK.finditer(text, start, end):
        at = match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        opener = _opener(text, at, before, after, waiting)
        if opener is not None:
            del waiting[waiting.index(opener) :]
            found[opener], found[at] = at, opener
        elif not _is_apostrophe(text[at], before, after):
            found[at] = None
            if _may_open(text[at], before, after):
                waiting = [*waiting[1 - _DEPTH :], at]
    return found


def _opener(text: str, at: int, before: str, after: str, waiting: list[int]) -> int | None:
    """The nearest waiting mark that this one closes."""
    if not waiting or not _may_close(text[at], before, after):
        return None
    return next((opener for opener in reversed(waiting) if text[at] in _CLOSED_BY[text[opener]]), None)


def _is_apostrophe(mark: str, before: str, after: str) -> bool:
    """Whether a mark that closes nothing belongs to a word: Russia’s, allies’, ’90s; in Hebrew also a straight \"."""
    if mark == "’":
        return before.isalnum() or after.isalnum()
    if mark == "'":
        return before.isalnum()
    return mark == '"' and before.isalnum() and after.isalnum()


def _may_open(mark: str, before: str, after: str) -> bool:
    if mark in _ONLY_OPEN or mark in _ONLY_CLOSE:
        return mark in _ONLY_OPEN
    if mark in "«‹":  # French puts a blank behind it
        return not before.isalnum()
    return _looks_open(before, after)


def _may_close(mark: str, before: str, after: str) -> bool:
    if mark in _ONLY_OPEN:
        return False
    if mark in "’'\"‘" and before.isalnum() and after.isalnum():
        return False  # an apostrophe
    if mark in _ONLY_CLOSE or mark in "»›":
        return True
    return before != "" and not before.isspace() and not _looks_open(before, after)


def _looks_open(before: str, after: str) -> bool:
    """Whether something begins behind the mark and nothing ends before it."""
    begins = before == "" or before.isspace() or before in _BEFORE_OPENING
    return begins and after != "" and not after.isspace()
