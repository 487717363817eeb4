"""Who codes what: dealt out fairly and by a seed, undone like anything, and with a queue and states that follow."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.model import assignment
from annotator.operations import assigning, coders, documents, rounds
from annotator.operations.readings import set_state
from annotator.operations.team import team
from annotator.storage import assignments, history, queries
from annotator.storage.project import Project
from tests.core.review_world import article, key, lead_project, tag, tagged

MANY = tuple(f"Article {number}\n\nSomething happened on day {number}.\n" for number in range(20))


@pytest.fixture
def project(tmp_path):
    with lead_project(tmp_path) as made:
        yield made


# ---- dealing out

people = st.integers(1, 7).map(lambda number: list(range(100, 100 + number)))


@given(st.integers(0, 60), people)
def test_evenly_means_that_nobody_has_more_than_one_more(number: int, coders: list[int]) -> None:
    plan = assignment.evenly(range(number), coders)
    assert [document for document, _ in plan] == list(range(number))
    loads = [sum(coder == each for _, coder in plan) for each in coders]
    assert max(loads) - min(loads) <= 1


@given(st.integers(1, 4), st.integers(2, 7))
def test_in_pairs_everybody_works_with_everybody_equally_often(rounds: int, number: int) -> None:
    coders = list(range(100, 100 + number))
    pairs = list(combinations(coders, 2))
    plan = assignment.in_pairs(range(rounds * len(pairs)), coders)
    together: dict[int, list[int]] = {}
    for document, coder in plan:
        together.setdefault(document, []).append(coder)
    assert Counter(tuple(sorted(each)) for each in together.values()) == dict.fromkeys(pairs, rounds)


def test_a_sample_is_spread_over_the_whole_period() -> None:
    days = [(number, f"id {number}", f"2024-{1 + number // 10:02}-{1 + number % 10:02}") for number in range(100)]
    drawn = assignment.sample(days, 10, seed=5)
    assert sorted(number // 10 for number in drawn) == list(range(10))
    assert drawn == assignment.sample(list(reversed(days)), 10, seed=5)
    assert drawn != assignment.sample(days, 10, seed=6)
    assert len(assignment.sample(days[:3], 10, seed=5)) == 3


def test_two_copies_deal_out_alike(tmp_path) -> None:
    (tmp_path / "one").mkdir()
    with lead_project(tmp_path / "one", texts=MANY) as one:
        one.copy_to(tmp_path / "two.annotator")
        with Project.open(tmp_path / "two.annotator") as two:
            plans = [
                assigning.plan_pairs(each, [key(each, "Anna"), key(each, "Ben"), key(each, "Lead")], seed=9)
                for each in (one, two)
            ]
    assert plans[0] == plans[1]
    assert len(plans[0]) == 40


# ---- in a project


def test_assigning_is_one_step_that_undo_takes_back(project) -> None:
    lead, anna, ben = (key(project, name) for name in ("Lead", "Anna", "Ben"))
    plan = assigning.plan_evenly(project, [anna, ben], seed=1)
    assert assigning.assign(project, plan, coder=lead).said == "Assigned 4 articles to Anna, Ben"
    assert assigning.loads(project) == {anna: 2, ben: 2}
    history.undo(project, lead)
    assert assigning.loads(project) == {}
    history.redo(project, lead)
    assert assigning.loads(project) == {anna: 2, ben: 2}
    assert assigning.plan_evenly(project, [anna], seed=1) == []
    assigning.unassign(project, [document for document, _ in plan], [ben], coder=lead)
    assert assigning.loads(project) == {anna: 2}
    assert not assigning.assign(project, [(plan[0][0], plan[0][1])]).history or plan[0][1] == ben


def test_what_is_assigned_to_nobody_is_everybodys(project) -> None:
    anna, ben = key(project, "Anna"), key(project, "Ben")
    assert len(assignments.queue(project, anna)) == 4
    assigning.assign(project, [(article(project, 2), ben)])
    assert assignments.queue(project, anna) == []
    assert assignments.queue(project, ben) == [article(project, 2)]


def test_the_sample_is_coded_by_two_and_told_to_the_lead_alone(project) -> None:
    lead, anna, ben = (key(project, name) for name in ("Lead", "Anna", "Ben"))
    assigning.assign(project, assigning.plan_evenly(project, [anna, ben], seed=1), coder=lead)
    assigning.draw_sample(project, 2, [anna, ben], seed=7, coder=lead)
    (drawn,) = assigning.samples(project)
    to_code = assignments.assigned(project)
    assert drawn.seed == 7
    assert {key: coders for key, coders in to_code.items() if len(coders) == 2}.keys() == set(drawn.documents)
    assert sum(map(len, to_code.values())) == 6
    assert assignments.queue(project, anna) == sorted(assignments.queue(project, anna))
    history.undo(project, lead)
    assert assigning.samples(project)[0].documents == ()
    assert "samples" not in {name for (name,) in project.rows("SELECT name FROM meta WHERE value LIKE '%sample%'")}


def test_the_queue_begins_with_what_was_sent_back(project) -> None:
    anna = key(project, "Anna")
    tag(project, "Anna", 1, "40 lorries", "figure")
    set_state(project, article(project, 3), anna, "done")
    rounds.return_reading(project, article(project, 3), anna)
    set_state(project, article(project, 0), anna, "done")
    assert assignments.queue(project, anna) == [article(project, number) for number in (3, 1, 2)]
    assert assigning.next_in_queue(project, anna) == article(project, 3)
    assert assigning.next_in_queue(project, anna, after=article(project, 1)) == article(project, 2)
    assert assigning.next_in_queue(project, anna, after=article(project, 2)) == article(project, 3)


def test_what_is_to_do_is_what_one_is_assigned_and_the_team_shows_all(project) -> None:
    anna, ben = key(project, "Anna"), key(project, "Ben")
    own, other = article(project, 2), article(project, 0)
    assert not assigning.has_queue(project, anna)
    assigning.assign(project, [(own, anna), (other, anna), (other, ben)])
    set_state(project, other, anna, "done")
    assert assigning.has_queue(project, anna)
    assert list(queries.document_keys(project, anna, show="to do")) == [own]
    counts = queries.state_counts(project, anna)
    assert (counts["all"], counts["to code"], counts["to do"], counts["done"]) == (4, 2, 1, 1)
    told = {each.name: (each.assigned, each.begun, each.finished, each.also) for each in team(project)}
    assert told == {"Anna": (2, 1, 1, ()), "Ben": (1, 0, 0, ()), "Lead": (0, 0, 0, ())}
    coders.merge_coders(project, anna, [ben])
    told = {each.name: (each.assigned, each.also) for each in team(project)}
    assert told == {"Anna": (2, ("Ben",)), "Lead": (0, ())}


def test_the_next_of_the_queue_is_looked_for_among_those_in_sight_first(project) -> None:
    anna, found = key(project, "Anna"), [article(project, number) for number in range(4)]
    assert assigning.next_in_queue(project, anna, found[0], among={found[2]}) == found[2]
    assert assigning.next_in_queue(project, anna, found[0], among=set()) == found[1]


def test_nobody_can_be_left_without_a_partner(project) -> None:
    with pytest.raises(AnnotatorError, match="Choose at least 2 coders"):
        assigning.plan_pairs(project, [key(project, "Anna")], seed=1)
    with pytest.raises(AnnotatorError, match="Choose at least 2 coders"):
        assigning.draw_sample(project, 1, [key(project, "Anna")] * 2, seed=1)


# ---- states of articles, rounds


def test_an_article_waits_is_ready_in_review_and_gold(project) -> None:
    lead, anna, ben = (key(project, name) for name in ("Lead", "Anna", "Ben"))
    here = article(project, 0)
    assigning.assign(project, [(here, anna), (here, ben)])

    def state() -> str:
        return assignments.document_states(project)[here]

    set_state(project, here, anna, "done")
    assert state() == "waiting"
    set_state(project, here, ben, "set aside", reason="skipped")
    assert state() == "ready for review"
    rounds.close_round(project, [here], lead)
    assert state() == "ready for review"
    gold = queries.reading(project, here, lead, "gold")
    with project.step("Review", coder=lead, document=here) as step:
        step.update("reading", gold.key, {"state": "in work"})
    assert state() == "in review"
    with project.step("Review", coder=lead, document=here) as step:
        step.update("reading", gold.key, {"state": "done"})
    assert state() == "gold"
    assert assignments.state_counts(project) == {"waiting": 3, "ready for review": 0, "in review": 0, "gold": 1}


def test_a_round_is_blind_until_it_is_closed_and_read_only_until_sent_back(project) -> None:
    lead, anna, ben = (key(project, name) for name in ("Lead", "Anna", "Ben"))
    here = article(project, 0)
    mine = tag(project, "Anna", 0, "Ilka Dornath", "actor")
    tag(project, "Ben", 0, "Ferry talks", "actor")
    with pytest.raises(AnnotatorError, match="Somebody still codes here"):
        rounds.close_round(project, [here], lead)
    for coder in (anna, ben):
        set_state(project, here, coder, "done")
    assert not rounds.sees_others(project, here, anna)
    assert rounds.sees_others(project, here, lead)
    rounds.close_round(project, [here], lead)
    assert rounds.sees_others(project, here, anna)
    assert rounds.is_read_only(project, here, anna)
    for act in (
        lambda: tag(project, "Anna", 0, "ferry", "actor"),
        lambda: set_state(project, here, anna, "in work"),
        lambda: history_undo(project, anna),
    ):
        with pytest.raises(AnnotatorError, match="in review"):
            act()
    assert tagged(project, "Anna", 0) == [("actor", "Ilka Dornath")]
    rounds.return_reading(project, here, anna, lead=lead)
    tag(project, "Anna", 0, "ferry", "actor")
    assert queries.annotation(project, mine)
    history.undo(project, lead)
    assert queries.reading(project, here, anna).state == "done"


def history_undo(project: Project, coder: int) -> None:
    outcome = history.undo(project, coder)
    assert outcome is not None
    if outcome.refused and not outcome.steps:
        raise AnnotatorError(outcome.refused[0])


def test_closing_a_round_can_be_undone(project) -> None:
    lead, anna = key(project, "Lead"), key(project, "Anna")
    here = article(project, 0)
    set_state(project, here, anna, "done")
    rounds.close_round(project, [here, article(project, 1)], lead)
    assert assignments.is_closed(project, here)
    assert not assignments.is_closed(project, article(project, 1))
    history.undo(project, lead)
    assert not assignments.is_closed(project, here)
    set_state(project, here, anna, "in work")
    rounds.set_blind(project, False)
    assert rounds.sees_others(project, here, anna)


# ---- coders that are one person


def test_two_coders_become_one_person_and_two_again(project) -> None:
    lead, anna = key(project, "Lead"), key(project, "Anna")
    other, _ = coders.add_coder(project, "Anna M.")
    tag(project, "Anna", 0, "Ilka Dornath", "actor")
    tag(project, "Anna M.", 0, "Ferry talks", "actor")
    tag(project, "Anna M.", 1, "40 lorries", "figure")
    assert coders.merge_coders(project, anna, [other], coder=lead).said == "Anna M. is Anna"
    assert [each.name for each in queries.coders(project)] == ["Anna", "Ben", "Lead"]
    assert tagged(project, "Anna", 0) == [("actor", "Ferry talks"), ("actor", "Ilka Dornath")]
    assert tagged(project, "Anna", 1) == [("figure", "40 lorries")]
    listed = queries.document_rows(project, [article(project, 0), article(project, 1)], anna)
    assert [(row.state, row.count) for row in listed] == [("in work", 2), ("in work", 1)]
    assert queries.state_counts(project, anna)["in work"] == 2
    tag(project, "Anna", 1, "Monday", "actor")
    assert len(tagged(project, "Anna", 1)) == 2
    coders.split_coders(project, anna, by=lead)
    assert tagged(project, "Anna", 0) == [("actor", "Ilka Dornath")]
    history.undo(project, lead)
    history.undo(project, lead)
    assert len(queries.coders(project)) == 4


def test_documents_that_are_deleted_are_in_no_queue(project) -> None:
    documents.delete_documents(project, [article(project, 0)])
    assert len(assignments.queue(project, key(project, "Anna"))) == 3
