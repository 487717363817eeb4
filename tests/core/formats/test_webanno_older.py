"""WebAnno TSV 1 and 2: labels with B- and I-, stacks, relations by the number of a word, words sought in the text."""

import os
import random
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions
from annotator.formats.registry import detect
from annotator.formats.report import Report
from annotator.formats.webanno import WEBANNO
from tests.core.formats.test_contract import assert_one_sentence, mutated

SECOND = """ # webanno.custom.Speech | kind | mood # webanno.custom.Says | role | AttachTo=webanno.custom.Speech
#id=1
#text=Kyiv  said no 😀 today.
1-1\tKyiv\tB-actor\tO\t_\t_\t
1-2\tsaid\tB-claim\tB-firm\tsource\t1-1\t
1-3\tno\tI-claim|B-word\tI-firm\t_\t_\t
1-4\t😀\tO-_|O\t_\t_\t_\t
1-5\ttoday\tday\twebanno.custom.Speech\t_\t_\t
1-6\t.\t_\t_\t_\t_\t

#id=2
#text=Moscow waits.
2-1\tMoscow\tB-actor\tO\t_\t_\t
2-2\twaits\tB-actor\tO\tnext\t2-1\t
2-3\t.\tO\tO\t_\t_\t
"""
FIRST = """#id=1
#text=Old Kyiv said no.
1\tOld\told\tADJ\tB-PLACE\t_\t2\tAMOD\t_\t_
2\tKyiv\tKyiv\tNE\tI-PLACE\t_\t3\tSB\t_\t_
3\tsaid\tsay\tV\tO\t_\t0\tROOT\t_\t_
4\tno\t_\t_\tO\t_\t_\t_\t_\t_
5\t.\t_\t_\t-\t_\t_\t_\t_\t_

#id=2
#text=No more.
1\tNo\t_\tAV\tB_X|B_Y\t_\t_\t_\t_\t_
2\tmore\t_\tAV\tO|I_Y\t_\t1\tOC\t_\t_
3\t.\t_\t_\t_\t_\t_\t_\t_\t_
"""


def read(tmp_path, text):
    path = tmp_path / "a.tsv"
    path.write_text(text, encoding="utf-8")
    assert detect(path) is WEBANNO
    report = Report()
    (record,) = WEBANNO.reads(path, report, ReadOptions())
    said = [
        (
            each.tag,
            record.text[each.spans[0].start : each.spans[0].end],
            {n: v["value"] for n, v in each.attributes.items()},
        )
        for each in record.annotations
    ]
    return record, said, report


def test_version_2(tmp_path):
    record, said, report = read(tmp_path, SECOND)
    assert record.text == "Kyiv  said no 😀 today.\nMoscow waits."
    assert said == [
        ("Speech", "Kyiv", {"kind": "actor"}),
        ("Speech", "said no", {"kind": "claim", "mood": "firm"}),
        ("Speech", "no", {"kind": "word"}),
        ("Speech", "today", {"kind": "day"}),
        ("Speech", "Moscow", {"kind": "actor"}),
        ("Speech", "waits", {"kind": "actor"}),
    ]
    ends = {each.source_id: said[number][1] for number, each in enumerate(record.annotations)}
    assert [(each.type, ends[each.source], ends[each.target], each.attributes) for each in record.relations] == [
        ("Says", "Kyiv", "said no", {"role": {"value": "source", "by": "typed"}}),
        ("Says", "Moscow", "waits", {"role": {"value": "next", "by": "typed"}}),
    ]
    assert not report.refused
    assert not report.repaired


def test_version_1(tmp_path):
    record, said, report = read(tmp_path, FIRST)
    assert record.text == "Old Kyiv said no.\nNo more."
    assert [(tag, words) for tag, words, _ in said if tag not in ("Lemma", "ADJ", "NE", "V", "AV")] == [
        ("PLACE", "Old Kyiv"), ("X", "No"), ("Y", "No more"),
    ]  # fmt: skip
    ends = {each.source_id: said[number][1] for number, each in enumerate(record.annotations)}
    assert [(each.type, ends[each.source], ends[each.target]) for each in record.relations] == [
        ("AMOD", "Kyiv", "Old"), ("SB", "said", "Kyiv"), ("ROOT", "said", "said"), ("OC", "No", "more"),
    ]  # fmt: skip
    assert not report.refused


def test_words_that_do_not_stand_in_their_text_make_one_of_their_own(tmp_path):
    record, said, report = read(tmp_path, SECOND.replace("#text=Moscow waits.", "#text=Another sentence."))
    assert record.text.endswith("\nMoscow waits .")
    assert said[-1][:2] == ("Speech", "waits")
    assert [each.where for each in report.repaired] == ["a.tsv, line 13"]


def test_the_files_of_the_corpora_are_all_read(shared):
    met = 0
    for path in sorted(Path(os.environ.get("ANNOTATOR_CORPORA", shared / "corpora")).rglob("*.tsv")):
        head = path.read_bytes()[:65536]
        if not head.lstrip().startswith(b"# ") or b"\n#text=" not in head:
            continue
        assert WEBANNO.detect(path, head), path
        report = Report()
        (record,) = WEBANNO.reads(path, report, ReadOptions())
        assert not report.refused
        lines = head.decode().split("\n")
        assert record.text == "\n".join(line[len("#text=") :] for line in lines if line.startswith("#text="))
        begun = sum(line[:1].isdigit() and "\tB-" in line for line in lines)
        assert len(record.annotations) >= (1 if begun else 0)
        met += 1
    if not met:
        pytest.skip("the corpora hold no WebAnno TSV 2")


@pytest.mark.parametrize("text", [FIRST, SECOND], ids=["1", "2"])
def test_any_bytes_give_records_or_one_sentence(text, tmp_path):
    rng = random.Random(7)
    path = tmp_path / "a.tsv"
    for _ in range(150):
        data = mutated(text.encode(), rng)
        path.write_bytes(data)
        if not WEBANNO.detect(path, data):
            continue
        try:
            for record in WEBANNO.reads(path, Report(), ReadOptions()):
                for each in record.annotations:
                    assert all(0 <= start < end <= len(record.text) for start, end in each.spans)
        except AnnotatorError as fault:
            assert_one_sentence(fault, "a.tsv")
