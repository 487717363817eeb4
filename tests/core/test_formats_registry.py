"""Each format in the registry keeps what its entry promises."""

import re

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.registry import FORMATS, JSONL, TEXT, by_name, detect
from annotator.formats.report import Report
from annotator.model.records import AnnotationRecord, DocumentRecord
from annotator.model.span import Span

RECORD = DocumentRecord("Kyiv said 😀 no", annotations=(AnnotationRecord("Ann", "actor", (Span(0, 4),)),))


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_entries_are_complete(each):
    assert re.fullmatch(r"[a-z0-9-]+", each.name)
    assert by_name(each.name) is each
    assert each.label
    assert each.description.endswith(".")
    assert all(pattern.startswith("*.") for pattern in each.patterns)
    assert each.reads or each.writes
    assert sum(other.name == each.name for other in FORMATS) == 1


@pytest.mark.parametrize("each", [each for each in FORMATS if each.writes], ids=lambda each: each.name)
def test_what_is_written_is_detected_and_read_back(each, tmp_path):
    target = tmp_path / "out"
    written = each.writes([RECORD], target)
    assert (written.documents, written.annotations) == (1, 1)
    assert all(path.is_file() for path in written.files)
    if each.reads:
        assert detect(target) is each
        (record,) = each.reads(target, Report())
        assert record.text == RECORD.text
    with pytest.raises(AnnotatorError):
        each.writes([RECORD], tmp_path / "missing/out")


def test_content_decides_not_the_suffix(tmp_path):
    (tmp_path / "a.txt").write_text('{"text": "A document", "annotations": []}\n')
    (tmp_path / "b.jsonl").write_text("Just words\n")
    (tmp_path / "c.txt").write_text("Just words\n")
    (tmp_path / "d.txt").write_bytes(b"%PDF-1.7\n")
    assert detect(tmp_path / "a.txt") is JSONL
    assert detect(tmp_path / "c.txt") is TEXT
    assert detect(tmp_path / "d.txt") is None
    assert detect(tmp_path / "missing.txt") is None
    assert detect(tmp_path) is TEXT
    assert by_name("no such format") is None
