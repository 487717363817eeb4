"""Files and folders of several kinds in one import: what is taken as what, and what stays out."""

import json
import shutil

import pytest

from annotator.errors import AnnotatorError
from annotator.operations.documents import delete_documents, set_metadata
from annotator.operations.export import export
from annotator.operations.history import undo
from annotator.operations.imports import import_paths
from annotator.operations.progress import Cancelled
from annotator.operations.projects import create_project
from annotator.operations.sample import build_sample
from annotator.storage import queries
from annotator.storage.project import Project


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        yield made


def titles(project):
    return [queries.document(project, key).source_name for key in queries.document_keys(project, None)]


def test_a_folder_may_hold_texts_and_annotated_files_side_by_side(project, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a.txt").write_text("First.\n")
    (folder / "b.jsonl").write_text(json.dumps({"text": "Second.", "annotations": [], "source_name": "b"}) + "\n")
    (folder / "c.txt").write_text("Third.\n")
    (folder / "d.json").write_text("{}")
    with Project.open(build_sample(tmp_path / "sample.annotator")) as sample:
        export(sample, folder / "e.jsonl", format_name="jsonl")
    _, report = import_paths(project, [folder])
    assert titles(project)[:3] == ["mixed/a.txt", "b", "mixed/c.txt"]
    assert report.documents == 9
    assert report.annotations == 1087
    assert [each.where for each in report.refused] == ["mixed/d.json"]  # not what stands beside an export
    assert undo(project, None).said.startswith("Undid")
    assert titles(project) == []


def test_several_paths_are_one_step(project, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name}\n")
    changes, _ = import_paths(project, [tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "a.txt"])
    assert changes.said == "Imported 2 articles"
    undo(project, None)
    assert titles(project) == []


def test_the_encoding_of_one_file_can_be_chosen(project, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_bytes(f"{name} Порты\n".encode("cp866"))
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    import_paths(project, paths, encodings={paths[0]: "cp866"}, encoding="koi8-r")
    keys = queries.document_keys(project, None)
    assert queries.text_of(project, keys[0]) == "a Порты\n"
    assert queries.text_of(project, keys[1]) != "b Порты\n"
    assert [queries.document(project, key).encoding for key in keys] == ["cp866", "koi8-r"]


def test_a_cancelled_import_of_files_leaves_nothing_and_reads_no_further(project, tmp_path):
    for number in range(2000):
        (tmp_path / f"{number}.txt").write_text(f"Text {number}.\n")

    def stop(done, total):
        assert total == 2000
        if done >= 500:
            raise Cancelled

    paths = [tmp_path / f"{number}.txt" for number in range(2000)]
    with pytest.raises(Cancelled, match="Nothing was changed"):
        import_paths(project, paths, progress=stop)
    assert titles(project) == []
    assert import_paths(project, paths[:3])[0].said == "Imported 3 articles"


def test_a_file_that_is_none_of_the_named_format_is_one_sentence(project, tmp_path):
    (tmp_path / "a.txt").write_text("Plain words.\n")
    with pytest.raises(AnnotatorError, match=r"a\.txt is not annotated JSON Lines: line 1"):
        import_paths(project, [tmp_path / "a.txt"], format_name="jsonl")
    assert titles(project) == []


def test_articles_of_the_sample_come_as_they_are(project, shared):
    folder = shared / "reference" / "sample" / "articles"
    _, report = import_paths(project, [folder])
    assert report.documents == 6
    for key, path in zip(queries.document_keys(project, None), sorted(folder.glob("*.txt")), strict=True):
        assert queries.text_of(project, key).encode() == path.read_bytes()


def test_the_seed_article_has_its_date_and_keeps_its_first_line(project, shared):
    path = shared / "reference" / "seed" / "article.txt"
    import_paths(project, [path])
    (key,) = queries.document_keys(project, None)
    assert queries.document(project, key).date == "2022-01-10"
    assert queries.text_of(project, key).encode() == path.read_bytes()


def test_a_copy_that_imports_what_another_exported_gets_its_ids(tmp_path):
    with Project.open(build_sample(tmp_path / "a.annotator")) as one:
        export(one, tmp_path / "a.jsonl", format_name="jsonl")
        ids = one.rows("SELECT id FROM annotation UNION SELECT id FROM reading UNION SELECT id FROM coder ORDER BY 1")
    shutil.copy(tmp_path / "a.annotator", tmp_path / "copy.annotator")
    with Project.open(tmp_path / "copy.annotator") as copy, create_project(tmp_path / "b.annotator") as other:
        assert not import_paths(copy, [tmp_path / "a.jsonl"])[0].history
        import_paths(other, [tmp_path / "a.jsonl"])
        for each in (copy, other):
            found = "SELECT id FROM annotation UNION SELECT id FROM reading UNION SELECT id FROM coder ORDER BY 1"
            assert each.rows(found) == ids


# ---- documents


def test_what_is_known_of_an_article_is_changed_in_one_step_and_checked(project, tmp_path):
    (tmp_path / "a.txt").write_text("Plain words.\n")
    import_paths(project, [tmp_path / "a.txt"])
    (key,) = queries.document_keys(project, None)
    changes = set_metadata(project, key, title=" New\ntitle ", date="2024-03", language="pt-BR", outlet="Daily")
    about = queries.document(project, key)
    assert (about.title, about.date, about.language, about.outlet) == ("New title", "2024-03", "pt-BR", "Daily")
    assert changes.documents == {key}
    for wrong in ({"date": "March"}, {"date": "2024-13"}, {"language": "deutsch?"}, {"title": "x" * 3000}):
        with pytest.raises(AnnotatorError):
            set_metadata(project, key, **wrong)
    assert not set_metadata(project, key, title="New title").history
    undo(project, None)
    assert queries.document(project, key).title != "New title"


def test_deleted_documents_hide_what_they_hold_and_undo_brings_all_back(tmp_path):
    with Project.open(build_sample(tmp_path / "sample.annotator")) as project:
        keys = list(queries.document_keys(project, None))
        assert delete_documents(project, keys[:2]).said == "Deleted 2 articles"
        assert list(queries.document_keys(project, None)) == keys[2:]
        assert not delete_documents(project, keys[:2]).history
        undo(project, None)
        assert list(queries.document_keys(project, None)) == keys


def test_names_in_capitals_promise_the_same(project, tmp_path):
    folder = tmp_path / "shouted"
    folder.mkdir()
    (folder / "A.JSONL").write_text(json.dumps({"text": "First.", "annotations": [], "source_name": "a"}) + "\n")
    (folder / "B.TXT").write_text("Second.\n")
    import_paths(project, [folder], format_name="jsonl")
    assert titles(project) == ["a"], "the other file is none of the format that was asked for"
    import_paths(project, [folder])
    assert titles(project) == ["a", "shouted/B.TXT"]
