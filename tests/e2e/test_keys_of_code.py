"""Every key of the article, as the design's table of keys has it for Code: pressed in a real window, seen by its doing.

Proposals, cues, the same words elsewhere and links have files of their own; here each key has one test that it works.
"""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.operations.proposal_settings import set_proposals
from annotator.storage.project import Project
from tests.e2e.conftest import TEXT
from ui.describe.overlay import Overlay
from ui.dialogs.rules_sheet import RulesSheet
from ui.dialogs.same_sheet import SameSheet


def selected(driver):
    span = driver.desk.article.selection()
    return driver.desk.document.text[span.start : span.end] if span else None


def rest_of_line(driver):
    return driver.desk.document.text[driver.desk.article.caret() :].split("\n")[0]


def at_hand(driver):
    return driver.desk.document.annotation(driver.desk.document.current)


def tagged(driver, *places):
    """Tag the words at these places as actors, and leave the caret at the beginning of the article."""
    for words in places:
        driver.put_caret(words)
        driver.press("a")
    driver.press("Esc", "Ctrl+Home")


TAGS = {"1": "actor", "2": "claim", "3": "threat", "4": "demand", "5": "figure"}
LETTERS = {"a": "actor", "c": "claim", "t": "threat", "d": "demand", "f": "figure"}
ARROWS = {  # key → where the caret stands before it, and after it
    "Right": ("Foreign Minister", "Minister Ilka"),
    "Left": ("Minister Ilka", "Foreign Minister"),
    "Alt+Right": ("Ostrell", "strell"),
    "Alt+Left": ("strell", "Ostrell"),
    "Ctrl+Right": ("will close", "At least"),
    "Ctrl+Left": ("Minister Ilka", "“We will"),
    "Ctrl+Down": ("Ostrell", "“We will"),
    "Ctrl+Up": ("Minister Ilka", "“We will"),
}
EXTENDED = {
    ("Shift+Right", "Shift+Right"): "Foreign Minister",
    ("Shift+Right", "Shift+Right", "Shift+Left"): "Foreign",
    ("Ctrl+Shift+Right",): "Foreign Minister Ilka Dornath of the Tarkess’s plan. ",
    ("Ctrl+Shift+Left",): "“We will close the port,” said ",
    ("Ctrl+Shift+Up",): "“We will close the port,” said ",
}


def test_digits_and_letters_tag_the_word_at_the_caret_else_the_selection(driver):
    for key, tag in (TAGS | LETTERS).items():
        driver.put_caret("Ostrell")
        driver.press(key)
        assert driver.tags() == [(tag, "Ostrell")], key
        driver.put_caret("close the port")
        driver.press("Shift+Right", "Shift+Right", "Shift+Right", key)
        assert (tag, "close the port") in driver.tags(), key
        driver.press("Ctrl+Z", "Ctrl+Z")


def test_arrows_go_by_word_character_sentence_and_paragraph(driver):
    for key, (before, after) in ARROWS.items():
        driver.put_caret(before)
        driver.press(key)
        assert rest_of_line(driver).startswith(after), key


def test_up_and_down_go_by_lines_that_have_text(driver):
    driver.put_caret("Ministers meet")
    driver.press("Down")
    assert rest_of_line(driver).startswith("“We will"), "the blank line between is a gap, no line"
    driver.press("Up")
    assert rest_of_line(driver).startswith("Ministers meet")


def test_shift_extends(driver):
    for keys, words in EXTENDED.items():
        driver.put_caret("Foreign")
        driver.press(*keys)
        assert selected(driver) == words, keys


def test_shift_extends_by_lines_and_to_the_next_paragraph(driver):
    driver.put_caret("Foreign")
    driver.press("Shift+Down")
    assert selected(driver).startswith("Foreign Minister")
    driver.press("Shift+Up")
    assert selected(driver) is None
    driver.press("Ctrl+Shift+Down")
    assert selected(driver).strip().endswith("🪖.")


def test_v_holds_the_selection_and_drops_it(driver):
    driver.put_caret("an end to")
    driver.press("v", "Right", "Right")
    assert selected(driver) == "an end"
    driver.press("v", "Right")
    assert selected(driver) is None
    driver.put_caret("Ostrell")
    driver.press("v", "Alt+Right", "Alt+Right", "a")
    assert driver.tags() == [("actor", "Os")], "by characters it is taken exactly"


