"""The counted noun after a number, and what a share is a share of."""

from dataclasses import dataclass

from .scan import Scan

_LONGEST = 4  # words of a noun phrase


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase up to token `end` (exclusive): as a unit, and in the words of the text."""

    start: int
    end: int
    unit: str
    counted: str


def read_noun(scan: Scan, place: int, *, several: bool = True) -> Noun | None:
    """The noun that the number before `place` counts, with the adjectives before it. `several`: in the plural."""
    nouns = scan.lang.nouns
    start = place
    while scan.low(start) in nouns.extras and start < place + 2:
        start += 1
    if nouns.capital:
        return _german(scan, start)
    if nouns.follows:
        return _french(scan, place, start, several)
    found = _plural(scan, place, start) if several else None
    return found or (None if several else _single(scan, place, start))


def read_whole(scan: Scan, place: int) -> Noun | None:
    """What stands after "of": a noun in either number, over its determiners ("of the country's homes")."""
    nouns = scan.lang.nouns
    if scan.low(place) not in scan.lang.numbers.of:
        return None
    place += 1
    for _ in range(2):
        if scan.low(place) in nouns.determiners or scan.low(place).endswith("'s"):
            place += 1
    return read_noun(scan, place) or read_noun(scan, place, several=False)


def _word(scan: Scan, place: int) -> int:
    """Where the word at a place ends, with all that hyphens tie to it; the place itself if none stands there."""
    token, nouns = scan.tokens[place], scan.lang.nouns
    named = token.text[:1].isupper() and (token.low in nouns.names or (token.text.isupper() and len(token.text) > 1))
    if token.kind != "word" or (token.low in nouns.stops and not named):
        return place
    end = place + 1
    while scan.is_hyphen(end) and scan.touches(end) and scan.kind(end + 1) == "word" and end < place + 6:
        end += 2
    return end


def _plural(scan: Scan, place: int, start: int) -> Noun | None:
    nouns = scan.lang.nouns
    group: Noun | None = None
    at = start
    for _ in range(_LONGEST):
        end = _word(scan, at)
        low = scan.low(end - 1)
        if end == at or low.endswith("'s") or _ends_phrase(low):
            return group
        if nouns.is_plural(low):
            return _made(scan, place, start, end)
        if group is None and low in nouns.groups:
            group = _made(scan, place, start, end)
        at = end
    return group


def _single(scan: Scan, place: int, start: int) -> Noun | None:
    nouns = scan.lang.nouns
    at = start
    for _ in range(_LONGEST - 1):
        end = _word(scan, at)
        low = scan.low(end - 1)
        if end == at or _ends_phrase(low) or low.endswith("'s"):
            return None
        if not nouns.is_adjective(low):
            return None if nouns.is_plural(low) and end == start + 1 else _made(scan, place, start, end)
        at = end
    return None


def _ends_phrase(low: str) -> bool:
    return low.endswith("ly") and len(low) > 5


def _german(scan: Scan, start: int) -> Noun | None:
    nouns = scan.lang.nouns
    at = start
    for _ in range(_LONGEST):
        token = scan.tokens[at]
        if token.kind != "word" or token.low in nouns.stops:
            return None
        if token.text[0].isupper():
            end = _word(scan, at)
            return Noun(start, end, nouns.singular(_text(scan, at, end)), _text(scan, start, end))
        if not nouns.is_adjective(token.low):
            return None
        at += 1
    return None


def _french(scan: Scan, place: int, start: int, several: bool) -> Noun | None:
    nouns = scan.lang.nouns
    at = start + (scan.low(start) in ("de", "d'"))
    first = at
    while nouns.is_adjective(scan.low(at)) and at < first + 2:
        at += 1
    end = _word(scan, at)
    if end == at or (several and not nouns.is_plural(scan.low(end - 1))):
        return None
    return _made(scan, place, first, end)


def _made(scan: Scan, place: int, start: int, end: int) -> Noun:
    *before, last = _text(scan, start, end).lower().split(" ")
    head, hyphen, tail = last.rpartition("-")
    unit = " ".join([*before, head + hyphen + scan.lang.nouns.singular(tail.replace("’", "'"))])
    return Noun(place, end, unit, _text(scan, start, end))


def _text(scan: Scan, start: int, end: int) -> str:
    return " ".join(scan.text[scan.tokens[start].start : scan.tokens[end - 1].end].split())
