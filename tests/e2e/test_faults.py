"""Full disks, files that cannot be written or read: the window says one sentence, stays, and loses nothing."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.operations.check import check_project
from annotator.storage.project import Project
from ui.acts.copying import Copying
from ui.acts.projects import Projects
from ui.dialogs.choosing import Chooser

CHILD = Path(__file__).with_name("fault_child.py")


def is_one_sentence(text: str) -> bool:
    return text.endswith(".") and "\n" not in text and "Traceback" not in text and "Error" not in text


def quotes(path: Path) -> list[str]:
    """The words of the annotations in a file, which is whole."""
    with Project.open(path) as project:
        assert check_project(project) == []
        return [row[0] for row in project.rows("SELECT quote FROM annotation WHERE deleted = 0 ORDER BY key")]


def saved(driver) -> str:
    return driver.desk.status._saved.text()


def offers(driver) -> list[str]:
    """What the status line offers to do about it."""
    row = driver.desk.status._offer_row
    widgets = [row.itemAt(place).widget() for place in range(row.count())]
    return [each.text() for each in widgets if hasattr(each, "text")]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the computer can reach, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="annotator-"))
    made.chmod(0o777)
    yield made
    for path in [made, *made.rglob("*")]:
        path.chmod(0o777)
    shutil.rmtree(made)


def in_child(practice: Path, path: Path, fault: str) -> dict:
    done = subprocess.run(
        [sys.executable, str(CHILD), str(practice), str(path), fault], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


# ---- the disk is full


def test_a_tag_that_the_full_disk_refuses_is_not_shown_and_said(driver, project_path):
    connection = driver.desk.workspace.project.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    driver.put_caret("Ostrell")
    driver.press("1")
    connection.execute(f"PRAGMA max_page_count = {pages}")
    driver.press("m")
    for _ in range(3_000):
        driver.desk.details.inspector._note.insertPlainText("long ")
    driver.press("Enter")
    assert driver.desk.status.role == "bad"
    assert driver.said == (
        "The disk that holds talks.annotator is full: this change is not saved. Free some space first."
    )
    assert offers(driver) == ["Save a copy…"]
    driver.press("Ctrl+S")
    assert "is full" in driver.said, "what is not saved stays in sight"
    assert driver.tags() == [("actor", "Ostrell")]
    connection.execute("PRAGMA max_page_count = 1000000")
    driver.put_caret("Dornath")
    driver.press("1")
    assert driver.said == "Tagged “Dornath” as actor"
    driver.window.close()
    assert quotes(project_path) == ["Ostrell", "Dornath"]


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE")
def test_tags_go_on_until_the_disk_is_full_and_again_when_there_is_room(project_path, tmp_path):
    practice = tmp_path / "practice.annotator"
    shutil.copy(project_path, practice)
    told = in_child(practice, project_path, str(project_path.stat().st_size + 120_000))
    assert told["bugs"] == []
    last = told["then"]
    assert last["role"] == "bad", "the disk was never full"
    assert is_one_sentence(last["said"])
    assert "talks.annotator" in last["said"]
    assert last["tags"] == last["marks"] > 0
    after = told["when there is room"]
    assert after["role"] != "bad"
    assert after["tags"] == last["tags"] + 1
    assert len(quotes(project_path)) == after["tags"]


# ---- what may not be written


@pytest.mark.skipif(os.name != "posix", reason="users and permissions of POSIX")
@pytest.mark.parametrize("whole_folder", [False, True], ids=["file", "folder"])
def test_a_project_that_may_only_be_read_is_shown_and_says_so(driver, project_path, open_folder, whole_folder):
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.window.close()
    path = open_folder / "talks.annotator"
    shutil.copy(project_path, path)
    path.chmod(0o444)
    if whole_folder:
        open_folder.chmod(0o555)
    told = in_child(project_path, path, "read-only")
    assert told["bugs"] == []
    assert told["opened"]
    if whole_folder:
        assert told["may write"] is False, "the fault took no effect"
    assert told["at first"]["saved"] == "read only"
    assert told["then"]["tags"] == told["at first"]["tags"] == told["then"]["marks"]
    assert told["then"]["saved"] == "read only"
    assert is_one_sentence(told["then"]["said"])
    assert "talks.annotator" in told["then"]["said"]
    assert "not saved" in told["then"]["said"]
    assert [each.name for each in open_folder.iterdir()] == ["talks.annotator"]
    open_folder.chmod(0o777)
    path.chmod(0o666)
    assert quotes(path) == ["Ostrell"]


def test_a_file_deleted_while_open_can_be_saved_under_another_name(driver, project_path, tmp_path):
    driver.put_caret("Ostrell")
    driver.press("1")
    project_path.unlink()
    driver.put_caret("Dornath")
    driver.press("1")
    assert driver.desk.status.role == "bad"
    assert is_one_sentence(driver.said.split(". ")[0] + ".")
    assert str(project_path) in driver.said
    assert "moved or deleted" in driver.said
    assert driver.tags() == [("actor", "Ostrell")]
    assert driver.desk.status.text == driver.said
    driver.press("Ctrl+S")
    assert "moved or deleted" in driver.said, "it is held until it is solved"
    assert offers(driver) == ["Save a copy…"]
    rescued = tmp_path / "rescued.annotator"

    class Person(Chooser):
        def destination(self, *_, **__):
            return rescued

    driver.window.act(Copying)._chooser = Person()
    driver.desk.status._offer_row.itemAt(0).widget().click()
    assert str(rescued) in driver.said
    assert driver.tags() == [("actor", "Ostrell")]
    driver.put_caret("Dornath")
    driver.press("1")
    driver.window.close()
    assert quotes(rescued) == ["Ostrell", "Dornath"]
    assert not project_path.exists()


def test_a_copy_of_a_project_in_use_is_whole(driver, project_path, tmp_path, qtbot):
    driver.put_caret("Ostrell")
    driver.press("1")
    copy = tmp_path / "copy.annotator"

    class Person(Chooser):
        def destination(self, *_, **__):
            return copy

    driver.window.act(Copying)._chooser = Person()
    driver.desk.dispatcher.perform("save_copy")
    qtbot.waitUntil(lambda: str(copy) in driver.said)
    assert quotes(copy) == ["Ostrell"]
    assert driver.desk.workspace.project.path == project_path


def test_another_file_put_in_the_place_of_the_open_one_is_not_written(driver, project_path, tmp_path):
    other = tmp_path / "other.annotator"
    shutil.copy(project_path, other)
    other.replace(project_path)
    driver.put_caret("Ostrell")
    driver.press("1")
    assert "moved or deleted" in driver.said
    driver.window.close()
    assert quotes(project_path) == []


# ---- what is no project, or a spoilt one


def not_sqlite(path: Path) -> None:
    path.write_text("A letter, long enough to be mistaken for something else.\n" * 200, encoding="utf-8")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def half(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def newer(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("UPDATE meta SET value = '999' WHERE name LIKE 'oldest%' OR name LIKE '%writer%'")
        assert file.total_changes, "the fault took no effect"
    file.close()


def others_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE bookmarks (url TEXT)")
        file.execute("INSERT INTO bookmarks VALUES ('https://example.org')")
    file.close()


def gone(path: Path) -> None:
    path.unlink()


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [not_sqlite, empty, half, newer, others_program, gone, folder_instead])
@pytest.mark.parametrize("from_start", [True, False], ids=["start page", "over another project"])
def test_a_file_that_is_no_good_project_is_refused_in_one_sentence(
    driver, project_path, tmp_path, qtbot, spoil, from_start
):
    bad = tmp_path / "bad" / "bad.annotator"
    bad.parent.mkdir()
    driver.put_caret("Ostrell")
    driver.press("1")
    with Project.open(project_path) as project:
        project.copy_to(bad)
    spoil(bad)
    before = bad.read_bytes() if bad.is_file() else None
    window = driver.window
    if from_start:
        window.desk.workspace.close()
        window.show_start()
    # What is in a temporary folder, as here, is first asked where to stay; this is what comes then.
    (window.act(Projects).open if not bad.is_file() else window.act(Projects).open_at)(bad)
    qtbot.wait(20)
    assert window.isVisible()
    assert driver.desk.status.role == "bad"
    assert is_one_sentence(driver.said), driver.said
    assert "bad.annotator" in driver.said
    assert (bad.read_bytes() if bad.is_file() else None) == before
    if from_start:
        assert window.start.isVisible()
    else:
        assert driver.tags() == [("actor", "Ostrell")]
        driver.put_caret("Dornath")
        driver.press("1")
        assert len(driver.tags()) == 2


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_anywhere_is_refused_or_read_without_a_fault_of_the_program(open_driver, project_path, share):
    """pytest-qt fails the test if any slot of the window raises."""
    driver = open_driver(project_path)
    with Project.open(project_path) as project:
        cut = project_path.with_name("cut.annotator")
        project.copy_to(cut)
    data = cut.read_bytes()
    cut.write_bytes(data[: int(len(data) * share)])
    opened = driver.window.act(Projects).open_at(cut)
    if opened:
        driver.press("Ctrl+PgDown", "Ctrl+PgUp", "1")
    else:
        assert is_one_sentence(driver.said)
        assert "cut.annotator" in driver.said
