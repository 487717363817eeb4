"""Attributes by one key a value, links by a letter; all of it undoes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea

from annotator.model.attributes import SINGLE_KINDS
from annotator.model.codebook import Attribute
from annotator.model.field import Field, short_name
from annotator.model.span import Span
from annotator.operations.codebook_versions import update_codebook
from annotator.operations.describing import form, set_attribute
from annotator.operations.documents import set_metadata
from annotator.operations.naming_actors import name_actor
from annotator.storage import entity_queries, queries, relation_queries
from ui.acts.linking import Linking
from ui.describe.layout import GAP, WRAPPED, Open, label_width, lines_of
from ui.describe.overlay import Overlay
from ui.theme import ui_font
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


# ---- what is said of a link


@pytest.fixture
def answered(driver):
    """A demand that a claim answers, and the link between them just made: its field has the keyboard."""
    driver.drag("an end to the talks")
    driver.press("d")
    driver.drag("At least 100,000 troops stand there")
    driver.press("c", "g")
    letter = next(word for word in driver.said.split(" · ") if word.lower().endswith("answers")).split()[-2].lower()
    driver.press(letter, "Space")
    return driver


def links(driver):
    return relation_queries.relations_at(driver.desk.workspace.project, driver.desk.document.current)


def test_a_new_link_asks_what_the_codebook_asks_and_one_letter_answers(answered):
    driver = answered
    form = driver.desk.details.inspector.links.form.fields
    assert form.current.attribute.id == "polarity"
    driver.press(form.current.letters["reject"])
    (link,) = links(driver)
    assert link.attributes == {"polarity": {"value": "reject", "by": "typed"}}
    assert driver.desk.article.hasFocus(), "that was all, and the next key tags again"
    assert driver.said.startswith("Polarity: reject – “At least 100,000 troops")
    driver.press("Ctrl+Z")
    assert links(driver)[0].attributes == {}
    driver.press("Ctrl+Z")
    assert links(driver) == []


def test_a_link_is_described_and_taken_away_again_by_keys_alone(answered):
    driver = answered
    driver.press("Esc", "Shift+L", "e")
    form = driver.desk.details.inspector.links.form.fields
    driver.press(form.current.letters["accept"], "Shift+L", "m")
    for letter in "hm":
        driver.press(letter)
    driver.press("Enter")
    (link,) = links(driver)
    assert (link.attributes["polarity"]["value"], link.note) == ("accept", "hm")
    driver.settle()
    told = [each.toolTip() for each in driver.desk.details.inspector.links.findChildren(Button)]
    assert any("Polarity: accept · hm" in each for each in told)
    driver.press("Shift+L", "x")
    assert links(driver) == []
    driver.desk.article.setFocus()
    driver.press("Ctrl+Z")
    assert links(driver)[0].note == "hm"


# ---- whom “he” means


@pytest.fixture
def minister(driver):
    """Two actors were named before, and “The Tarkess leadership” is being described at its name."""
    project = driver.desk.workspace.project
    for words, name in (("Ostrell", "Ostrell"), ("Foreign Minister Ilka Dornath", "Ilka Dornath")):
        driver.drag(words)
        driver.press("a")
        name_actor(project, driver.desk.document.current, "name", name)
    driver.drag("The Tarkess leadership")
    driver.press("a", "Enter")
    turn_to(driver, "name")
    return driver


def turn_to(driver, attribute: str) -> None:
    form = driver.desk.details.inspector.form
    for key in ("Up", "Down"):
        for _ in range(20):
            if form.current.attribute.id == attribute:
                return
            driver.press(key)
    raise AssertionError(attribute)


def actor(driver) -> str:
    return entity_queries.resolve(driver.desk.workspace.project, values(driver)["name"][0]).name


def test_the_actors_mentioned_before_are_one_key_each_the_nearest_first(minister):
    driver, key = minister, minister.desk.document.current
    form = driver.desk.details.inspector.form
    assert [(each.key, each.words) for each in form.choices] == [
        ("1", "Ilka Dornath"), ("2", "Ostrell"), ("0", "new: Tarkess leadership"),
    ]  # fmt: skip
    driver.press("2")
    driver.desk.document.set_current(key)
    assert actor(driver) == "Ostrell"
    assert "Keep “Tarkess leadership” as a name of it" in [
        each.text() for each in driver.desk.status.findChildren(Button)
    ]
    driver.desk.article.setFocus()
    driver.press("Ctrl+Z")
    assert "name" not in values(driver)


def test_what_the_words_say_becomes_a_new_actor_by_one_key(minister):
    driver, key = minister, minister.desk.document.current
    driver.press("0")
    driver.desk.document.set_current(key)
    assert actor(driver) == "Tarkess leadership"


def test_the_same_words_propose_whom_they_meant_before_with_type_and_country(driver):
    project = driver.desk.workspace.project
    driver.put_caret("Tarkess")
    driver.press("a")
    name_actor(project, driver.desk.document.current, "name", "Republic of Tarkess")
    for name, value in (("type", "state"), ("country", "UA")):
        set_attribute(project, driver.desk.document.current, name, value)
    driver.drag("Tarkess leadership")
    driver.press("a")
    article = driver.desk.article
    place = driver.desk.document.text.rindex("Tarkess")
    article.select(Span(place, place + len("Tarkess")))
    driver.press("a")
    key = driver.desk.document.current
    fields = {each.attribute.id: (each.value, each.by) for each in form(project, key)}
    assert (fields["type"], fields["country"]) == (("state", "proposed"), (["UA"], "proposed"))
    driver.press("Enter", "Shift+Enter")
    driver.desk.document.set_current(key)
    assert actor(driver) == "Republic of Tarkess"
    assert values(driver)["type"] == ("state", "confirmed")


# ---- lists, and what cannot be


@pytest.fixture
def with_lists(driver):
    """Actors have lists too, of every kind; one is being described."""
    old = driver.desk.workspace.codebook
    kinds = {kind.id: kind.id for kind in SINGLE_KINDS}
    more = tuple(
        Attribute(f"many_{kind}", "list", of=kind, values=("red", "green", "blue") if kind == "enum" else ())
        for kind in kinds
    )
    tags = tuple(replace(tag, attributes=more) if tag.id == "actor" else tag for tag in old.tags)
    driver.desk.workspace.do(update_codebook, replace(old, version="2", tags=tags))
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a", "Enter")
    return driver


def test_a_list_of_values_takes_and_gives_back_each_by_its_letter(with_lists):
    driver = with_lists
    turn_to(driver, "many_enum")
    driver.press("r", "b", "g", "b")
    assert values(driver)["many_enum"] == (["red", "green"], "typed")
    driver.press("x")
    assert "many_enum" not in values(driver)


def test_a_list_of_actors_takes_known_ones_by_digit_and_new_ones_by_name(with_lists):
    driver, project = with_lists, with_lists.desk.workspace.project
    here = driver.desk.document.current
    while driver.desk.details.inspector.form.current.attribute.id != "many_entity":
        driver.press("Down")
    driver.press(*"Veldria", "Enter", *"Tarkess", "Enter")
    known = {each.name: each.id for each in entity_queries.registry(project).mains}
    assert values(driver)["many_entity"] == ([known["Veldria"], known["Tarkess"]], "typed")
    form_ = driver.desk.details.inspector.form
    assert driver.desk.document.current == here
    driver.desk.details.inspector.form.setFocus()
    digit = next(each.key for each in form_.choices if each.words == "Veldria")
    driver.press(digit)
    assert values(driver)["many_entity"] == ([known["Tarkess"]], "typed")


REFUSED = {
    "many_number": ("many; 5", "“many” is no number"),
    "many_date": ("2022-13-45", "There is no month 13"),
    "many_country": ("UA; Utopia", "“Utopia”"),
}


@pytest.mark.parametrize(("attribute", "written", "reason"), [(k, *v) for k, v in REFUSED.items()], ids=REFUSED)
def test_a_wrong_member_is_refused_in_place_and_what_was_written_stays(with_lists, attribute, written, reason):
    driver, widget = with_lists, with_lists.desk.details.inspector.form
    while widget.current.attribute.id != attribute:
        driver.press("Down")
    driver.press(*written, "Enter")
    assert reason in widget.fault
    assert widget.current.attribute.id == attribute
    assert widget.findChild(QLineEdit).text() == written
    assert attribute not in values(driver)


def test_letters_go_by_their_place_where_the_layout_is_not_latin(threat):
    """“і” stands where S is, “ч” where X is: as X11 delivers them with a Ukrainian layout."""
    driver = threat
    driver.press("Enter")
    form_ = driver.desk.details.inspector.form
    for code, key, text in ((39, 0x406, "і"), (53, 0x427, "ч")):
        form_.begin()
        turn_to(driver, "action")
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, code, 0, 0, text)
        QApplication.sendEvent(form_, event)
        held = values(driver).get("action")
        assert held == (("sanctions", "typed") if text == "і" else None)


# ---- how it looks


def test_no_label_of_the_form_is_cut_in_the_narrowest_details(driver):
    metrics = QFontMetricsF(ui_font("small"))
    for tag in driver.desk.workspace.codebook.tags:
        fields = tuple(Field(each) for each in tag.attributes)
        width = 264
        lines, _ = lines_of(fields, None, Open(), width)
        room = label_width(fields, width) - GAP
        for line in lines:
            name = short_name(fields[line.place].attribute)
            assert metrics.boundingRect(QRectF(0, 0, room, 999), WRAPPED, name).height() <= line.row, name
            assert max(metrics.horizontalAdvance(word) for word in name.split()) <= room, name


def test_all_but_the_sentence_at_hand_stands_back_while_one_describes(threat):
    driver = threat
    article, key = driver.desk.article, driver.desk.document.current
    place, top = article.rect_of(key), article.verticalScrollBar().value()
    before = article.viewport().grab().toImage()
    assert article.described() is None
    driver.press("Enter")
    span = article.described()
    words = driver.desk.document.text[span.start : span.end]
    assert "We will close the port" in words
    assert "\n" not in words
    assert article.rect_of(key) == place, "nothing moves"
    assert article.verticalScrollBar().value() == top
    assert article.viewport().grab().toImage() != before
    driver.press("Esc")
    driver.desk.article.setFocus()
    assert article.described() is None
    assert article.extraSelections() == []


def click(driver, words):
    """Click on words of the article, whatever lies over them."""
    article = driver.desk.article
    place = driver.desk.document.text.index(words)
    article.reveal(place)
    cursor = article.textCursor()
    cursor.setPosition(place)
    at = article.cursorRect(cursor).center() + QPoint(3, 0)
    over = article.viewport().childAt(at) or article.viewport()
    QTest.mouseClick(over, Qt.MouseButton.LeftButton, pos=over.mapFrom(article.viewport(), at))
    QApplication.processEvents()


def ends(driver) -> list[str]:
    """The words of what the annotation at hand is linked to."""
    return [driver.desk.document.annotation(each.target).quote for each in links(driver)]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform, at a menu
def test_a_claim_is_linked_with_the_mouse_alone(driver):
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.drag("We will close the port")
    driver.press("t")
    before = driver.desk.document.current
    add = driver.desk.details.inspector.links.findChild(Button)
    QTest.mouseClick(add, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    entry = next(each for each in menu.actions() if each.text().startswith("said by"))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    click(driver, "Ostrell")
    assert driver.desk.document.current == before, "the click answers and goes nowhere"
    assert ends(driver) == ["Ostrell"]


def test_a_click_beside_links_nothing_and_says_so(driver):
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.drag("We will close the port")
    driver.press("t", "s")
    click(driver, "Ministers")
    assert (ends(driver), driver.said) == ([], "Nothing was linked")
    click(driver, "Ministers")
    assert driver.desk.document.current is None, "the next click goes where it always goes"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform, at a menu
def test_the_right_button_changes_the_tag_and_links(driver):
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.drag("We will close the port")
    driver.press("t")
    article = driver.desk.article

    def choose(menu: str, entry: str) -> None:
        at = article.rect_of(driver.desk.document.current).center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, article.viewport().mapToGlobal(at))
        QApplication.sendEvent(article.viewport(), asked)
        shown = QApplication.activePopupWidget()
        inner = next(each for each in shown.actions() if each.text() == menu).menu()
        next(each for each in inner.actions() if each.text() == entry).trigger()
        shown.close()

    choose("Change the tag", "Claim")
    assert driver.tags()[1] == ("claim", "We will close the port")
    choose("Link", "said by")
    click(driver, "Ostrell")
    assert ends(driver) == ["Ostrell"]


def test_what_the_keys_do_in_the_form_is_told_where_it_opens(threat):
    threat.press("Enter")
    assert threat.said.startswith("A letter takes a value, Enter what is proposed")
    assert threat.said.endswith("Esc leads back")


def test_another_annotation_is_shown_from_its_head(driver):
    driver.window.resize(1280, 640)
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.drag("We will close the port")
    driver.press("t", "m", *"Why?")
    driver.settle()
    bar = driver.desk.details.inspector._area.verticalScrollBar()
    assert bar.value() > 0, "the note is in sight"
    driver.press("Enter", "p")
    driver.settle()
    assert bar.value() == 0


def test_the_list_stays_where_it_is_when_the_first_point_is_open(driver, qtbot):
    lists = driver.desk.details._list
    before = lists.mapTo(driver.window, lists.rect().topLeft())
    driver.drag("We will close the port")
    driver.press("c")
    qtbot.waitUntil(lambda: driver.desk.details.open_words == "Open points (1)")
    QApplication.processEvents()
    assert lists.mapTo(driver.window, lists.rect().topLeft()) == before
