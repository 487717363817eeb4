"""Each format in the registry keeps what its entry promises."""

import re

import pytest

from annotator.formats.registry import FORMATS, JSONL, TEXT, by_name, detect


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
def test_entries_are_complete(each):
    assert re.fullmatch(r"[a-z0-9-]+", each.name)
    assert by_name(each.name) is each
    assert each.label
    assert each.description.endswith(".")
    assert all(pattern.startswith("*.") or each.folder for pattern in each.patterns)
    assert each.is_read or each.writes
    assert sum(other.name == each.name for other in FORMATS) == 1


def test_content_decides_not_the_suffix(tmp_path):
    (tmp_path / "a.txt").write_text('{"text": "A document", "annotations": []}\n')
    (tmp_path / "b.jsonl").write_text("Just words\n")
    (tmp_path / "c.txt").write_text("Just words\n")
    (tmp_path / "d.txt").write_bytes(b"%PDF-1.7\n")
    assert detect(tmp_path / "a.txt") is JSONL
    assert detect(tmp_path / "c.txt") is TEXT
    assert detect(tmp_path / "d.txt") is by_name("pdf")
    assert detect(tmp_path / "missing.txt") is None
    assert detect(tmp_path) is TEXT
    assert by_name("no such format") is None
