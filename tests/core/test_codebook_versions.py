"""A codebook in use changes in versions: readable differences, what they touch, and tags retired or mapped."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.codebook import Attribute, Codebook, Example, RelationType, Rule, Tag
from annotator.model.codebook_diff import MARKS, diff, marked, marks_of, touched_tags, unmarked
from annotator.model.codebook_yaml import default_codebook, dump_codebook, load_codebook
from annotator.model.records import DocumentRecord
from annotator.operations import annotations, codebook_mapping, coders, history, relations
from annotator.operations import codebook_versions as versions
from annotator.operations.codebooks import set_codebook
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage import queries, relation_queries, version_queries
from annotator.storage.merge import merge
from annotator.storage.project import Project

TEXT = "Veldria will close the ports, said Dornath, and 80,000 soldiers stand at the river.\n"


def book(**changed):
    tag = Tag(
        "claim", "Claim", "#227a5f", "#8fd9c6", keys=("2", "c"), form="statement", definition="What is said.",
        rules=(Rule("C1", "Needs a source."), Rule("C2", "One claim per act.")),
        positive=(Example("we stay"),),
        attributes=(Attribute("kind", "enum", values=("denial", "promise")), Attribute("note")),
    )  # fmt: skip
    actor = Tag("actor", "Actor", "#123ea5", "#5b96ef", keys=("1", "a"), attributes=(Attribute("name", "entity"),))
    demand = Tag(
        "demand",
        "Demand",
        "#ae3a91",
        "#d08fcd",
        keys=("4", "d"),
        attributes=(Attribute("kind", "enum", values=("x",)),),
    )
    plain = Codebook(
        "test", "1", "Test", (actor, tag, demand), general_rules=(Rule("G1", "Code the text as it stands."),),
        relations=(RelationType("source", "said by", ("claim",), ("actor",)),),
    )  # fmt: skip
    return replace(plain, **changed)


def with_tag(codebook, tag, **changed):
    tags = tuple(replace(each, **changed) if each.id == tag else each for each in codebook.tags)
    return replace(codebook, tags=tags)


def with_rule(codebook, rule, text):
    tags = tuple(
        replace(tag, rules=tuple(replace(each, text=text) if each.id == rule else each for each in tag.rules))
        for tag in codebook.tags
    )
    return replace(codebook, tags=tags)


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator", codebook=book()) as made:
        import_records(made, [DocumentRecord(text=TEXT, title="Ports")], report=Report(), format_name="test")
        yield made


@pytest.fixture
def ann(project):
    return coders.add_coder(project, "Ann")[0]


def tagged(project, coder, tag, quote, document=1):
    start = TEXT.index(quote)
    return annotations.tag_span(project, document, coder, tag, [(start, start + len(quote))]).current


def touched(project, coder):
    return [each.annotation for each in versions.touched_annotations(project, coder)]


# ---- differences


OLD = book()
CLAIM = OLD.tag("claim")
CASES = {
    "wording": (
        with_rule(OLD, "C1", "It needs a source."),
        ("tags/claim/rules/C1", "wording", "rule C1 reads now “It needs a source.” (was “Needs a source.”)"),
    ),
    "definition": (
        with_tag(OLD, "claim", definition="What is reported."),
        ("tags/claim/definition", "wording", "definition reads now “What is reported.”"),
    ),
    "new rule": (
        with_tag(OLD, "claim", rules=(*CLAIM.rules, Rule("C3", "Outermost only."))),
        ("tags/claim/rules/C3", "new", "rule C3 is new: Outermost only."),
    ),
    "rule gone": (
        with_tag(OLD, "claim", rules=CLAIM.rules[:1]),
        ("tags/claim/rules/C2", "removed", "rule C2 is removed"),
    ),
    "more values": (
        with_tag(OLD, "claim", attributes=(replace(CLAIM.attributes[0], values=("denial", "promise", "refusal")),)),
        ("tags/claim/attributes/kind/values/more", "wider", "values also refusal now"),
    ),
    "fewer values": (
        with_tag(OLD, "claim", attributes=(replace(CLAIM.attributes[0], values=("denial",)), CLAIM.attributes[1])),
        ("tags/claim/attributes/kind/values/fewer", "narrower", "no longer promise"),
    ),
    "retired": (with_tag(OLD, "claim", retired=True), ("tags/claim/retired", "retired", "not set any more")),
    "pieces": (with_tag(OLD, "claim", pieces="several"), ("tags/claim/pieces", "wider", "pieces reads now “several”")),
    "paragraphs": (
        with_tag(OLD, "claim", across_paragraphs=True),
        ("tags/claim/across_paragraphs", "wider", "may cross a paragraph"),
    ),
    "colour": (with_tag(OLD, "claim", light="#000000"), ("tags/claim/light", "look", "#000000")),
    "keys": (with_tag(OLD, "claim", keys=("2",)), ("tags/claim/keys", "look", "2 (was 2 c)")),
    "example": (
        with_tag(OLD, "claim", positive=(Example("we stay"), Example("we go"))),
        ("tags/claim/positive/we go", "new", "“we go”"),
    ),
    "general rule": (
        replace(OLD, general_rules=(Rule("G1", "Code it."),)),
        ("general_rules/G1", "wording", "General rule G1 reads now “Code it.”"),
    ),
    "relation": (
        replace(OLD, relations=(replace(OLD.relations[0], from_tags=("claim", "demand"), max_per_from=1),)),
        ("relations/source/from/more", "wider", "begins at also demand now"),
    ),
    "order": (replace(OLD, tags=OLD.tags[::-1]), ("tags/order", "look", "The tags stand in another order")),
    "extra": (replace(OLD, extra={"principle": "Doubt."}), ("principle", "wording", "Doubt.")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_change_has_a_path_a_kind_and_a_sentence(name):
    new, (path, kind, sentence) = CASES[name]
    found = {each.path: each for each in diff(OLD, new)}
    assert path in found
    assert found[path].kind == kind
    assert sentence in found[path].sentence


def test_equal_codebooks_have_no_difference_and_tags_come_and_go():
    assert diff(OLD, book()) == []
    assert diff(default_codebook(), default_codebook()) == []
    (gone,) = diff(OLD, replace(OLD, tags=OLD.tags[:2]))
    assert (gone.path, gone.kind, gone.sentence) == ("tags/demand", "removed", "Tag “demand” is removed")
    (made,) = diff(replace(OLD, tags=OLD.tags[:2]), OLD)
    assert (made.path, made.kind) == ("tags/demand", "new")


texts = st.sampled_from(["", "a", "b", "c d"])
rules = st.lists(st.sampled_from("RST"), unique=True).flatmap(
    lambda ids: st.tuples(*(st.builds(Rule, st.just(own), st.sampled_from(["x", "y"])) for own in ids))
)
attributes = st.lists(st.sampled_from("pq"), unique=True).flatmap(
    lambda ids: st.tuples(*(st.builds(Attribute, st.just(own), label=texts, advice=texts) for own in ids))
)
tags = st.lists(st.sampled_from("uvw"), unique=True, min_size=1).flatmap(
    lambda ids: st.tuples(
        *(
            st.builds(
                Tag, st.just(own), st.sampled_from(["U", "V"]), st.just("#123ea5"),
                st.sampled_from(["#5b96ef", "#8fd9c6"]),
                definition=texts, rules=rules, attributes=attributes, retired=st.booleans(),
                across_paragraphs=st.booleans(), pieces=st.sampled_from(["one", "several"]),
                bar=st.sampled_from(["solid", "dot"]), extra=st.dictionaries(st.sampled_from("kl"), texts),
            )
            for own in ids
        )
    )
)  # fmt: skip
books = st.builds(
    Codebook, st.just("b"), st.sampled_from(["1", "2"]), st.just("B"), tags, extra=st.dictionaries(texts, texts)
)


@settings(max_examples=200, deadline=None)
@given(books, books)
def test_no_difference_is_overlooked_and_every_path_stands_once(old, new):
    found = diff(old, new)
    assert (found == []) == (old == new)
    paths = [each.path for each in found]
    assert len(set(paths)) == len(paths)
    assert all(each.sentence and each.kind for each in found)


# ---- marks


def test_marks_travel_with_the_version_and_are_no_difference_themselves():
    new = with_rule(OLD, "C1", "Needs a named source.")
    changes = diff(OLD, new, {"tags/claim/rules/C1": "narrower"})
    assert [each.kind for each in changes] == ["narrower"]
    noted = marked(new, changes)
    again = load_codebook(dump_codebook(noted))
    assert marks_of(again) == {"tags/claim/rules/C1": "narrower"}
    assert unmarked(again) == new
    assert diff(new, again) == []
    assert touched_tags(again) == {"claim"}


@pytest.mark.parametrize(
    ("path", "kind", "tags"),
    [
        ("tags/claim/rules/C1", "wording", set()),
        ("tags/claim/rules/C1", "wider", {"claim"}),
        ("tags/claim/rules/C9", "new", {"claim"}),
        ("tags/claim/positive/x", "new", set()),
        ("tags/claim/attributes/x", "new", set()),
        ("tags/claim", "new", set()),
        ("general_rules/G1", "narrower", {"actor", "claim", "demand"}),
        ("boundary_rules/B1", "new", {"actor", "claim", "demand"}),
        ("relations/source/from/more", "wider", set()),
    ],
)
def test_which_tags_a_change_touches(path, kind, tags):
    assert touched_tags(replace(OLD, extra={"changes": [{"path": path, "kind": kind}]})) == tags


def test_damaged_notes_of_changes_are_overlooked():
    for noted in ("x", [1, {"path": 3, "kind": "wider"}, {"path": "tags/claim", "kind": "odd"}], {}):
        assert marks_of(replace(OLD, extra={"changes": noted})) == {}


# ---- versions in a project


def test_an_annotation_knows_the_version_it_was_made_under_and_last_confirmed_under(project, ann):
    first = version_queries.versions(project)[-1].id
    claim, actor = tagged(project, ann, "claim", "close the ports"), tagged(project, ann, "actor", "Dornath")
    versions.update_codebook(
        project, with_rule(book(), "C1", "Needs a named source."), {"tags/claim/rules/C1": "narrower"}
    )
    assert touched(project, ann) == [claim]
    assert [each.kind for each in versions.what_touched(project, claim)] == ["narrower"]
    assert versions.what_touched(project, actor) == []
    new = tagged(project, ann, "claim", "80,000 soldiers stand")
    assert touched(project, ann) == [claim]
    assert versions.confirm_still_right(project, claim).said == "Still right: “close the ports”"
    assert touched(project, ann) == []
    found = queries.annotation(project, claim)
    assert found.codebook_made == first
    assert found.codebook_confirmed == queries.annotation(project, new).codebook_made != first
    assert not versions.confirm_still_right(project, claim).history
    history.undo(project, ann)
    assert touched(project, ann) == [claim]


def test_whoever_gives_another_tag_has_looked_at_the_annotation_by_the_new_rules(project, ann):
    actor = tagged(project, ann, "actor", "close the ports")
    versions.update_codebook(project, with_rule(book(), "C1", "Named."), {"tags/claim/rules/C1": "narrower"})
    annotations.retag(project, actor, "claim")
    assert touched(project, ann) == []
    history.undo(project, ann)
    assert touched(project, ann) == []


def test_wording_touches_nothing_and_two_versions_add_up(project, ann):
    claim = tagged(project, ann, "claim", "close the ports")
    demand = tagged(project, ann, "demand", "80,000 soldiers")
    second = with_rule(book(version="2"), "C2", "One claim for each act.")
    versions.update_codebook(project, second)
    assert touched(project, ann) == []
    third = with_tag(second, "claim", rules=(*second.tag("claim").rules, Rule("C3", "Outermost only.")))
    versions.update_codebook(project, third)
    fourth = replace(third, general_rules=(*third.general_rules, Rule("G2", "Headlines too.")))
    versions.update_codebook(project, fourth)
    assert touched(project, ann) == [claim, demand]
    assert [each.path for each in versions.what_touched(project, claim)] == ["tags/claim/rules/C3", "general_rules/G2"]
    assert len(version_queries.versions(project)) == 4
    listed = version_queries.versions(project)
    assert [each.parent for each in listed[1:]] == [each.id for each in listed[:-1]]


def test_an_update_is_one_step_and_its_undo_brings_the_old_version_back(project, ann):
    new = with_tag(book(version="2"), "claim", definition="What is reported.")
    changes = versions.update_codebook(project, new, coder=ann)
    assert changes.said == "Codebook Test 2: 1 change"
    assert changes.codebook
    assert unmarked(queries.codebook_version(project)[1]) == new
    history.undo(project, ann)
    assert queries.codebook_version(project)[1] == book()
    # The same change again is the same version again.
    versions.update_codebook(project, new, coder=ann)
    assert unmarked(queries.codebook_version(project)[1]) == new
    assert len(version_queries.versions(project)) == 2
    assert not versions.update_codebook(project, new, coder=ann).history
    set_codebook(project, book())
    history.undo(project, None)
    set_codebook(project, book())
    assert queries.codebook_version(project)[1] == book()


def test_an_exported_codebook_does_not_repeat_its_old_marks(project, ann):
    versions.update_codebook(project, with_rule(book(), "C1", "Named."), {"tags/claim/rules/C1": "narrower"})
    exported = load_codebook(dump_codebook(queries.codebook_version(project)[1]))
    edited = with_rule(exported, "C1", "A source that is named.")
    assert [each.kind for each in versions.changes_to(project, edited)] == ["wording"]
    written = replace(edited, extra={"changes": [{"path": "tags/claim/rules/C1", "kind": "wider"}]})
    assert [each.kind for each in versions.changes_to(project, written)] == ["wider"]


def test_a_tag_in_use_is_not_left_out_and_marks_must_fit(project, ann):
    tagged(project, ann, "claim", "close the ports")
    before = version_queries.versions(project)
    without = replace(book(), tags=tuple(tag for tag in book().tags if tag.id != "claim"), relations=())
    with pytest.raises(AnnotatorError, match="“claim”, which is in use"):
        versions.update_codebook(project, without)
    new = with_rule(book(), "C1", "Named.")
    with pytest.raises(AnnotatorError, match="no change at"):
        versions.update_codebook(project, new, {"tags/claim/rules/C2": "wider"})
    with pytest.raises(AnnotatorError, match="no kind of change"):
        versions.update_codebook(project, new, {"tags/claim/rules/C1": "odd"})
    assert version_queries.versions(project) == before
    unused = replace(book(), tags=book().tags[:2])
    assert [each.path for each in versions.changes_to(project, unused)] == ["tags/demand"]
    versions.update_codebook(project, unused)


def test_two_heads_after_a_merge_stay_and_the_later_is_current(project, ann, tmp_path):
    claim = tagged(project, ann, "claim", "close the ports")
    project.copy_to(tmp_path / "q.annotator")
    with Project.open(tmp_path / "q.annotator") as other:
        versions.update_codebook(project, with_rule(book(version="here"), "C1", "A."), {"tags/claim/rules/C1": "wider"})
        there = with_rule(book(version="there"), "C2", "B.")
        versions.update_codebook(other, there, {"tags/claim/rules/C2": "narrower"})
        merge(project, other)
        assert [each.version for each in version_queries.heads(version_queries.versions(project))] == ["here", "there"]
        assert queries.codebook_version(project)[1].version == "there"
        assert touched(project, ann) == [claim]
        assert [each.path for each in versions.what_touched(project, claim)] == ["tags/claim/rules/C2"]
        versions.confirm_still_right(project, claim)
        assert touched(project, ann) == []


# ---- retiring and mapping


def test_a_retired_tag_stays_where_it_is(project, ann):
    claim = tagged(project, ann, "claim", "close the ports")
    codebook_mapping.retire_tag(project, "claim")
    codebook = queries.codebook_version(project)[1]
    assert [tag.id for tag in codebook.active_tags] == ["actor", "demand"]
    assert queries.annotation(project, claim).tag == "claim"
    history.undo(project, None)
    assert [tag.id for tag in queries.codebook_version(project)[1].active_tags] == ["actor", "claim", "demand"]


def test_a_tag_is_mapped_for_everyone_in_one_step_that_undo_takes_back(project, ann):
    ben, _ = coders.add_coder(project, "Ben")
    hers, his = (tagged(project, each, "claim", "close the ports") for each in (ann, ben))
    twin = tagged(project, ben, "demand", "close the ports")
    actor = tagged(project, ann, "actor", "Dornath")
    relations.add_relation(project, "source", hers, actor)
    with project.step("values") as step:
        values = '{"kind":{"value":"denial","by":"typed"},"note":{"value":"n","by":"typed"}}'
        step.update("annotation", hers, {"attributes": values})
    before = [queries.annotation(project, each) for each in (hers, his, twin)]
    changes = codebook_mapping.map_tag(project, "claim", "demand")
    assert changes.said == "Mapped the tag claim to demand: 2 annotations"
    assert [queries.annotation(project, each).tag for each in (hers, his)] == ["demand", "demand"]
    assert queries.annotation(project, hers).attributes == {}
    assert queries.codebook_version(project)[1].tag("claim").retired
    assert changes.warnings == (
        "2 values of attributes that demand does not have went",
        "1 span now carries the tag demand twice",
        "the codebook does not allow 1 link at demand",
    )
    assert len(relation_queries.relations_at(project, hers)) == 1
    history.undo(project, None)
    assert [queries.annotation(project, each) for each in (hers, his, twin)] == before
    assert not queries.codebook_version(project)[1].tag("claim").retired
    history.redo(project, None)
    assert queries.annotation(project, his).tag == "demand"


def test_values_that_the_other_tag_knows_stay(project, ann):
    claim = tagged(project, ann, "claim", "close the ports")
    with project.step("value") as step:
        step.update("annotation", claim, {"attributes": '{"kind":{"value":"x","by":"typed"}}'})
    codebook_mapping.map_tag(project, "claim", "demand", retire=False)
    assert queries.annotation(project, claim).attributes == {"kind": {"value": "x", "by": "typed"}}
    assert not queries.codebook_version(project)[1].tag("claim").retired


@pytest.mark.parametrize(("old", "new"), [("claim", "claim"), ("claim", "rumour")])
def test_a_tag_is_mapped_to_another_that_can_be_set(project, ann, old, new):
    tagged(project, ann, "claim", "close the ports")
    with pytest.raises(AnnotatorError, match="cannot be mapped"):
        codebook_mapping.map_tag(project, old, new)


ACT = st.tuples(
    st.sampled_from(["tag", "map", "update", "undo", "redo", "confirm"]), st.integers(0, 2), st.integers(0, 2)
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACT, max_size=15))
def test_whatever_happens_everything_undoes_and_every_tag_is_known(listed):
    with (
        tempfile.TemporaryDirectory() as folder,
        create_project(Path(folder) / "p.annotator", codebook=book()) as project,
    ):
        import_records(project, [DocumentRecord(text=TEXT)], report=Report(), format_name="test")
        ann, _ = coders.add_coder(project, "Ann")
        ids, kinds = ("actor", "claim", "demand"), [*MARKS, None]
        keys = [tagged(project, ann, tag, "close the ports") for tag in ids]
        begin, start = history.history.steps(project)[0].key, state(project)
        for number, (kind, one, two) in enumerate(listed):
            before = state(project)
            try:
                if kind == "map":
                    codebook_mapping.map_tag(project, ids[one], ids[two], coder=ann)
                elif kind == "update":
                    current = queries.codebook_version(project)[1]
                    new = with_tag(current, ids[one], definition=f"Number {number}.")
                    mark = kinds[two]
                    marks = {f"tags/{ids[one]}/definition": mark} if mark else {}
                    versions.update_codebook(project, new, marks, coder=ann)
                elif kind == "tag":
                    annotations.tag_span(project, 1, ann, ids[one], [(two, two + 3)])
                elif kind == "confirm":
                    versions.confirm_still_right(project, keys[one])
                    assert keys[one] not in touched(project, ann)
                elif kind == "undo" and (step := history.history.next_undo(project, ann)) and step.key > begin:
                    history.undo(project, ann)
                elif kind == "redo":
                    history.redo(project, ann)
            except AnnotatorError:
                assert state(project) == before
            codebook = queries.codebook_version(project)[1]
            assert all(codebook.tag(tag) for tag in queries.tags_in_use(project))
        while (step := history.history.next_undo(project, ann)) and step.key > begin:
            history.undo(project, ann)
        assert state(project) == start


def state(project):
    reading = queries.reading(project, 1, 1).key
    return queries.codebook_version(project), queries.annotations_of_reading(project, reading)
