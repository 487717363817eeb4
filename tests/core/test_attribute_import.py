"""Values that cannot be, in a file: each is reported with place and reason, and the rest comes in."""

import json

import pytest

from annotator.formats.report import Report
from annotator.operations import entities
from annotator.operations.check import check_project
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.storage import queries, relation_queries

TEXT = "Veldria has 80,000 men, said Dornath. Tarkess must go.\n"
OWN = "018f4f0e-8d2a-7c31-9b1e-2f6a5c0d1e01"
GONE = "018f4f0e-8d2a-7c31-9b1e-2f6a5c0d1e99"


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        yield made


def brought(project, tmp_path, annotations, relations=(), beside=None):
    """Import one document; attribute values may be raw JSON, as RAW(NaN)."""
    path = tmp_path / "set.jsonl"
    line = {"text": TEXT, "title": "Ports", "annotations": annotations, "relations": list(relations)}
    written = json.dumps(line)
    while "RAW(" in written:
        raw = written[written.index('"RAW(') + 5 : written.index(')"')]
        written = written.replace(f'"RAW({raw})"', raw)
    path.write_text(written + "\n", encoding="utf-8")
    if beside:
        (tmp_path / "set.jsonl.project.json").write_text(
            json.dumps({"format": "annotator-project", "version": 1, **beside}), encoding="utf-8"
        )
    report = Report()
    import_paths(project, [path], report=report, format_name="jsonl")
    return report


def figure(**attributes):
    return {"id": "F", "coder": "Ann", "tag": "figure", "spans": [[12, 22]], "attributes": attributes}


def actor(words, **attributes):
    start = TEXT.index(words)
    return {
        "id": words,
        "coder": "Ann",
        "tag": "actor",
        "spans": [[start, start + len(words)]],
        "attributes": attributes,
    }


def stored(project):
    (document,) = queries.document_keys(project, None)
    found = queries.annotations_of(project, document, queries.coders(project)[0].key)
    return {each.quote: {name: given["value"] for name, given in each.attributes.items()} for each in found}


FAULTS = {
    "month": ("as_of", "2022-13-45", "There is no month 13"),
    "enum": ("kind", "heap", "“heap” is none of: count, percent,"),
    "NaN": ("value", "RAW(NaN)", "NaN is no number"),
    "infinite": ("value", "RAW(-Infinity)", "The number is too large"),
    "1e400": ("value", "RAW(1e400)", "The number is too large"),
    "10^400": ("value", f"RAW(1{'0' * 400})", "A number of about 401 digits is too large"),
    "10^5000": ("value", f"RAW(1{'0' * 5000})", "The number is too large"),
    "text": ("value", "80,000", "“80,000” is no number"),
    "list": ("unit", ["man"], "a list is no text"),
    "unknown": ("weight", "RAW(NaN)", "NaN is no number"),
}


@pytest.mark.parametrize(("name", "value", "reason"), FAULTS.values(), ids=FAULTS)
def test_one_wrong_value_is_reported_and_all_else_comes_in(project, tmp_path, name, value, reason):
    report = brought(
        project, tmp_path, [figure(**{"qualifier": "exact", name: value}), actor("Dornath", role="speaker")]
    )
    (refusal,) = report.refused
    assert refusal.where == f"set.jsonl, line 1, figure “80,000 men”, {name}"
    assert refusal.message.startswith(reason)
    assert refusal.message.endswith("; the value was left out")
    assert (report.documents, report.annotations) == (1, 2)
    assert stored(project) == {"80,000 men": {"qualifier": "exact"}, "Dornath": {"role": "speaker"}}
    assert check_project(project) == []


def test_a_number_that_cannot_be_elsewhere_still_refuses_the_line(project, tmp_path):
    report = brought(project, tmp_path, [{**figure(), "spans": [[12, "RAW(1e400)"]]}])
    assert [str(each) for each in report.refused] == ["set.jsonl, line 1: the number 1e400 is too large."]
    assert report.documents == 0


def test_what_the_codebook_does_not_ask_for_is_kept(project, tmp_path):
    report = brought(project, tmp_path, [figure(mood={"value": {"deep": [1]}, "by": "typed"}, value=80000)])
    assert report.refused == []
    assert stored(project) == {"80,000 men": {"mood": {"deep": [1]}, "value": 80000}}


def test_an_actor_is_known_by_id_or_name_in_the_project_or_beside_the_file(project, tmp_path):
    known, _ = entities.add_entity(project, "Tarkess")
    report = brought(
        project,
        tmp_path,
        [actor("Veldria", name=OWN), actor("Dornath", name=GONE), actor("Tarkess", name="Tarkess")],
        beside={"entities": [{"id": OWN, "name": "Veldria"}]},
    )
    assert [str(each) for each in report.refused] == [
        f"set.jsonl, line 1, actor “Dornath”, name: The project has no actor “{GONE}”; the value was left out."
    ]
    assert stored(project) == {"Veldria": {"name": OWN}, "Dornath": {}, "Tarkess": {"name": known}}


def test_values_of_relations_are_held_to_the_codebook_too(project, tmp_path):
    claims = [
        {"id": own, "coder": "Ann", "tag": "claim", "spans": [span]}
        for own, span in [("C1", [0, 22]), ("C2", [38, 53])]
    ]
    link = {"type": "responds_to", "source": "C2", "target": "C1"}
    links = [
        {**link, "id": "R1", "attributes": {"polarity": "shrug"}},
        {**link, "id": "R2", "type": "continues"},
        {**link, "id": "R3", "target": "nowhere"},
    ]
    report = brought(project, tmp_path, claims, links)
    shrug = "“shrug” is none of: accept, reject, other"
    assert [str(each) for each in report.refused] == [
        "set.jsonl, line 1, relation 3: its target 'nowhere' is no annotation of this document.",
        f"set.jsonl, line 1, relation responds_to, polarity: {shrug}; the value was left out.",
    ]
    (document,) = queries.document_keys(project, None)
    reading = queries.reading(project, document, queries.coders(project)[0].key)
    kept = relation_queries.relations_of(project, reading.key)
    assert sorted((each.type, dict(each.attributes)) for each in kept) == [("continues", {}), ("responds_to", {})]


def test_a_value_of_unknown_origin_counts_as_proposed(project, tmp_path):
    report = brought(project, tmp_path, [figure(unit={"value": "man", "by": "guess"})])
    assert [note.where for note in report.repaired] == ["set.jsonl, line 1, figure “80,000 men”, unit"]
    (document,) = queries.document_keys(project, None)
    (found,) = queries.annotations_of(project, document, queries.coders(project)[0].key)
    assert found.attributes == {"unit": {"value": "man", "by": "proposed"}}
