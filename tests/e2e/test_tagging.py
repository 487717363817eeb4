"""The main job: tag, change, take back, close, and find it all again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from annotator.storage import queries
from annotator.storage.project import Project


def test_a_drag_and_a_key_make_a_tag_that_is_there_after_reopening(driver, open_driver, project_path):
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a")
    assert driver.tags() == [("actor", "Foreign Minister Ilka Dornath")]
    assert driver.said == "Tagged “Foreign Minister Ilka Dornath” as actor"
    driver.window.close()
    again = open_driver(project_path)
    assert again.tags() == [("actor", "Foreign Minister Ilka Dornath")]


def test_the_tag_is_on_disk_when_it_is_shown(driver, project_path):
    driver.put_caret("Ostrell")
    driver.press("1")
    with Project.open(project_path, read_only=True) as other:
        coder = queries.coders(other)[0].key
        document = queries.document_keys(other, coder)[0]
        assert [a.quote for a in queries.annotations_of(other, document, coder)] == ["Ostrell"]


def test_without_a_selection_the_word_at_the_caret_is_tagged(driver):
    driver.put_caret("Ostrell")
    driver.press("Right", "Left", "1")
    assert driver.tags() == [("actor", "Ostrell")]


def test_half_a_word_snaps_outwards_and_the_article_and_possessive_are_left_out(driver):
    driver.drag("he Tarkess leadershi")
    driver.press("a")
    assert driver.tags() == [("actor", "Tarkess leadership")]
    assert "left out “The”" in driver.said
    driver.drag("the Tarkess’s")
    driver.press("a")
    assert driver.tags()[0] == ("actor", "Tarkess")


def test_a_figure_keeps_its_modifier_and_a_statement_its_article(driver):
    driver.drag("least 100,000 tro")
    driver.press("5")
    assert driver.tags() == [("figure", "least 100,000 troops")]


def test_exact_takes_what_is_selected(driver):
    driver.press("F4")
    driver.drag("he Tarkess l")
    driver.press("a")
    assert driver.tags() == [("actor", "he Tarkess l")]
    driver.press("F4")


def test_alt_while_dragging_takes_what_is_selected(driver):
    driver.drag("inister Ilk", modifiers=Qt.KeyboardModifier.AltModifier)
    driver.press("a")
    assert driver.tags() == [("actor", "inister Ilk")]


def test_the_same_tag_again_does_nothing_and_says_so(driver):
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.put_caret("Ostrell")
    driver.press("1")
    assert driver.tags() == [("actor", "Ostrell")]
    assert driver.said == "“Ostrell” is tagged as actor already"


def test_another_tag_on_the_same_words_is_allowed_and_said(driver):
    for key in ("1", "2"):
        driver.put_caret("Ostrell")
        driver.press(key)
    assert sorted(driver.tags()) == [("actor", "Ostrell"), ("claim", "Ostrell")]
    assert "also tagged as actor" in driver.said


def test_tag_retag_edge_note_delete_and_all_of_it_back(driver):
    driver.put_caret("Ostrell")
    driver.press("1", "r", "d")
    assert driver.tags() == [("demand", "Ostrell")]
    driver.press("e", "e", "Left", "Enter")
    assert driver.tags() == [("demand", "in Ostrell")]
    driver.press("u", "x")
    assert driver.tags() == []
    states = []
    for _ in range(5):
        driver.press("Ctrl+Z")
        states.append(driver.tags())
    assert states == [
        [("demand", "in Ostrell")],
        [("demand", "in Ostrell")],
        [("demand", "Ostrell")],
        [("actor", "Ostrell")],
        [],
    ]
    for _ in range(5):
        driver.press("Ctrl+Shift+Z")
    assert driver.tags() == []
    driver.press("Ctrl+Z")
    assert driver.tags() == [("demand", "in Ostrell")]


def test_esc_puts_the_edges_back(driver):
    driver.put_caret("Ostrell")
    driver.press("1", "e", "e", "Left", "Left", "Esc")
    assert driver.tags() == [("actor", "Ostrell")]
    driver.press("Right")
    assert driver.desk.dispatcher.mode is None


def test_a_second_part_makes_one_annotation_of_two_pieces(driver):
    driver.put_caret("Tarkess leadership")
    driver.press("1")
    driver.put_caret("Dornath")
    driver.press("+")
    assert driver.tags() == [("actor", "DornathTarkess")]
    driver.press("Ctrl+Z")
    assert driver.tags() == [("actor", "Tarkess")]


def test_an_armed_tag_takes_every_selection_until_esc(driver, qtbot):
    driver.press("k", "f")
    driver.drag("100,000 troops")
    qtbot.waitUntil(lambda: driver.tags() == [("figure", "100,000 troops")])
    driver.drag("Ostrell")
    qtbot.waitUntil(lambda: len(driver.tags()) == 2)
    driver.press("Esc")
    driver.drag("Ministers")
    assert len(driver.tags()) == 2


def test_hold_and_arrows_select_without_shift(driver):
    driver.put_caret("an end to")
    driver.press("v", "Right", "Right", "Right", "Right", "Right", "d")
    assert driver.tags() == [("demand", "an end to the talks")]


def test_wider_takes_the_quotation(driver):
    driver.put_caret("close the")
    driver.press("w", "w", "w")
    words = driver.desk.article.selection()
    assert driver.desk.document.text[words.start : words.end].startswith("We will close the port")
    driver.press("t")
    assert driver.tags() == [("threat", "We will close the port")]


def test_next_and_previous_walk_outer_before_inner(driver):
    driver.drag("asked for an end to the talks")
    driver.press("2")
    driver.drag("an end to the talks")
    driver.press("4")
    driver.press("Esc")
    driver.put_caret("Ministers")
    seen = []
    for key in ("n", "n", "p"):
        driver.press(key)
        seen.append(driver.desk.document.annotation(driver.desk.document.current).tag)
    assert seen == ["claim", "demand", "claim"]


def test_the_tag_bar_does_what_the_key_does(driver):
    driver.put_caret("Ostrell")
    QTest.mouseClick(driver.desk.tags.button("claim"), Qt.MouseButton.LeftButton)
    assert driver.tags() == [("claim", "Ostrell")]


def test_a_click_on_a_row_of_the_list_turns_to_the_annotation_and_back(driver):
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.put_caret("talks")
    driver.press("1")
    driver.settle()
    driver.desk.details.chosen.emit(driver.desk.details.model.annotation(0).key)
    assert driver.desk.article.current() == driver.desk.details.model.annotation(0).key


def test_marks_can_be_hidden_for_a_first_reading(driver):
    driver.press("Ctrl+H")
    assert driver.desk.article.marks_hidden()
    driver.press("Ctrl+H")
    assert not driver.desk.article.marks_hidden()


def test_a_note_is_written_and_enter_leads_back_to_the_article(driver, project_path):
    driver.put_caret("Ostrell")
    driver.press("1", "m")
    for letter in "why":
        driver.press(letter)
    driver.press("Enter")
    assert driver.desk.article.hasFocus()
    assert driver.desk.document.annotations()[0].note == "why"
    assert driver.tags() == [("actor", "Ostrell")], "letters typed into a note are no commands"


def test_reading_the_selection_from_qt_is_what_the_text_says(driver):
    driver.drag("100,000 troops stand there 🪖")
    cursor: QTextCursor = driver.desk.article.textCursor()
    assert cursor.selectedText() == "100,000 troops stand there 🪖"
    driver.press("F4", "f")
    assert driver.tags() == [("figure", "100,000 troops stand there 🪖")]


def test_the_caret_stays_where_an_annotation_was_taken_away(driver):
    for words in ("Ministers", "Ostrell", "talks"):
        driver.put_caret(words)
        driver.press("1")
    there = driver.desk.article.caret()
    driver.press("Ctrl+Z")
    assert (driver.desk.article.caret(), driver.desk.document.current) == (there, None)
    driver.put_caret("Ostrell")
    driver.press("n", "x")
    assert driver.tags() == [("actor", "Ministers")]
    assert driver.desk.document.text[driver.desk.article.caret() :].startswith("Ostrell")
    assert driver.desk.document.current is None
