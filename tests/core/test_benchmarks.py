"""The benchmarks run: figures come out with their floors, and a page is written that tells them."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measure import Figure, Goal, exponent, p95
from benchmarks.rows import ROWS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("row", ["tag_operation", "export_jsonl", "review_list"])
def test_a_row_runs_and_is_written_down(row: str, shared: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", row, "--quick", "--out", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    assert ended.returncode == 0, ended.stderr
    data = json.loads(next(tmp_path.glob("*.json")).read_text("utf-8"))
    figures = data["rows"][row]
    assert [figure["what"] for figure in figures if figure["floor"]]
    assert all(math.isfinite(figure["value"]) for figure in figures)
    page = next(tmp_path.glob("*.md")).read_text("utf-8")
    assert all(figure["what"] in page for figure in figures)
    assert str(ROOT) not in page


def test_an_unknown_row_is_named() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks", "nonsense"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 2
    assert "nonsense" in ended.stderr


def test_rows_have_names_of_their_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_goals_and_growth_are_counted_as_the_page_says() -> None:
    assert exponent({10: 5.0, 100: 50.0, 1000: 500.0}) == pytest.approx(1)
    assert exponent({50: 3.0, 5000: 3.0}) == pytest.approx(0)
    assert p95([float(number) for number in range(1, 101)]) == 95
    assert Figure("a", 11.9, "ms", 1, floor=4.0, goal=Goal(1, 8)).met is True
    assert Figure("a", 12.1, "ms", 1, floor=4.0, goal=Goal(1, 8)).met is False
    assert Figure("a", 1.0, "ms", 1).met is None
    assert Goal(1, 8).words("ms") == "≤ floor + 8 ms"
    assert Goal(2).words("ms") == "≤ 2 × floor"
    assert Goal(plus=0.1).words("") == "≤ 0.1"
