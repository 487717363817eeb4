"""Starting the program: the whole process, from its launch to a painted window."""

from pathlib import Path

from ..bench import Bench, Row
from ..measure import Figure, Goal, median
from ..processes import Started, start
from ..projects import project_with

_GOAL = Goal(factor=3)


def run(bench: Bench) -> list[Figure]:
    """The start page, and a project of six articles, in turns with an empty PySide6 window.

    Files are in the system's cache and Python's are compiled: the first start after an installation takes longer.
    """
    runs = bench.runs(10)
    path = bench.folder / "small.annotator"
    project_with(path, bench.corpus.articles(6, 50)).close()
    page, small, empty = _in_turns([("ours", None), ("ours", path), ("empty", None)], runs)
    bare = median(each.painted for each in empty)
    return [
        Figure("start page", median(each.painted for each in page), "ms", runs, bare, _GOAL),
        Figure("a project of 6 articles", median(each.painted for each in small), "ms", runs, bare, _GOAL),
        Figure(
            "a project, until the process has ended",
            median(each.whole for each in small),
            "ms",
            runs,
            median(each.whole for each in empty),
        ),
        Figure(
            "memory",
            median(each.told["memory"] for each in small),
            "MB",
            runs,
            median(each.told["memory"] for each in empty),
        ),
    ]


def _in_turns(kinds: list[tuple[str, Path | None]], runs: int) -> list[list[Started]]:
    rounds = [[start(*kind) for kind in kinds] for _ in range(runs + 1)]
    return [list(each) for each in zip(*rounds[1:], strict=True)]  # the first round filled the caches


ROW = Row("cold_start", "Start to a painted window", run)
