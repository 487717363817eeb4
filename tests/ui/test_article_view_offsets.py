"""Code points of the stored text survive the way into the text document and back, whatever the text holds."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from annotator.model.span import Span
from ui.article_view import ArticleView
from ui.article_view.offsets import OffsetMap

ODD = [
    "a", "Z", " ", "\n", "\r\n", "\r", "\u2028", "\u2029", "\x00", "\u00ad", "\u00a0", "😀", "👨‍👩‍👧", "e\u0301", "🇺🇦",
    "שלום", "مرحبا", "\ufeff", "\ufdd0", "\ufdd1", "\ufffc", "𝔘", "\u200f", "\t", "\x85", "किं", "\x0b", "\x0c", "中文",
]  # fmt: skip
texts = st.lists(st.sampled_from(ODD) | st.text(max_size=3), max_size=60).map("".join)
quick = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def in_crlf(text: str, place: int) -> bool:
    """Whether a place lies between CR and LF, which share one place in the document."""
    return 0 < place < len(text) and text[place - 1] == "\r" and text[place] == "\n"


@quick
@given(texts)
@example("\ufeff😀\r\n\r\n\x00b")
@example("\r\n" * 5 + "𝔘" * 700 + "\r\n")
def test_every_place_comes_back_from_the_document(text):
    offsets = OffsetMap(text)
    for place in range(len(text) + 1):
        back = offsets.to_place(offsets.to_qt(place))
        assert back == (place - 1 if in_crlf(text, place) else place)


@quick
@given(texts)
@example("\ufeff😀\r\n\r\n\x00b")
def test_the_document_is_as_long_as_the_map_says(qapp, text):
    document = QPlainTextEdit()
    document.setPlainText(OffsetMap(text).display)
    assert document.document().characterCount() - 1 == OffsetMap(text).positions


@quick
@given(texts, st.data())
def test_a_span_selected_in_the_view_is_the_same_span(qapp, text, data):
    view = ArticleView()
    view.load(text, [])
    places = st.integers(0, len(text)).filter(lambda place: not in_crlf(text, place))
    start, end = sorted((data.draw(places), data.draw(places)))
    if start == end:
        return
    view.select(Span(start, end))
    assert view.selection() == Span(start, end)
    assert view.caret() == end
    assert view.text() == text


@quick
@given(texts, st.data())
def test_the_document_shows_the_characters_of_the_span(qapp, text, data):
    view = ArticleView()
    view.load(text, [])
    places = st.integers(0, len(text)).filter(lambda place: not in_crlf(text, place))
    start, end = sorted((data.draw(places), data.draw(places)))
    cursor = QTextCursor(view.document())
    cursor.setPosition(OffsetMap(text).to_qt(start))
    cursor.setPosition(OffsetMap(text).to_qt(end), QTextCursor.MoveMode.KeepAnchor)
    seen = [sign for sign in cursor.selectedText() if sign.isalnum() or sign in "😀👨👩👧🇺🇦"]
    assert seen == [sign for sign in text[start:end] if sign.isalnum() or sign in "😀👨👩👧🇺🇦"]


@pytest.mark.parametrize(
    "text", ["two\r\nlines", "a\x00b", "in\ufeffner", "soft\u2028break", "non\u00a0breaking", "x😀\u2029y"]
)
def test_copying_gives_the_stored_text(qtbot, text):
    view = ArticleView()
    qtbot.addWidget(view)
    view.load(text, [])
    view.selectAll()
    view.copy()
    assert QApplication.clipboard().mimeData().text() == text


def test_lone_surrogates_do_not_shift_what_follows(qtbot):
    text = "a\ud800b\udfff😀c"
    view = ArticleView()
    qtbot.addWidget(view)
    view.load(text, [])
    view.select(Span(4, 6))
    assert view.selection() == Span(4, 6)
    assert view.textCursor().selectedText() == "😀c"


@pytest.mark.parametrize("place", [-1, 4])
def test_places_outside_the_text_are_refused(place):
    with pytest.raises(ValueError, match="outside"):
        OffsetMap("abc").to_qt(place)
