"""What is particular about W3C Web Annotation: texts beside, quotes instead of places, links between annotations."""

import json
from contextlib import suppress

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions, WriteOptions
from annotator.formats.report import Report
from annotator.formats.web_annotation_reading import detect, read
from annotator.formats.web_annotation_writing import write
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import Span

TEXT = "No deal, said Kyiv. No deal yet, said 🪖 Minsk."
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def page(folder, *items, text=TEXT):
    (folder / "talks.txt").write_bytes(text.encode())
    path = folder / "talks.jsonld"
    path.write_text(json.dumps({"@context": CONTEXT, "type": "AnnotationPage", "items": items}), "utf-8")
    return path


def note(target, **more):
    return {"type": "Annotation", "body": {"type": "TextualBody", "purpose": "tagging", "value": "actor"}} | {
        "target": target, **more,
    }  # fmt: skip


def quoted(exact, **around):
    return {"source": "talks.txt", "selector": {"type": "TextQuoteSelector", "exact": exact, **around}}


def test_a_quote_without_a_place_is_found_where_it_stands_once(tmp_path):
    report = Report()
    items = [note(quoted("Kyiv")), note(quoted("No deal", suffix=" yet")), note(quoted("No deal"))]
    (record,) = read(page(tmp_path, *items), report, ReadOptions())
    assert [each.spans for each in record.annotations] == [(Span(14, 18),), (Span(20, 27),)]
    assert [str(each) for each in report.refused] == [
        "talks.jsonld, 3: its quote does not stand exactly once in the text."
    ]


def test_texts_elsewhere_are_never_fetched(tmp_path):
    (tmp_path.parent / "outside.txt").write_text("secret")
    sources = [
        "https://example.org/talks.txt",
        "../outside.txt",
        "%2e%2e/outside.txt",
        "file:talks.txt",
        "..",
        "http://[",
    ]
    report = Report()
    items = [
        note({"source": each, "selector": {"type": "TextPositionSelector", "start": 0, "end": 1}}) for each in sources
    ]
    assert list(read(page(tmp_path, *items), report, ReadOptions())) == []
    assert len(report.refused) == len(sources)


def test_its_own_samples_end_in_a_reason_and_never_in_a_fault(shared):
    met = 0
    for path in sorted((shared / "corpora" / "w3c_annotation").rglob("*.json*")):
        if detect(path, path.read_bytes()[:65536]):
            met += 1
            report = Report()
            with suppress(AnnotatorError):
                assert list(read(path, report, ReadOptions())) == []
                assert report.refused
    assert met


def test_pieces_links_and_names_come_back(tmp_path):
    first = AnnotationRecord("Ann", "demand", (Span(0, 7), Span(14, 18)), source_id="T1", note="twice\nsaid")
    second = AnnotationRecord("Ann", "actor", (Span(40, 45),), source_id="T2", kind="gold")
    link = RelationRecord("source", "T1", "T2", note="doubtful")
    given = DocumentRecord(TEXT, annotations=(first, second), relations=(link,), source_name="a b%.txt", title="Talks")
    write([given], tmp_path / "out", {}, WriteOptions())
    (back,) = read(tmp_path / "out", Report(), ReadOptions())
    assert (back.text, back.title, back.source_name) == (TEXT, "Talks", "a b%.txt")
    assert [(each.coder, each.kind, each.tag, each.spans, each.note) for each in back.annotations] == [
        (each.coder, each.kind, each.tag, each.spans, each.note) for each in given.annotations
    ]
    names = {each.source_id: each.tag for each in back.annotations}
    assert [(each.type, names[each.source], names[each.target], each.note) for each in back.relations] == [
        ("source", "demand", "actor", "doubtful")
    ]


def test_a_source_whose_name_no_file_can_have_is_refused_by_name(tmp_path):
    report = Report()
    far = {**quoted("Kyiv"), "source": "a" * 5000}
    assert not list(read(page(tmp_path, note(far)), report, ReadOptions()))
    assert report.refused[0].message == "no such text lies beside the annotations"
