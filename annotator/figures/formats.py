"""Digits as they are written: "1,234.5", "1.234,5", "1 234,5", "12,34,567", "١٢٬٣٤٥٫٦"."""

import re
from fractions import Fraction
from unicodedata import decimal as digit_value

_BLANKS = re.compile("[ \u00a0\u202f\u2009'’]")
_LONGEST = 40  # more signs are no number anybody means
_OF_OTHER_SCRIPTS = re.compile(r"(?![0-9])\d|(?<=\d)[٫٬](?=\d)|٪")


def in_western_digits(text: str, decimal: str) -> str:
    """The text with the digits of every script as 0 to 9, sign for sign; Arabic separators and percent too."""
    if text.isascii():
        return text
    signs = {"٫": decimal, "٬": "," if decimal == "." else ".", "٪": "%"}
    return _OF_OTHER_SCRIPTS.sub(lambda found: signs.get(found[0]) or str(digit_value(found[0])), text)


def read_digits(text: str, decimal: str) -> Fraction | None:
    """The value of a digit token under a language's decimal sign ("." or ","), None if it is no number.

    A single separator that cannot group (1,3 or 5,00 in English) is read as the decimal sign it must then be.
    """
    if len(text) > _LONGEST:
        return None
    plain = _BLANKS.sub("", text)
    group = "," if decimal == "." else "."
    if plain.startswith("."):
        plain = "0" + plain
        decimal, group = ".", ","
    whole, sign, rest = plain, "", ""
    if group in plain and decimal in plain:
        if plain.rfind(group) > plain.rfind(decimal):  # 1.234,5 in English: written the other way round
            decimal, group = group, decimal
        whole, sign, rest = plain.rpartition(decimal)
    elif decimal in plain and plain.count(decimal) == 1:
        whole, sign, rest = plain.partition(decimal)
    elif decimal in plain:
        group = decimal  # 1.234.567 in English
    elif plain.count(group) == 1 and not _is_grouped(plain, group):
        whole, sign, rest = plain.partition(group)
    if not _is_grouped(whole, group):
        return None
    whole = whole.replace(group, "")
    if len(whole) > 1 and whole.startswith("0"):
        return None  # 007, 0800: a code
    return Fraction(f"{whole}.{rest}" if sign else whole)


def _is_grouped(whole: str, group: str) -> bool:
    """Whether the part before the decimal sign is bare digits or grouped by three, or by two as in India."""
    first, *others = whole.split(group)
    if not others:
        return first.isdigit()
    return (
        0 < len(first) <= 3
        and first[0] != "0"
        and len(others[-1]) == 3
        and (all(len(each) == 3 for each in others) or all(len(each) == 2 for each in others[:-1]))
        and whole.replace(group, "").isdigit()
    )
