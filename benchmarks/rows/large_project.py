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
    what = f"{documents:,} documents, {documents * _EACH:,} annotations"
    return [
        Figure(f"{what}: start of the process to usable", median(s.painted for s in started), "ms", runs, goal=Goal(plus=1500)),
        Figure(f"{what}: opening within that", median(s.told["open"] for s in started), "ms", runs),
        Figure(f"{what}: peak memory", median(s.told["memory"] for s in started), "MB", runs, goal=Goal(plus=400)),
    ]


ROW = Row("large_project", "Open a large project to a usable window", run)
