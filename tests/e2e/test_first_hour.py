"""What a person meets in the first hour: words, counts and places that must be true at every moment."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from annotator.operations.check import check_project
from annotator.operations.projects import create_project
from annotator.storage.ids import text_id
from ui.acts.projects import Projects
from ui.app import FRAME, fit
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.key_sheet import KeySheet


def select(driver, words: str) -> None:
    driver.put_caret(words)
    driver.press("v", *["Right"] * len(words.split()))


def facts(driver) -> list[str]:
    """The short words at the end of the status line and over the article."""
    driver.settle()
    return [each.text() for part in (driver.desk.status, driver.desk.code) for each in part.findChildren(QLabel)]


def test_a_second_part_is_added_by_keys_alone(driver):
    select(driver, "close the port")
    driver.press("2", "+")
    assert driver.said == "Now select the words of the second part and press + again; Esc leaves it"
    driver.press(*["Right"] * 3)
    select(driver, "troops stand there")
    driver.press("+")
    assert driver.tags() == [("claim", "close the porttroops stand there")]
    assert driver.said.startswith("Added a part to “close the port”")


def test_a_part_that_is_in_it_already_is_no_step_that_undo_would_take_back(driver):
    select(driver, "close the port")
    driver.press("2", "u", "+", "+", "Esc")
    assert driver.said == "No second part is added"
    driver.press("Ctrl+Z")
    assert driver.tags() == [("claim", "close the port")]
    assert not driver.desk.document.annotations()[0].unsure


def test_an_edge_never_makes_the_same_tag_twice(driver):
    select(driver, "close the port")
    driver.press("2", "Esc")
    select(driver, "close the")
    driver.press("2", "e", "Right", "Enter")
    assert driver.said == "“close the port” is tagged as claim already"
    assert sorted(driver.tags()) == [("claim", "close the"), ("claim", "close the port")]
    assert check_project(driver.desk.workspace.project) == []


def test_another_tag_never_makes_the_same_tag_twice(driver):
    for key in ("2", "3"):
        select(driver, "close the port")
        driver.press(key)
    driver.press("r", "2")
    assert driver.said == "“close the port” is tagged as claim already"
    assert sorted(driver.tags()) == [("claim", "close the port"), ("threat", "close the port")]


def test_the_number_of_tags_follows_undo(driver):
    for words in ("Ostrell", "Dornath"):
        driver.put_caret(words)
        driver.press("1")
    assert "2 tags" in facts(driver)
    driver.press("Right", "Ctrl+Z")
    assert "1 tag" in facts(driver)
    driver.press("Ctrl+Z")
    assert "0 tags" in facts(driver)


def test_a_new_title_stands_over_the_article_at_once(driver):
    driver.press("F7")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("Talks at Ostrell")
    driver.press("Enter")
    assert "Talks at Ostrell" in facts(driver)


def test_going_back_in_the_history_offers_to_do_it_again_and_leads_to_the_article(driver):
    for words in ("Ostrell", "Dornath", "talks"):
        driver.put_caret(words)
        driver.press("1")
    driver.press("Ctrl+Shift+H", "Down", "Down", "Tab", "Space")
    assert driver.tags() == [("actor", "Ostrell")]
    assert driver.desk.article.hasFocus()
    redo = next(each for each in driver.desk.status.findChildren(QPushButton) if each.text() == "Redo")
    redo.click()
    assert [words for _, words in driver.tags()] == ["Ostrell", "Dornath", "talks"]


def test_the_first_articles_have_the_keyboard_when_they_come_in(open_driver, tmp_path, qtbot):
    create_project(tmp_path / "new.annotator", title="New").close()
    (tmp_path / "one.txt").write_text("Ministers meet in Ostrell.\n", encoding="utf-8")
    driver = open_driver(tmp_path / "new.annotator")
    driver.window.act(Projects).take_files([str(tmp_path / "one.txt")])
    sheet = driver.window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: sheet._preview is not None)
    driver.press("Enter")
    qtbot.waitUntil(lambda: driver.desk.document.about is not None and driver.desk.article.hasFocus())
    driver.press("1")
    assert driver.tags() == [("actor", "Ministers")]


def test_a_window_that_would_not_fit_with_its_frame_fills_the_screen(driver):
    driver.window.hide()
    driver.window.resize(1366, 768)
    fit(driver.window, QRect(0, 0, 1920, 1040))
    assert not driver.window.isMaximized()
    fit(driver.window, QRect(0, 0, 1366, 768))
    assert driver.window.isMaximized()
    assert driver.window.height() + FRAME <= 768


def test_tab_goes_as_the_controls_stand(driver):
    """List, header, article, tags from left to right; tags and states are made anew, and yet do not come last."""
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.settle()
    driver.press("Tab")
    assert QApplication.focusWidget().accessibleName().startswith("actor")
    driver.press("Tab")
    assert QApplication.focusWidget().accessibleName().startswith("claim")
    driver.press("Shift+Backtab", "Shift+Backtab", "Shift+Backtab")
    assert QApplication.focusWidget().accessibleName() == "Done"
    driver.press("Ctrl+L", "Tab")
    assert QApplication.focusWidget().accessibleName().startswith("All 2")


def test_tab_through_the_list_of_annotations_chooses_none(driver):
    for words in ("Ostrell", "Dornath"):
        driver.put_caret(words)
        driver.press("1")
    driver.press("Esc")
    driver.settle()
    driver.desk.details._list.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert driver.desk.document.current is None
    driver.press("Down")
    assert driver.desk.document.current is not None


def test_a_key_that_cannot_be_had_is_told_and_another_is_waited_for(driver):
    driver.press("F1")
    sheet = driver.window.findChild(KeySheet)
    sheet._change.click()
    driver.press(*"repeat")
    driver.press("Enter", "n")
    assert "already means" in sheet._note.text()
    driver.press("F12")
    assert driver.desk.keymap.keys_for("repeat_tag") == ("F12",)


def test_a_key_leads_to_the_name_that_the_first_tag_asks_for(open_driver, tmp_path):
    with create_project(tmp_path / "new.annotator", title="New") as project, project.step("Import") as step:
        text = "Ministers meet in Ostrell.\n"
        step.insert_document({"id": text_id(text), "sha256": text_id(text), "title": "One"}, text)
    driver = open_driver(tmp_path / "new.annotator")
    driver.press("1", "Enter")
    assert driver.desk.workspace.coder.name != "Maria", "Enter in the article is not about the name"
    driver.press("Esc", "Shift+F6", *"Maria", "Enter")
    assert driver.desk.workspace.coder.name == "Maria"
    assert driver.tags() == [("actor", "Ministers")]


def test_the_question_one_writes_is_in_sight(driver):
    driver.window.resize(1280, 640)
    driver.press("Ctrl+A", "2", "q")
    field = QApplication.focusWidget()
    assert field.accessibleName() == "Question to the lead"
    driver.qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())


def test_the_caret_stands_at_the_edge_that_moves(driver):
    driver.put_caret("port")
    driver.press("1")
    here = driver.desk.article.caret()
    place = driver.desk.document.annotations()[0].outer
    driver.press("e")
    assert driver.desk.article.caret() == place.end
    driver.press("e")
    assert driver.desk.article.caret() == place.start
    driver.press("Left")
    assert driver.desk.article.caret() == driver.desk.document.text.index("the port")
    driver.press("Esc")
    assert driver.desk.article.caret() == here


def test_one_is_on_the_same_annotation_after_opening_again(driver, open_driver, project_path):
    for words in ("Ostrell", "Dornath"):
        driver.put_caret(words)
        driver.press("1")
    driver.window.close()
    again = open_driver(project_path)
    again.press("x")
    assert again.tags() == [("actor", "Ostrell")]


def test_the_start_page_knows_how_much_is_done_even_if_the_program_was_killed(driver):
    driver.press("Ctrl+Enter")
    recent = driver.desk.settings.get("recent")[0]
    assert (recent["done"], recent["total"]) == (1, 2)
