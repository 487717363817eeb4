"""Describing annotations: values set, cleared and confirmed, what is offered, and where the pass stops."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.codebook import canonical_json
from annotator.model.codebook_json import codebook_from_json
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import DocumentRecord
from annotator.operations import annotations, describing, entities, history
from annotator.operations.codebooks import set_codebook
from annotator.operations.coders import add_coder
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage import history as past
from annotator.storage import queries
from annotator.storage.project import Project

TEXT = (
    "Dornath said the talks were over. “We are not bluffing,” she added.\n"
    "Veldria will close the ports if a single unit crosses the river, Dornath warned. "
    "About 80,000 soldiers stand there.\n"
)


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        import_records(made, [DocumentRecord(text=TEXT, language="en")], report=Report(), format_name="text")
        add_coder(made, "Ann")
        yield made


def tagged(project, tag, words, text=TEXT):
    start = text.index(words)
    (document,) = queries.document_keys(project, None)
    (coder,) = [each.key for each in queries.coders(project) if each.name == "Ann"]
    made = annotations.tag_span(project, document, coder, tag, [(start, start + len(words))])
    assert made.current is not None
    return made.current


def values(project, key):
    found = queries.annotation(project, key)
    return {name: (each["value"], each["by"]) for name, each in found.attributes.items()}


def labels(project):
    return [step.label for step in past.steps(project)]


def offered(project, key):
    return {each.attribute.id: (each.value, each.by) for each in describing.form(project, key) if each.by}


def waiting(project, key):
    """The fields at which the pass stops."""
    return [each for each in describing.form(project, key) if each.waits]


def stops(project, key):
    return [each.attribute.id for each in waiting(project, key)]


def coder_of(project):
    return queries.coders(project)[0].key


# ---- acts


def test_a_value_is_set_in_one_step_that_says_so_and_undoes(project):
    claim = tagged(project, "claim", "the talks were over")
    changes = describing.set_attribute(project, claim, "certainty", "possible")
    assert values(project, claim) == {"certainty": ("possible", "typed")}
    assert changes.said == "Certainty: possible – “the talks were over”"
    assert (changes.annotations, changes.current) == (frozenset({claim}), claim)
    assert labels(project)[0] == changes.said
    history.undo(project, coder_of(project))
    assert values(project, claim) == {}
    history.redo(project, coder_of(project))
    assert values(project, claim) == {"certainty": ("possible", "typed")}


def test_setting_what_stands_there_is_no_step(project):
    claim = tagged(project, "claim", "the talks were over")
    describing.set_attribute(project, claim, "certainty", "possible")
    before = labels(project)
    changes = describing.set_attribute(project, claim, "certainty", "possible")
    assert not changes.history
    assert changes.said.endswith("already")
    assert labels(project) == before


def test_a_wrong_value_is_refused_and_changes_nothing(project):
    figure = tagged(project, "figure", "80,000 soldiers")
    before, said = values(project, figure), labels(project)
    for attribute, value, sentence in [
        ("kind", "many", "“many” is none of: count,"),
        ("as_of", "2022-13-45", "There is no month 13."),
        ("value", float("nan"), "NaN is no number."),
        ("colour", "red", "The tag “figure” has no attribute “colour”."),
    ]:
        with pytest.raises(AnnotatorError, match=sentence.replace("(", r"\(")):
            describing.set_attribute(project, figure, attribute, value)
    assert (values(project, figure), labels(project)) == (before, said)


def test_nothing_written_clears_the_value(project):
    claim = tagged(project, "claim", "the talks were over")
    describing.set_attribute(project, claim, "issue", "talks")
    changes = describing.set_attribute(project, claim, "issue", "  ")
    assert changes.said.startswith("Issue or concept: nothing")
    assert values(project, claim) == {}
    again = describing.clear_attribute(project, claim, "issue")
    assert (again.said, again.history) == ("Issue or concept is empty", False)


def test_two_processes_that_describe_one_annotation_keep_both_values(project):
    claim = tagged(project, "claim", "the talks were over")
    with Project.open(project.path) as other:
        describing.form(other, claim)
        describing.set_attribute(project, claim, "certainty", "possible")
        describing.set_attribute(other, claim, "stance", "oppose")
    assert values(project, claim) == {"certainty": ("possible", "typed"), "stance": ("oppose", "typed")}


def test_an_actor_is_named_by_name_and_unknown_ones_are_refused(project):
    actor = tagged(project, "actor", "Dornath")
    with pytest.raises(AnnotatorError, match="The project has no actor “Ilka Dornath”"):
        describing.set_attribute(project, actor, "name", "Ilka Dornath")
    own, _ = entities.add_entity(project, "Ilka Dornath", type="person", country=["QM"])
    changes = describing.set_attribute(project, actor, "name", "Ilka Dornath")
    assert changes.said.startswith("Canonical name: Ilka Dornath")
    assert values(project, actor) == {"name": (own, "typed")}


# ---- proposals


def test_an_actor_known_by_just_this_name_is_linked_with_the_tag(project):
    own, _ = entities.add_entity(project, "Dornath", type="person", country=["QM"])
    before = len(labels(project))
    actor = tagged(project, "actor", "Dornath")
    assert values(project, actor) == {"name": (own, "proposed")}
    assert len(labels(project)) == before + 1
    assert offered(project, actor) == {
        "name": (own, "proposed"),
        "type": ("person", "proposed"),
        "country": (["QM"], "proposed"),
    }
    assert stops(project, actor) == ["name", "type", "role", "country"]
    history.undo(project, coder_of(project))
    assert queries.annotation(project, actor) is None


def test_of_two_actors_with_one_name_none_is_guessed(project):
    entities.add_entity(project, "Dornath")
    entities.add_entity(project, "Dornath")
    assert values(project, tagged(project, "actor", "Dornath")) == {}


def test_all_that_is_proposed_is_taken_in_one_step(project):
    threat = tagged(project, "threat", "Veldria will close the ports if a single unit crosses the river")
    assert offered(project, threat) == {
        "conditional": (True, "proposed"),
        "condition": ("if a single unit crosses the river", "proposed"),
        "quotation": ("indirect", "proposed"),
        "credibility": ("not_coded", "proposed"),
    }
    assert values(project, threat) == {}
    changes = describing.confirm_attributes(project, threat)
    assert changes.said.startswith("Confirmed 3 values")
    assert values(project, threat) == {
        "conditional": (True, "confirmed"),
        "condition": ("if a single unit crosses the river", "confirmed"),
        "quotation": ("indirect", "confirmed"),
    }
    assert stops(project, threat) == ["action", "modality", "status"]
    history.undo(project, coder_of(project))
    assert values(project, threat) == {}


def test_one_proposal_is_taken_alone_and_what_was_typed_stays(project):
    threat = tagged(project, "threat", "Veldria will close the ports if a single unit crosses the river")
    describing.set_attribute(project, threat, "quotation", "paraphrase")
    describing.confirm_attribute(project, threat, "conditional")
    assert values(project, threat) == {"quotation": ("paraphrase", "typed"), "conditional": (True, "confirmed")}
    assert not describing.confirm_attribute(project, threat, "quotation").history
    assert not describing.set_attribute(project, threat, "quotation", "direct", by="proposed").history
    assert values(project, threat)["quotation"] == ("paraphrase", "typed")


def test_a_quotation_is_read_off_the_marks(project):
    claim = tagged(project, "claim", "We are not bluffing")
    assert offered(project, claim) == {"quotation": ("direct", "proposed")}


def test_moved_edges_bring_other_proposals_and_keep_what_was_typed(project):
    own, _ = entities.add_entity(project, "Dornath")
    other, _ = entities.add_entity(project, "Dornath said")
    actor = tagged(project, "actor", "Dornath")
    annotations.set_spans(project, actor, [(0, 12)])
    assert values(project, actor) == {"name": (other, "proposed")}
    annotations.set_spans(project, actor, [(0, 3)])
    assert values(project, actor) == {}
    describing.set_attribute(project, actor, "name", own)
    annotations.set_spans(project, actor, [(0, 12)])
    assert values(project, actor) == {"name": (own, "typed")}


def test_another_tag_keeps_only_values_that_it_asks_for(project):
    threat = tagged(project, "threat", "Veldria will close the ports")
    for name, value in [("status", "new"), ("action", "sanctions"), ("modality", "announced")]:
        describing.set_attribute(project, threat, name, value)
    annotations.retag(project, threat, "demand")
    assert values(project, threat) == {"status": ("new", "typed")}


def test_a_figure_is_filled_in_with_its_tag_and_stays_a_proposal_until_confirmed(project):
    before = len(labels(project))
    figure = tagged(project, "figure", "About 80,000 soldiers")
    assert values(project, figure) == {
        "value": (80000, "proposed"),
        "unit": ("soldier", "proposed"),
        "kind": ("count", "proposed"),
        "qualifier": ("approx", "proposed"),
    }
    assert len(labels(project)) == before + 1
    describing.set_attribute(project, figure, "value", "80,500")
    assert describing.confirm_attributes(project, figure).said.startswith("Confirmed 3 values")
    assert values(project, figure)["value"] == (80500, "typed")
    assert {by for _, by in values(project, figure).values()} == {"typed", "confirmed"}
    assert stops(project, figure) == ["measures"]


def test_a_range_has_two_values_and_a_moved_edge_reads_it_anew(project):
    text = "Between 90,000 and 100,000 troops, or 60% of Veldrians, wait.\n"
    import_records(project, [DocumentRecord(text=text, language="en")], report=Report(), format_name="text")
    document, start = queries.document_keys(project, None)[1], text.index("90,000")
    figure = annotations.tag_span(project, document, coder_of(project), "figure", [(0, 33)]).current
    assert values(project, figure)["value"] == (90000, "proposed")
    assert values(project, figure)["value_max"] == (100000, "proposed")
    assert values(project, figure)["qualifier"] == ("range", "proposed")
    annotations.set_spans(project, figure, [(start, start + 6)])
    assert "value_max" not in values(project, figure)
    share = text.index("60%")
    figure = annotations.tag_span(project, document, coder_of(project), "figure", [(share, share + 3)]).current
    assert offered(project, figure)["unit"] == ("%", "proposed")
    assert offered(project, figure)["measures"] == ("Veldrians", "proposed")


def test_another_tag_brings_its_own_proposals(project):
    claim = tagged(project, "claim", "80,000 soldiers")
    assert values(project, claim) == {}
    annotations.retag(project, claim, "figure")
    assert values(project, claim)["value"] == (80000, "proposed")
    annotations.retag(project, claim, "claim")
    assert values(project, claim) == {}


# ---- categories


def test_the_list_of_categories_grows_by_being_used(project):
    claim = tagged(project, "claim", "the talks were over")
    threat = tagged(project, "demand", "close the ports")
    assert describing.categories(project, "issue") == {}
    describing.set_attribute(project, claim, "issue", "Talks")
    assert describing.categories(project, "issue") == {"Talks": 1}
    describing.set_attribute(project, threat, "issue", "talks")
    assert values(project, threat)["issue"] == ("Talks", "typed")
    with Project.open(project.path) as other:
        assert describing.categories(other, "issue") == {"Talks": 2}
        describing.set_attribute(other, threat, "issue", "ports")
    assert set(describing.categories(project, "issue")) == {"Talks", "ports"}


# ---- the pass


def test_values_have_the_first_letter_still_free_or_their_own(project):
    claim = tagged(project, "claim", "the talks were over")
    letters = {each.attribute.id: each.letters for each in describing.form(project, claim)}
    assert letters["stance"] == {"support": "s", "oppose": "o", "neutral": "n", "mixed": "m"}
    assert letters["certainty"] == {"certain": "c", "probable": "p", "possible": "o", "unknown": "u"}
    content = json.loads(canonical_json(default_codebook()))
    stance = next(each for each in content["tags"][1]["attributes"] if each["id"] == "stance")
    stance["values"] = ["x", "ss", "s", "ß", "Ähnlich", "中"]
    stance["letters"] = {"ss": "z"}
    set_codebook(project, codebook_from_json(json.dumps(content)))
    stance = next(each for each in describing.form(project, claim) if each.attribute.id == "stance")
    assert stance.letters == {"x": "1", "ss": "z", "s": "s", "ß": "2", "Ähnlich": "a", "中": "3"}


def seed(shared):
    folder = shared / "reference" / "seed"
    text = (folder / "article.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
    return text, json.loads((folder / "gold.json").read_text(encoding="utf-8"))


def test_the_pass_on_the_seed_stops_at_no_field_that_its_gold_leaves_empty(shared, tmp_path):
    text, gold = seed(shared)
    with create_project(tmp_path / "seed.annotator") as project:
        import_records(project, [DocumentRecord(text=text, language="en")], report=Report(), format_name="text")
        add_coder(project, "Ann")
        coder, document = coder_of(project), queries.document_keys(project, None)[0]
        actors = {}
        for each in gold["annotations"]:
            told = each["attributes"]
            if each["tag"] == "actor" and told["name"] not in actors:
                country = told.get("country", ())
                actors[told["name"]], _ = entities.add_entity(
                    project, told["name"], aliases=[each["text"]], type=told["type"], country=country
                )
        stopped = taken = 0
        for each in gold["annotations"]:
            told = dict(each["attributes"])
            span = [(each["start"], each["end"])]
            key = annotations.tag_span(project, document, coder, each["tag"], span).current
            if each["tag"] == "actor":
                told["name"] = actors[told["name"]]
                describing.set_attribute(project, key, "name", told["name"])
            for field in waiting(project, key):
                name = field.attribute.id
                assert name in told, (each["text"], name)
                stopped += 1
                taken += field.value == told[name]
                describing.set_attribute(project, key, name, told[name])
            assert stops(project, key) == []
            left = told.keys() - values(project, key).keys()
            assert left <= {"as_of", "credibility"}, each["text"]
        assert stopped > 200
        assert taken / stopped > 0.3  # one key instead of choosing or typing


# ---- whatever one does


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["set", "clear", "confirm", "all", "retag", "edge"]),
        st.sampled_from(["value", "unit", "kind", "qualifier", "measures", "stance", "quotation", "issue", "nothing"]),
        st.sampled_from(["80,000", "count", "soldier", "support", "direct", "", "2022-13", "exact"]),
    ),
    max_size=8,
)


@given(ACTS)
@settings(max_examples=25, deadline=None)
def test_each_act_is_one_step_and_undoing_all_leads_back(tmp_path_factory, acts):
    with create_project(tmp_path_factory.mktemp("acts") / "p.annotator") as project:
        import_records(project, [DocumentRecord(text=TEXT, language="en")], report=Report(), format_name="text")
        add_coder(project, "Ann")
        key = tagged(project, "figure", "80,000 soldiers")
        coder, start = coder_of(project), TEXT.index("80,000")
        states = [queries.annotation(project, key)]
        for kind, attribute, value in acts:
            before = len(labels(project))
            try:
                if kind == "set":
                    describing.set_attribute(project, key, attribute, value)
                elif kind == "clear":
                    describing.clear_attribute(project, key, attribute)
                elif kind == "confirm":
                    describing.confirm_attribute(project, key, attribute)
                elif kind == "all":
                    describing.confirm_attributes(project, key)
                elif kind == "retag":
                    annotations.retag(project, key, "claim" if len(value) % 2 else "figure")
                else:
                    annotations.set_spans(project, key, [(start, start + 6 + len(value))])
            except AnnotatorError:
                assert queries.annotation(project, key) == states[-1]
            now = queries.annotation(project, key)
            assert len(labels(project)) == before + (now != states[-1])
            states += [now] * (now != states[-1])
            assert all(each["by"] in ("typed", "confirmed", "proposed") for each in now.attributes.values())
        while len(states) > 1:
            assert queries.annotation(project, key) == states.pop()
            history.undo(project, coder)
        assert queries.annotation(project, key) == states[0]
