"""What is offered in a project, and what becomes of it: taken, corrected, refused; each act one step, and exported."""

import json

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.model.span import Span
from annotator.operations import annotations, coders, history
from annotator.operations.assigning import assign
from annotator.operations.completeness import open_points
from annotator.operations.export import export
from annotator.operations.import_records import import_records
from annotator.operations.imports import import_paths
from annotator.operations.learning import learn, most_teaching
from annotator.operations.projects import create_project
from annotator.operations.proposal_settings import in_blind_round, proposal_settings, set_proposals
from annotator.operations.proposing import (
    prepare,
    propose,
    refuse_proposal,
    sure_ones,
    take_proposal,
    take_sure,
)
from annotator.operations.readings import set_state
from annotator.operations.refusals import refused
from annotator.operations.rounds import set_blind
from annotator.operations.sharing import share
from annotator.operations.speech_rules import rules_fault, rules_text, set_rules
from annotator.operations.untagged import leave_untagged
from annotator.propose.learned import is_installed
from annotator.storage import queries, relation_queries
from annotator.storage.project import Project

TEXT = "Dornath said that 40 lorries were stopped. Ruhn demanded a vote. Then Dornath left.\n"
OTHER = "Maliq met Dornath.\n"


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        records = [DocumentRecord(text=TEXT, title="Talks"), DocumentRecord(text=OTHER, title="Visit")]
        import_records(made, records, report=Report(), format_name="test")
        coders.add_coder(made, "Ann")
        set_proposals(made, True)
        yield made


def offered(project, document=1, coder=1):
    text = queries.text_of(project, document)
    return {text[each.outer.start : each.outer.end]: each for each in propose(project, document, coder)}


def held(project, document=1, coder=1):
    return [(each.tag, each.quote) for each in queries.annotations_of(project, document, coder)]


# ---- who sees any


def test_a_new_project_offers_nothing_until_the_lead_says_so(project):
    assert set(offered(project)) == {"40 lorries", "40 lorries were stopped", "a vote"}
    set_proposals(project, False)
    assert offered(project) == {}
    with create_project(project.path.with_name("q.annotator")) as new:
        assert not proposal_settings(new).on


def test_in_a_blind_round_they_are_off_until_they_are_switched_on_for_it_and_then_the_same_for_all(project):
    ben, _ = coders.add_coder(project, "Ben")
    annotations.tag_span(project, 2, 1, "actor", [(10, 17)])  # Ann has tagged Dornath elsewhere
    assert "Dornath" in offered(project)
    assign(project, [(1, 1), (1, ben)])
    assert in_blind_round(project, 1)
    assert offered(project) == {}
    set_proposals(project, True, in_blind_rounds=True)
    assert (
        set(offered(project)) == set(offered(project, coder=ben)) == {"40 lorries", "40 lorries were stopped", "a vote"}
    )
    set_blind(project, False)
    assert "Dornath" in offered(project)


def test_a_package_keeps_to_what_the_lead_has_said(project, tmp_path):
    set_proposals(project, True, in_blind_rounds=True, proposers=["figures"])
    share(project, tmp_path / "ann.annotator", 1)
    with Project.open(tmp_path / "ann.annotator") as package:
        assert set(offered(package, coder=package.package_coder)) == {"40 lorries"}
        with pytest.raises(AnnotatorError, match="by the lead"):
            set_proposals(package, False)


def test_only_the_proposers_that_are_switched_on_are_asked(project):
    set_proposals(project, True, proposers=["figures"])
    assert set(offered(project)) == {"40 lorries"}
    with pytest.raises(AnnotatorError, match="no proposer “tarot”"):
        set_proposals(project, True, proposers=["tarot"])


@pytest.mark.parametrize("stored", ["[]", "{", '{"on": 1}', '{"on": true, "proposers": 5}', "null"])
def test_settings_from_elsewhere_harm_nothing(project, stored):
    project.set_meta("proposals", stored)
    assert isinstance(propose(project, 1, 1), list)


# ---- taking, correcting, refusing


def test_a_proposal_that_is_taken_says_where_it_came_from(project):
    changes = take_proposal(project, 1, 1, offered(project)["40 lorries"])
    (made,) = queries.annotations_of(project, 1, 1)
    assert (made.key, made.tag, made.quote) == (changes.current, "figure", "40 lorries")
    assert made.attributes["value"] == {"value": 40, "by": "proposed"}
    told = made.extra["proposed"]
    assert (told["by"], told["tag"], told["spans"], told["became"]) == ("figures", "figure", [[18, 28]], "taken")
    assert "40 lorries" not in offered(project)
    history.undo(project, 1)
    assert held(project) == []
    assert "40 lorries" in offered(project)


