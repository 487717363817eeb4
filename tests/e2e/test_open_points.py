"""What is open is told quietly, and J leads from one to the next."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from annotator.operations.codebook_versions import touched_annotations, update_codebook
from annotator.storage import queries
from ui.panels.rule_changes import RuleChanges, what_differs


def test_a_statement_without_a_source_is_an_open_point_until_it_is_linked(driver, qtbot):
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a")
    driver.drag("We will close the port")
    driver.press("t")
    details = driver.desk.details
    qtbot.waitUntil(lambda: details.open_words == "Open points (1)")
    driver.press("Esc", "j")
    assert driver.said == "1 of 1: This threat has no source"
    driver.press("s", "Space")
    qtbot.waitUntil(lambda: details.open_words == "")
    driver.press("j")
    assert driver.said == "No open points in this article"


def test_unsure_and_asked_are_open_points(driver, qtbot):
    driver.put_caret("Ostrell")
    driver.press("1", "u")
    qtbot.waitUntil(lambda: driver.desk.details.open_words == "Open points (1)")
    driver.press("j")
    assert driver.said == "1 of 1: Marked as unsure"


def test_what_was_counted_before_the_last_look_is_not_shown_after_it(driver, qtbot):
    driver.put_caret("Ostrell")
    driver.press("1", "u")
    points = driver.desk.details.points
    points.look_beside()
    answered = points._beside._job
    answered.wait(10)  # it has read the file with the mark and is not heard yet
    driver.press("u")
    assert points.look() == ()
    qtbot.waitUntil(lambda: not answered.is_running)
    assert points.points == ()


def test_tagging_alone_does_not_ask_for_every_field(driver, qtbot):
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a", "j")
    assert driver.said == "No open points in this article"


# ---- a name that is tagged at one place and not at another


def test_x_leaves_a_place_untagged_for_good_and_undo_asks_again(driver, qtbot):
    driver.put_caret("Tarkess")
    driver.press("a")
    article, text = driver.desk.article, driver.desk.document.text
    driver.press("Esc", "j")
    assert driver.said == "1 of 1: “Tarkess” is tagged elsewhere, and not here"
    assert article.selection() == (text.rindex("Tarkess"), text.rindex("Tarkess") + len("Tarkess"))
    driver.press("x")
    assert driver.tags() == [("actor", "Tarkess")], "nothing was deleted"
    driver.press("j")
    assert driver.said == "No open points in this article"
    driver.press("Ctrl+Z")
    assert driver.said == "Undid: “Tarkess” stays untagged here"
    driver.press("j")
    assert driver.said == "1 of 1: “Tarkess” is tagged elsewhere, and not here"


def test_a_key_of_a_tag_tags_the_words_that_are_shown(driver):
    driver.put_caret("Tarkess")
    driver.press("a", "Esc", "j", "a")
    assert driver.tags() == [("actor", "Tarkess"), ("actor", "Tarkess")]
    driver.press("x")
    assert driver.tags() == [("actor", "Tarkess")], "X deletes again"


# ---- what new rules touch


def rule_gets_narrower(driver, rule: str = "A1") -> None:
    """Another version of the codebook, in which one rule of actors is narrower."""
    project = driver.desk.workspace.project
    old = queries.codebook_version(project)[1]
    tags = tuple(
        replace(tag, rules=tuple(replace(r, text="Only states.") if r.id == rule else r for r in tag.rules))
        for tag in old.tags
    )
    marks = {f"tags/actor/rules/{rule}": "narrower"}
    driver.desk.workspace.do(update_codebook, replace(old, version="2", tags=tags), marks)


def touched(driver) -> list[str]:
    workspace = driver.desk.workspace
    found = touched_annotations(workspace.project, workspace.coder.key)
    return [queries.annotation(workspace.project, each.annotation).quote for each in found]


@pytest.fixture
def two_articles(driver):
    """Two actors in the first article and one in the second, then a narrower rule; the first article is shown."""
    for words in ("Ostrell", "Ilka Dornath"):
        driver.drag(words)
        driver.press("a")
    driver.press("Ctrl+PgDown")
    driver.drag("12,000 dockers")
    driver.press("a", "Ctrl+PgUp")
    rule_gets_narrower(driver)
    return driver


def test_space_says_still_right_until_the_list_is_empty_and_undo_fills_it_again(two_articles, qtbot):
    driver = two_articles
    driver.desk.article.set_caret(0)
    assert touched(driver) == ["Ostrell", "Ilka Dornath", "12,000 dockers"]
    driver.press("j")
    assert driver.said == "1 of 2: The rules of actor have changed since it was confirmed"
    notice = driver.desk.details.inspector.findChild(RuleChanges)
    assert notice.isVisible()
    told = [each.text() for each in notice.findChildren(QLabel)]
    assert "Only states." in told
    assert any(each.startswith("before: Test: could it speak") for each in told)
    driver.press("Space")
    assert driver.desk.document.annotation(driver.desk.document.current).quote == "Ilka Dornath"
    driver.press("Space")
    assert touched(driver) == ["12,000 dockers"]
    assert "New rules touch 1 in other articles" in driver.said
    driver.press("j")
    assert driver.desk.document.annotation(driver.desk.document.current).quote == "12,000 dockers"
    driver.press("Space")
    assert touched(driver) == []
    qtbot.waitUntil(lambda: not notice.isVisible())
    driver.press("j")
    assert driver.said == "No open points in this article"
    driver.press("Ctrl+Z")
    assert touched(driver) == ["12,000 dockers"]


def test_the_details_say_that_new_rules_touch_something_elsewhere_and_lead_there(two_articles, qtbot):
    driver = two_articles
    details = driver.desk.details
    driver.desk.article.set_caret(0)
    driver.press("j", "Space", "Space")
    qtbot.waitUntil(lambda: details.open_words == "New rules (1)")
    details._open.click()
    assert driver.desk.document.annotation(driver.desk.document.current).quote == "12,000 dockers"


def test_space_changes_nothing_where_no_rule_has_changed(driver):
    driver.put_caret("Ostrell")
    driver.press("1", "Space")
    assert driver.said == "Nothing here waits for a yes"


# ---- done


def test_done_first_lists_what_is_open_and_the_same_key_again_is_done_all_the_same(driver):
    driver.drag("We will close the port")
    driver.press("t")
    first, details = driver.desk.workspace.document, driver.desk.details
    driver.press("Ctrl+Enter")
    assert driver.desk.workspace.document == first
    assert details.point_list.hasFocus()
    assert "1 open point" in driver.said
    driver.press("Ctrl+Enter")
    assert driver.desk.documents.model.row(0).state == "done"
    assert driver.desk.workspace.document != first
    assert not details.shows_points
    driver.press("Ctrl+PgUp", "Ctrl+Enter")
    assert driver.desk.documents.model.row(0).state == "in work"


def test_enter_in_the_list_leads_to_the_point_and_the_list_goes_when_nothing_is_open(driver, qtbot):
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a")
    driver.drag("We will close the port")
    driver.press("t")
    driver.put_caret("Ostrell")
    driver.press("a", "u", "Ctrl+Enter")
    details = driver.desk.details
    assert [point.kind for point in details.points.points] == ["unsure", "source"]
    driver.press("j")
    assert driver.desk.document.annotation(driver.desk.document.current).tag == "threat"
    driver.press("Enter")
    assert driver.desk.article.hasFocus()
    driver.press("s", "Space", "p", "p", "p", "u")
    qtbot.waitUntil(lambda: not details.shows_points)
    driver.press("Ctrl+Enter")
    assert driver.desk.documents.model.row(0).state == "done"


def test_of_a_long_rule_only_what_differs_is_shown():
    before = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    after = before.replace("eight", "8 or more")
    assert what_differs(before, after) == (
        "… two three four five six seven eight nine ten eleven twelve thirteen fourteen …",
        "… two three four five six seven 8 or more nine ten eleven twelve thirteen fourteen …",
    )
    assert what_differs("Only here.", "Only there.") == ("Only here.", "Only there.")
    assert what_differs("One.", "One. Two.") == ("One.", "One. Two.")
