"""The seed article's gold annotation is entered by the operations of the product, exported, and comes back equal."""

import hashlib
import json

import pytest

from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.operations import annotations, coders, describing, entities, history, notes, relations
from annotator.operations.check import check_project
from annotator.operations.describing_links import set_link_attribute
from annotator.operations.export import export
from annotator.operations.import_records import import_records
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.storage import entity_queries, queries, relation_queries
from tests.core.seed_gold import expected, held


@pytest.fixture(scope="module")
def gold(shared):
    return json.loads((shared / "reference/seed/gold.json").read_text("utf-8"))


def actor(project, name):
    (found,) = entity_queries.registry(project).exact(name)
    return found


def make(path, shared):
    project = create_project(path)
    text = (shared / "reference/seed/article.txt").read_text("utf-8")
    record = DocumentRecord(text=text, title="Geneva talks", language="en", date="2022-01-10")
    import_records(project, [record], report=Report(), format_name="test")
    return project


def enter(project, gold):
    """All of the gold annotation, each act by the operation that the window calls; returns gold id → key."""
    coder, _ = coders.add_coder(project, "Gold")
    for each in gold["annotations"]:
        if each["tag"] == "actor":
            told = each["attributes"]
            if not entity_queries.registry(project).exact(told["name"]):
                country = told.get("country", [])
                entities.add_entity(project, told["name"], type=told["type"], country=country, coder=coder)
    keys = {}
    for each in gold["annotations"]:
        changes = annotations.tag_span(project, 1, coder, each["tag"], [(each["start"], each["end"])])
        keys[each["id"]] = key = changes.current
        for name, value in each["attributes"].items():
            if name == "name":
                describing.set_attribute(project, key, "name", actor(project, value).id)
            else:
                describing.set_attribute(project, key, name, value)
        if each.get("note"):
            notes.set_note(project, key, each["note"])
    for each in gold["relations"]:
        relations.add_relation(project, each["type"], keys[each["from"]], keys[each["to"]])
        link = relation_queries.relation_between(project, each["type"], keys[each["from"]], keys[each["to"]])
        for name, value in each.get("attributes", {}).items():
            set_link_attribute(project, link.key, name, value)
        if each.get("note"):
            relations.set_relation_note(project, link.key, each["note"])
    return coder, keys


def exported(project, path):
    report = export(project, path, format_name="jsonl")
    assert report.lost == {}
    assert (report.annotations, report.relations) == (75, 51)
    return path.read_bytes(), path.with_name(path.name + ".project.json").read_bytes()


def test_the_gold_annotation_is_entered_exported_and_comes_back_equal(shared, gold, tmp_path):
    assert (len(gold["annotations"]), len(gold["relations"])) == (75, 51)
    with make(tmp_path / "p.annotator", shared) as project:
        coder, _ = enter(project, gold)
        assert hashlib.sha256(queries.text_of(project, 1).encode()).hexdigest() == gold["document"]["sha256"]
        assert held(project, coder) == expected(gold)
        assert check_project(project) == []
        first = exported(project, tmp_path / "one.jsonl")
    with create_project(tmp_path / "q.annotator") as other:
        _, report = import_paths(other, [tmp_path / "one.jsonl"])
        assert (report.refused, report.repaired) == ([], [])
        (person,) = queries.coders(other)
        assert held(other, person.key) == expected(gold)
        assert check_project(other) == []
        assert exported(other, tmp_path / "two.jsonl") == first


def test_all_of_it_undoes_one_step_for_each_act(shared, gold, tmp_path):
    with make(tmp_path / "p.annotator", shared) as project:
        before = history.history.steps(project, limit=10_000)[0].key
        coder, _ = enter(project, gold)
        done = [step for step in history.history.steps(project, limit=10_000) if step.key > before]
        values = sum(len(each["attributes"]) for each in gold["annotations"])
        most = (
            75
            + 51
            + values
            + len(entity_queries.registry(project).mains)
            + sum("note" in each for each in gold["annotations"])
        )
        assert len([step for step in done if step.kind == "act"]) <= most + len(gold["relations"])
        assert all(step.label for step in done)
        while (step := history.history.next_undo(project, coder)) is not None and step.kind == "act":
            history.undo(project, coder)
        assert queries.annotations_of(project, 1, coder) == []
        assert relation_queries.relations_of(project, queries.reading(project, 1, coder).key) == []
        assert entity_queries.registry(project).by_id == {}


