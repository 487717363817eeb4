"""Changing a codebook by hand: what people do to tags, the place of every fault, and spans pinned as examples."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model import codebook_edit as edit
from annotator.model.codebook import Example, Rule, as_plain
from annotator.model.codebook_check import DARK_PAGE, LIGHT_PAGE, contrast
from annotator.model.codebook_colours import PAIRS
from annotator.model.codebook_diff import diff, marked, next_version, note_of, unmarked
from annotator.model.codebook_faults import find_fault, refuse_faults
from annotator.model.codebook_yaml import default_codebook, dump_codebook, load_codebook
from annotator.model.records import DocumentRecord
from annotator.operations import annotations, coders, history
from annotator.operations.codebook_examples import use_as_example
from annotator.operations.codebook_mapping import what_mapping_does
from annotator.operations.codebook_versions import update_codebook
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage import queries, version_queries

BOOK = default_codebook()
TEXT = "Veldria will close\nthe ports, said Dornath.\n"


def claim(**changed):
    return edit.with_tag(BOOK, "claim", replace(BOOK.tag("claim"), **changed))


def attribute(**changed):
    first = BOOK.tag("claim").attributes[0]
    return claim(attributes=(replace(first, **changed), *BOOK.tag("claim").attributes[1:]))


def source(**changed):
    return edit.with_relation(BOOK, "source", replace(BOOK.relation("source"), **changed))


# a codebook, where its fault lies, words of the sentence
FAULTS = {
    "label empty": (claim(label=" "), ("tags", 1, "label"), "empty"),
    "key taken": (claim(keys=("2", "a")), ("tags", 1, "keys", 1), "“a” of the tag “claim” is already the key"),
    "key of a command": (claim(keys=("g",)), ("tags", 1, "keys", 0), "belongs to a command"),
    "colour": (claim(dark="#12"), ("tags", 1, "color", "dark"), "#rrggbb"),
    "rule twice": (claim(rules=(Rule("A1", "x"),)), ("tags", 1, "rules", 0), "stands twice."),
    "rule without text": (claim(rules=(Rule("C1", ""),)), ("tags", 1, "rules", 0, "rule"), "empty"),
    "general rule": (replace(BOOK, general_rules=(Rule("G 1", "x"),)), ("general_rules", 0, "id"), "letters"),
    "no values": (attribute(type="enum", values=()), ("tags", 1, "attributes", 0), "needs “values”"),
    "default": (attribute(type="number", values=(), default="x"), ("tags", 1, "attributes", 0, "default"), "number"),
    "relation without end": (source(to_tags=()), ("relations", 0, "to"), "names no tag"),
    "relation key": (source(keys=("A",)), ("relations", 0, "keys", 0), "one small letter"),
    "two ids": (edit.with_tag(BOOK, "claim", replace(BOOK.tag("claim"), id="actor")), ("tags", 1), "“"),
    "version": (replace(BOOK, version=""), ("version",), "empty"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_with_its_place(name):
    book, path, words = FAULTS[name]
    fault = find_fault(book)
    assert fault is not None
    assert fault.path[: len(path)] == path
    assert words in fault.sentence
    assert "line" not in fault.sentence
    with pytest.raises(AnnotatorError, match=r"^[“A-Z]"):
        refuse_faults(book)


def test_what_can_be_used_has_no_fault():
    assert find_fault(BOOK) is None
    refuse_faults(BOOK)


def test_what_no_file_can_hold_is_refused():
    with pytest.raises(AnnotatorError, match="1 MB"):
        refuse_faults(claim(definition="word " * 300_000))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_fault_leads_to_something_in_the_codebook(data):
    """Whatever is put into any text of the layout, the path of the fault exists and lies at it or around it."""
    tag = data.draw(st.sampled_from(BOOK.tags))
    field = data.draw(st.sampled_from(["id", "label", "light", "dark", "form", "bar", "pieces"]))
    book = edit.with_tag(BOOK, tag.id, replace(tag, **{field: data.draw(st.text(max_size=3))}))
    fault = find_fault(book)
    if fault is not None:
        place = as_plain(book)
        for part in fault.path:
            place = place[part]


labels = st.text(max_size=12)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["new", "drop", "rename", "retire", "link"]), labels, st.integers(0, 9))))
def test_tags_come_go_and_are_renamed_and_the_codebook_stays_whole(listed):
    book = BOOK
    for act, label, number in listed:
        label = label if label.strip() else "New tag"
        tags = book.active_tags
        tag = tags[number % len(tags)]
        if act == "new":
            book = replace(book, tags=(*book.tags, edit.new_tag(book, label)))
        elif act == "rename":
            others = [each.id for each in book.tags if each.id != tag.id]
            book = edit.with_tag(book, tag.id, replace(tag, id=edit.id_from(label, others, "tag"), label=label))
        elif act == "link":
            book = replace(book, relations=(*book.relations, edit.new_relation(book, label)))
        elif len(tags) > 1:
            book = edit.without_tag(book, tag.id) if act == "drop" else edit.with_retired(book, tag.id)
        fault = find_fault(book)
        assert fault is None, fault


def test_a_new_tag_takes_what_is_free():
    tag = edit.new_tag(BOOK, "Prömise of “all”")
    assert tag.id == "promise_of_all"
    assert tag.keys == ("6",)
    assert (tag.light, tag.dark) not in {(each.light, each.dark) for each in BOOK.tags}
    assert edit.id_from("Claim", ["claim", "claim_2"], "tag") == "claim_3"
    assert edit.id_from("—", [], "tag") == "tag"
    assert edit.next_rule_id(BOOK.tag("threat").rules, [], "X") == "T6"
    assert edit.next_rule_id((), ["X1"], "X") == "X2"


def test_the_colours_on_offer_are_seen_on_their_page():
    for light, dark in PAIRS:
        assert contrast(light, LIGHT_PAGE) >= 4.5
        assert contrast(dark, DARK_PAGE) >= 4.5
    assert len(set(PAIRS)) == len(PAIRS)


def test_a_note_travels_with_the_version_and_is_no_difference():
    new = claim(definition="What is said.")
    noted = marked(new, diff(BOOK, new), " Shorter. ")
    again = load_codebook(dump_codebook(noted))
    assert note_of(again) == "Shorter."
    assert diff(new, again) == []
    assert unmarked(again) == new
    assert note_of(replace(BOOK, extra={"version_note": 3})) == ""


@pytest.mark.parametrize(("old", "new"), [("1.0.0", "1.0.1"), ("1.9", "1.10"), ("draft", "draft.1"), ("2b", "3b")])
def test_versions_count_on(old, new):
    assert next_version(old) == new


# ---- in a project


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        import_records(made, [DocumentRecord(text=TEXT)], report=Report(), format_name="test")
        coders.add_coder(made, "Ann")
        yield made


def test_a_span_becomes_an_example_in_one_step_and_undo_takes_it_back(project):
    tagged = annotations.tag_span(project, 1, 1, "claim", [(8, 28)]).current
    before = queries.codebook_version(project)
    changes = use_as_example(project, tagged, coder=1)
    assert changes.said == "Example of claim: “will close the ports”"
    current = queries.codebook_version(project)[1]
    assert current.tag("claim").positive[-1] == Example(
        "will close the ports", extra={"document": queries.document(project, 1).id}
    )
    assert current.version == "1.0.1"
    assert not use_as_example(project, tagged, coder=1).history
    history.undo(project, 1)
    assert queries.codebook_version(project) == before


def test_a_faulty_codebook_leaves_the_project_as_it_was(project):
    before = version_queries.versions(project)
    with pytest.raises(AnnotatorError, match="already the key"):
        update_codebook(project, claim(keys=("a",)))
    assert version_queries.versions(project) == before


def test_what_a_mapping_does_is_told_before(project):
    annotations.tag_span(project, 1, 1, "claim", [(8, 28)])
    annotations.tag_span(project, 1, 1, "demand", [(8, 28)])
    told = what_mapping_does(project, "claim", "demand")
    assert (told.annotations, told.documents, told.twice) == (1, 1, 1)
    with pytest.raises(AnnotatorError, match="cannot be mapped"):
        what_mapping_does(project, "claim", "claim")
