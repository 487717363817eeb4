"""In which order the places stand: as found, by the words to the left or right, by article or by date."""

import heapq
import re
from array import array
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt

from annotator.model.folding import fold
from annotator.storage.concordance import AROUND, Place

from ..widgets.labels import direction_of

FOUND, BEST, ARTICLE, DATE = "found", "best", "article", "date"
LEFT, RIGHT = ("left1", "left2", "left3"), ("right1", "right2", "right3")
_SLICE = 2_000  # places that are sorted at once: Python runs nothing else meanwhile
_WORD = re.compile(r"\w+")

Look = Callable[[], object]
_Keyed = tuple[tuple[str, ...], int]


def ordered(places: Sequence[Place], order: str, look: Look) -> "array[int]":
    """The numbers of the places in this order; `look` is called every moment, and may raise to stop it."""
    key = _key(order)
    slices = []
    for first in range(0, len(places), _SLICE):
        look()
        slices.append(
            sorted((key(place), number) for number, place in enumerate(places[first : first + _SLICE], first))
        )
    return array("q", _merged(slices, look))


def is_turned(place: Place) -> bool:
    """Whether a place reads from right to left: what stands before it is then to its right."""
    return direction_of(f"{place.before}{place.match}{place.after}") == Qt.LayoutDirection.RightToLeft


def left_of(place: Place) -> str:
    """What a reader sees to the left of a place, on one line of whole words."""
    return _after(place) if is_turned(place) else _before(place)


def right_of(place: Place) -> str:
    """What a reader sees to the right of it."""
    return _before(place) if is_turned(place) else _after(place)


def _before(place: Place) -> str:
    words = place.before.split()
    return " ".join(["…", *words[1:]] if len(place.before) == AROUND and len(words) > 1 else words)


def _after(place: Place) -> str:
    words = place.after.split()
    return " ".join([*words[:-1], "…"] if len(place.after) == AROUND and len(words) > 1 else words)


def _merged(slices: Sequence[list[_Keyed]], look: Look) -> Iterator[int]:
    for at, (_, number) in enumerate(heapq.merge(*map(_taken_out, slices))):
        if at % _SLICE == 0:
            look()
        yield number


def _taken_out(keyed: list[_Keyed]) -> Iterator[_Keyed]:
    """The members in their order, let go one by one: all at once, that would take as long as a dropped frame or two."""
    keyed.reverse()
    while keyed:
        yield keyed.pop()


def _key(order: str) -> Callable[[Place], tuple[str, ...]]:
    if order == ARTICLE:
        return lambda place: (fold(place.title), place.date)
    if order == DATE:
        return lambda place: (place.date or "9", fold(place.title))
    if order in LEFT:
        skipped = LEFT.index(order)
        return lambda place: _nearest_first(left_of(place), before=not is_turned(place))[skipped:]
    if order in RIGHT:
        skipped = RIGHT.index(order)
        return lambda place: _nearest_first(right_of(place), before=is_turned(place))[skipped:]
    return lambda _: ()


def _nearest_first(words: str, *, before: bool) -> tuple[str, ...]:
    """The words as they follow from the place outwards; those before it count backwards."""
    found = _WORD.findall(fold(words))
    return tuple(found[::-1] if before else found)
