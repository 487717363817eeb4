"""CSV, TSV and XLSX: rows that a spreadsheet or a data frame takes as they are, no formula, nothing cut unsaid."""

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.formats.cells import guarded, unguarded
from annotator.formats.delimited import CSV, TSV
from annotator.formats.format import WriteOptions, chosen_settings
from annotator.formats.loss import Loss
from annotator.formats.xlsx import XLSX
from annotator.formats.xlsx_writing import write_sheets
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord
from annotator.model.span import Span
from annotator.operations.export import export
from tests.core.formats.full_document import TEXT, full_project, id_of

XLSX_HERE = pytest.mark.skipif(not XLSX.installed, reason="needs [xlsx]: make test-formats runs it with that")


@pytest.fixture
def full(tmp_path):
    with full_project(tmp_path / "full.annotator") as project:
        yield project


def rows(path, delimiter=","):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, strict=True))


def by_id(path, **more):
    return {row["id"]: row for row in rows(path, **more)}


def test_a_row_for_each_annotation_with_its_document_and_its_values(full, tmp_path):
    told = export(full, tmp_path / "out.csv", format_name="csv")
    names = ["", ".relations", ".readings", ".documents", ".actors", ".codebook"]
    assert [path.name for path in told.files[:6]] == [f"out{name}.csv" for name in names]
    found = by_id(tmp_path / "out.csv")
    assert len(found) == 10
    figure = found[id_of(3)]
    start = TEXT.index("between 40")
    assert {name: figure[name] for name in ("title", "outlet", "date", "url", "language", "coder", "reading")} == {
        "title": "A title that the text does not hold",
        "outlet": "Inland Press",
        "date": "2022-01-10",
        "url": "https://example.org/a",
        "language": "en",
        "coder": "Ann",
        "reading": "own",
    }
    assert (figure["start"], figure["end"], figure["quote"]) == (str(start), str(start + 18), "between 40 and 60%")
    assert json.loads(figure["spans"]) == [[start, start + 18]]
    assert (figure["value"], figure["value_max"], figure["kind"], figure["qualifier"]) == (
        "40",
        "60.5",
        "percent",
        "range",
    )
    assert (figure["flags"], figure["confirmed"], figure["proposed"]) == ("unsure", "qualifier", "unit")
    actor = found[id_of(1)]
    assert (actor["name"], actor["country"]) == ("Ukraine", "UA")
    assert found[id_of(2)]["note"] == "first line\nand “second”"
    assert found[id_of(2)]["conditional"] == "true"
    assert found[id_of(4)]["question"] == "Whose troops?"
    pieces = json.loads(found[id_of(5)]["spans"])
    assert [TEXT[start:end] for start, end in pieces] == ["asked👨‍👩‍👧", "for talks"]
    assert {(row["coder"], row["reading"]) for row in found.values()} == {
        ("Ann", "own"),
        ("Ben", "own"),
        ("Ben", "gold"),
    }


def test_the_tables_beside_hold_links_empty_readings_and_texts(full, tmp_path):
    export(full, tmp_path / "out.tsv", format_name="tsv")
    links = by_id(tmp_path / "out.relations.tsv", delimiter="\t")
    reply = links[id_of(21)]
    assert (reply["type"], reply["source_tag"], reply["target_tag"]) == ("responds_to", "demand", "threat")
    assert (reply["polarity"], reply["note"], reply["source_quote"]) == ("accept", "a reply", "asked👨‍👩‍👧for talks")
    readings = rows(tmp_path / "out.readings.tsv", delimiter="\t")
    assert {(row["coder"], row["reading"], row["annotations"]) for row in readings} == {
        ("Ann", "own", "8"), ("Ben", "own", "1"), ("Cleo", "own", "0"), ("Ben", "gold", "1"),
    }  # fmt: skip
    (document,) = rows(tmp_path / "out.documents.tsv", delimiter="\t")
    assert document["text"] == TEXT
    (actor,) = rows(tmp_path / "out.actors.tsv", delimiter="\t")
    assert (actor["name"], actor["aliases"], actor["country"]) == ("Ukraine", "Kyiv", "UA")
    parts = {row["part"] for row in rows(tmp_path / "out.codebook.tsv", delimiter="\t")}
    assert parts == {"codebook", "tag", "attribute", "relation", "rule", "example"}


FORMULAS = ("=1+1", "+49 30", "-5", "@here", "\tx", "\rx", "'=1", "\n=1")


def document(*notes, text="One two.", **more):
    made = [AnnotationRecord("Ann", "claim", (Span(0, 3),), note=note, id=id_of(n)) for n, note in enumerate(notes)]
    return DocumentRecord(text, id="0" * 64, readings=(ReadingRecord("Ann"),), annotations=tuple(made), **more)


def written(kind, record, path, **settings):
    kind.writes([record], path, {}, WriteOptions(chosen_settings(kind.write_settings, settings, kind.name)))
    return path


