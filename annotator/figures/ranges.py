"""Two numbers that make one figure: ranges and scores."""

from .cardinals import Number
from .dates import is_year
from .money import Money, money_before
from .numbers import read_number
from .others import is_score
from .reading import Reading
from .refusals import is_code, is_refused
from .scan import Scan
from .tails import Tail, as_age, read_tail

_NEAR = 5  # words before it in which a verb of change makes two figures of a range
_HIGHEST_SCORE = 199  # "3:1", "98:95"
_CLOSE = 3  # "two or three": the second is not more than so many times the first
_DASHES = "-‐‑–—~"


def read_range(
    scan: Scan, place: int, first: Number, tail: Tail, money: Money | None, *, opened: bool
) -> Reading | None:
    """The range or score that begins with a number. `opened`: the token at `place` is "between" or "from"."""
    if first.vague or (not opened and _is_change(scan, place, scan.low(place - 1) in scan.lang.links.starting)):
        return None
    if opened and _is_change(scan, place, scan.low(place) in scan.lang.links.starting):
        return None
    for at in dict.fromkeys((first.end, tail.end) if tail.measured else (first.end,)):
        if at > first.end and _is_change(scan, place, True) and not opened:
            continue  # "rose 5% to 20%"
        start = _joint(scan, place, at, opened)
        found = None if start is None else _second(scan, start, tail, money, apart=at > first.end)
        if found is not None:
            reading = _joined(scan, place, first, *found, opened=opened)
            if reading is not None:
                return reading
    return None


def _is_change(scan: Scan, place: int, from_: bool) -> bool:
    """ "rose from 5 to 7": a change between two figures."""
    if not from_:
        return False
    return any(scan.low(at) in scan.lang.links.changed for at in range(max(place - _NEAR, 0), place))


def _joint(scan: Scan, place: int, at: int, opened: bool) -> int | None:
    """Where the second number begins, if what stands at a token joins it to the first."""
    links, low = scan.lang.links, scan.low(at)
    if opened and scan.low(place) in links.between:
        return at + 1 if low in links.both else None
    if low in links.until:
        return at + 1
    if low == ":":
        return at + 1 if scan.touches(at) and scan.touches(at + 1) and not opened else None
    if low == "-" and scan.touches(at) and scan.low(at + 1) in links.until:
        return at + 2  # "8- to 16-metre"
    if low in _DASHES:
        even = scan.tokens[at].spaced == scan.tokens[at + 1].spaced
        digits = scan.kind(at - 1) in ("number", "vulgar") and scan.kind(at + 1) in ("number", "vulgar")
        return at + 1 if even and (scan.touches(at) or (digits and low != "—")) else None
    if opened:
        return None
    if low in links.against:
        return at + 1
    at += low == ","
    doubted = scan.low(at) in links.perhaps or (scan.low(at) in links.either and scan.low(at + 1) in links.perhaps)
    if doubted:
        return at + 1 + (scan.low(at) in links.either)
    return at + 1 if low in links.either else None


def _second(scan: Scan, start: int, tail: Tail, money: Money | None, *, apart: bool) -> tuple[Number, Tail] | None:
    again = money_before(scan, start)
    if again is not None and again.unit != (money.unit if money else tail.unit):
        return None
    at = start if again is None else again.end
    second = read_number(scan, at, money=(money or again) is not None)
    if second is None or second.vague:
        return None
    ending = read_tail(scan, second, money or again)
    if apart and ending.unit != tail.unit:
        return None
    return second, ending


def _joined(scan: Scan, place: int, first: Number, second: Number, tail: Tail, *, opened: bool) -> Reading | None:
    colon = scan.low(first.end) == ":" or scan.low(first.end) in scan.lang.links.against
    if not opened and (colon or is_score(scan, first, second, tail.unit, tail.measured)):
        if colon and (not first.bare or not second.bare or max(first.value, second.value) > _HIGHEST_SCORE):
            return None
        if first.digits and not scan.lenient and is_code(scan, first, tail):
            return None
        return Reading(place, tail.end, first.value, None, tail.unit, tail.counted, "exact", "ratio")
    low, high = first.value, second.value
    if first.scale == 1 < second.scale and low < 1000 and low <= high / second.scale:
        low *= second.scale  # "10-15 million"
    if low >= high or not _is_close(scan, first, low > 0 and high / low <= _CLOSE):
        return None
    whole = Number(first.start, second.end, low, digits=first.digits, scale=second.scale, bare=first.bare)
    if is_refused(scan, whole, tail):
        return None
    factor = tail.factor
    if first.bare and second.bare and not tail.counted and is_year(scan, first.start) and is_year(scan, second.start):
        return Reading(place, tail.end, low, high, "year", "", "range", "date")
    reading = Reading(place, tail.end, low * factor, high * factor, tail.unit, tail.counted, "range", tail.kind)
    return as_age(scan, reading, tail)


def _is_close(scan: Scan, first: Number, near: bool) -> bool:
    """ "two or three" is a range, "ten or a hundred" two figures."""
    return near or scan.low(first.end) not in scan.lang.links.either
