"""Searching everything: texts, notes and attributes, narrowed down; and an expression that never ends."""

import time

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.model.search_query import parse_query
from annotator.operations import annotations, coders, describing, history, notes
from annotator.operations.documents import delete_documents
from annotator.operations.import_records import import_records
from annotator.operations.naming_actors import name_actor
from annotator.operations.projects import create_project
from annotator.storage.concordance import NOTES, Narrowed, find_pattern, find_words

TEXTS = {
    "Geneva": ("2022-01-10", "Talks in Geneva. Blinken said 👍🏽 the talks were frank."),
    "Kyiv": ("2023-05", "The mayor of Kyiv asked for 100,000 generators. Talks go on."),
    "Beijing": ("", "北京市昨天发表声明。俄罗斯与NATO会谈没有结果。"),
}


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        records = [DocumentRecord(text=text, title=title, date=date) for title, (date, text) in TEXTS.items()]
        import_records(made, records, report=Report(), format_name="test")
        ann, _ = coders.add_coder(made, "Ann")
        coders.add_coder(made, "Ben")
        annotations.tag_span(made, 1, ann, "actor", [(17, 24)])
        yield made


def hits(project, asked, **narrowed):
    return list(find_words(project, parse_query(asked), Narrowed(**narrowed)))


def told(found):
    return [(hit.title, hit.where, hit.match) for hit in found]


def test_each_place_has_the_words_around_it_and_its_code_points(project):
    found = hits(project, "talks")
    assert told(found) == [("Geneva", "text", "Talks"), ("Geneva", "text", "talks"), ("Kyiv", "text", "Talks")]
    for hit in found:
        text = TEXTS[hit.title][1]
        assert text[hit.start : hit.end] == hit.match
        assert text == hit.before + hit.match + hit.after


def test_operators_hold_for_each_article(project):
    assert {hit.title for hit in hits(project, "talks NOT kyiv")} == {"Geneva"}
    assert {hit.title for hit in hits(project, "talks (kyiv OR geneva)")} == {"Geneva", "Kyiv"}
    assert told(hits(project, "会谈 NATO")) == [("Beijing", "text", "NATO"), ("Beijing", "text", "会谈")]


def test_dates_tags_coders_and_attributes_narrow_it(project):
    assert {hit.title for hit in hits(project, "talks", since="2022-06")} == {"Kyiv"}
    assert {hit.title for hit in hits(project, "talks", until="2022")} == {"Geneva"}
    assert told(hits(project, "blinken OR talks", tags=["actor"])) == [("Geneva", "text", "Blinken")]
    assert told(hits(project, "blinken", coders=[1])) == [("Geneva", "text", "Blinken")]
    assert hits(project, "blinken", coders=[2]) == []
    assert hits(project, "blinken", tags=["claim"]) == []
    describing.set_attribute(project, 1, "type", "person")
    assert told(hits(project, "blinken", attributes={"type": "person"})) == [("Geneva", "text", "Blinken")]
    assert hits(project, "blinken", attributes={"type": "state"}) == []


def test_notes_and_attributes_are_found_with_the_place_of_their_annotation(project):
    notes.set_note(project, 1, "Ask about Geneva")
    name_actor(project, 1, "name", "Antony Blinken")
    (note,) = hits(project, "ask", where=[NOTES])
    assert (note.where, note.start, note.end, note.annotation, note.after) == ("note", 17, 24, 1, " about Geneva")
    assert ("Geneva", "name", "Antony") in told(hits(project, "antony"))
    history.undo(project, 1)
    assert hits(project, "antony") == []


def test_what_is_deleted_is_not_found_and_undo_brings_it_back(project):
    delete_documents(project, [1], coder=1)
    assert {hit.title for hit in hits(project, "talks")} == {"Kyiv"}
    history.undo(project, 1)
    assert {hit.title for hit in hits(project, "talks")} == {"Geneva", "Kyiv"}


def test_a_regular_expression_is_found_with_code_points(project):
    found = list(find_pattern(project, r"\d+,\d{3} \w+", Narrowed()))
    assert [(hit.title, hit.match) for hit in found] == [("Kyiv", "100,000 generators")]
    (frank,) = find_pattern(project, "frank", Narrowed())
    assert TEXTS["Geneva"][1][frank.start : frank.end] == "frank"


@pytest.mark.parametrize(("pattern", "place"), [("talks (in", 7), ("*talks", 1), ("a{2}{3}", 5)])
def test_a_bad_expression_is_told_with_its_place(project, pattern, place):
    with pytest.raises(AnnotatorError, match=f"at character {place} "):
        list(find_pattern(project, pattern, Narrowed()))


def test_an_expression_that_never_ends_is_stopped(project):
    import_records(project, [DocumentRecord(text="a" * 200 + "!")], report=Report(), format_name="test")
    began = time.monotonic()
    with pytest.raises(AnnotatorError, match="was stopped"):
        list(find_pattern(project, "(a|a)+$", Narrowed(), seconds=0.5))
    assert time.monotonic() - began < 60
