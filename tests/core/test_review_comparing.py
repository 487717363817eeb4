"""How readings are paired and where they differ: the seed, real corpora, and laws over any two or three readings."""

from collections import Counter
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.operations import describing, entities
from annotator.operations.reviewing import Filter, documents_to_review, review_article
from annotator.review.comparing import compare
from annotator.review.kinds import KINDS
from annotator.review.readings import Held, Mark, Reader, Sameness, ordered
from annotator.storage import entity_queries, queries

from .review_tools import annotation, article, coder, markings, project_of, seed_project

SAME = Sameness()
TEXT = "The army of Ruritania, 100,000 men, said it would not attack its neighbour unless provoked by it."


def held(*readings):
    """Readings from lists of (start, length, tag)."""
    return [
        Held(
            Reader(number, f"coder{number}", f"Coder {number}"),
            ordered(
                [
                    Mark(
                        1000 * number + place,
                        f"{number}:{place}",
                        number,
                        tag,
                        (Span(start, start + length),),
                        TEXT[start : start + length],
                    )
                    for place, (start, length, tag) in enumerate(marks)
                ]
            ),
        )
        for number, marks in enumerate(readings)
    ]


def units(readings):
    return [unit for place in compare(readings, SAME) for unit in place.units]


marks = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 20), st.sampled_from(["actor", "claim", "threat"])), max_size=8
)


@given(marks, marks)
def test_each_mark_stands_in_one_unit_with_one_of_the_other_reading_at_most(one, other):
    found = Counter(mark.id for unit in units(held(one, other)) for mark in unit.there)
    assert found == Counter(mark.id for each in held(one, other) for mark in each.marks)
    assert all(len(unit.marks) == 2 and unit.there for unit in units(held(one, other)))


@given(marks, marks)
def test_the_order_of_two_coders_does_not_matter(one, other):
    here = {(place.id, place.kind) for place in compare(held(one, other), SAME)}
    turned = list(reversed(held(one, other)))
    assert {(place.id, place.kind) for place in compare(turned, SAME)} == here


TWICE = [[], [(5, 20, "actor"), (6, 20, "actor")], [(24, 2, "actor")], [(24, 2, "actor"), (24, 2, "actor")]]


@given(st.lists(marks, min_size=3, max_size=4), st.randoms(use_true_random=False))
@example(TWICE, Random(1))
@example(TWICE, Random(2))
@example(TWICE, Random(3))
def test_the_order_of_more_coders_does_not_matter(readings, chance):
    here = held(*readings)
    there = here.copy()
    chance.shuffle(there)

    def told(these):
        return Counter(
            tuple(sorted((mark.spans, mark.tag) for mark in unit.there))
            for place in compare(these, SAME)
            for unit in place.units
        )

    assert told(here) == told(there)


@given(marks, st.integers(2, 4))
def test_readings_that_are_the_same_agree_everywhere(one, number):
    for place in compare(held(*[one] * number), SAME):
        assert place.agreed
        assert place.kind == "agreed"


@given(st.lists(marks, min_size=3, max_size=3))
def test_no_reading_comes_into_one_unit_of_three_twice(readings):
    found = Counter(mark.id for unit in units(held(*readings)) for mark in unit.there)
    assert set(found.values()) <= {1}
    assert len(found) == sum(map(len, readings))
    for unit in units(held(*readings)):
        assert all(mark is None or mark.reading == number for number, mark in enumerate(unit.marks))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ([(4, 4, "actor")], [(4, 4, "actor")], "agreed"),
        ([(4, 4, "actor")], [(4, 4, "claim")], "tag"),
        ([(4, 4, "actor")], [(0, 8, "actor")], "boundary"),
        ([(4, 4, "actor")], [(0, 8, "claim")], "tag and boundary"),
        ([(4, 4, "actor")], [], "only"),
    ],
)
def test_each_way_of_marking_otherwise_has_its_kind(one, other, kind):
    (unit,) = units(held(one, other))
    assert unit.marking == kind


def test_every_kind_has_a_word_and_a_sign_of_its_own():
    assert len({kind.word for kind in KINDS}) == len({kind.sign for kind in KINDS}) == len(KINDS)


