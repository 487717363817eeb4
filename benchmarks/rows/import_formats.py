"""Importing annotated articles from every format that is written too."""

import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from annotator.formats.format import Format
from annotator.formats.registry import FORMATS
from annotator.operations.export import export
from annotator.operations.export_choice import Wanted
from annotator.operations.imports import import_paths

from .. import floors
from ..bench import Bench, Row
from ..corpus import Article
from ..measure import Figure, growth, interleaved, median
from ..projects import new_project, project_with

_EACH = 50  # annotations of a document
_numbers = count()


def run(bench: Bench) -> list[Figure]:
    """Each format at two sizes, in turns with json.loads and raw sqlite3 on the same articles; growth from both."""
    sizes = (20, 60) if bench.quick else (100, 400)
    totals: dict[str, dict[int, float]] = {}
    figures: dict[str, Figure] = {}
    for documents in sizes:
        articles = bench.corpus.articles(documents, _EACH)
        lines = bench.folder / f"floor{documents}.jsonl"
        lines.write_text("".join(each.as_line() for each in articles), "utf-8")
        for kind in FORMATS:
            if kind.reads is not None and kind.writes is not None and kind.installed and kind.new_labels:
                mine, floor = _at(bench, kind, articles, lines)
                totals.setdefault(kind.label, {})[documents] = median(mine)
                what = f"{kind.label}: {documents:,} documents × {_EACH} annotations"
                figures[kind.label] = Figure(what, median(mine), "ms", len(mine), median(floor))
    return [each for label, figure in figures.items() for each in (figure, growth(label, totals[label], 1.1))]


def _at(bench: Bench, kind: Format, articles: Sequence[Article], lines: Path) -> tuple[list[float], list[float]]:
    source = bench.folder / (kind.name if kind.folder else f"{kind.name}{kind.patterns[0][1:]}")
    with project_with(bench.folder / "source.annotator", articles) as project:
        coders = tuple(name for (name,) in project.rows("SELECT name FROM coder ORDER BY id LIMIT 1"))
        export(project, source, format_name=kind.name, wanted=Wanted(coders) if kind.one_reading else Wanted())

    def ours() -> None:
        path = bench.folder / f"import{next(_numbers)}.annotator"
        with new_project(path) as project:
            _, report = import_paths(project, [source], format_name=kind.name)
        path.unlink()
        if report.documents != len(articles) or not report.annotations:
            raise AssertionError(f"{kind.label} brought {report.documents} of {len(articles)} articles")

    def bare() -> None:
        path = bench.folder / f"floor{next(_numbers)}.db"
        with floors.bare_file(path) as connection:
            floors.import_lines(connection, lines)
        path.unlink()

    times = interleaved(ours, bare, bench.runs(3))
    shutil.rmtree(source) if source.is_dir() else source.unlink()
    return times


ROW = Row("import_formats", "Import from every other format", run, window=False)
