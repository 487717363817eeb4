"""Deciding places: what each decision leaves in the agreed version, undone, stale, repeated, merged, exported."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.operations import annotations, coders, deciding, gold, history, readings, rounds
from annotator.operations.deciding import Why
from annotator.operations.export import export
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.operations.replacing import replace_text
from annotator.operations.reviewing import progress, review, review_article
from annotator.storage import queries
from annotator.storage.merge import merge
from annotator.storage.project import Project

from . import review_tools
from .review_tools import annotation, article, case_at, coder, project_of, seed_project

TEXT = "The army of Ruritania, 100,000 men, said it would not attack its neighbour unless provoked by it."
CLAIM = (36, 70)


@pytest.fixture
def project(tmp_path):
    """Ada and Ben: they agree on a claim, differ on the army, Ada alone has the land, and both link the claim."""
    told = [
        annotation("Ada", "actor", 0, 8, id="a-army", attributes={"type": "group"}),
        annotation("Ada", "actor", 12, 21, id="a-land"),
        annotation("Ada", "claim", *CLAIM, id="a-claim", attributes={"polarity": "negative"}),
        annotation("Ben", "actor", 4, 8, id="b-army", attributes={"type": "armed_group"}),
        annotation("Ben", "claim", *CLAIM, id="b-claim", attributes={"certainty": "certain"}),
    ]
    links = [
        {"type": "source", "source": "a-claim", "target": "a-army"},
        {"type": "source", "source": "b-claim", "target": "b-army"},
    ]
    with project_of(tmp_path / "p.annotator", [article(TEXT, told, relations=links)]) as made:
        coders.add_coder(made, "Lea")
        yield made


@pytest.fixture
def lea(project):
    return coder(project, "Lea")


def army(project):
    return case_at(project, 1, "army")


def held(project):
    return sorted((quote, tag) for quote, tag, _ in review_tools.gold(project, 1)[0])


def own_readings(project):
    return [
        (reading.state, queries.annotations_of_reading(project, reading.key))
        for reading in queries.readings_of(project, 1)
        if reading.kind == "own"
    ]


@pytest.mark.parametrize(
    ("decide", "left", "choice", "followed"),
    [
        (lambda p, c, r: deciding.take_reading(p, c, 1, r), [("The army", "actor")], "take", (1,)),
        (lambda p, c, r: deciding.take_reading(p, c, 2, r), [("army", "actor")], "take", (2,)),
        (lambda p, c, r: deciding.take_both(p, c, r), [("The army", "actor"), ("army", "actor")], "both", (1, 2)),
        (lambda p, c, r: deciding.take_neither(p, c, r), [], "neither", ()),
        (
            lambda p, c, r: deciding.take_edited(p, c, "actor", [(4, 21)], r),
            [("army of Ruritania", "actor")],
            "edited",
            (),
        ),
    ],
)  # fmt: skip
def test_each_decision_leaves_what_was_taken_and_touches_no_reading(project, lea, decide, left, choice, followed):
    before = own_readings(project)
    changes = decide(project, army(project), lea)
    assert changes.documents == {1}
    assert held(project) == left
    case = case_at(project, 1, "army")
    assert (case.state, case.choice, case.followed) == ("decided", choice, followed)
    assert own_readings(project) == before
    assert case.decision.reviewer == lea
    assert case.decision.at.startswith("20")


def test_nothing_here_is_a_decision_that_stays_after_a_restart(project, lea):
    deciding.take_neither(project, army(project), lea, why=Why("slip", "A3"))
    path = project.path
    project.close()
    with Project.open(path) as again:
        case = army(again)
        assert (case.state, case.choice) == ("decided", "neither")
        assert (case.decision.reason, case.decision.rule) == ("slip", "A3")
        assert progress(review(again, [1])) == {"decided": 1, "of": 2, "for the meeting": 0, "agreed": 1}


def test_deciding_anew_replaces_what_was_taken(project, lea):
    for number in (1, 2, 1):
        deciding.take_reading(project, army(project), number, lea)
    assert held(project) == [("The army", "actor")]
    deciding.take_neither(project, army(project), lea)
    assert held(project) == []


def test_for_the_meeting_is_open_and_takes_out_what_was_decided(project, lea):
    deciding.take_reading(project, army(project), 1, lea)
    deciding.leave_for_meeting(project, army(project), lea, note="Is “the” part of it?")
    case = army(project)
    assert (case.state, case.waits, case.decision.note) == ("for the meeting", True, "Is “the” part of it?")
    assert held(project) == []


def test_the_other_reading_can_be_noted_as_defensible_too(project, lea):
    deciding.take_reading(project, army(project), 1, lea, others_defensible=True)
    ben = next(each for each in queries.coders(project) if each.name == "Ben")
    assert army(project).decision.defensible == (ben.id,)


def test_all_that_agree_are_taken_at_once_with_what_only_one_of_them_says(project, lea):
    changes = gold.take_all_agreed(project, list(review(project, [1])), lea)
    assert changes.said == "Took 1 place on which all agree"
    ((quote, tag, values),) = review_tools.gold(project, 1)[0]
    assert (quote, tag, values) == (TEXT[36:70], "claim", {"polarity": "negative", "certainty": "certain"})
    again = gold.take_all_agreed(project, list(review(project, [1])), lea)
    assert not again.undoable


@pytest.mark.parametrize("claim_first", [True, False])
@pytest.mark.parametrize("number", [1, 2])
def test_links_follow_to_whatever_was_taken_for_their_end(project, lea, claim_first, number):
    def take_claim():
        gold.take_all_agreed(project, list(review(project, [1])), lea)

    if claim_first:
        take_claim()
    deciding.take_reading(project, army(project), number, lea)
    if not claim_first:
        take_claim()
    taken = ["The army", "army"][number - 1]
    assert review_tools.gold(project, 1)[1] == [("source", TEXT[36:70], taken)]
    deciding.take_reading(project, army(project), 3 - number, lea)
    other = ["The army", "army"][2 - number]
    assert review_tools.gold(project, 1)[1] == [("source", TEXT[36:70], other)]


def test_a_reading_that_changes_afterwards_opens_its_place_again(project, lea):
    deciding.take_reading(project, army(project), 1, lea)
    deciding.take_neither(project, case_at(project, 1, "Ruritania"), lea)
    ben = coder(project, "Ben")
    mark = next(each for each in queries.annotations_of(project, 1, ben) if each.quote == "army")
    rounds.return_reading(project, 1, ben, lead=lea, note="Is it the army alone?")
    assert review_article(project, 1) is None
    annotations.set_spans(project, mark.key, [(4, 11)])
    readings.set_state(project, 1, ben, "done")
    case = case_at(project, 1, "army of")
    assert (case.state, case.waits) == ("changed", True)
    assert case.decision.choice == "take"
    assert case_at(project, 1, "Ruritania").state == "decided"
    deciding.take_reading(project, case, 1, lea)
    assert case_at(project, 1, "army of").state == "decided"


def test_what_was_decided_stays_decided_where_a_better_text_leaves_the_words(project, lea):
    """A line before the text moves all of it; "army" is misspelt there now."""
    deciding.take_reading(project, army(project), 2, lea, why=Why("the head alone"))
    deciding.take_neither(project, case_at(project, 1, "Ruritania"), lea)
    text = queries.text_of(project, 1)
    replace_text(project, 1, f"From our own correspondent.\n\n{text}", coder=lea)
    moved = army(project)
    assert (moved.state, moved.choice, moved.followed) == ("decided", "take", (2,))
    assert moved.decision.reason == "the head alone"
    assert case_at(project, 1, "Ruritania").state == "decided"
    assert held(project) == [("army", "actor")]

    history.undo(project, lea)
    assert {army(project).state, case_at(project, 1, "Ruritania").state} == {"decided"}
    replace_text(project, 1, text.replace("army", "armies"), coder=lea, accepted=True)
    assert case_at(project, 1, "armies").state == "changed"
    assert case_at(project, 1, "Ruritania").state == "decided"


def test_the_edges_of_an_agreed_annotation_do_not_mind_what_its_reviewer_coded(project, lea):
    """The reviewer has coded the article too; the agreed version may say what that coding says."""
    deciding.take_reading(project, army(project), 1, lea)
    annotations.tag_span(project, 1, lea, "actor", [(4, 8)])
    annotations.tag_span(project, 1, lea, "claim", [(0, 8)])
    (agreed,) = queries.annotations_of_reading(project, review_article(project, 1).gold)
    annotations.retag(project, agreed.key, "claim")
    annotations.retag(project, agreed.key, "actor")
    annotations.set_spans(project, agreed.key, [(4, 8)])
    assert held(project) == [("army", "actor")]

    deciding.take_reading(project, case_at(project, 1, "Ruritania"), 1, lea)
    land = next(e for e in queries.annotations_of_reading(project, agreed.reading) if e.quote == "Ruritania")
    assert annotations.set_spans(project, land.key, [(4, 8)]).undoable is False  # the agreed version has it already
    assert held(project) == [("Ruritania", "actor"), ("army", "actor")]


def test_a_place_that_changed_meanwhile_is_not_decided_blindly(project, lea):
    case = army(project)
    ben = coder(project, "Ben")
    mark = next(each for each in queries.annotations_of(project, 1, ben) if each.quote == "army")
    annotations.delete_annotations(project, [mark.key])
    with pytest.raises(AnnotatorError, match="was changed meanwhile"):
        deciding.take_reading(project, case, 1, lea)
    assert held(project) == []


def test_the_agreed_version_closes_when_nothing_waits_and_can_be_opened_again(project, lea):
    with pytest.raises(AnnotatorError, match=r"2 places of .Article. still wait"):
        gold.close_gold(project, review_article(project, 1), lea)
    deciding.take_reading(project, army(project), 2, lea)
    deciding.take_reading(project, case_at(project, 1, "Ruritania"), 1, lea)
    gold.close_gold(project, review_article(project, 1), lea)
    assert held(project) == sorted([("army", "actor"), ("Ruritania", "actor"), (TEXT[36:70], "claim")])
    found = review_article(project, 1)
    assert (found.closed, found.gold_only) == (True, ())
    gold.reopen_gold(project, found, lea)
    assert not review_article(project, 1).closed


def test_the_reason_can_be_given_afterwards(project, lea):
    deciding.take_reading(project, army(project), 1, lea)
    deciding.give_reason(project, army(project), lea, Why("codebook gap", "A1"))
    case = army(project)
    assert (case.state, case.decision.reason, case.decision.rule) == ("decided", "codebook gap", "A1")


# ---- more than two coders, and the same elsewhere


def test_a_majority_of_three_is_taken_with_the_rule_written_down(tmp_path):
    told = [annotation(name, "actor", start, 8) for name, start in (("Ada", 0), ("Ben", 4), ("Cem", 4))]
    told += [annotation("Ada", "actor", 12, 21)]
    with project_of(tmp_path / "p.annotator", [article(TEXT, told)]) as project:
        lea, _ = coders.add_coder(project, "Lea")
        deciding.take_majority(project, army(project), lea)
        deciding.take_majority(project, case_at(project, 1, "Ruritania"), lea)
        assert held(project) == [("army", "actor")]
        assert army(project).decision.basis == "majority: 2 of 3"
        assert army(project).followed == (2, 3)


def test_two_readings_have_no_majority(project, lea):
    with pytest.raises(AnnotatorError, match="No majority"):
        deciding.take_majority(project, army(project), lea)


def test_the_same_decision_is_made_where_the_same_words_stand_under_the_same_tags(tmp_path):
    def told(first, second):
        return [annotation(first, "actor", 0, 8), annotation(second, "actor", 4, 8)]

    articles = [article(TEXT + str(number), told(*pair), title=f"Article {number}") for number, pair in
                enumerate([("Ada", "Ben"), ("Ada", "Ben"), ("Ben", "Ada")])]  # fmt: skip
    articles.append(article(TEXT, [annotation("Ada", "actor", 0, 8), annotation("Ben", "claim", 4, 8)]))
    with project_of(tmp_path / "p.annotator", articles) as project:
        lea, _ = coders.add_coder(project, "Lea")
        deciding.take_reading(project, army(project), 2, lea, why=Why("boundary rule", "A2"))
        case = army(project)
        found = deciding.like_this(case, [each for one in review(project, [1, 2, 3, 4]) for each in one.cases])
        assert [each.document for each in found] == [2, 3]
        changes = deciding.decide_alike(project, case, found, lea)
        assert changes.said == "The same decision for 2 places"
        for document in (2, 3):
            assert [quote for quote, _, _ in review_tools.gold(project, document)[0]] == ["army"]
            assert case_at(project, document, "army").decision.reason == "boundary rule"
        history.undo(project, lea)
        assert [case_at(project, document, "army").state for document in (1, 2, 3)] == ["decided", "open", "open"]


# ---- one colleague


def test_one_colleague_is_accepted_corrected_or_rejected_by_the_same_decisions(project, lea):
    ada = coder(project, "Ada")
    cases = {case.place.quote: case for case in review_article(project, 1, of=ada).cases}
    assert {case.place.kind for case in cases.values()} == {"check"}
    deciding.take_reading(project, cases[TEXT[36:70]], 1, lea)
    deciding.take_edited(project, cases["The army"], "actor", [(4, 8)], lea, base=cases["The army"].place.marks[0])
    deciding.take_neither(project, cases["Ruritania"], lea, why=Why("slip"))
    assert held(project) == [("army", "actor"), (TEXT[36:70], "claim")]
    found = review_article(project, 1, of=ada)
    assert [case.choice for case in found.cases] == ["edited", "neither", "take"]
    assert review_tools.gold(project, 1)[1] == [("source", TEXT[36:70], "army")]


# ---- agreed versions from elsewhere


def with_gold(*golds):
    told = [annotation("Ada", "actor", 0, 8), annotation("Ben", "actor", 4, 8), annotation("Ada", "actor", 12, 21)]
    told += [annotation("Ada", "claim", *CLAIM), annotation("Ben", "claim", *CLAIM)]
    for name, spans in golds:
        told += [annotation(name, tag, *span, kind="gold") for tag, span in spans]
    return article(TEXT, told)


def test_an_adjudicated_version_that_was_imported_says_what_was_decided(tmp_path):
    told = with_gold(("Lea", [("actor", (4, 8)), ("claim", CLAIM), ("figure", (23, 34))]))
    with project_of(tmp_path / "p.annotator", [told]) as project:
        found = review_article(project, 1)
        assert [(case.place.quote, case.state, case.choice, case.followed) for case in found.cases] == [
            ("The army", "decided", "take", (2,)),
            ("Ruritania", "decided", "neither", (2,)),
            (TEXT[36:70], "agreed", "", ()),
        ]
        assert [mark.quote for mark in found.gold_only] == ["100,000 men"]
        lea = coder(project, "Lea")
        deciding.take_reading(project, found.cases[0], 1, lea)
        assert ("The army", "actor") in held(project)
        assert ("army", "actor") not in held(project)


def test_two_agreed_versions_are_a_disagreement_that_closing_settles(tmp_path):
    one, other = [("actor", (4, 8)), ("claim", CLAIM)], [("actor", (0, 8)), ("claim", CLAIM)]
    with project_of(tmp_path / "p.annotator", [with_gold(("Lea", one), ("Mia", other))]) as project:
        lea = coder(project, "Lea")
        found = review_article(project, 1)
        assert (found.settles_golds, [reader.name for reader in found.readers]) == (True, ["Lea", "Mia"])
        assert [case.state for case in found.cases] == ["open", "agreed"]
        deciding.take_reading(project, found.cases[0], 2, lea, why=Why("tag rule"))
        found = review_article(project, 1)
        assert (found.cases[0].state, found.cases[0].followed) == ("decided", (2,))
        gold.close_gold(project, found, lea)
        settled = review_article(project, 1)
        assert (settled.settles_golds, settled.closed) == (False, True)
        (row,) = (each for each in queries.readings_of(project, 1) if each.kind == "gold" and each.state == "done")
        assert [(a.quote, a.tag) for a in queries.annotations_of_reading(project, row.key)] == [
            ("The army", "actor"), (TEXT[36:70], "claim"),
        ]  # fmt: skip
        assert row.coder == lea


# ---- undo, merging, exchange

acts = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["1", "2", "both", "neither", "meeting", "agreed"])), max_size=6
)


def act(project, reviewer, number, what):
    found = review_article(project, 1)
    case = found.cases[number % len(found.cases)]
    if what == "both":
        deciding.take_both(project, case, reviewer)
    elif what == "neither":
        deciding.take_neither(project, case, reviewer)
    elif what == "meeting":
        deciding.leave_for_meeting(project, case, reviewer)
    elif what == "agreed":
        gold.take_all_agreed(project, [found], reviewer)
    else:
        deciding.take_reading(project, case, int(what), reviewer)


def state(project):
    found = review_article(project, 1)
    cases = [(case.place.id, case.state, case.choice, case.followed, bool(case.decision)) for case in found.cases]
    return cases, review_tools.gold(project, 1)


@given(acts)
@settings(max_examples=30, deadline=None)
def test_undo_takes_back_each_decision_and_redo_makes_it_again(listed):
    told = [annotation("Ada", "actor", 0, 8), annotation("Ben", "actor", 4, 8), annotation("Ada", "actor", 12, 21)]
    told += [annotation(name, "claim", *CLAIM, id=f"{name}-claim") for name in ("Ada", "Ben")]
    with (
        tempfile.TemporaryDirectory() as folder,
        project_of(Path(folder) / "p.annotator", [article(TEXT, told)]) as made,
    ):
        lea, _ = coders.add_coder(made, "Lea")
        states = [state(made)]
        for number, what in listed:
            before = made.rows("SELECT max(key) FROM step")
            act(made, lea, number, what)
            if made.rows("SELECT max(key) FROM step") != before:
                states.append(state(made))
        for expected in reversed(states[:-1]):
            history.undo(made, lea)
            assert state(made) == expected
        for expected in states[1:]:
            history.redo(made, lea)
            assert state(made) == expected


def test_decisions_of_two_copies_come_together_and_stay_decided(project, lea, tmp_path):
    copy = tmp_path / "copy.annotator"
    project.copy_to(copy)
    with Project.open(copy) as other:
        deciding.take_reading(project, army(project), 1, lea)
        deciding.take_reading(other, case_at(other, 1, "Ruritania"), 1, lea)
        merge(project, other)
        merge(other, project)
        for each in (project, other):
            assert held(each) == [("Ruritania", "actor"), ("The army", "actor")]
            assert [case.state for case in review_article(each, 1).cases] == ["decided", "decided", "agreed"]


def test_two_reviewers_of_one_project_write_one_agreed_version(project, lea):
    mia, _ = coders.add_coder(project, "Mia")
    deciding.take_reading(project, army(project), 1, lea)
    deciding.take_reading(project, case_at(project, 1, "Ruritania"), 1, mia)
    found = review_article(project, 1)
    assert not found.settles_golds
    assert [case.decision.reviewer for case in found.cases if case.decision] == [lea, mia]
    assert held(project) == [("Ruritania", "actor"), ("The army", "actor")]


def test_decisions_and_the_agreed_version_go_out_and_come_in_as_they_were(project, lea, tmp_path):
    deciding.take_reading(project, army(project), 2, lea, why=Why("boundary rule", "A2"))
    deciding.leave_for_meeting(project, case_at(project, 1, "Ruritania"), lea, note="Who is it?")
    gold.take_all_agreed(project, list(review(project, [1])), lea)
    out = tmp_path / "out.jsonl"
    export(project, out, format_name="jsonl")
    with create_project(tmp_path / "other.annotator") as other:
        import_paths(other, [out])
        assert state(other) == state(project)
        assert army(other).decision.reason == "boundary rule"
        again = tmp_path / "again.jsonl"
        export(other, again, format_name="jsonl")
        for name in ("", ".project.json"):
            assert (tmp_path / f"again.jsonl{name}").read_bytes() == (tmp_path / f"out.jsonl{name}").read_bytes()
        deciding.take_reading(project, army(project), 1, lea, why=Why("slip"))
        export(project, out, format_name="jsonl")
        import_paths(other, [out], delete_absent=True)
        assert (army(other).choice, army(other).decision.reason) == ("take", "slip")
        assert held(other) == held(project)


def test_the_seed_is_decided_to_its_end_and_gives_the_reading_that_was_taken(shared, tmp_path):
    with seed_project(tmp_path / "p.annotator", shared) as project:
        lea, _ = coders.add_coder(project, "Lea")
        for case in review_article(project, 1).cases:
            if case.waits:
                deciding.take_reading(project, case, 1, lea)
        gold.close_gold(project, review_article(project, 1), lea)
        ada = queries.annotations_of(project, 1, coder(project, "Ada"))
        spans, links = review_tools.gold(project, 1)
        assert [(quote, tag) for quote, tag, _ in spans] == [(each.quote, each.tag) for each in ada]
        assert len(links) == 51
