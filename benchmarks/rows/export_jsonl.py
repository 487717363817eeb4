"""Exporting a project as JSON Lines."""

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
    for documents in (20, 100) if bench.quick else (100, 300, 1_000):
        runs = bench.runs(7)
        with project_with(bench.folder / "export.annotator", bench.corpus.articles(documents, _EACH)) as project:
            dest, bare = bench.folder / "ours.jsonl", bench.folder / "floor.jsonl"

            def ours(project=project, dest=dest) -> None:  # noqa: ANN001 - bound early, called at once
                export(project, dest, format_name="jsonl")

            connection = project.connection
            mine, floor = interleaved(ours, lambda: floors.export_lines(connection, bare), runs)  # noqa: B023
        totals[documents] = median(mine)
        what = f"{documents:,} documents × {_EACH} annotations"
        figures.append(Figure(what, totals[documents], "ms", runs, median(floor), Goal(factor=2)))
    return [*figures, growth("export", totals, 1.1)]


ROW = Row("export_jsonl", "Export as JSON Lines", run, window=False)