def test_who_says_it_is_linked_in_the_same_step(project):
    actor = annotations.tag_span(project, 1, 1, "actor", [(0, 7)]).current
    claim = take_proposal(project, 1, 1, offered(project)["40 lorries were stopped"]).current
    (link,) = relation_queries.relations_from(project, claim, "source")
    assert link.target == actor
    history.undo(project, 1)
    assert held(project) == [("actor", "Dornath")]
    assert relation_queries.relations_from(project, claim, "source") == []


def test_another_tag_or_other_edges_make_it_edited_also_later(project):
    proposal = offered(project)["a vote"]
    demand = take_proposal(project, 1, 1, proposal, tag="claim").current
    assert queries.annotation(project, demand).extra["proposed"]["became"] == "edited"
    annotations.retag(project, demand, "demand")
    assert queries.annotation(project, demand).extra["proposed"]["became"] == "taken"
    annotations.set_spans(project, demand, [(proposal.outer.start + 2, proposal.outer.end)])
    assert queries.annotation(project, demand).extra["proposed"]["became"] == "edited"
    figure = take_proposal(project, 1, 1, offered(project)["40 lorries"], spans=[(18, 20)]).current
    assert queries.annotation(project, figure).extra["proposed"]["became"] == "edited"


def test_what_is_tagged_already_is_not_taken_twice(project):
    proposal = offered(project)["40 lorries"]
    take_proposal(project, 1, 1, proposal)
    again = take_proposal(project, 1, 1, proposal)
    assert not again.history
    assert held(project) == [("figure", "40 lorries")]


def test_what_is_refused_is_not_offered_again_and_undo_offers_it(project):
    proposal = offered(project)["a vote"]
    refuse_proposal(project, 1, 1, proposal)
    refuse_proposal(project, 1, 1, proposal)
    assert "a vote" not in offered(project)
    assert refused(project, 1, 1) == [("demand", (Span(57, 63),))]
    history.undo(project, 1)
    assert "a vote" in offered(project)
    history.redo(project, 1)
    assert "a vote" not in offered(project)
    history.undo(project, 1)
    annotations.tag_span(project, 1, 1, "actor", [(0, 7)])  # the reading begins anew
    assert "a vote" in offered(project)


def test_words_that_were_refused_here_are_offered_again_only_when_they_are_tagged_as_often(project):
    three = DocumentRecord(text="Dornath came. Dornath went. Dornath slept.\n", title="Three")
    import_records(project, [three], report=Report(), format_name="test")
    annotations.tag_span(project, 2, 1, "actor", [(10, 17)])  # Dornath, in the other article

    def names():
        return [each for each in propose(project, 3, 1) if each.tag == "actor"]

    assert [each.spans[0].start for each in names()] == [0, 14, 28]
    refuse_proposal(project, 3, 1, names()[0])
    assert names() == []
    annotations.tag_span(project, 3, 1, "actor", [(14, 21)])
    assert [each.spans[0].start for each in names()] == [28]


def test_names_that_were_refused_elsewhere_are_offered_less_readily(project):
    annotations.tag_span(project, 2, 1, "actor", [(10, 17)])
    (first, *_) = [each for each in propose(project, 1, 1) if each.by == "before"]
    refuse_proposal(project, 1, 1, first)
    with project.step("add", kind="setup") as step:
        third = step.insert_document({"sha256": "3" * 64, "title": "Third"}, "Dornath once more.")
    (now,) = [each for each in propose(project, third, 1) if each.by == "before"]
    assert now.score < first.score


def test_all_sure_ones_are_one_step(project):
    sure = sure_ones(propose(project, 1, 1))
    assert [TEXT[each.outer.start : each.outer.end] for each in sure] == ["40 lorries"]
    changes = take_sure(project, 1, 1, sure)
    assert changes.said == "Took 1 sure proposal"
    assert held(project) == [("figure", "40 lorries")]
    with pytest.raises(AnnotatorError, match="no sure proposal left"):
        take_sure(project, 1, 1, sure)
    history.undo(project, 1)
    assert held(project) == []


def test_where_it_came_from_goes_out_and_comes_in(project, tmp_path):
    listed = offered(project)
    take_proposal(project, 1, 1, listed["40 lorries"])
    refuse_proposal(project, 1, 1, listed["a vote"])
    export(project, tmp_path / "out.jsonl", format_name="jsonl")
    line = json.loads((tmp_path / "out.jsonl").read_text("utf-8").splitlines()[0])
    assert line["annotations"][0]["proposed"]["by"] == "figures"
    assert line["readings"][0]["refused"] == [{"tag": "demand", "spans": [[57, 63]], "by": "speech acts"}]
    with create_project(tmp_path / "q.annotator") as other:
        import_paths(other, [tmp_path / "out.jsonl"])
        set_proposals(other, True)
        assert set(offered(other)) == {"40 lorries were stopped"}
        assert refused(other, 1, 1) == [("demand", (Span(57, 63),))]


