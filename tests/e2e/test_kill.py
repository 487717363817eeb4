"""Kill the real window at any moment: what it has shown as tagged is in the file, and the file opens clean."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from annotator.operations.check import check_project
from annotator.operations.coders import add_coder
from annotator.operations.projects import create_project
from annotator.settings import Settings
from annotator.storage import queries
from annotator.storage.ids import text_id
from annotator.storage.project import Project

pytestmark = pytest.mark.long
NURSERY = Path(__file__).with_name("kill_child.py")
AT_ONCE = 2  # windows that live and die side by side
WRITE = 0.02  # seconds from key to paint, until it is measured
BETWEEN = 10  # kills of 50 that must fall between key and paint
IMPORTED = 400  # files


@dataclass
class Death:
    """What a window had said when it was killed."""

    status: int
    shown: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    undoing: str | None = None
    between: bool = False  # a tag key was pressed whose outcome was not painted
    said: list[str] = field(default_factory=list)


class Nursery:
    """A process that brings up windows; see kill_child.py."""

    def __init__(self) -> None:
        self.write = WRITE  # seconds from key to paint, as it was last
        self._process = subprocess.Popen(
            [sys.executable, str(NURSERY)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def kill_one(self, order: dict[str, object], word: str, count: int, delay: float) -> Death:
        """Bring up a window and kill it `delay` seconds after it has said `word` so many times."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        child, left, death, pressed = 0, count, Death(0), 0.0
        for line in self._lines():
            kind, _, rest = line.partition(" ")
            if kind == "pid":
                child = int(rest)
            elif kind == "end":
                death.status = int(rest)
                return death
            _note(death, kind, rest)
            if kind == "key":
                pressed = time.monotonic()
            elif kind == "shown" and left > 0:
                self.write = time.monotonic() - pressed
            if kind == word:
                left -= 1
                if left == 0:
                    time.sleep(delay)
                    with contextlib.suppress(ProcessLookupError):  # it has closed its window and ended
                        os.kill(child, signal.SIGKILL)
        raise AssertionError("The nursery itself has ended.")

    def _lines(self) -> Iterator[str]:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            yield line.rstrip("\n")

    def close(self) -> None:
        self._process.communicate()


def _note(death: Death, kind: str, rest: str) -> None:
    death.said.append(kind)
    if kind == "key":
        death.between = True
    elif kind == "shown":
        death.between = False
        death.shown.append(rest)
    elif kind == "undo":
        death.undoing = rest
    elif kind == "gone":
        death.undoing = None
        death.shown.remove(rest)
        death.gone.append(rest)


@pytest.fixture
def nurseries() -> Iterator[list[Nursery]]:
    made = [Nursery() for _ in range(AT_ONCE)]
    yield made
    for each in made:
        each.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two projects, each with one long article of plain words."""
    dice = random.Random(1)
    for number in range(AT_ONCE):
        path = tmp_path / f"{number}.annotator"
        text = "\n\n".join(words(dice, 40) for _ in range(40))
        with create_project(path, title=f"Project {number}") as project:
            add_coder(project, "Mara")
            coder = project.rows("SELECT id FROM coder")[0][0]
            with project.step("Import", kind="setup") as step:
                values = {"id": text_id(text), "sha256": text_id(text), "title": "Words", "language": "en"}
                step.insert_document(values, text)
            Settings().set_place(project.meta("project"), {"coder": coder})
    return tmp_path


@pytest.fixture
def articles(folder: Path) -> Path:
    """Files to import."""
    dice, place = random.Random(2), folder / "in"
    place.mkdir()
    for number in range(IMPORTED):
        (place / f"{number}.txt").write_text(words(dice, 300), encoding="utf-8")
    return place


def words(dice: random.Random, count: int) -> str:
    """Words that no rule of the codebook trims."""
    return " ".join("".join(dice.choices("bdfgklmnprstvaeiou", k=dice.randint(4, 9))) for _ in range(count))


class Fate:
    """What the windows of one project have shown, over many deaths, held against the file after each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with Project.open(path) as project:
            self.live = _live(project)
        self.gone: set[str] = set()
        self.unseen = 0  # annotations whose commit was over when death came before the paint

    def compare(self, death: Death) -> None:
        """The file opens, is clean, and holds what was painted."""
        assert death.status == -signal.SIGKILL or "closed" in death.said, "the window ended by itself"
        with Project.open(self.path) as project:
            problems = [str(problem) for problem in check_project(project)]
            live = _live(project)
            self.documents = queries.state_counts(project, None)["all"]
        assert not problems
        self.live |= set(death.shown)
        self.live -= set(death.gone)
        self.gone |= set(death.gone)
        doubtful = {death.undoing} if death.undoing else set()
        assert self.live - live - doubtful == set(), "painted as tagged, and lost"
        assert self.gone & live == set(), "painted as taken back, and there again"
        assert len(live - self.live) <= int(death.between), "tags that nobody has set"
        self.unseen += len(live - self.live)
        self.live = live


