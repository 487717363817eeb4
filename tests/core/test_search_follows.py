"""Search follows whatever happens to a project: the index is that of a rebuild, what is found is what is there."""

import re
import sqlite3
from contextlib import closing, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.operations import annotations, coders, history, merging, notes
from annotator.operations.documents import delete_documents
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.operations.replacing import replace_text
from annotator.operations.searching import Search, search_everything
from annotator.storage import search_index
from annotator.storage.concordance import ANNOTATIONS, NOTES, TEXT
from annotator.storage.project import Project

TEXTS = {
    "Geneva": "US and Russia held talks in Geneva. Blinken said the talks were frank.",
    "Kyiv": "The mayor of Kyiv asked for 100,000 generators. Talks go on.",
    "Beijing": "北京市昨天发表声明。俄罗斯与NATO会谈没有结果。",
}
MORE = {"Minsk": "Talks in Minsk failed.", "Bangkok": "นายกรัฐมนตรีกล่าวว่ากองทัพพร้อม"}


def add(project, texts):
    records = [DocumentRecord(text=text, title=title) for title, text in texts.items()]
    import_records(project, records, report=Report(), format_name="test")


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        coders.add_coder(made, "Ann")
        add(made, TEXTS)
        yield made


def postings(connection):
    """What each index holds: every term with document and place."""
    held = {}
    for index in ("search", "search_parts"):
        connection.execute(f"CREATE VIRTUAL TABLE temp.v_{index} USING fts5vocab(main, {index}, instance)")
        held[index] = sorted(connection.execute(f"SELECT term, doc, offset FROM temp.v_{index}"))
        connection.execute(f"DROP TABLE temp.v_{index}")
    return held


def check(project, tmp_path):
    """The index is what a rebuild makes of the texts, and what is found is what a look at every row finds."""
    copy = tmp_path / "copy.annotator"
    copy.unlink(missing_ok=True)
    project.copy_to(copy)
    with closing(sqlite3.connect(copy)) as connection:
        held = postings(connection)
        search_index.rebuild(connection)
        assert held == postings(connection)
    live = "d.deleted = 0 AND d.batch NOT IN (SELECT key FROM batch WHERE ended IS NULL)"
    texts = project.rows(f"SELECT t.text FROM document AS d JOIN document_text AS t ON t.document = d.key WHERE {live}")
    there = sum(len(re.findall(r"\btalks\b", text, re.IGNORECASE)) for (text,) in texts)
    assert found(project, "talks", (TEXT,)) == there
    said = project.rows(
        f"""SELECT a.note FROM annotation AS a JOIN reading AS r ON r.key = a.reading JOIN document AS d
            ON d.key = r.document WHERE a.deleted = 0 AND r.deleted = 0 AND {live}
            AND a.batch NOT IN (SELECT key FROM batch WHERE ended IS NULL)"""
    )
    assert found(project, "frankly", (NOTES,)) == sum("frankly" in note for (note,) in said)
    return (
        found(project, "talks", (TEXT,)),
        found(project, "blinken", (ANNOTATIONS,)),
        found(project, "frankly", (NOTES,)),
    )


def found(project, words, where):
    return len(list(search_everything(project, Search(words, where=where))))


def test_search_is_right_after_everything_that_can_happen(project, tmp_path):
    assert check(project, tmp_path) == (3, 0, 0)
    annotations.tag_span(project, 1, 1, "actor", [(36, 43)])
    assert check(project, tmp_path) == (3, 1, 0)
    notes.set_note(project, 1, "Does he speak frankly?")
    assert check(project, tmp_path) == (3, 1, 1)
    history.undo(project, 1)
    assert check(project, tmp_path) == (3, 1, 0)
    history.undo(project, 1)
    assert check(project, tmp_path) == (3, 0, 0)
    history.redo(project, 1)
    history.redo(project, 1)
    assert check(project, tmp_path) == (3, 1, 1)

    other = tmp_path / "other.annotator"
    project.copy_to(other)
    with Project.open(other) as theirs:
        add(theirs, MORE)
        ben, _ = coders.add_coder(theirs, "Ben")
        annotations.tag_span(theirs, 1, ben, "claim", [(36, 69)])
        notes.set_note(theirs, 2, "frankly, a claim")
    merging.merge_files(project, [other])
    assert check(project, tmp_path) == (4, 1, 2)
    history.undo(project, None)
    assert check(project, tmp_path) == (3, 1, 1)
    history.redo(project, None)
    assert check(project, tmp_path) == (4, 1, 2)

    replace_text(project, 3, "会谈 Talks talks", accepted=True)
    assert check(project, tmp_path) == (6, 1, 2)
    history.undo(project, None)
    assert check(project, tmp_path) == (4, 1, 2)
    delete_documents(project, [1], coder=1)
    assert check(project, tmp_path) == (2, 0, 0)
    history.undo(project, 1)
    assert check(project, tmp_path) == (4, 1, 2)


ACTS = {
    "tag": lambda project: annotations.tag_span(project, 1, 1, "actor", [(36, 43)]),
    "tag another": lambda project: annotations.tag_span(project, 2, 1, "claim", [(0, 20)]),
    "note": lambda project: notes.set_note(project, 1, "frankly"),
    "import": lambda project: add(project, MORE),
    "replace": lambda project: replace_text(project, 2, "Talks, talks and 会谈.", accepted=True),
    "replace back": lambda project: replace_text(project, 2, TEXTS["Kyiv"], accepted=True),
    "delete": lambda project: delete_documents(project, [1], coder=1),
    "undo": lambda project: history.undo(project, 1),
    "undo all": lambda project: history.undo(project, None),
    "redo": lambda project: history.redo(project, 1),
    "redo all": lambda project: history.redo(project, None),
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=8))
def test_search_is_right_in_whatever_order_things_happen(tmp_path_factory, acts):
    folder = tmp_path_factory.mktemp("acts")
    with create_project(folder / "p.annotator") as project:
        coders.add_coder(project, "Ann")
        add(project, TEXTS)
        for act in acts:
            with suppress(AnnotatorError):  # what cannot be done is refused: nothing of it may be left
                ACTS[act](project)
        check(project, folder)
