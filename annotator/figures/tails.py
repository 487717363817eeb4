"""What stands after a number: its unit, its currency, or the noun it counts."""

from dataclasses import dataclass, replace
from fractions import Fraction

from .cardinals import Number
from .figure import Kind, Qualifier
from .language import Unit
from .money import Money, money_after
from .nouns import read_noun, read_whole
from .phrases import words
from .reading import Reading
from .scan import Scan
from .units import SINGLE_LETTERS


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number up to token `end` (exclusive).

    `reach` ends the unit alone, without rate and counted noun. `factor` and `extra` change the value: "75 USD million",
    "3 dollars 50 cents". `several`: the value of the whole of which the number is a part, 0 without.
    """

    end: int
    reach: int
    unit: str = ""
    counted: str = ""
    kind: Kind = "count"
    qualifier: Qualifier | None = None
    factor: int = 1
    extra: Fraction = Fraction(0)
    measured: bool = False


def read_tail(scan: Scan, number: Number, before: Money | None) -> Tail:
    """The unit of a number. `before` is the currency that stood before it."""
    place, qualifier = _modified(scan, number.end)
    tail = (
        _money(scan, place, number, before)
        or _percent(scan, place)
        or _hyphened(scan, place, number)
        or _unit(scan, place, number)
        or _times(scan, place)
        or _noun(scan, place, number)
        or Tail(place, place)
    )
    if tail.qualifier is None and qualifier is None:
        end, qualifier = _modified(scan, tail.end)
        tail = replace(tail, end=end)
    return replace(tail, qualifier=tail.qualifier or qualifier)


def _modified(scan: Scan, place: int) -> tuple[int, Qualifier | None]:
    """ "or more", "+"."""
    found = scan.lang.links.modifiers_after.at(scan.tokens, place)
    if found is None:
        return place, None
    if scan.low(place) == "+" and not scan.touches(place):
        return place, None
    if scan.low(place) == "plus" and scan.kind(found[0]) in ("number", "sign"):
        return place, None
    return found


def _money(scan: Scan, place: int, number: Number, before: Money | None) -> Tail | None:
    if before is not None:
        after = money_after(scan, place, number.value)
        end = after.end if after is not None and after.unit == before.unit else place
        return _with_rate(scan, Tail(end, end, before.unit, kind="money", factor=before.factor, measured=True))
    if scan.is_hyphen(place) and scan.touches(place):
        place += 1  # "a 10-dollar bill"
    if scan.lang.elided and scan.low(place) in scan.lang.numbers.of:
        place += 1  # "4 milliards d'euros"
    money = money_after(scan, place, number.value)
    if money is None:
        return None
    tail = Tail(money.end, money.end, money.unit, kind="money", factor=money.factor, extra=money.extra, measured=True)
    return _with_rate(scan, tail)


def _with_rate(scan: Scan, tail: Tail) -> Tail:
    """ "a year", "per barrel", "/hour"."""
    rate = scan.lang.measures.rates.at(scan.tokens, tail.end)
    if rate is None or scan.low(rate[0]) in scan.lang.measures.ago:
        return tail  # "$5bn a year earlier" is no yearly sum
    return replace(tail, end=rate[0], unit=f"{tail.unit} {rate[1]}".strip())


def _percent(scan: Scan, place: int) -> Tail | None:
    found = scan.lang.measures.percent.at(scan.tokens, place)
    if found is None:
        return None
    end, unit = found
    whole = read_whole(scan, end)
    counted = whole.counted if whole is not None else ""
    return Tail(end, end, unit, counted, "percent" if unit == "%" else "percentage_points", measured=True)


def _hyphened(scan: Scan, place: int, number: Number) -> Tail | None:
    """ "40,000-strong force", "2.5-fold", "61-year-old", "10-gallon", "5-member panel"."""
    measures = scan.lang.measures
    if scan.low(place) in measures.fold and scan.touches(place):
        return Tail(place + 1, place + 1, "fold", kind="ratio", measured=True)
    if not (scan.is_hyphen(place) and scan.touches(place)):
        return None
    low = scan.low(place + 1)
    if low in measures.fold:
        return Tail(place + 2, place + 2, "fold", kind="ratio", measured=True)
    if low in measures.strong:
        noun = read_noun(scan, place + 2, several=False) or read_noun(scan, place + 2)
        if noun is None:
            return Tail(place + 2, place + 2)
        return Tail(noun.end, place + 2, noun.unit, noun.counted)
    unit = _unit(scan, place + 1, number)
    if unit is not None:
        return unit
    if scan.kind(place + 1) != "word" or low in scan.lang.nouns.stops or not (number.digits or low in _MEMBERS):
        return None
    counted = scan.tokens[place + 1].text
    return Tail(place + 2, place + 2, low if not scan.lang.nouns.capital else counted, counted)


_OLDEST = 130
_MEMBERS = words("member person man woman seat nation storey story point part page acre room bed lane")


def _unit(scan: Scan, place: int, number: Number) -> Tail | None:
    measures = scan.lang.measures
    if number.fraction and scan.low(place) in scan.lang.numbers.one:  # "half an hour"
        place += measures.units.at(scan.tokens, place + 1) is not None
    found = measures.units.at(scan.tokens, place)
    if found is None or (found[0] == place + 1 and not _is_sign(scan, place)):
        return _yearly(scan, place)
    end, unit = found
    if unit.kind == "duration":
        return _duration(scan, end, unit)
    if end == place + 1 and scan.low(end) in ("²", "³", "2", "3") and scan.touches(end):
        squared = {"²": "square ", "2": "square ", "³": "cubic ", "3": "cubic "}[scan.low(end)]
        end, unit = end + 1, Unit(squared + unit.name, "other")
    tail = Tail(end, end, unit.name, kind=unit.kind, measured=True)
    whole = _measured(scan, end)
    if whole is not None:
        return replace(tail, end=whole[0], counted=whole[1])
    return _with_rate(scan, tail)


def _is_sign(scan: Scan, place: int) -> bool:
    """Whether a sign of one letter, or "in", stands where only a unit can."""
    token = scan.tokens[place]
    if token.low in SINGLE_LETTERS:
        right_case = token.text == "W" if token.low == "w" else token.text.islower() or token.text == "L"
        return right_case and scan.kind(place - 1) in ("number", "vulgar") and scan.low(place + 1) != "'"
    if token.low in ("min", "sec", "mi", "mb", "ms", "ha", "std"):
        return scan.kind(place - 1) in ("number", "vulgar")
    return True


def _measured(scan: Scan, place: int) -> tuple[int, str] | None:
    """What is measured: "tonnes of wheat", "Kubikmeter Gas"."""
    nouns = scan.lang.nouns
    if nouns.capital:
        noun = read_noun(scan, place)
        return (noun.end, noun.counted) if noun is not None and noun.start == noun.end - 1 else None
    if scan.low(place) not in scan.lang.numbers.of or scan.low(place + 1) in nouns.determiners:
        return None
    noun = read_noun(scan, place + 1) or read_noun(scan, place + 1, several=False)
    return None if noun is None else (noun.end, noun.counted)


def _duration(scan: Scan, place: int, unit: Unit) -> Tail:
    measures = scan.lang.measures
    age = measures.ages.at(scan.tokens, place)
    if age is not None:
        return Tail(age[0], place, unit.name, kind="age", measured=True)
    tail = Tail(place, place, unit.name, kind="duration", measured=True)
    if scan.low(place) in measures.ago:
        return replace(tail, end=place + (scan.low(place) == "ago"))
    whole = None if scan.lang.nouns.capital else _measured(scan, place)
    if whole is not None:
        return replace(tail, end=whole[0], counted=whole[1])
    return _with_rate(scan, tail) if unit.name.startswith(("hour", "Stunde", "heure", "day", "minute")) else tail


def _yearly(scan: Scan, place: int) -> Tail | None:
    """German "61-jährige", "zehnjährig"."""
    if scan.lang.code != "de":
        return None
    low = scan.low(place)
    for stem, unit in (("jährig", "Jahr"), ("monatig", "Monat"), ("tägig", "Tag"), ("stündig", "Stunde")):
        if low.startswith(stem) and len(low) <= len(stem) + 2:
            kind: Kind = "age" if stem == "jährig" else "duration"
            return Tail(place + 1, place + 1, unit, kind=kind, measured=True)
    return None


def _times(scan: Scan, place: int) -> Tail | None:
    measures = scan.lang.measures
    if scan.low(place) not in measures.times:
        return None
    kind: Kind = "ratio" if scan.low(place + 1) in measures.comparing else "count"
    return Tail(place + 1, place + 1, "times", kind=kind, measured=True)


def _noun(scan: Scan, place: int, number: Number) -> Tail | None:
    if number.fraction and number.value < 1:
        whole = read_whole(scan, place)
        return Tail(place, place, counted=whole.counted if whole else "", kind="ratio")
    if scan.low(place) in scan.lang.numbers.of:
        return _of(scan, place, number)
    noun = read_noun(scan, place, several=number.value != 1)
    if noun is None:
        return None
    return _with_rate(scan, Tail(noun.end, place, noun.unit, noun.counted))


def _of(scan: Scan, place: int, number: Number) -> Tail | None:
    """ "four of the port's five terminals", "two of them", "dozens of tanks", "trois millions de personnes"."""
    nouns = scan.lang.nouns
    part = _part_of(scan, place + 1, number)
    if part is not None:
        return part
    if scan.low(place + 1) in nouns.pronouns:
        return Tail(place + 2, place)
    if not (number.vague or scan.lang.code == "fr" or number.scale > 1):
        return None
    after = place + 1
    if scan.low(after) in nouns.determiners:
        return None
    noun = read_noun(scan, after) or read_noun(scan, after, several=False)
    return None if noun is None else Tail(noun.end, place, noun.unit, noun.counted)


def _part_of(scan: Scan, place: int, number: Number) -> Tail | None:
    nouns, small = scan.lang.nouns, scan.lang.numbers.small
    if scan.low(place) not in nouns.determiners and not scan.low(place).endswith("'s"):
        return None
    for at in range(place + 1, place + 4):
        token = scan.tokens[at]
        found = small.at(scan.tokens, at)
        if token.kind == "number" and token.text.isdigit() and len(token.text) < 8:
            found = (at + 1, int(token.text))
        if found is not None:
            noun = read_noun(scan, found[0])
            if noun is None or number.value > found[1]:
                return None
            return Tail(noun.end, place - 1, f"of {found[1]} {noun.counted}", noun.counted, "ratio")
        if token.kind != "word":
            return None
    return None


def as_age(scan: Scan, reading: Reading, tail: Tail) -> Reading:
    """The figure as an age where "aged 61", "âgé de 61 ans" say so, else as it is."""
    measures = scan.lang.measures
    before = reading.start - 1
    before -= scan.low(before) in scan.lang.numbers.of
    if scan.low(before) not in measures.age_before or (tail.measured and tail.kind != "duration"):
        return reading
    if not tail.measured and (tail.unit or reading.low.denominator != 1 or not 0 < reading.low < _OLDEST):
        return reading
    return replace(reading, start=before, kind="age", unit=tail.unit or measures.year)
