"""Whatever the text: figures are found without an error, apart, in order, finite, and in time linear to its length."""

import math
import time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.figures import Kind, Qualifier, parse, parse_one

LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "", "xx-YY"])
FRAGMENTS = """
    1 2 40 1,5 1.000 1997 2022-01-10 ½ 3/4 - – % $ € US$ per cent Prozent of the a an one two first third half hundred
    and thousand million bn m dozens between from to or perhaps at least about over within years old ago people Menschen
    d' de mille et demi cent zwei hundert tausend bis zum Dezember January 9 a.m. : . , ( ) + ^ e x 10 km ° C twice
    times -strong -fold -year-old no none in out every jeder fünfte ' ’ USD MUSD 0 007 +44 555-0123
"""
PIECES = st.sampled_from([*FRAGMENTS.split(), "\n", "\n\n"])
NUMBERISH = st.text(alphabet="0123456789,.-–/%$€+^:'’ abemkx½²\n\u00a0", max_size=60)
TEXTS = st.one_of(st.text(max_size=80), NUMBERISH, st.lists(PIECES, max_size=25).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS, LANGUAGES)
def test_figures_are_slices_apart_in_order_and_finite(text: str, language: str) -> None:
    end = 0
    for figure in parse(text, language):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        assert math.isfinite(figure.low)
        assert figure.high is None or (math.isfinite(figure.high) and figure.low < figure.high)
        assert (figure.high is not None) == (figure.qualifier == "range")
        assert figure.kind in get_args(Kind)
        assert figure.qualifier in get_args(Qualifier)
        end = figure.end


@settings(max_examples=200, deadline=None)
@given(TEXTS, LANGUAGES)
def test_a_marked_span_is_read_whole_or_not_at_all(text: str, language: str) -> None:
    figure = parse_one(text, language)
    if figure is not None:
        assert (figure.start, figure.end, figure.text) == (0, len(text), text)
        assert math.isfinite(figure.low)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**12))
def test_any_whole_number_comes_back(number: int) -> None:
    english = f"{number:,}"
    for language, text in (("en", english), ("de", english.replace(",", ".")), ("fr", english.replace(",", "\u202f"))):
        (figure,) = parse(f"€{text}", language)
        assert (figure.low, figure.unit) == (number, "EUR")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1 - ",
            "1\n",
            "1e5^5",
            "hundred thousand ",
            "one hundred and ",
            "between 1 and ",
            "two or ",
            "half a ",
            "123 ",
        ),
        *("1", "1,", "-", "1-", ",", "1,234-", "1,1-1,", "-,1", "9" * 50 + ","),
    ],
)
def test_time_grows_with_the_length(piece: str) -> None:
    short, long = (_seconds(piece * (size // len(piece))) for size in (8_000, 32_000))
    assert long < 10 * short + 0.5  # four times the text; quadratic would be sixteen times


def _seconds(text: str) -> float:
    began = time.process_time()
    parse(text)
    return time.process_time() - began
