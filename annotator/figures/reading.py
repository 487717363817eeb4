"""A figure on its way out: where it stands among the tokens, and what it says."""

from dataclasses import dataclass
from fractions import Fraction

from .figure import Figure, Kind, Qualifier, as_number
from .scan import Scan


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure from token `start` to token `end` (exclusive), with exact values."""

    start: int
    end: int
    low: Fraction
    high: Fraction | None = None
    unit: str = ""
    counted: str = ""
    qualifier: Qualifier = "exact"
    kind: Kind = "count"


def as_figure(scan: Scan, reading: Reading) -> Figure:
    """The reading with offsets in the text and plain numbers."""
    start, end = scan.tokens[reading.start].start, scan.tokens[reading.end - 1].end
    return Figure(
        start=start,
        end=end,
        text=scan.text[start:end],
        low=as_number(reading.low),
        high=None if reading.high is None else as_number(reading.high),
        unit=reading.unit,
        counted=reading.counted,
        qualifier=reading.qualifier,
        kind=reading.kind,
    )
