"""`annotator share` and `annotator merge`, as a person or another program calls them."""

import json

import pytest
from click.testing import CliRunner

from annotator.cli import cli
from annotator.operations.coders import add_coder
from annotator.operations.readings import set_state
from annotator.storage.project import Project
from tests.core.review_world import article, lead_project, tag, tagged


@pytest.fixture
def project(tmp_path):
    with lead_project(tmp_path) as made:
        tag(made, "Anna", 1, "40 lorries", "figure")
    return made.path


def call(*arguments, code=0):
    done = CliRunner().invoke(cli, [*map(str, arguments)])
    assert done.exit_code == code, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_a_package_goes_out_comes_home_and_is_merged(project, tmp_path):
    said = call("share", project, tmp_path / "anna.annotator", "--coder", "Anna").stdout
    assert said == f"Wrote the package for Anna, 4 documents: {tmp_path / 'anna.annotator'}\n"
    with Project.open(tmp_path / "anna.annotator") as package:
        tag(package, "Anna", 0, "Ilka Dornath", "actor")
        set_state(package, article(package, 0), package.package_coder, "done")
    (tmp_path / "post").mkdir()
    told = json.loads(call("share", tmp_path / "anna.annotator", tmp_path / "post", "--mine", "--json").stdout)
    assert told["coder"] == "Anna"
    assert list((tmp_path / "post").iterdir()) == [tmp_path / "post" / told["file"].rsplit("/", 1)[-1]]
    preview = json.loads(call("merge", project, told["file"], "--dry-run", "--json").stdout)
    assert preview["kinds"]["annotation"] == {"new": 1, "changed": 0, "already": 1}
    assert (preview["conflicts"], preview["refused"]) == ([], [])
    with Project.open(project) as found:
        assert tagged(found, "Anna", 0) == []
    assert json.loads(call("merge", project, told["file"], "--json").stdout) == preview
    again = json.loads(call("merge", project, told["file"], "--json").stdout)
    assert (again["new"], again["changed"], again["already"]) == (0, 0, preview["new"] + preview["already"])
    info = json.loads(call("info", project, "--json").stdout)
    assert info["review"] == {"waiting": 3, "ready for review": 1, "in review": 0, "gold": 0}
    assert "Review: 3 waiting, 1 ready for review, 0 in review, 0 gold" in call("info", project).stdout


def test_coders_of_the_same_name_become_one_when_asked(project, tmp_path):
    with Project.open(project) as found:
        found.copy_to(tmp_path / "copy.annotator")
        add_coder(found, "Cleo")
    with Project.open(tmp_path / "copy.annotator") as copy:
        add_coder(copy, "Cleo")
        tag(copy, "Cleo", 0, "Ilka Dornath", "actor")
    said = call("merge", project, tmp_path / "copy.annotator", "--dry-run").stdout
    assert "its Cleo is not the Cleo of this project" in said
    call("merge", project, tmp_path / "copy.annotator", "--same-names", "--coder", "Lead")
    with Project.open(project) as found:
        assert tagged(found, "Cleo", 0) == [("actor", "Ilka Dornath")]


def test_wrong_use_ends_with_2_and_one_sentence(project, tmp_path):
    (tmp_path / "notes.txt").write_text("no project")
    cases = [
        (["share", project, tmp_path / "x"], "Say whom the package is for"),
        (["share", project, tmp_path / "x", "--mine"], "Say who you are: --coder NAME."),
        (
            ["share", project, tmp_path / "x", "--coder", "Nobody"],
            "There is no coder Nobody in this project; there are:",
        ),
        (["share", project, project, "--coder", "Anna"], "exists already"),
        (["merge", project, tmp_path / "missing"], "There is no file"),
        (["merge", project, tmp_path / "notes.txt"], "notes.txt is not a project"),
        (["merge", project, project, "--codebook", "mine"], "Invalid value for '--codebook'"),
    ]
    for arguments, sentence in cases:
        assert sentence in call(*arguments, code=2).stderr, arguments
    told = json.loads(call("merge", project, tmp_path / "notes.txt", "--dry-run", "--json", code=1).stdout)
    assert "is not a project" in told["refused"][0]["reason"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "news.annotator", "notes.txt"]
