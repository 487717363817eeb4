"""F1 of relations between coders: twice the matched relations over the relations of both.

    F1 = 2 · matched / (|A| + |B|)

Two relations match if they have the same type and both ends are matched annotations (annotator.model.pairing: an end
with another boundary or tag is still the same end). So a relation is not counted wrong for what span measures tell.
Source: Hripcsak & Rothschild (2005), as span F1; relations over matched spans as in MeasEval (Harper et al. 2021).
"""

from collections import Counter, defaultdict
from itertools import combinations

from annotator.model.pairing import pair_two

from .measure import Choice, Counts, Measure, Row, Tally
from .readings import Document, Reading
from .result import Undefined
from .span_f1 import count_spans, f1

Triple = tuple[str, int, int]


def tally_relations(document: Document, choice: Choice) -> Tally:
    """Matched relations by type, and in all."""
    rows: defaultdict[Row, Counter[str]] = defaultdict(Counter)
    present = [coder for coder in choice.coders if coder in document.readings]
    if not any(document.readings[coder].relations for coder in present):
        return rows
    for one, other in combinations(present, 2):
        first, second = _relations(document.readings[one], document.readings[other])
        for name, found in (("first", first), ("second", second), ("matched", first & second)):
            for (type_, _, _), number in found.items():
                rows[type_][name] += number
                rows[None][name] += number
    return rows


def _relations(one: Reading, other: Reading) -> tuple[Counter[Triple], Counter[Triple]]:
    """The relations of both, with the ends of the other's as places in the first reading; −1 − place without a pair."""
    place = {pair.other: pair.one for pair in pair_two(one.annotations, other.annotations)}
    first = Counter((link.type, link.source, link.target) for link in one.relations)
    second = Counter(
        (link.type, place.get(link.source, -1 - link.source), place.get(link.target, -1 - link.target))
        for link in other.relations
    )
    return first, second


def _value(counts: Counts) -> float:
    if not counts.get("first", 0) + counts.get("second", 0):
        raise Undefined("nobody linked anything")
    return f1(counts)


MEASURE = Measure(
    name="f1_relation",
    title="F1 of relations",
    source="Hripcsak & Rothschild 2005; Harper et al. 2021",
    matching="same type, and both ends matched one to one (same spans, or at least one code point in common)",
    over="documents",
    tally=tally_relations,
    value=_value,
    count=count_spans,
)
