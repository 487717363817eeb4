"""What is read beside the window is heard while it still counts, and never after the project was left."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.operations.projects import create_project
from annotator.settings import Settings
from annotator.storage.project import Project
from ui.background import Background
from ui.workspace import Workspace


def title(project: Project) -> str:
    return project.meta("title")


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    found = [tmp_path / f"{name}.annotator" for name in ("talks", "strikes")]
    for path in found:
        create_project(path, title=path.stem).close()
    return found


@pytest.fixture
def workspace(qtbot: QtBot, paths: list[Path], tmp_path: Path):
    found = Workspace(Settings(tmp_path / "settings.json"))
    found.open(paths[0])
    yield found
    found.close()


def test_of_questions_asked_together_only_the_latest_is_heard(workspace: Workspace, qtbot: QtBot) -> None:
    heard: list[object] = []
    beside = Background(workspace, heard.append)
    for number in range(3):
        beside.ask(lambda _, number=number: number)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [2]


def test_an_answer_about_the_project_before_is_not_heard(workspace: Workspace, paths: list[Path], qtbot: QtBot) -> None:
    heard: list[object] = []
    beside = Background(workspace, heard.append)
    beside.ask(title)
    workspace.open(paths[1])
    beside.ask(title)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["strikes"]
