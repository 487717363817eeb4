"""The measures of items beside krippendorff and nltk, on tables drawn at random."""

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from annotator.agreement import agreement_of_items, by_name


def value(items, name):
    (result,) = agreement_of_items(items, [by_name(name)], draws=0)
    return result.value


def tables(coders, missing=True):
    values = st.one_of(st.none(), st.integers(1, 5)) if missing else st.integers(1, 5)
    return st.lists(st.tuples(*[values] * coders), min_size=2, max_size=40)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
@settings(max_examples=60, deadline=None)
@given(items=st.integers(2, 4).flatmap(tables))
def test_alpha_is_that_of_krippendorff(level, items):
    compared = [item for item in items if sum(each is not None for each in item) > 1]
    assume(len({each for item in compared for each in item if each is not None}) > 1)
    data = np.array([[np.nan if each is None else each for each in item] for item in items], dtype=float).T
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    assert value(items, f"krippendorff_alpha_{level}") == pytest.approx(expected, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(items=tables(2, missing=False))
def test_two_coders_have_the_kappa_the_pi_and_the_agreement_of_nltk(items):
    assume(len({each for item in items for each in item}) > 1)
    task = AnnotationTask([(coder, place, each) for place, item in enumerate(items) for coder, each in enumerate(item)])
    assert value(items, "percent_agreement") == pytest.approx(task.avg_Ao(), abs=1e-9)
    assert value(items, "scott_pi") == pytest.approx(task.pi(), abs=1e-9)
    assert value(items, "fleiss_kappa") == pytest.approx(task.pi(), abs=1e-9)
    chance = task.Ae_kappa(0, 1)
    assert value(items, "cohen_kappa") == (None if chance == 1 else pytest.approx(task.kappa(), abs=1e-9))


@settings(max_examples=60, deadline=None)
@given(items=tables(3, missing=False))
def test_three_coders_have_the_alpha_of_nltk(items):
    assume(len({each for item in items for each in item}) > 1)
    task = AnnotationTask([(coder, place, each) for place, item in enumerate(items) for coder, each in enumerate(item)])
    assert value(items, "krippendorff_alpha_nominal") == pytest.approx(task.alpha(), abs=1e-9)
