"""What must hold of every measure, whatever people mark."""

import re
from collections import Counter
from unittest.mock import patch

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from annotator.agreement import MEASURES, Annotation, Document, Reading, agreement, agreement_of_items
from annotator.agreement import bootstrap as bootstrap_module
from annotator.agreement.coverage import tally_characters, tally_tokens
from annotator.agreement.measure import Choice
from annotator.agreement.span_f1 import tally_normalised, tally_overlap, tally_untagged
from annotator.agreement.tables import profile

TAGS = ("x", "y", "z")
TEXT = "Moscow sent 40 lorries, and the Kyiv said “no”. "
OF_READINGS = [each for each in MEASURES if each.over == "documents" and not each.name.startswith("alpha_attribute")]
OF_ITEMS = [each for each in MEASURES if each.over == "items"]
SPAN_MEASURES = [each for each in OF_READINGS if each.name.startswith(("f1_", "gamma"))]
# These take text that nobody marked for agreement, as the guide says.
COUNTING_BLANKS = {"percent_token", "ac1_token"}
FEW = settings(max_examples=40, deadline=None)


@st.composite
def annotations(draw):
    start = draw(st.integers(0, len(TEXT) - 2))
    end = draw(st.integers(start + 1, len(TEXT)))
    if end - start > 4 and draw(st.integers(0, 5)) == 0:
        return Annotation(draw(st.sampled_from(TAGS)), ((start, start + 2), (end - 2, end)))
    return Annotation(draw(st.sampled_from(TAGS)), ((start, end),))


readings = st.lists(annotations(), max_size=7).map(Reading)
documents = st.builds(lambda a, b: Document(TEXT, {"a": a, "b": b}), readings, readings)
projects = st.lists(documents, min_size=1, max_size=3)
three = st.builds(lambda a, b, c: Document(TEXT, {"a": a, "b": b, "c": c}), readings, readings, readings)


def ask(records, measures=OF_READINGS, **more):
    return agreement(records, measures, tags=TAGS, samples=3, draws=more.pop("draws", 0), **more)


def values(results):
    return {(each.measure, each.tag): each.value for each in results}


@FEW
@given(st.lists(readings, min_size=1, max_size=3), st.integers(2, 3))
def test_identical_readings_agree_fully_or_say_why_not(found, coders):
    same = [Document(TEXT, dict.fromkeys("abc"[:coders], reading)) for reading in found]
    for result in ask(same):
        assert result.value is None or abs(result.value - 1) < 1e-9, result
        assert (result.value is None) == bool(result.why)


@FEW
@given(projects)
def test_no_measure_passes_one_and_every_gap_has_a_reason(found):
    for result in ask(found, draws=20):
        if result.value is None:
            assert result.why.startswith("undefined, because ")
            assert result.interval is None
        else:
            assert result.value <= 1 + 1e-9
            assert not result.why
            if result.interval:
                assert result.interval.low <= result.interval.high <= 1 + 1e-9


@FEW
@given(st.lists(three, min_size=1, max_size=2), st.permutations("abc"), st.randoms(use_true_random=False))
def test_neither_the_order_of_coders_nor_of_documents_nor_of_marking_matters(found, order, chance):
    shuffled = [
        Document(
            TEXT,
            {
                name: Reading(chance.sample(each.readings[name].annotations, len(each.readings[name].annotations)))
                for name in order
            },
        )
        for each in chance.sample(found, len(found))
    ]
    one, other = values(ask(found, coders=("a", "b", "c"))), values(ask(shuffled, coders=tuple(order)))
    assert one.keys() == other.keys()
    for key, value in one.items():
        assert (value is None) == (other[key] is None), key
        assert value is None or abs(value - other[key]) < 1e-9, key


@FEW
@given(projects, readings)
def test_a_document_that_one_of_the_two_has_not_done_changes_no_number(found, reading):
    more = [*found, Document("Something else.", {"a": reading}), Document("More.", {"c": reading})]
    assert ask(more, coders=("a", "b"), draws=20) == ask(found, coders=("a", "b"), draws=20)


@FEW
@given(projects)
def test_nothing_in_common_is_never_full_agreement(found):
    half = len(TEXT) // 2
    apart = [
        Document(
            TEXT,
            {
                "a": Reading([each for each in document.readings["a"].annotations if each.spans[-1][1] <= half]),
                "b": Reading([each for each in document.readings["b"].annotations if each.spans[0][0] >= half]),
            },
        )
        for document in found
    ]
    assume(any(reading.annotations for each in apart for reading in each.readings.values()))
    for result in ask(apart):
        assert result.value is None or result.value < 1 - 1e-9, result


@FEW
@given(st.lists(readings, min_size=1, max_size=3))
def test_one_empty_reading_is_no_agreement(found):
    for result in ask([Document(TEXT, {"a": reading, "b": Reading()}) for reading in found]):
        if result.measure not in COUNTING_BLANKS:
            assert result.value is None or result.value <= 1e-9, result


