"""Annotations without texts: no word of an article leaves, whoever has the article gets every span back, proved."""

import hashlib
import hmac
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions, WriteOptions, chosen_settings
from annotator.formats.jsonl import JSONL
from annotator.formats.loss import Loss
from annotator.formats.offsets import OFFSETS
from annotator.formats.offsets_reading import read_offsets
from annotator.formats.report import Report
from annotator.formats.text_keys import folded
from annotator.model.records import AnnotationRecord
from annotator.model.span import Span
from annotator.operations.attaching import attach
from annotator.operations.export import export
from annotator.operations.export_choice import Wanted
from annotator.operations.release import Release
from annotator.storage.project import Project
from tests.core.formats.full_document import FULL, TEXT, full_project, typed
from tests.core.formats.test_contract import ODD, assert_one_sentence, mutated


def written(folder, record=FULL, name="out.offsets.jsonl", **chosen):
    options = WriteOptions(chosen_settings(OFFSETS.write_settings, chosen, OFFSETS.name))
    OFFSETS.writes([record], folder / name, {}, options)
    return folder / name


def texts(folder, *listed):
    (folder / "texts").mkdir(exist_ok=True)
    for number, text in enumerate(listed):
        (folder / "texts" / f"{number}.txt").write_bytes(text.encode())
    return [folder / "texts"]


def back(path):
    return list(JSONL.reads(path, Report(), ReadOptions()))


