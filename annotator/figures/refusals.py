"""Numbers that are no figures: names, codes, list numbers, definite descriptions (rules F4 and F5)."""

from .cardinals import Number
from .scan import Scan
from .tails import Tail

_CODE_SIGNS = "@_\\"
_LONGEST_LIST = 24  # tokens of a list of numbers that are looked along
_IN_LISTS = (",", ";", "-", "–")
_JOINING = ("and", "or", "to", "&", "und", "oder", "bis", "et", "ou", "à")
_LONGEST_NAME = 9999  # greater numbers after a name count something


def skip_code(scan: Scan, place: int) -> int | None:
    """Where a phone number or another chain of digits ends that begins at a token; None if none begins there."""
    token = scan.tokens[place]
    if token.text == "+" and scan.kind(place + 1) == "number" and scan.touches(place + 1):
        end = _chain(scan, place + 1)
        while scan.kind(end) == "number" and scan.kind(end - 1) == "number":  # +44 20 7946 0958
            end = _chain(scan, end)
        return end if end > place + 2 else None
    if token.kind != "number":
        return None
    end = _chain(scan, place)
    groups = (end - place + 1) // 2
    return end if groups >= 3 or (groups == 2 and _is_phone(scan, place, end)) else None


def _chain(scan: Scan, place: int) -> int:
    end = place + 1
    while scan.low(end) in "-/:.–" and scan.touches(end) and scan.touches(end + 1) and scan.kind(end + 1) == "number":
        end += 2
    return end


def _is_phone(scan: Scan, place: int, end: int) -> bool:
    """ "555-0123": a group that starts with 0 counts nothing."""
    return any(
        scan.tokens[at].text.startswith("0") and scan.tokens[at].text.isdigit() for at in (place, end - 1)
    ) and all(len(scan.tokens[at].text) > 2 for at in (place, end - 1))


def is_refused(scan: Scan, number: Number, tail: Tail) -> bool:
    """Whether a number is part of a name or counts nothing. Not asked where money or a unit follows the number."""
    if scan.lenient:
        return False
    if number.digits and (is_code(scan, number, tail) or _is_reference(scan, number)):
        return True
    one = not number.digits and number.value == 1 and number.end == number.start + 1
    if one and scan.low(number.end) in scan.lang.refused.one_day:
        return scan.low(number.end + 1) not in (*scan.lang.measures.ago, *scan.lang.numbers.of)
    if tail.measured or number.vague or number.fraction:
        return False
    if one:
        return _is_idle_one(scan, number, tail)
    if not number.digits and scan.is_hyphen(number.end) and scan.touches(number.end) and tail.end <= number.end:
        return True  # "two-state solution", "twenty-something"
    numbered = _is_numbered(scan, number, tail) or _goes_on_numbering(scan, number, tail)
    return numbered or _is_list_number(scan, number) or _is_definite(scan, number, tail)


def is_code(scan: Scan, number: Number, tail: Tail) -> bool:
    """ "G7", "F-16", "#5", "13F", "24703L202": digits that touch letters on either side."""
    start, end = number.start, tail.end
    before = scan.low(start - 1)
    if before in ("#", "№", "§"):
        return True
    if scan.touches(start):
        if scan.kind(start - 1) in ("word", "number", "link", "vulgar") or before in _CODE_SIGNS:
            return True
        if before in "-–./−+×" and scan.touches(start - 1) and scan.kind(start - 2) in ("word", "number"):
            return True
    if scan.touches(number.end) and scan.kind(number.end) == "word" and not tail.measured:
        return True
    if not scan.touches(end):
        return False
    if scan.kind(end) in ("word", "number") or scan.low(end) in "@_\\":
        return True
    return scan.low(end) in "-–/" and scan.touches(end + 1) and scan.kind(end + 1) == "number"


def _is_reference(scan: Scan, number: Number) -> bool:
    """ "[7]", "[3, 12]", "[18–20]": digits alone in square brackets point at a source."""
    left, right = number.start - 1, number.end
    first, last = max(0, left - _LONGEST_LIST), min(len(scan.tokens) - 1, right + _LONGEST_LIST)
    while left > first and (scan.kind(left) == "number" or scan.low(left) in _IN_LISTS):
        left -= 1
    if scan.low(left) != "[":
        return False
    while right < last and (scan.kind(right) == "number" or scan.low(right) in _IN_LISTS):
        right += 1
    return scan.low(right) == "]"


