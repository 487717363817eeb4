"""Merging the files of two coders into the project that they were copied from."""

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from annotator.operations.imports import import_paths
from annotator.operations.merging import merge_files
from annotator.storage.project import Project

from .. import floors
from ..bench import Bench, Row
from ..corpus import Article
from ..measure import Figure, Goal, growth, interleaved, median
from ..projects import new_project

_EACH = 50  # annotations of a document by each coder
_CODERS = ("Coder A", "Coder B")


def run(bench: Bench) -> list[Figure]:
    """Merge two files of several sizes, in turns with selecting and inserting the same rows bare."""
    figures: list[Figure] = []
    totals: dict[int, float] = {}
    sizes = (20, 100) if bench.quick else (100, 300, 1_000)
    for documents in sizes:
        mine, floor = _at(bench, documents)
        totals[documents] = median(mine)
        goal = Goal(factor=3) if documents == sizes[-1] else None
        what = f"{documents:,} documents × {_EACH} annotations × {len(_CODERS)} coders"
        figures.append(Figure(what, totals[documents], "ms", len(mine), median(floor), goal))
    return [*figures, growth("merge", totals, 1.1)]


def _at(bench: Bench, documents: int) -> tuple[list[float], list[float]]:
    base, others = _files(bench, bench.corpus.articles(documents, _EACH))
    runs = bench.runs(5)
    ours, bare = (_copies(base, name, runs + 1) for name in ("ours", "bare"))
    done: list[Path] = []

    def merge() -> None:
        with Project.open(ours[-1]) as project:
            merge_files(project, others)
        done.append(ours.pop())

    def floor() -> None:
        connection = sqlite3.connect(bare[-1], isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        floors.merge_files(connection, others)
        connection.close()
        done.append(bare.pop())

    times = interleaved(merge, floor, runs)
    for path in done:
        found = sqlite3.connect(path).execute("SELECT count(*) FROM annotation").fetchone()[0]
        if found != documents * _EACH * len(_CODERS):
            raise AssertionError(f"{path.name} holds {found} annotations")
        path.unlink()
    return times


def _files(bench: Bench, articles: Sequence[Article]) -> tuple[Path, list[Path]]:
    """A project with the articles alone, and a copy of it for each coder with that coder's annotations."""
    base, lines = bench.folder / "base.annotator", bench.folder / "lines.jsonl"
    _write(lines, [Article(each.text, []) for each in articles], "")
    with new_project(base) as project:
        import_paths(project, [lines])
    others = []
    for name in _CODERS:
        others.append(base.with_name(f"{name}.annotator"))
        shutil.copyfile(base, others[-1])
        _write(lines, articles, name)
        with Project.open(others[-1]) as project:
            import_paths(project, [lines])
    return base, others


def _write(path: Path, articles: Sequence[Article], name: str) -> None:
    path.write_text("".join(each.as_line(name) for each in articles), "utf-8")


def _copies(base: Path, name: str, number: int) -> list[Path]:
    made = [base.with_name(f"{name}{each}.annotator") for each in range(number)]
    for path in made:
        shutil.copyfile(base, path)
    return made


ROW = Row("merge", "Merge two coders' files", run, window=False)
