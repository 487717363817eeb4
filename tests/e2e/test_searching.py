"""Searching everything by keys: the list beside the article, tagging from it, and the way back."""

import csv
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox

from annotator.operations import annotations, coders, notes
from annotator.operations.saved_searches import save_search, saved_searches
from annotator.operations.searching import Search
from annotator.settings import Settings
from annotator.storage import queries
from annotator.storage.concordance import find_pattern
from annotator.storage.project import Project
from ui.acts.searching import Searching
from ui.search import order
from ui.search.pane import SearchPane


@pytest.fixture
def look(driver):
    """Types words into the search, presses Enter, and waits until all is found."""
    return lambda words, *keys: looked(driver, words, *keys)


def looked(driver, words, *keys) -> SearchPane:
    driver.press("Ctrl+Shift+F")
    pane = driver.window.act(Searching).pane
    pane.head.field.clear()
    driver.qtbot.keyClicks(QApplication.focusWidget(), words)
    driver.press("Enter")
    found(driver, pane)
    driver.press(*keys)
    return pane


def found(driver, pane) -> None:
    driver.qtbot.waitUntil(lambda: not pane.session.is_busy and not pane.sorting.is_busy, timeout=20_000)


def rows(pane):
    model = pane.places
    return [tuple(model.index(row, column).data() for column in range(1, 6)) for row in range(model.rowCount())]


def tagged(driver):
    project, coder = driver.desk.workspace.project, driver.desk.workspace.coder.key
    return [(key, each.tag, each.quote) for key in (1, 2) for each in queries.annotations_of(project, key, coder)]


def colleague(driver, *, note="") -> None:
    """Ben has tagged the dockers of the second article, in the round that Mara codes too."""
    project = driver.desk.workspace.project
    ben, _ = coders.add_coder(project, "Ben")
    annotations.tag_span(project, 2, ben, "actor", [(16, 35)])
    if note:
        notes.set_note(project, queries.annotations_of(project, 2, ben)[0].key, note)


def test_places_stand_with_their_words_around_and_enter_leads_there_and_esc_back(driver, look):
    pane = look("dockers")
    assert rows(pane) == [
        ("", "Dockers", "strike About 12,000 dockers stopped work on Monday.", "Dockers strike", ""),
        ("Dockers strike About 12,000", "dockers", "stopped work on Monday.", "Dockers strike", ""),
    ]
    assert pane.list.hasFocus()
    driver.press("Down", "Enter")
    assert driver.desk.article.hasFocus()
    assert driver.desk.article.selection() == (29, 36)
    driver.press("Esc")
    assert pane.list.hasFocus()
    assert pane.list.row == 1


def test_the_article_follows_the_row_at_hand_and_esc_leads_back_to_where_one_was(driver, look):
    driver.put_caret("talks")
    before = driver.desk.article.caret()
    pane = look("dockers")
    driver.qtbot.waitUntil(lambda: driver.desk.workspace.document == 2)
    assert driver.desk.article.selection() == (0, 7)
    assert pane.list.hasFocus()
    driver.press("Esc")
    assert not pane.isVisible()
    assert driver.desk.article.hasFocus()
    assert (driver.desk.workspace.document, driver.desk.article.caret()) == (1, before)
    driver.press("Ctrl+Shift+F")
    assert pane.places.rowCount() == 2, "what was found is still there"


def test_a_tag_key_tags_the_row_at_hand_and_what_is_tagged_says_so(driver, look):
    pane = look("dornath OR dockers", "1")
    first = tagged(driver)
    assert len(first) == 1
    assert pane.list.row == 1, "on to the next"
    assert [row[4] for row in rows(pane)].count("Actor") == 1
    driver.press("Up", "1")
    assert "already" in driver.said
    assert tagged(driver) == first
    driver.press("Ctrl+Z", "Ctrl+Z")  # where another article is in sight by now, the first press goes there
    assert tagged(driver) == []
    assert [row[4] for row in rows(pane)] == ["", "", ""]


