"""Which tables read which language."""

from dataclasses import replace
from functools import cache

from .english import ENGLISH
from .french import FRENCH
from .german import GERMAN
from .language import Language
from .phrases import listed

_KNOWN = {each.code: each for each in (ENGLISH, GERMAN, FRENCH)}
_COMMA = frozenset(
    listed("bg bs ca cs da el es et fi gl hr hu id is it lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk")
)
"""Languages that write 1,5 where English writes 1.5 (CLDR); of these only the digits are read."""


@cache
def language_for(code: str) -> Language:
    """The tables for a language tag ("de", "fr-CA"). Other languages get English words, in their own number format."""
    primary = code.replace("_", "-").partition("-")[0].lower()
    if primary in _KNOWN:
        return _KNOWN[primary]
    return replace(ENGLISH, decimal=",") if primary in _COMMA else ENGLISH
