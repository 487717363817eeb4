"""The commands about the codebook as a shell sees them, and what info and check say of actors."""

import json

import pytest
from click.testing import CliRunner

from annotator.cli import cli
from annotator.formats.report import Report
from annotator.model.codebook_yaml import default_codebook, read_codebook
from annotator.model.records import DocumentRecord
from annotator.operations import annotations, coders, describing, entities
from annotator.operations.check import check_project
from annotator.operations.import_records import import_records
from annotator.operations.info import project_info
from annotator.operations.projects import create_project
from annotator.storage import entity_queries, queries
from annotator.storage.project import Project

TEXT = "Veldria will close the ports, said Dornath.\n"


@pytest.fixture
def path(tmp_path):
    with create_project(tmp_path / "p.annotator") as project:
        import_records(project, [DocumentRecord(text=TEXT, title="Ports")], report=Report(), format_name="test")
        ann, _ = coders.add_coder(project, "Ann")
        annotations.tag_span(project, 1, ann, "claim", [(8, 28)])
        annotations.tag_span(project, 1, ann, "actor", [(35, 42)])
    return tmp_path / "p.annotator"


def call(*words, code=0):
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def answer(*words):
    return json.loads(call(*words, "--json").stdout)


def refused(*words):
    result = call(*words, code=2)
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr.strip()


def changed(path, tmp_path, old, new, name="new.yaml"):
    """The codebook of a project in a file, with one thing changed by hand."""
    file = tmp_path / name
    call("codebook", "export", path, file)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return file


# ---- show and export


def test_show_says_what_the_codebook_holds_and_how_much_is_in_use(path):
    shown = call("codebook", "show", path).stdout
    codebook = default_codebook()
    assert "Claim (2 c) – claim, 1 annotation" in shown
    for tag in codebook.tags:
        assert tag.definition in shown
        assert all(rule.text in shown for rule in tag.rules)
    assert "target, against (g): from claim, threat to actor" in shown
    told = answer("codebook", "show", path)
    assert told["in_use"] == {"actor": 1, "claim": 1}
    assert [tag["id"] for tag in told["codebook"]["tags"]] == [tag.id for tag in codebook.tags]
    assert [each["parent"] for each in told["versions"]] == [None]


@pytest.mark.parametrize("name", ["out.yaml", "out.yml", "out.json", "out.YAML"])
def test_an_exported_codebook_is_the_same_codebook(path, tmp_path, name):
    told = answer("codebook", "export", path, tmp_path / name)
    assert told == {"file": str(tmp_path / name), "lost": {}}
    assert read_codebook(tmp_path / name) == default_codebook()
    assert answer("codebook", "update", path, tmp_path / name)["changes"] == []


def test_a_refi_qda_codebook_says_what_it_cannot_hold_and_changes_nothing_on_its_way_back(path, tmp_path):
    said = call("codebook", "export", path, tmp_path / "out.qdc").stdout
    assert "What this format cannot hold:\n  relations: 9\n" in said
    assert "The codebook is this one already." in call("codebook", "update", path, tmp_path / "out.qdc").stdout


def test_a_file_of_no_known_kind_is_not_written(path, tmp_path):
    assert "ends with .yaml" in refused("codebook", "export", path, tmp_path / "out.txt")
    assert not (tmp_path / "out.txt").exists()


# ---- update


def test_update_lists_the_changes_and_marks_them(path, tmp_path):
    file = changed(path, tmp_path, "One claim per act per source.", "One claim per act.")
    rehearsed = answer("codebook", "update", path, file, "--dry-run")
    assert [each["path"] for each in rehearsed["changes"]] == ["tags/claim/rules/C2"]
    assert rehearsed["done"] == []
    with Project.open(path) as project:
        assert queries.codebook_version(project)[1] == default_codebook()
    said = call("codebook", "update", path, file, "--mark", "tags/claim/rules/C2=wider").stdout
    assert "[wider: tags/claim/rules/C2]" in said
    assert "One claim per act" in call("codebook", "show", path).stdout
    assert len(answer("codebook", "show", path)["versions"]) == 2
    assert "this one already" in call("codebook", "update", path, file).stdout


