"""The statement table: who says it, which concept, whether it is agreed with, as Discourse Network Analyzer has it."""

import csv

import pytest

from annotator.formats.format import WriteOptions, chosen_settings
from annotator.formats.loss import Loss
from annotator.formats.statements import STATEMENTS
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import Span

TEXT = "Ann Lee and Steel Ltd reject the tariff; the union wants talks now."


def tag(own, kind, words, **values):
    start = TEXT.index(words)
    attributes = {key: {"value": value, "by": "typed"} for key, value in values.items()}
    return AnnotationRecord("Coder", kind, (Span(start, start + len(words)),), id=own, attributes=attributes)


RECORD = DocumentRecord(
    TEXT,
    id="0" * 64,
    title="Tariff; again",
    outlet="Inland Press",
    date="2022-03",
    annotations=(
        tag("p", "actor", "Ann Lee", name="E1", type="person"),
        tag("o", "actor", "Steel Ltd", type="company"),
        tag("u", "actor", "the union"),
        tag("c", "claim", "reject the tariff", issue="tariff", stance="oppose"),
        tag("d", "demand", "talks now", issue="talks"),
        tag("f", "figure", "now"),
        tag("n", "claim", "wants", issue="pay", stance="neutral"),
    ),
    relations=(
        RelationRecord("source", "c", "p"),
        RelationRecord("source", "c", "o"),
        RelationRecord("source", "d", "u"),
        RelationRecord("target", "c", "u"),
    ),
)
PROJECT = {"entities": [{"id": "E1", "name": "Lee, Ann"}]}


def options(**settings):
    return WriteOptions(chosen_settings(STATEMENTS.write_settings, settings, STATEMENTS.name))


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";", strict=True))


def test_the_columns_and_their_order_are_those_of_the_event_list(tmp_path):
    told = STATEMENTS.writes([RECORD], tmp_path / "out.csv", PROJECT, options())
    assert (told.annotations, told.relations) == (3, 3)
    first = (tmp_path / "out.csv").read_text("utf-8").splitlines()[0]
    assert first.startswith(
        '"statement ID";"time";"document ID";"document title";"author";"source";"section";"type";"text";'
        '"person";"organization";"concept";"agreement";'
    )
    found = rows(tmp_path / "out.csv")
    assert [(row["person"], row["organization"], row["concept"], row["agreement"]) for row in found] == [
        ("Lee, Ann", "", "tariff", "0"),
        ("", "Steel Ltd", "tariff", "0"),
        ("", "the union", "talks", "1"),
        ("", "", "pay", ""),
    ]
    assert [row["statement ID"] for row in found] == ["1", "2", "3", "4"]
    assert found[0]["text"] == "reject the tariff"
    assert {(row["time"], row["document ID"], row["document title"], row["source"]) for row in found} == {
        ("2022-03-01 00:00:00", "1", "Tariff; again", "Inland Press")
    }


def test_the_mapping_can_be_chosen(tmp_path):
    STATEMENTS.writes([RECORD], tmp_path / "out.csv", PROJECT, options(tags="claim", source="target", concept="stance"))
    assert [(row["organization"], row["concept"]) for row in rows(tmp_path / "out.csv")] == [
        ("the union", "oppose"),
        ("", "neutral"),
    ]


@pytest.mark.parametrize(
    ("settings", "lost"),
    [
        ({}, {Loss.NO_STATEMENTS: 1, Loss.ATTRIBUTES: 2, Loss.RELATIONS: 1}),
        ({"tags": "figure"}, {Loss.NO_STATEMENTS: 6, Loss.ATTRIBUTES: 8, Loss.RELATIONS: 4}),
    ],
)
def test_what_stands_in_no_column_is_counted(settings, lost):
    assert STATEMENTS.loses(RECORD, options(**settings)) == lost
