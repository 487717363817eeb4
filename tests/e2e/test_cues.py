"""Cue words: Shift+N selects the next one of which nothing is tagged, W what it announces; dots above them."""

import pytest

from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.operations.import_records import import_records
from annotator.storage.project import Project

TEXT = (
    "Dornath said the port 🪖 was open.\n\n"
    "Veldria demanded an end to the talks and an end to the drills. “We said no,” he wrote.\n"
)


@pytest.fixture
def here(open_driver, project_path):
    with Project.open(project_path) as project:
        records = [
            DocumentRecord(text=TEXT, title="Port", language="en"),
            DocumentRecord(text="Hän sanoi ei.", title="Fi", language="fi"),
        ]
        import_records(project, records, report=Report(), format_name="test")
    driver = open_driver(project_path)
    driver.desk.workspace.show_document(3)
    driver.desk.article.setFocus()
    return driver


def selected(driver):
    span = driver.desk.article.selection()
    return driver.desk.document.text[span.start : span.end] if span else None


def test_from_cue_to_what_it_announces_to_the_tag_in_three_keys(here):
    here.press("Shift+N")
    assert selected(here) == "said"
    assert here.said == "Cue “said” announces “the port 🪖 was open”"
    here.press("w")
    assert selected(here) == "the port 🪖 was open"
    here.press("c")
    assert here.tags() == [("claim", "the port 🪖 was open")]


def test_what_is_announced_before_its_cue_is_not_met_twice(here):
    here.press("Shift+N", "Shift+N", "Shift+N")
    assert selected(here) == "wrote"
    here.press("w")
    assert selected(here) == "We said no"
    here.press("Shift+N")
    assert here.said == "No cue without a tag from here on"
    here.press("Shift+N")
    assert selected(here) == "said", "around, from the beginning"


def test_a_cue_with_two_contents_is_open_until_both_are_tagged(here):
    here.press("Shift+N", "Shift+N", "w", "w")
    assert selected(here) == "an end to the drills"
    here.press("d", "Ctrl+Home", "Shift+N", "Shift+N")
    assert selected(here) == "demanded"
    here.press("w", "d")
    assert here.tags() == [("demand", "an end to the talks"), ("demand", "an end to the drills")]
    here.press("Ctrl+Home", "Shift+N", "Shift+N")
    assert selected(here) == "wrote"


def test_after_what_is_announced_w_goes_on_wider_as_always(here):
    here.press("Shift+N", "w", "w")
    assert selected(here) == "Dornath said the port 🪖 was open"
    here.press("Esc", "Ctrl+Home", "w")
    assert selected(here) == "Dornath"


def test_what_was_tagged_before_is_left_so_that_x_deletes_nothing_unseen(here):
    here.press("a", "Shift+N", "x")
    assert selected(here) == "said"
    assert here.tags() == [("actor", "Dornath")]
    assert here.said == "No annotation is chosen: move onto one, or press N"


def test_back_from_the_end(here):
    here.press("Ctrl+End", "Shift+P")
    assert selected(here) == "wrote"
    here.press("Shift+P", "Shift+P")
    assert selected(here) == "said"


def test_where_no_rules_are_known_it_is_said(here):
    here.desk.workspace.show_document(4)
    here.press("Shift+N")
    assert here.said == "No cue words are known in the language of this article"


def test_dots_above_cue_words_are_a_switch_that_stays_and_moves_no_text(here, open_driver, project_path):
    plain = here.desk.article.viewport().grab().toImage()
    here.desk.dispatcher.perform("cue_words")
    dotted = here.desk.article.viewport().grab().toImage()
    assert here.said == "Cue words are dotted above"
    changed = [
        (x, y) for y in range(plain.height()) for x in range(plain.width()) if plain.pixel(x, y) != dotted.pixel(x, y)
    ]
    assert changed
    line = here.desk.article.cursorRect()
    assert {y for _, y in changed if y < line.bottom()} <= set(range(line.top() - 2, line.top() + 6)), "above letters"
    here.window.close()
    again = open_driver(project_path)
    again.desk.workspace.show_document(3)
    assert again.desk.settings.get("cues")
    again.desk.dispatcher.perform("cue_words")
    assert not again.desk.settings.get("cues")
