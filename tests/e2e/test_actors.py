"""The Actors panel and the field that names an actor, by the keyboard, with undo."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from annotator.operations.coders import add_coder
from annotator.operations.entities import add_entity, set_entity_fields
from annotator.storage import entity_queries
from ui.acts.actors import Actors
from ui.dialogs.choosing import Chooser
from ui.dialogs.merge_sheet import MergeSheet
from ui.dialogs.report_sheet import ReportSheet
from ui.dialogs.split_sheet import SplitSheet
from ui.widgets.tick import Tick

# The offscreen platform, at the pop-up that lists names.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)


class Fixed(Chooser):
    """Chooses one path, whatever is asked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def file(self, *_args, **_kwargs) -> Path:
        return self.path

    def destination(self, *_args, **_kwargs) -> Path:
        return self.path


def names(driver) -> list[str]:
    return [entity.name for entity in entity_queries.registry(driver.desk.workspace.project).mains]


def rows(driver) -> list[str]:
    model = driver.desk.actors.model
    return [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def write(driver, text: str) -> None:
    driver.press(*text)


def to_field(driver, attribute: str) -> None:
    """With the form of the annotation at hand open, turn to one of its fields."""
    form = driver.desk.details.inspector.form
    driver.press("Enter")
    for _ in range(20):
        if form.current.attribute.id == attribute:
            return
        driver.press("Up")
    raise AssertionError(attribute)


def field(driver, name: str):
    return driver.desk.actors.form._fields[name]


@pytest.fixture
def tagged(driver):
    """A mention is tagged, and its name field has the keyboard."""
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a")
    to_field(driver, "name")
    return driver


@pytest.fixture
def two(driver):
    """Two actors, one of them mentioned, and the panel open."""
    project = driver.desk.workspace.project
    add_entity(project, "Ilka Dornath", type="person", country=["UA"])
    add_entity(project, "Tarkess")
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a")
    to_field(driver, "name")
    write(driver, "Ilka Dornath")
    driver.press("Enter")
    driver.desk.article.setFocus()
    driver.press("Ctrl+Shift+A")
    driver.qtbot.waitUntil(lambda: "1 mention" in rows(driver)[0])  # counted beside the window
    return driver


def wait_for_mentions(driver, number: int) -> None:
    driver.qtbot.waitUntil(lambda: driver.desk.actors.mentions.rowCount() == number)


def test_an_unknown_name_becomes_an_actor_and_one_undo_takes_both_back(tagged):
    driver, key = tagged, tagged.desk.document.current
    write(driver, "I. Dornath")
    driver.press("Enter")
    assert names(driver) == ["I. Dornath"]
    (actor,) = entity_queries.registry(driver.desk.workspace.project).mains
    assert driver.desk.document.annotation(key).attributes["name"] == {"value": actor.id, "by": "typed"}
    assert "is the new actor “I. Dornath”" in driver.said
    driver.desk.article.setFocus()
    driver.press("Ctrl+Z")
    assert names(driver) == []
    assert "name" not in driver.desk.document.annotation(key).attributes


def test_names_are_offered_while_one_writes_and_down_and_enter_take_one(driver):
    actor, _ = add_entity(driver.desk.workspace.project, "Ilka Dornath")
    driver.drag("The Tarkess leadership")
    driver.press("a")
    to_field(driver, "name")
    key = driver.desk.document.current
    write(driver, "dorn")
    popup = driver.desk.details.inspector.form._edit._completer.popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not popup.isVisible()
    assert driver.desk.document.annotation(key).attributes["name"] == {"value": actor, "by": "typed"}
    assert names(driver) == ["Ilka Dornath"], "no second actor"


def test_a_new_name_is_written_with_one_enter_also_while_names_are_offered(driver):
    add_entity(driver.desk.workspace.project, "Dornath family")
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a")
    to_field(driver, "name")
    write(driver, "Dornath")
    popup = driver.desk.details.inspector.form._edit._completer.popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not popup.isVisible()
    assert names(driver) == ["Dornath", "Dornath family"]


def test_a_name_that_two_have_is_refused_in_place(tagged):
    driver, project = tagged, tagged.desk.workspace.project
    add_entity(project, "Dornath")
    add_entity(project, "Dornath")
    key = driver.desk.document.current
    write(driver, "Dornath")
    driver.press("Enter")
    assert "2 actors have the name" in driver.desk.details.inspector.form.fault
    assert "name" not in driver.desk.document.annotation(key).attributes


def test_an_empty_registry_says_so_and_the_first_actor_is_added_by_keys(driver):
    driver.press("Ctrl+Shift+A")
    assert driver.desk.actors.isVisible()
    assert not driver.desk.details.isVisible()
    driver.press("Enter")
    write(driver, "Ostrell")
    driver.press("Enter")
    assert names(driver) == ["Ostrell"]
    assert rows(driver) == ["Ostrell, 0 mentions"]
    driver.press("Ctrl+Z")
    assert names(driver) == []
    driver.press("Ctrl+Shift+A")
    assert driver.desk.details.isVisible()
    assert driver.desk.article.hasFocus()


def test_the_list_tells_type_country_and_mentions_and_words_filter_it(two):
    driver = two
    assert rows(driver) == ["Ilka Dornath, person · UA, 1 mention", "Tarkess, 0 mentions"]
    write(driver, "ukr")
    assert rows(driver) == []
    driver.press("Esc")
    write(driver, "person")
    assert rows(driver) == ["Ilka Dornath, person · UA, 1 mention"]


def test_down_and_enter_lead_to_the_name_which_is_changed_there(two):
    driver = two
    driver.press("Down", "Enter")
    assert QApplication.focusWidget() is driver.desk.actors.form.name
    write(driver, "Minister Dornath")
    driver.press("Enter")
    (actor, _) = entity_queries.registry(driver.desk.workspace.project).mains
    assert (actor.name, actor.aliases) == ("Minister Dornath", ("Ilka Dornath",))
    assert field(driver, "aliases").toPlainText() == "Ilka Dornath"
    driver.press("Ctrl+Z")
    assert names(driver) == ["Ilka Dornath", "Tarkess"]
    assert driver.desk.actors.form.name.text() == "Ilka Dornath", "the field follows the undo"


def test_every_field_is_kept_when_it_is_left(two):
    driver = two
    driver.press("Down", "Enter", "Tab")
    driver.press("Down", "Tab")
    QApplication.focusWidget().selectAll()
    write(driver, "us; gb")
    driver.press("Tab")
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    write(driver, "Dornath")
    driver.press("Enter")
    write(driver, "the minister")
    driver.press("Tab")
    write(driver, "Since 2019")
    driver.press("Tab")
    actor = entity_queries.registry(driver.desk.workspace.project).exact("Dornath")[0]
    assert actor.type == "state"
    assert actor.country == ("US", "GB")
    assert actor.aliases == ("Dornath", "the minister")
    assert actor.note == "Since 2019"


def test_a_private_person_is_marked_by_keys_and_undo_takes_the_mark_back(two):
    two.press("Down", "Enter")
    tick = next(each for each in two.desk.actors.findChildren(Tick) if "Private person" in each.accessibleName())
    for _ in range(10):
        if tick.hasFocus():
            break
        two.press("Tab")
    two.press("Space")
    registry = entity_queries.registry(two.desk.workspace.project)
    (marked,) = [each.name for each in registry.mains if each.is_private]
    assert marked == two.desk.actors.chosen.name
    assert tick.isChecked()
    two.press("Ctrl+Z")
    assert not any(each.is_private for each in entity_queries.registry(two.desk.workspace.project).mains)
    assert not tick.isChecked()


def test_a_country_that_is_no_code_is_refused_in_place(two):
    driver = two
    driver.press("Down", "Enter", "Tab", "Tab")
    QApplication.focusWidget().selectAll()
    write(driver, "Ukraine")
    driver.press("Enter")
    assert "country code of two letters" in driver.desk.actors.form.fault
    assert field(driver, "country").text() == "Ukraine", "what was written stays to be put right"
    assert entity_queries.registry(driver.desk.workspace.project).exact("Ilka Dornath")[0].country == ("UA",)


def test_a_mention_is_one_click_away(two):
    driver = two
    driver.press("Down")
    wait_for_mentions(driver, 1)
    panel, first = driver.desk.actors, driver.desk.workspace.document
    driver.desk.article.set_current(None)
    driver.desk.workspace.show_document(first + 1)
    place = panel.mention_list.visualRect(panel.mentions.index(0)).center()
    QTest.mouseClick(panel.mention_list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()
    assert driver.desk.workspace.document == first
    assert driver.desk.document.annotation(driver.desk.document.current).quote == "Foreign Minister Ilka Dornath"
    assert driver.desk.article.hasFocus()


def test_enter_on_a_mention_of_a_colleague_shows_its_words_and_says_whose_it_is(two):
    driver = two
    project = driver.desk.workspace.project
    add_coder(project, "Ben")
    driver.desk.workspace.switch("Ben")
    driver.press("Down")
    wait_for_mentions(driver, 1)
    driver.desk.actors.mention_list.setFocus()
    driver.desk.actors.mention_list.setCurrentIndex(driver.desk.actors.mentions.index(0))
    driver.press("Enter")
    assert driver.said == "This mention was tagged by Mara"
    assert driver.desk.article.caret() == driver.desk.document.text.index("Foreign Minister Ilka")


def test_merge_says_what_will_happen_undoes_and_splits_again(two):
    driver = two
    driver.press("Down")
    driver.desk.actors.merge_requested.emit(driver.desk.actors.chosen.id)
    (sheet,) = driver.window.findChildren(MergeSheet)
    assert [sheet.model.entity(row).name for row in range(sheet.model.rowCount())] == ["Tarkess"]
    told = "“Ilka Dornath” with its names and 1 mention will count as “Tarkess”"
    driver.qtbot.waitUntil(lambda: told in sheet._told.text())
    write(driver, "tark")
    driver.press("Enter", "Enter")
    assert names(driver) == ["Tarkess"]
    driver.qtbot.waitUntil(lambda: rows(driver) == ["Tarkess, 1 mention"])
    assert driver.desk.actors.chosen.name == "Tarkess"
    driver.press("Ctrl+Z")
    assert names(driver) == ["Ilka Dornath", "Tarkess"]
    driver.press("Ctrl+Y")
    (absorbed,) = entity_queries.registry(driver.desk.workspace.project).absorbed(driver.desk.actors.chosen.id)
    driver.desk.actors.form.split_wanted.emit(absorbed.id)
    assert names(driver) == ["Ilka Dornath", "Tarkess"]


def test_an_actor_that_is_named_is_not_removed_and_the_reason_is_said(two):
    driver = two
    driver.press("Down")
    driver.desk.actors._remove()
    assert "1 annotation names" in driver.said
    driver.press("Down")
    driver.desk.actors._remove()
    assert names(driver) == ["Ilka Dornath"]


def test_a_table_goes_out_and_comes_back_and_its_faults_are_shown(two, tmp_path):
    driver, act = two, two.window.act(Actors)
    act.chooser = Fixed(tmp_path / "out.csv")
    driver.desk.actors.export_requested.emit()
    assert driver.said == "Wrote 2 actors to out.csv"
    assert "Ilka Dornath" in (tmp_path / "out.csv").read_text("utf-8-sig")
    act.chooser = Fixed(tmp_path / "in.csv")
    (tmp_path / "in.csv").write_text("name,type,country\nPort Union,company,\nNobody,,Utopia\n", encoding="utf-8")
    driver.desk.actors.import_requested.emit()
    driver.qtbot.waitUntil(lambda: "Port Union" in names(driver) and bool(driver.window.findChildren(ReportSheet)))
    (report,) = driver.window.findChildren(ReportSheet)
    assert report.isVisible()
    driver.press("Esc")
    driver.press("Ctrl+Z", "Ctrl+Z")
    driver.qtbot.waitUntil(lambda: not driver.desk.jobs.is_busy)
    assert names(driver) == ["Ilka Dornath", "Tarkess"]


def test_what_tags_one_more_is_counted_while_the_panel_is_open(two):
    driver = two
    driver.desk.article.setFocus()
    driver.press("Ctrl+Z")
    driver.qtbot.waitUntil(lambda: rows(driver)[0].endswith("0 mentions"))


def test_what_is_being_written_is_kept_when_the_window_closes(two, open_driver, project_path):
    driver = two
    driver.press("Down", "Enter", "Tab", "Tab", "Tab", "Tab")
    write(driver, "Since 2019")
    driver.window.close()
    again = open_driver(project_path)
    assert entity_queries.registry(again.desk.workspace.project).exact("Ilka Dornath")[0].note == "Since 2019"


# ---- splitting off


def test_a_part_of_an_actor_becomes_one_of_its_own_in_one_step(two):
    driver, project = two, two.desk.workspace.project
    (ilka,) = entity_queries.registry(project).exact("Ilka Dornath")
    driver.desk.workspace.do(set_entity_fields, ilka.id, aliases=["Foreign Minister Ilka Dornath", "I. D."])
    driver.press("Down")
    wait_for_mentions(driver, 1)
    driver.desk.actors.split_requested.emit(ilka.id)
    (sheet,) = driver.window.findChildren(SplitSheet)
    listed = [sheet.list.item(row).text() for row in range(sheet.list.count())]
    assert listed == [
        "the name “Foreign Minister Ilka Dornath”",
        "the name “I. D.”",
        "Foreign Minister Ilka Dornath – Ministers meet in Ostrell",
    ]
    write(driver, "The minister")
    driver.press("Tab", "Space", "Down", "Down", "Space", "Tab", "Enter")
    assert names(driver) == ["Ilka Dornath", "Tarkess", "The minister"]
    (new,) = entity_queries.registry(project).exact("The minister")
    assert new.aliases == ("Foreign Minister Ilka Dornath",)
    assert [each.quote for each in entity_queries.mentions(project, new.id)] == ["Foreign Minister Ilka Dornath"]
    assert driver.desk.actors.chosen.name == "The minister"
    driver.press("Ctrl+Z")
    assert names(driver) == ["Ilka Dornath", "Tarkess"]
    assert len(entity_queries.mentions(project, ilka.id)) == 1


def test_a_colleagues_mention_is_not_offered_for_splitting(two):
    driver = two
    add_coder(driver.desk.workspace.project, "Ben")
    driver.desk.workspace.switch("Ben")
    driver.press("Down")
    wait_for_mentions(driver, 1)
    driver.desk.actors.split_requested.emit(driver.desk.actors.chosen.id)
    (sheet,) = driver.window.findChildren(SplitSheet)
    assert sheet.list.count() == 0


# ---- many


def test_thousands_of_actors_come_in_and_are_counted_beside_the_window(two, tmp_path):
    """A timer of the window is never late by what reading, writing or counting them takes."""
    driver, act = two, two.window.act(Actors)
    listed = "\n".join(f"Person {number:05},person,UA" for number in range(3_000))
    (tmp_path / "many.csv").write_text(f"name,type,country\n{listed}\n", encoding="utf-8")
    act.chooser = Fixed(tmp_path / "many.csv")
    beats: list[float] = []
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: beats.append(time.monotonic()))
    timer.start()
    began = time.monotonic()
    driver.desk.actors.import_requested.emit()
    assert driver.desk.jobs.is_busy, "it runs beside the window"
    driver.qtbot.waitUntil(lambda: not driver.desk.jobs.is_busy, timeout=30_000)
    timer.stop()
    assert len(beats) > (beats[-1] - began) / 0.1, "the window went on in the meantime"
    assert "3,000 new ones" in driver.said
    driver.qtbot.waitUntil(lambda: rows(driver)[0] == "Ilka Dornath, person · UA, 1 mention")
    driver.press("Ctrl+Z", "Ctrl+Z")
    driver.qtbot.waitUntil(lambda: names(driver) == ["Ilka Dornath", "Tarkess"], timeout=30_000)
