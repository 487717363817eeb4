"""The log of timings: off until somebody switches it on, no word of an article in it, gone when it is deleted."""

import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.timing_log import timing_file


def lines():
    return [json.loads(line) for line in timing_file().read_text("utf-8").splitlines()]


def test_nothing_is_noted_before_it_is_switched_on(driver):
    driver.put_caret("Ostrell")
    driver.press("a")
    driver.window.close()
    assert not timing_file().exists()


def test_commands_keys_and_the_pointer_are_noted_and_no_text(driver):
    driver.desk.dispatcher.perform("timing_log")
    assert str(timing_file()) in driver.said
    assert "no text" in driver.said
    assert driver.desk.status._timing.isVisible()
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a", "Ctrl+F")
    for letter in "Ostrell":
        driver.press(letter)
    driver.press("Esc", "1")
    driver.desk.dispatcher.perform("timing_log")
    told = lines()
    assert not driver.desk.status._timing.isVisible()
    assert [each["what"] for each in told if each["what"] in ("begin", "end")] == ["begin", "end"]
    assert [each["spans"] for each in told if each["what"] == "saved"] == [1, 2]
    assert [each["id"] for each in told if each["what"] == "act"] == ["tag", "find", "back", "tag"]
    assert sum(each["what"] == "key" for each in told) == len("a F Ostrell E 1".replace(" ", ""))
    assert sum(each.get("typing", False) for each in told) == len("Ostrell") + 1
    assert [each["what"] for each in told if each["what"] in ("press", "release")] == ["press", "release"]
    text = timing_file().read_text("utf-8").lower()
    assert not any(word in text for word in ("ostrell", "dornath", "minister", "talks", "mara"))
    assert all(set(each) <= {"at", "what", "id", "tag", "spans", "moved", "typing", "version"} for each in told)
    driver.put_caret("port")
    driver.press("a")
    assert lines() == told, "switched off, it notes nothing more"


def test_it_stays_on_and_is_deleted_by_a_command(driver, open_driver, project_path):
    driver.desk.dispatcher.perform("timing_log")
    driver.window.close()
    again = open_driver(project_path)
    assert again.desk.status._timing.isVisible()
    again.desk.dispatcher.perform("delete_timings")
    assert again.said == "The log of timings is deleted"
    QTest.mouseClick(again.desk.status._timing, Qt.MouseButton.LeftButton)
    assert not again.desk.settings.get("timing")
    again.desk.dispatcher.perform("delete_timings")
    again.desk.dispatcher.perform("delete_timings")
    assert again.said == "There is no log of timings"


def test_a_file_that_cannot_be_written_is_said_and_coding_goes_on(driver):
    timing_file().mkdir(parents=True)
    driver.desk.dispatcher.perform("timing_log")
    assert driver.said.startswith("The log of timings cannot be written")
    assert not driver.desk.settings.get("timing")
    driver.put_caret("Ostrell")
    driver.press("a")
    assert driver.tags() == [("actor", "Ostrell")]
