"""Continua cut into units and gaps: what the alphas of the unitizing family are made of.

Each coder's units, with the gaps between them, divide the continuum; so the units of one coder must not overlap.
Where they do, the one that starts first stays, of two that start together the longer; the others are left out and
counted. The row of a tag looks at that tag alone, the row of all tags has them side by side, so that a figure inside a
claim is left out there. Texts of several documents are one continuum: no unit goes from one into the next.

What adds up; m is the number of coders of a continuum, "in common" is counted for each pair of coders once:

    ("length", c), "squares", "gaps"   Σ length of the units of tag c; Σ length² of all units; Σ length of the gaps
    ("same", m, c)                     length in common of units of tag c with units of tag c of others, twice
    ("met", m, c)                      length in common of units of tag c with units of any tag of others
    ("paired", m, c)                   Σ (length in common with units of the others)² over the units of tag c

Source: Krippendorff, Mathet, Bouvry & Widlöcher (2016), Quality & Quantity 50, 2347–2364; Krippendorff (2019), Content
Analysis, 4th ed., ch. 12.6.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from .measure import Choice, Counts, Row, Tally
from .readings import Continuum, Document, Unit, units_of
from .result import Undefined

SOURCE = "Krippendorff et al. 2016; Krippendorff 2019, ch. 12.6"


def tally_units(record: Document | Continuum, choice: Choice) -> Tally:
    """All tags on one continuum, and each tag on its own; the latter with what ku-alpha takes from the former."""
    length = len(record.text) if isinstance(record, Document) else record.length
    coders: list[list[Unit]] = []
    by_tag: list[defaultdict[str, list[Unit]]] = []
    for units in units_of(record, choice.coders):
        coders.append([])
        by_tag.append(defaultdict(list))
        for start, before_end, tag in sorted([(start, -end, tag) for start, end, tag in units]):  # the longest first
            if tag in choice.tags:
                unit = (start, -before_end, tag)
                coders[-1].append(unit)
                by_tag[-1][tag].append(unit)
    together = _tally(coders, length)
    rows: dict[Row, Counts] = {None: together}
    among = {key: number for key, number in together.items() if isinstance(key, tuple) and len(key) == 3}
    met = sum(number for (what, _, _), number in among.items() if what == "met")
    for tag in choice.tags:
        own = [units[tag] for units in by_tag]
        if any(own):
            its = {("among", *key): number for key, number in among.items() if key[2] == tag}
            rows[tag] = _tally(own, length) | its | {("among", "met", len(coders), None): met}
    return rows


def _tally(coders: Sequence[Sequence[Unit]], length: int) -> dict[Hashable, int]:
    counts: defaultdict[Hashable, int] = defaultdict(int)
    m = len(coders)
    kept = [_without_overlaps(units) for units in coders]
    gaps, squares = length * m, 0
    for units in kept:
        for start, end, tag in units:
            size = end - start
            gaps -= size
            squares += size * size
            counts["length", tag] += size
    shared = [[0] * len(units) for units in kept]
    for i, j in combinations(range(m), 2):
        for tag, both in _common(kept[i], kept[j], shared[i], shared[j]).items():
            counts["same", m, tag] += 2 * both
    for units, in_common in zip(kept, shared, strict=True):
        for (_, _, tag), common in zip(units, in_common, strict=True):
            if common:
                counts["met", m, tag] += common
                counts["paired", m, tag] += common * common
    number = sum(map(len, kept))
    return {**counts, "gaps": gaps, "squares": squares, "units": number, "left out": sum(map(len, coders)) - number}


def _without_overlaps(units: Sequence[Unit]) -> list[Unit]:
    kept: list[Unit] = []
    last = -1
    for unit in units:
        if unit[0] >= last:
            kept.append(unit)
            last = unit[1]
    return kept


def _common(one: Sequence[Unit], other: Sequence[Unit], mine: list[int], theirs: list[int]) -> Mapping[str, int]:
    """Length in units of the same tag of both, by tag; adds to each unit's own length in common with the other coder.

    Within a coder no units overlap, and they are in order.
    """
    same: defaultdict[str, int] = defaultdict(int)
    i = j = 0
    while i < len(one) and j < len(other):
        start, end, tag = one[i]
        begin, stop, of_tag = other[j]
        common = min(end, stop) - max(start, begin)
        if common > 0:
            mine[i] += common
            theirs[j] += common
            if tag == of_tag:
                same[tag] += common
        if end <= stop:
            i += 1
        else:
            j += 1
    return same


class Lengths(NamedTuple):
    """The sums of the coincidence matrix ℓ, each pair of coders counting 1/(m − 1)."""

    same: Mapping[str, float]  # ℓ_cc
    met: Mapping[str, float]  # Σ_k ℓ_ck over tags, without gaps
    paired: Mapping[str, float]  # Σ (length in common with units of others)²
    lengths: Mapping[str, int]  # ℓ_c., with gaps: all of their length
    gaps: int  # ℓ_φ.
    squares: int  # Σ length²


def lengths(counts: Counts) -> Lengths:
    """Read the sums. Raises Undefined if nobody marked a unit."""
    sums: dict[str, dict[str, float]] = {"same": {}, "met": {}, "paired": {}}
    by_tag: dict[str, int] = {}
    for key, number in counts.items():
        if isinstance(key, tuple) and key[0] == "length" and number:
            by_tag[key[1]] = number
        elif isinstance(key, tuple) and key[0] in sums:
            what, m, tag = key
            weight = (m - 1) ** 2 if what == "paired" else m - 1
            sums[what][tag] = sums[what].get(tag, 0.0) + number / weight
    if not by_tag:
        raise Undefined("nobody marked a unit")
    return Lengths(sums["same"], sums["met"], sums["paired"], by_tag, counts["gaps"], counts["squares"])


def beyond_chance(observed: float, expected: float, what: str) -> float:
    """1 − D_o / D_e. Raises Undefined where chance cannot disagree."""
    if expected <= 0:
        raise Undefined(f"{what}, so that there is nothing to tell apart")
    return 1 - observed / expected


def count_units(counts: Counts) -> Mapping[str, int]:
    """Units that count, of all coders."""
    return {"units": counts.get("units", 0)}


def notes_on_overlaps(counts: Counts) -> list[str]:
    """How many units were left out."""
    left = counts.get("left out", 0)
    return [f"{left} overlapping units left out, as the measure allows none"] if left else []
