"""Whatever a person presses, in whatever order: undo takes all of it back, redo brings all of it again, and what the
window shows is what the file holds."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.operations.check import check_project
from annotator.storage import queries
from annotator.storage.history import next_redo, next_undo
from annotator.storage.project import Project
from ui.acts.projects import Projects

PLACES = ("Ministers", "meet in", "Ostrell", "close the port", "Dornath", "100,000 troops", "talks", "dockers", "work")
OF_THE_CODEBOOK = ("paragraph", "pieces", "tag", "relation")  # what people may do and a codebook advises against
digits = st.sampled_from("12345")


@dataclass(frozen=True)
class Act:
    """Keys, pressed after the caret or a selection was put somewhere (if the article has such words)."""

    keys: tuple[str, ...]
    words: str = ""
    selects: bool = False


def pressed(*keys: str) -> st.SearchStrategy[Act]:
    return st.just(Act(keys))


words = st.sampled_from(PLACES)
ACTS = st.one_of(
    st.builds(lambda place, key, selects: Act((key,), place, selects), words, digits, st.booleans()),
    st.builds(lambda place, key, selects: Act((key,), place, selects), words, digits, st.booleans()),
    st.builds(lambda key: Act(("r", key)), digits),
    st.builds(
        lambda start, moves, end: Act(("e", *(("e",) if start else ()), *moves, end)),
        st.booleans(),
        st.lists(st.sampled_from(["Left", "Right", "Alt+Left", "Alt+Right"]), min_size=1, max_size=3),
        st.sampled_from(["Enter", "Esc"]),
    ),
    st.builds(lambda text: Act(("m", *text, "Enter")), st.text("abc", min_size=1, max_size=3)),
    st.builds(lambda place: Act(("+",), place), words),
    pressed("u"),
    pressed("n"),
    pressed("x"),
    pressed("."),
    pressed("Ctrl+Z"),
    pressed("Ctrl+Z", "Ctrl+Z"),
    pressed("Ctrl+Y"),
    pressed("Ctrl+PgDown"),
    pressed("Ctrl+PgUp"),
    pressed("Ctrl+Enter"),
)


def perform(driver, act: Act) -> None:
    text = driver.desk.document.text
    if act.words in text and act.words:
        start = text.index(act.words)
        driver.desk.article.set_caret(start)
        if act.selects:
            driver.desk.article.set_caret(start + len(act.words), extend=True)
    driver.desk.article.setFocus()
    driver.press(*act.keys)
    driver.press("Esc")


def in_file(path: Path) -> dict[int, list[tuple]]:
    """What another program reads: by document, in the order of the text."""
    with Project.open(path) as project:
        assert [problem for problem in check_project(project) if problem.kind not in OF_THE_CODEBOOK] == []
        coder = queries.coders(project)[0].key
        return {
            document: sorted(
                (a.outer.start, -a.outer.end, a.key, a.tag, a.spans, a.quote, a.note, a.unsure)
                for a in queries.annotations_of(project, document, coder)
            )
            for document in queries.document_keys(project, coder)
        }


def in_window(driver) -> dict[int, list[tuple]]:
    """What the list shows in each document."""
    shown = {}
    model = driver.desk.documents.model
    for row in range(model.rowCount()):
        driver.desk.workspace.show_document(model.key(row))
        driver.settle()
        rows = driver.desk.details.model
        found = [rows.annotation(at) for at in range(rows.rowCount())]
        shown[model.key(row)] = [
            (a.outer.start, -a.outer.end, a.key, a.tag, a.spans, a.quote, a.note, a.unsure) for a in found
        ]
        drawn = driver.desk.article.marks()
        assert [(mark.key, mark.tag, mark.spans, mark.unsure) for mark in drawn] == [
            (a.key, a.tag, a.spans, a.unsure) for a in found
        ]
    return shown


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(acts=st.lists(ACTS, min_size=5, max_size=25))
def test_undo_takes_all_of_it_back_and_redo_brings_it_again(driver, project_path, tmp_path_factory, acts):
    path = tmp_path_factory.mktemp("any") / "talks.annotator"
    driver.desk.workspace.close()
    shutil.copy(project_path, path)
    assert driver.window.act(Projects).open_at(path)
    project, coder = driver.desk.workspace.project, driver.desk.workspace.coder.key
    for act in acts:
        perform(driver, act)
    done = in_file(path)
    assert in_window(driver) == done
    undone = 0
    while (step := next_undo(project, coder)) is not None:
        driver.press("Ctrl+Z")
        undone += next_undo(project, coder) != step
    assert not any(in_file(path).values())
    assert not any(in_window(driver).values())
    for _ in range(undone):
        assert next_redo(project, coder) is not None
        driver.press("Ctrl+Y")
    assert without_keys(in_file(path)) == without_keys(done)
    assert in_window(driver) == in_file(path)


def without_keys(found: dict[int, list[tuple]]) -> dict[int, list[tuple]]:
    return {document: sorted(row[:2] + row[3:] for row in rows) for document, rows in found.items()}
