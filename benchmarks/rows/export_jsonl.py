"""Exporting a project as JSON Lines."""

import json

from annotator.operations.export import export

from .. import floors
from ..bench import Bench, Row
from ..measure import Figure, Goal, growth, interleaved, median
from ..projects import project_with

_EACH = 50  # annotations of a document


def run(bench: Bench) -> list[Figure]:
    """Export projects of several sizes, in turns with select and json.dumps on the same file."""
    figures: list[Figure] = []
    totals: dict[int, float] = {}
    sizes = (20, 100) if bench.quick else (100, 300, 1_000)
    for documents in sizes:
        mine, floor = _at(bench, documents)
        totals[documents] = median(mine)
        goal = Goal(factor=2) if documents == sizes[-1] else None
        what = f"{documents:,} documents × {_EACH} annotations"
        figures.append(Figure(what, totals[documents], "ms", len(mine), median(floor), goal))
    return [*figures, growth("export", totals, 1.1)]


def _at(bench: Bench, documents: int) -> tuple[list[float], list[float]]:
    ours, bare = bench.folder / "ours.jsonl", bench.folder / "floor.jsonl"
    with project_with(bench.folder / "export.annotator", bench.corpus.articles(documents, _EACH)) as project:
        times = interleaved(
            lambda: export(project, ours, format_name="jsonl"),
            lambda: floors.export_lines(project.connection, bare),
            bench.runs(7),
        )
    for path in (ours, bare):
        lines = path.read_text("utf-8").splitlines()
        if len(lines) != documents or len(json.loads(lines[-1])["annotations"]) != _EACH:
            raise AssertionError(f"{path.name} does not hold the project")
    return times


ROW = Row("export_jsonl", "Export as JSON Lines", run, window=False)