def test_the_check_values_are_those_of_the_design(tmp_path):
    line = json.loads(written(tmp_path).read_text("utf-8"))
    assert line["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert line["length"] == len(TEXT)
    key = hashlib.sha256(b"span-key" + TEXT.encode()).digest()
    for each, told in zip(FULL.annotations, line["annotations"], strict=True):
        quote = "".join(TEXT[start:end] for start, end in each.spans)
        assert told["check"] == hmac.new(key, quote.encode(), hashlib.sha256).digest()[:8].hex()
        assert told["spans"] == [list(span) for span in each.spans]


def test_no_word_of_an_article_leaves(sample_path, tmp_path):
    with Project.open(sample_path) as project:
        told = export(project, tmp_path / "out.offsets.jsonl", format_name="offsets")
        export(project, tmp_path / "whole.jsonl", format_name="jsonl")
    inside = b"\n".join(path.read_bytes() for path in told.files).decode()
    for record in back(tmp_path / "whole.jsonl"):
        words = record.text.split()
        lead = len(record.title.split())  # a title may be named; it stands above the text as well
        runs = {" ".join(words[at : at + 6]) for at in range(lead, len(words) - 6)}
        assert not [run for run in runs if run in inside]
        assert not [each.note for each in record.annotations if each.note and each.note in inside]
    assert told.lost["texts dropped"] == 6


def test_values_that_repeat_the_text_are_counted_or_kept(tmp_path):
    each = AnnotationRecord(
        "Ann", "threat", (Span(0, 4),), id="a", attributes=typed(condition="unless  between 40 and 60%", action="force")
    )
    record = replace(FULL, annotations=(each,), relations=())
    options = WriteOptions({"words": "drop"})
    assert OFFSETS.loses(record, options) == {Loss.ATTRIBUTES: 1}
    assert list(json.loads(written(tmp_path, record).read_text("utf-8"))["annotations"][0]["attributes"]) == ["action"]
    assert OFFSETS.loses(record, WriteOptions({"words": "keep"})) == {}
    kept = json.loads(written(tmp_path, record, words="keep").read_text("utf-8"))["annotations"][0]["attributes"]
    assert list(kept) == ["condition", "action"]


def test_with_the_very_text_everything_comes_back(tmp_path):
    with full_project(tmp_path / "full.annotator") as project:
        export(project, tmp_path / "out.offsets.jsonl", format_name="offsets")
        export(project, tmp_path / "whole.jsonl", format_name="jsonl")
    told = attach(tmp_path / "out.offsets.jsonl", texts(tmp_path, "other", TEXT), tmp_path / "again.jsonl")
    assert (told.exact, told.aligned, told.annotations, told.is_whole) == (1, 0, 10, True)
    (record,), (whole,) = back(tmp_path / "again.jsonl"), back(tmp_path / "whole.jsonl")
    assert (record.text, record.id) == (whole.text, whole.id)
    assert [(each.coder, each.kind, each.tag, each.spans, each.text, each.id) for each in record.annotations] == [
        (each.coder, each.kind, each.tag, each.spans, each.text, each.id) for each in whole.annotations
    ]
    assert {(link.type, link.source, link.target) for link in record.relations} == {
        (link.type, link.source, link.target) for link in whole.relations
    }
    assert [(each.coder, each.kind, each.state) for each in record.readings] == [
        (each.coder, each.kind, each.state) for each in whole.readings
    ]


def test_a_copy_with_other_blanks_quotes_and_dashes_is_aligned(tmp_path):
    copy = "\ufeff  " + TEXT.replace("\n", "\r\n").replace("“", '"').replace("”", '"').replace(" – ", " - ").replace(
        " the ", "  the\n"
    )
    told = attach(written(tmp_path), texts(tmp_path, copy), tmp_path / "again.jsonl")
    assert (told.exact, told.aligned, told.is_whole) == (0, 1, True)
    (record,) = back(tmp_path / "again.jsonl")
    assert len(record.annotations) == len(FULL.annotations)
    for each, before in zip(record.annotations, FULL.annotations, strict=True):
        assert folded(each.text or "").text == folded("".join(TEXT[start:end] for start, end in before.spans)).text
    assert "100,000 troops" in {each.text for each in record.annotations}


def test_another_text_is_not_taken_and_a_moved_span_is_named(tmp_path):
    source = written(tmp_path)
    with pytest.raises(AnnotatorError, match=r"None of the texts is one that out\.offsets\.jsonl was made of"):
        attach(source, texts(tmp_path, TEXT.replace("Kyiv", "Kiev")), tmp_path / "again.jsonl")
    assert not (tmp_path / "again.jsonl").exists()
    line = json.loads(source.read_text("utf-8"))
    line["annotations"][0]["spans"] = [[1, 5]]
    line["annotations"][5]["spans"] = [[9, 99_999]]
    source.write_text(json.dumps(line) + "\n", "utf-8")
    told = attach(source, texts(tmp_path, TEXT), tmp_path / "again.jsonl")
    assert [sentence.partition(": ")[2] for sentence in told.unfit] == [
        "actor at 1–5 does not fit the text",
        "figure at 9–99999 does not fit the text",
    ]
    assert not told.is_whole


def test_a_release_without_texts_is_attached_by_the_command(sample_path, tmp_path):
    with Project.open(sample_path) as project:
        export(
            project,
            tmp_path / "june.offsets.jsonl",
            format_name="offsets",
            wanted=Wanted(gold=True),
            release=Release("June"),
        )
        export(project, tmp_path / "whole.jsonl", format_name="jsonl")
    records = back(tmp_path / "whole.jsonl")
    folder = texts(tmp_path, *(record.text for record in records[:5]))[0]
    command = [sys.executable, "-m", "annotator", "attach", "june.offsets.jsonl", folder.name, "again.jsonl", "--json"]
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    child = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert child.returncode == 1, child.stderr
    told = json.loads(child.stdout)
    assert (told["exact"], len(told["missing"])) == (5, 1)
    assert len(back(tmp_path / "again.jsonl")) == 5


@given(st.text(max_size=40), st.data())
@settings(deadline=None)
def test_folding_and_back_keeps_what_is_no_blank(text, data):
    alike = folded(text)
    assert folded(alike.text).text == alike.text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    pieces = alike.of([Span(start, end)]) if start < end else ()
    for piece in alike.back(pieces):
        assert start <= piece.start < piece.end <= end
        assert folded(text[piece.start : piece.end]).text.strip() == alike.text[pieces[0].start : pieces[0].end].strip()


def test_a_spoilt_file_is_refused_by_lines_or_in_one_sentence(tmp_path):
    import random

    good, rng = written(tmp_path).read_bytes(), random.Random(3)
    assert ODD
    for number in range(150):
        path = tmp_path / f"{number}.offsets.jsonl"
        path.write_bytes(mutated(good, rng))
        try:
            for found in read_offsets(path, Report()):
                assert all(0 <= start < end for each in found.annotations for start, end in each.record.spans)
        except AnnotatorError as fault:
            assert_one_sentence(fault)
