"""Checks of the values that people and files give to a document: its date, its language."""

import json
import re
from datetime import date

CELL_LIMIT = 10 * 1024 * 1024  # bytes of a JSON value in a project
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


def is_date(value: str) -> bool:
    """Whether a text is a day that exists, possibly with a time, a month, a year, or empty."""
    if not value:
        return True
    found = _DATE.fullmatch(value)
    if found is None or not value.isascii():
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def is_language(value: str) -> bool:
    """Whether a text has the form of a language tag ("de", "pt-BR") or is empty."""
    return not value or _LANGUAGE.fullmatch(value) is not None


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def as_json(value: object) -> str:
    """JSON as it is stored: no blanks, letters as they are."""
    return _ENCODER.encode(value)
