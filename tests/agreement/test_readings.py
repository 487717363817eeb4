"""Readings beside krippendorff, token by token and character by character, and labels beside seqeval."""

import re

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from seqeval.metrics import f1_score
from seqeval.scheme import IOB2

from annotator.agreement import Annotation, Document, Reading, agreement, agreement_of_labels, by_name

TEXT = "Moscow sent 40 lorries to Kyiv’s “border”; nobody, said Ilka Dornath, counted more than 35."
spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT))).filter(lambda pair: pair[0] < pair[1])
readings = st.lists(spans, min_size=1, max_size=5)
labels = st.lists(st.sampled_from(["O", "B-X", "I-X", "B-Y", "I-Y"]), min_size=1, max_size=12)


def reading(found):
    return Reading([Annotation("x", (pair,)) for pair in found])


def alpha(rows):
    return krippendorff.alpha(reliability_data=np.array(rows, dtype=float), level_of_measurement="nominal")


@settings(max_examples=80, deadline=None)
@given(st.lists(readings, min_size=2, max_size=3))
def test_alpha_of_tokens_and_characters_is_that_of_krippendorff(found):
    document = Document(TEXT, {f"coder{number}": reading(each) for number, each in enumerate(found)})
    results = {
        each.measure: each.value
        for each in agreement([document], [by_name("alpha_token"), by_name("alpha_character")], draws=0)
    }
    tokens = [match.span() for match in re.finditer(r"\w+|[^\w\s]", TEXT)]
    by_token = [[any(s <= start and end <= e for s, e in each) for start, end in tokens] for each in found]
    by_character = [[any(s <= at < e for s, e in each) for at in range(len(TEXT))] for each in found]
    for name, rows in (("alpha_token", by_token), ("alpha_character", by_character)):
        inside = {each for row in rows for each in row}
        if inside == {True, False}:
            assert results[name] == pytest.approx(alpha(rows), abs=1e-9)
        else:
            assert results[name] is None


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(labels, labels), min_size=1, max_size=4))
def test_strict_f1_of_labels_is_that_of_seqeval(pairs):
    pairs = [(one[: len(other)], other[: len(one)]) for one, other in pairs]
    assume(any(label.startswith("B") for pair in pairs for side in pair for label in side))
    (result,) = agreement_of_labels(pairs, [by_name("bio_span_f1_strict")], draws=0)
    expected = f1_score([one for one, _ in pairs], [other for _, other in pairs], mode="strict", scheme=IOB2)
    assert result.value == pytest.approx(expected, abs=1e-9)
