"""What is particular to spaCy: tokens that make up the text, spans that they cut, entities without overlap."""

import json

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.format import ReadOptions, WriteOptions
from annotator.formats.loss import Loss
from annotator.formats.report import Report
from annotator.formats.spacy_docs import laid
from annotator.formats.spacy_json import SPACY_JSON
from annotator.model.records import AnnotationRecord, DocumentRecord
from annotator.model.span import Span, quote


def document(text, *spans):
    made = tuple(AnnotationRecord("Ann", tag, (Span(start, end),)) for start, end, tag in spans)
    return DocumentRecord(text, source_name="a.txt", annotations=made)


@given(st.text(st.sampled_from("ab .,\n\t😀\u200dé\u00a0’1"), max_size=60))
def test_tokens_and_blanks_make_up_the_text(text):
    made = laid(DocumentRecord(text))
    pairs = zip(made.tokens, made.blank_after, strict=True)
    assert "".join(text[start:end] + " " * blank for (start, end), blank in pairs) == text
    assert all(start < end for start, end in made.tokens)


def test_one_picture_of_several_is_one_token():
    text = "asked👨‍👩‍👧 for"
    assert [text[start:end] for start, end in laid(DocumentRecord(text)).tokens] == ["asked", "👨‍👩‍👧", "for"]


def test_entities_are_the_longest_of_those_that_overlap():
    text = "the prime minister of Ukraine said no"
    made = laid(document(text, (0, 29, "actor"), (22, 29, "place"), (4, 18, "role"), (30, 37, "claim")))
    assert [(each.tag, each.start, each.end) for each in made.entities()] == [("actor", 0, 5), ("claim", 5, 7)]
    assert len(made.spans) == 4
    assert not +made.lost


def test_spans_that_cut_tokens_are_widened_and_counted():
    record = document("Ukrainian troops  left", (0, 7, "place"), (16, 17, "blank"), (10, 16, "who"))
    assert SPACY_JSON.loses(record, WriteOptions()) == {Loss.TOKENS: 1, Loss.OUTSIDE_TOKENS: 1}


def read(tmp_path, value):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    assert SPACY_JSON.detect(path, path.read_bytes())
    report = Report()
    records = list(SPACY_JSON.reads(path, report, ReadOptions()))
    return [[(each.tag, quote(record.text, each.spans)) for each in record.annotations] for record in records], report


def test_entities_and_the_groups_of_spans_are_read_once(tmp_path):
    spans = {"sc": [{"start": 0, "end": 4, "label": "LOC"}, {"start": 0, "end": 9, "label": "claim"}], "mine": []}
    value = {"text": "Kyiv said", "ents": [{"start": 0, "end": 4, "label": "LOC"}], "spans": spans, "tokens": []}
    assert read(tmp_path, value)[0] == [[("claim", "Kyiv said"), ("LOC", "Kyiv")]]


def test_two_annotations_of_the_same_words_stay_two(tmp_path):
    spans = [{"start": 0, "end": 4, "label": "LOC"}] * 2
    value = {"text": "Kyiv said", "ents": spans[:1], "spans": {"sc": spans}, "tokens": []}
    assert read(tmp_path, value)[0] == [[("LOC", "Kyiv"), ("LOC", "Kyiv")]]


def test_pairs_of_a_text_and_its_entities_are_read(tmp_path):
    value = [["Kyiv said", {"entities": [[0, 4, "LOC"], [5, 99, "X"]]}], ["No", {"entities": []}]]
    told, report = read(tmp_path, value)
    assert told == [[("LOC", "Kyiv")], []]
    assert "ends behind the text" in str(report.refused[0])
