"""Numbers as people write them: 100,000 and 1.5 in English, 100.000 and 1,5 in German, 1e6, 10^6, 2/3."""

import math
import re
from decimal import Decimal
from fractions import Fraction

from annotator.errors import AnnotatorError
from annotator.model.attributes.kind import Context, Kind, Value, quoted
from annotator.model.codebook import Attribute

MOST_SIGNS = 450  # of what is written: the largest number that is held has 309 digits, grouped in threes
_EXACT = 2**53  # whole numbers below stay whole, however they are written

# Languages that write 1,5; all others write 1.5.
_COMMA = re.compile("bg|cs|da|de|el|es|fi|fr|hr|hu|id|it|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sr|sv|tr|uk|vi")
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " ") | dict.fromkeys("\u2212\u2012\u2013", "-"))
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_SPACED = re.compile(r"[+-]?[0-9]{1,3}([ '’])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])")
_POWER = re.compile(r"(-?[0-9]{1,9})\^([0-9]{1,4})")
_SHARE = re.compile(r"([+-]?[0-9]{1,18}) ?/ ?([0-9]{1,18})")


def read_number(written: str, language: str = "en") -> int | float:
    """The number that a text is. Raises AnnotatorError for anything else, and for what is too large to hold."""
    text = written.translate(_BLANKS).strip()
    if len(text) > MOST_SIGNS:
        raise AnnotatorError(f"{quoted(written)} is too large, or has too many digits.")
    power, share = _POWER.fullmatch(text), _SHARE.fullmatch(text)
    if power:
        return _held(Fraction(int(power[1])) ** int(power[2]) if int(power[2]) <= MOST_SIGNS else None, written)
    if share and int(share[2]):
        return _held(Fraction(int(share[1]), int(share[2])), written)
    plain = _plain(text, language)
    if _PLAIN.fullmatch(plain) is None:
        raise AnnotatorError(f"{quoted(written)} is no number.")
    exponent = int(plain.lower().partition("e")[2] or 0)
    return _held(Fraction(plain) if abs(exponent) <= MOST_SIGNS else None, written)


def _plain(text: str, language: str) -> str:
    """The number with a full stop before its decimals, and nothing between groups of digits."""
    spaced = _SPACED.match(text)
    if spaced:
        text = spaced[0].replace(spaced[1], "") + text[spaced.end() :]
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    sign, other = (".", ",") if text[last] == "." else (",", ".")
    grouped = _GROUPED.match(text)
    if other in text:  # both: the last one stands before the decimals
        if grouped is None or grouped[1] != other or grouped.end() != last or text.count(sign) > 1:
            return ""
        return grouped[0].replace(other, "") + "." + text[last + 1 :]
    whole = grouped is not None and grouped.end() == len(text) and not text.lstrip("+-").startswith("0")
    if grouped and whole and (text.count(sign) > 1 or sign != decimal_sign(language)):
        return text.replace(sign, "")
    return text.replace(sign, ".") if text.count(sign) == 1 else ""


def decimal_sign(language: str) -> str:
    """What a language ("de", "de-AT", "") writes before decimals: a comma or a full stop."""
    return "," if _COMMA.fullmatch(language.replace("_", "-").partition("-")[0].lower()) else "."


def _held(number: Fraction | None, written: str) -> int | float:
    if number is None:
        raise AnnotatorError(f"{quoted(written)} is too large, or too close to zero.")
    try:
        near = float(number)
    except OverflowError:
        raise AnnotatorError(f"{quoted(written)} is too large.") from None
    if number and not near:
        raise AnnotatorError(f"{quoted(written)} is too close to zero.")
    is_whole = number.denominator == 1 and (abs(number) < _EXACT or not re.search("[eE^/]", written))
    return int(number) if is_whole else near


def _check(given: object, _: Attribute, __: Context) -> Value:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise AnnotatorError(f"{quoted(given)} is no number.")
    if isinstance(given, int):
        try:
            float(given)
        except OverflowError:
            digits = int(given.bit_length() * math.log10(2)) + 1
            raise AnnotatorError(f"A number of about {digits:,} digits is too large.") from None
    elif math.isnan(given):
        raise AnnotatorError("NaN is no number.")
    elif math.isinf(given):
        raise AnnotatorError("The number is too large.")
    return given


def _show(value: Value, _: Attribute, context: Context) -> str:
    assert isinstance(value, int | float)
    far = isinstance(value, float) and value and not 1e-7 <= abs(value) < _EXACT
    if far:
        return repr(value)
    text = f"{Decimal(repr(value)):,f}".removesuffix(".0")
    return text if decimal_sign(context.language) == "." else text.translate(str.maketrans(".,", ",."))


def _read(given: str, _: Attribute, context: Context) -> Value:
    return read_number(given, context.language)


NUMBER = Kind("number", read=_read, check=_check, show=_show)
