"""`python -m benchmarks [ROW …] [--quick]`: each row in a process of its own, then the table."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from . import machine, report
from .bench import Bench, Row
from .corpus import FOLDER, ROOT, Corpus, NoCorpus
from .measure import Figure, Goal
from .rows import ROWS

RESULTS = Path(__file__).resolve().parent / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the rows, print the page, write it to the results. Returns 1 if a row could not be measured."""
    asked = _parser().parse_args(arguments)
    names = asked.rows or [row.name for row in ROWS if not row.asked]
    unknown = [name for name in names if name not in _by_name()]
    if unknown:
        print(f"There is no row “{unknown[0]}”; there are: {', '.join(_by_name())}.", file=sys.stderr)
        return 2
    if asked.inside:
        return _inside(_by_name()[names[0]], asked.quick)
    folder = _work_folder()
    try:
        about = machine.describe(folder)
        outcomes = {_by_name()[name]: _measured(_by_name()[name], asked.quick) for name in names}
    finally:
        shutil.rmtree(folder)
    print(report.as_page(about, outcomes, quick=asked.quick))
    if asked.out or not asked.rows:
        print(f"Written: {report.write(asked.out or RESULTS, about, outcomes, quick=asked.quick).name}")
    return int(any(isinstance(outcome, str) for outcome in outcomes.values()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure how fast the product is.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(_by_name()))
    parser.add_argument("--quick", action="store_true", help="few repetitions, small sizes")
    parser.add_argument("--out", type=Path, help="folder for the results; without it only a run of all rows is kept")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)  # one row, in this process
    return parser


def _by_name() -> dict[str, Row]:
    return {row.name: row for row in ROWS}


def _work_folder() -> Path:
    """A folder on the disk of the checkout: elsewhere it may lie in memory."""
    FOLDER.mkdir(exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="run-", dir=FOLDER))


def _measured(row: Row, quick: bool) -> report.Outcome:
    """The figures of a row, measured in a fresh process that knows nothing of this person's settings."""
    print(f"{row.name} …", end=" ", file=sys.stderr, flush=True)
    home = _work_folder()
    places = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "HOME": str(home), **places}
    environment["PYTHONPYCACHEPREFIX"] = str(FOLDER / "compiled")  # as an installed program is
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "benchmarks", row.name, "--inside", *(["--quick"] if quick else [])]
    began = time.monotonic()
    try:
        ended = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, timeout=row.longest, check=False
        )
    except subprocess.TimeoutExpired:
        return "it did not end"
    finally:
        shutil.rmtree(home)
        print(f"{time.monotonic() - began:.1f} s", file=sys.stderr)
    try:
        told = json.loads(ended.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return f"its process ended with code {ended.returncode}"
    return told if isinstance(told, str) else [_figure(each) for each in told]


def _figure(told: dict[str, object]) -> Figure:
    goal = told.pop("goal")
    made = Figure(**told)  # type: ignore[arg-type]  # written by `_inside`
    return Figure(**{**vars(made), "goal": Goal(*goal)}) if isinstance(goal, list) else made


def _inside(row: Row, quick: bool) -> int:
    folder = _work_folder()
    try:
        figures = row.run(Bench(folder, Corpus(), quick))
    except NoCorpus as error:
        print(json.dumps(str(error)))
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps([_told(figure) for figure in figures]))
    return 0


def _told(figure: Figure) -> dict[str, object]:
    goal = [figure.goal.factor, figure.goal.plus] if figure.goal else None
    return {**vars(figure), "goal": goal}


if __name__ == "__main__":
    sys.exit(main())
