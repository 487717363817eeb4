"""A process killed at any moment: the file opens clean, and every step that was told as saved is there.

Each test counts how many kills came within the write that it is about, and fails if they did not.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.storage import history, works
from annotator.storage.project import Project
from tests.core.storage_world import check_integrity

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "news.annotator"
    with Project.create(place) as project, project.step("start", kind="setup") as step:
        coder = step.insert("coder", {"name": "Ada"})
        document = step.insert_document({"id": "d", "sha256": "d"}, "text")
        step.insert("reading", {"document": document, "coder": coder})
    return place


def killed(path: Path, *what: object, after: Callable[[str], bool], delay: float) -> list[str]:
    """What a child had told when it was killed, `delay` seconds after a line of a certain kind."""
    command = [sys.executable, "-m", "tests.core.storage_child", str(what[0]), str(path), *map(str, what[1:])]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = []
        for line in child.stdout:
            told.append(line.strip())
            if after(told[-1]):
                break
        else:
            pytest.fail("the child ended before it could be killed")
        until = time.perf_counter() + delay
        while time.perf_counter() < until:
            pass
        child.kill()
        return told + child.communicate()[0].splitlines()


def number(told: list[str], word: str) -> int:
    return sum(line.startswith(word) for line in told)


def tags_are_there(path: Path, saved: int) -> int:
    """Open the file as the next start would; returns how many tags it holds, which are those told or one more."""
    with Project.open(path) as project:
        held = int(project.rows("SELECT count(*) FROM annotation WHERE tag LIKE 'tag%'")[0][0])
        assert saved <= held <= saved + 1
        assert project.rows("SELECT count(*) FROM step WHERE label LIKE 'tag%'") == [(held,)]
        check_integrity(project)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    return held


TIMES = [15, pytest.param(300, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]


@pytest.mark.parametrize("times", TIMES)
def test_killed_while_tagging(times: int, path: Path) -> None:
    chance, within, held = random.Random(2), 0, 0
    for _ in range(times):
        last = f"tagging {chance.randrange(3, 40)}"
        told = killed(path, "tag", 100_000, after=last.__eq__, delay=chance.uniform(0, 0.003))
        within += told[-1].startswith("tagging")
        held = tags_are_there(path, held + number(told, "tagged"))
    assert within >= times // 3, f"only {within} of {times} kills came within a write"


@pytest.mark.parametrize("times", TIMES)
def test_killed_while_closing(times: int, path: Path) -> None:
    chance, within, held = random.Random(3), 0, 0
    for _ in range(times):
        told = killed(path, "close", 100_000, after="closing".__eq__, delay=chance.uniform(0, 0.004))
        within += told[-1] == "closing"
        held = tags_are_there(path, held + number(told, "tagged"))
    assert within >= times // 3, f"only {within} of {times} kills came within a close"


@pytest.mark.parametrize("times", TIMES)
def test_killed_while_importing(times: int, path: Path) -> None:
    chance, within = random.Random(4), 0
    for _ in range(times):
        last = f"row {chance.randrange(1, 400) * 2}"
        told = killed(path, "import", 5000, after=last.__eq__, delay=chance.uniform(0, 0.01))
        assert "finished" not in told
        within += told[-1].startswith("row")
        with Project.open(path) as project:
            assert works.sweep(project)
            assert project.rows("SELECT count(*) FROM document") == [(1,)]
            assert project.rows("SELECT count(*) FROM step WHERE kind = 'import'") == [(0,)]
            check_integrity(project)
    assert within == times


@pytest.mark.parametrize("times", TIMES)
def test_killed_while_an_import_becomes_visible(times: int, path: Path) -> None:
    chance, within = random.Random(5), 0
    for _ in range(times):
        told = killed(path, "import", 50, after="finishing".__eq__, delay=chance.uniform(0, 0.006))
        within += told[-1] == "finishing"
        with Project.open(path) as project:
            assert works.sweep(project)
            documents = project.rows("SELECT count(*) FROM document")[0][0]
            steps = project.rows("SELECT count(*) FROM step WHERE kind = 'import' AND state = 'done'")[0][0]
            assert (documents, steps) in ((1, 0), (51, 1))
            assert steps or "finished" not in told
            check_integrity(project)
            if steps:
                history.undo(project, 1)
    assert within >= times // 4, f"only {within} of {times} kills came within the last transaction"
