"""Importing text files until they can be searched."""

from itertools import count
from pathlib import Path

from annotator.operations.imports import import_paths

from .. import floors
from ..bench import Bench, Row
from ..measure import Figure, Goal, growth, median, timed
from ..projects import new_project

_RARE = "Transnistria"  # in one article of a thousand
_FIND = "SELECT count(*) FROM search WHERE search MATCH ?"


def run(bench: Bench) -> list[Figure]:
    """Import folders of several sizes, in turns with raw sqlite3 and FTS5."""
    figures: list[Figure] = []
    totals: dict[int, float] = {}
    sizes = {200: 3, 1_000: 2} if bench.quick else {1_000: 5, 3_000: 3, 10_000: 3}
    for files, runs in sizes.items():
        folder = bench.corpus.text_files(files)
        ours, bare = [], []
        for number in range(runs):
            for half in (number % 2, 1 - number % 2):
                (ours.append(_ours(bench, folder)) if half else bare.append(_bare(bench, folder)))
        totals[files] = median(ours)
        goal = Goal(factor=2) if files == max(sizes) else None
        figures.append(Figure(f"{files:,} files", totals[files], "ms", runs, median(bare), goal))
    return [*figures, growth("import", totals, 1.1)]


_numbers = count()


def _ours(bench: Bench, folder: Path) -> float:
    path = bench.folder / f"import{next(_numbers)}.annotator"
    with new_project(path) as project:
        taken = timed(lambda: import_paths(project, [folder]))
        _check(project.rows(_FIND, (_RARE,))[0][0], folder)
    path.unlink()
    return taken


def _bare(bench: Bench, folder: Path) -> float:
    path = bench.folder / f"floor{next(_numbers)}.db"
    with floors.bare_file(path) as connection:
        taken = timed(lambda: floors.import_files(connection, folder))
        _check(connection.execute(_FIND, (_RARE,)).fetchone()[0], folder)
    path.unlink()
    return taken


def _check(found: int, folder: Path) -> None:
    expected = sum(_RARE in path.read_text("utf-8") for path in folder.iterdir())
    if found != expected:
        raise AssertionError(f"the search finds {found} of {expected} articles")


ROW = Row("import_texts", "Import text files, searchable at the end", run, window=False)
