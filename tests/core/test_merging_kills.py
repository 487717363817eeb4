"""A merge killed at any moment: the project is as before, or all of it has come in."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.operations.annotations import tag_span
from annotator.operations.merging import preview_merge
from annotator.storage import history, queries, works
from annotator.storage.project import Project
from tests.core.review_world import key, lead_project
from tests.core.storage_world import check_integrity, content

ROOT = Path(__file__).resolve().parents[2]
WORDS = " ".join(f"word{number}" for number in range(400))
TEXTS = tuple(f"Article {number}\n\n{WORDS}\n" for number in range(4))
TIMES = [10, pytest.param(150, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])]


@pytest.fixture
def files(tmp_path):
    """A project, and the copies of two coders with 800 annotations each; some of one are changed ones of ours."""
    with lead_project(tmp_path, texts=TEXTS) as project:
        fill(project, "Anna", range(40))
        paths = [tmp_path / f"{name}.annotator" for name in ("Anna", "Ben")]
        for path in paths:
            project.copy_to(path)
            with Project.open(path) as copy:
                fill(copy, path.stem, range(100, 300))
        with Project.open(paths[0]) as copy, copy.step("Notes", coder=1) as step:
            for (row,) in project.rows("SELECT key FROM annotation"):
                step.update("annotation", row, {"note": "changed"})
        return project.path, paths


def fill(project: Project, name: str, places: range) -> None:
    for about in queries.documents(project):
        text = queries.text_of(project, about.key)
        for place in places:
            start = text.index(f"word{place}")
            tag_span(project, about.key, key(project, name), "actor", [(start, start + len(f"word{place}"))])


@pytest.mark.parametrize("times", TIMES)
def test_killed_while_merging(times, files) -> None:
    path, others = files
    chance, within = random.Random(8), 0
    with Project.open(path) as project:
        before = content(project)
    for number in range(times):
        last = "finishing" if number % 2 else f"row {chance.randrange(1, 4)}"
        told = killed([path, *others], last, chance.uniform(0, 0.02))
        within += told[-1] != "finished"
        with Project.open(path) as project:
            assert works.sweep(project)
            merged = project.rows("SELECT count(*) FROM step WHERE kind = 'merge' AND state = 'done'")[0][0]
            assert merged or "finished" not in told
            assert (content(project) == before) == (merged == 0)
            if merged:
                history.undo(project, 1)
            assert content(project) == before
            check_integrity(project)
    with Project.open(path) as project:
        preview_merge(project, others)
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []
    assert within >= times // 2, f"only {within} of {times} kills came within the merge"


def killed(paths: list[Path], last: str, delay: float) -> list[str]:
    """What a merging child had told when it was killed, `delay` seconds after it told `last`."""
    command = [sys.executable, "-m", "tests.core.review_child", *map(str, paths)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = []
        for line in child.stdout:
            told.append(line.strip())
            if told[-1] == last:
                break
        else:
            pytest.fail(f"the child ended before it could be killed: {told[-1:]}")
        time.sleep(delay)
        child.kill()
        return told + child.communicate()[0].splitlines()
