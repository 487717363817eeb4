"""What a figure says, in the words of the codebook."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Qualifier = Literal["exact", "approx", "at_least", "at_most", "range", "vague"]
Kind = Literal[
    "count",
    "percent",
    "percentage_points",
    "money",
    "duration",
    "date",
    "ratio",
    "ordinal",
    "distance",
    "age",
    "other",
]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text. The value is `low`, or `low` to `high` where `high` is not None; `text` is the text's own.

    `unit` is singular and in lower case (German nouns keep their capital), `%`, `pp`, or of money the ISO 4217 code.
    `counted` is what is counted or measured, in the words of the text.
    """

    start: int
    end: int
    text: str
    low: int | float
    high: int | float | None
    unit: str
    counted: str
    qualifier: Qualifier
    kind: Kind


LARGEST = Fraction(10) ** 30
"""No news counts higher; what claims to is no figure. It also keeps every value finite."""


def as_number(value: Fraction) -> int | float:
    """The value as JSON holds it: an int where it is whole, else the nearest float."""
    return value.numerator if value.denominator == 1 else float(value)
