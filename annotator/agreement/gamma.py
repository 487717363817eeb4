"""Gamma and gamma-cat: one best alignment of all units, which accounts for place and category at once.

    γ = 1 − δ(best alignment) / mean δ(best alignments of random continua)

The disorder δ is the sum of what the unitary alignments cost, over the mean number of units of a coder: see
gamma_alignment.py for the costs, gamma_samples.py for the random continua. Of several documents, each with an alignment
and random continua of its own, disorders are added up, weighted by the mean number of units. Gamma-cat looks at the
categories of aligned pairs of units alone:

    γ-cat = 1 − d / mean d of random continua,   d = Σ w · d_cat / Σ w over pairs,   w = max(0, 1 − α d_pos) / (n − 1)

n: the number of units in the unitary alignment. Units of one coder may overlap; no unit is left out.
Source: Mathet, Widlöcher & Métivier (2015), Computational Linguistics 41(3), 437–479; gamma-cat: Mathet (2017),
Computational Linguistics 43(3), 661–681.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .measure import Choice, Counts, Measure, Row, Tally
from .readings import Continuum, Document, Reading, Unit
from .result import Undefined

if TYPE_CHECKING:
    from .gamma_alignment import Alignment, Dissimilarity, Floats

SCALE = 1_000_000_000  # sums of disorder as whole numbers: billionths
_SAMPLES = 30  # random continua of a document, as in the reference implementation
_DOCUMENT_ALONE = 300  # of one document: where no others take part, chance is to be known as well


def tally_gamma(record: Document | Continuum, choice: Choice) -> Tally:
    """Disorders observed and expected, of each tag alone and of all together."""
    try:
        import scipy  # noqa: F401  (an extra)
    except ImportError:
        return {row: {"no solver": 1} for row in (None, *choice.tags)}
    # Of several best alignments the solver finds one: in one order it is the same one, whoever is named first.
    coders = sorted(sorted(_units(record.readings[coder])) for coder in choice.coders if coder in record.readings)
    rows: dict[Row, Counts] = {}
    for row in (None, *(choice.tags if choice.by_tag else ())):
        tags = set(choice.tags) if row is None else {row}
        units = sorted([unit for unit in each if unit[2] in tags] for each in coders)
        if any(units):
            rows[row] = _tally(units, choice)
    return rows


def _units(reading: Reading) -> Iterator[Unit]:
    """Each piece of an annotation is a unit."""
    return ((start, end, each.tag) for each in reading.annotations for start, end in each.spans)


def _tally(units: Sequence[Sequence[Unit]], choice: Choice) -> Counts:
    import numpy as np

    from .gamma_alignment import Dissimilarity, best_alignment
    from .gamma_samples import Sampler

    number = {tag: place for place, tag in enumerate(sorted({tag for each in units for _, _, tag in each}))}
    arrays = [
        np.array([(start, end, number[tag]) for start, end, tag in each], dtype=float).reshape(-1, 3) for each in units
    ]
    dissimilarity = Dissimilarity(*choice.weights)
    observed = best_alignment(arrays, dissimilarity)
    # The seed comes from the units themselves: what else is in the run, and in which order, changes nothing.
    sampler = Sampler(arrays, [zlib.crc32(repr(sorted(map(list, units))).encode())])
    samples = choice.samples or max(_SAMPLES, _DOCUMENT_ALONE // max(1, choice.documents))
    expected = expected_differing = 0.0
    exact = observed.exact
    for _ in range(samples):
        drawn = sampler.draw()
        chance = best_alignment(drawn, dissimilarity)
        expected += chance.disorder / (sum(map(len, drawn)) / len(drawn))
        expected_differing += _differing(drawn, chance, dissimilarity)[0]
        exact = exact and chance.exact
    mean = sum(map(len, units)) / len(units)
    differing, compared = _differing(arrays, observed, dissimilarity)
    return {
        "observed": round(SCALE * observed.disorder),
        "expected": round(SCALE * mean * expected / samples),
        "differing": round(SCALE * differing * compared),
        "chance differing": round(SCALE * expected_differing / samples * compared),
        "compared": round(SCALE * compared),
        "units": sum(map(len, units)),
        "samples": samples,
        "documents": 1,
        "approximate": int(not exact),
    }


def _differing(
    units: Sequence["Floats"], alignment: "Alignment", dissimilarity: "Dissimilarity"
) -> tuple[float, float]:
    """The mean categorical dissimilarity of aligned pairs, and the sum of the weights that it is the mean over."""
    import numpy as np

    members = (alignment.rows >= 0).sum(axis=1)
    total = weights = 0.0
    for second in range(1, len(units)):
        for first in range(second):
            both = (alignment.rows[:, first] >= 0) & (alignment.rows[:, second] >= 0)
            one = units[first][alignment.rows[both, first]]
            other = units[second][alignment.rows[both, second]]
            away = np.abs(one[:, 0] - other[:, 0]) + np.abs(one[:, 1] - other[:, 1])
            place = (away / (one[:, 1] - one[:, 0] + other[:, 1] - other[:, 0])) ** 2 * dissimilarity.delta
            weight = np.maximum(0, 1 - dissimilarity.alpha * place) / (members[both] - 1)
            total += float((weight * (one[:, 2] != other[:, 2])).sum()) * dissimilarity.delta
            weights += float(weight.sum())
    return (total / weights if weights else 0.0), weights


def gamma(counts: Counts) -> float:
    """At most 1, below 0 where coders agree less than chance. Raises Undefined without units or without SciPy."""
    _check(counts)
    return 1 - counts["observed"] / counts["expected"] if counts["observed"] else 1.0


def gamma_cat(counts: Counts) -> float:
    """At most 1. Raises Undefined where nothing is aligned, or where chance cannot differ."""
    _check(counts)
    if not counts["compared"]:
        raise Undefined("no units of different coders are aligned")
    if not counts["chance differing"]:
        raise Undefined("all units have the same tag, so that there is nothing to tell apart")
    return 1 - counts["differing"] / counts["chance differing"]


def _check(counts: Counts) -> None:
    if counts.get("no solver"):
        raise Undefined('SciPy is not installed (pip install "news-annotator[agreement]")')
    if not counts.get("units"):
        raise Undefined("nobody marked a unit")
    if counts["observed"] and not counts["expected"]:
        raise Undefined("random continua are all alike, so that chance cannot differ")


def _count(counts: Counts) -> Mapping[str, int]:
    return {"units": counts.get("units", 0), "samples": counts.get("samples", 0)}


def _notes(counts: Counts) -> list[str]:
    inexact = counts.get("approximate", 0)
    if not inexact:
        return []
    return [f"approximate: in {inexact} documents too many units overlap for an exact best alignment"]


GAMMA = Measure(
    name="gamma",
    title="Gamma",
    source="Mathet, Widlöcher & Métivier 2015",
    matching="best alignment of all units, by place and tag",
    over="documents",
    tally=tally_gamma,
    value=gamma,
    count=_count,
    notes=_notes,
    extra="agreement",
)
GAMMA_CAT = Measure(
    name="gamma_cat",
    title="Gamma-cat",
    source="Mathet 2017",
    matching="same tag, of units that the best alignment puts together",
    over="documents",
    tally=tally_gamma,
    value=gamma_cat,
    count=_count,
    notes=_notes,
    rows="all",
    extra="agreement",
)
