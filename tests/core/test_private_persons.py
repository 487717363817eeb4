"""Private persons leave under pseudonyms, in every format; texts stay, and both is counted; the project keeps them."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import cli
from annotator.errors import AnnotatorError
from annotator.formats.registry import FORMATS
from annotator.formats.report import Report
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord
from annotator.model.span import Span
from annotator.operations.entities import add_entity, merge_entities, set_entity_fields
from annotator.operations.export import export, foresee
from annotator.operations.export_choice import Wanted
from annotator.operations.import_records import import_records
from annotator.operations.imports import import_paths
from annotator.operations.private_persons import IN_NOTES, IN_TEXTS, REPLACED
from annotator.operations.projects import create_project
from annotator.operations.recipes import Recipe, recipe_named, save_recipe
from annotator.operations.release import Release
from annotator.storage import entity_queries

TEXT = "A baker, Ilse Quandt, said no. The minister said yes."
WRITTEN = [each for each in FORMATS if each.writes]
ANNA = Wanted(coders=("Anna",))


@pytest.fixture
def project(tmp_path: Path):
    with create_project(tmp_path / "p.annotator", title="Talks") as found:
        ilse, _ = add_entity(found, "Ilse Quandt", aliases=["Frau Quandt"], type="person", note="lives in Bonn")
        add_entity(found, "Minister of Defence", type="office")
        set_entity_fields(found, ilse, private=True)
        record = DocumentRecord(
            TEXT,
            title="The baker",
            readings=(ReadingRecord("Anna", state="done"),),
            annotations=(
                AnnotationRecord(
                    "Anna",
                    "actor",
                    (Span(9, 20),),
                    attributes={"name": {"value": ilse, "by": "typed"}},
                    note="is it she?",
                ),
                AnnotationRecord("Anna", "claim", (Span(22, 29),), note="Frau Quandt, surely"),
            ),
        )
        report = Report()
        import_records(found, [record], report=report, format_name="jsonl")
        assert not report.refused
        yield found


def written(project, folder: Path, kind="jsonl", **more) -> tuple[dict[str, int], str]:
    folder.mkdir()
    found = next(each for each in WRITTEN if each.name == kind)
    dest = folder / ("out" if found.folder else f"out{found.patterns[0][1:]}")
    told = export(project, dest, format_name=kind, wanted=ANNA, **more)
    held = [each.read_bytes() for each in folder.rglob("*") if each.is_file()]
    return told.lost, b"\n".join(held).decode("utf-8", "replace")


@pytest.mark.parametrize("kind", [each.name for each in WRITTEN if each.installed])
def test_no_format_tells_who_it_is_but_by_the_text(project, tmp_path, kind):
    lost, said = written(project, tmp_path / "out", kind)
    assert "Frau Quandt" not in said
    assert "lives in Bonn" not in said
    assert lost[REPLACED] == 1
    assert lost.get(IN_TEXTS, 0) == (kind != "offsets")


def test_the_actor_goes_under_one_pseudonym_and_others_keep_their_names(project, tmp_path):
    lost, _ = written(project, tmp_path / "out")
    told = json.loads((tmp_path / "out" / "out.jsonl.project.json").read_text())
    names = {each["name"] for each in told["entities"]}
    (pseudonym,) = names - {"Minister of Defence"}
    assert pseudonym.startswith("person-")
    line = json.loads((tmp_path / "out" / "out.jsonl").read_text())
    assert [each["note"] for each in line["annotations"]] == ["is it she?", f"{pseudonym}, surely"]
    assert line["text"] == TEXT  # offsets count on it
    assert lost[IN_NOTES] == 1
    _, again = written(project, tmp_path / "again", "csv")
    assert pseudonym in again  # the same in every export


def test_each_release_has_pseudonyms_of_its_own(project, tmp_path):
    said = [written(project, tmp_path / name, "offsets", release=Release(name))[1] for name in ("june", "july")]
    assert all("Quandt" not in each for each in said)
    june, july = (set(re.findall("person-[0-9a-f]{8}", each)) for each in said)
    assert (len(june), len(july)) == (1, 1)
    assert june != july


def test_names_go_along_where_a_person_says_so_and_never_in_a_release(project, tmp_path):
    lost, said = written(project, tmp_path / "out", private_names=True)
    assert "Frau Quandt" in said
    assert REPLACED not in lost
    with pytest.raises(AnnotatorError, match="never names private persons"):
        foresee(project, Recipe("jsonl", ANNA, release=Release("June"), private_names=True))


def test_an_export_that_comes_back_takes_no_name_away(project, tmp_path):
    written(project, tmp_path / "out")
    import_paths(project, [tmp_path / "out" / "out.jsonl"])
    assert {each.name for each in entity_queries.registry(project).mains} == {"Ilse Quandt", "Minister of Defence"}
    with create_project(tmp_path / "other.annotator", title="Other") as other:
        import_paths(other, [tmp_path / "out" / "out.jsonl"])
        (private,) = [each for each in entity_queries.registry(other).mains if each.is_private]
        assert private.name.startswith("person-")


def test_who_is_merged_into_a_private_person_is_one_too(project, tmp_path):
    registry = entity_queries.registry(project)
    (ilse,) = registry.exact("Ilse Quandt")
    other, _ = add_entity(project, "I. Quandt-Meyer")
    merge_entities(project, ilse.id, [other])
    assert "Meyer" not in written(project, tmp_path / "out")[1]


def test_the_card_of_a_dataset_says_it(project, tmp_path):
    written(project, tmp_path / "out", "huggingface", release=Release("June"))
    card = (tmp_path / "out" / "out" / "README.md").read_text()
    assert "1 actor marked as a private person: under a pseudonym. Texts may still name them." in card


def test_the_commands_mark_list_and_export(project, tmp_path):
    path = str(project.path)
    save_recipe(project, "with names", Recipe("jsonl", ANNA, private_names=True))
    assert recipe_named(project, "with names").private_names

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(cli, list(arguments), standalone_mode=False)
        assert done.exception is None, done.exception
        return done.output

    told = json.loads(run("actors", path, "--public", "Ilse Quandt", "--private", "Minister of Defence", "--json"))
    assert {each["name"]: each["private"] for each in told} == {"Ilse Quandt": False, "Minister of Defence": True}
    lost = json.loads(run("export", path, str(tmp_path / "o.jsonl"), "--json"))["lost"]
    assert lost[REPLACED] == 1
    lost = json.loads(run("export", path, str(tmp_path / "o.jsonl"), "--private-names", "--json"))["lost"]
    assert REPLACED not in lost