def _is_idle_one(scan: Scan, number: Number, tail: Tail) -> bool:
    """ "no one", "one of the demands", "one day", "one expects": only "one meeting" counts."""
    refused = scan.lang.refused
    if scan.low(number.start - 1) in refused.not_one or scan.low(number.start - 1) in scan.lang.nouns.definite:
        return True
    return scan.low(number.end) in refused.not_after_one or (tail.end == tail.reach and not tail.unit)


def _is_list_number(scan: Scan, number: Number) -> bool:
    if not number.bare or scan.kind(number.start - 1) != "break" or number.value > 999:
        return False
    goes_on = scan.kind(number.end + 1) != "break" and scan.tokens[number.end + 1].spaced
    return scan.low(number.end) in ".)" and scan.touches(number.end) and goes_on


def _is_numbered(scan: Scan, number: Number, tail: Tail) -> bool:
    """ "Resolution 2202", "Leopard 2", "No. 5", "World War Two"."""
    at = number.start - 1
    if scan.low(at) == "." and scan.touches(at):
        at -= 1
    token = scan.tokens[max(at, 0)]
    if token.kind != "word" or number.scale != 1 or number.value > _LONGEST_NAME or number.signed:
        return False
    if number.digits and not number.bare and number.value.denominator == 1:
        return False
    capital = token.text[0].isupper()
    if token.low in scan.lang.refused.numbered and (capital or not tail.counted):
        return True
    if at != number.start - 1 or not capital:
        return False
    if _opens_sentence(scan, at):  # "Boeing 737" is a name; "Seized 40 jets" looks like one, so a noun settles it
        return number.bare and not tail.counted and _is_name(scan, at) and not scan.lang.nouns.capital
    if scan.lang.nouns.capital:
        return number.digits and not tail.counted and number.value < 1000
    if token.low in scan.lang.nouns.stops or token.low in scan.lang.dates.months:
        return False
    if not number.digits:
        return scan.tokens[number.start].text[0].isupper()
    counted = tail.counted.lower().rpartition(" ")[2]
    return counted not in scan.lang.nouns.people and not scan.lang.nouns.is_plural(token.low + "-")


def _goes_on_numbering(scan: Scan, number: Number, tail: Tail) -> bool:
    """The 5 and the 9 of "phases 3, 5 and 9": numbered like the first of the list."""
    if not number.bare or tail.counted or number.value > _LONGEST_NAME or number.signed:
        return False
    at = number.start - 1
    first = max(0, at - _LONGEST_LIST)
    while at > first and (scan.kind(at) == "number" or scan.low(at) in _IN_LISTS or scan.low(at) in _JOINING):
        at -= 1
    if at == number.start - 1 or scan.kind(at + 1) == "number":
        at -= scan.low(at) == "."  # "Figs. 2 and 3"
        return scan.low(at).removesuffix("s") in scan.lang.refused.numbered
    return False


def _is_name(scan: Scan, place: int) -> bool:
    modifier = scan.lang.links.modifiers.before(scan.tokens, place + 1) is not None
    return not modifier and scan.low(place) not in scan.lang.nouns.stops


def _opens_sentence(scan: Scan, place: int) -> bool:
    return scan.kind(place - 1) == "break" or scan.low(place - 1) in ".!?:\"'“”„«»(‘’–—"


def _is_definite(scan: Scan, number: Number, tail: Tail) -> bool:
    """ "the two countries": said of things known, not counted (F5)."""
    if number.digits or number.value > 12 or tail.kind != "count":
        return False
    return scan.low(number.start - 1) in scan.lang.nouns.definite


def is_idle_fraction(scan: Scan, number: Number, tail: Tail, floor: int) -> bool:
    """ "a third round", "the second half", "half-brother": fractions that say no share."""
    if not number.fraction or number.digits or tail.measured or scan.lenient:
        return False
    end = number.end
    first, last = scan.low(number.start), scan.low(end - 1)
    if last in scan.lang.numbers.halves:
        before = scan.low(number.start - 1)
        return before in scan.lang.refused.not_half or scan.is_hyphen(end) or scan.low(end) in ("past", "time", "way")
    if first not in scan.lang.numbers.one or scan.low(end) in scan.lang.numbers.of:
        return False
    modified = scan.lang.links.modifiers.before(scan.tokens, number.start, floor) is not None
    plain = scan.kind(end) != "word" or scan.low(end) in scan.lang.nouns.stops
    return scan.is_hyphen(end) or not (
        plain and (modified or last in ("third", "fifth", "tenth") or scan.kind(end) != "word")
    )