def test_all_ticked_rows_are_tagged_in_one_step_that_undo_takes_back(driver, look):
    pane = look("minister OR dockers", "Space", "Space", "Space")
    assert pane.places.ticks == 3
    driver.press("c")
    assert driver.said.startswith("Tagged 3 places as claim in 2 articles")
    now = tagged(driver)
    assert len(now) == 3
    assert {tag for _, tag, _ in now} == {"claim"}
    assert pane.places.ticks == 0
    driver.press("Ctrl+Z")
    assert tagged(driver) == now, "it touches several articles: the first press says what it would take back"
    driver.press("Ctrl+Z")
    assert tagged(driver) == []
    assert all(row[4] == "" for row in rows(pane))
    driver.press("Shift+Space")
    assert pane.places.ticks == pane.places.rowCount()
    driver.press("Shift+Space")
    assert pane.places.ticks == 0


def test_many_are_tagged_beside_the_window(driver, look, monkeypatch):
    monkeypatch.setattr("ui.acts.searching.FEW", 1)
    pane = look("the", "Shift+Space", "1")
    number = pane.places.rowCount()
    driver.qtbot.waitUntil(lambda: not driver.desk.jobs.is_busy and pane.places.ticks == 0)
    assert 1 < len(tagged(driver)) <= number
    driver.press("Ctrl+Z", "Ctrl+Z")
    driver.qtbot.waitUntil(lambda: tagged(driver) == [])


def test_a_bad_expression_is_told_and_its_place_is_underlined_and_no_tag_is_set(driver, look):
    pane = look("talks (geneva")
    assert pane._count.text() == "In the search, at character 7 (“(geneva”): this bracket is never closed."
    assert pane.head.field.property("wrong") == "true"
    assert pane.head.field.hasFocus()
    driver.qtbot.keyClicks(pane.head.field, ")")
    assert pane.head.field.property("wrong") == "false"
    assert tagged(driver) == []


def test_a_regular_expression_waits_for_enter_and_a_runaway_one_is_stopped(driver, look, monkeypatch):
    pane = driver.window.act(Searching).pane
    driver.press("Ctrl+Shift+F")
    pane.head.regex.click()
    pane.head.field.setFocus()
    driver.qtbot.keyClicks(pane.head.field, r"\d+,\d{3} \w+")
    assert not pane.head._typing.isActive()
    driver.press("Enter")
    found(driver, pane)
    assert [row[1] for row in rows(pane)] == ["100,000 troops", "12,000 dockers"]
    pane.head.field.setFocus()
    pane.head.field.setText(r"(\w+[ ,.]?)+!!")
    monkeypatch.setitem(find_pattern.__kwdefaults__, "seconds", 0.3)
    driver.press("Enter")
    driver.qtbot.waitUntil(lambda: not pane.session.is_busy, timeout=60_000)
    assert "The expression was stopped" in pane._count.text()


def test_orders_go_by_the_words_beside_and_by_article(driver, look):
    pane = look("the")
    box = pane.findChild(QComboBox, "search_order")

    def by(name):
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
        found(driver, pane)
        return rows(pane)

    after = [row[2].split()[0].casefold() for row in by(order.RIGHT[0]) if row[2]]
    assert after == sorted(after)
    before = [re.findall(r"\w+", row[0])[-1].casefold() for row in by(order.LEFT[0])]
    assert before == sorted(before)
    titles = [row[3] for row in by(order.ARTICLE)]
    assert titles == sorted(titles)
    assert len(by(order.FOUND)) == len(titles)


def test_filters_narrow_it_and_notes_are_found_with_their_annotation(driver, look):
    driver.desk.workspace.project.set_meta("blind", "open")
    colleague(driver, note="Are dockers an actor?")
    pane = look("dockers")
    assert [(row[1], row[4]) for row in rows(pane)] == [
        ("Dockers", ""),
        ("dockers", ""),
        ("dockers", "Note, Actor · Ben"),
    ]
    pane.head._turn.click()
    filters = pane.head.filters
    filters._where.setCurrentIndex(filters._where.findText("Tagged words"))
    filters._where.activated.emit(filters._where.currentIndex())
    found(driver, pane)
    assert [(row[1], row[4]) for row in rows(pane)] == [("dockers", "Actor · Ben")]
    filters._since.setFocus()
    driver.qtbot.keyClicks(filters._since, "last year")
    driver.press("Enter")
    found(driver, pane)
    assert "A date is written as" in pane._count.text()


