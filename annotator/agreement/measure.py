"""What a measure is: how one record is tallied, and the formula over the sum of all tallies.

Tallies are whole numbers that add up, so that any set of documents has its value from the sum of their tallies. The
bootstrap rests on this: it draws documents and adds, and no document is looked at twice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, cast

T = TypeVar("T")
Row = str | None  # a tag, a relation type, "tag.attribute"; None: all together
Counts = Mapping[Any, int]
Tally = Mapping[Row, Counts]
Over = Literal["documents", "items", "continua", "sequences"]
Level = Literal["nominal", "ordinal", "interval", "ratio"]


class Sums(dict[Any, int]):
    """Counts that several formulas read, with what they all begin with; and what follows from the keys alone, which
    are the same in each draw of a bootstrap."""

    __slots__ = ("known", "plans")
    known: dict[Any, Any]
    plans: dict[Any, Any]


def once(work: Callable[[Counts], T], counts: Counts) -> T:
    """What `work` makes of the counts; of Sums it is made once."""
    if not isinstance(counts, Sums):
        return work(counts)
    if work not in counts.known:
        counts.known[work] = work(counts)
    return cast("T", counts.known[work])


def planned(work: Callable[[Iterable[Any]], T], counts: Counts) -> T:
    """What `work` makes of the keys; of the draws of one bootstrap it is made once."""
    if not isinstance(counts, Sums):
        return work(counts)
    if work not in counts.plans:
        counts.plans[work] = work(counts)
    return cast("T", counts.plans[work])


@dataclass(frozen=True)
class Choice:
    """What is compared, and how: the same for all measures of one run."""

    coders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    by_tag: bool = True  # whether there are rows for each tag beside that of all together
    levels: Mapping[str, Level] = field(default_factory=dict)  # "tag.attribute" → how its values compare
    leading: tuple[str, ...] = ("the", "a", "an", "that")  # words that f1_normalised leaves out
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0)  # gamma: of place, of category, what no partner costs
    samples: int | None = None  # gamma: random continua for each document; None: as many as gamma.py says
    documents: int = 1  # how many documents with annotations are compared


def no_notes(_counts: Counts) -> Sequence[str]:
    """For measures that leave nothing out."""
    return ()


@dataclass(frozen=True)
class Measure:
    """One measure. `tally` reads a record, `value` is the formula and raises Undefined where there is none."""

    name: str  # as the command line says it
    title: str  # as people read it
    source: str  # who defined it, where
    matching: str  # what counts as the same
    over: Over
    tally: Callable[[Any, Choice], Tally]
    value: Callable[[Counts], float]
    count: Callable[[Counts], Mapping[str, int]]
    notes: Callable[[Counts], Sequence[str]] = no_notes
    rows: Literal["all", "tags", "both"] = "both"
    of_spans: bool = False  # tallied from spans alone, so that documents may be put together to one
    extra: str | None = None  # the pip extra that it needs: news-annotator[EXTRA]
    aliases: tuple[str, ...] = ()  # other names under which it is known
