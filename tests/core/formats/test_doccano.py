"""What is particular about doccano: its three ways to write spans, categories of whole texts, a file a coder."""

import json

from annotator.formats.doccano_reading import detect, read
from annotator.formats.doccano_writing import write
from annotator.formats.format import ReadOptions, WriteOptions
from annotator.formats.report import Report
from annotator.model.records import AnnotationRecord, DocumentRecord
from annotator.model.span import Span


def records(path, report=None, **settings):
    return list(read(path, report or Report(), ReadOptions(settings)))


def test_its_own_examples_of_relations_are_read_as_they_say(shared):
    folder = shared / "corpora" / "doccano_labelstudio" / "doccano"
    path = folder / "data_import/pipeline/examples/relation_extraction/example.jsonl"
    (record,) = records(path)
    quotes = {each.source_id: record.text[each.spans[0].start : each.spans[0].end] for each in record.annotations}
    assert quotes == {"0": "Google", "1": "September 4, 1998", "2": "Larry Page", "3": "Sergey Brin"}
    assert [(each.type, quotes[each.source], quotes[each.target]) for each in record.relations] == [
        ("foundedAt", "Google", "September 4, 1998"),
        ("foundedBy", "Google", "Larry Page"),
        ("foundedBy", "Google", "Sergey Brin"),
    ]


def test_categories_of_a_whole_text_are_told_and_its_spans_kept(shared):
    folder = shared / "corpora" / "doccano_labelstudio" / "doccano"
    report = Report()
    found = records(folder / "data_import/tests/data/intent/example.jsonl", report)
    assert [len(each.annotations) for each in found] == [1, 0, 1, 0]
    assert sum("left out: positive" in str(each) for each in report.warnings) == 2
    assert [str(each) for each in report.refused] == ["example.jsonl, line 5: it has no text."]


def test_texts_with_classes_alone_and_other_programs_lines_are_not_its_own():
    assert not detect(None, b'{"text": "a", "label": ["positive"]}')
    assert not detect(None, b'{"text": "a", "spans": [{"start": 0, "end": 1, "label": "X"}]}')
    assert not detect(None, b'{"text": "a", "annotations": []}')
    assert detect(None, b'[{"text": "a", "label": [[0, 1, "X"]]}]')


def test_offsets_before_and_after_a_windows_line_end_and_an_emoji(tmp_path):
    text = "One\r\n🪖 two\r\nthree"
    path = tmp_path / "ann.jsonl"
    spans = [[text.index(word), text.index(word) + len(word), "X"] for word in ("One", "two", "three")]
    path.write_text(json.dumps({"text": text, "label": spans}) + "\n")
    (record,) = records(path, file_name="coder")
    assert [record.text[each.spans[0].start : each.spans[0].end] for each in record.annotations] == [
        "One", "two", "three",
    ]  # fmt: skip
    assert {each.coder for each in record.annotations} == {"ann"}


def test_spans_that_cannot_be_are_refused_by_their_number(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text('{"text": "abc", "label": [[2, 1, "X"], [0, 9, "X"], [-1, 2, "X"], [0.5, 2, "X"], [0, 1, "X"]]}\n')
    report = Report()
    (record,) = records(path, report)
    assert [each.spans for each in record.annotations] == [(Span(0, 1),)]
    assert [each.where for each in report.refused] == [f"set.jsonl, line 1, span {number}" for number in (1, 2, 3, 4)]


def test_every_span_has_a_number_of_its_own_in_the_file(tmp_path):
    spans = tuple(AnnotationRecord("", "x", (Span(place, place + 1),)) for place in range(3))
    write([DocumentRecord("abc", annotations=spans)] * 2, tmp_path / "out.jsonl", {}, WriteOptions())
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [each["id"] for line in lines for each in line["entities"]] == [1, 2, 3, 4, 5, 6]
