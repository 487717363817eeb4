"""Searching and tagging over real articles, with what is expected counted apart from the search."""

import os
import re
from pathlib import Path

import pytest

from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.operations import coders
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.settings import Settings
from annotator.storage import queries
from tests.e2e.test_searching import looked, rows
from ui.search import order


@pytest.fixture
def texts(shared):
    """Title → text of real news articles."""
    folder = Path(os.environ.get("ANNOTATOR_CORPORA", shared / "corpora")) / "gum" / "webanno_tsv"
    found = {}
    for path in sorted(folder.glob("GUM_news_*.tsv")):
        lines = path.read_text("utf-8").splitlines()
        found[path.stem] = "\n".join(line.partition("=")[2] for line in lines if line.startswith("#Text="))
    if len(found) < 5:
        pytest.skip("the news articles of GUM are not among the corpora")
    return found


@pytest.fixture
def driver(texts, tmp_path, open_driver):
    path = tmp_path / "news.annotator"
    with create_project(path, title="News") as project:
        coders.add_coder(project, "Mara")
        records = [DocumentRecord(text=text, title=title, language="en") for title, text in texts.items()]
        import_records(project, records, report=Report(), format_name="test")
        Settings().set_place(project.meta("project"), {"coder": project.rows("SELECT id FROM coder")[0][0]})
    return open_driver(path)


def test_every_place_is_found_in_its_line_and_those_ticked_are_tagged_in_one_step(driver, texts):
    wanted = {
        (title, match.start()) for title, text in texts.items() for match in re.finditer(r"(?i)(?<!\w)said(?!\w)", text)
    }
    pane = looked(driver, "said")
    places = pane.places.places
    assert {(place.title, place.start) for place in places} == wanted
    assert len(places) == len(wanted) > 20
    for place in places:
        text = texts[place.title]
        assert text[place.start : place.end] == place.match
        assert text[max(0, place.start - 90) : place.end + 90] == place.before + place.match + place.after

    pane.sorts.setCurrentIndex(pane.sorts.findData(order.RIGHT[0]))
    pane.sorts.activated.emit(0)
    driver.qtbot.waitUntil(lambda: not pane.sorting.is_busy)
    after = [re.findall(r"\w+", row[2].casefold())[:1] for row in rows(pane)]
    assert after == sorted(after)

    pane.focus_list()
    driver.press("Space", "Space", "Space", "Space")
    ticked = {(place.document, place.start, place.end) for place in pane.places.ticked()}
    driver.press("2")
    project = driver.desk.workspace.project
    made = {
        (document, *each.outer)
        for document in queries.document_keys(project, None)
        for each in queries.annotations_of(project, document, driver.desk.workspace.coder.key)
    }
    assert made == ticked
    assert sum(row[4] == "Claim" for row in rows(pane)) == 4
    driver.press("Ctrl+Z", "Ctrl+Z")
    assert not any(row[4] for row in rows(pane))


def test_enter_leads_to_each_place_and_esc_back_through_a_whole_list(driver, texts):
    pane = looked(driver, "president OR minister OR government")
    for row in range(min(12, pane.places.rowCount())):
        assert pane.list.row == row
        place = pane.places.place(row)
        driver.press("Enter")
        start, end = driver.desk.article.selection()
        assert driver.desk.document.text[start:end].casefold() in ("president", "minister", "government")
        assert driver.desk.document.about.title == place.title
        driver.press("Esc", "Down")
        assert pane.list.hasFocus()
