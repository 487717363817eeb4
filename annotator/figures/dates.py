"""Dates, years and clock times as numbers.

A year is the year (unit "year"), a month yyyymm ("month"), a day yyyymmdd, or mmdd without its year ("date"), a clock
time the hours since midnight ("time"). All are of the kind "date".
"""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from .reading import Reading
from .scan import Scan

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_CLOCK = re.compile(r"(\d{1,2})[.](\d{2})")
_EARLIEST, _LATEST = 1500, 2099  # a bare number in between may be a year


def read_date(scan: Scan, place: int) -> Reading | None:
    """The date or clock time that begins at a token, without the words before it."""
    for read in _READERS:
        found = read(scan, place)
        if found is not None:
            return found
    return None


def with_deadline(scan: Scan, date: Reading, floor: int) -> Reading:
    """The date with "after", "until", "by" before it, which make it an end of a span of time."""
    found = scan.lang.dates.deadlines.before(scan.tokens, date.start, floor)
    if found is None or date.high is not None:
        return date
    return replace(date, start=found[0], qualifier=found[1])


def is_year(scan: Scan, place: int) -> bool:
    """Whether a token is four digits that may be a year."""
    text = scan.tokens[place].text
    return scan.kind(place) == "number" and len(text) == 4 and text.isdigit() and _EARLIEST <= int(text) <= _LATEST


def _day(start: int, end: int, day: int, month: int, year: int | None) -> Reading | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    value = month * 100 + day + (year or 0) * 10_000
    return Reading(start, end, Fraction(value), unit="date", kind="date")


def _digits(scan: Scan, place: int) -> Reading | None:
    """2022-01-10, 10/01/2022, 01.12.2023."""
    token = scan.tokens[place]
    if token.kind != "number" or (scan.touches(place) and scan.low(place - 1) in "-/."):
        return None
    dotted = _DOTTED.fullmatch(token.text)
    if dotted is not None:
        return _day(place, place + 1, int(dotted[1]), int(dotted[2]), _full(dotted[3]))
    first, second, third = (scan.tokens[place + step] for step in (0, 2, 4))
    sign = scan.low(place + 1)
    numbers = all(
        each.kind == "number" and each.text.isdigit() and len(each.text) <= 4 for each in (first, second, third)
    )
    if not numbers or sign not in "-/" or scan.low(place + 3) != sign:
        return None
    if any(scan.tokens[place + step].spaced for step in range(1, 5)) or scan.low(place + 5) == sign:
        return None
    if len(first.text) == 4 and sign == "-":
        return _day(place, place + 5, int(third.text), int(second.text), int(first.text))
    if len(third.text) == 3 or len(first.text) > 2 or len(second.text) > 2 or sign == "-":
        return None
    day, month = int(first.text), int(second.text)
    if month > 12 or (scan.lang.code == "en" and day <= 12):  # of 1/10/2022 English news means January
        day, month = month, day
    return _day(place, place + 5, day, month, _full(third.text))


def _full(year: str) -> int:
    """The year of two digits: 1930 to 2029."""
    value = int(year)
    if len(year) != 2:
        return value
    return value + (1900 if value >= 30 else 2000)


def _month(scan: Scan, place: int) -> tuple[int, int] | None:
    """The month at a token, and where it ends (after the stop of an abbreviation)."""
    token = scan.tokens[place]
    month = scan.lang.dates.months.get(token.low)
    if month is None or (scan.lang.dates.months_capital and not token.text[0].isupper()):
        return None
    short = scan.low(place + 1) == "." and scan.touches(place + 1) and len(token.text) <= 4
    return place + 1 + short, month


def _month_first(scan: Scan, place: int) -> Reading | None:
    """January 10, 2022; March 2022."""
    found = _month(scan, place)
    if found is None:
        return None
    end, month = found
    if is_year(scan, end) and not scan.tokens[end].text.startswith("15"):
        value = int(scan.tokens[end].text) * 100 + month
        return Reading(place, end + 1, Fraction(value), unit="month", kind="date")
    day = scan.tokens[end]
    if day.kind != "number" or not day.text.isdigit() or len(day.text) > 2 or scan.lang.code != "en":
        return None
    end += 1
    end += scan.low(end) in scan.lang.numbers.suffixes and scan.touches(end)
    if scan.low(end) in scan.lang.nouns.people or scan.low(end) == "%":
        return None
    last = scan.tokens[end + 1]
    if scan.low(end) in "-–" and scan.touches(end) and last.kind == "number" and not last.spaced:
        return _days(place, end + 2, month, day.text, last.text)
    return _with_year(scan, place, end, int(day.text), month)


