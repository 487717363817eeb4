"""What a measure answers: never a bare number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Undefined(Exception):
    """A measure has no value for these data. The text completes the sentence "undefined, because …"."""


@dataclass(frozen=True)
class Interval:
    """The percentile bootstrap interval: of `draws` resamples of what was resampled, `level` lie between the ends."""

    low: float
    high: float
    level: float
    draws: int
    over: str  # what was drawn: documents, items, continua, sequences


@dataclass(frozen=True)
class Result:
    """A value with all one needs to judge it, or why there is none.

    `tag` is the tag (or the relation type, or "tag.attribute") that the row is about, None for all together.
    `n` counts what the value rests on, `notes` says what was left out or approximated.
    """

    measure: str
    tag: str | None
    coders: tuple[str, ...]
    value: float | None
    n: Mapping[str, int]
    matching: str
    interval: Interval | None = None
    why: str = ""
    notes: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON holds it; the interval is the pair of its ends, or null."""
        return {
            "measure": self.measure,
            "tag": self.tag,
            "coders": list(self.coders),
            "value": self.value,
            "n": dict(self.n),
            "interval": [self.interval.low, self.interval.high] if self.interval else None,
            "why": self.why,
            "matching": self.matching,
            "notes": list(self.notes),
        }
