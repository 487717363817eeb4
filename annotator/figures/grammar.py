"""Figures put together: modifier, number or range, unit, noun."""

from dataclasses import replace
from fractions import Fraction
from functools import cache

from .cardinals import Number
from .currencies import DOLLARS, SIGNS, code_of
from .dates import is_year, read_date, read_year, with_deadline
from .language import Language
from .money import money_before
from .numbers import read_number
from .others import is_ordinal, read_multiple, read_one_of, read_ordinal, read_share
from .ranges import read_range
from .reading import Reading
from .refusals import is_idle_fraction, is_refused, skip_code
from .scan import Scan
from .tails import Tail, as_age, read_tail
from .tokens import PADDING

_MODIFIERS = 2  # "well over", "at least about"
_MODERN = 1900


def readings(scan: Scan) -> list[Reading]:
    """All figures of a text in order. Each token is a start only once, and what looks ahead looks a few words far."""
    found: list[Reading] = []
    place, floor, last = 1, 1, len(scan.tokens) - PADDING
    starts = _starts(scan.lang)
    while place < last:
        if not _may_begin(scan, place, starts):
            place += 1
            continue
        reading = _read(scan, place, floor)
        if isinstance(reading, Reading):
            found.append(reading)
            place = floor = reading.end
        else:
            place = max(reading or 0, place + 1)
    return found


@cache
def _starts(lang: Language) -> frozenset[str]:
    """The words with which a figure can begin."""
    numbers, links = lang.numbers, lang.links
    scales = (*numbers.hundreds, *(numbers.magnitudes if numbers.bare_scale else ()))
    return frozenset().union(
        *(numbers.small.firsts, scales, numbers.one, numbers.halves, numbers.part, numbers.vague, numbers.vague_before),
        *(numbers.multiples, numbers.ordinals, numbers.minus, lang.dates.months),
        *(links.between, links.starting, links.every),
    )


def _may_begin(scan: Scan, place: int, starts: frozenset[str]) -> bool:
    """Whether it is worth reading on from a token: most words and signs are passed over here."""
    token = scan.tokens[place]
    if token.kind == "word":
        return token.low in starts or _is_start(scan, place)
    if token.kind == "sign":
        following = scan.tokens[place + 1]
        return token.text in SIGNS or (token.text in "-−–+" and (following.kind == "number" or following.text in SIGNS))
    return token.kind in ("number", "vulgar")


def _is_start(scan: Scan, place: int) -> bool:
    """Whether a word is a currency before its number, or a number written as one long word."""
    token, following = scan.tokens[place], scan.tokens[place + 1]
    if following.text == "$":
        return token.low in DOLLARS
    if following.kind == "number":
        return code_of(token.text) is not None
    return scan.lang.numbers.compound(token.low) is not None


def _read(scan: Scan, place: int, floor: int) -> Reading | int | None:
    """The figure at a token, or the token to go on with."""
    date = read_date(scan, place)
    if date is not None and not (scan.touches(place) and scan.kind(place - 1) in ("word", "number")):
        return with_deadline(scan, date, floor)
    code = skip_code(scan, place)
    if code is not None:
        return code
    reading = read_multiple(scan, place) or read_ordinal(scan, place) or read_one_of(scan, place)
    if reading is not None:
        return _modified(scan, reading, floor)
    return _quantity(scan, place, floor)


def _quantity(scan: Scan, place: int, floor: int) -> Reading | int | None:
    opened = scan.low(place) in scan.lang.links.between or scan.low(place) in scan.lang.links.starting
    negative = scan.low(place) in "-−" and scan.tokens[place].spaced and scan.touches(place + 1)
    start = place + (opened or negative)
    money = money_before(scan, start)
    if negative and money is None:
        negative, start = False, place
    at = start if money is None else money.end
    number = read_number(scan, at, money=money is not None, joined=scan.low(place) not in scan.lang.links.between)
    if number is None:
        return None if opened or money is not None else _indefinite(scan, place, floor)
    tail = read_tail(scan, number, money)
    reading = read_range(scan, place, number, tail, money, opened=opened)
    if reading is not None:
        return _modified(scan, reading, floor)
    if opened:
        return None
    if money is None:
        if is_ordinal(scan, number):
            return number.end + 1
        share = read_share(scan, number)
        if share is not None:
            return _modified(scan, share, floor)
        year = _year(scan, number, tail, floor)
        if year is not None:
            return year
        if is_refused(scan, number, tail) or is_idle_fraction(scan, number, tail, floor):
            return number.end
    if negative:
        number = replace(number, value=-number.value)
    return _modified(scan, _made(scan, place, number, tail), floor)


def _made(scan: Scan, place: int, number: Number, tail: Tail) -> Reading:
    value = number.value * tail.factor
    value += -tail.extra if number.value < 0 else tail.extra
    qualifier = "vague" if number.vague else tail.qualifier or "exact"
    reading = Reading(place, tail.end, value, None, tail.unit, tail.counted, qualifier, tail.kind)
    return as_age(scan, reading, tail)


def _year(scan: Scan, number: Number, tail: Tail, floor: int) -> Reading | None:
    if not number.bare or tail.measured or not is_year(scan, number.start):
        return None
    noun = tail.counted.lower().rpartition(" ")[2]
    modifier = scan.lang.links.modifiers.before(scan.tokens, number.start, floor)
    counts = noun in scan.lang.nouns.people or bool(modifier) or (bool(noun) and number.value < _MODERN)
    year = read_year(scan, number.start, counts=counts or tail.qualifier is not None)
    return None if year is None else with_deadline(scan, year, floor)


def _indefinite(scan: Scan, place: int, floor: int) -> Reading | None:
    """ "within a week", "more than an hour": one, where a modifier makes it a figure."""
    if scan.low(place) not in scan.lang.numbers.one:
        return None
    unit = scan.lang.measures.units.at(scan.tokens, place + 1)
    modifier = scan.lang.links.modifiers.before(scan.tokens, place, floor)
    if (
        unit is None
        or unit[1].kind != "duration"
        or (not scan.lenient and (modifier is None or modifier[1] == "exact"))
    ):
        return None
    end = unit[0] + (scan.low(unit[0]) == "ago")
    return _modified(scan, Reading(place, end, Fraction(1), unit=unit[1].name, kind="duration"), floor)


def _modified(scan: Scan, reading: Reading, floor: int) -> Reading:
    """The figure with the modifiers that touch it, which say how exact it is (rule B5)."""
    for _ in range(_MODIFIERS):
        found = scan.lang.links.modifiers.before(scan.tokens, reading.start, floor)
        if found is None:
            break
        start, qualifier = found
        if start == floor > 1 and start == reading.start - 1 and scan.low(start) in scan.lang.links.during:
            break  # "$2000 over 3 years"
        settled = reading.qualifier != "exact" or qualifier == "exact"
        reading = replace(reading, start=start, qualifier=reading.qualifier if settled else qualifier)
    if reading.kind == "duration" and scan.low(reading.start - 1) in scan.lang.measures.ago_before:
        return replace(reading, start=reading.start - 1) if reading.start > floor else reading
    return reading
