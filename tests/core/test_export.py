"""Out of a project and in again: nothing is lost, and the same project gives the same bytes."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.rows import STATES
from annotator.model.span import Span
from annotator.operations import annotations, coders, documents, history, notes, readings
from annotator.operations.export import export
from annotator.operations.import_records import import_records
from annotator.operations.imports import import_paths
from annotator.operations.progress import Cancelled
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.project import Project

TAGS = [tag.id for tag in default_codebook().tags]


def written(project, dest, **choice):
    export(project, dest, format_name="jsonl", **choice)
    return dest.read_bytes(), dest.with_name(dest.name + ".project.json").read_bytes()


def round_trip(project, folder):
    """Both files of an export, and of an export of what was imported from them."""
    first = written(project, folder / "first.jsonl")
    with create_project(folder / "second.annotator") as other:
        _, report = import_paths(other, [folder / "first.jsonl"])
        assert not report.refused
        assert not report.repaired
        second = written(other, folder / "second.jsonl")
        _, again = import_paths(other, [folder / "first.jsonl"])
        assert (again.documents, again.annotations, again.relations) == (0, 0, 0)
        assert written(other, folder / "third.jsonl") == second
    return first, second


def lines(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_the_sample_comes_back_byte_by_byte(sample_path, tmp_path):
    with Project.open(sample_path) as project:
        first, second = round_trip(project, tmp_path)
    assert first == second
    assert len(first[0].splitlines()) == 6


def test_the_same_project_gives_the_same_bytes(sample_path, tmp_path):
    with Project.open(sample_path) as project:
        assert written(project, tmp_path / "a.jsonl") == written(project, tmp_path / "b.jsonl")


# ---- any project comes back

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
some_text = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("a b\n👩‍👩‍👧e\u0301\u2028\u2029\u0085\ufeff\x00א\u200f"),
    ),
    min_size=1,
    max_size=60,
).map(lambda text: text.replace("\r", "\n"))
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 53), 1 << 53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
unknown = st.dictionaries(words.map(lambda name: f"x_{name}"), values, max_size=2)
attributes = st.dictionaries(words, values.map(lambda value: {"value": value, "by": "typed"}), max_size=3)
names = st.sampled_from(["Ann", "Ben", "זאב", "c\u200fd"])


@st.composite
def records(draw):
    text = draw(some_text)
    offsets = st.integers(0, len(text))
    pieces = st.lists(st.tuples(offsets, offsets), min_size=1, max_size=3).map(
        lambda pairs: tuple(Span(min(pair), max(pair) + (pair[0] == pair[1])) for pair in pairs)
    )
    fitting = pieces.filter(lambda spans: all(end <= len(text) for _, end in spans))
    made = [
        AnnotationRecord(
            coder=draw(names),
            tag=draw(st.sampled_from(TAGS)),
            spans=draw(fitting),
            source_id=f"T{number}",
            kind=draw(st.sampled_from(["own", "gold"])),
            attributes=draw(attributes),
            note=draw(words),
            flags=tuple(draw(st.lists(words, max_size=2))),
            extra=draw(unknown | st.just({"question": "why?"})),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    links = [
        RelationRecord(
            draw(st.sampled_from(["source", "target"])), draw(end), draw(end), None, f"R{number}", draw(attributes)
        )
        for number in range(2)
        for end in [st.sampled_from([each.source_id for each in made])]
        if made
    ]
    begun = {
        (coder, kind): ReadingRecord(coder, kind, draw(st.sampled_from(STATES[1:])), None, draw(unknown))
        for coder in draw(st.sets(names, max_size=2))
        for kind in draw(st.sets(st.sampled_from(["own", "gold"])))
    }
    return DocumentRecord(
        text=text,
        title=draw(words),
        outlet=draw(words),
        date=draw(st.sampled_from(["", "2024", "2024-03-14"])),
        rights=draw(words),
        readings=tuple(begun.values()),
        annotations=tuple(made),
        relations=tuple(links),
        extra=draw(unknown),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(records(), max_size=4), st.data())
def test_any_project_comes_back_byte_by_byte(held, data):
    with tempfile.TemporaryDirectory() as name, create_project(Path(name) / "first.annotator") as project:
        import_records(project, held, report=Report(), format_name="other")
        keys = [row[0] for row in project.rows("SELECT key FROM annotation")]
        for key in data.draw(st.lists(st.sampled_from(keys), max_size=3)) if keys else ():
            if queries.annotation(project, key):
                act = data.draw(
                    st.sampled_from([annotations.delete_annotations, notes.set_question, annotations.retag])
                )
                with suppress(AnnotatorError):  # what is in review stays as it is
                    act(project, [key]) if act is annotations.delete_annotations else act(project, key, TAGS[0])
        first, second = round_trip(project, Path(name))
    assert first == second


# ---- what is chosen


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        texts = ["One spoke of two.\n", "Three answered.\n", "Nobody read this.\n"]
        import_records(made, [DocumentRecord(text=text) for text in texts], report=Report(), format_name="text")
        ann, ben = coders.add_coder(made, "Ann")[0], coders.add_coder(made, "Ben")[0]
        annotations.tag_span(made, 1, ann, "actor", [(0, 3)])
        annotations.tag_span(made, 1, ben, "figure", [(13, 16)])
        annotations.tag_span(made, 2, ben, "actor", [(0, 5)])
        readings.set_state(made, 1, ann, "done")
        readings.set_state(made, 2, ann, "done")
        yield made


def told(path):
    return [
        (
            line["text"][:3],
            [(each["coder"], each["kind"], each["state"]) for each in line["readings"]],
            [each["tag"] for each in line["annotations"]],
        )
        for line in lines(path)
    ]


def test_without_a_choice_all_documents_go_the_unread_ones_too(project, tmp_path):
    report = export(project, tmp_path / "all.jsonl", format_name="jsonl")
    assert (report.documents, report.annotations, report.lost) == (3, 3, {})
    assert told(tmp_path / "all.jsonl") == [
        ("One", [("Ann", "own", "done"), ("Ben", "own", "in work")], ["actor", "figure"]),
        ("Thr", [("Ann", "own", "done"), ("Ben", "own", "in work")], ["actor"]),
        ("Nob", [], []),
    ]


def test_chosen_coders_go_alone_and_what_stays_behind_is_counted(project, tmp_path):
    report = export(project, tmp_path / "ann.jsonl", format_name="jsonl", coders=["Ann"])
    assert told(tmp_path / "ann.jsonl") == [
        ("One", [("Ann", "own", "done")], ["actor"]),
        ("Thr", [("Ann", "own", "done")], []),
    ]
    assert report.lost == {"documents without a reading that was asked for": 1}
    beside = json.loads((tmp_path / "ann.jsonl.project.json").read_bytes())
    assert [each["name"] for each in beside["coders"]] == ["Ann"]


def test_only_what_is_done_goes_if_asked(project, tmp_path):
    export(project, tmp_path / "done.jsonl", format_name="jsonl", done=True)
    assert [len(each[1]) for each in told(tmp_path / "done.jsonl")] == [1, 1]


def test_gold_goes_alone_or_beside_a_coder(sample_path, tmp_path):
    with Project.open(sample_path) as project:
        export(project, tmp_path / "gold.jsonl", format_name="jsonl", gold=True)
        export(project, tmp_path / "both.jsonl", format_name="jsonl", gold=True, coders=["Coder A"])
    assert {each["kind"] for line in lines(tmp_path / "gold.jsonl") for each in line["annotations"]} == {"gold"}
    whose = {(each["coder"], each["kind"]) for line in lines(tmp_path / "both.jsonl") for each in line["readings"]}
    assert whose == {("Coder A", "own"), ("Reviewer", "gold")}


def test_a_coder_that_nobody_is_is_named(project, tmp_path):
    with pytest.raises(AnnotatorError, match="no coder “Zoe”; it has: Ann, Ben"):
        export(project, tmp_path / "x.jsonl", format_name="jsonl", coders=["Zoe"])
    assert not list(tmp_path.glob("x*"))


def test_deleted_things_stay_behind(project, tmp_path):
    annotations.delete_annotations(project, [queries.annotations_of(project, 2, 2)[0].key])
    documents.delete_documents(project, [1])
    report = export(project, tmp_path / "x.jsonl", format_name="jsonl")
    assert (report.documents, report.annotations) == (2, 0)


def test_a_relation_whose_end_was_deleted_is_counted(project, tmp_path):
    ann = queries.coders(project)[0].key
    claim = annotations.tag_span(project, 1, ann, "claim", [(4, 9)]).current
    actor = queries.annotations_of(project, 1, ann)[0].key
    with project.step("Linked") as step:
        step.insert("relation", {"type": "source", "source": claim, "target": actor})
    annotations.delete_annotations(project, [actor])
    report = export(project, tmp_path / "x.jsonl", format_name="jsonl")
    assert (report.relations, report.lost) == (0, {"relations with a deleted end": 1})
    history.undo(project, ann)
    assert export(project, tmp_path / "x.jsonl", format_name="jsonl").relations == 1


def test_two_people_of_one_name_are_told_apart(project, tmp_path):
    with project.step("Another Ann") as step:
        other = step.insert("coder", {"id": "ffffffff-0000-7000-8000-000000000000", "name": "Ann"})
    annotations.tag_span(project, 3, other, "actor", [(0, 6)])
    report = export(project, tmp_path / "x.jsonl", format_name="jsonl")
    assert [each["coder"] for each in lines(tmp_path / "x.jsonl")[2]["annotations"]] == ["Ann (2)"]
    assert list(report.lost.values()) == [1]


def test_a_coder_who_was_merged_into_another_is_that_one(project, tmp_path):
    ann, ben = queries.coders(project)
    with project.step("Ben is Ann") as step:
        step.update("coder", ben.key, {"same_as": ann.id})
    export(project, tmp_path / "x.jsonl", format_name="jsonl")
    assert {each["coder"] for line in lines(tmp_path / "x.jsonl") for each in line["annotations"]} == {"Ann"}


# ---- whole or not at all


def test_a_cancelled_export_leaves_the_file_that_was_there(project, tmp_path):
    dest = tmp_path / "x.jsonl"
    dest.write_text("old")

    def stop(done, total):
        assert total == 3
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        export(project, dest, format_name="jsonl", progress=stop)
    assert dest.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if "x.jsonl" in path.name or "part" in path.name) == [
        "x.jsonl"
    ]


def test_a_folder_that_is_not_there_is_named(project, tmp_path):
    with pytest.raises(AnnotatorError, match=r"Cannot write .*news\.csv: there is no folder .*gone\."):
        export(project, tmp_path / "gone" / "news.csv", format_name="csv")


def test_an_export_over_the_project_itself_is_refused(project):
    before = os.stat(project.path).st_size
    with pytest.raises(AnnotatorError, match="the project itself"):
        export(project, project.path, format_name="jsonl")
    assert os.stat(project.path).st_size == before


@pytest.mark.parametrize("name", ["text", "zip", ""])
def test_a_format_that_cannot_be_written_is_named(project, tmp_path, name):
    with pytest.raises(AnnotatorError, match="that can be written"):
        export(project, tmp_path / "x", format_name=name)
