"""Exporting a project in every other format."""

import shutil

from annotator.formats.format import Format
from annotator.formats.jsonl import JSONL
from annotator.formats.registry import FORMATS
from annotator.operations.export import export
from annotator.operations.export_choice import Wanted

from .. import floors
from ..bench import Bench, Row
from ..measure import Figure, growth, interleaved, median
from ..projects import project_with

_EACH = 50  # annotations of a document


def run(bench: Bench) -> list[Figure]:
    """Each format on projects of two sizes, in turns with select and json.dumps on the same file; growth from both."""
    sizes = (20, 60) if bench.quick else (100, 400)
    figures: list[Figure] = []
    for kind in FORMATS:
        if kind.writes is None or not kind.installed or kind is JSONL:
            continue
        totals: dict[int, float] = {}
        for documents in sizes:
            mine, floor = _at(bench, kind, documents)
            totals[documents] = median(mine)
        what = f"{kind.label}: {documents:,} documents × {_EACH} annotations"
        figures += [Figure(what, totals[documents], "ms", len(mine), median(floor)), growth(kind.label, totals, 1.1)]
    return figures


def _at(bench: Bench, kind: Format, documents: int) -> tuple[list[float], list[float]]:
    ours, bare = bench.folder / f"ours-{kind.name}", bench.folder / "floor.jsonl"
    with project_with(bench.folder / "export.annotator", bench.corpus.articles(documents, _EACH)) as project:
        coders = tuple(name for (name,) in project.rows("SELECT name FROM coder ORDER BY id LIMIT 1"))
        wanted = Wanted(coders) if kind.one_reading else Wanted()
        times = interleaved(
            lambda: export(project, ours, format_name=kind.name, wanted=wanted),
            lambda: floors.export_lines(project.connection, bare),
            bench.runs(3),
        )
    if not ours.exists():
        raise AssertionError(f"{ours.name} was not written")
    if ours.is_dir():
        shutil.rmtree(ours)
    else:
        ours.unlink()
    return times


ROW = Row("export_formats", "Export in every other format", run, window=False)