def test_w_grows_from_the_word_to_the_paragraph_and_shift_w_goes_back(driver):
    driver.put_caret("Ilka")
    grown = []
    for _ in range(7):
        driver.press("w")
        grown.append((driver.said, selected(driver)))
    said = [each for each, _ in grown]
    assert said[:2] == ["Word", "Name"]
    assert grown[1][1].startswith("Foreign Minister Ilka Dornath")
    assert said[-1] == "Paragraph – the widest"
    back = []
    while selected(driver) is not None:
        back.append(selected(driver))
        driver.press("Shift+W")
    assert back == [each for each, _ in reversed(list(dict.fromkeys((words, None) for _, words in grown)))]
    assert rest_of_line(driver).startswith("Ilka")


def test_w_takes_clause_and_quotation(driver):
    driver.put_caret("close the")
    said = []
    for _ in range(4):
        driver.press("w")
        said.append(driver.said)
    assert said[0] == "Word"
    assert "Quotation" in said


def test_n_and_p_go_from_annotation_to_annotation(driver):
    tagged(driver, "Ostrell", "Dornath")
    seen = []
    for key in ("n", "n", "p"):
        driver.press(key)
        seen.append(at_hand(driver).quote)
    assert seen == ["Ostrell", "Dornath", "Ostrell"]


def test_j_and_shift_j_go_from_open_point_to_open_point(driver):
    tagged(driver, "Ostrell", "Dornath")
    driver.press("n", "u", "n", "u", "Esc", "Ctrl+Home")
    seen = []
    for key in ("j", "j", "Shift+J"):
        driver.press(key)
        seen.append(at_hand(driver).quote)
    assert seen == ["Ostrell", "Dornath", "Ostrell"]


@pytest.mark.parametrize("key", ["Space", "x"])
def test_space_takes_a_proposal_and_x_refuses_it(project_path, open_driver, key):
    with Project.open(project_path) as project:
        set_proposals(project, True, proposers=["figures"])
    driver = open_driver(project_path)
    driver.qtbot.waitUntil(lambda: len(driver.desk.proposals) > 0)
    driver.press("j", key)
    assert driver.tags() == ([("figure", "At least 100,000 troops")] if key == "Space" else [])
    assert len(driver.desk.proposals) == 0


def test_x_and_delete_delete(driver):
    for key in ("x", "Delete"):
        tagged(driver, "Ostrell")
        driver.press("n", key)
        assert driver.tags() == []


def test_r_and_a_tag_key_retag_and_k_and_a_tag_key_arm(driver, qtbot):
    tagged(driver, "Ostrell")
    driver.press("n", "r", "d")
    assert driver.tags() == [("demand", "Ostrell")]
    driver.press("k", "f")
    driver.drag("100,000 troops")
    qtbot.waitUntil(lambda: ("figure", "100,000 troops") in driver.tags())
    driver.press("Esc")
    driver.drag("Minister")
    assert len(driver.tags()) == 2


def test_clicks_in_a_row_widen_what_an_armed_tag_takes_and_it_is_tagged_once(driver, qtbot):
    article, left = driver.desk.article, Qt.MouseButton.LeftButton
    driver.press("k", "a")
    driver.put_caret("Ilka")
    QApplication.processEvents()
    point = article.cursorRect().center() + QPoint(4, 0)
    QTest.mouseClick(article.viewport(), left, Qt.KeyboardModifier.NoModifier, point)
    QTest.mouseDClick(article.viewport(), left, Qt.KeyboardModifier.NoModifier, point)
    QTest.mouseRelease(article.viewport(), left, Qt.KeyboardModifier.NoModifier, point)
    QTest.mouseClick(article.viewport(), left, Qt.KeyboardModifier.NoModifier, point)
    driver.press("Esc")  # which does not lose what was just clicked
    (tagged_,) = driver.tags()
    assert tagged_[0] == "actor"
    assert "Ilka Dornath" in tagged_[1], "the whole name, not the word"
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    assert len(driver.tags()) == 1


def test_a_full_stop_repeats_the_last_tag(driver):
    driver.press(".")
    assert driver.said == "No tag was set yet"
    driver.put_caret("Ostrell")
    driver.press("d")
    driver.put_caret("Dornath")
    driver.press(".")
    assert driver.tags() == [("demand", "Ostrell"), ("demand", "Dornath")]


