"""Whole and decimal numbers: digits, words, and both with their magnitudes."""

from dataclasses import dataclass
from fractions import Fraction

from .figure import LARGEST
from .formats import read_digits
from .scan import Scan

LETTERS = frozenset("kmbt")
"""Magnitudes of one letter, which may be units or names."""

_DOTTED = frozenset(("mio", "mrd", "bio", "tsd"))
_HIGHEST_POWER = 30
_HIGHEST_BASE = 1000


@dataclass(frozen=True, slots=True)
class Number:
    """A number from token `start` to token `end` (exclusive).

    `digits`: written in digits; `bare`: nothing but one run of them, ungrouped; `scale`: its magnitude ("million"),
    1 without; `fraction`: a part of a whole; `vague`: "dozens", "hundreds of thousands".
    """

    start: int
    end: int
    value: Fraction
    digits: bool = False
    bare: bool = False
    scale: int = 1
    fraction: bool = False
    vague: bool = False
    signed: bool = False


def read_cardinal(scan: Scan, place: int, money: bool, joined: bool) -> Number | None:
    """A whole or decimal number: "342", "3.5 million", "three hundred and forty-two", "4 thousand 3 hundred"."""
    return _Cardinal(scan, place, money, joined).read()


class _Cardinal:
    """Reads one cardinal: groups below a thousand, each with its magnitude, in falling order."""

    def __init__(self, scan: Scan, place: int, money: bool, joined: bool) -> None:
        self.scan, self.start, self.place = scan, place, place
        self.money, self.joined = money, joined
        self.words = scan.lang.numbers
        self.total = Fraction(0)
        self.scale_total = Fraction(0)  # what the last magnitude gave
        self.group: Fraction | None = None
        self.last = ""  # what was read last: digits, small, compound, hundred, one, magnitude
        self.scale = 1
        self.digits = False

    def read(self) -> Number | None:
        while self._digits() or self._article() or self._small() or self._hundred() or self._scale() or self._plus():
            if self.total > LARGEST:
                return None
        self._dozen()
        self._point()
        if not self.last or self.last == "one":
            return None
        value = self.total + (self.group or 0)
        one_token = self.place == self.start + 1
        bare = one_token and self.digits and self.scan.tokens[self.start].text.isdigit()
        return Number(self.start, self.place, value, digits=self.digits, bare=bare, scale=self.scale)

    def _word(self) -> int:
        """The place of the next word, over a hyphen inside a number word."""
        inside = self.last not in ("", "digits") and self.scan.is_hyphen(self.place)
        return self.place + inside

    def _digits(self) -> bool:
        token = self.scan.tokens[self.place]
        if token.kind != "number" or self.last not in ("", "magnitude"):
            return False
        value = read_digits(token.text, self.scan.lang.decimal)
        if value is None or (self.last == "magnitude" and (value >= self.scale or self.scale > 1000)):
            return False
        self.group, self.last = value, "digits"
        self.digits = self.digits or self.place == self.start
        self.place += 1
        self._power()
        return True

    def _power(self) -> None:
        """ "127.32e13", "1.3x10^6", "2^10"."""
        tokens, place = self.scan.tokens, self.place
        base = factor = self.group or Fraction(0)
        if tokens[place].text == "^":
            factor, place = Fraction(1), place + 1
        elif tokens[place].low == "e" and not tokens[place].spaced:
            base, place = Fraction(10), place + 1
        elif tokens[place].low in ("x", "×", "·") and tokens[place + 1].text == "10" and tokens[place + 2].text == "^":
            base, place = Fraction(10), place + 3
        else:
            return
        negative = tokens[place].text in ("-", "−")
        place += negative or tokens[place].text == "+"
        power = tokens[place].text
        if tokens[place].kind != "number" or tokens[place].spaced or not power.isdigit() or len(power) > 2:
            return
        exponent = int(power)
        if exponent > _HIGHEST_POWER or abs(base) > _HIGHEST_BASE or base == 0:
            return
        self.group, self.place = factor * base ** (-exponent if negative else exponent), place + 1

    def _article(self) -> bool:
        """ "a" before "hundred", "million", "dozen"."""
        if self.last or self.scan.low(self.place) not in self.words.one:
            return False
        after = self.scan.low(self.place + 1)
        scales = after in self.words.hundreds or after in self.words.magnitudes or after in self.words.dozens
        if not scales or after in LETTERS:
            return False
        self.group, self.last = Fraction(1), "one"
        self.place += 1
        return True

    def _small(self) -> bool:
        if self.last not in ("", "hundred", "magnitude"):
            return False
        place = self._word()
        found = self.words.small.at(self.scan.tokens, place)
        compound = None if found else self.words.compound(self.scan.low(place))
        if found is None and (compound is None or self.last == "hundred"):
            return False
        self.place, value = found or (place + 1, compound or 0)
        if self.last == "magnitude" and value >= self.scale:
            self.place = place
            return False
        self.group = (self.group or Fraction(0)) + value
        self.last = "small" if found else "compound"
        return True

    def _hundred(self) -> bool:
        place = self._word()
        if self.scan.low(place) not in self.words.hundreds or self.last == "hundred":
            return False
        if self.group is None:
            if not self.words.bare_scale and self.scan.low(place + 1) not in self.words.magnitudes:
                return False
            self.group = Fraction(1)
        elif not 0 < self.group < 100:
            return False
        self.group *= 100
        self.place, self.last = place + 1, "hundred"
        return True

    def _scale(self) -> bool:
        found = read_magnitude(self.scan, self.place, self.money)
        if found is None:
            return False
        end, scale = found
        if self.last == "magnitude" and self.scale < scale and self.total == self.scale_total:
            self.total *= scale  # "three lakh crore", "a thousand billion"
            self.scale *= scale
        elif (
            (self.last == "" and not (self.words.bare_scale and scale == 1000))
            or self.last == "magnitude"
            or (self.scale != 1 and scale >= self.scale)
        ):
            return False
        else:
            self.scale_total = (Fraction(1) if self.group is None else self.group) * scale
            self.total += self.scale_total
            self.scale = scale
        self.group, self.last, self.place = None, "magnitude", end
        return True

    def _plus(self) -> bool:
        """ "and" inside a number: what follows must be less than what stands before it."""
        if not self.joined or self.scan.low(self.place) not in self.words.plus:
            return False
        if self.last == "hundred":
            return self._plus_small()
        if self.last != "magnitude":
            return False
        if _opens_fraction(self.scan, self.place + 1):
            return False  # "one million and a half"
        more = read_cardinal(self.scan, self.place + 1, False, True)
        if more is None or more.value >= self.scale or more.value == 0 or (more.digits and self.scale > 1000):
            return False
        self.total += more.value
        self.place, self.last = more.end, "done"
        return True

    def _plus_small(self) -> bool:
        place = self.place + 1
        found = self.words.small.at(self.scan.tokens, place)
        token = self.scan.tokens[place]
        if found is not None:
            end, value = found
        elif token.kind == "number" and token.text.isdigit() and len(token.text) < 3:
            end, value = place + 1, int(token.text)
        else:
            return False
        if value == 0 or self.scan.low(end) in self.words.hundreds or self.group is None:
            return False
        if _opens_fraction(self.scan, place):
            return False
        self.group += value
        self.place, self.last = end, "small"
        return True

    def _dozen(self) -> None:
        """ "a dozen", "two dozen", "three hundred and two dozens"."""
        dozen = self.words.dozens.get(self.scan.low(self.place))
        if dozen is None or self.group is None or self.last in ("hundred", "magnitude"):
            return
        tail = self.group % 100 if self.last == "small" else self.group
        self.group += tail * (dozen - 1)
        self.place, self.last = self.place + 1, "dozen"

    def _point(self) -> None:
        if self.scan.low(self.place) not in self.words.point or self.last in ("", "one", "digits", "magnitude"):
            return
        decimals = ""
        place = self.place + 1
        while (found := self.words.small.at(self.scan.tokens, place)) and found[1] < 10 and len(decimals) < 10:
            decimals += str(found[1])
            place = found[0]
        if decimals:
            self.group = (self.group or Fraction(0)) + Fraction(int(decimals), 10 ** len(decimals))
            self.place = place
            self._scale()


