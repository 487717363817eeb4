"""Dates: a day, a month or a year, as 2022-01-10, 2022-01 and 2022."""

import re
from calendar import monthrange

from annotator.errors import AnnotatorError
from annotator.model.attributes.kind import Context, Kind, Value, quoted
from annotator.model.codebook import Attribute

_STORED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_WRITTEN = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})")  # with full stops, never the month first
_MONTHS = "January February March April May June July August September October November December"
_FORM = "a date is written year-month-day, as 2022-01-10, or 2022-01, or 2022"


def _read(given: str, _: Attribute, __: Context) -> Value:
    found = _WRITTEN.fullmatch(given)
    parts = found.groups() if found else None
    day_first = _DAY_FIRST.fullmatch(given)
    if day_first:
        parts = (day_first[3], day_first[2], day_first[1])
    if parts is None:
        raise AnnotatorError(f"{quoted(given)} is no date: {_FORM}.")
    return _real(*(int(part) if part else None for part in parts))


def _check(given: object, _: Attribute, __: Context) -> Value:
    found = _STORED.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise AnnotatorError(f"{quoted(given)} is no date: {_FORM}.")
    return _real(*(int(part) if part else None for part in found.groups()))


def _real(year: int | None, month: int | None, day: int | None) -> str:
    if not year:
        raise AnnotatorError("There is no year 0.")
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        raise AnnotatorError(f"There is no month {month}.")
    if day is None:
        return f"{year:04d}-{month:02d}"
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise AnnotatorError(f"{_MONTHS.split()[month - 1]} {year} has no day {day}: it has {last}.")
    return f"{year:04d}-{month:02d}-{day:02d}"


DATE = Kind("date", read=_read, check=_check, show=lambda value, _, __: str(value))
