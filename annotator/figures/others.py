"""Figures beside numbers with a unit: ordinals, multiples, shares, scores."""

from fractions import Fraction

from .cardinals import Number
from .currencies import SIGNS
from .dates import is_year
from .nouns import read_noun
from .numbers import read_number
from .reading import Reading
from .scan import Scan

_ROUND = frozenset((*range(2, 11), 20, 25, 50, 100, 1000, 10_000, 100_000, 1_000_000))
_LARGEST_SHARE = 1_000_000
_MEASURED = frozenset(("%", "-", "–", "°", *SIGNS))


def read_multiple(scan: Scan, place: int) -> Reading | None:
    """ "twice the level", "double the". Bare "twice" counts only where a person says that it is a figure."""
    value = scan.lang.numbers.multiples.get(scan.low(place))
    if value is None or (scan.touches(place) and scan.low(place - 1) in "-–") or scan.low(place + 1) in "-–":
        return None
    compared = scan.low(place + 1) in scan.lang.measures.comparing
    if not compared and not scan.lenient:
        return None
    return Reading(place, place + 1, Fraction(value), unit="times", kind="ratio" if compared else "count")


def read_share(scan: Scan, first: Number) -> Reading | None:
    """ "one in five", "nine out of ten", "3 sur 4": a part of a whole, as its quotient."""
    over = _over(scan, first)
    if over is not None:
        return over
    joint = scan.lang.links.share.at(scan.tokens, first.end)
    if joint is None or first.scale != 1 or first.value.denominator != 1 or first.fraction or first.vague:
        return None
    second = read_number(scan, joint[0], joined=False)
    if second is None or second.fraction or not 0 < first.value < second.value <= _LARGEST_SHARE:
        return None
    if first.digits != second.digits and first.value != 1:
        return None
    word = scan.low(first.end)
    if scan.lang.measures.units.at(scan.tokens, second.end) is not None and word == "in":
        return None  # "three in ten days"
    if word == "in" and (second.value not in _ROUND and first.value != 1):
        return None
    if word == "in" and is_year(scan, joint[0]) and read_noun(scan, second.end) is None:
        return None  # "2 in 2005"
    if word in ("von", "der") and read_noun(scan, second.end) is None and second.digits and second.value not in _ROUND:
        return None
    return Reading(first.start, second.end, first.value / second.value, kind="ratio")


def read_one_of(scan: Scan, place: int) -> Reading | None:
    """ "un sur cinq", "einer von fünf", where an article is the one; "jeder Fünfte"."""
    if scan.low(place) in scan.lang.links.every:
        found = _ordinal(scan, place + 1)
        return None if found is None else Reading(place, found[0], Fraction(1, found[1]), kind="ratio")
    if scan.low(place) not in scan.lang.numbers.one or scan.lang.links.share.at(scan.tokens, place + 1) is None:
        return None
    return read_share(scan, Number(place, place + 1, Fraction(1)))


def _over(scan: Scan, first: Number) -> Reading | None:
    """ "one over three", if nothing is counted after it: "$2000 over 3 years" is none."""
    if scan.low(first.end) not in scan.lang.links.quotient or first.vague or first.scale != 1:
        return None
    second = read_number(scan, first.end + 1)
    if second is None or second.value <= 0 or second.vague or scan.kind(second.end) not in ("break", "sign"):
        return None
    if scan.low(second.end) in _MEASURED:
        return None
    return Reading(first.start, second.end, first.value / second.value, kind="ratio")


def is_score(scan: Scan, first: Number, second: Number, unit: str, measured: bool) -> bool:
    """Whether two numbers joined by "to" or a hyphen are the sides of a vote or a match rather than a range."""
    if measured or first.scale != 1 or second.scale != 1 or first.fraction or second.fraction:
        return False
    if first.value.denominator != 1 or second.value.denominator != 1:
        return False
    if unit in ("vote", "Stimme", "voix"):
        return True
    near = {scan.low(at) for at in range(max(first.start - 5, 0), first.start)}
    return first.value >= second.value or (not unit and not near.isdisjoint(scan.lang.links.versus))


def read_ordinal(scan: Scan, place: int) -> Reading | None:
    """ "the first of several", "for the third time", "ranked 21st". Other ordinals name rather than count."""
    found = _ordinal(scan, place)
    if found is None:
        return None
    end, value = found
    reading = Reading(place, end, Fraction(value), unit="ordinal", kind="ordinal")
    if scan.lenient:
        return reading
    if scan.touches(place) and scan.low(place - 1) in "-–":
        return None
    refused = scan.lang.refused
    of = scan.low(end) in scan.lang.numbers.of and scan.low(end + 1) not in scan.lang.dates.months
    ranked = scan.low(place - 1) in refused.ordinal_before
    noun = scan.low(end) in refused.ordinal_after and value > 1
    several = of and (scan.low(end + 1) in scan.lang.numbers.vague_before or _counts(scan, end + 1))
    return reading if ranked or noun or several else None


def is_ordinal(scan: Scan, number: Number) -> bool:
    """Whether a number word goes on as an ordinal: "one hundred twenty-fifth"."""
    after = number.end + scan.is_hyphen(number.end)
    word = scan.low(after)
    return not number.digits and not number.fraction and word in scan.lang.numbers.ordinals and word != "second"


def _counts(scan: Scan, place: int) -> bool:
    return read_number(scan, place) is not None


def _ordinal(scan: Scan, place: int) -> tuple[int, int] | None:
    token, numbers = scan.tokens[place], scan.lang.numbers
    if token.kind == "number":
        if not token.text.isdigit() or len(token.text) > 6 or not scan.touches(place + 1):
            return None
        return (place + 2, int(token.text)) if scan.low(place + 1) in numbers.suffixes else None
    tens = numbers.small.at(scan.tokens, place)
    if tens is not None and tens[1] >= 20 and tens[1] % 10 == 0:
        after = tens[0] + scan.is_hyphen(tens[0])
        unit = numbers.ordinals.get(scan.low(after), 0)
        return (after + 1, tens[1] + unit) if 0 < unit < 10 else None
    value = numbers.ordinals.get(token.low)
    return None if value is None else (place + 1, value)
