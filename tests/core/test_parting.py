"""Parts for training, validation and testing: the shares that were asked for, nothing torn apart, always the same."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.model.parting import PARTS, WAYS, Item, Parting, parted
from annotator.operations.splits import in_words, shares_of


def items(number, **more):
    return [Item(f"{n:064x}", **{name: value(n) for name, value in more.items()}) for n in range(number)]


def test_by_chance_the_shares_come_out_and_a_document_stays_where_it_is():
    few, many = items(2000), items(3000)
    found = parted(few, (), Parting("hash", (80, 10, 10)))
    numbers = Counter(found.values())
    assert abs(numbers["train"] - 1600) < 60
    assert abs(numbers["test"] - 200) < 45
    later = parted(many, (), Parting("hash", (80, 10, 10)))
    assert {own: later[own] for own in found} == found
    assert parted(few, (), Parting("hash", (80, 10, 10), "other seed")) != found


def test_by_date_the_youngest_are_for_testing_and_no_day_is_cut():
    days = [f"2022-01-{1 + n // 10:02}" for n in range(100)]
    found = parted(items(100, date=lambda n: days[n]), (), Parting("date", (80, 10, 10)))
    assert [found[f"{n:064x}"] for n in range(100)] == ["train"] * 80 + ["validation"] * 10 + ["test"] * 10


def test_what_has_no_date_is_for_training():
    found = parted([Item("a"), Item("b", "2021"), Item("c", "2022")], (), Parting("date", (1, 1, 1)))
    assert found == {"a": "train", "b": "validation", "c": "test"}


def test_stratified_each_part_has_its_share_of_a_rare_label():
    listed = items(200, labels=lambda n: {"common": 5, **({"rare": 1} if n % 20 == 0 else {})})
    found = parted(listed, (), Parting("stratified", (60, 20, 20)))
    rare = Counter(found[each.id] for each in listed if "rare" in each.labels)
    assert rare == {"train": 6, "validation": 2, "test": 2}
    assert Counter(found.values()) == {"train": 120, "validation": 40, "test": 40}


some = st.integers(1, 40).flatmap(
    lambda number: st.tuples(
        st.just(number),
        st.lists(st.lists(st.integers(0, number - 1), min_size=1, max_size=4), max_size=8),
        st.sampled_from(WAYS),
        st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)),
        st.randoms(use_true_random=False),
    )
)


@given(some)
@settings(max_examples=150, deadline=None)
def test_what_belongs_together_is_in_one_part_in_whatever_order_it_comes(drawn):
    number, groups, way, shares, chance = drawn
    listed = items(
        number, date=lambda n: f"2022-{1 + n % 12:02}" if n % 3 else "", labels=lambda n: {str(n % 4): n % 5}
    )
    together = [[f"{n:064x}" for n in group] for group in groups]
    found = parted(listed, together, Parting(way, shares))
    assert found.keys() == {each.id for each in listed}
    assert set(found.values()) <= {part for part, share in zip(PARTS, shares, strict=True) if share}
    assert all(len({found[own] for own in group}) == 1 for group in together)
    other = list(listed)
    chance.shuffle(other)
    assert parted(other, [group[::-1] for group in together[::-1]], Parting(way, shares)) == found


@pytest.mark.parametrize("words", ["", "80", "80,20", "a,b,c", "0,0,0", "nan,1,1", "1e999,1,1"])
def test_shares_that_are_none_are_refused(words):
    with pytest.raises(AnnotatorError, match="three numbers such as 80,10,10"):
        shares_of(words)
    assert shares_of("70/15/15") == (70, 15, 15)


def test_the_card_says_how_it_was_done():
    told = in_words(Parting("stratified", (70, 0, 30), "x"), [["a", "b"]])
    assert told == (
        "The articles were parted so that each part has its share of every tag (seed “x”): 70% train, 30% test. "
        "Near-duplicates stay in one part (1 group)."
    )
