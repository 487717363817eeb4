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
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from .measure import Choice, Counts, Row, Tally, once, planned
from .pieces import Meeting, Piece
from .readings import Continuum, Document, Unit
from .result import Undefined

_Part = tuple[Hashable, str, int]  # key, tag, weight

SOURCE = "Krippendorff et al. 2016; Krippendorff 2019, ch. 12.6"


def tally_units(record: Document | Continuum, choice: Choice) -> Tally:
    """All tags on one continuum, and each tag on its own; the latter with what ku-alpha takes from the former."""
    coders = [coder for coder in choice.coders if coder in record.readings]
    m = len(coders)
    together = _together(record, coders, choice.tags)
    rows: dict[Row, Counts] = {None: together}
    all_met = sum([together.get(("met", m, tag), 0) for tag in choice.tags])
    for tag in choice.tags:
        pieces = [record.readings[coder].of(tag) for coder in coders]
        length = sum([each.length for each in pieces])  # a text in which nobody used the tag is a gap of its continuum
        counts: dict[Hashable, int] = {
            ("length", tag): length,
            "gaps": record.length * m - length,
            "squares": sum([each.squares for each in pieces]),
            "units": sum([len(each.kept) for each in pieces]),
            "left out": sum([each.left_out for each in pieces]),
            ("among", "met", m, None): all_met,
        }
        meetings = {(i, j): record.meeting(coders[i], coders[j], tag) for i, j in combinations(range(m), 2)}
        if common := 2 * sum([each.length + each.kept.common for each in meetings.values()]):
            counts["same", m, tag] = counts["met", m, tag] = common
            counts["paired", m, tag] = _squares_in_common(m, meetings)
        for what in ("same", "met", "paired"):
            if number := together.get((what, m, tag)):
                counts["among", what, m, tag] = number
        rows[tag] = counts
    return rows


def _together(record: Document | Continuum, coders: Sequence[str], tags: Sequence[str]) -> dict[Hashable, int]:
    """The units of all tags side by side."""
    m = len(coders)
    number = 0
    kept: list[list[Unit]] = []
    for coder in coders:
        units = [(start, end, tag) for tag in tags for start, end in record.readings[coder].of(tag).all]
        units.sort()
        number += len(units)
        kept.append(_without_overlaps(units))
    same, met, paired, lengths = (dict.fromkeys(tags, 0) for _ in range(4))
    shared = [[0] * len(units) for units in kept]
    for i, j in combinations(range(m), 2):
        _meet(kept[i], kept[j], shared[i], shared[j], same)
    squares = 0
    for listed, in_common in zip(kept, shared, strict=True):
        for (start, end, tag), common in zip(listed, in_common, strict=True):
            size = end - start
            lengths[tag] += size
            squares += size * size
            if common:
                met[tag] += common
                paired[tag] += common * common
    units_kept = sum(map(len, kept))
    return {
        **{("length", tag): length for tag, length in lengths.items()},
        **{("same", m, tag): 2 * length for tag, length in same.items()},
        **{("met", m, tag): length for tag, length in met.items()},
        **{("paired", m, tag): square for tag, square in paired.items()},
        "gaps": record.length * m - sum(lengths.values()),
        "squares": squares,
        "units": units_kept,
        "left out": number - units_kept,
    }


def _without_overlaps(units: Sequence[Unit]) -> list[Unit]:
    """Of sorted units those that stay; of the same ones the first."""
    kept: list[Unit] = []
    begin = last = -1
    for unit in units:
        start, end, _ = unit
        if start >= last:
            kept.append(unit)
            begin, last = start, end
        elif start == begin and end > last:
            kept[-1] = unit
            last = end
    return kept


def _meet(one: Sequence[Unit], other: Sequence[Unit], mine: list[int], theirs: list[int], same: dict[str, int]) -> None:
    """Add the length that each unit has in common with the other coder, and that in units of the same tag.

    Within a coder no units overlap, and they are in order.
    """
    i = j = 0
    last_i, last_j = len(one), len(other)
    while i < last_i and j < last_j:
        start, end, tag = one[i]
        begin, stop, of_tag = other[j]
        if start < stop and begin < end:
            common = (end if end < stop else stop) - (start if start > begin else begin)
            mine[i] += common
            theirs[j] += common
            if tag == of_tag:
                same[tag] += common
        if end < stop:
            i += 1
        elif stop < end:
            j += 1
        else:
            i += 1
            j += 1


def _squares_in_common(coders: int, meetings: Mapping[tuple[int, int], Meeting]) -> int:
    """Σ (length in common with units of the other coders)² over all units of one tag."""
    total = 0
    by_coder: list[defaultdict[Piece, int]] = [defaultdict(int) for _ in range(coders)]
    for (i, j), meeting in meetings.items():
        if coders == 2:  # what is the same meets nothing else
            total = 2 * sum([(end - start) ** 2 for start, end in meeting.same])
        else:
            for piece in meeting.same:
                by_coder[i][piece] += piece[1] - piece[0]
                by_coder[j][piece] += piece[1] - piece[0]
        rest = meeting.kept
        for (one, other), (start, end) in zip(rest.pairs, rest.shared, strict=True):
            by_coder[i][one] += end - start
            by_coder[j][other] += end - start
    return total + sum([size * size for shared in by_coder for size in shared.values()])


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
    return once(_lengths, counts)


def _lengths(counts: Counts) -> Lengths:
    by_kind = planned(_parts, counts)
    by_tag = {tag: counts[key] for key, tag, _ in by_kind["length"] if counts[key]}
    if not by_tag:
        raise Undefined("nobody marked a unit")
    same, met, paired = (_weighed(counts, by_kind[kind]) for kind in ("same", "met", "paired"))
    return Lengths(same, met, paired, by_tag, counts["gaps"], counts["squares"])


def _weighed(counts: Counts, parts: Sequence[_Part]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for key, tag, weight in parts:
        sums[tag] = sums.get(tag, 0.0) + counts[key] / weight
    return sums


def _parts(keys: Iterable[Any]) -> Mapping[str, Sequence[_Part]]:
    """By what is counted: the keys, each with its tag and with how many others a coder is held against."""
    found: dict[str, list[_Part]] = {"length": [], "same": [], "met": [], "paired": []}
    for key in keys:
        match key:
            case ("length", tag):
                found["length"].append((key, tag, 1))
            case ("same" | "met" as what, m, tag):
                found[what].append((key, tag, m - 1))
            case ("paired", m, tag):
                found["paired"].append((key, tag, (m - 1) ** 2))
    return found


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
