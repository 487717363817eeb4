"""Find, search, import and export in the real window, by keys alone; Esc leads back from each."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from annotator.operations.projects import create_project
from annotator.storage import queries
from tests.e2e.views import VIEWS
from ui.dialogs.import_dialog import ImportDialog
from ui.widgets.find_bar import FindBar
from ui.widgets.key_cap import KeyCaps
from ui.widgets.sheet import Sheet

LEAVING = {"Close", "Cancel", "Not now", "Go on working"}


def sheets(driver) -> list[Sheet]:
    return [sheet for sheet in driver.window.findChildren(Sheet) if sheet.isVisible()]


def selected(driver) -> str:
    span = driver.desk.article.selection()
    return driver.desk.document.text[span.start : span.end] if span else ""


@pytest.mark.parametrize("key", ["Ctrl+N", "Ctrl+I", "Ctrl+E", "Ctrl+Shift+Enter", "F1", "Shift+F1"])
def test_esc_closes_the_sheet_and_leads_back(driver, key: str) -> None:
    driver.press(key)
    assert len(sheets(driver)) == 1
    driver.press("Esc")
    assert sheets(driver) == []
    assert driver.desk.article.hasFocus()


@pytest.mark.parametrize("view", [view for view in VIEWS if "sheet" in view or view == "import preview"])
def test_one_button_leaves_a_sheet_and_the_main_one_shows_its_key(driver, tmp_path: Path, view: str) -> None:
    VIEWS[view](driver, tmp_path)
    (sheet,) = sheets(driver)
    buttons = [each for each in sheet.findChildren(QPushButton) if each.isVisible()]
    assert len([each for each in buttons if each.accessibleName() in LEAVING]) == 1
    main = [each for each in buttons if each.property("kind") == "primary"]
    caps = [each for each in sheet.findChildren(KeyCaps) if each.isVisible() and each.accessibleName() == "Enter"]
    assert len(main) == len(caps) or view == "keys sheet"  # which lists Enter among the keys of the article


def test_enter_saves_what_is_known_of_an_article_from_any_field(driver) -> None:
    driver.press("F7", "End", *"!", "Tab", *"Inland Press", "Enter")
    assert sheets(driver) == []
    about = driver.desk.document.about
    assert (about.title, about.outlet) == ("Ministers meet in Ostrell!", "Inland Press")


def test_what_was_found_can_be_tagged_at_once(driver) -> None:
    driver.press("Ctrl+F", *"TROOPS")
    assert selected(driver) == "troops"
    driver.press("Esc")
    assert driver.desk.article.hasFocus()
    assert not driver.window.findChild(FindBar).isVisible()
    driver.press("a")
    assert ("actor", "troops") in driver.tags()


def test_after_finding_words_no_key_acts_on_what_was_tagged_before(driver):
    driver.put_caret("Ostrell")
    driver.press("1", "Ctrl+F", *"TROOPS", "Esc", "x")
    assert driver.tags() == [("actor", "Ostrell")]
    driver.press("1", "x")
    assert driver.tags() == [("actor", "Ostrell")], "what was found and tagged is at hand again"


def test_f3_goes_on_in_the_next_article(driver) -> None:
    driver.press("Ctrl+F", *"st", "Esc", "Ctrl+PgDown", "F3")
    assert driver.desk.document.about.title == "Dockers strike"
    assert selected(driver) == "st"
    assert driver.desk.article.selection().start == len("Dockers ")


def test_files_come_in_by_enter(driver, qtbot, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "sanctions.txt").write_text("Sanctions are named\n\nThe list is long: 12 names.", "utf-8")
    dialog = ImportDialog(driver.window, driver.desk.workspace, driver.desk.jobs, driver.desk.status)
    dialog.begin([folder])
    qtbot.waitUntil(lambda: dialog._import.isEnabled() and dialog._import.isVisible())
    driver.press("Enter")
    qtbot.waitUntil(lambda: not driver.desk.jobs.is_busy)
    QApplication.processEvents()
    assert driver.said == "Imported 1 article"
    assert len(queries.document_keys(driver.desk.workspace.project, None)) == 3
    assert driver.desk.documents.model.rowCount() == 3


def test_closing_the_window_stops_what_runs(driver, qtbot, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_text(f"Article {number}\n\n" + "words " * 500, "utf-8")
    dialog = ImportDialog(driver.window, driver.desk.workspace, driver.desk.jobs, driver.desk.status)
    dialog.begin([folder])
    qtbot.waitUntil(lambda: dialog._import.isEnabled() and dialog._import.isVisible())
    driver.press("Enter")
    assert driver.desk.jobs.is_busy
    path = driver.desk.workspace.project.path
    driver.window.close()
    assert not driver.desk.workspace.is_open
    assert not Path(f"{path}-wal").exists()  # one ordinary file again


def test_in_an_empty_project_enter_brings_articles_in_and_keys_reach_the_first(
    open_driver, qtbot, tmp_path: Path
) -> None:
    with create_project(tmp_path / "empty.annotator", title="Empty"):
        pass
    (tmp_path / "port.txt").write_text("The port is shut.", "utf-8")
    driver = open_driver(tmp_path / "empty.annotator")
    driver.desk.views.show("code")
    button = driver.window.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "Import articles…"
    driver.press("Ctrl+N", "Esc", "Esc")
    assert button.hasFocus(), "Esc leads back to it as long as there is no article"
    driver.press("Enter")
    (dialog,) = sheets(driver)
    assert isinstance(dialog, ImportDialog)
    dialog.look_at([tmp_path / "port.txt"])
    qtbot.waitUntil(lambda: dialog._import.isEnabled() and dialog._import.isVisible())
    driver.press("Enter")
    qtbot.waitUntil(driver.desk.article.hasFocus)
    assert driver.desk.document.about.title == "Port"
