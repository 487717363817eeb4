"""Krippendorff's nominal alpha of tokens with one label each.

    α = 1 − D_o / D_e   over the table of labels, "" where no span contains the token

A token takes the tag of the span that wholly contains it; of several tags, the one that stands last in the list. So
overlapping tags hide each other; alpha_token, which has one variable for each tag, hides nothing.
More than 255 tags cannot be told apart.
Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import compress

from .krippendorff_alpha import alpha_nominal
from .measure import Choice, Counts, Measure, Tally
from .readings import Document, Reading
from .tables import count_items


def tally_labels(document: Document, choice: Choice) -> Tally:
    """How many tokens have each row of labels."""
    if len(choice.tags) > 255:
        return {}
    present = [coder for coder in choice.coders if coder in document.readings]
    labels = [_labels(document, document.readings[coder], choice) for coder in present]
    base = len(choice.tags) + 1
    if base ** len(labels) <= 256:  # one number says all labels of a token, and counting numbers is quick
        digits = sum(int.from_bytes(each, "little") * base**place for place, each in enumerate(labels))
        numbers = Counter(compress(digits.to_bytes(len(document.text), "little"), document.tokens.starts))
        found = {
            tuple(number // base**place % base for place in range(len(labels))): times
            for number, times in numbers.items()
        }
    else:
        found = Counter(compress(zip(*labels, strict=True), document.tokens.starts))
    return {None: {_row(choice, dict(zip(present, each, strict=True))): times for each, times in found.items()}}


def _row(choice: Choice, labels: Mapping[str, int]) -> tuple[str | None, ...]:
    """The label of each coder, None without a reading."""
    names = ("", *choice.tags)
    return tuple(names[labels[coder]] if coder in labels else None for coder in choice.coders)


def _labels(document: Document, reading: Reading, choice: Choice) -> bytearray:
    """The label at each code point: 0 none, else its place among the tags, counted from 1."""
    tokens = document.tokens
    labels = bytearray(len(document.text))
    for number, tag in enumerate(choice.tags, start=1):
        for spans in reading.by_tag.get(tag, ()):
            for start, end in spans:
                start, end = tokens.whole(start, end)
                labels[start:end] = bytes((number,)) * (end - start)
    return labels


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
)
