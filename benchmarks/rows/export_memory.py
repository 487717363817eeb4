"""The memory that an export takes, which must not grow with the project."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from annotator.formats.format import Format
from annotator.formats.registry import FORMATS

from ..bench import Bench, Row
from ..corpus import ROOT
from ..measure import Figure, Goal
from ..projects import big_project

_EACH = 10  # annotations of a document


def run(bench: Bench) -> list[Figure]:
    """Each format in processes of its own, on a project and on one of ten times the size; the smaller is the floor."""
    sizes = (50, 500) if bench.quick else (10_000, 100_000)
    small, large = (big_project(documents, _EACH) for documents in sizes)
    figures = []
    for kind in FORMATS:
        if kind.writes is not None and kind.installed:
            floor, peak = (_peak(bench, kind, path) for path in (small, large))
            what = f"{kind.label}: {sizes[1] * _EACH:,} annotations beside {sizes[0] * _EACH:,}"
            figures.append(Figure(what, peak, "MB", 1, floor, Goal(factor=1.25)))
    return figures


def _peak(bench: Bench, kind: Format, path: Path) -> float:
    """Megabytes at the most."""
    folder = bench.folder / f"memory-{kind.name}"
    folder.mkdir()
    command = [sys.executable, "-m", "benchmarks.exporting", kind.name, str(path), str(folder / "out")]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    shutil.rmtree(folder)
    told = json.loads(ended.stdout)
    if not told["annotations"]:
        raise AssertionError(f"{kind.label} holds no annotation")
    return float(told["memory"])


ROW = Row("export_memory", "Memory of an export in each format", run, window=False, asked=True, longest=4 * 3_600)