def test_merged_actors_and_their_notes_survive_the_way_out_and_in(shared, gold, tmp_path):
    with make(tmp_path / "p.annotator", shared) as project:
        coder, keys = enter(project, gold)
        nato, russia = actor(project, "NATO").id, actor(project, "Russia").id
        kreml, _ = entities.add_entity(project, "Kremlin", aliases=["the Kremlin", "=1;2"], note="a building\ntoo")
        entities.merge_entities(project, russia, [kreml], coder=coder)
        entities.set_entity_fields(project, nato, note="founded 1949", coder=coder)
        describing.set_attribute(project, keys["A15"], "name", kreml)
        first = exported(project, tmp_path / "one.jsonl")
        known = entity_queries.registry(project)
        told = {own: (each.names, each.note, each.same_as) for own, each in known.by_id.items()}
    with create_project(tmp_path / "q.annotator") as other:
        import_paths(other, [tmp_path / "one.jsonl"])
        again = entity_queries.registry(other)
        assert {own: (each.names, each.note, each.same_as) for own, each in again.by_id.items()} == told
        assert again.main(kreml).name == "Russia"
        assert len(entity_queries.mentions(other, russia)) == len(
            [each for each in gold["annotations"] if each["attributes"].get("name") == "Russia"]
        ) + (gold_name(gold, "A15") != "Russia")
        assert exported(other, tmp_path / "two.jsonl") == first


def gold_name(gold, own):
    return next(each["attributes"]["name"] for each in gold["annotations"] if each["id"] == own)


# ---- actors in a file that means harm, or was edited by hand

OWN = "0b09a134-461b-55e0-ae27-27fe3a9cd80e"
OTHER = "0b89aa55-ca6a-548b-9bf6-2863667b08eb"
FAULTS = {
    "no id": ({"name": "X"}, "refused", "no id of ours"),
    "odd id": ({"id": ["x"], "name": "X"}, "refused", "no id of ours"),
    "no name": ({"id": OWN, "name": " "}, "refused", "no name"),
    "aliases": ({"id": OWN, "name": "X", "aliases": "Y"}, "refused", "“aliases” is no list of texts"),
    "country": ({"id": OWN, "name": "X", "country": [1]}, "refused", "“country” is no list of texts"),
    "note": ({"id": OWN, "name": "X", "note": {"a": 1}}, "refused", "“note” is no text"),
    "same_as": ({"id": OWN, "name": "X", "same_as": {"a": 1}}, "refused", "“same_as” is no text"),
    "nowhere": ({"id": OWN, "name": "X", "same_as": OTHER}, "warnings", "which is not there"),
}


@pytest.mark.parametrize(("record", "where", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_actor_is_reported_with_its_place_and_the_rest_is_read(tmp_path, record, where, reason):
    (tmp_path / "a.jsonl").write_text('{"text": "Kyiv said no."}\n')
    good = {"id": "89bbae12-4d84-5530-aaf4-bf2b1e2d5e35", "name": "Kyiv", "colour": "blue"}
    beside = {"format": "annotator-project", "version": 1, "entities": [record, good]}
    (tmp_path / "a.jsonl.project.json").write_text(json.dumps(beside))
    with create_project(tmp_path / "p.annotator") as project:
        _, report = import_paths(project, [tmp_path / "a.jsonl"])
        assert any(reason in str(each) and "entity 1" in str(each) for each in getattr(report, where)), report
        known = entity_queries.registry(project)
        assert known.by_id[good["id"]].extra == {"colour": "blue"}
        assert (OWN in known.by_id) == (record.get("id") == OWN and record["name"].strip() != "")
        import_paths(project, [tmp_path / "a.jsonl"])
        assert dict(entity_queries.registry(project).by_id) == dict(known.by_id)


def test_what_a_file_does_not_state_of_an_actor_stays(tmp_path):
    with create_project(tmp_path / "p.annotator") as project:
        kyiv, _ = entities.add_entity(project, "Kyiv", aliases=["Kiev"], note="capital")
        (tmp_path / "a.jsonl").write_text('{"text": "Kyiv said no."}\n')
        beside = {
            "format": "annotator-project",
            "version": 1,
            "entities": [{"id": kyiv, "name": "Kyiv", "type": "state"}],
        }
        (tmp_path / "a.jsonl.project.json").write_text(json.dumps(beside))
        import_paths(project, [tmp_path / "a.jsonl"])
        found = entity_queries.resolve(project, kyiv)
        assert (found.aliases, found.note, found.type) == (("Kiev",), "capital", "state")