@FEW
@given(projects, st.booleans())
def test_text_that_nobody_marked_does_not_raise_a_span_measure(found, as_document):
    empty = Document("Nobody marks this.", {"a": Reading(), "b": Reading()})
    longer = [*found, empty] if as_document else [Document(f"{each.text}\nMore.", each.readings) for each in found]
    before, after = values(ask(found, SPAN_MEASURES)), values(ask(longer, SPAN_MEASURES))
    assert after == before


@FEW
@given(st.lists(st.tuples(*[st.sampled_from([None, 1, 2, 3])] * 3), min_size=1, max_size=12), st.permutations(range(3)))
def test_plain_measures_do_not_depend_on_the_order_of_coders(items, order):
    profile.cache_clear()
    turned = [tuple(item[place] for place in order) for item in items]
    for one, other in zip(agreement_of_items(items, OF_ITEMS), agreement_of_items(turned, OF_ITEMS), strict=True):
        assert one.why == other.why
        assert one.value is None or abs(one.value - other.value) < 1e-9


@FEW
@given(
    st.lists(st.integers(1, 3), min_size=2, max_size=12).filter(lambda given: len(set(given)) > 1), st.integers(2, 4)
)
def test_equal_values_of_all_coders_are_full_agreement(given_values, coders):
    for result in agreement_of_items([(value,) * coders for value in given_values], OF_ITEMS):
        assert result.value is None or abs(result.value - 1) < 1e-9, result
        assert result.value is not None or coders != 2


# ---- the quick ways count what the slow and plain ones count


def covered(annotations, tag):
    return {
        place for each in annotations if each.tag == tag for start, end in each.spans for place in range(start, end)
    }


def tokens_covered(annotations, tag):
    pieces = [piece for each in annotations if each.tag == tag for piece in each.spans]
    return {
        token.start()
        for token in re.finditer(r"\w+|[^\w\s]", TEXT)
        if any(start <= token.start() and token.end() <= end for start, end in pieces)
    }


@FEW
@given(three, st.integers(2, 3))
def test_characters_and_tokens_are_counted_as_one_by_one(document, coders):
    choice = Choice(tuple("abc"[:coders]), TAGS)
    every = range(len(TEXT)), [token.start() for token in re.finditer(r"\w+|[^\w\s]", TEXT)]
    for tally, inside, places in zip((tally_characters, tally_tokens), (covered, tokens_covered), every, strict=True):
        for tag, table in tally(document, choice).items():
            sets = [inside(document.readings[coder].annotations, tag) for coder in choice.coders]
            expected = Counter(tuple(place in each for each in sets) for place in places)
            assert Counter(table) == expected
            assert {(True,) * coders, (False,) * coders} <= set(table)


def most_pairs(edges, taken=frozenset()):
    """By trying everything."""
    free = [(i, j) for i, j in edges if ("a", i) not in taken and ("b", j) not in taken]
    if not free:
        return 0
    (i, j), *rest = free
    return max(1 + most_pairs(rest, taken | {("a", i), ("b", j)}), most_pairs(rest, taken))


@FEW
@given(documents)
def test_spans_are_matched_as_by_trying_every_way(document):
    choice = Choice(("a", "b"), TAGS)
    one, other = (list(document.readings[coder].annotations)[:5] for coder in "ab")
    document = Document(TEXT, {"a": Reading(one), "b": Reading(other)})

    def points(annotation):
        return {place for start, end in annotation.spans for place in range(start, end)}

    def bare(annotation):
        (start, end), *more = annotation.spans
        words = re.match(r"(?:(?:the|a|an|that) )+", TEXT[start:end], re.IGNORECASE)
        return ((start + words.end(), end) if words and words.end() < end - start else (start, end), *more)

    edges = [(i, j) for i, x in enumerate(one) for j, y in enumerate(other) if x.tag == y.tag and points(x) & points(y)]
    assert tally_overlap(document, choice)[None]["matched"] == most_pairs(edges)
    alike = Counter(tuple(each.spans) for each in one) & Counter(tuple(each.spans) for each in other)
    assert tally_untagged(document, choice)[None]["matched"] == alike.total()
    alike = Counter((each.tag, bare(each)) for each in one) & Counter((each.tag, bare(each)) for each in other)
    assert tally_normalised(document, choice)[None]["matched"] == alike.total()


def last_tagged_at_its_end():
    """Four documents, of which only the last has a tag, where its text ends."""
    nothing = {coder: Reading([]) for coder in "abc"}
    tagged = {**nothing, "c": Reading([Annotation("x", ((len(TEXT) - 2, len(TEXT)),))])}
    return [*([Document(TEXT, nothing)] * 3), Document(TEXT, tagged)]


@FEW
@example(last_tagged_at_its_end(), 1)
@given(st.lists(st.one_of(documents, three), min_size=3, max_size=6), st.integers(1, 2))
def test_documents_that_are_looked_at_as_one_count_as_they_count_alone(found, groups):
    measures = [each for each in OF_READINGS if each.extra is None]
    alone = ask(found, measures)
    with patch.object(bootstrap_module, "_GROUPS", groups):
        assert values(ask(found, measures)) == pytest.approx(values(alone), abs=1e-12)