def _days(start: int, end: int, month: int, first: str, last: str) -> Reading | None:
    """January 6-8."""
    if not (last.isdigit() and len(last) <= 2 and 0 < int(first) < int(last) <= 31):
        return None
    low, high = (Fraction(month * 100 + int(day)) for day in (first, last))
    return Reading(start, end, low, high, unit="date", qualifier="range", kind="date")


def _with_year(scan: Scan, start: int, end: int, day: int, month: int) -> Reading | None:
    at = end + (scan.low(end) == ",")
    if is_year(scan, at) and (at == end or scan.tokens[at].spaced):
        return _day(start, at + 1, day, month, int(scan.tokens[at].text))
    return _day(start, end, day, month, None)


def _day_first(scan: Scan, place: int) -> Reading | None:
    """10 January 2022, 10th of January, 1. Dezember, 1er janvier."""
    token = scan.tokens[place]
    if token.kind != "number" or not token.text.isdigit() or len(token.text) > 2:
        return None
    at = place + 1
    if scan.touches(at) and (scan.low(at) in scan.lang.numbers.suffixes or scan.low(at) == "."):
        at += 1
    at += scan.low(at) == "of"
    found = _month(scan, at)
    if found is None:
        return None
    return _with_year(scan, place, found[0], int(token.text), found[1])


def _clock(scan: Scan, place: int) -> Reading | None:
    """9 a.m., 11:30, 19.30 Uhr, 20h30."""
    token, dates = scan.tokens[place], scan.lang.dates
    if token.kind != "number":
        return None
    hours, minutes, end = token.text, "0", place + 1
    inside = _CLOCK.fullmatch(token.text)
    colon = False
    if inside is not None:
        hours, minutes = inside[1], inside[2]
    elif scan.low(end) in (":", dates.clock_sign) and scan.touches(end) and scan.touches(end + 1):
        two = scan.tokens[end + 1].text
        if not two.isdigit() or len(two) != 2 or scan.low(end + 2) == ":" or scan.low(place - 1) == ":":
            return None
        minutes, colon, end = two, True, end + 2
    elif scan.low(end) == "h" and scan.lang.code == "fr" and scan.touches(end):
        colon, end = True, end + 1
    if not hours.isdigit() or len(hours) > 2 or int(hours) > 24 or int(minutes) > 59:
        return None
    half = dates.clock.at(scan.tokens, end)
    if half is None and not colon:
        return None
    hour = int(hours)
    if half is not None:
        end, added = half
        if scan.touches(end) and scan.kind(end) == "number":
            return None
        hour = hour if added < 0 else hour % 12 + added
    return Reading(place, end, hour + Fraction(int(minutes), 60), unit="time", kind="date")


def _years(scan: Scan, place: int) -> Reading | None:
    """1939-1945, 2013-14, 2021/22, the 1960s."""
    if not is_year(scan, place) or (scan.touches(place) and scan.kind(place - 1) in ("word", "number")):
        return None
    first = int(scan.tokens[place].text)
    after, second = scan.low(place + 1), scan.tokens[place + 2].text
    if after in ("s", "er") and scan.touches(place + 1) and first % 10 == 0:
        end = place + 2 + (scan.low(place + 2) in ("jahre", "jahren"))
        return Reading(place, end, Fraction(first), Fraction(first + 9), unit="year", qualifier="range", kind="date")
    joined = after in "-–/" and scan.touches(place + 1) and scan.touches(place + 2)
    joined = joined or (after in scan.lang.links.until and is_year(scan, place + 2))
    if not joined or not second.isdigit() or scan.low(place + 3) in "-/":
        return None
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second) if len(second) == 2 else 0
    if not first < last <= _LATEST or last - first > 99:
        return None
    return Reading(place, place + 3, Fraction(first), Fraction(last), unit="year", qualifier="range", kind="date")


def read_year(scan: Scan, place: int, *, counts: bool) -> Reading | None:
    """A bare year. `counts`: it may count something: then only "in" and its like tell a year.

    The rule: four digits from 1500 to 2099 without sign, separator, currency, magnitude or unit are a year, unless they
    count people, or count anything below 1900 or after "about", "at least" and the like.
    """
    if not is_year(scan, place) or (scan.touches(place) and scan.kind(place - 1) in ("word", "number")):
        return None
    if counts and scan.low(place - 1) not in scan.lang.dates.year_before:
        return None
    return Reading(place, place + 1, Fraction(int(scan.tokens[place].text)), unit="year", kind="date")


_READERS: tuple[Callable[[Scan, int], Reading | None], ...] = (_digits, _clock, _month_first, _day_first, _years)
