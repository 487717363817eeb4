"""Krippendorff's nominal alpha of tokens with one label each.

    α = 1 − D_o / D_e   over the table of labels, "" where no span contains the token

A token takes the tag of the span that wholly contains it; of several tags, the one that stands last in the list. So
overlapping tags hide each other; alpha_token, which has one variable for each tag, hides nothing.
More than 255 tags cannot be told apart.
Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

from .krippendorff_alpha import alpha_nominal
from .measure import Choice, Counts, Measure, Tally
from .readings import Document, Reading
from .tables import count_items
from .tokens import Tokens


def tally_labels(document: Document, choice: Choice) -> Tally:
    """How many tokens have each row of labels."""
    if len(choice.tags) > 255:
        return {}
    places = tuple(place for place, coder in enumerate(choice.coders) if coder in document.readings)
    readings = [document.readings[choice.coders[place]] for place in places]
    base = len(choice.tags) + 1
    if base ** len(readings) <= 256:
        labels = [_labels(document, each, choice.tags, base**place) for place, each in enumerate(readings)]
        counts = _counted(labels, document.tokens, base)
        rows = _rows(choice.tags, len(choice.coders), places)
        return {None: {rows[number]: times for number, times in counts.items()}}
    labels = [_labels(document, each, choice.tags) for each in readings]
    found = Counter(compress(zip(*labels, strict=True), document.tokens.starts))
    return {None: {_row(choice.tags, len(choice.coders), places, each): times for each, times in found.items()}}


def _labels(document: Document, reading: Reading, tags: Sequence[str], weight: int = 1) -> bytearray:
    """The label at each code point, times the weight: 0 none, else its place among the tags, counted from 1."""
    tokens = document.tokens
    goes_on, length = tokens.goes_on, len(document.text)
    labels = bytearray(length)
    for number, tag in enumerate(tags, start=1):
        label = bytes((number * weight,))
        for start, end in reading.of(tag).all:
            if end < length and goes_on[end]:
                start, end = tokens.whole(start, end)
            labels[start:end] = label * (end - start)
    return labels


def _counted(labels: Sequence[bytearray], tokens: Tokens, base: int) -> dict[int, int]:
    """How many tokens have each number, which says all labels of a token: the sum of those that stand where it begins,
    each coder's times another power of the base. So no token is looked at by itself."""
    digits = sum([int.from_bytes(each, "little") for each in labels])
    at_starts = (digits & int.from_bytes(tokens.starts, "little") * 255).to_bytes(len(tokens.starts), "little")
    labelled = at_starts.translate(None, b"\0")
    found = {number: labelled.count(number) for number in range(1, base ** len(labels))}
    return {0: tokens.number - len(labelled), **found}


@lru_cache
def _rows(tags: tuple[str, ...], coders: int, places: tuple[int, ...]) -> Sequence[tuple[str | None, ...]]:
    """The row of each number."""
    base = len(tags) + 1
    digits = [[number // base**place % base for place in range(len(places))] for number in range(base ** len(places))]
    return [_row(tags, coders, places, each) for each in digits]


def _row(tags: Sequence[str], coders: int, places: Sequence[int], labels: Sequence[int]) -> tuple[str | None, ...]:
    """The label of each coder, None without a reading."""
    row: list[str | None] = [None] * coders
    for place, label in zip(places, labels, strict=True):
        row[place] = ("", *tags)[label]
    return tuple(row)


def _count(counts: Counts) -> dict[str, int]:
    return {"tokens": count_items(counts)["items"]}


MEASURE = Measure(
    name="krippendorff_alpha_nominal_tokenwise",
    title="Krippendorff’s alpha, one label a token",
    source="Krippendorff 2011",
    matching="same label of a token; where tags overlap, the one that stands last in the list",
    over="documents",
    tally=tally_labels,
    value=alpha_nominal,
    count=_count,
    rows="all",
    of_spans=True,
)