def test_in_a_blind_round_nothing_of_a_colleague_is_found(driver, look):
    driver.put_caret("Dornath")
    driver.press("1")
    driver.desk.workspace.show_document(2)
    driver.put_caret("Monday")
    driver.press("1")
    colleague(driver, note="Are dockers an actor?")
    pane = look("dockers")
    assert [row[1] for row in rows(pane)] == ["Dockers", "dockers"]
    assert "Ben" not in str(rows(pane))
    driver.press("Esc")


def test_searches_are_saved_found_again_and_deleted_undoably(driver, look):
    pane = look("dockers")
    pane.head.saved.name_wanted.emit()
    pane.head.name._field.setText("strikes")
    driver.press("Enter")
    project = driver.desk.workspace.project
    assert saved_searches(project) == {"strikes": Search("dockers")}
    assert pane.head.field.hasFocus()
    pane.head.saved.aboutToShow.emit()
    words = [action.text() for action in pane.head.saved.actions()]
    assert "strikes" in words
    assert words[-1] == "dockers", "the recent one"
    pane.head.saved.forget_wanted.emit("strikes")
    assert saved_searches(project) == {}
    driver.press("Ctrl+Shift+F", "Esc", "Ctrl+Z")
    assert list(saved_searches(project)) == ["strikes"]


def test_a_saved_search_is_looked_for_as_it_was_saved(driver):
    save_search(driver.desk.workspace.project, "figures", Search(r"\d+,\d+", regex=True, where=("text",)))
    driver.press("Ctrl+Shift+F")
    pane = driver.window.act(Searching).pane
    pane.head.saved.aboutToShow.emit()
    next(each for each in pane.head.saved.actions() if each.text() == "figures").trigger()
    found(driver, pane)
    assert [row[1] for row in rows(pane)] == ["100,000", "12,000"]
    assert pane.head.regex.isChecked()


def test_the_list_is_copied_and_saved(driver, look, tmp_path, monkeypatch):
    pane = look("dockers", "Space", "Ctrl+C")
    (line,) = QGuiApplication.clipboard().text().split("\n")
    assert line.split("\t")[:4] == [
        "",
        "Dockers",
        "strike About 12,000 dockers stopped work on Monday.",
        "Dockers strike",
    ]
    driver.press("Shift+Space", "Shift+Space")
    for kind, mark in (("csv", ","), ("tsv", "\t")):
        dest = tmp_path / f"list.{kind}"
        chooser = driver.window.act(Searching)._chooser
        monkeypatch.setattr(chooser, "destination", lambda *_, to=dest: to)
        pane.save_wanted.emit(kind)
        driver.qtbot.waitUntil(lambda to=dest: to.exists() and not driver.desk.jobs.is_busy)
        with dest.open(encoding="utf-8", newline="") as file:
            head, *lines = csv.reader(file, delimiter=mark)
        assert head[:5] == ["before", "match", "after", "title", "date"]
        assert [line[1] for line in lines] == ["Dockers", "dockers"]
        assert [int(line[head.index("start")]) for line in lines] == [0, 29]
        assert {line[head.index("document")] for line in lines} == {
            queries.document(driver.desk.workspace.project, 2).id
        }


def test_a_text_that_was_replaced_since_is_not_tagged_at_the_old_place(driver, look):
    pane = look("dockers", "Down")
    with Project.open(driver.desk.workspace.project.path) as other, other.step("replace", kind="setup") as step:
        step.replace_text(2, "Something else altogether.\n", {})
    driver.press("1")
    assert tagged(driver) == []
    assert driver.said.startswith("Nothing is left to tag")
    driver.press("Enter")
    assert "reads otherwise by now" in driver.said
    assert pane.list.row >= 0


def test_another_project_begins_with_an_empty_search(driver, look):
    pane = look("dockers")
    driver.desk.workspace.close()
    assert pane.places.rowCount() == 0
    assert pane.head.field.text() == ""
    assert not pane.isVisible()


