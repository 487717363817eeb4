"""What is proposed is drawn apart and never counted, and each answer to it is one key and one step."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from annotator.operations.assigning import assign
from annotator.operations.coders import add_coder
from annotator.operations.proposal_settings import set_proposals
from annotator.operations.refusals import refused
from annotator.storage.project import Project
from tests.e2e.conftest import TEXT
from ui.proposals.sure_sheet import SureSheet

PORT = "We will close the port"
TROOPS = "At least 100,000 troops"


@pytest.fixture
def offering(project_path, open_driver):
    """A window in whose project two proposers are switched on; opened once they have shown something."""
    with Project.open(project_path) as project:
        set_proposals(project, True, proposers=["figures", "before", "actors"])
    return opened(project_path, open_driver)


def opened(path, open_driver):
    driver = open_driver(path)
    driver.qtbot.waitUntil(lambda: len(driver.desk.proposals) > 0)
    return driver


def offered(driver) -> list[tuple[str, str]]:
    text = driver.desk.document.text
    return [(each.tag, text[each.outer.start : each.outer.end]) for _, each in driver.desk.proposals.items()]


def at_hand(driver) -> str:
    proposal = driver.desk.proposals.get(driver.desk.article.proposal())
    return driver.desk.document.text[proposal.outer.start : proposal.outer.end] if proposal else ""


def became(driver) -> list[tuple[str, str, str]]:
    """Tag and words of each annotation that was proposed, and what became of the proposal."""
    found = driver.desk.document.annotations()
    return [(each.tag, each.quote, each.extra["proposed"]["became"]) for each in found if "proposed" in each.extra]


def tag_tarkess(driver) -> None:
    """The first of three mentions is tagged; the other two are proposed."""
    driver.put_caret("Tarkess")
    driver.press("a")
    driver.qtbot.waitUntil(lambda: ("actor", "Tarkess") in offered(driver))


def test_nothing_is_proposed_before_the_lead_says_so(driver):
    driver.settle()
    driver.press("j")
    assert driver.said == "No open points in this article"
    assert offered(driver) == []


def test_j_leads_to_a_proposal_and_space_takes_it_as_one_step(offering):
    driver = offering
    assert offered(driver) == [("figure", TROOPS)]
    assert driver.tags() == [], "none is counted"
    driver.press("j")
    assert driver.said == f"Proposal 1 of 1: figure “{TROOPS}” (Numbers with what they count, sure)"
    assert at_hand(driver) == TROOPS
    assert driver.desk.article.caret() == TEXT.index(TROOPS)
    driver.press("Space")
    assert driver.tags() == [("figure", TROOPS)]
    assert became(driver) == [("figure", TROOPS, "taken")]
    assert driver.said == f"Took the proposal “{TROOPS}” as figure. No proposal is left in this article"
    assert offered(driver) == []
    driver.press("Ctrl+Z")
    assert driver.tags() == []
    driver.qtbot.waitUntil(lambda: offered(driver) == [("figure", TROOPS)])


def test_x_refuses_and_it_stays_refused_after_a_restart(offering, project_path, open_driver):
    driver = offering
    driver.press("j", "x")
    assert driver.said == f"Refused the proposal “{TROOPS}” as figure. No proposal is left in this article"
    assert driver.tags() == []
    driver.window.close()
    again = open_driver(project_path)
    tag_tarkess(again)  # so that they are asked for
    assert ("figure", TROOPS) not in offered(again)
    again.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")  # what was done before the start is announced first
    assert again.said == f"Undid: Refused the proposal “{TROOPS}” as figure"
    again.qtbot.waitUntil(lambda: ("figure", TROOPS) in offered(again))


def test_after_each_answer_the_next_proposal_is_at_hand_and_j_passes_one_over(offering):
    driver = offering
    tag_tarkess(driver)
    driver.put_caret("Ministers")
    driver.press("j")
    assert at_hand(driver) == TROOPS
    driver.press("j")
    assert at_hand(driver) == "Tarkess"
    driver.press("Shift+J")
    assert at_hand(driver) == TROOPS
    driver.press("x")
    assert at_hand(driver) == "Tarkess"
    assert "Next, 1 of 1: actor “Tarkess”" in driver.said
    driver.press("Space")
    assert driver.tags() == [("actor", "Tarkess"), ("actor", "Tarkess")]


def test_j_stops_at_all_that_is_proposed_before_it_stops_at_statements_without_a_source(offering):
    driver = offering
    driver.drag(PORT)
    driver.press("t")
    tag_tarkess(driver)
    driver.qtbot.waitUntil(lambda: driver.desk.details.open_words != "")
    driver.put_caret("Ministers")
    stops = []
    for _ in range(3):
        driver.press("j")
        stops.append(at_hand(driver) or driver.said)
    assert stops[:2] == [TROOPS, "Tarkess"]
    assert "source" in stops[2]
    driver.press("Shift+J")
    assert at_hand(driver) == "Tarkess"


def test_a_tag_key_takes_the_proposed_words_with_another_tag(offering):
    driver = offering
    driver.press("j", "d")
    assert driver.tags() == [("demand", TROOPS)]
    assert became(driver) == [("demand", TROOPS, "edited")]
    driver.press("Ctrl+Z")
    assert driver.tags() == []


def test_with_its_tag_kept_armed_a_click_takes_a_proposal_and_leaves_those_of_other_tags(offering):
    driver = offering
    article = driver.desk.article

    def click(words):
        driver.put_caret(words)
        QApplication.processEvents()
        point = article.cursorRect().center() + QPoint(4, 0)
        QTest.mouseClick(article.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)

    driver.press("k", "a")
    click("100,000")
    assert at_hand(driver) == TROOPS
    assert driver.tags() == []
    driver.qtbot.wait(QApplication.doubleClickInterval() + 50)
    assert driver.tags() == []
    driver.press("Esc", "k", "f")
    click("100,000")
    driver.qtbot.waitUntil(lambda: became(driver) == [("figure", TROOPS, "taken")])
    assert driver.said == f"Took the proposal “{TROOPS}” as figure"
    driver.press("Ctrl+Z")
    assert driver.tags() == []


def test_e_moves_its_edges_and_enter_takes_it_so_in_one_step(offering):
    driver = offering
    driver.press("j", "e", "e", "Right", "Right", "Enter")
    assert became(driver) == [("figure", "100,000 troops", "edited")]
    driver.press("Ctrl+Z")
    assert driver.tags() == []
    driver.qtbot.waitUntil(lambda: offered(driver) == [("figure", TROOPS)])
    driver.press("j", "e", "Right", "Esc")
    assert at_hand(driver) == TROOPS
    assert driver.tags() == []


def test_a_selection_or_a_step_of_the_caret_leaves_the_proposal_alone(offering):
    driver = offering
    driver.press("j", "Right")
    assert at_hand(driver) == ""
    driver.press("d")
    assert driver.tags() == [("demand", "least")]
    driver.press("j")
    driver.drag("troops stand")
    driver.press("d")
    assert ("demand", "troops stand") in driver.tags()


def test_yes_and_no_are_heard_where_the_caret_stands_in_a_proposal(offering):
    driver = offering
    driver.put_caret("100,000")
    driver.press("Space")
    assert became(driver) == [("figure", TROOPS, "taken")]


def test_f2_and_the_menu_tell_what_is_proposed(offering):
    driver = offering
    driver.put_caret("100,000")
    driver.press("F2")
    assert driver.said == f"Paragraph 2; proposed: figure “{TROOPS}”"


def test_a_refused_name_is_no_open_point_either(offering):
    driver = offering
    tag_tarkess(driver)
    driver.press("Esc")
    while at_hand(driver) != "Tarkess":
        driver.press("j")
    driver.press("x")
    assert "Tarkess" in driver.said
    driver.press("Esc", "j", "j")
    assert "tagged elsewhere" not in driver.said


def test_a_blind_round_hides_them_until_they_are_switched_on_for_it_too(project_path, open_driver):
    with Project.open(project_path) as project:
        ben, _ = add_coder(project, "Ben")
        assign(project, [(1, 1), (1, ben)])
        set_proposals(project, True)
    driver = open_driver(project_path)
    driver.qtbot.wait(300)
    assert offered(driver) == []
    driver.desk.workspace.do(set_proposals, True, in_blind_rounds=True)
    driver.qtbot.waitUntil(lambda: ("figure", TROOPS) in offered(driver))
    driver.desk.workspace.do(set_proposals, False)
    driver.qtbot.waitUntil(lambda: offered(driver) == [])


def test_what_was_refused_is_kept_with_the_reading(offering):
    driver = offering
    driver.press("j", "x")
    workspace = driver.desk.workspace
    ((tag, spans),) = refused(workspace.project, workspace.document, workspace.coder.key)
    assert (tag, TEXT[spans[0].start : spans[0].end]) == ("figure", TROOPS)


def test_the_details_tell_who_proposes_and_later_what_became_of_it(offering):
    driver = offering
    driver.press("j")
    told = [each.text() for each in driver.desk.details.inspector.findChildren(QLabel) if each.isVisible()]
    assert any(each.startswith("Proposed by: Numbers with what they count, sure (0.") for each in told)
    driver.press("Space", "n")
    driver.settle()
    told = [each.text() for each in driver.desk.details.inspector.findChildren(QLabel) if each.isVisible()]
    assert "Proposed by: Numbers with what they count; taken by you." in told


def test_the_list_counts_proposals_apart_from_open_points_and_answers_by_key(offering):
    driver = offering
    details = driver.desk.details
    driver.put_caret("Ostrell")
    driver.press("1", "u")
    driver.qtbot.waitUntil(lambda: details.open_words == "Open points (1)")
    assert details.proposed_words == "Proposals (1)"
    details._proposed.click()
    assert at_hand(driver) == TROOPS
    driver.press("x")
    assert offered(driver) == []
    driver.settle()
    assert not details.shows_proposals, "nothing is left to list"
    assert details.proposed_words == ""


def test_all_sure_ones_are_listed_first_ticked_off_by_key_and_taken_as_one_step(offering):
    driver = offering
    tag_tarkess(driver)
    driver.press("Esc", "Shift+Space")
    sheet = driver.window.findChild(SureSheet)
    assert [sheet.rows.words(row) for row in range(sheet.rows.rowCount())] == [TROOPS, "Tarkess"]
    driver.press("Down", "Space", "Enter")
    assert driver.tags() == [("actor", "Tarkess"), ("figure", TROOPS)]
    assert driver.said == "Took 1 sure proposal"
    driver.qtbot.waitUntil(lambda: offered(driver) == [("actor", "Tarkess")])
    driver.press("Ctrl+Z")
    driver.qtbot.waitUntil(lambda: len(offered(driver)) == 2)
    driver.press("Shift+Space", "Enter")
    assert len(driver.tags()) == 3
    driver.press("Ctrl+Z")
    assert driver.tags() == [("actor", "Tarkess")]
