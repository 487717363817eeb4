"""Numbers of every form: signed, whole, fractions, and the vague ones ("dozens")."""

from dataclasses import replace
from fractions import Fraction

from .cardinals import LETTERS, Number, read_cardinal, read_magnitude
from .figure import LARGEST
from .scan import Scan

_SLASHES = "/⁄"
_VULGAR = {
    "¼": (1, 4), "½": (1, 2), "¾": (3, 4), "⅐": (1, 7), "⅑": (1, 9), "⅒": (1, 10), "⅓": (1, 3), "⅔": (2, 3),
    "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_NAMES = {(9, 11), (7, 7), (1, 6)}  # days that are known by their numbers


def read_number(scan: Scan, place: int, *, money: bool = False, joined: bool = True) -> Number | None:
    """The number that begins at a token. `money`: after a sign of money "m" is a million; not `joined`: no "and"."""
    token, following = scan.tokens[place], scan.tokens[place + 1]
    signed = token.low in "-−–+" and following.kind == "number" and not following.spaced
    if signed and (
        scan.kind(place - 1) in ("number", "vulgar") or (scan.kind(place - 1) == "word" and not token.spaced)
    ):
        return None
    if token.low in scan.lang.numbers.minus:  # French "au moins" is none
        signed = scan.lang.links.modifiers.before(scan.tokens, place + 1) is None
    found = _unsigned(scan, place + signed, money, joined)
    if found is None or abs(found.value) > LARGEST:
        return None
    if not signed:
        return found
    value = found.value if token.low == "+" else -found.value
    return replace(found, start=place, value=value, signed=True, bare=False)


def _unsigned(scan: Scan, place: int, money: bool, joined: bool) -> Number | None:
    return (
        _vague(scan, place)
        or read_fraction(scan, place)
        or _with_fraction(scan, read_cardinal(scan, place, money, joined), money, joined)
    )


def _with_fraction(scan: Scan, found: Number | None, money: bool, joined: bool) -> Number | None:
    """A whole number and what stands after it: "2 1/4", "2½", "two and a half million", "one million and a half"."""
    if found is None:
        return None
    place = found.end
    if found.digits and found.scale == 1:
        exact = _slashed(scan, place) if scan.tokens[place].spaced else _vulgar(scan, place)
        if exact is not None and exact.value < 1 and found.value.denominator == 1:
            return _scaled(scan, replace(found, end=exact.end, value=found.value + exact.value, bare=False), money)
    if not joined or scan.low(place) not in scan.lang.numbers.plus:
        return found
    if scan.low(place + 1) in scan.lang.numbers.half_after:
        part: Number | None = Number(place + 1, place + 2, Fraction(1, 2))
    else:
        part = _part(scan, place + 1)
    if part is None or part.value >= 1:
        return found
    scaled = _scaled(scan, part, money)
    if scaled.scale == 1:  # "one million and a half", "two and a half"
        return replace(found, end=part.end, value=found.value + part.value * found.scale, bare=False)
    if found.scale == 1:  # "two and a half million"
        return replace(scaled, start=found.start, value=(found.value + part.value) * scaled.scale, digits=found.digits)
    return replace(found, end=scaled.end, value=found.value + scaled.value, bare=False)


def read_fraction(scan: Scan, place: int) -> Number | None:
    """ "a third", "two-thirds", "half", "¾", "3/4", and of a magnitude: "half a million", "a quarter of a million"."""
    part = _vulgar(scan, place) or _slashed(scan, place) or _half(scan, place) or _part(scan, place)
    if part is None:
        return None
    found = _scaled(scan, part, money=False)
    return replace(found, fraction=found.scale == 1)


def _vulgar(scan: Scan, place: int) -> Number | None:
    token = scan.tokens[place]
    if token.kind != "vulgar":
        return None
    return Number(place, place + 1, Fraction(*_VULGAR[token.text]))


def _slashed(scan: Scan, place: int) -> Number | None:
    """ "3/4": the numerator is less than the denominator, else it is a date or a shift (24/7)."""
    above, slash, below = scan.tokens[place : place + 3]
    if above.kind != "number" or below.kind != "number" or slash.text not in _SLASHES:
        return None
    if slash.spaced != below.spaced or not (above.text.isdigit() and below.text.isdigit()):
        return None
    if scan.low(place + 3) in _SLASHES or scan.low(place - 1) in _SLASHES or len(below.text) > 4:
        return None
    pair = (int(above.text[:5]), int(below.text))
    if not 0 < pair[0] < pair[1] or pair in _NAMES or above.text.startswith("0") or below.text.startswith("0"):
        return None
    return Number(place, place + 3, Fraction(*pair))


def _half(scan: Scan, place: int) -> Number | None:
    words = scan.lang.numbers
    first = place + (scan.low(place) in words.one)
    if scan.low(first) in words.halves and scan.kind(first) == "word":
        return Number(place, first + 1, words.halves[scan.low(first)])
    part = words.part.get(scan.low(place))
    if part is not None and part.denominator == 4 and scan.low(place + 1) in words.magnitudes:  # "quarter million"
        return Number(place, place + 1, part)
    return None


def _part(scan: Scan, place: int) -> Number | None:
    """ "a third", "one-third", "two thirds", "a twenty-first"."""
    words = scan.lang.numbers
    if scan.low(place) in words.one and (found := _denominator(scan, place, place + 1, Fraction(1))) is not None:
        return found
    if scan.kind(place) == "number" and scan.low(place + 1 + scan.is_hyphen(place + 1)) not in words.parts:
        return None
    above = read_cardinal(scan, place, False, False)
    if above is None:
        return None
    return _denominator(scan, place, above.end, above.value)


def _denominator(scan: Scan, start: int, place: int, above: Fraction) -> Number | None:
    words = scan.lang.numbers
    place += place > start and scan.is_hyphen(place)
    table = words.part if above == 1 else words.parts
    tens = words.small.at(scan.tokens, place)
    if tens is not None and tens[1] >= 20 and tens[1] % 10 == 0:  # "a twenty-first", "three twenty-firsts"
        after = tens[0] + scan.is_hyphen(tens[0])
        unit = table.get(scan.low(after))
        if unit and unit.denominator < 10:
            return Number(start, after + 1, above / (tens[1] + unit.denominator))
        return None
    part = table.get(scan.low(place))
    if part is None or part == 1:
        return None
    before = words.small.before(scan.tokens, place - scan.is_hyphen(place - 1), start)
    if before is not None and before[0] > start and before[1] >= 20 and before[1] % 10 == 0 and part.denominator < 10:
        # "one hundred thirty-fifths": the tens belong below
        return Number(start, place + 1, (above - before[1]) / (before[1] + part.denominator))
    return Number(start, place + 1, above * part)


def _scaled(scan: Scan, part: Number, money: bool) -> Number:
    """The fraction of a magnitude or a dozen that stands after it, if one does."""
    words = scan.lang.numbers
    place = part.end
    place += scan.low(place) in words.of and scan.low(place + 1) in words.one
    place += scan.low(place) in words.one
    scale = read_magnitude(scan, place, money)
    if scale is not None:
        return replace(part, end=scale[0], value=part.value * scale[1], scale=scale[1], bare=False)
    if scan.low(place) in words.dozens:
        dozen = words.dozens[scan.low(place)]
        return replace(part, end=place + 1, value=part.value * dozen, scale=dozen)
    return part


def _vague(scan: Scan, place: int) -> Number | None:
    """ "dozens", "hundreds of thousands", "several hundred", "a few thousand"."""
    words = scan.lang.numbers
    first = place + (scan.low(place) in words.one and scan.low(place + 1) in words.vague_before)
    if scan.low(first) in words.vague_before:
        return _several(scan, place, first + 1)
    value = words.vague.get(scan.low(place))
    if value is None or scan.kind(place - 1) in ("number", "vulgar"):
        return None
    end = place + 1
    step = end + (scan.low(end) in words.of)
    more = words.vague.get(scan.low(step)) or (words.magnitudes.get(scan.low(step)) if step > end else None)
    if more is not None and more > value and more >= 1000:
        return Number(place, step + 1, Fraction(value * more), vague=True, scale=more)
    return Number(place, end, Fraction(value), vague=True)


def _several(scan: Scan, start: int, place: int) -> Number | None:
    words = scan.lang.numbers
    value = 1
    end = place
    while True:
        low = scan.low(end)
        step = 100 if low in words.hundreds else words.magnitudes.get(low) or words.dozens.get(low)
        step = step or words.vague.get(low)
        if step is None or low in LETTERS or value * step > LARGEST or end > place + 3:
            break
        value *= step
        end += 1
        end += scan.low(end) in words.of and scan.low(end + 1) in words.vague
    return Number(start, end, Fraction(value), vague=True) if end > place else None
