"""Tag all the same: O lists the other places of the words, Space and A tick, Enter tags; one step to undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.project import Project
from ui.acts import many
from ui.acts.projects import Projects
from ui.dialogs.same_sheet import SameSheet

TEXT = "Veldria said no.\n\nDiplomats from Veldria left. Then VELDRIA wrote, and Veldria’s envoy spoke.\n"
OTHER = "In Ostrell nobody heard of Veldria.\n"


@pytest.fixture
def path(project_path):
    with Project.open(project_path) as project:
        records = [DocumentRecord(text=text, title=text.split(".")[0]) for text in (TEXT, OTHER)]
        import_records(project, records, report=Report(), format_name="test")
    return project_path


@pytest.fixture
def here(open_driver, path):
    """A window at the article, with its first word tagged as an actor."""
    driver = open_driver(path)
    driver.desk.workspace.show_document(3)
    driver.put_caret("Veldria")
    driver.press("a")
    return driver


def sheet_of(driver):
    found = [each for each in driver.window.findChildren(SameSheet) if each.isVisible()]
    if found:
        driver.qtbot.waitUntil(lambda: found[0]._job is None)
    return found[0] if found else None


def titles(driver):
    """Article and words of all that the coder has tagged, in every article."""
    with Project.open(driver.desk.workspace.project.path, read_only=True) as project:
        return [
            (document, each.quote)
            for document in queries.document_keys(project, None)
            for each in queries.annotations_of(project, document, 1)
        ]


def test_space_ticks_and_enter_tags_what_is_ticked_as_one_step(here):
    here.press("o")
    sheet = sheet_of(here)
    assert sheet.places.rowCount() == 3
    here.press("Space", "Down", "Space", "Enter")
    assert sheet_of(here) is None
    assert here.said == "Tagged 2 more places of “Veldria” as actor"
    assert here.tags() == [("actor", "Veldria")] * 3
    assert here.desk.article.hasFocus()
    here.press("Ctrl+Z")
    assert here.tags() == [("actor", "Veldria")]


def test_a_ticks_all_and_none_again(here):
    here.press("o")
    sheet = sheet_of(here)
    here.press("a", "a")
    assert sheet.places.ticked() == []
    here.press("Enter")
    assert sheet.isVisible(), "nothing is ticked, so there is nothing to tag"
    here.press("a", "Enter")
    assert [quote for _, quote in here.tags()] == ["Veldria", "Veldria", "VELDRIA", "Veldria"]
    assert here.said == "Tagged 3 more places of “Veldria” as actor"


def test_what_is_tagged_already_is_named_and_cannot_be_ticked(here):
    here.press("o")
    sheet_of(here)
    here.press("Space", "Enter", "o")
    sheet = sheet_of(here)
    assert sheet.places.again(0).tagged == ("Actor",)
    assert sheet.list.currentIndex().row() == 1, "the first that is still open"
    here.press("Up", "Space")
    assert sheet.places.ticked() == []
    here.press("Esc")
    assert len(here.tags()) == 2


def test_all_articles_are_one_key_further_and_ticks_stay(here):
    here.press("o")
    sheet = sheet_of(here)
    here.press("Space", "o")
    sheet_of(here)
    assert sheet.places.rowCount() == 4
    assert sheet.places.again(3).place.title == "In Ostrell nobody heard of Veldria"
    here.press("End", "Space", "Enter")
    assert titles(here) == [(3, "Veldria"), (3, "Veldria"), (4, "Veldria")]
    assert "in 2 articles" in here.said
    here.press("Ctrl+Z")
    assert here.said.startswith("Undo would take back"), "what one cannot see happen asks once"
    here.press("Ctrl+Z")
    assert titles(here) == [(3, "Veldria")]


def test_where_nothing_is_left_here_the_foot_line_says_so_and_o_looks_in_all(here):
    here.press("o")
    sheet_of(here)
    here.press("a", "Enter", "o")
    assert sheet_of(here) is None
    assert here.said == "Tagged everywhere in this article"
    here.press("o")
    sheet = sheet_of(here)
    assert sheet.places.open == 1
    here.press("Esc")
    assert here.desk.article.hasFocus()


def test_without_an_annotation_at_hand_it_says_what_to_do(here):
    here.press("Esc")
    here.put_caret("envoy")
    here.press("Left", "o")
    assert here.said == "Tag these words first, or press N to choose an annotation"


def test_a_click_ticks(here):
    here.press("o")
    sheet = sheet_of(here)
    QTest.mouseClick(
        sheet.list.viewport(), Qt.MouseButton.LeftButton, pos=sheet.list.visualRect(sheet.places.index(2)).center()
    )
    assert [span.start for _, span in sheet.places.ticked()] == [TEXT.index("Veldria’s")]


def test_many_places_are_tagged_beside_the_window(open_driver, project_path):
    with Project.open(project_path) as project:
        record = DocumentRecord(text="Veldria said no. " * 150, title="Long")
        import_records(project, [record], report=Report(), format_name="test")
    driver = open_driver(project_path)
    driver.desk.workspace.show_document(3)
    driver.put_caret("Veldria")
    driver.press("a", "o")
    sheet_of(driver)
    driver.press("a", "Enter")
    driver.qtbot.waitUntil(lambda: driver.said == "Tagged 149 more places of “Veldria” as actor")
    assert len(driver.tags()) == 150
    driver.press("Ctrl+Z", "Ctrl+Z")
    assert len(driver.tags()) == 1


def test_what_was_tagged_beside_the_window_is_not_shown_in_a_project_opened_meanwhile(here, tmp_path, monkeypatch):
    monkeypatch.setattr(many, "FEW", 1)
    create_project(tmp_path / "other.annotator", title="Other").close()
    before = here.desk.workspace.project.path
    here.desk.jobs.started.connect(lambda _: here.window.act(Projects).open_at(tmp_path / "other.annotator"))
    here.press("o")
    assert sheet_of(here) is not None
    here.press("Space", "Down", "Space", "Enter")
    here.qtbot.waitUntil(lambda: not here.desk.jobs.is_busy)
    assert here.window.windowTitle().startswith("Other")
    assert "Tagged" not in here.said
    with Project.open(before, read_only=True) as project:
        assert len(queries.annotations_of(project, 3, 1)) == 3, "it was written where it belongs"