HARM = [5, [5], [{"tag": 1, "spans": [[0, 1]]}], [{"tag": "a", "spans": []}], [{"tag": "a", "spans": [[0]]}]]


@pytest.mark.parametrize("stored", HARM)
def test_refusals_from_elsewhere_harm_nothing(project, stored):
    annotations.tag_span(project, 1, 1, "actor", [(0, 7)])
    reading = queries.reading(project, 1, 1)
    with project.step("Harm", kind="setup") as step:
        step.update("reading", reading.key, {"extra": json.dumps({"refused": stored, "other": 1})})
    assert refused(project, 1, 1) == []
    refuse_proposal(project, 1, 1, offered(project)["a vote"])
    assert "a vote" not in offered(project)
    assert queries.reading_extra(project, reading.key)["other"] == 1


def test_what_is_prepared_serves_while_the_same_article_is_coded(project):
    prepared = prepare(project, 1, 1)
    annotations.tag_span(project, 1, 1, "actor", [(0, 7)])
    found = propose(project, 1, 1, prepared)
    assert [TEXT[each.outer.start : each.outer.end] for each in found if each.by == "before"] == ["Dornath"]


@pytest.mark.skipif(not is_installed(), reason="needs the extra learn")
def test_readings_that_are_done_are_learned_from_and_others_weighed(tmp_path):
    names = ["Anna Dornath", "Pavel Ruhn", "Oren Maliq", "Una Wynn", "Ilka Brask"]
    with create_project(tmp_path / "p.annotator") as made:
        texts = ["\n".join(f"{names[(at + n) % 5]} spoke {at} times." for n in range(5)) for at in range(6)]
        texts += [
            "Anna Dornath spoke 7 times.",
            "Dockers, said Old Tom & Sons. To TKA the Lantern Watch agreed.",
        ]
        import_records(made, [DocumentRecord(text=text, title=str(at)) for at, text in enumerate(texts)],
                       report=Report(), format_name="test")  # fmt: skip
        coders.add_coder(made, "Ann")
        for document, text in enumerate(texts[:6], 1):
            for name in names:
                annotations.tag_span(made, document, 1, "actor", [(text.index(name), text.index(name) + len(name))])
        assert learn(made, 1).models == {}, "nothing is done yet"
        for document in range(1, 7):
            set_state(made, document, 1, "done")
        learned = learn(made, 1)
        assert set(learned.models) == {"actor"}
        assert [each.document for each in most_teaching(made, 1, learned)] == [8, 7]


def test_where_a_statement_stands_no_other_one_is_proposed(project):
    found = offered(project)["40 lorries were stopped"]
    assert found.tag == "claim"
    annotations.tag_span(project, 1, 1, "threat", found.spans)
    assert "40 lorries were stopped" not in offered(project)
    assert "40 lorries" in offered(project), "a mention within it is"


def test_a_place_that_stays_untagged_is_no_proposal_and_a_refused_one_no_open_point(project):
    annotations.tag_span(project, 1, 1, "actor", [(0, 7)])
    (again,) = [each for each in propose(project, 1, 1) if each.by == "before"]
    leave_untagged(project, 1, 1, "actor", again.spans)
    assert [each for each in propose(project, 1, 1) if each.by == "before"] == []
    history.undo(project, 1)
    assert [each.kind for each in open_points(project, 1, 1, begun=True)] == ["elsewhere"]
    refuse_proposal(project, 1, 1, again)
    assert open_points(project, 1, 1, begun=True) == []


def test_rules_of_ones_own_are_a_version_of_the_codebook(project, tmp_path):
    changes = set_rules(project, "en:\n- tag: demand\n  words: [asked for]\n", coder=1)
    assert changes.codebook
    text, own = rules_text(project)
    assert own
    assert rules_fault(text) == ""
    assert set(offered(project)) == {"40 lorries"}
    assert rules_fault("en: [5]") == "In the rules, en, rule 1: a rule needs a tag."
    assert rules_fault("en:\n  - {tag").startswith("In the rules, line ")
    history.undo(project, 1)
    assert rules_text(project)[1] is False
    share(project, tmp_path / "ann.annotator", 1)
    with Project.open(tmp_path / "ann.annotator") as package, pytest.raises(AnnotatorError, match="by the lead"):
        set_rules(package, None)
