"""Figures in text as data: "at least 40 people", "$1.2bn", "two-thirds", "1,5 Millionen Menschen".

    from annotator.figures import parse

    parse("Between 90,000 and 100,000 troops are near the border.")
    parse("Rund 1,5 Millionen Menschen sind geflohen.", "de")

Pure and on its own: no other part of the program is needed. docs/figures.md tells the rules and their limits.
"""

from dataclasses import replace
from fractions import Fraction

from .figure import Figure, Kind, Qualifier
from .formats import in_western_digits
from .grammar import readings
from .languages import language_for
from .reading import Reading, as_figure
from .scan import Scan
from .tokens import tokenise

__all__ = ["Figure", "Kind", "Qualifier", "parse", "parse_one"]


def parse(text: str, language: str = "en") -> list[Figure]:
    """The figures in a text, in order, none overlapping; offsets are code points. Never raises, whatever the text."""
    scan = _scan(text, language, lenient=False)
    return [as_figure(scan, reading) for reading in readings(scan)]


def parse_one(text: str, language: str = "en") -> Figure | None:
    """What a span says that a person took for a figure, as one figure over the whole of it; None if no number is in it.

    Here nothing is refused as a name, a year's noun or an idle "one"; of several figures the longest counts.
    """
    scan = _scan(text, language, lenient=True)
    found = readings(scan) or _none(scan)
    if not found:
        return None
    best = max(found, key=lambda reading: scan.tokens[reading.end - 1].end - scan.tokens[reading.start].start)
    return replace(as_figure(scan, best), start=0, end=len(text), text=text)


def _scan(text: str, language: str, *, lenient: bool) -> Scan:
    lang = language_for(language)
    return Scan(text, tokenise(in_western_digits(text, lang.decimal), elided=lang.elided), lang, lenient)


def _none(scan: Scan) -> list[Reading]:
    """ "exactly none"."""
    none = scan.lang.numbers.none
    return [
        Reading(place, place + 1, Fraction(none[token.low]))
        for place, token in enumerate(scan.tokens)
        if token.kind == "word" and token.low in none
    ]
