"""Times, medians, goals and growth: the arithmetic that all rows share."""

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Action = Callable[[], object]


@dataclass(frozen=True)
class Goal:
    """A figure may be at most `factor` × its floor + `plus`, in the figure's unit."""

    factor: float = 0.0
    plus: float = 0.0

    def limit(self, floor: float | None) -> float:
        """What this goal allows beside a floor."""
        return self.factor * (floor or 0.0) + self.plus

    def words(self, unit: str) -> str:
        """The goal as the table says it."""
        space = " " if unit else ""
        if not self.factor:
            return f"≤ {self.plus:g}{space}{unit}"
        times = "floor" if self.factor == 1 else f"{self.factor:g} × floor"
        return f"≤ {times}" + (f" + {self.plus:g}{space}{unit}" if self.plus else "")


@dataclass(frozen=True)
class Figure:
    """One measured number; `n` says of how many runs, `floor` what the bare work took in the same run."""

    what: str
    value: float
    unit: str
    n: int
    floor: float | None = None
    goal: Goal | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        return None if self.goal is None else self.value <= self.goal.limit(self.floor)

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.value / self.floor if self.floor else None

    def as_json(self) -> dict[str, Any]:
        """All of it, with what follows from it."""
        told = self.goal.words(self.unit) if self.goal else ""
        return {**asdict(self), "goal": told, "ratio": self.ratio, "met": self.met}


def timed(action: Action) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def interleaved(ours: Action, floor: Action, runs: int) -> tuple[list[float], list[float]]:
    """Milliseconds of both, in turns: what else the machine does meets both alike. One turn before does not count."""
    gc.collect()
    pairs = []
    for run in range(runs + 1):
        pair = (timed(ours), timed(floor)) if run % 2 else tuple(reversed((timed(floor), timed(ours))))
        pairs.append(pair)
    return [mine for mine, _ in pairs[1:]], [bare for _, bare in pairs[1:]]


def median(values: Iterable[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not pass (nearest rank)."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def exponent(by_size: Mapping[int, float]) -> float:
    """How time grows with size: the slope of a straight line through both logarithms, by least squares."""
    points = [(math.log(size), math.log(value)) for size, value in by_size.items()]
    across = statistics.fmean(x for x, _ in points)
    up = statistics.fmean(y for _, y in points)
    return sum((x - across) * (y - up) for x, y in points) / sum((x - across) ** 2 for x, _ in points)


def growth(what: str, by_size: Mapping[int, float], limit: float) -> Figure:
    """The growth exponent as a figure."""
    sizes = " → ".join(f"{size:,}" for size in by_size)
    return Figure(f"{what}: growth exponent", exponent(by_size), "", len(by_size), goal=Goal(plus=limit), note=sizes)


def peak_memory() -> float:
    """The most megabytes this process has held at once."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        import resource
        import sys

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
