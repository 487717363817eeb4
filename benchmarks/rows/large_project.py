"""Opening a large project: time to a usable window, and memory."""

from ..bench import Bench, Row
from ..measure import Figure, Goal, median
from ..processes import start
from ..projects import big_project

_EACH = 10  # annotations of a document


def run(bench: Bench) -> list[Figure]:
    """Start the program with the project: the list is filled, the first article painted with its annotations."""
    documents, runs = (2_000, 3) if bench.quick else (100_000, 5)
    path = big_project(documents, _EACH)
    started = [start("ours", path) for _ in range(runs + 1)][1:]
    for each in started:
        if each.told["documents"] != documents:
            raise AssertionError(f"the list has {each.told['documents']} of {documents} documents")
    ready = median(each.painted for each in started)
    opened = median(each.told["open"] for each in started)
    memory = median(each.told["memory"] for each in started)
    return [
        Figure("start of the process to usable", ready, "ms", runs, goal=Goal(plus=1500), note=_size(documents)),
        Figure("making the window and opening within that", opened, "ms", runs),
        Figure("peak memory", memory, "MB", runs, goal=Goal(plus=400)),
    ]


def _size(documents: int) -> str:
    return f"{documents:,} documents, {documents * _EACH:,} annotations"


ROW = Row("large_project", "Open a large project to a usable window", run)
