"""Krippendorff's nominal alpha of tokens with one label each.

    α = 1 − D_o / D_e   over the table of labels, "" where no span contains the token

A token takes the tag of the span that wholly contains it; of several tags, the one that stands last in the list. So
overlapping tags hide each other; alpha_token, which has one variable for each tag, hides nothing.
Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability.
"""

from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import compress

from .krippendorff_alpha import alpha_nominal
from .measure import Choice, Counts, Measure, Tally
from .readings import Document, Reading
from .tables import count_items


def tally_labels(document: Document, choice: Choice) -> Tally:
    """How many tokens have each row of labels."""
    here = [document.readings.get(coder) for coder in choice.coders]
    labels = [_labels(document, reading, choice) for reading in here if reading is not None]
    present = [place for place, reading in enumerate(here) if reading is not None]
    counts: dict[tuple[str | None, ...], int] = {}
    for numbers, times in Counter(zip(*labels, strict=True)).items():
        row: list[str | None] = [None] * len(here)
        for place, number in zip(present, numbers, strict=True):
            row[place] = choice.tags[number - 1] if number else ""
        counts[tuple(row)] = times
    return {None: counts}


def _labels(document: Document, reading: Reading, choice: Choice) -> Iterable[int]:
    """The label of each token: 0 none, else its place among the tags, counted from 1."""
    tokens = document.tokens
    labels = array("H", bytes(2 * len(document.text)))
    for number, tag in enumerate(choice.tags, start=1):
        for spans in reading.by_tag.get(tag, ()):
            for start, end in spans:
                start, end = tokens.whole(start, end)
                labels[start:end] = array("H", [number]) * (end - start)
    return compress(labels, tokens.starts)


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
