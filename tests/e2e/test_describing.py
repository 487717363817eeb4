"""Attributes by one key a value, links by a letter; all of it undoes."""

import pytest
from PySide6.QtWidgets import QLineEdit, QScrollArea

from annotator.operations.describing import form
from annotator.operations.documents import set_metadata
from annotator.storage import queries, relation_queries
from ui.acts.linking import Linking
from ui.describe.overlay import Overlay
from ui.widgets.buttons import Button


def values(driver) -> dict[str, tuple[object, str]]:
    annotation = queries.annotation(driver.desk.workspace.project, driver.desk.document.current)
    return {name: (each["value"], each["by"]) for name, each in annotation.attributes.items()}


@pytest.fixture
def threat(driver):
    driver.drag("We will close the port")
    driver.press("t")
    return driver


def test_enter_opens_the_form_and_letters_take_values(threat):
    driver = threat
    driver.press("Enter")
    fields = {each.attribute.id: each for each in form(driver.desk.workspace.project, driver.desk.document.current)}
    waiting = [each for each in fields.values() if each.waits]
    assert driver.desk.details.inspector.form.current.attribute.id == waiting[0].attribute.id
    while driver.desk.details.inspector.form.current.attribute.id != "action":
        driver.press("Down")
    driver.press(fields["action"].letters["restrict"])
    assert values(driver)["action"] == ("restrict", "typed")
    assert driver.said.startswith("Action: restrict")
    assert driver.tags() == [("threat", "We will close the port")], "letters in the form are no tags"


def test_shift_enter_takes_all_that_is_proposed_in_one_step(threat):
    driver = threat
    key = driver.desk.document.current
    driver.press("Enter", "Shift+Enter")
    annotation = driver.desk.document.annotation(key)
    assert annotation.attributes
    assert all(each["by"] == "confirmed" for each in annotation.attributes.values())
    driver.desk.article.setFocus()
    driver.press("Ctrl+Z")
    assert not any(each["by"] == "confirmed" for each in driver.desk.document.annotation(key).attributes.values())


def test_a_wrong_value_is_refused_in_place_with_the_reason(driver):
    driver.drag("100,000 troops")
    driver.press("f", "Enter")
    widget = driver.desk.details.inspector.form
    while widget.current.attribute.id != "value":
        driver.press("Up")
    for letter in "many":
        driver.press(letter)
    driver.press("Enter")
    assert widget.current.attribute.id == "value", "the field stays open"
    assert values(driver).get("value", (100_000, ""))[0] == 100_000


def test_s_and_space_link_the_nearest_speaker_and_undo_takes_the_link_back(threat):
    driver, project = threat, threat.desk.workspace.project
    driver.put_caret("Dornath")
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a")
    driver.press("p")
    source = driver.desk.document.current
    assert driver.desk.document.annotation(source).tag == "threat"
    driver.press("s", "Space")
    (link,) = relation_queries.relations_at(project, source)
    assert (link.type, driver.desk.document.annotation(link.target).quote) == (
        "source",
        "Foreign Minister Ilka Dornath",
    )
    driver.press("Ctrl+Z")
    assert relation_queries.relations_at(project, source) == []


def test_esc_leaves_the_letters_without_a_link(threat):
    driver = threat
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a", "p", "s", "Esc")
    assert relation_queries.relations_at(driver.desk.workspace.project, driver.desk.document.current) == []
    assert driver.desk.dispatcher.mode is None


def test_g_asks_for_the_kind_first(threat):
    driver = threat
    driver.drag("the Tarkess’s")
    driver.press("a", "p", "p")
    while driver.desk.document.annotation(driver.desk.document.current).tag != "threat":
        driver.press("p")
    driver.press("g", "g", "Space")
    (link,) = relation_queries.relations_at(driver.desk.workspace.project, driver.desk.document.current)
    assert link.type == "target"


def test_every_act_of_the_links_is_handled(driver):
    assert set(driver.window.act(Linking).handlers()) <= driver.window.handled()


def test_a_link_with_many_words_leaves_every_control_of_the_details_in_sight(threat):
    driver = threat
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a", "p", "s", "Space")
    driver.settle()
    inspector = driver.desk.details.inspector
    (remove,) = [each for each in inspector.links.findChildren(Button) if each.accessibleName().startswith("Remove")]
    right = remove.mapTo(inspector, remove.rect().topRight()).x()
    assert right < inspector.width(), "the cross can be clicked"
    assert not inspector.findChild(QScrollArea).horizontalScrollBar().maximum()


def test_links_stay_with_their_words_when_the_article_scrolls(threat):
    driver = threat
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a", "p", "s", "Space")
    driver.settle()
    article = driver.desk.article
    driver.window.resize(driver.window.width(), driver.window.minimumHeight())
    article.set_text_size(40)
    overlay = article.findChild(Overlay)
    article.verticalScrollBar().setValue(article.verticalScrollBar().maximum() // 2)
    article.verticalScrollBar().setValue(article.verticalScrollBar().maximum())
    assert article.verticalScrollBar().value() > 0
    assert overlay.geometry() == article.viewport().rect()


def test_a_number_is_shown_as_the_language_of_the_article_writes_it_and_read_the_same_way(driver):
    project, document = driver.desk.workspace.project, driver.desk.workspace.document
    set_metadata(project, document, language="de")
    driver.desk.workspace.show_document(None)
    driver.desk.workspace.show_document(document)
    driver.drag("100,000 troops")
    driver.press("f", "Enter")
    while driver.desk.details.inspector.form.current.attribute.id != "value":
        driver.press("Up")
    for key in ("Ctrl+A", *"1500", "Enter", "Up"):
        driver.press(key)
    while driver.desk.details.inspector.form.current.attribute.id != "value":
        driver.press("Up")
    field = driver.desk.details.inspector.form.findChild(QLineEdit)
    assert field.text() == "1.500"
    for key in ("Home", "Delete", "2", "Enter"):  # 2.500
        driver.press(key)
    assert values(driver)["value"] == (2_500, "typed")