def test_plus_adds_a_second_part(driver):
    tagged(driver, "Ostrell")
    driver.press("n", "+")
    driver.put_caret("Dornath")
    driver.press("+")
    assert list(driver.desk.document.annotations()[0].spans) == [
        (TEXT.index("Ostrell"), TEXT.index("Ostrell") + 7),
        (TEXT.index("Dornath"), TEXT.index("Dornath") + 7),
    ]


def test_e_moves_the_edges(driver):
    tagged(driver, "Ilka")
    driver.press("n", "e", "Right", "e", "Left", "Enter")
    assert driver.tags() == [("actor", "Minister Ilka Dornath")]
    driver.press("e", "Left", "Esc")
    assert driver.tags() == [("actor", "Minister Ilka Dornath")]


def test_s_and_g_link_by_letters(driver):
    tagged(driver, "Dornath")
    driver.put_caret("close the port")
    driver.press("Shift+Right", "Shift+Right", "Shift+Right", "c", "s")
    hints = driver.desk.article.findChild(Overlay).hints
    assert len(hints) == 1
    driver.press("Space")
    assert "Dornath" in driver.said
    driver.press("g")
    assert driver.desk.dispatcher.mode is not None
    driver.press("Esc")
    assert driver.desk.dispatcher.mode is None


def test_o_lists_the_same_elsewhere(driver):
    tagged(driver, "Tarkess’s")
    driver.press("n", "o")
    sheet = next(each for each in driver.window.findChildren(SameSheet) if each.isVisible())
    driver.qtbot.waitUntil(lambda: sheet.places.rowCount() == 1)
    driver.press("Space", "Enter")
    assert driver.tags() == [("actor", "Tarkess")] * 2


def test_u_m_and_q_doubt_note_and_ask(driver):
    tagged(driver, "Ostrell")
    driver.press("n", "u")
    assert at_hand(driver).unsure
    driver.press("u", "m", "w", "h", "y", "Enter", "q", "o", "r", "Enter")
    assert (at_hand(driver).unsure, at_hand(driver).note, at_hand(driver).question) == (False, "why", "or")
    assert driver.desk.article.hasFocus()


def test_enter_describes_and_esc_leads_back(driver):
    tagged(driver, "Ostrell")
    driver.press("n", "Enter")
    assert not driver.desk.article.hasFocus()
    driver.press("Esc")
    assert driver.desk.article.hasFocus()


def test_tab_is_never_taken(driver):
    driver.desk.article.setFocus()
    driver.press("Tab")
    assert not driver.desk.article.hasFocus()


def test_a_question_mark_shows_the_rules(driver):
    driver.press("?")
    assert any(each.isVisible() for each in driver.window.findChildren(RulesSheet)) or driver.desk.rules.isVisible()


def test_what_ctrl_f_finds_stays_selected_when_esc_closes_and_a_tag_key_tags_it(driver):
    driver.press("Ctrl+F")
    for letter in "minister ilka":
        driver.press(letter if letter != " " else "Space")
    driver.press("Esc")
    assert selected(driver) == "Minister Ilka"
    assert driver.desk.article.hasFocus()
    driver.press("3")
    assert driver.tags() == [("threat", "Minister Ilka")]


def test_half_a_word_that_is_found_is_tagged_whole_and_f3_goes_on(driver):
    driver.press("Ctrl+F")
    for letter in "tark":
        driver.press(letter)
    driver.press("Esc", "F3", "a")
    assert driver.tags() == [("actor", "Tarkess")]
    assert driver.desk.document.annotations()[0].outer.start == TEXT.rindex("Tarkess")


def test_shift_n_goes_to_the_next_cue(driver):
    driver.press("Shift+N", "w", "t")
    assert driver.tags() == [("threat", "We will close the port")]


def test_home_and_end_are_qts_own(driver):
    driver.press("Ctrl+End")
    assert driver.desk.article.caret() == len(TEXT)
    driver.press("Ctrl+Home")
    assert driver.desk.article.caret() == 0


def test_a_letter_goes_by_its_place_on_a_keyboard_of_another_script(driver):
    for letter in "фش":  # both where A stands on a US keyboard
        driver.put_caret("Ostrell")
        event = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, 38, 0, 0, letter)
        QApplication.sendEvent(driver.desk.article, event)
        assert driver.tags() == [("actor", "Ostrell")]
        driver.press("Ctrl+Z")