def test_the_keyboard_reaches_every_control_of_the_search_and_leaves_it(driver, look):
    pane = look("dockers")
    pane.head._turn.click()
    pane.head.field.setFocus()
    seen = []
    for _ in range(60):
        driver.press("Tab")
        seen.append(QApplication.focusWidget())
        if seen[-1] is pane.head.field:
            break
    within = [each for each in seen if pane.isAncestorOf(each)]
    assert pane.list in within
    assert pane.sorts in within
    assert len(within) >= 11
    assert driver.desk.article in seen
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in within)


def test_find_in_the_article_selects_the_hit_and_esc_leaves_it_for_a_tag_key(driver):
    driver.press("Ctrl+F")
    driver.qtbot.keyClicks(QApplication.focusWidget(), "100,000 troops")
    driver.press("Esc")
    assert driver.desk.article.hasFocus()
    text = driver.desk.document.text
    start, end = driver.desk.article.selection()
    assert text[start:end] == "100,000 troops"
    driver.press("5")
    assert tagged(driver) == [(1, "figure", "100,000 troops")]


def test_f3_goes_on_with_the_bar_closed_and_a_tag_key_tags_the_hit(driver):
    driver.press("Ctrl+F")
    driver.qtbot.keyClicks(QApplication.focusWidget(), "the")
    driver.press("Esc", "F3")
    text = driver.desk.document.text
    start, end = driver.desk.article.selection()
    assert text[start:end].casefold() == "the"
    driver.press("Shift+F3")
    assert driver.desk.article.selection()[0] < start
    assert driver.desk.article.hasFocus()


def test_side_by_side_tab_goes_through_the_list_before_the_article(driver, look):
    driver.window.resize(2560, 1360)
    pane = look("dockers")
    assert pane.width() < driver.desk.code.width() * 0.6, "they stand side by side"
    pane.head.field.setFocus()
    seen = [QApplication.focusWidget()]
    while pane.isAncestorOf(seen[-1]) and len(seen) < 30:
        driver.press("Tab")
        seen.append(QApplication.focusWidget())
    assert pane.list in seen
    assert len(seen) >= 8
    driver.window.resize(1280, 640)
    driver.qtbot.waitUntil(lambda: pane.width() > driver.desk.code.width() * 0.9)
    assert driver.desk.article.height() > 120


def test_f6_leads_to_the_search_and_on_to_the_article(driver, look):
    pane = look("dockers")
    driver.press("Enter", "Shift+F6")
    assert pane.isAncestorOf(QApplication.focusWidget())
    driver.press("F6")
    assert driver.desk.article.hasFocus()


def test_from_review_the_search_turns_to_the_articles(driver):
    driver.press("Ctrl+2", "Ctrl+Shift+F")
    assert driver.desk.views.current.id == "code"
    assert driver.window.act(Searching).pane.head.field.hasFocus()


def test_without_single_keys_tags_are_set_with_alt(driver, look):
    driver.desk.keymap.set_preset("no_single_keys")
    look("dockers", "a")
    assert tagged(driver) == []
    driver.press("Alt+1")
    assert len(tagged(driver)) == 1


def test_the_first_tag_of_a_person_comes_from_the_list_which_stays(project_path, open_driver):
    with Project.open(project_path) as project:
        Settings().set_place(project.meta("project"), {"coder": ""})
    driver = open_driver(project_path)
    assert driver.desk.workspace.coder is None
    pane = looked(driver, "dockers", "Space", "Space", "1")
    assert [each for _, each, _ in tagged(driver)] == ["actor", "actor"]
    assert pane.places.rowCount() == 2
    assert pane.list.hasFocus()


def test_another_person_is_shown_nothing_of_the_colleagues_notes_in_a_blind_round(driver, look):
    colleague(driver, note="Are dockers an actor?")
    pane = look("dockers")
    assert [row[4] for row in rows(pane)] == ["", "", "Note, Actor · Ben"], "Mara does not code this article"
    cem, _ = coders.add_coder(driver.desk.workspace.project, "Cem")
    annotations.tag_span(driver.desk.workspace.project, 2, cem, "figure", [(23, 29)])
    assert driver.desk.workspace.switch("Cem")
    found(driver, pane)
    assert len(rows(pane)) == 2
    assert "Ben" not in str(rows(pane))
