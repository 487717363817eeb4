"""Each token, or each character, as an item with one yes-or-no value for each tag: is it inside a span of the tag?

So a reading with overlapping tags becomes tables that the plain measures read, one for each tag. What nobody tagged
counts as agreement here: that is what chance correction is for, and why percent agreement of tokens says little.

A token is a run of letters and digits or one other sign; it is inside a span that contains it wholly.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise, product

from .measure import Choice, Counts, Row, Tally
from .pieces import crossing, joined
from .readings import Document
from .tables import rows_of
from .tokens import Tokens

Inside = Mapping[tuple[bool, ...], int]  # by combination of the coders who read it
Stretches = Iterable[tuple[int, int]]  # sorted; none overlaps another


def tally_characters(document: Document, choice: Choice) -> Tally:
    """How many code points each combination of coders has inside a span, by tag."""

    def of_two(one: str, other: str, tag: str) -> tuple[int, int, int]:
        meeting = document.meeting(one, other, tag)
        same, rest = meeting.length, meeting.covered
        return same + _length(rest.first), same + _length(rest.second), same + rest.common

    def covered(coder: str, tag: str) -> Stretches:
        return document.readings[coder].of(tag).covered

    return _tally(document, choice, _Items(document.length, of_two, covered, lambda start, end: end - start))


def tally_tokens(document: Document, choice: Choice) -> Tally:
    """How many tokens each combination of coders has inside a span, by tag."""
    tokens = document.tokens

    def of_two(one: str, other: str, tag: str) -> tuple[int, int, int]:
        meeting = document.meeting(one, other, tag)
        same = tokens.inside(meeting.same)
        if meeting.crowded:
            rest = crossing(*(_tokens_apart(tokens, each) for each in (meeting.first, meeting.second)))
        else:
            rest = meeting.kept
        # A token lies in stretches of both if it lies in what they have in common.
        return same + tokens.inside(rest.first), same + tokens.inside(rest.second), same + tokens.inside(rest.shared)

    def covered(coder: str, tag: str) -> Stretches:
        return joined(sorted([tokens.whole(*piece) for piece in document.readings[coder].of(tag).all]))

    return _tally(document, choice, _Items(tokens.number, of_two, covered, partial(tokens.starts.count, 1)))


def _tokens_apart(tokens: Tokens, pieces: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Pieces that overlap or touch as one, without the tokens that they cut: one that both cut lies in neither."""
    found: list[tuple[int, int]] = []
    last = -1
    for start, end in pieces:
        if start > last:
            found.append((start, end))
        else:
            found[-1] = tokens.whole(*found[-1])
            found.append(tokens.whole(start, end))
        last = max(last, end)
    found.sort()
    return joined(found)


def _length(stretches: Stretches) -> int:
    return sum([end - start for start, end in stretches])


@dataclass(frozen=True)
class _Items:
    """What is counted in a document: how many there are; how many each of two coders and both have inside a tag; what a
    coder has inside, and how many begin from one place to another."""

    number: int
    of_two: Callable[[str, str, str], tuple[int, int, int]]
    covered: Callable[[str, str], Stretches]
    begun: Callable[[int, int], int]


def _tally(document: Document, choice: Choice, items: _Items) -> Tally:
    """The tables of all tags. The rows of all and of none are in each: both values can be given, even if nobody did."""
    places = tuple(place for place, coder in enumerate(choice.coders) if coder in document.readings)
    coders = [choice.coders[place] for place in places]
    size = len(choice.coders)
    tables: dict[Row, Counts] = {}
    if len(coders) == 2:  # nearly always, and without a look at each place
        one, other = coders
        in_both, in_one, in_other, in_none = (_row(size, places, values) for values in product((True, False), repeat=2))
        for tag in choice.tags:
            first, second, both = items.of_two(one, other, tag)
            outside = items.number - first - second + both
            tables[tag] = {in_both: both, in_one: first - both, in_other: second - both, in_none: outside}
    else:
        for tag in choice.tags:
            found = _combinations(items, coders, tag)
            tables[tag] = {_row(size, places, values): number for values, number in found.items()}
    return tables


def _combinations(items: _Items, coders: Sequence[str], tag: str) -> Inside:
    """From each place where a stretch of a coder begins or ends to the next."""
    changes = sorted(
        (end, place) for place, coder in enumerate(coders) for each in items.covered(coder, tag) for end in each
    )
    found: Counter[tuple[bool, ...]] = Counter({(True,) * len(coders): 0})
    now = [False] * len(coders)
    for (at, place), (following, _) in pairwise(changes):
        now[place] = not now[place]
        if at < following and any(now):
            found[tuple(now)] += items.begun(at, following)
    found[(False,) * len(coders)] = items.number - found.total()
    return found


@lru_cache(maxsize=10_000)
def _row(coders: int, places: tuple[int, ...], values: tuple[bool, ...]) -> tuple[bool | None, ...]:
    """The row of the table for what those at the places have, None for coders without a reading."""
    row: list[bool | None] = [None] * coders
    for place, value in zip(places, values, strict=True):
        row[place] = value
    return tuple(row)


def count_tokens(counts: Counts) -> Mapping[str, int]:
    """All tokens, and those that at least one coder has inside a span."""
    return _counted(counts, "tokens")


def count_characters(counts: Counts) -> Mapping[str, int]:
    """All code points, and those that at least one coder has inside a span."""
    return _counted(counts, "characters")


def _counted(counts: Counts, name: str) -> Mapping[str, int]:
    table = rows_of(counts)
    return {name: sum(table.values()), "tagged": sum(number for values, number in table.items() if any(values))}
