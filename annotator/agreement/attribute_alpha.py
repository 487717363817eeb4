"""Krippendorff's alpha of an attribute's values, on the annotations that both coders marked.

    α = 1 − D_o / D_e   over the values of matched annotations (formulas: krippendorff_alpha.py)

Matched are annotations of one tag that annotator.model.pairing puts together: the same spans first, then overlapping
ones, one to one. Each matched pair of each pair of coders is one item. A pair that only one of the two described is not
compared, and counted. What has no partner has no value here: read it beside F1.
Source: Krippendorff (2019), Content Analysis, 4th ed., ch. 12.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations
from typing import Any

from annotator.model.pairing import pair_two

from .krippendorff_alpha import ALPHAS
from .measure import Choice, Counts, Level, Measure, Row, Tally
from .readings import Annotation, Document
from .result import Undefined
from .tables import rows_of


def matched(document: Document, choice: Choice) -> Iterator[tuple[Annotation, Annotation]]:
    """The pairs of annotations with the same tag, of all pairs of coders."""
    present = [coder for coder in choice.coders if coder in document.readings]
    for one, other in combinations(present, 2):
        first, second = document.readings[one].annotations, document.readings[other].annotations
        for pair in pair_two(first, second):
            if pair.rule in (1, 3):
                yield first[pair.one], second[pair.other]


def _tally(document: Document, choice: Choice, level: Level) -> Tally:
    rows: defaultdict[Row, Counter[Hashable]] = defaultdict(Counter)
    asked = [name.split(".", 1) for name, of_level in choice.levels.items() if of_level == level]
    if not asked:
        return {}
    for one, other in matched(document, choice):
        for tag, attribute in asked:
            if one.tag == tag:
                values = _value(one, attribute), _value(other, attribute)
                # In one order, so that it does not matter who is named first.
                rows[f"{tag}.{attribute}"][tuple(sorted(values, key=lambda value: (value is None, repr(value))))] += 1
    return rows


def _value(annotation: Annotation, attribute: str) -> Any:
    """As something that can be counted: of a list its values in order, of none nothing."""
    value = annotation.attributes.get(attribute)
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(sorted(map(str, value))) or None
    return value


def _count(counts: Counts) -> Mapping[str, int]:
    table = rows_of(counts)
    described = sum(number for values, number in table.items() if None not in values)
    return {"matched": sum(table.values()), "compared": described}


def _notes(counts: Counts) -> list[str]:
    alone = sum(number for values, number in rows_of(counts).items() if (values[0] is None) != (values[1] is None))
    return [f"{alone} matched pairs left out, as only one coder gave a value"] if alone else []


def _measure(level: Level) -> Measure:
    def tally(document: Document, choice: Choice) -> Tally:
        return _tally(document, choice, level)

    def value(counts: Counts) -> float:
        try:
            return ALPHAS[level](counts)
        except Undefined as error:
            if "no item" in str(error):
                raise Undefined("no matched pair of annotations has values of both coders") from None
            raise

    return Measure(
        name=f"alpha_attribute_{level}",
        title=f"Krippendorff’s alpha of an attribute, {level}",
        source="Krippendorff 2019, ch. 12",
        matching="same value" + ("" if level == "nominal" else f" or a near one ({level})") + ", on annotations matched"
        " one to one: same tag, and the same spans or at least one code point in common",
        over="documents",
        tally=tally,
        value=value,
        count=_count,
        notes=_notes,
        rows="tags",
    )


NOMINAL, ORDINAL, INTERVAL, RATIO = _measure("nominal"), _measure("ordinal"), _measure("interval"), _measure("ratio")
