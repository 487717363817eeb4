"""Kill `annotator import` at any moment of its writing: all of it is in the file or nothing, and the file is sound."""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.operations.check import check_project
from annotator.operations.export import export
from annotator.operations.imports import import_paths
from annotator.operations.sample import build_sample
from annotator.storage import history, works
from annotator.storage.project import Project

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 250
WORDS = (
    "Veldria",
    "will",
    "close",
    "the",
    "ports",
    "to",
    "Tarkess",
    "unless",
    "80,000",
    "soldiers",
    "leave",
    "by",
    "Monday.",
)


@dataclass(frozen=True)
class World:
    """A project before an import, what is imported, both states of the project as bytes, and how long it writes."""

    before: Path
    incoming: Path
    states: dict[bytes, str]
    seconds: float


def line(number):
    text = f"Report {number}. " + " ".join(random.Random(number).choices(WORDS, k=120))
    held = [
        {"tag": "actor", "spans": [[start, start + 4]], "coder": "Ann", "note": f"note {start}"}
        for start in range(0, 200, 10)
    ]
    return json.dumps({"text": text, "annotations": held})


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kill")
    before = build_sample(folder / "before.annotator")
    incoming = folder / "incoming.jsonl"
    changed = json.loads((ROOT / "resources" / "sample" / "sample.jsonl").read_text("utf-8").split("\n")[0])
    changed["title"] = "Another title"
    for annotation in changed["annotations"][:50]:
        annotation["note"] = "changed"
    incoming.write_text("\n".join([json.dumps(changed), *map(line, range(DOCUMENTS))]) + "\n")
    after = folder / "after.annotator"
    shutil.copy(before, after)
    states = {exported(before): "nothing"}
    child = start(after, incoming)
    wait_until_it_writes(after, child)
    began = time.perf_counter()
    child.communicate()
    assert child.returncode == 0
    seconds = time.perf_counter() - began
    states[exported(after)] = "all"
    assert len(states) == 2
    return World(before, incoming, states, seconds)


def exported(path):
    dest = path.with_suffix(".jsonl")
    with Project.open(path) as project:
        export(project, dest, format_name="jsonl")
    return dest.read_bytes()


def start(project, incoming):
    command = [sys.executable, "-m", "annotator", "import", str(project), str(incoming), "--json"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def unfinished(path):
    """Whether an import has begun and not ended, asked of the file itself."""
    raw = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return bool(raw.execute("SELECT 1 FROM batch WHERE ended IS NULL").fetchone())
    except sqlite3.OperationalError:
        return False  # locked while it changes its journal
    finally:
        raw.close()


def wait_until_it_writes(path, child):
    while not unfinished(path):
        assert child.poll() is None, child.stderr.read()


def kill_once(world, path, share):
    """Kill an import at this share of its usual time; whether the kill fell within the write, and what is left."""
    shutil.copy(world.before, path)
    child = start(path, world.incoming)
    wait_until_it_writes(path, child)
    until = time.perf_counter() + share * world.seconds
    while time.perf_counter() < until and child.poll() is None:
        pass
    child.kill()
    child.communicate()
    within = child.returncode == -signal.SIGKILL and unfinished(path)
    with Project.open(path) as project:
        assert works.sweep(project)  # opening takes a second for it at most
        assert project.notices == []
        assert check_project(project) == []
        assert project.rows("SELECT count(*) FROM batch WHERE ended IS NULL") == [(0,)]
    left = world.states[exported(path)]
    assert not (within and left == "all")
    return within, left


def kill(world, folder, times, latest, chance):
    outcomes = [kill_once(world, folder / "p.annotator", chance.uniform(0, latest)) for _ in range(times)]
    within = sum(hit for hit, _ in outcomes)
    assert within >= 10, f"only {within} of {times} kills fell within the write"
    return outcomes


def test_a_killed_import_leaves_all_or_nothing(world, tmp_path):
    kill(world, tmp_path, 15, 0.9, random.Random(20240314))


@pytest.mark.slow
def test_a_hundred_killed_imports_leave_all_or_nothing(world, tmp_path):
    outcomes = kill(world, tmp_path, 100, 1.2, random.Random())
    assert {left for _, left in outcomes} == {"all", "nothing"}


def test_after_a_kill_the_same_import_goes_through_and_can_be_undone(world, tmp_path):
    path = tmp_path / "p.annotator"
    within = False
    for attempt in range(1, 11):
        within, _ = kill_once(world, path, 0.5 / attempt)  # the usual time was taken while the machine did other work
        if within:
            break
    assert within
    with Project.open(path) as project:
        import_paths(project, [world.incoming])
    assert world.states[exported(path)] == "all"
    with Project.open(path) as project:
        history.undo(project, None)
        assert check_project(project) == []
    assert world.states[exported(path)] == "nothing"
