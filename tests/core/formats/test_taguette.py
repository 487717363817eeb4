"""Projects of Taguette: bytes of the words of an HTML page become code points of a text that reads as the page does."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions
from annotator.formats.html_text import HtmlText
from annotator.formats.registry import detect
from annotator.formats.report import Report
from annotator.formats.taguette import TAGUETTE
from tests.core.formats.taguette_file import TEXT, WORDS, make


def read(path):
    report = Report()
    return list(TAGUETTE.reads(path, report, ReadOptions())), report


def test_each_tag_of_a_highlight_is_an_annotation_of_who_made_it(tmp_path):
    (record,), report = read(make(tmp_path / "a.sqlite3"))
    assert record.text == TEXT
    told = [(each.coder, each.tag, record.text[slice(*each.spans[0])]) for each in record.annotations]
    assert told == [
        ("ann", "actor.person", "Weber"),
        ("ben", "actor.person", "Weber 😀 said:\n“no”"),
        ("ben", "claim", "Weber 😀 said:\n“no”"),
        ("ann", "claim", "“no”.\nThe ministry dis"),
    ]
    assert (record.title, record.source_name, record.extra) == ("Levy", "levy.txt", {"note": "from the wire"})
    assert not report.refused
    assert not report.repaired
    assert [str(each) for each in report.warnings] == ["a.sqlite3, Levy: highlights without a tag left out: 1."]


def test_who_changed_a_highlight_last_has_it(tmp_path):
    changed = """INSERT INTO commands VALUES (NULL, '', 'cleo', 1, 1, '{"type": "highlight_add", "highlight_id": 1}')"""
    (record,), _ = read(make(tmp_path / "a.sqlite3", changed))
    assert record.annotations[0].coder == "cleo"


def test_a_highlight_that_moved_is_found_by_its_snippet_or_refused(tmp_path):
    moved = """UPDATE highlights SET start_offset = 2, end_offset = 8 WHERE id = 1;
        UPDATE highlights SET start_offset = 9000, end_offset = 9001 WHERE id = 2;
        UPDATE highlights SET start_offset = 1, end_offset = 2 WHERE id = 3"""
    (record,), report = read(make(tmp_path / "a.sqlite3", moved))
    (only,) = record.annotations
    assert record.text[slice(*only.spans[0])] == "Weber"
    assert len(report.repaired) == 1
    assert [str(each).partition(": ")[2] for each in report.refused] == [
        "the place 1 cuts a character in two.",
        f"the span 9000–9001 does not lie in the text of {len(WORDS.encode())} bytes.",
    ]


@pytest.mark.parametrize(
    "more", ["CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END", "CREATE VIEW v AS SELECT 1"]
)
def test_triggers_and_views_are_refused(more, tmp_path):
    path = make(tmp_path / "a.sqlite3", more)
    assert detect(path) is TAGUETTE
    with pytest.raises(AnnotatorError, match="as no such file does"):
        read(path)


def test_a_page_that_is_no_html_is_refused_alone(tmp_path):
    records, report = read(make(tmp_path / "a.sqlite3", html="<p>a</p><![odd[ x ]]>"))
    assert len(records) + len(report.refused) >= 1


WORD = st.text(st.sampled_from("aż😀 \n\u00a0&<"), min_size=1, max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["p", "b", "li", "pre"]), WORD), min_size=1, max_size=6), st.data())
def test_any_stretch_covers_the_same_words_but_for_blanks(parts, data):
    page = "".join(f"<{tag}>{html.escape(words)}</{tag}>" for tag, words in parts)
    between = "".join(words for _, words in parts)
    start = data.draw(st.integers(0, len(between) - 1))
    end = data.draw(st.integers(start + 1, len(between)))
    wanted = re.sub(r"[ \n]", "", between[start:end])
    made = HtmlText(page)
    begin, stop = (len(between[:offset].encode()) for offset in (start, end))
    if not wanted:
        return
    span = made.span(begin, stop)
    assert re.sub(r"[ \n]", "", made.text[span.start : span.end]) == wanted
    assert re.sub(r"[ \n]", "", made.text) == re.sub(r"[ \n]", "", between)
