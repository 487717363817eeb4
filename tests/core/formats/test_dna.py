"""Databases of Discourse Network Analyzer: statements are annotations, variables attributes, entities actors."""

import os
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.dna import DNA
from annotator.formats.format import ReadOptions, chosen_settings
from annotator.formats.registry import detect
from annotator.formats.report import Report
from annotator.operations.imports import How, import_paths
from annotator.operations.projects import create_project
from annotator.storage import entity_queries
from tests.core.formats.dna_file import TEXT, make


def read(path, **settings):
    report = Report()
    options = ReadOptions(chosen_settings(DNA.read_settings, settings, DNA.name))
    return list(DNA.reads(path, report, options)), report


def plain(each):
    return {name: entry["value"] for name, entry in each.attributes.items()}


def test_statements_of_all_coders_with_their_variables(tmp_path):
    (levy, empty), report = read(make(tmp_path / "a.dna"))
    assert not report.refused
    assert "\r" not in levy.text
    told = [(each.coder, each.tag, levy.text[slice(*each.spans[0])], plain(each)) for each in levy.annotations]
    assert told == [
        (
            "Ann",
            "DNA Statement",
            "The levy is unfair.",
            {"person": "Weber", "concept": "levy", "agreement": False, "weight": 7},
        ),
        ("Ben", "DNA Statement", "The ministry disagreed", {"why": "see below"}),
    ]
    assert (levy.title, levy.outlet, levy.date) == ("Levy", "Inland Press", "2005-01-26")
    assert levy.extra == {"author": "Smith"}
    assert (empty.annotations, empty.date) == ((), "2005-01-26")  # the time of version 2 is in milliseconds


@pytest.mark.parametrize(("actors", "names"), [("person", {"Weber"}), ("Concept", {"levy"}), ("", set())])
def test_the_variables_that_are_named_fill_the_list_of_actors(actors, names, tmp_path):
    path = make(tmp_path / "a.dna")
    with create_project(tmp_path / "p.annotator") as project:
        import_paths(project, [path], format_name="dna", how=How(settings={"actors": actors}))
        found = {each.name: each for each in entity_queries.registry(project).by_id.values()}
        assert set(found) == names
        if "Weber" in names:
            assert (found["Weber"].type, found["Weber"].aliases) == ("Business", ("Ms Weber",))


@pytest.mark.parametrize(
    "more", ["CREATE TRIGGER t AFTER INSERT ON CODERS BEGIN SELECT 1; END", "CREATE VIEW v AS SELECT 1"]
)
def test_triggers_and_views_are_refused(more, tmp_path):
    path = make(tmp_path / "a.dna", more)
    assert detect(path) is DNA
    with pytest.raises(AnnotatorError, match="as no such file does"):
        read(path)


def test_a_database_that_is_still_open_elsewhere_is_refused(tmp_path):
    path = make(tmp_path / "a.dna")
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("INSERT INTO CODERS VALUES (9, 'Cleo', 'x')")
        other.commit()
        with pytest.raises(AnnotatorError, match="another program has it open"):
            read(path)


def test_statements_that_fit_nothing_are_refused_by_name(tmp_path):
    path = make(
        tmp_path / "a.dna",
        "INSERT INTO STATEMENTS VALUES (7, 1, 1, 5, 900, 2), (8, 1, 1, 4, 5, 2), (9, 5, 1, 0, 2, 2), "
        "(10, 1, 77, 0, 2, 2)",
    )
    units = len(TEXT.encode("utf-16-le")) // 2
    _, report = read(path)
    assert sorted(str(each) for each in report.refused) == [
        f"a.dna, document 1, statement 7: the span 5–900 does not lie in the text of {units} UTF-16 units.",
        "a.dna, document 1, statement 8: the span 4–5 cuts a character in two.",
        "a.dna, document 1, statement 9: its type is not in the file.",
        "a.dna: statements that belong to no document: 1.",
    ]


def test_the_sample_of_the_program(shared):
    path = Path(os.environ.get("ANNOTATOR_CORPORA", shared / "corpora")) / "dna_sample" / "sample.dna"
    if not path.is_file():
        pytest.skip("the sample of Discourse Network Analyzer is not among the corpora")
    records, report = read(path)
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
        rows = database.execute(
            "SELECT c.Name, t.Label, substr(d.Text, s.Start + 1, s.Stop - s.Start) FROM STATEMENTS s JOIN CODERS c "
            "ON c.ID = s.Coder JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId "
            "JOIN DOCUMENTS d ON d.ID = s.DocumentId"
        ).fetchall()
    found = [
        (each.coder, each.tag, record.text[slice(*each.spans[0])]) for record in records for each in record.annotations
    ]
    assert (len(records), len(found), report.refused) == (7, 41, [])
    assert Counter(found) == Counter(rows)


def test_a_damaged_schema_is_told_in_one_line_whatever_it_holds(tmp_path):
    path = make(tmp_path / "a.dna")
    path.write_bytes(path.read_bytes().replace(b"DOCUMENTS", b"DOCU\nENTS", 1))
    with pytest.raises(AnnotatorError) as told:
        read(path)
    assert str(told.value).startswith("Cannot read a.dna: malformed database schema")
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 200
