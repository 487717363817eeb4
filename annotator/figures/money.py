"""Money: signs, codes and words before and after a number."""

from dataclasses import dataclass
from fractions import Fraction

from .currencies import DOLLARS, SIGNS, SPACED_DOLLARS, code_of
from .numbers import read_number
from .scan import Scan

_HUNDREDTHS = frozenset(("cent", "penny", "Cent", "centime"))


@dataclass(frozen=True, slots=True)
class Money:
    """A currency up to token `end` (exclusive): its ISO code or plain name, and the factor a code may hold (MUSD)."""

    end: int
    unit: str
    factor: int = 1
    extra: Fraction = Fraction(0)


def money_before(scan: Scan, place: int) -> Money | None:
    """The currency that stands before a number: "$", "US$", "USD", "MUSD"."""
    token = scan.tokens[place]
    if token.kind == "sign":
        return Money(place + 1, SIGNS[token.text]) if token.text in SIGNS else None
    if token.kind != "word":
        return None
    if scan.tokens[place + 1].text == "$" and token.low in DOLLARS:
        touching = scan.touches(place + 1)
        if (touching and not scan.touches(place)) or token.low in SPACED_DOLLARS:
            return Money(place + 2, DOLLARS[token.low])
    code = code_of(token.text)
    if code is None or (scan.touches(place) and scan.kind(place - 1) in ("word", "number")):
        return None
    return Money(place + 1, *code)


def money_after(scan: Scan, place: int, value: Fraction) -> Money | None:
    """The currency after a number: "€", "USD", "dollars", "dollars and 45 cents"."""
    token = scan.tokens[place]
    if token.kind == "sign" and token.text in SIGNS:
        return Money(place + 1, SIGNS[token.text])
    if token.kind != "word":
        return None
    named = scan.lang.measures.currencies.at(scan.tokens, place)
    if named is not None:
        end, unit = named
        if unit == "GBP" and scan.low(end - 1) in ("pound", "pounds") and scan.low(end) in ("of", "lighter", "heavier"):
            return None  # a weight
        return _with_cents(scan, Money(end, unit), value)
    if token.low == "won" and scan.lang.code == "en":  # a verb, unless the sum can only be Korean
        return Money(place + 1, "KRW") if value >= 100_000 else None
    if scan.tokens[place + 1].text == "$" and scan.touches(place + 1) and token.low in DOLLARS:
        return Money(place + 2, DOLLARS[token.low])
    code = code_of(token.text)
    if code is None:
        return None
    end, scale = place + 1, 1
    magnitude = scan.lang.numbers.magnitudes.get(scan.low(end))
    if magnitude is not None and len(scan.low(end)) > 2:  # "75 USD million"
        end, scale = end + 1, magnitude
    return _with_cents(scan, Money(end, code[0], code[1] * scale), value)


def _with_cents(scan: Scan, money: Money, value: Fraction) -> Money:
    """ "3 dollars 50 cents", "thirteen dollars and forty-five cents"."""
    if value.denominator != 1 or money.factor != 1 or money.unit in _HUNDREDTHS:
        return money
    place = money.end + (scan.low(money.end) in scan.lang.links.both)
    cents = read_number(scan, place)
    if cents is None or not 0 < cents.value < 100:
        return money
    named = scan.lang.measures.currencies.at(scan.tokens, cents.end)
    if named is None and place == money.end and cents.value >= 10 and _ends(scan, cents.end):
        return Money(cents.end, money.unit, extra=cents.value / 100)  # "15 dollars 50"
    if named is None or named[1] not in _HUNDREDTHS:
        return money
    return Money(named[0], money.unit, extra=cents.value / 100)


def _ends(scan: Scan, place: int) -> bool:
    """Whether nothing that is counted or measured stands at a place."""
    if scan.kind(place) == "word":
        return scan.low(place) in scan.lang.nouns.extras
    return scan.low(place) not in ("%", "-", "–", *SIGNS)
