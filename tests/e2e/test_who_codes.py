"""Who codes: seeing the sample's readings, changing who is at work, taking along work done under another name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from annotator.operations.coders import add_coder
from annotator.settings import Settings
from annotator.storage.project import Project
from ui.app import open_window
from ui.widgets.name_line import NameLine
from ui.widgets.sheet import Sheet

# The list of names under the field is a window of its own, which the offscreen platform cannot raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")


def name_line(driver) -> NameLine:
    return driver.window.findChild(NameLine)


def become(driver, words: str, name: str) -> None:
    """Click the words in the status line, type a name, press Enter."""
    next(each for each in driver.desk.status.findChildren(QPushButton) if each.text() == words).click()
    driver.press(*name, "Enter")


@pytest.fixture
def sample(open_driver, sample_path):
    return open_driver(sample_path)


def test_the_readings_of_the_sample_can_be_seen_without_tagging_anything(sample):
    assert sample.tags() == []
    become(sample, "Who codes?", "Coder A")
    assert len(sample.tags()) == 59, "Coder A's reading of the first article"
    assert sample.desk.workspace.coder.name == "Coder A"
    become(sample, "Coder A", "Coder B")
    assert len(sample.tags()) == 60, "Coder B's reading of the first article"
    assert Settings().get("name") == "", "who looks at the sample has not said their name"


def test_a_click_on_the_name_changes_who_codes_and_leaves_the_work_where_it_is(driver, project_path):
    with Project.open(project_path) as project:
        add_coder(project, "Jonas")
    driver.put_caret("Ostrell")
    driver.press("1")
    become(driver, "Mara", "Jonas")
    assert driver.tags() == []
    assert driver.said == "You code as Jonas"
    become(driver, "Jonas", "Mara")
    assert driver.tags() == [("actor", "Ostrell")]


def test_work_done_under_a_colleagues_name_can_be_taken_along(driver, project_path):
    with Project.open(project_path) as project:
        add_coder(project, "Jonas")
    driver.put_caret("Ostrell")
    driver.press("1")
    become(driver, "Mara", "Jonas")
    offer = next(each for each in driver.desk.status.findChildren(QPushButton) if "work of Mara" in each.text())
    offer.click()
    assert driver.tags() == [("actor", "Ostrell")]
    driver.press("Ctrl+Z", "Ctrl+Z")
    assert driver.tags() == []


def test_a_new_name_corrects_ones_own(driver):
    driver.put_caret("Ostrell")
    driver.press("1")
    become(driver, "Mara", "Mara Lindqvist")
    assert driver.desk.workspace.coder.name == "Mara Lindqvist"
    assert driver.tags() == [("actor", "Ostrell")]
    assert name_line(driver).isHidden()


def test_the_name_is_changed_on_the_start_page(qtbot):
    Settings().set("name", "Mara")
    window = open_window()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.activateWindow()
    next(each for each in window.start.findChildren(QPushButton) if each.text() == "Change").click()
    QTest.keyClicks(QApplication.focusWidget(), "Mara Lindqvist")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert Settings().get("name") == "Mara Lindqvist"
    assert "Mara Lindqvist" in [each.text() for each in window.start.findChildren(QLabel)]
    assert not [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]
