"""A place that a person leaves untagged is not asked about again; that is part of the reading, and undoes."""

import json

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.model.span import Span
from annotator.operations import annotations, coders, history
from annotator.operations.completeness import ELSEWHERE, incomplete, open_points
from annotator.operations.export import export
from annotator.operations.import_records import import_records
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.operations.readings import set_state
from annotator.operations.untagged import leave_untagged, left_untagged
from annotator.storage import queries

TEXT = "Veldria said no. The Veldria talks ended. Veldria left.\n"
PLACES = tuple(Span(at, at + len("Veldria")) for at in (0, 21, 42))


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        import_records(made, [DocumentRecord(text=TEXT, title="Talks")], report=Report(), format_name="test")
        coder, _ = coders.add_coder(made, "Ann")
        annotations.tag_span(made, 1, coder, "actor", [PLACES[0]])
        yield made


def elsewhere(project, coder=1):
    return [point.places for point in open_points(project, 1, coder) if point.kind == ELSEWHERE]


def test_each_place_is_left_for_itself_or_all_at_once_and_undo_asks_again(project):
    assert elsewhere(project) == [PLACES[1:]]
    assert leave_untagged(project, 1, 1, "actor", PLACES[1:2]).said == "“Veldria” stays untagged here"
    assert elsewhere(project) == [PLACES[2:]]
    history.undo(project, 1)
    assert elsewhere(project) == [PLACES[1:]]
    assert leave_untagged(project, 1, 1, "actor", PLACES[1:]).said == "“Veldria” stays untagged at 2 places"
    assert elsewhere(project) == []
    assert not leave_untagged(project, 1, 1, "actor", PLACES[1:]).history


def test_a_place_where_a_tag_is_deleted_later_is_asked_about(project):
    leave_untagged(project, 1, 1, "actor", PLACES[1:])
    last = annotations.tag_span(project, 1, 1, "actor", [PLACES[2]]).current
    (first,) = [each.key for each in queries.annotations_of(project, 1, 1) if each.outer == PLACES[0]]
    annotations.delete_annotations(project, [first])
    assert elsewhere(project) == [PLACES[:1]]
    annotations.delete_annotations(project, [last])
    assert elsewhere(project) == []


def test_it_is_the_coders_own_and_check_knows_it_too(project):
    ben, _ = coders.add_coder(project, "Ben")
    annotations.tag_span(project, 1, ben, "actor", [PLACES[0]])
    leave_untagged(project, 1, 1, "actor", PLACES[1:])
    assert elsewhere(project, ben) == [PLACES[1:]]
    for coder in (1, ben):
        set_state(project, 1, coder, "done")
    assert [each.where.split(", ")[1] for each in incomplete(project) if each.kind == ELSEWHERE] == ["Ben"]


def test_it_goes_out_and_comes_in_with_the_reading(project, tmp_path):
    leave_untagged(project, 1, 1, "actor", PLACES[1:])
    export(project, tmp_path / "out.jsonl", format_name="jsonl")
    with create_project(tmp_path / "q.annotator") as other:
        import_paths(other, [tmp_path / "out.jsonl"])
        assert elsewhere(other) == []


@pytest.mark.parametrize("stored", [[], {"actor": 5}, {"actor": [[1], "x", [1, "2"], [True, 2]]}, 7, None])
def test_what_a_file_from_elsewhere_holds_in_its_place_harms_nothing(project, stored):
    reading = queries.reading(project, 1, 1)
    with project.step("Harm", kind="setup") as step:
        step.update("reading", reading.key, {"extra": json.dumps({"left_untagged": stored, "other": 1})})
    assert not any(left_untagged(project, reading.key).values())
    leave_untagged(project, 1, 1, "actor", PLACES[1:])
    assert elsewhere(project) == []
    assert queries.reading_extra(project, reading.key)["other"] == 1


def test_no_place_is_a_fault(project):
    with pytest.raises(AnnotatorError, match="no place"):
        leave_untagged(project, 1, 1, "actor", [])
