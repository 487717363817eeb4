"""The index of marks answers like a plain list, and lanes never lie over one another."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.span import Span
from ui.article_view.lanes import LEAD, Rules, lane_top, plan_line
from ui.article_view.marks import Mark, inner_first
from ui.article_view.span_index import Later, SpanIndex

spans = st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
tags = st.sampled_from(["actor", "claim"])
RULES = Rules(frozenset({"claim"}), words=0, air=4.8)


@st.composite
def marks(draw, most=40):
    found = []
    for key in range(draw(st.integers(0, most))):
        first = draw(spans)
        pieces = (first,)
        if draw(st.booleans()) and draw(st.booleans()):
            start = first.end + draw(st.integers(1, 20))
            pieces = (first, Span(start, start + draw(st.integers(1, 20))))
        found.append(Mark(key, pieces, draw(tags)))
    return found


def order(mark):
    return mark.start, -mark.end, mark.key


@settings(deadline=None)
@given(marks(), st.lists(st.integers(0, 39)), spans, st.data())
def test_the_index_answers_like_a_list(all_marks, gone, asked, data):
    index = SpanIndex(all_marks[::2])
    kept = {mark.key: mark for mark in all_marks[::2]}
    for mark in all_marks[1::2]:
        index.put(mark)
        kept[mark.key] = mark
    for key in gone:
        assert index.remove(key) == kept.pop(key, None)
    expected = sorted(kept.values(), key=order)
    assert list(index) == expected
    assert index.query(*asked) == [mark for mark in expected if mark.start < asked.end and mark.end > asked.start]
    if expected:
        nth = data.draw(st.integers(0, len(expected) - 1))
        steps = data.draw(st.integers(-50, 50))
        wanted = nth + steps
        found = index.beside(expected[nth].key, steps)
        assert found == (expected[wanted] if 0 <= wanted < len(expected) else None)
    after = [mark for mark in expected if mark.start >= asked.start]
    before = [mark for mark in expected if mark.start < asked.start]
    assert index.first_from(asked.start, 1) == (after[0] if after else None)
    assert index.first_from(asked.start, -1) == (before[-1] if before else None)


@settings(deadline=None)
@given(marks(), spans, spans, st.sampled_from(["query", "get", "put", "remove", "first_from", "len"]))
def test_an_index_that_gets_a_part_later_answers_as_if_it_had_all(all_marks, unread, asked, first):
    whole = SpanIndex(all_marks)
    known = [mark for mark in all_marks if not unread.contains(Span(mark.start, mark.end))]
    index = SpanIndex(known, Later(unread, lambda: all_marks))
    assert bool(index) == bool(all_marks)
    wanted = Mark(7, (asked,), "claim")
    looks = {
        "query": lambda it: it.query(*asked),
        "get": lambda it: it.get(7),
        "put": lambda it: it.put(wanted),
        "remove": lambda it: it.remove(7),
        "first_from": lambda it: it.first_from(asked.start, 1),
        "len": len,
    }
    assert looks[first](index) == looks[first](whole)
    assert index.query(*unread) == whole.query(*unread)
    assert list(index) == list(whole)


def test_the_index_of_many_marks_stays_in_order():
    index = SpanIndex()
    places = [(nth * 7919) % 5003 for nth in range(3000)]
    for key, place in enumerate(places):
        index.put(Mark(key, (Span(place, place + 5),), "actor"))
    index.put(Mark(9999, (Span(0, 6000),), "claim"))
    assert [mark.start for mark in index] == sorted([*places, 0])
    assert {mark.key for mark in index.query(2500, 2501)} == {
        9999,
        *(key for key, place in enumerate(places) if place <= 2500 < place + 5),
    }


@settings(deadline=None)
@given(marks(), st.integers(0, 150), st.integers(1, 80))
def test_marks_in_one_lane_do_not_meet(all_marks, start, length):
    end = start + length
    plan = plan_line(sorted(all_marks, key=order), start, end, RULES)
    on_line = [mark for mark in all_marks if any(a < end and z > start for a, z in mark.spans)]
    assert sorted(mark.key for mark in plan.marks) == sorted(mark.key for mark in on_line)
    for mark in on_line:
        if mark.tag == "actor":
            assert mark.key in plan.lanes
    rows: dict[int, list[tuple[int, int]]] = {}
    for mark in on_line:
        if mark.key in plan.lanes:
            here = [(max(a, start), min(z, end)) for a, z in mark.spans if a < end and z > start]
            rows.setdefault(plan.lanes[mark.key], []).append((here[0][0], here[-1][1]))
    for row in rows.values():
        row.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(row))
    assert sorted(rows) == list(range(len(rows)))


@given(marks(most=12))
def test_the_inner_of_two_nested_mentions_is_nearer_to_the_text(all_marks):
    mentions = [Mark(mark.key, mark.spans[:1], "actor") for mark in all_marks]
    plan = plan_line(sorted(mentions, key=order), 0, 400, RULES)
    for inner in mentions:
        for outer in mentions:
            if outer.spans[0].contains(inner.spans[0]) and inner_first(inner) < inner_first(outer):
                assert plan.lanes[inner.key] < plan.lanes[outer.key]


def test_a_statement_takes_a_lane_only_around_or_across_a_shorter_one():
    inner, outer = Mark(1, (Span(10, 20),), "claim"), Mark(2, (Span(5, 30),), "claim")
    apart, actor = Mark(3, (Span(40, 50),), "claim"), Mark(4, (Span(12, 15),), "actor")
    assert plan_line([outer, inner, actor, apart], 0, 60, RULES).lanes == {4: 0, 2: 1}


def test_two_lanes_cost_no_room():
    nested = [Mark(key, (Span(10 - key, 20 + key),), "actor") for key in range(2)]
    assert plan_line(nested, 0, 60, RULES).room == LEAD == plan_line([], 0, 60, RULES).room


def test_lanes_stand_at_the_drawn_heights():
    assert [lane_top(lane) for lane in range(4)] == [0, 4, 9, 14]
