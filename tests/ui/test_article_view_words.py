"""What a selection snaps to, and which units lie around it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.span import Span
from tests.ui.article_tools import seed
from ui.article_view import units, words

SNAPS = [
    ("sent 100,000 troops to", "0,000 tro", "100,000 troops"),
    ("about 60% support", "60", "60%"),
    ("about 60% support", "0% sup", "60% support"),
    ("the US-Russia talks", "ussia ta", "US-Russia talks"),
    ("paid $5.3 billion today", "5.3 bil", "$5.3 billion"),
    ("paid US$5.3 billion", "3 bil", "US$5.3 billion"),
    ("fell −5.2% in May", "5.2", "−5.2%"),
    ("(100€)", "10", "100€"),
    ("x 👨‍👩‍👧 family", "👨", "👨‍👩‍👧"),
    ("🇺🇦🇷🇺 flags", "🇺", "🇺🇦"),
    ("cafe\u0301 noir", "afe", "cafe\u0301"),
    ("Ukraine’s request", "krain", "Ukraine’s"),
    ("don't go", "on", "don't"),
    ("say שלום עולם now", "ום", "שלום"),
    ("דיבר בישראל אתמול", "ישרא", "ישראל"),  # after "in": a span may begin inside a word
    ("دعا إلى العربية هنا", "ربي", "العربية"),
    ("قال وزير بالقاهرة", "قاهر", "قاهرة"),  # after "in the"
    ("  lead space  ", " lead ", "lead"),
    ("the U.S. Mission", "S", "U.S."),
    ("a U.S.-led force", "led", "U.S.-led"),
    ("before 9 a.m. local time", "m", "a.m."),
    ("some 10–15 tanks", "15", "10–15"),
    ("a day-long talk", "lon", "day-long"),
    ("talks—which failed", "alk", "talks"),
    ("said, but", ",", ","),
    ("at the end.", "nd", "end"),
    ("the ‘Ukraine.", "kra", "Ukraine"),
    ("naïve façade", "ça", "façade"),
    ("Zelenskyʼs plan", "elen", "Zelenskyʼs"),
    ("#Kyiv now", "yi", "#Kyiv"),
    ("one\r\ntwo", "wo", "two"),
]


@pytest.mark.parametrize(("text", "chosen", "want"), SNAPS)
def test_a_selection_snaps_outwards_to_whole_words(text, chosen, want):
    at = text.index(chosen)
    start, end = words.snap(text, Span(at, at + len(chosen)))
    assert text[start:end] == want


@pytest.mark.parametrize(("text", "chosen", "want"), SNAPS)
def test_snapping_again_changes_nothing(text, chosen, want):
    at = text.index(want)
    assert words.snap(text, Span(at, at + len(want))) == Span(at, at + len(want))


@settings(deadline=None)
@given(st.text(alphabet="aB1 .,-–’'$%😀e\u0301\r\nש中\u200d\ufeff\x00", min_size=1, max_size=80), st.data())
def test_snapping_holds_the_selection_and_is_stable(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    snapped = words.snap(text, Span(start, end))
    if text[start:end].strip() == "":
        assert snapped.start == snapped.end
        return
    bare = text[start:end]
    inner = Span(start + len(bare) - len(bare.lstrip()), end - len(bare) + len(bare.rstrip()))
    assert snapped.contains(inner)
    assert words.snap(text, snapped) == snapped


def test_snapping_does_not_depend_on_how_much_text_lies_around(shared):
    text, marks = seed(shared)
    far = "word " * 5000
    for mark in marks:
        chosen = Span(mark.start + 1, max(mark.start + 2, mark.end - 1))
        here = words.snap(text, chosen)
        there = words.snap(far + text + far, Span(chosen.start + len(far), chosen.end + len(far)))
        assert there == Span(here.start + len(far), here.end + len(far))


def test_a_word_without_an_end_is_not_cut_by_the_window():
    text = "go " + "x" * 1000 + " on"
    assert words.snap(text, Span(500, 501)) == Span(3, 1003)


TEXT = (
    "U.S. Under Secretary of State Wendy Sherman met him on Monday, officials said. "
    "“We will listen to Russia; but NATO decides,” Mr. Blinken told CNN. He left at 9 a.m. for Kyiv.\n\n"
    "A new paragraph."
)


FIRST = "U.S. Under Secretary of State Wendy Sherman met him on Monday, officials said."
SECOND = "“We will listen to Russia; but NATO decides,” Mr. Blinken told CNN."
UNITS = {
    "Wendy": ["Wendy", "U.S. Under Secretary of State Wendy Sherman", FIRST.removesuffix(", officials said."), FIRST],
    "NATO": ["NATO", "but NATO decides", "We will listen to Russia; but NATO decides,", SECOND],
    "Blinken": ["Blinken", "Mr. Blinken told CNN", SECOND],
    "9 a.m.": ["9", "He left at 9 a.m. for Kyiv", "He left at 9 a.m. for Kyiv."],
}


@pytest.mark.parametrize(("at", "want"), UNITS.items())
def test_word_name_clause_quote_sentence_paragraph(at, want):
    span, found = Span(TEXT.index(at), TEXT.index(at)), []
    while (wide := units.wider(TEXT, span)) != span:
        span = wide
        found.append(TEXT[slice(*span)])
    assert found == [*want, TEXT.split("\n\n")[0]]


def test_a_paragraph_is_the_widest_and_crosses_no_break():
    span = Span(3, 3)
    for _ in range(12):
        span = units.wider(TEXT, span)
    assert TEXT[slice(*span)] == TEXT.split("\n\n")[0]


def test_narrower_goes_back_to_the_word():
    span = units.paragraph(TEXT, 0)
    for _ in range(12):
        span = units.narrower(TEXT, span)
    assert TEXT[slice(*span)] == "U.S."


@pytest.mark.parametrize("edge", ["start", "end"])
def test_word_edges_are_passed_one_by_one(shared, edge):
    text, _ = seed(shared)
    place, passed = 0, []
    while (place := words.next_edge(text, place, edge)) < len(text):
        passed.append(place)
    back, place = [], len(text)
    while (place := words.previous_edge(text, place, edge)) > 0:
        back.append(place)
    assert [place for place in passed if place] == [place for place in reversed(back) if place]
    assert len(passed) > 500


def test_sentences_do_not_end_at_abbreviations():
    text = "The U.S. Mission met Mr. Smith at 9 a.m. local time. Then it rained. The end"
    starts, place = [0], 0
    while (place := units.next_start(text, place, "sentence")) < len(text):
        starts.append(place)
    assert [text[at:].split()[0] for at in starts] == ["The", "Then", "The"]
