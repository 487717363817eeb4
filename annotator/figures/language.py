"""What the grammar must know of a language: words, formats, and how its nouns go."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .figure import Kind, Qualifier
from .phrases import Phrase, Phrases, phrases


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its name in the language, and the kind of figure it makes."""

    name: str
    kind: Kind


@dataclass(frozen=True)
class NumberWords:
    """Words of which numbers are made."""

    small: Phrases[int]  # 0 to 99
    compound: Callable[[str], int | None]  # a number written as one long word (German)
    hundreds: frozenset[str]
    magnitudes: Mapping[str, int]
    bare_scale: bool  # whether "cent", "tausend" count without an article
    one: frozenset[str]  # articles that count before a magnitude or a fraction: "a million"
    minus: frozenset[str]
    point: frozenset[str]  # "nine point four"
    plus: frozenset[str]  # "three hundred and two"
    dozens: Mapping[str, int]
    halves: Mapping[str, Fraction]  # fractions that need no numerator: "half"
    half_after: frozenset[str]  # "deux et demi"
    part: Mapping[str, Fraction]  # of one: "a third"
    parts: Mapping[str, Fraction]  # of several: "two thirds"
    vague: Mapping[str, int]  # "dozens", "hundreds"
    vague_before: frozenset[str]  # "several" before "hundred"
    of: frozenset[str]
    ordinals: Mapping[str, int]
    suffixes: frozenset[str]  # "21st"
    multiples: Mapping[str, int]  # "twice"
    none: Mapping[str, int]  # numbers only where a person says so: "none"


@dataclass(frozen=True)
class Measures:
    """What is measured, and in what."""

    units: Phrases[Unit]
    percent: Phrases[str]
    ages: Phrases[str]  # after a time unit: "years old"
    age_before: frozenset[str]  # "aged 61"
    year: str
    ago: frozenset[str]  # after a time unit
    ago_before: frozenset[str]  # before it: "vor acht Jahren"
    rates: Phrases[str]  # "an hour" -> "per hour"
    currencies: Phrases[str]  # words for money -> ISO code or plain name
    times: frozenset[str]  # "three times"
    comparing: frozenset[str]  # after "times", "twice": a ratio rather than a count
    fold: frozenset[str]  # "2.5-fold"
    strong: frozenset[str]  # "a 40,000-strong force"


@dataclass(frozen=True)
class Nouns:
    """How to find the counted noun."""

    stops: frozenset[str]  # never part of it
    extras: frozenset[str]  # between number and noun, but not part of the unit: "more"
    determiners: frozenset[str]  # between "of" and the noun
    pronouns: frozenset[str]  # after "of": "two of them"
    definite: frozenset[str]  # determiners of things known: "the two countries" (rule F5)
    capital: bool  # German: nouns have capitals
    follows: bool  # French: the noun comes first, its adjectives after it
    groups: frozenset[str]  # count without a plural, unless one follows: "40 police", "40 police officers"
    names: frozenset[str]  # stop words that name something in capitals: "North Korean soldiers"
    people: frozenset[str]  # are counted, never numbered: "Kyiv 40 people"
    is_plural: Callable[[str], bool]
    is_adjective: Callable[[str], bool]
    singular: Callable[[str], str]


@dataclass(frozen=True)
class Links:
    """Words that join numbers or stand round them."""

    until: frozenset[str]  # between the ends of a range: "to"
    between: frozenset[str]  # opens a range whose ends `both` joins
    both: frozenset[str]
    starting: frozenset[str]  # opens a range whose ends `until` joins
    against: frozenset[str]  # between the sides of a score: "52 zu 48"
    every: frozenset[str]  # before an ordinal: "jeder Fünfte"
    either: frozenset[str]  # "two or three"
    perhaps: frozenset[str]  # "five, perhaps six"
    share: Phrases[str]  # "one in five"
    quotient: frozenset[str]  # "one over three"
    modifiers: Phrases[Qualifier]  # before the number
    modifiers_after: Phrases[Qualifier]
    during: frozenset[str]  # modifiers that tell a time after a figure: "$2000 over 3 years"
    versus: frozenset[str]  # words near a score: "voted 52 to 48"
    changed: frozenset[str]  # words near a change: "rose from 5 to 7" is two figures


@dataclass(frozen=True)
class Dates:
    """Dates and clock times."""

    months: Mapping[str, int]
    months_capital: bool
    deadlines: Phrases[Qualifier]  # before a date or a clock time
    clock: Phrases[int]  # after a time: hours to add ("p.m." 12)
    clock_sign: str  # between hours and minutes, beside the colon
    year_before: frozenset[str]  # "in 2022"


@dataclass(frozen=True)
class Refused:
    """What is numbered rather than counted."""

    numbered: frozenset[str]  # "Resolution 2202"
    not_one: frozenset[str]  # before "one" where it does not count: "no one"
    not_after_one: frozenset[str]  # after it: "one of", "one day"
    one_day: frozenset[str]  # after "one": "one day he left"
    not_half: frozenset[str]  # before "half": "the second half"
    ordinal_before: frozenset[str]  # "ranked third"
    ordinal_after: frozenset[str]  # nouns that make an ordinal a figure: "the third time"


@dataclass(frozen=True, eq=False)
class Language:
    """The tables of one language. All words in them are in lower case."""

    code: str
    decimal: str
    elided: bool  # "d'euros" is two words
    numbers: NumberWords
    measures: Measures
    nouns: Nouns
    links: Links
    dates: Dates
    refused: Refused


def table_of_units(table: Iterable[tuple[Kind, str]]) -> dict[Phrase, Unit]:
    """Units from lines "name: form|form"; the name itself is a form."""
    found: dict[Phrase, Unit] = {}
    for kind, lines in table:
        for line in lines.strip().splitlines():
            name, _, forms = line.partition(":")
            unit = Unit(name.strip(), kind)
            for phrase in phrases(f"{name.lower()}|{forms}"):
                found[phrase] = unit
    return found
