"""What is said before an import is what the import then does."""

from pathlib import Path

import pytest

from annotator.formats.report import Reason, Refusal
from annotator.operations.import_preview import preview, reread
from annotator.operations.imports import import_paths
from annotator.operations.progress import Cancelled
from annotator.operations.projects import create_project
from annotator.storage import queries

GERMAN = "Die Minister sagten, die Lage sei „sehr ernst“ – Größere Übungen würden folgen, über die Grenze hinaus.\n" * 4
RUSSIAN = "Министр обороны заявил, что переговоры продолжаются. Сто тысяч военных находятся у границы.\n" * 4
SLIDES = b"PK\x03\x04[Content_Types].xml ppt/presentation.xml" + bytes(200)
LINE = '{"text": "Blinken spoke.", "annotations": [{"tag": "actor", "spans": [[0, 7]], "coder": "Anna"}]}\n'


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    folder = tmp_path / "mixed"
    folder.mkdir()
    for number in range(7):
        (folder / f"plain{number}.txt").write_text(
            f"Talks go on in Geneva, day {number}\n\n date 2022-01-1{number}\n\nThey talked.", "utf-8"
        )
    for name in ("berlin", "bonn"):
        (folder / f"{name}.txt").write_bytes((name + "\n" + GERMAN).encode("cp1252"))
    (folder / "moskva.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (folder / "empty.txt").write_text("")
    (folder / "slides.pptx").write_bytes(SLIDES)
    (folder / "coded.jsonl").write_text(LINE, "utf-8")
    (folder / "coded.jsonl.project.json").write_text('{"format": "annotator-project", "version": 1}', "utf-8")
    return folder


def test_files_stand_in_groups_doubtful_guesses_first(mixed: Path) -> None:
    found = preview([mixed])
    assert [(group.encoding, group.sure, len(group.looks)) for group in found.groups] == [
        ("cp1252", False, 2),
        ("cp1251", False, 1),
        ("utf-8", True, 7),
    ]
    assert "„sehr ernst“" in found.groups[0].sample.sample
    assert "Министр" in found.groups[1].sample.sample
    assert [(kind.name, [file.name for file in files]) for kind, files in found.annotated] == [
        ("jsonl", ["mixed/coded.jsonl"])
    ]
    assert {(refusal.where, refusal.reason) for refusal in found.refused} == {
        ("mixed/empty.txt", Reason.EMPTY),
        ("mixed/slides.pptx", Reason.OTHER_KIND),
    }
    assert (found.texts, found.files) == (10, 11)
    assert not found.is_plain


def test_what_is_sure_and_whole_asks_nothing(mixed: Path) -> None:
    assert preview([mixed / f"plain{number}.txt" for number in range(3)]).is_plain
    assert not preview([]).is_plain


def test_the_first_articles_are_proposed_with_their_dates(mixed: Path) -> None:
    proposed = preview([mixed / f"plain{number}.txt" for number in range(7)]).proposals
    assert [record.date for record in proposed] == [f"2022-01-1{number}" for number in range(5)]
    assert proposed[0].title == "Talks go on in Geneva, day 0"


def test_a_sample_reads_otherwise_at_once(mixed: Path) -> None:
    look = preview([mixed / "moskva.txt"]).groups[0].sample
    again = reread(look, "koi8_r")
    assert not isinstance(again, Refusal)
    assert again.sample != look.sample
    assert isinstance(reread(look, "utf-8"), Refusal)


def test_a_choice_changes_its_group_alone(mixed: Path) -> None:
    found = preview([mixed])
    chosen = found.encodings({0: "cp1250"})
    assert {path.name: codec for path, codec in chosen.items()} == {
        "berlin.txt": "cp1250",
        "bonn.txt": "cp1250",
        "moskva.txt": "cp1251",  # as the guess was shown
    }


def test_the_import_does_what_was_shown(mixed: Path, tmp_path: Path) -> None:
    found = preview([mixed])
    with create_project(tmp_path / "talks.annotator") as project:
        _, report = import_paths(project, found.paths, encodings=found.encodings({}))
        assert report.documents == found.files
        assert {str(each) for each in report.refused} == {str(each) for each in found.refused}
        keys = queries.document_keys(project, None)
        texts = {queries.text_of(project, key) for key in keys}
    assert RUSSIAN in texts
    assert "berlin\n" + GERMAN in texts


def test_looking_can_be_stopped(mixed: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        preview([mixed], progress=stop)
