"""The installed program: the commands without Qt, and clear words where there is no display for the window."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.operations.projects import create_project

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-c", "from ui.command import main; main()"]


def run(*words, **settings):
    """The program with these settings in place of this environment's display; None takes one away."""
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env.pop("QT_QPA_PLATFORM", None)
    command = [*PROGRAM, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env={**env, **settings}, capture_output=True, text=True, timeout=60)


def in_one_sentence(child):
    assert child.returncode == 2, child.stdout + child.stderr
    assert child.stdout == ""
    assert child.stderr.count("\n") == 1, child.stderr
    return child.stderr


def test_commands_without_a_window_load_no_qt(tmp_path):
    create_project(tmp_path / "p.annotator").close()
    script = (
        "import sys; from annotator.errors import AnnotatorError; from ui.command_line import cli\n"
        f"cli(['info', {str(tmp_path / 'p.annotator')!r}], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6', 'qtpy'))])"
    )
    child = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    assert child.stdout.endswith("[]\n")


def test_the_list_of_commands_has_the_window_too():
    said = run("--help").stdout
    for name in ("open", "demo", "new", "import", "export", "formats", "info", "check", "sample"):
        assert f"\n  {name} " in said


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
@pytest.mark.parametrize("words", [(), ("open",)], ids=["no arguments", "open"])
def test_without_a_display_the_window_says_so_and_names_the_demo(words):
    said = in_one_sentence(run(*words))
    assert "no display" in said
    assert "annotator demo" in said


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of X are reached by name")
@pytest.mark.parametrize(
    ("settings", "word"),
    [({"QT_QPA_PLATFORM": "xcb", "DISPLAY": "nowhere:99"}, "nowhere:99"), ({"QT_QPA_PLATFORM": "nothing"}, "nothing")],
    ids=["a display that is not there", "a platform that is none"],
)
def test_a_display_out_of_reach_ends_in_one_sentence(settings, word):
    said = in_one_sentence(run("open", **settings))
    assert "display" in said
    assert word in said or "xcb" in said  # where Qt's library for X is missing, that is the reason


def test_a_project_that_is_not_there_is_named(tmp_path):
    path = tmp_path / "gone.annotator"
    assert in_one_sentence(run("open", path, QT_QPA_PLATFORM="offscreen")) == f"There is no file {path}.\n"


@pytest.mark.parametrize("words", [("open", "--document", "0"), ("open", "a", "b"), ("close",)])
def test_wrong_use_ends_with_2(words):
    child = run(*words, QT_QPA_PLATFORM="offscreen")
    assert child.returncode == 2
    assert "Usage:" in child.stderr


def test_the_demo_does_the_main_job_and_says_where_everything_is(tmp_path):
    child = run("demo", "--folder", tmp_path / "demo")
    assert child.returncode == 0, child.stdout + child.stderr
    for word, suffix in (("Project", ".annotator"), ("Export", ".jsonl"), ("Picture", ".png")):
        (line,) = [line for line in child.stdout.split("\n") if line.startswith(f"{word}: ")]
        path = Path(line.partition(": ")[2])
        assert path.suffix == suffix
        assert path.stat().st_size > 1000