def test_a_tag_in_use_is_refused_to_go_unless_it_is_mapped(path, tmp_path):
    file = tmp_path / "less.json"
    call("codebook", "export", path, file)
    plain = json.loads(file.read_text("utf-8"))
    plain["tags"] = [tag for tag in plain["tags"] if tag["id"] != "claim"]
    for relation in plain["relations"]:
        for end in ("from", "to"):
            relation[end] = [tag for tag in relation[end] if tag != "claim"]
    file.write_text(json.dumps(plain), "utf-8")
    for dry in ([], ["--dry-run"]):
        assert "“claim”, which is in use" in refused("codebook", "update", path, file, *dry)
    assert "cannot be mapped" in refused("codebook", "update", path, file, "--map", "claim=rumour")
    assert len(answer("codebook", "show", path)["versions"]) == 1
    done = answer("codebook", "update", path, file, "--map", "claim=demand")["done"]
    assert done[0] == "Mapped the tag claim to demand: 1 annotation"
    told = answer("codebook", "show", path)
    assert told["in_use"] == {"actor": 1, "demand": 1}
    assert "claim" not in [tag["id"] for tag in told["codebook"]["tags"]]


def test_a_tag_that_stays_is_mapped_and_retired(path, tmp_path):
    file = changed(path, tmp_path, "One claim per act per source.", "One claim per act.")
    call("codebook", "update", path, file, "--map", "claim=demand")
    told = answer("codebook", "show", path)
    assert told["in_use"] == {"actor": 1, "demand": 1}
    assert [tag["id"] for tag in told["codebook"]["tags"] if tag.get("retired")] == ["claim"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--mark", "tags/claim/rules/C2=odd"], "is no kind of change"),
        (["--mark", "tags/claim/rules/C9=wider"], "There is no change at"),
        (["--map", "claim=claim"], "cannot be mapped"),
    ],
)
def test_wrong_words_change_nothing(path, tmp_path, words, reason):
    file = changed(path, tmp_path, "One claim per act per source.", "One claim per act.")
    assert reason in refused("codebook", "update", path, file, *words)
    assert len(answer("codebook", "show", path)["versions"]) == 1


def test_a_faulty_file_is_named_with_its_line(path, tmp_path):
    file = changed(path, tmp_path, "'#227a5f'", "green")
    assert "line" in refused("codebook", "update", path, file)
    assert "cannot be read" in refused("codebook", "update", path, tmp_path / "none.qdc")
    (tmp_path / "bad.qdc").write_text("<!DOCTYPE x><CodeBook/>")
    assert "DOCTYPE" in refused("codebook", "update", path, tmp_path / "bad.qdc")
    call("codebook", "update", path, file, "--map", "claim", code=2)


# ---- info and check


def test_info_counts_actors_merged_ones_once(path):
    with Project.open(path) as project:
        one, _ = entities.add_entity(project, "Dornath")
        other, _ = entities.add_entity(project, "Vera Dornath")
        entities.merge_entities(project, other, [one])
        assert project_info(project).entities == 1
    assert answer("info", path)["entities"] == 1
    assert "1 actor\n" in call("info", path).stdout


def test_check_finds_actors_that_are_not_there(path):
    with Project.open(path) as project:
        actor, _ = entities.add_entity(project, "Dornath")
        describing.set_attribute(project, 2, "name", actor)
        assert check_project(project) == []
        with project.step("damage") as step:
            step.update("annotation", 2, {"attributes": '{"name":{"value":"gone","by":"typed"}}'})
            step.update("entity", 1, {"same_as": "nowhere"})
        found = [(each.kind, each.where) for each in check_project(project)]
    assert found == [("actor", "actor “Dornath”"), ("actor", "“Ports”, Ann, actor “Dornath”")]
    assert call("check", path, code=1).stdout.count("not there") == 2


@pytest.mark.parametrize("cell", ["{", "5", '{"a": 1}', '[1, null, "x"]'])
def test_damaged_cells_of_actors_are_told_and_stop_nothing(path, cell):
    with Project.open(path) as project:
        entities.add_entity(project, "Dornath", aliases=["D"])
        project.connection.execute("UPDATE entity SET aliases = ?, country = ?, extra = ?", (cell, cell, cell))
        project.connection.execute("UPDATE annotation SET attributes = ? WHERE key = 2", (cell,))
    with Project.open(path) as project:
        kinds = {each.kind for each in check_project(project)}
        assert len(entity_queries.registry(project).exact("Dornath")) == 1
        assert project_info(project).entities == 1
    assert "json" in kinds
