"""Gamma of one document, beside pygamma-agreement where that comes to an end."""

import random

from annotator.agreement import Continuum, agreement
from annotator.agreement.gamma import GAMMA

from .. import peers
from ..bench import Bench, Row
from ..measure import Figure, Goal, median, timed

_SAMPLES = 30
_TAGS = ("a", "b", "c")
_CASES = ((10, 2), (20, 2), (50, 2), (6, 3), (12, 3))  # spans, coders
_TOO_LARGE = ((20, 3), (60, 3), (20, 4))  # for the peer, which did not end in 100 s

Units = dict[str, list[tuple[int, int, str]]]


def run(bench: Bench) -> list[Figure]:
    """The same continua to both, with as many random ones for chance."""
    figures = []
    for spans, coders in _CASES[:2] if bench.quick else _CASES:
        units = _units(spans, coders)
        told = peers.answered("pygamma", {"units": units, "samples": _SAMPLES, "runs": 3})
        times = _times(bench, units)
        note = "floor: pygamma-agreement" if told else "pygamma-agreement is not installed"
        goal = Goal(factor=0.1) if told else None
        floor = median(told[0]) if told else None
        figures.append(Figure(f"{spans} spans × {coders} coders", median(times), "ms", len(times), floor, goal, note))
    for spans, coders in _TOO_LARGE[:1] if bench.quick else _TOO_LARGE:
        times = _times(bench, _units(spans, coders))
        note = "exact; pygamma-agreement does not end"
        figures.append(Figure(f"{spans} spans × {coders} coders", median(times), "ms", len(times), note=note))
    return figures


def _times(bench: Bench, units: Units) -> list[float]:
    continuum = Continuum(4_000, units)
    times = []
    for _ in range(bench.runs(5) + 1):
        times.append(
            timed(lambda: agreement([continuum], [GAMMA], tags=_TAGS, samples=_SAMPLES, by_tag=False, draws=0))
        )
        (result,) = agreement([continuum], [GAMMA], tags=_TAGS, samples=1, by_tag=False, draws=0)
        if result.notes:
            raise AssertionError("the alignment is not exact")
    return times[1:]


def _units(spans: int, coders: int) -> Units:
    """Units that the coders mark most alike, in random places of a text of 4,000 characters."""
    chance = random.Random(spans * 10 + coders)
    starts = sorted(chance.randrange(3_900) for _ in range(spans))
    truth = [(start, start + chance.randint(4, 60), chance.choice(_TAGS)) for start in starts]
    return {
        coder: [
            (start + chance.randint(0, 8), end + chance.randint(8, 16), tag)
            for start, end, tag in truth
            if chance.random() < 0.9
        ]
        for coder in "ABCDE"[:coders]
    }


ROW = Row("gamma", "Gamma of one document", run, window=False)
