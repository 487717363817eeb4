"""What is particular about Prodigy: only what was accepted counts, and each annotator decides alone."""

from pathlib import Path

from annotator.formats.format import ReadOptions
from annotator.formats.prodigy_reading import detect, read
from annotator.formats.report import Report

SEED = Path(__file__).parent / "seeds" / "prodigy.jsonl"


def test_accepted_spans_become_annotations_of_their_annotator():
    report = Report()
    accepted, rejected, ignored = read(SEED, report, ReadOptions())
    assert [(each.coder, each.tag, accepted.text[slice(*each.spans[0])]) for each in accepted.annotations] == [
        ("ann", "PLACE", "The harbour"),
        ("ann", "PERSON", "Mara Quill"),
    ]
    place, person = accepted.annotations
    assert [(each.type, each.source, each.target) for each in accepted.relations] == [
        ("speaks_of", person.source_id, place.source_id)
    ]
    assert (accepted.title, accepted.outlet, accepted.extra) == ("Harbour", "Inland Press", {"page": 4})
    assert not rejected.annotations
    assert [(each.coder, each.state) for each in ignored.readings] == [("ports-ben", "set aside")]
    assert [str(each) for each in report.refused] == ["prodigy.jsonl, line 2: its spans were rejected."]


def test_lines_of_other_programs_are_not_its_own():
    assert detect(SEED, SEED.read_bytes())
    assert not detect(SEED, b'{"text": "a", "entities": [[0, 1, "X"]]}')
    assert not detect(SEED, b'{"text": "a", "annotations": [{"tag": "x", "spans": [[0, 1]]}]}')
