"""Pairing spans one to one: as many pairs as can be, then the most shared text, whoever comes first."""

import json
from itertools import permutations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.model.matching import pair_overlapping, shared_points
from annotator.model.span import Span, normalised

spans = st.lists(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), min_size=1, max_size=2).map(
        lambda pieces: normalised([(start, start + length) for start, length in pieces], 40)
    ),
    max_size=5,
)


def covered(pieces):
    return {point for start, end in pieces for point in range(start, end)}


def best_by_trying_all(one, other):
    """(pairs, shared code points) of the best assignment, found by looking at every one."""
    short, long = sorted((one, other), key=len)
    best = (0, 0)
    for order in permutations(range(len(long)), len(short)):
        shared = [len(covered(short[row]) & covered(long[column])) for row, column in enumerate(order)]
        best = max(best, (sum(each > 0 for each in shared), sum(shared)))
    return best


@given(spans, spans)
@settings(deadline=None)
@example([(Span(0, 10),)], [(Span(0, 5),), (Span(5, 10),)])
def test_no_other_assignment_has_more_pairs_or_shares_more(one, other):
    pairs = pair_overlapping(one, other)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    points = [len(covered(one[left]) & covered(other[right])) for left, right in pairs]
    assert all(points)
    assert (len(pairs), sum(points)) == best_by_trying_all(one, other)


@given(spans, spans)
def test_it_does_not_matter_who_comes_first(one, other):
    def seen(pairs):
        return sorted(pairs)

    here = seen((one[left], other[right]) for left, right in pair_overlapping(one, other))
    assert here == seen((one[left], other[right]) for right, left in pair_overlapping(other, one))


@given(spans, spans)
def test_shared_points_are_those_that_lie_in_both(one, other):
    for each, those in zip(one, other, strict=False):
        assert shared_points(each, those) == len(covered(each) & covered(those))


def test_the_pairs_of_the_seed_by_tag_are_those_that_were_counted_apart(shared):
    folder = shared / "reference" / "seed"
    expected = json.loads((folder / "expected_agreement.json").read_text("utf-8"))["overlap"]
    readings = [
        [
            ((Span(each["start"], each["end"]),), each["tag"])
            for each in json.loads(path.read_text("utf-8"))["annotations"]
        ]
        for path in (folder / "gold.json", folder / "coder_b.json")
    ]
    for tag, numbers in expected.items():
        one, other = ([pieces for pieces, each in reading if tag in ("all", each)] for reading in readings)
        if tag != "all":
            assert len(pair_overlapping(one, other)) == numbers["matched"]


def test_a_heap_of_spans_over_one_place_takes_no_long_time():
    one = [(Span(number, 20_000 + number),) for number in range(500)]
    other = [(Span(number, 30_000 + number),) for number in range(500)]
    assert len(pair_overlapping(one, other)) == 500