def _opens_fraction(scan: Scan, place: int) -> bool:
    """Whether "and" goes on to a part of one: "a half", "three quarters"."""
    words = scan.lang.numbers
    if scan.low(place) in words.half_after:
        return True
    first = place + (scan.low(place) in words.one)
    small = words.small.at(scan.tokens, place)
    if small is not None:
        return scan.low(small[0]) in words.parts or scan.low(small[0]) in words.part
    return scan.low(first) in words.part or scan.low(first) in words.halves


def read_magnitude(scan: Scan, place: int, money: bool) -> tuple[int, int] | None:
    """ "million", "-million", "bn", "k": where it ends and what it is."""
    place += scan.is_hyphen(place) and not scan.tokens[place].spaced
    token = scan.tokens[place]
    scale = scan.lang.numbers.magnitudes.get(token.low)
    if scale is None:
        return None
    if token.low in LETTERS or token.low == "mm":
        if scan.kind(place + 1) in ("number", "vulgar") and scan.touches(place + 1):
            return None
        if not _is_magnitude(scan, place, money):
            return None
    dotted = token.low in _DOTTED and scan.low(place + 1) == "." and scan.touches(place + 1)
    return place + 1 + dotted, scale


def _is_magnitude(scan: Scan, place: int, money: bool) -> bool:
    """Whether one letter after a number is a magnitude: "$5m" and "3.5m people" are, "1.8m tall" is not."""
    token = scan.tokens[place]
    if scan.kind(place - 1) not in ("number", "vulgar"):
        return False
    if money:
        return token.low != "mm" or token.text == "MM"
    if token.text in ("M", "MM", "K") or token.text == "k":
        return token.text != "K" or not token.spaced
    if token.text != "m" or scan.lang.code != "en" or token.spaced:
        return False
    return scan.lang.nouns.is_plural(scan.low(place + 1)) and scan.low(place + 1) not in scan.lang.nouns.stops