def test_one_long_mark_against_two_short_ones_is_one_place_and_what_lies_within_is_another():
    one = [(0, 60, "claim"), (4, 4, "actor")]
    other = [(0, 20, "claim"), (25, 30, "claim"), (0, 8, "actor")]
    places = compare(held(one, other), SAME)
    assert [(place.outer, len(place.units), place.kind) for place in places] == [
        (Span(0, 60), 2, "boundary"),
        (Span(0, 8), 1, "boundary"),
    ]


def test_three_readings_of_which_one_has_nothing_and_one_another_span_make_one_unit():
    (unit,) = units(held([(0, 8, "actor")], [(4, 4, "actor")], []))
    assert (unit.marking, unit.holders) == ("boundary", (0, 1))


def test_the_seed_has_the_disagreements_that_were_counted_by_hand(shared, tmp_path):
    with seed_project(tmp_path / "p.annotator", shared) as project:
        assert documents_to_review(project) == [1]
        found = review_article(project, 1)
        assert [reader.name for reader in found.readers] == ["Ada", "Ben"]
        assert markings(found) == {
            "agreed": 34, "tag": 1, "boundary": 22, "tag and boundary": 1, "only Ada": 17, "only Ben": 6,
        }  # fmt: skip
        threats = [case for case in found.cases if Filter(tags=frozenset({"threat"})).takes(case)]
        assert {(case.place.kind, case.place.tags) for case in threats} == {
            ("tag and boundary", frozenset({"claim", "threat"})),
            ("boundary", frozenset({"threat"})),
        }
        only_ben = Filter(kinds=frozenset({"only"}), coders=frozenset({coder(project, "Ben")}))
        shown = [case for case in found.cases if only_ben.takes(case)]
        assert sum(unit.holders == (1,) for case in shown for unit in case.place.units) == 6


def described(coder, place, values, **more):
    return annotation(coder, "actor", *place, attributes=values, id=f"{coder}-{place[0]}", **more)


def test_values_and_links_that_contradict_each_other_are_disagreements_and_a_gap_is_none(tmp_path):
    army, land, claim = (4, 8), (12, 21), (36, 70)
    annotations = [
        described("Ada", army, {"type": "group", "role": "speaker"}),
        described("Ben", army, {"type": "state"}),
        described("Ada", land, {"type": "state"}),
        described("Ben", land, {}),
        *(annotation(name, "claim", *claim, id=f"{name}-claim") for name in ("Ada", "Ben")),
    ]
    links = [
        {"type": "source", "source": "Ada-claim", "target": "Ada-4"},
        {"type": "source", "source": "Ben-claim", "target": "Ben-12"},
    ]
    with project_of(tmp_path / "p.annotator", [article(TEXT, annotations, relations=links)]) as project:
        found = review_article(project, 1)
    told = {case.place.quote: (case.place.units[0].values, case.place.units[0].links) for case in found.cases}
    assert told == {"army": (("type",), ()), "Ruritania": ((), ()), TEXT[36:70]: ((), ("source",))}
    assert [case.place.kind for case in found.cases] == ["attribute", "agreed", "relation"]


def test_only_what_was_declared_done_is_compared(tmp_path):
    annotations = [annotation("Ada", "actor", 4, 8), annotation("Ben", "actor", 0, 8)]
    with project_of(tmp_path / "p.annotator", [article(TEXT, annotations, state="in work")]) as project:
        assert documents_to_review(project) == []
        assert review_article(project, 1) is None


def test_actors_that_were_merged_are_the_same_value(tmp_path):
    told = [annotation(name, "actor", 4, 8, id=f"{name}-4") for name in ("Ada", "Ben")]
    with project_of(tmp_path / "p.annotator", [article(TEXT, told)]) as project:
        marks = [queries.annotations_of(project, 1, coder(project, name))[0] for name in ("Ada", "Ben")]
        actors = []
        for mark, name in zip(marks, ("The army", "Army of Ruritania"), strict=True):
            entities.add_entity(project, name)
            actors += entity_queries.registry(project).exact(name)
            describing.set_attribute(project, mark.key, "name", actors[-1].id)
        (case,) = review_article(project, 1).cases
        assert case.place.kind == "attribute"
        entities.merge_entities(project, actors[0].id, [actors[1].id])
        (case,) = review_article(project, 1).cases
        assert case.place.kind == "agreed"
