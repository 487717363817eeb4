"""What is particular about Label Studio: several people a task, two ways to count, controls beside labels."""

import json
from xml.etree import ElementTree

from annotator.formats.format import ReadOptions, WriteOptions
from annotator.formats.label_studio_reading import detect, read
from annotator.formats.label_studio_writing import write
from annotator.formats.report import Report
from annotator.model.codebook import canonical_json
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import AnnotationRecord, DocumentRecord
from annotator.model.span import Span

TEXT = "🪖 The minister said no to Kyiv."


def region(own, words, label, start=None, **more):
    start = TEXT.index(words) if start is None else start
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": own, "type": "labels", "from_name": "label", "to_name": "text", "value": value, **more}


def task(*annotations, **data):
    return {"id": 1, "data": {"text": TEXT, **data}, "annotations": list(annotations), "predictions": []}


def records(path, tasks, report=None):
    path.write_text(json.dumps(tasks, ensure_ascii=False), "utf-8")
    return list(read(path, report or Report(), ReadOptions()))


def quotes(record):
    return [record.text[each.spans[0].start : each.spans[0].end] for each in record.annotations]


def test_each_person_is_a_reading_and_ground_truth_is_gold(tmp_path):
    one = {"completed_by": {"email": "ann@example.org"}, "result": [region("r", "minister", "actor")]}
    two = {"completed_by": 7, "ground_truth": True, "result": [region("r", "Kyiv", "actor")]}
    left = {"completed_by": {"first_name": "Cleo", "last_name": "Ito"}, "was_cancelled": True, "result": []}
    (record,) = records(tmp_path / "set.json", [task(one, two, left, title="No")])
    assert [(each.coder, each.kind, each.state) for each in record.readings] == [
        ("ann@example.org", "own", "in work"),
        ("Person 7", "gold", "in work"),
        ("Cleo Ito", "own", "set aside"),
    ]
    assert quotes(record) == ["minister", "Kyiv"]
    assert len({each.source_id for each in record.annotations}) == 2
    assert record.title == "No"


def test_offsets_that_count_an_emoji_twice_are_known_by_their_quotes(tmp_path):
    report = Report()
    result = [
        region("a", "minister", "actor", TEXT.index("minister") + 1),
        region("b", "Kyiv", "actor", TEXT.index("Kyiv") + 1),
    ]
    (record,) = records(tmp_path / "old.json", [task({"result": result})], report)
    assert quotes(record) == ["minister", "Kyiv"]
    assert not report.repaired


def test_values_links_and_notes_of_regions(tmp_path):
    place = region("a", "minister", "actor", meta={"text": ["which one?"]})
    choice = {"id": "a", "type": "choices", "from_name": "kind", "value": {"choices": ["person"]}}
    link = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "left", "labels": ["says"]}
    whole = {"id": "w", "type": "choices", "from_name": "mood", "value": {"choices": ["grim"]}}
    report = Report()
    result = [place, choice, region("b", "said no", "claim"), link, whole]
    (record,) = records(tmp_path / "set.json", [task({"result": result})], report)
    actor, claim = record.annotations
    assert actor.attributes == {"kind": {"value": "person", "by": "typed"}}
    assert actor.note == "which one?"
    assert [(each.type, each.source, each.target) for each in record.relations] == [
        ("says", claim.source_id, actor.source_id)
    ]
    assert [str(each) for each in report.warnings] == [
        "set.json, task 1: what is said of the whole task is left out: choices mood."
    ]


def test_pictures_and_places_outside_of_the_text_are_refused_by_name(tmp_path):
    picture = {"id": 2, "data": {"image": "https://example.org/a.png"}, "annotations": []}
    far = {"result": [region("far", "nowhere", "actor", 90)]}
    report = Report()
    found = records(tmp_path / "set.json", [picture, task(far)], report)
    assert [len(each.annotations) for each in found] == [0]
    assert [each.where for each in report.refused] == ["set.json, task 1", "set.json, task 2, region far"]


def test_its_own_example_files_end_in_records_or_in_a_reason(shared):
    met = 0
    for path in sorted((shared / "corpora" / "doccano_labelstudio" / "label_studio").rglob("*.json")):
        if not detect(path, path.read_bytes()[:65536]):
            continue
        met += 1
        report = Report()
        assert list(read(path, report, ReadOptions())) or report.refused
    assert met


def test_the_interface_beside_names_every_label_and_field_that_the_tasks_use(tmp_path):
    attributes = {"modality": {"value": "will", "by": "typed"}, "value": {"value": 4, "by": "typed"}}
    annotations = tuple(
        AnnotationRecord("Ann", tag, (Span(0, 1),), attributes=attributes) for tag in ("threat", "other")
    )
    book = {"codebook": [{"content": json.loads(canonical_json(default_codebook()))}]}
    write([DocumentRecord("abc", annotations=annotations)], tmp_path / "out.json", book, WriteOptions())
    view = ElementTree.parse(tmp_path / "out.config.xml").getroot()
    (made,) = json.loads((tmp_path / "out.json").read_text())
    kinds = {"choices": "Choices", "number": "Number", "textarea": "TextArea", "labels": "Labels"}
    for each in made["annotations"][0]["result"]:
        assert view.find(f"{kinds[each['type']]}[@name='{each['from_name']}'][@toName='{each['to_name']}']") is not None
    assert {"threat", "other"} <= {each.get("value") for each in view.iter("Label")}
    assert view.find("Text").get("value") == "$text"