@pytest.mark.parametrize("kind", [CSV, TSV], ids=["csv", "tsv"])
def test_no_cell_is_taken_for_a_formula(kind, tmp_path):
    record = document(*FORMULAS, text="=SUM(1)")
    path = written(kind, record, tmp_path / f"out{kind.patterns[0][1:]}")
    found = rows(path, delimiter="," if kind is CSV else "\t")
    cells = [cell for row in found for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    assert [unguarded(row["note"]) for row in found] == list(FORMULAS)
    assert guarded("a=1") == "a=1"


def test_the_mark_that_excel_wants_stands_only_when_asked_for(tmp_path):
    assert not written(CSV, document("é"), tmp_path / "plain.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert written(CSV, document("é"), tmp_path / "mark.csv", bom="yes").read_bytes().startswith(b"\xef\xbb\xbftitle,")


# ---- XLSX, read with openpyxl


def sheets(path):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads what was written: make test-formats has it")
    return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in openpyxl.load_workbook(path)}


def values(cells):
    return [cell.value for cell in cells]


@XLSX_HERE
def test_a_workbook_has_a_sheet_for_each_table(full, tmp_path):
    export(full, tmp_path / "out.xlsx", format_name="xlsx")
    found = sheets(tmp_path / "out.xlsx")
    assert sorted(found) == ["actors", "annotations", "codebook", "documents", "readings", "relations"]
    header = values(found["annotations"][0])
    held = {
        row[header.index("id")].value: dict(zip(header, values(row), strict=True)) for row in found["annotations"][1:]
    }
    assert held[id_of(3)]["value_max"] == 60.5
    assert held[id_of(2)]["conditional"] is True
    assert held[id_of(6)]["quote"] == "inister Żółć"
    assert held[id_of(1)]["note"] is None


@XLSX_HERE
def test_in_a_workbook_formulas_and_links_are_text(tmp_path):
    notes = (*FORMULAS, "https://example.org", "a\x07b", "_x0041_")
    found = sheets(written(XLSX, document(*notes), tmp_path / "out.xlsx"))["annotations"]
    place = values(found[0]).index("note")
    assert {row[place].data_type for row in found[1:]} == {"s"}
    assert [row[place].value.replace("\r", "\n") for row in found[1:4]] == ["=1+1", "+49 30", "-5"]
    assert found[1 + notes.index("a\x07b")][place].value == "a\ufffdb"
    assert found[-3][place].hyperlink is None
    assert XLSX.loses(document("a\x07b"), WriteOptions()) == {Loss.CHARACTERS: 1}


@XLSX_HERE
def test_rows_past_the_end_of_a_sheet_go_on_in_the_next(tmp_path):
    write_sheets([document(*map(str, range(7)))], tmp_path / "out.xlsx", {}, 4)
    found = sheets(tmp_path / "out.xlsx")
    place = values(found["annotations"][0]).index("note")
    parts = [found[name] for name in ("annotations", "annotations 2", "annotations 3")]
    assert [[row[place].value for row in part[1:]] for part in parts] == [["0", "1", "2"], ["3", "4", "5"], ["6"]]
    assert all(values(part[0]) == values(parts[0][0]) for part in parts)


@XLSX_HERE
@pytest.mark.parametrize(
    ("text", "kept"), [("a" * 32_767, 32_767), ("a" * 32_768, 32_767), ("a" + "😀" * 20_000, 16_384)]
)
def test_cells_too_long_for_excel_are_cut_and_counted(text, kept, tmp_path):
    record = DocumentRecord(text, id="0" * 64)
    header, row = sheets(written(XLSX, record, tmp_path / "out.xlsx"))["documents"]
    assert row[values(header).index("text")].value == text[:kept]
    assert XLSX.loses(record, WriteOptions()) == ({Loss.LONG_CELLS: 1} if kept < len(text) else {})


GROWTH = """
import resource, sys
from pathlib import Path
from annotator.formats.registry import by_name
from annotator.formats.format import WriteOptions
from tests.core.formats.test_tables import document
kind, number = by_name(sys.argv[1]), int(sys.argv[3])
records = (document(*["note"] * 50, title=str(place)) for place in range(number))
kind.writes(records, Path(sys.argv[2]), {}, WriteOptions())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.parametrize("kind", [CSV, pytest.param(XLSX, marks=XLSX_HERE)], ids=["csv", "xlsx"])
def test_memory_does_not_grow_with_the_export(kind, tmp_path):
    root = Path(__file__).resolve().parents[3]
    used = []
    for number in (20, 600):
        command = [sys.executable, "-c", GROWTH, kind.name, str(tmp_path / f"out{kind.patterns[0][1:]}"), str(number)]
        child = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        used.append(int(child.stdout))
    assert used[1] < used[0] + 12, used  # megabytes; the rows of the larger are 8 MB of text and 30,000 in memory 60


def test_a_reading_that_only_annotations_name_has_its_row_all_the_same(tmp_path):
    record = replace(document("note"), readings=())
    (row,) = rows(written(CSV, record, tmp_path / "out.csv"))
    assert (row["coder"], row["state"]) == ("Ann", "")
