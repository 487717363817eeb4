"""What is said of labels before an import is what the import makes of them; a label can be left out."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import cli
from annotator.operations.import_survey import survey
from annotator.operations.imports import How, import_paths
from annotator.operations.progress import Cancelled
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.project import Project

TEXT = "Lavrov said the talks failed. Blinken waited."
STANDOFF = (
    "T1\tSource 0 6\tLavrov\nT2\tCue 7 11\tsaid\nT3\tContent 12 28\tthe talks failed\nT4\tSource 30 37\tBlinken\n"
    "T5\tActor 38 44\twaited\nR1\tsaid_by Arg1:T3 Arg2:T1\nR2\tby Arg1:T2 Arg2:T1\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "quotes"
    made.mkdir()
    (made / "one.txt").write_text(TEXT)
    (made / "one.ann").write_text(STANDOFF)
    return made


def tags_of(project: Project) -> Counter[str]:
    document = queries.documents(project)[0].key
    readings = queries.readings_of(project, document)
    return Counter(each.tag for reading in readings for each in queries.annotations_of_reading(project, reading.key))


def test_labels_are_counted_and_their_fate_is_what_the_import_does(tmp_path: Path, folder: Path) -> None:
    with create_project(tmp_path / "p.annotator", title="Talks") as project:
        how = How({"Source": "actor", "Cue": "-", "Content": "claim"})
        seen = survey(project, [folder], how=how)
        assert (seen.documents, seen.annotations, seen.relations) == (1, 5, 2)
        assert [(each.name, each.number, each.fate, each.becomes) for each in seen.labels if not each.link] == [
            ("Source", 2, "known", "actor"),
            ("Actor", 1, "known", "actor"),
            ("Content", 1, "known", "claim"),
            ("Cue", 1, "left out", ""),
        ]
        assert {each.name: each.fate for each in seen.labels if each.link} == {"said_by": "new", "by": "new"}
        assert queries.documents(project) == []  # nothing was stored
        _, report = import_paths(project, [folder], how=how)
        assert tags_of(project) == {"actor": 3, "claim": 1}
        assert report.relations == 1  # the link of the cue went with it
        told = [str(each) for each in report.warnings]
        assert any("“Cue” was left out: 1 annotation" in each for each in told)
        assert any("1 link of annotations that were left out" in each for each in told)


def test_a_kind_of_link_is_left_out_alone(tmp_path: Path, folder: Path) -> None:
    with create_project(tmp_path / "p.annotator", title="Talks") as project:
        _, report = import_paths(project, [folder], how=How({"by": "-", "said_by": "-"}))
        assert (report.annotations, report.relations) == (5, 0)


def test_an_own_file_may_bring_a_label_that_was_asked_for(tmp_path: Path) -> None:
    line = {"text": TEXT, "annotations": [{"tag": "victim", "spans": [[0, 6]], "coder": "Anna"}]}
    (tmp_path / "coded.jsonl").write_text(json.dumps(line) + "\n")
    with create_project(tmp_path / "p.annotator", title="Talks") as project:
        assert survey(project, [tmp_path / "coded.jsonl"]).labels[0].fate == "refused"
        _, report = import_paths(project, [tmp_path / "coded.jsonl"])
        assert len(report.refused) == 1
    with create_project(tmp_path / "q.annotator", title="Talks") as project:
        how = How({"victim": "victim"})
        seen = survey(project, [tmp_path / "coded.jsonl"], how=how)
        assert (seen.labels[0].fate, seen.coders) == ("new", (("Anna", 1),))
        import_paths(project, [tmp_path / "coded.jsonl"], how=how)
        assert tags_of(project) == {"victim": 1}


def test_looking_can_be_stopped(tmp_path: Path, folder: Path) -> None:
    def stop(_: int, __: int) -> None:
        raise Cancelled

    with create_project(tmp_path / "p.annotator", title="Talks") as project, pytest.raises(Cancelled):
        survey(project, [folder], progress=stop)


def test_the_command_says_it_and_changes_nothing(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "p.annotator"
    create_project(path, title="Talks").close()
    arguments = ["import", str(path), str(folder), "--preview", "--map", "Source=actor", "--json"]
    told = json.loads(CliRunner().invoke(cli, arguments).stdout)
    assert told["labels"][0] == {
        "label": "Source",
        "number": 2,
        "of": "annotations",
        "fate": "known",
        "becomes": "actor",
    }
    assert told["coders"] == {"": 5}
    with Project.open(path) as project:
        assert queries.documents(project) == []


def test_a_label_that_is_declared_and_that_nothing_bears_can_be_left_out_too(tmp_path: Path, folder: Path) -> None:
    (folder / "annotation.conf").write_text("[entities]\nSource\nCue\nContent\nActor\nUnused\n[relations]\n[events]\n")
    with create_project(tmp_path / "p.annotator", title="Talks") as project:
        assert ("Unused", 0, "new") in [
            (each.name, each.number, each.fate) for each in survey(project, [folder]).labels
        ]
        import_paths(project, [folder], how=How({"Unused": "-"}))
        version = queries.codebook_version(project)
        assert version is not None
        assert version[1].tag("Unused") is None
        assert version[1].tag("Cue") is not None
