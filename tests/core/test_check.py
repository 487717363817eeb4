"""`check` finds each thing that can be wrong, names its place, and finds nothing in what is right."""

import json

import pytest

from annotator.formats.report import Report
from annotator.model.codebook import canonical_json
from annotator.model.codebook_json import codebook_from_json
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import Span
from annotator.operations.check import check_project
from annotator.operations.codebooks import set_codebook
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage import stamps, works
from annotator.storage.project import Project

TEXT = "Veldria will close the ports, said Dornath.\n\nAbout 80,000 soldiers stand at the river.\n"


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        record = DocumentRecord(
            text=TEXT,
            title="Ports",
            annotations=(
                AnnotationRecord("Ann", "actor", (Span(35, 42),), source_id="T1"),
                AnnotationRecord("Ann", "claim", (Span(8, 28),), source_id="T2"),
                AnnotationRecord("Ben", "figure", (Span(45, 66),), source_id="T1"),
            ),
            relations=(RelationRecord("source", "T2", "T1"),),
        )
        import_records(made, [record], report=Report(), format_name="test")
        yield made


def damage(project, sql, *parameters):
    """Change the file behind the program's back."""
    project.connection.execute("PRAGMA foreign_keys = OFF")
    project.connection.execute(sql, parameters)


def found(project):
    return [(problem.kind, problem.message) for problem in check_project(project)]


def test_nothing_is_wrong_with_what_was_imported_or_shipped(project, sample_path):
    assert found(project) == []
    with Project.open(sample_path) as sample:
        assert found(sample) == []


ONE = "WHERE key = 1"
FAULTS = {
    "hash": (f"UPDATE document SET sha256 = 'x' {ONE}", "text", "hash"),
    "quote": (f"UPDATE annotation SET quote = 'Dornach' {ONE}", "quote", "“Dornath”"),
    "outside": ("UPDATE annotation SET spans = '[[35,4200]]' " + ONE, "span", "does not lie in the text"),
    "negative": ("UPDATE annotation SET spans = '[[-3,4]]' " + ONE, "span", "does not lie in the text"),
    "empty": ("UPDATE annotation SET spans = '[[5,5]]' " + ONE, "span", "does not lie in the text"),
    "disorder": ("UPDATE annotation SET spans = '[[20,28],[8,13]]' WHERE key = 2", "span", "not in order"),
    "touching": ("UPDATE annotation SET spans = '[[8,13],[13,28]]' WHERE key = 2", "span", "touch"),
    "outer": (f"UPDATE annotation SET start = 3 {ONE}", "span", "start and end"),
    "no pairs": (f"UPDATE annotation SET spans = '{{\"a\": 1}}' {ONE}", "span", "no list"),
    "no JSON": (f"UPDATE annotation SET attributes = '{{' {ONE}", "json", "attributes"),
    "form": (f"UPDATE annotation SET attributes = '{{\"a\": 1}}' {ONE}", "json", "{id: {value, by}}"),
    "flags": (f"UPDATE annotation SET flags = '[1]' {ONE}", "json", "flags"),
    "tag": (f"UPDATE annotation SET tag = 'rumour' {ONE}", "tag", "no tag “rumour”"),
    "relation": (f"UPDATE relation SET type = 'telepathy' {ONE}", "relation", "no relation “telepathy”"),
    "direction": (f"UPDATE relation SET source = 1, target = 2 {ONE}", "relation", "from actor to claim"),
    "readings": (f"UPDATE relation SET type = 'supports', source = 3, target = 2 {ONE}", "relation", "two readings"),
    "end": (f"UPDATE annotation SET deleted = 1 {ONE}", "relation", "deleted"),
    "reference": (f"UPDATE reading SET coder = 77 {ONE}", "reference", "coder"),
    "no text": ("DELETE FROM document_text", "text", "missing"),
}


@pytest.mark.parametrize(("sql", "kind", "word"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_found_and_named(project, sql, kind, word):
    damage(project, sql)
    assert any(each == kind and word in message for each, message in found(project)), found(project)


def test_the_place_of_a_fault_is_told(project):
    damage(project, f"UPDATE annotation SET quote = 'Dornach' {ONE}")
    (problem,) = check_project(project)
    assert problem.where == "“Ports”, Ann, actor “Dornach”"
    assert problem.as_json() == {"kind": "quote", "where": problem.where, "message": problem.message}


def test_a_duplicate_is_told_once_for_each_span(project):
    for number in range(3):
        damage(
            project,
            'INSERT INTO annotation (id, reading, tag, spans, start, "end", quote, stamp) '
            'SELECT ?, reading, tag, spans, start, "end", quote, stamp FROM annotation WHERE key = 1',
            f"copy {number}",
        )
    assert [kind for kind, _ in found(project)] == ["duplicate"]


def test_what_a_tag_does_not_allow_is_told(project):
    spans = [[8, 28], [35, 49]]
    quote = TEXT[8:28] + TEXT[35:49]
    damage(project, 'UPDATE annotation SET spans = ?, "end" = 49, quote = ? WHERE key = 2', json.dumps(spans), quote)
    assert {kind for kind, _ in found(project)} == {"paragraph", "pieces"}


def retired(codebook, tag):
    content = json.loads(canonical_json(codebook))
    content["version"] = "2"
    for each in content["tags"]:
        if each["id"] == tag:
            each["retired"] = True
            each.pop("keys", None)
    return codebook_from_json(json.dumps(content))


def test_a_tag_that_was_retired_later_is_no_fault_one_set_after_that_is(project):
    set_codebook(project, retired(default_codebook(), "figure"))
    assert found(project) == []
    now = project.rows("SELECT id FROM codebook ORDER BY key DESC LIMIT 1")[0][0]
    damage(project, "UPDATE annotation SET codebook_confirmed = ? WHERE tag = 'figure'", now)
    assert [kind for kind, _ in found(project)] == ["tag"]


def test_a_text_changed_behind_the_index_is_found(project):
    damage(project, "UPDATE document_text SET text = replace(text, 'Dornath', 'Nobody!')")
    assert {"text", "search", "quote"} <= {kind for kind, _ in found(project)}


def test_a_text_without_blanks_that_is_missing_from_its_index_is_found(project):
    text = "首相は訪問した。"
    import_records(project, [DocumentRecord(text=text)], report=Report(), format_name="text")
    assert found(project) == []
    damage(project, "INSERT INTO search_parts (search_parts, rowid, text) VALUES ('delete', 2, ?)", text)
    assert [kind for kind, _ in found(project)] == ["search"]


def test_a_stamp_far_ahead_is_found(project):
    damage(project, "UPDATE annotation SET stamp = ?", stamps.next_stamp("", "00000000", stamps.now() + 2 * stamps.DAY))
    assert [kind for kind, _ in found(project)] == ["clock"]


def test_work_that_goes_on_is_told(project):
    with Project.open(project.path) as other:
        works.Work(other)
        assert [kind for kind, _ in found(project)] == ["unfinished"]


def test_a_damaged_file_is_told_as_that(sample_path):
    path = sample_path
    with path.open("r+b") as file:
        for page in range(60, 160, 7):
            file.seek(page * 4096 + 8)
            file.write(b"\xff" * 2000)
    with Project.open(path) as project:
        problems = check_project(project)
    assert problems
    assert {problem.kind for problem in problems} == {"file"}


def test_progress_is_told(project):
    told = []
    check_project(project, progress=lambda *each: told.append(each))
    assert told == [(1, 1)]
