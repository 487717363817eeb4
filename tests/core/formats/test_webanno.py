"""What is particular to WebAnno TSV 3: UTF-16 offsets, parts of words, stacks, chains, slots, escapes."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions, WriteOptions
from annotator.formats.report import Report
from annotator.formats.webanno import WEBANNO
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord
from annotator.model.span import Span, quote

NAMED = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
HEAD = "#FORMAT=WebAnno TSV 3.3\n"


def read(tmp_path, text, **chosen):
    path = tmp_path / "a.tsv"
    path.write_bytes(text.encode())
    report = Report()
    (record,) = WEBANNO.reads(path, report, ReadOptions(chosen))
    return record, report


def told(record):
    return [(each.tag, quote(record.text, each.spans)) for each in record.annotations]


def links(record):
    by_id = {each.source_id: quote(record.text, each.spans) for each in record.annotations}
    return [(each.type, by_id[each.source], by_id[each.target]) for each in record.relations]


def test_offsets_are_utf16_and_parts_of_words_have_lines_of_their_own(tmp_path):
    made = f"{HEAD}#T_SP={NAMED}|identifier|value\n\n\n#Text=😀 Kyiv's men\n"
    made += "1-1\t0-2\t😀\t_\t_\t\n1-2\t3-9\tKyiv's\t_\t_\t\n1-2.1\t3-7\tKyiv\tQ1899\tLOC\t\n"
    made += "1-3\t10-13\tmen\t*\tPER\t\n"
    record, report = read(tmp_path, made)
    assert record.text == "😀 Kyiv's men"
    assert told(record) == [("LOC", "Kyiv"), ("PER", "men")]
    assert record.annotations[0].spans == (Span(2, 6),)
    assert record.annotations[0].attributes == {"identifier": {"value": "Q1899", "by": "typed"}}
    assert not report.refused
    assert not report.repaired


def test_stacked_annotations_go_on_over_words_and_sentences(tmp_path):
    made = f"{HEAD}#T_SP=webanno.custom.Claim|value\n\n\n#Text=one two\n"
    made += "1-1\t0-3\tone\ta[1]|b[2]\t\n1-2\t4-7\ttwo\tb[2]\t\n\n#Text=three\n2-1\t8-13\tthree\tb[2]|c\\|\\[1\\]\t\n"
    record, _ = read(tmp_path, made)
    assert record.text == "one two\nthree"
    assert told(record) == [("a", "one"), ("b", "one two\nthree"), ("c|[1]", "three")]


def test_relations_name_where_they_come_from(tmp_path):
    made = (
        f"{HEAD}#T_SP=webanno.custom.Who|value\n#T_RL=webanno.custom.Says|label|BT_webanno.custom.Who\n\n\n#Text=a b\n"
    )
    made += "1-1\t0-1\ta\tx[1]|y[2]\tfirst|second\t1-2[0_1]|1-2[0_2]\t\n1-2\t2-3\tb\tz\t_\t_\t\n"
    record, _ = read(tmp_path, made)
    assert [(link.type, link.source, link.target) for link in record.relations] == [
        ("first", "T3", "T1"),
        ("second", "T3", "T2"),
    ]


def test_chains_and_slots_become_relations(tmp_path):
    made = f"{HEAD}#T_SP=webanno.custom.Event|value|ROLE_webanno.custom.Event:who_webanno.custom.EventLink|{NAMED}\n"
    made += f"#T_SP={NAMED}|value\n#T_CH=webanno.custom.CorefLink|referenceType|referenceRelation\n\n\n"
    made += "#Text=He met her\n"
    made += "1-1\t0-2\tHe\t_\t_\t_\tPER\tpro\tsame->1-1\t\n"
    made += "1-2\t3-6\tmet\tmeeting\thost;guest\t1-1;1-3\t_\t_\t_\t\n"
    made += "1-3\t7-10\ther\t_\t_\t_\tPER\tpro\t*->1-2\t\n"
    record, report = read(tmp_path, made)
    assert not report.refused
    assert sorted(links(record)) == [("guest", "met", "her"), ("host", "met", "He"), ("same", "He", "her")]


def test_the_text_comes_out_of_its_escapes_and_gaps(tmp_path):
    made = HEAD + "#T_SP=webanno.custom.Claim|value\n\n\n#Text=a\\tb\\\\\n#Text=c\n1-1\t0-1\ta\t_\t\n\n"
    made += "#Text=d\n2-1\t9-10\td\tx\t\n"
    record, _ = read(tmp_path, made)
    assert record.text == "a\tb\\\nc\n  d"
    assert told(record) == [("x", "d")]


def test_wrong_offsets_are_put_right_by_the_words(tmp_path):
    made = f"{HEAD}#T_SP={NAMED}|value\n\n\n#Text=to Kyiv\n1-1\t0-2\tto\t_\t\n1-2\t5-9\tKyiv\tLOC\t\n"
    record, report = read(tmp_path, made)
    assert told(record) == [("LOC", "Kyiv")]
    assert len(report.repaired) == 1
    made = made.replace("to Kyiv", "to Kiew")
    record, report = read(tmp_path, made)
    assert not record.annotations
    assert "do not stand in the text" in str(report.refused[0])


def test_a_person_chooses_layers_and_the_feature_of_the_tag(tmp_path):
    made = f"{HEAD}#T_SP=webanno.custom.Who|kind|value\n#T_SP={NAMED}|value\n\n\n#Text=a\n1-1\t0-1\ta\tk\tv\tLOC\t\n"
    record, report = read(tmp_path, made, tag="kind", layers="Who")
    assert told(record) == [("k", "a")]
    assert record.annotations[0].attributes == {"value": {"value": "v", "by": "typed"}}
    assert "1 annotations of layers that were not chosen left out: NamedEntity" in str(report.warnings[0])


def test_what_is_no_webanno_file_is_refused_by_name(tmp_path):
    with pytest.raises(AnnotatorError, match=r"a\.tsv, line 1: it is not WebAnno TSV"):
        read(tmp_path, "word\tlabel\na\tO\n")


words = st.text(st.sampled_from("ab é😀_|[]*\\;\t\n.»שלום\u2029"), min_size=1, max_size=40)
tags = st.text(st.sampled_from("aB_|[]*\\;->\t\n 1"), min_size=1, max_size=6).filter(str.strip)


@given(text=words, data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_and_any_tag_come_back(text, data, tmp_path):
    offsets = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(offsets, offsets).filter(lambda pair: pair[0] < pair[1]), max_size=4))
    given_tags = data.draw(st.lists(tags, min_size=len(spans), max_size=len(spans)))
    annotations = tuple(
        AnnotationRecord("", tag, (Span(*span),), source_id=f"T{number}")
        for number, (span, tag) in enumerate(zip(spans, given_tags, strict=True))
    )
    record = DocumentRecord(text, source_name="a.txt", readings=(ReadingRecord(""),), annotations=annotations)
    lost = WEBANNO.loses(record, WriteOptions())
    WEBANNO.writes([record], tmp_path / "out", {}, WriteOptions())
    report = Report()
    (back,) = WEBANNO.reads(tmp_path / "out", report, ReadOptions())
    assert not report.refused
    assert not report.repaired
    if not lost:
        assert back.text == text
        wanted = sorted((each.tag, each.spans) for each in annotations)
        assert sorted((each.tag, each.spans) for each in back.annotations) == wanted


def test_the_words_of_a_corpus_stand_where_their_lines_say(shared):
    """Each annotation of one word, against the line of that word: the file itself is the judge."""
    met = 0
    for path in sorted(Path(os.environ.get("ANNOTATOR_CORPORA", shared / "corpora")).rglob("*.tsv")):
        if not path.read_bytes()[:64].startswith(b"#FORMAT=WebAnno TSV 3."):
            continue
        report = Report()
        (record,) = WEBANNO.reads(path, report, ReadOptions())
        lines = path.read_text(encoding="utf-8").split("\n")
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        starts = {row[2] for row in rows if any(cell not in ("_", "") for cell in row[3:])}
        firsts = {record.text[each.spans[0].start :] for each in record.annotations}
        assert all(any(rest.startswith(form) for form in starts) for rest in firsts)
        assert not report.repaired
        met += len(record.annotations)
    if not met:
        pytest.skip("the corpora hold no document of this format")
