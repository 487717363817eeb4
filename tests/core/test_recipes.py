"""Saved export settings: what was chosen once runs again by its name, from the command line too."""

import json

import pytest
from click.testing import CliRunner

from annotator.cli.group import cli
from annotator.errors import AnnotatorError
from annotator.model.parting import Parting
from annotator.operations.export import export
from annotator.operations.export_choice import Wanted
from annotator.operations.recipes import Recipe, forget_recipe, recipe_named, recipes, save_recipe
from annotator.operations.release import Release
from annotator.storage.project import Project

FULL = Recipe(
    "conll",
    Wanted(("Coder A",), states=("done", "in work"), tags=("claim",), since="2024", until="2024-12-31"),
    {"scheme": "bilou"},
    Release("June", notes=False),
    Parting("stratified", (70, 10, 20), "seed"),
)


@pytest.fixture
def path(sample_path):
    return sample_path


def run(*arguments):
    done = CliRunner().invoke(cli, [str(each) for each in arguments])
    return done.exit_code, done.stdout, done.stderr


def test_what_was_saved_comes_back_whole_also_from_the_file(path):
    with Project.open(path) as project:
        save_recipe(project, " café ", FULL)
        save_recipe(project, "b", Recipe("jsonl"))
    with Project.open(path) as project:
        assert recipes(project) == {"b": Recipe("jsonl"), "café": FULL}
        save_recipe(project, "b", FULL)
        assert recipe_named(project, "b") == FULL
        forget_recipe(project, "b")
        assert list(recipes(project)) == ["café"]
        with pytest.raises(AnnotatorError, match="has no saved export settings “b”; it has: café"):
            recipe_named(project, "b")


@pytest.mark.parametrize(
    "kept", ["", "[]", "{", '{"a": 1, "b": {"format_name": "jsonl", "wanted": {"new": 1}}}', "null"]
)
def test_settings_that_another_version_saved_stop_nothing(kept, path):
    with Project.open(path) as project:
        project.set_meta("recipes", kept)
        assert recipes(project) == {}


def test_the_command_line_saves_runs_and_changes_a_recipe(path, tmp_path):
    options = ("--coder", "Coder A", "--tag", "claim", "--release", "June", "--split", "date", "--shares", "50,0,50")
    assert run("export", path, tmp_path / "a.jsonl", *options, "--save-recipe", "mine")[0] == 0
    assert run("export", path, tmp_path / "b.jsonl", "--recipe", "mine")[0] == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    found = [json.loads(line) for line in (tmp_path / "b.jsonl").read_text("utf-8").splitlines()]
    assert {each["tag"] for line in found for each in line["annotations"]} == {"claim"}
    assert {line["split"] for line in found} == {"train", "test"}
    assert len({each["coder"] for line in found for each in line["readings"]}) == 1
    assert run("export", path, tmp_path / "c.jsonl", "--recipe", "mine", "--release", "July")[0] == 0
    assert (tmp_path / "c.jsonl").read_bytes() != (tmp_path / "b.jsonl").read_bytes()
    told = json.loads(run("recipes", path, "--json")[1])
    assert told["mine"]["release"] == {"name": "June", "notes": True}
    assert run("recipes", path)[1].splitlines()[1].split() == ["mine", "jsonl", "June", "date"]


def test_the_same_recipe_in_the_window_and_on_the_command_line_gives_the_same_bytes(path, tmp_path):
    recipe = Recipe("csv", Wanted(gold=True), {"bom": "yes"})
    with Project.open(path) as project:
        save_recipe(project, "last", recipe)
        export(project, tmp_path / "a.csv", **recipe.arguments)
    assert run("export", path, tmp_path / "b.csv", "--recipe", "last")[0] == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--recipe", "none"], "has no saved export settings “none”; it has: none yet"),
        (["--no-notes"], "--no-notes belongs to a release"),
        (["--seed", "x"], "--shares and --seed belong to --split"),
        (["--split", "hash", "--shares", "1,2"], "three numbers such as 80,10,10, not “1,2”"),
        (["--save-recipe", ""], "Saved export settings need a name"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(options, sentence, path, tmp_path):
    code, _, told = run("export", path, tmp_path / "out.jsonl", *options)
    assert code == 2
    assert sentence in told


def test_saved_settings_are_taken_out_by_the_command(path):
    with Project.open(path) as project:
        save_recipe(project, "old", Recipe("csv"))
        save_recipe(project, "public", Recipe("csv"))
    code, said, _ = run("recipes", path, "--forget", "old", "--json")
    assert (code, list(json.loads(said))) == (0, ["public"])
    assert run("recipes", path, "--forget", "old")[0] == 2