def _live(project: Project) -> set[str]:
    return {row[0] for row in project.rows("SELECT id FROM annotation WHERE deleted = 0")}


Moment = tuple[str, int, float]  # a word the window says, how many times, seconds after it
When = Callable[[random.Random, Nursery], Moment]


def kill_many(nurseries: list[Nursery], folder: Path, kills: int, when: When) -> list[Death]:
    """Kill windows in which words are tagged, two at once; each project goes through many deaths."""

    def one_after_another(number: int) -> tuple[list[Death], Fate]:
        fate, nursery, dice = Fate(folder / f"{number}.annotator"), nurseries[number], random.Random(number)
        deaths = []
        for turn in range(kills // AT_ONCE):
            order = {"scenario": "tag", "path": str(fate.path), "seed": f"{number} {turn}"}
            deaths.append(nursery.kill_one(order, *when(dice, nursery)))
            fate.compare(deaths[-1])
        return deaths, fate

    with ThreadPoolExecutor(AT_ONCE) as pool:
        ended = list(pool.map(one_after_another, range(AT_ONCE)))
    deaths = [death for each, _ in ended for death in each]
    between, unseen = sum(death.between for death in deaths), sum(fate.unseen for _, fate in ended)
    shown = sum(len(death.shown) for death in deaths)
    print(
        f"{len(deaths)} kills, {between} between key and paint, {unseen} of them after the commit; {shown} tags shown"
    )
    return deaths


def kill_copies(
    nurseries: list[Nursery], folder: Path, kills: int, scenario: str, when: When
) -> list[tuple[Death, Fate]]:
    """Kill windows, two at once, each over a project of its own."""

    def one(number: int) -> list[tuple[Death, Fate]]:
        nursery, dice, ended = nurseries[number], random.Random(number), []
        for turn in range(kills // AT_ONCE):
            path = folder / f"{number}-{turn}.annotator"
            shutil.copy(folder / f"{number}.annotator", path)
            order = {"scenario": scenario, "path": str(path), "seed": f"{number} {turn}", "folder": str(folder / "in")}
            fate = Fate(path)
            death = nursery.kill_one(order, *when(dice, nursery))
            fate.compare(death)
            ended.append((death, fate))
        return ended

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [each for found in pool.map(one, range(AT_ONCE)) for each in found]


def within_the_write(dice: random.Random, nursery: Nursery) -> Moment:
    """Some tags, and then within the time from a key to its paint; many of them early, before the commit too."""
    return "key", dice.randint(1, 8), dice.uniform(0, nursery.write * dice.choice((0.1, 0.4, 1.1)))


def test_what_was_painted_survives_a_kill_within_the_write(nurseries, folder):
    deaths = kill_many(nurseries, folder, 50, within_the_write)
    assert sum(death.between for death in deaths) >= BETWEEN
    assert sum(len(death.shown) for death in deaths) >= 50


def test_what_was_painted_survives_a_kill_within_the_close(nurseries, folder):
    ended = kill_copies(
        nurseries, folder, 10, "close", lambda dice, _: ("closing", 1, dice.uniform(0, dice.choice((0.002, 0.02))))
    )
    within = sum("closed" not in death.said for death, _ in ended)
    print(f"{len(ended)} kills, {within} before the window had closed")
    assert within >= 3


def test_a_kill_within_an_import_leaves_all_of_it_or_nothing_and_every_tag(nurseries, folder, articles):
    ended = kill_copies(nurseries, folder, 12, "import", lambda dice, _: ("importing", 1, dice.uniform(0, 0.7)))
    for death, fate in ended:
        assert fate.documents in ((1 + IMPORTED,) if "imported" in death.said else (1, 1 + IMPORTED))
    within = sum(fate.documents == 1 for _, fate in ended)
    print(f"{len(ended)} kills, {within} before the import was whole, {sum(len(d.shown) for d, _ in ended)} tags shown")
    assert within >= 4


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_what_was_painted_survives_hundreds_of_kills(nurseries, folder, articles):
    deaths = kill_many(nurseries, folder, 500, within_the_write)
    assert sum(death.between for death in deaths) >= 100
    for scenario, word, longest in (("close", "closing", 0.02), ("import", "importing", 0.7)):
        moment = partial(_at_random, word, longest)
        kill_copies(nurseries, folder, 100, scenario, moment)


def _at_random(word: str, longest: float, dice: random.Random, _: Nursery) -> Moment:
    return word, 1, dice.uniform(0, longest)
