"""pandas and openpyxl find in the tables what was tagged, and nothing that a spreadsheet would run."""

import json

import openpyxl
import pandas
import pytest


def told(facts):
    return sorted(
        (each["coder"], each["kind"], each["tag"], each["spans"], each["quote"], each["note"])
        for document in facts.values()
        for each in document["annotations"]
    )


@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
def test_pandas_reads_the_rows(exported, facts, name, separator):
    table = pandas.read_csv(exported / f"{name}.{name}", sep=separator, keep_default_na=False)
    found = sorted(
        (row["coder"], row["reading"], row["tag"], json.loads(row["spans"]), row["quote"], row["note"])
        for row in table.to_dict("records")
    )
    assert found == told(facts)
    assert table["start"].dtype == "int64"
    texts = pandas.read_csv(exported / f"{name}.documents.{name}", sep=separator, keep_default_na=False)["text"]
    assert sorted(texts) == sorted(each["text"] for each in facts.values())


def test_pandas_reads_the_statements(exported):
    table = pandas.read_csv(exported / "statements.statements.csv", sep=";", keep_default_na=False)
    assert list(table.columns[:13]) == [
        "statement ID", "time", "document ID", "document title", "author", "source", "section", "type", "text",
        "person", "organization", "concept", "agreement",
    ]  # fmt: skip
    assert {"said no", "asked for talks"} <= set(table["text"])
    assert set(table["tag"]) == {"claim", "demand"}
    pandas.to_datetime(table["time"][table["time"] != ""], format="%Y-%m-%d %H:%M:%S")


def test_openpyxl_reads_the_sheets(exported, facts):
    book = openpyxl.load_workbook(exported / "xlsx.xlsx")
    header, *rows = book["annotations"].iter_rows()
    names = [cell.value for cell in header]
    found = [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]
    assert sorted(
        (row["coder"], row["reading"], row["tag"], json.loads(row["spans"]), row["quote"], row["note"] or "")
        for row in found
    ) == told(facts)
    assert {type(row["start"]) for row in found} == {int}
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
