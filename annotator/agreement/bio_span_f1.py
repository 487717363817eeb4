"""F1 of spans in sequences of B-, I- and O-labels, read strictly.

    F1 = 2 · matched / (|A| + |B|)

A span begins with B- and goes on with I- of the same type; an I- without its B- belongs to no span. Two spans match
if they lie at the same place and have the same type. This is the strict reading of IOB2, as "strict" in seqeval.
Source: Ramshaw & Marcus (1995); Nakayama (2018), seqeval, mode="strict", scheme=IOB2.
"""

from collections.abc import Sequence

from .measure import Choice, Counts, Measure, Tally
from .span_f1 import count_spans, f1

Labels = Sequence[str]


def spans_of(labels: Labels) -> set[tuple[int, int, str]]:
    """First place, place behind the last, type."""
    found: set[tuple[int, int, str]] = set()
    start, type_ = 0, ""
    for place, label in enumerate([*labels, "O"]):
        prefix, _, of_type = label.partition("-")
        if type_ and (prefix != "I" or of_type != type_):
            found.add((start, place, type_))
            type_ = ""
        if prefix == "B":
            start, type_ = place, of_type
    return found


def tally_labels(pair: tuple[Labels, Labels], _choice: Choice) -> Tally:
    """A record is the labels of two coders for one text."""
    first, second = map(spans_of, pair)
    counts: Counts = {"first": len(first), "second": len(second), "matched": len(first & second)}
    return {None: counts}


MEASURE = Measure(
    name="bio_span_f1_strict",
    title="F1 of strict B-I-O spans",
    source="Ramshaw & Marcus 1995; seqeval, strict IOB2",
    matching="same first and last token and same type",
    over="sequences",
    tally=tally_labels,
    value=f1,
    count=count_spans,
    rows="all",
)
