"""Finding as a reader sees it: case, accents and forms of marks do not matter, and places are those of the text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.folding import Folded, fold
from annotator.model.span import Span


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Kyiv and KYIV", "kyiv", ["Kyiv", "KYIV"]),
        ("Zelenskyy, Zelenský", "zelensky", ["Zelensky", "Zelenský"]),
        ("Zelensky\u0301 spoke", "zelensky", ["Zelensky\u0301"]),
        ("a café is a cafe", "CAFÉ", ["café", "cafe"]),
        ("Die Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Die Straße", "s", ["S", "ß"]),
        ("ŒUVRE ﬁnale", "fin", ["ﬁn"]),
        ("they don’t, they don't", "don't", ["don’t", "don't"]),
        ("“all” – all", '"all"', ["“all”"]),
        ("New\nYork, New  York, New\u00a0York", "new york", ["New\nYork", "New  York", "New\u00a0York"]),
        ("co\u00adoperation", "cooperation", ["co\u00adoperation"]),
        ("👩‍👩‍👧 family 👍🏽 yes", "yes", ["yes"]),
        ("سَلَام و سلام", "سلام", ["سَلَام", "سلام"]),
        ("한국 한국어", "한국", ["한국", "한국"]),
        ("İstanbul and istanbul", "istanbul", ["İstanbul", "istanbul"]),
        ("\ufeffHeadline\0 body", "body", ["body"]),
        ("nothing", "   ", []),
        ("nothing", "", []),
        ("a.c abc", "a.c", ["a.c"]),
    ],
)
def test_words_are_found_as_a_reader_would(text: str, wanted: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in Folded(text).spans(wanted)] == found


def test_vowel_signs_that_are_letters_stay() -> None:
    assert Folded("กี กิ").spans("กี") == [Span(0, 2)]
    assert Folded("कि कु").spans("कु") == [Span(3, 5)]


letters = st.text(st.sampled_from("aAáÁßﬁİıe\u0301\u00ad\u200d’'-– \n漢👍🏽سَ가ǰΐς"), max_size=30)


@given(letters, st.integers(0, 30), st.integers(1, 8))
def test_every_piece_of_a_text_is_found_where_it_stands(text: str, start: int, length: int) -> None:
    piece = text[start : start + length]
    if not fold(piece).strip():
        return
    spans = Folded(text).spans(piece)
    # A stretch that looks the same may begin earlier and overlap: then that one is found.
    assert any(span.start < start + length and start < span.end for span in spans)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert " ".join(fold(piece).split()) in " ".join(fold(text[span.start : span.end]).split())
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.text(max_size=40))
def test_folding_is_the_same_for_both_ways_of_writing_an_accent(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    latin = all(ord(letter) < 0x250 or 0x300 <= ord(letter) < 0x370 for letter in apart)
    if latin:
        assert fold(composed) == fold(apart)
