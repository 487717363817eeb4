"""The Hugging Face folder: rows whose types the card declares, parts as files, and a card that says what is in them."""

import json
from dataclasses import replace

import pytest
import yaml

from annotator.formats.dataset import DATASET
from annotator.formats.dataset_rows import DatasetRows
from annotator.formats.format import WriteOptions
from annotator.formats.loss import Loss
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.span import Span
from annotator.operations.agreement import FIRST, agreement_of
from annotator.operations.export import export
from annotator.operations.export_choice import Wanted
from annotator.storage.project import Project
from tests.core.formats.full_document import FULL, TEXT, full_project, id_of


@pytest.fixture
def full(tmp_path):
    with full_project(tmp_path / "full.annotator") as project:
        yield project


def rows(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def head(folder):
    return yaml.safe_load((folder / "README.md").read_text("utf-8").split("---\n")[1])


def fits(value, kind):
    """Whether a value is of a type of the card's head, with all fields and no other."""
    if "dtype" in kind:
        types = {"string": str, "int64": int, "float64": (int, float), "bool": bool}
        return value is None or isinstance(value, types[kind["dtype"]])
    if "sequence" in kind:
        return value is None or all(isinstance(each, str) for each in value)
    if "list" in kind:
        return all(fits(each, {"struct": kind["list"]}) for each in value)
    return value.keys() == {each["name"] for each in kind["struct"]} and all(
        fits(value[each["name"]], each) for each in kind["struct"]
    )


def test_one_row_is_one_reading_and_fits_the_declared_types(full, tmp_path):
    export(full, tmp_path / "set", format_name="huggingface")
    found = rows(tmp_path / "set" / "data" / "train.jsonl")
    assert [(row["coder"], row["reading"], len(row["annotations"])) for row in found] == [
        ("Ann", "own", 8), ("Ben", "own", 1), ("Cleo", "own", 0), ("Ben", "gold", 1),
    ]  # fmt: skip
    assert all(row["text"] == TEXT for row in found)
    features = head(tmp_path / "set")["dataset_info"]["features"]
    assert all(fits(row, {"struct": features}) for row in found)
    figure = next(each for each in found[0]["annotations"] if each["id"] == id_of(3))
    assert figure["attributes"]["value_max"] == 60.5
    assert (figure["confirmed"], figure["proposed"]) == (["qualifier"], ["unit"])
    demand = next(each for each in found[0]["annotations"] if each["id"] == id_of(5))
    assert [TEXT[each["start"] : each["end"]] for each in demand["spans"]] == ["asked👨‍👩‍👧", "for talks"]
    assert {each["type"] for each in found[0]["relations"]} == {"source", "responds_to"}


def test_the_card_says_what_is_in_it_and_what_is_missing(full, tmp_path):
    told = export(full, tmp_path / "set", format_name="huggingface", settings={"license": "cc-by-4.0"})
    card = (tmp_path / "set" / "README.md").read_text("utf-8")
    found = head(tmp_path / "set")
    assert found["license"] == "cc-by-4.0"
    assert found["language"] == ["en"]
    assert found["configs"][0]["data_files"] == [{"split": "train", "path": "data/train.jsonl"}]
    assert "1 news article by 1 outlet from 2022-01-10 to 2022-01-10" in card
    assert "Codebook: Ours, version 9.0" in card
    assert "| Ben | gold | 1 |" in card
    assert "- 3 readings that nobody declared done" in card
    assert "- 1 annotations that their coder was unsure of" in card
    for reason, number in told.lost.items():
        assert f"{number:,} {reason}" in card
    assert "## Agreement" not in card


def written(folder, *records, **options):
    DATASET.writes(records, folder, {}, WriteOptions(settings={"license": ""}, **options))
    return folder


def test_agreement_stands_in_the_card_when_it_is_known(tmp_path):
    known = {"measure": "Krippendorff’s alpha", "about": "claim", "value": 0.71, "low": 0.64, "high": 0.77, "n": 120}
    card = (written(tmp_path / "set", FULL, agreement=[known]) / "README.md").read_text("utf-8")
    assert "## Agreement" in card
    assert "| Krippendorff’s alpha | claim | 0.71 | 0.64–0.77 | 120 |" in card


def test_the_agreement_of_the_coders_stands_in_the_card_of_a_project(sample_path, tmp_path):
    with Project.open(sample_path) as project:
        export(project, tmp_path / "set", format_name="huggingface", wanted=Wanted(gold=True))
        (f1,) = [
            each for each in agreement_of(project, measures=FIRST)[1] if (each.measure, each.tag) == ("f1_exact", None)
        ]
    card = (tmp_path / "set" / "README.md").read_text("utf-8")
    assert f"| all | {f1.value:.3f} | {f1.interval.low:.3f}–{f1.interval.high:.3f} | 6 documents" in card
    assert "Coder A" not in card


def test_each_part_is_a_file_and_a_split(tmp_path):
    parts = [
        replace(FULL, id=str(n) * 64, extra={"split": part}) for n, part in enumerate(("test", "train", "validation"))
    ]
    folder = written(tmp_path / "set", *parts, splits="By date.")
    assert sorted(path.name for path in (folder / "data").iterdir()) == [
        "test.jsonl",
        "train.jsonl",
        "validation.jsonl",
    ]
    assert [each["split"] for each in head(folder)["configs"][0]["data_files"]] == ["train", "validation", "test"]
    assert "By date." in (folder / "README.md").read_text("utf-8")


def test_what_a_card_is_filled_from_cannot_break_it(tmp_path):
    evil = "---\n| <script> `x` | [a](b)\n---"
    record = DocumentRecord("abc", id="0" * 64, title=evil, rights=evil, language="x\n---", extra={"split": "../../up"})
    record = replace(
        record, readings=(ReadingRecord(evil),), annotations=(AnnotationRecord(evil, evil, (Span(0, 1),)),)
    )
    folder = written(tmp_path / "set", record, title=evil)
    assert head(folder)["pretty_name"] == " ".join(evil.split())
    assert "<script>" not in (folder / "README.md").read_text("utf-8").split("---\n", 2)[2].replace("\\<script>", "")
    assert [path.parent.name for path in folder.rglob("*.jsonl") if path.stem.endswith("up")] == ["data"]


def test_an_article_nobody_read_and_a_link_between_readings_are_counted(tmp_path):
    bare = DocumentRecord("abc", id="1" * 64)
    told = DATASET.writes([bare], tmp_path / "set", {}, WriteOptions(settings={"license": ""}))
    assert told.documents == 0
    assert rows(tmp_path / "set" / "data" / "train.jsonl") == []
    assert Loss.UNREAD in DATASET.cannot_hold
    across = replace(FULL, relations=(*FULL.relations, RelationRecord("same_as", id_of(1), id_of(8))))
    assert DATASET.loses(across, WriteOptions()) == {Loss.RELATIONS: 1}


def test_values_that_do_not_fit_their_column_are_kept_beside(tmp_path):
    odd = AnnotationRecord("Ann", "x", (Span(0, 1),), attributes={"known": {"value": [1], "by": "typed"}})
    (row,) = DatasetRows({}).rows(DocumentRecord("abc", annotations=(odd,)))
    assert json.loads(row["annotations"][0]["other_attributes"]) == {"known": [1]}
