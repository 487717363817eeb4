"""A better text for the article at hand: the sheet tells what becomes of annotations, Enter replaces, undo undoes."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QListWidget

from annotator.operations.imports import import_paths
from annotator.storage import queries
from tests.e2e.test_actors import Fixed
from ui.acts.article_details import ArticleDetails
from ui.dialogs.replace_sheet import ReplaceSheet
from ui.widgets.choice import Choice
from ui.widgets.sheet import Sheet


def sheets(driver) -> list[Sheet]:
    return [sheet for sheet in driver.window.findChildren(Sheet) if sheet.isVisible()]


def look_at(driver, path: Path) -> ReplaceSheet:
    driver.window.act(ArticleDetails).chooser = Fixed(path)
    driver.desk.dispatcher.perform("replace_text")
    (sheet,) = sheets(driver)
    return sheet


def lines(sheet: ReplaceSheet) -> list[str]:
    (found,) = sheet.findChildren(QListWidget)
    return [found.item(row).text() for row in range(found.count())]


@pytest.fixture
def better(driver, tmp_path) -> Path:
    for words in ("Ostrell", "troops"):
        driver.put_caret(words)
        driver.press("1")
    text = "Corrected.\n" + driver.desk.document.text.replace("troops", "trooops")
    path = tmp_path / "better.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_enter_replaces_and_undo_brings_all_back(driver, better):
    old, before = driver.desk.document.text, driver.tags()
    sheet = look_at(driver, better)
    (line,) = lines(sheet)
    assert line.startswith("Reads otherwise: “troops” → “trooops” (actor, ")
    driver.press("Enter")
    assert sheets(driver) == []
    assert driver.desk.document.text == better.read_text("utf-8")
    assert sorted(words for _, words in driver.tags()) == ["Ostrell", "trooops"]
    driver.press("Ctrl+Z")
    assert driver.desk.document.text == old
    assert driver.tags() == before


def test_esc_leaves_everything_as_it_is(driver, better):
    old = driver.desk.document.text
    look_at(driver, better)
    driver.press("Esc")
    assert sheets(driver) == []
    assert queries.text_of(driver.desk.workspace.project, driver.desk.workspace.document) == old


def test_a_file_that_cannot_be_read_is_told_and_nothing_can_be_replaced(driver, tmp_path):
    path = tmp_path / "sound.txt"
    path.write_bytes(bytes(range(32)) * 40)
    sheet = look_at(driver, path)
    assert not sheet._button.isEnabled()
    assert sheet._fault.isVisible()
    driver.press("Enter")
    assert len(sheets(driver)) == 1


def test_an_article_in_a_wrong_encoding_is_read_anew_by_keys(driver, tmp_path):
    path = tmp_path / "brief.txt"
    path.write_bytes("Ein Brief von Müller aus Köln.\n".encode())
    import_paths(driver.desk.workspace.project, [path], encoding="cp1252")
    driver.desk.workspace.show_document(max(queries.document_keys(driver.desk.workspace.project, None)))
    assert driver.desk.document.text == "Ein Brief von MÃ¼ller aus KÃ¶ln.\n"
    driver.put_caret("Brief")
    driver.press("1")
    driver.desk.dispatcher.perform("read_anew")
    (sheet,) = sheets(driver)
    was, now = (each for each in sheet.findChildren(Choice))
    assert (was.currentData(), now.currentData()) == ("cp1252", "cp1252")
    assert not sheet._button.isEnabled()  # nothing is chosen yet
    assert now.hasFocus()
    for _ in range(now.count()):
        if now.currentData() == "utf-8":
            break
        driver.press("Down")
    assert any("Brief von Müller" in each.text() for each in sheet.findChildren(QLabel))
    driver.press("Enter")
    assert sheets(driver) == []
    assert driver.desk.document.text == "Ein Brief von Müller aus Köln.\n"
    assert [words for _, words in driver.tags()] == ["Brief"]
    about = queries.document(driver.desk.workspace.project, driver.desk.workspace.document)
    assert about.encoding == "utf-8"
    driver.press("Ctrl+Z")
    assert driver.desk.document.text == "Ein Brief von MÃ¼ller aus KÃ¶ln.\n"
