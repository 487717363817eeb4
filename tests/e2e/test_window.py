"""From article to article, states, history, who codes, another window on the same file."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from annotator.operations import annotations
from annotator.operations.projects import create_project
from annotator.settings import Settings
from annotator.storage import queries
from annotator.storage.ids import text_id
from annotator.storage.project import Project
from ui.keys.registry import ACTIONS


def test_every_command_does_something(driver):
    wanted = {action.id for action in ACTIONS}
    assert wanted - driver.window.handled() == set()


def test_done_goes_to_the_next_article_and_can_be_taken_back(driver):
    first = driver.desk.workspace.document
    driver.press("Ctrl+Enter")
    assert driver.desk.workspace.document != first
    assert driver.desk.documents.model.row(0).state == "done"
    driver.press("Ctrl+PgUp", "Ctrl+Enter")
    assert driver.desk.documents.model.row(0).state == "in work"


def test_set_aside_asks_for_a_reason_by_one_key(driver):
    driver.press("Ctrl+Shift+Enter", "n")
    assert driver.desk.documents.model.row(0).state == "set aside"
    driver.press("Ctrl+PgUp")
    assert driver.desk.document.reading.reason == "not relevant"


def test_the_filter_narrows_the_list_as_one_types(driver, qtbot):
    driver.press("Ctrl+L")
    for letter in "dock":
        driver.press(letter)
    model = driver.desk.documents.model
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert model.row(0).title == "Dockers strike"
    driver.press("Esc")
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    driver.press("Esc")
    assert driver.desk.article.hasFocus()


def test_the_filter_takes_letters_of_any_script_small_or_capital(driver, qtbot):
    project = driver.desk.workspace.project
    for title in ("ÜBERFAHRT eingestellt", "Переговори в Женеві"):
        with project.step("Import", kind="setup") as step:
            values = {"id": text_id(title), "sha256": text_id(title), "title": title, "language": "de"}
            step.insert_document(values, title)
    model = driver.desk.documents.model
    driver.press("Ctrl+L")
    for words, title in (("über", "ÜBERFAHRT eingestellt"), ("ЖЕНЕВІ", "Переговори в Женеві")):
        QGuiApplication.clipboard().setText(words)  # Qt's test keys know Latin letters alone
        driver.press("Ctrl+A", "Ctrl+V")
        qtbot.waitUntil(lambda title=title: [model.row(row).title for row in range(model.rowCount())] == [title])


def test_undo_of_something_in_another_article_first_goes_there(driver):
    driver.put_caret("Ostrell")
    driver.press("1", "Ctrl+PgDown", "Ctrl+Z")
    assert driver.tags() == [("actor", "Ostrell")]
    assert "Press again" in driver.said
    driver.press("Ctrl+Z")
    assert driver.tags() == []


def test_undo_reaches_back_before_this_start_after_a_second_press(driver, open_driver, project_path):
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.window.close()
    again = open_driver(project_path)
    again.press("Ctrl+Z")
    assert again.tags() == [("actor", "Ostrell")]
    again.press("Ctrl+Z")
    assert again.tags() == []
    again.press("Ctrl+Y")
    assert again.tags() == [("actor", "Ostrell")]


def test_history_goes_back_to_a_step(driver):
    for words in ("Ostrell", "Dornath", "talks"):
        driver.put_caret(words)
        driver.press("1")
    driver.press("Ctrl+Shift+H")
    history = driver.desk.history
    assert history.isVisible()
    history.list.setCurrentIndex(history.model.index(2))
    history.list.activated.emit(history.model.index(2))
    assert driver.tags() == [("actor", "Ostrell")]
    driver.press("Ctrl+Z", "Ctrl+Y")
    driver.press("Ctrl+Shift+Z")
    driver.press("Ctrl+Shift+Z")
    assert len(driver.tags()) == 3


def test_history_of_a_file_whose_clock_said_anything_is_shown(project_path, open_driver):
    with Project.open(project_path) as project, project.transaction():
        project.connection.execute("UPDATE step SET at = 1000000000000000000 WHERE key = 1")
        project.connection.execute("UPDATE step SET at = -9000000000000000000 WHERE key = 2")
    driver = open_driver(project_path)
    driver.press("Ctrl+Shift+H")
    model = driver.desk.history.model
    told = [model.told(model.step(row)) for row in range(model.rowCount())]
    assert [each.startswith("1970-01-01 00:00:00") for each in reversed(told)][:3] == [True, True, False]


def test_history_offers_the_way_back_only_where_it_leads_somewhere(driver):
    back = next(each for each in driver.desk.history.findChildren(QPushButton) if each.text() == "Go back to here")
    driver.press("Ctrl+Shift+H", "End")
    assert not back.isEnabled(), "only what set the project up lies behind the oldest step"
    driver.press("Esc", "Esc")
    driver.put_caret("Ostrell")
    driver.press("1", "Ctrl+Shift+H", "Home")
    assert not back.isEnabled(), "nothing was done after the newest step"
    driver.press("Down")
    assert back.isEnabled()
    driver.press("Tab", "Space", "Esc", "Ctrl+Shift+H", "End")
    assert not back.isEnabled(), "it is taken back already"


def test_wider_and_narrower_name_the_unit_they_take(driver):
    driver.put_caret("100,000")
    said = []
    for _ in range(5):
        driver.press("w")
        said.append((driver.said, driver.desk.document.text[slice(*driver.desk.article.selection())][:12]))
    assert said[0] == ("Word", "100,000")
    assert said[1:3] == [("Clause", "At least 100"), ("Sentence", "At least 100")]
    assert said[3:] == [("Paragraph – the widest", "“We will clo")] * 2
    driver.press("Shift+W")
    assert driver.said == "Sentence"
    driver.press("Shift+W", "Shift+W", "Shift+W")
    assert driver.said == "Nothing is selected"


def test_an_empty_project_tells_once_how_articles_come_in(open_driver, tmp_path):
    create_project(tmp_path / "new.annotator", title="New").close()
    driver = open_driver(tmp_path / "new.annotator")
    ways = [each for each in driver.window.findChildren(QPushButton) if each.isVisible() and "Import" in each.text()]
    assert [each.text() for each in ways] == ["Import articles…"]
    assert [each.text() for each in driver.window.findChildren(QLabel) if each.text() == "No articles yet"] != []


def test_the_first_tag_of_an_unknown_coder_is_saved_at_once_and_asks_the_name_in_a_line(
    open_driver, project_path, monkeypatch
):
    monkeypatch.setenv("USER", "mlindqvist")
    monkeypatch.setenv("LOGNAME", "mlindqvist")
    Settings().set("places", {})
    driver = open_driver(project_path)
    driver.put_caret("Ostrell")
    driver.press("1")
    assert driver.tags() == [("actor", "Ostrell")]
    assert driver.desk.workspace.coder.name == "mlindqvist"
    assert driver.desk.article.hasFocus(), "the question stands beside the work, not before it"
    driver.desk.workspace.rename("Mara Lindqvist")
    assert driver.desk.workspace.coder.name == "Mara Lindqvist"
    assert driver.tags() == [("actor", "Ostrell")]


def test_work_done_under_a_colleagues_name_goes_to_the_person_named(open_driver, project_path):
    Settings().set("places", {})
    Settings().set("name", "Jonas")
    driver = open_driver(project_path)
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.desk.workspace.rename("Mara")
    assert driver.desk.workspace.coder.name == "Mara"
    assert driver.tags() == [("actor", "Ostrell")]


def test_what_another_program_writes_shows_up(driver, project_path, qtbot):
    with Project.open(project_path) as other:
        coder = queries.coders(other)[0].key
        document = queries.document_keys(other, coder)[0]
        annotations.tag_span(other, document, coder, "claim", [(0, 9)])
    qtbot.waitUntil(lambda: driver.tags() == [("claim", "Ministers")], timeout=3_000)


def test_place_in_the_text_is_remembered(driver, open_driver, project_path):
    driver.press("Ctrl+PgDown")
    driver.desk.article.set_caret(20)
    driver.window.close()
    again = open_driver(project_path)
    assert again.desk.document.about.title == "Dockers strike"
    assert again.desk.article.caret() == 20


def test_three_esc_lead_from_anywhere_to_the_article(driver):
    driver.press("F1")
    driver.press("Esc", "Esc", "Esc")
    assert driver.desk.article.hasFocus()
    driver.press("Ctrl+F")
    driver.press("Esc", "Esc", "Esc")
    assert driver.desk.article.hasFocus()


def test_f6_reaches_every_pane(driver):
    seen = set()
    for _ in range(8):
        driver.press("F6")
        focus = QApplication.focusWidget()
        for name in ("documents", "article", "tags", "details"):
            pane = getattr(driver.desk, name)
            if pane is focus or pane.isAncestorOf(focus):
                seen.add(name)
    assert seen == {"documents", "article", "tags", "details"}


def test_ctrl_s_says_where_everything_is(driver, project_path):
    driver.press("Ctrl+S")
    assert str(project_path) in driver.said
