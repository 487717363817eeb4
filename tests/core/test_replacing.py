"""A better text: annotations go along by words and place, the rest is listed, and undo brings back everything."""

import json
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.cli.group import cli
from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.alignment import Alignment
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord
from annotator.model.span import Span, quote
from annotator.operations.annotations import delete_annotations, tag_span
from annotator.operations.check import check_project
from annotator.operations.history import redo, undo
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.operations.replacing import LOST, MOVED, REWORDED, STAYS, decoded_anew, replace_text, what_replacing_does
from annotator.operations.searching import Search, search_everything
from annotator.storage import queries
from annotator.storage.ids import text_id
from annotator.storage.merge import merge
from annotator.storage.project import Project

TEXT = "Kyiv said no.\nMoscow, MÃ¼ller said, will wait.\nNobody else spoke.\n"


@lru_cache
def empty():
    """A project to copy: making one takes longer than all that is tried on it."""
    path = Path(tempfile.mkdtemp()) / "empty.annotator"
    create_project(path).close()
    return path.read_bytes()


def project_of(path, text, spans, **more):
    path.write_bytes(empty())
    made = Project.open(path)
    annotations = tuple(
        AnnotationRecord("Ann", "actor", each, source_id=str(number)) for number, each in enumerate(spans)
    )
    record = DocumentRecord(text=text, title="Talks", annotations=annotations, **more)
    import_records(made, [record], report=Report(), format_name="test")
    return made


def at(text, *words):
    return tuple(Span(text.index(each), text.index(each) + len(each)) for each in words)


@pytest.fixture
def project(tmp_path):
    spans = [at(TEXT, each) for each in ("Kyiv", "MÃ¼ller", "wait", "Nobody")] + [at(TEXT, "Moscow", "will")]
    with project_of(tmp_path / "p.annotator", TEXT, spans) as made:
        yield made


def held(project, document=1):
    rows = project.rows("SELECT spans, quote, deleted FROM annotation ORDER BY key")
    return [(json.loads(spans), covered, deleted) for spans, covered, deleted in rows]


def document_state(project):
    rows = project.rows("SELECT id, sha256, words, encoding FROM document")
    earlier = project.rows("SELECT sha256, text FROM earlier_text WHERE deleted = 0 ORDER BY sha256")
    return rows, project.rows("SELECT text FROM document_text"), earlier, held(project)


def broken(project):
    """What `check` finds wrong with texts, places and words; what the codebook allows is no matter here."""
    return [each for each in check_project(project) if each.kind in ("file", "json", "quote", "search", "span", "text")]


def found_by(project, word):
    return len(list(search_everything(project, Search(word))))


def test_annotations_go_along_with_their_words(project):
    new = "More came in.\n" + TEXT.replace("Ã¼", "ü").replace("Nobody else spoke", "That was all")
    done = what_replacing_does(project, 1, new)
    fates = {each.quote: (each.fate, each.words) for each in done.carried}
    assert fates == {
        "Kyiv": (MOVED, "Kyiv"),
        "MÃ¼ller": (REWORDED, "Müller"),
        "wait": (MOVED, "wait"),
        "Nobody": (LOST, ""),
        "Moscowwill": (MOVED, "Moscowwill"),
    }
    with pytest.raises(AnnotatorError, match="2 annotations would not cover the same words"):
        replace_text(project, 1, new)
    changes = replace_text(project, 1, new, encoding="utf-8", accepted=True)
    assert changes.warnings == (
        "3 annotations moved with their words",
        "1 annotation reads otherwise now",
        "1 annotation did not fit and was deleted",
    )
    assert queries.text_of(project, 1) == new
    assert project.rows("SELECT id, sha256 FROM document") == [(text_id(TEXT), text_id(new))]
    assert project.rows("SELECT sha256, text FROM earlier_text") == [(text_id(TEXT), TEXT)]
    assert not broken(project)


def test_words_before_and_after_what_changed_stay_where_they_were(project):
    done = what_replacing_does(project, 1, TEXT + "And more.\n")
    assert {each.fate for each in done.carried} == {STAYS}
    replace_text(project, 1, TEXT + "And more.\n")


def test_search_finds_the_new_text_alone(project):
    replace_text(project, 1, TEXT.replace("spoke", "whistled"), accepted=True)
    assert (found_by(project, "spoke"), found_by(project, "whistled")) == (0, 1)
    undo(project, None)
    assert (found_by(project, "spoke"), found_by(project, "whistled")) == (1, 0)
    redo(project, None)
    assert (found_by(project, "spoke"), found_by(project, "whistled")) == (0, 1)


def test_undo_and_redo_survive_a_restart(project):
    new = TEXT.replace("Nobody else spoke", "That was all")
    before = document_state(project)
    replace_text(project, 1, new, accepted=True)
    after, path = document_state(project), project.path
    project.close()
    with Project.open(path) as again:
        undo(again, None)
        assert document_state(again) == before
        redo(again, None)
        assert document_state(again) == after


def test_a_text_that_was_left_and_comes_back_is_no_earlier_one(project):
    replace_text(project, 1, TEXT + "A")
    replace_text(project, 1, TEXT + "B")
    replace_text(project, 1, TEXT)
    earlier = project.rows("SELECT text FROM earlier_text WHERE deleted = 0 ORDER BY text")
    assert earlier == [(TEXT + "A",), (TEXT + "B",)]
    for wanted in (TEXT + "B", TEXT + "A", TEXT):
        undo(project, None)
        assert queries.text_of(project, 1) == wanted
    assert not broken(project)


def test_an_earlier_step_does_not_bring_old_places_back(project):
    coder = project.rows("SELECT key FROM coder")[0][0]
    made = tag_span(project, 1, coder, "actor", at(TEXT, "else")).current
    delete_annotations(project, [made])
    replace_text(project, 1, "x" + TEXT, coder=coder)
    undo(project, coder)  # the replacement
    undo(project, coder)  # the deletion
    assert held(project)[-1][1:] == ("else", 0)
    redo(project, coder)
    redo(project, coder)
    assert queries.text_of(project, 1) == "x" + TEXT
    assert held(project)[-1][2] == 1
    assert not broken(project)


def test_what_was_first_declared_done_goes_along(tmp_path):
    first = [{"id": "a", "tag": "actor", "spans": [[0, 4]], "attributes": {}, "links": []}]
    reading = ReadingRecord("Ann", state="done", extra={"first_done": first})
    with project_of(tmp_path / "p.annotator", TEXT, [at(TEXT, "Kyiv")], readings=(reading,)) as project:
        replace_text(project, 1, "Today " + TEXT)
        (content,) = project.rows("SELECT content FROM first_done")[0]
        assert json.loads(content)[0]["spans"] == [[6, 10]]


def test_another_copy_gets_the_text_with_the_merge(project, tmp_path):
    other = tmp_path / "other.annotator"
    project.connection.execute("VACUUM INTO ?", (str(other),))
    new = "Today: " + TEXT
    with Project.open(other) as copy:
        replace_text(copy, 1, new)
        before = document_state(project)
        merge(project, copy)
        assert document_state(project)[:2] == document_state(copy)[:2]
        assert not broken(project)
        assert found_by(project, "Today") == 1
        undo(project, None)
        assert document_state(project) == before
        redo(project, None)
        assert document_state(project)[:2] == document_state(copy)[:2]
        assert not merge(project, copy).newer


def test_another_encoding_alone(tmp_path):
    text = "Ein Brief von MÃ¼ller."
    extra = {"encoding": "cp1252"}
    with project_of(tmp_path / "p.annotator", text, [at(text, "Brief")], extra=extra) as project:
        assert decoded_anew(project, 1, "utf-8") == "Ein Brief von Müller."
        with pytest.raises(AnnotatorError, match="has this text already"):
            replace_text(project, 1, text)
        with pytest.raises(AnnotatorError, match="the article is no text: cannot be read as utf-16"):
            decoded_anew(project, 1, "utf-16")


WORDS = st.lists(st.sampled_from(["Kyiv ", "no ", "no\n", "😀", "e\u0301lite ", "שלום ", ". "]), max_size=14).map(
    "".join
)


@st.composite
def edits(draw):
    text = draw(WORDS.filter(bool))
    spans = draw(
        st.lists(
            st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), min_size=1, max_size=2),
            max_size=6,
        )
    )
    new = text
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(new)))
        new = new[:start] + draw(WORDS) + new[draw(st.integers(start, len(new))) :]
    return text, [[(min(pair), max(pair)) for pair in each if pair[0] != pair[1]] for each in spans], new


@given(edits())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_annotation_covers_the_same_words_or_is_listed(tmp_path_factory, case):
    text, spans, new = case
    folder = tmp_path_factory.mktemp("replace")
    wanted = [tuple(Span(*pair) for pair in each) for each in spans if each]
    with project_of(folder / "p.annotator", text, wanted) as project:
        if new in ("", text):
            with pytest.raises(AnnotatorError):
                replace_text(project, 1, new)
            return
        before = document_state(project)
        listed = {each.key: each for each in what_replacing_does(project, 1, new).of(REWORDED, LOST)}
        quotes = dict(project.rows("SELECT key, quote FROM annotation"))
        replace_text(project, 1, new, accepted=True)
        for key, pieces, covered, deleted in project.rows("SELECT key, spans, quote, deleted FROM annotation"):
            if key in listed:
                assert deleted == (listed[key].fate == LOST)
            else:
                assert covered == quotes[key]
                assert not deleted
            if not deleted:
                assert quote(new, [Span(*pair) for pair in json.loads(pieces)]) == covered
        after = document_state(project)
        undo(project, None)
        assert document_state(project) == before
        redo(project, None)
        assert document_state(project) == after
        assert not broken(project)


def test_a_long_article_in_a_wrong_encoding_keeps_every_place():
    old = "".join(f"Line {number} of Müller and Łódź.\n" for number in range(3_000))
    new = old.replace("ü", "ue").replace("Ł", "L")
    done = Alignment(old, new)
    for number in (0, 1_500, 2_999):
        start = old.index(f"{number} of Müller and")
        found = done.edges(Span(start, start + len(f"{number} of Müller and")))
        assert new[found.start : found.end] == f"{number} of Mueller and"


# ---- the command


def run(*arguments):
    result = CliRunner().invoke(cli, list(map(str, arguments)))
    return result.exit_code, result.output


def test_the_command_lists_first_and_replaces_when_told_to(project, tmp_path):
    new = tmp_path / "new.txt"
    new.write_text(TEXT.replace("Ã¼", "ü").replace("Nobody else spoke", "That was all"), encoding="utf-8")
    path = project.path
    project.close()
    code, said = run("replace-text", path, "1", new)
    assert code == 1
    assert said.splitlines() == [
        "Read otherwise now:",
        "  Ann, actor “MÃ¼ller” → “Müller”",
        "Do not fit:",
        "  Ann, actor “Nobody”",
        "1 annotation where they were; 2 moved with their words.",
        "Nothing was changed.",
    ]
    code, said = run("replace-text", path, "1", new, "--dry-run", "--json", "--accept")
    assert code == 0
    assert json.loads(said)["replaced"] is False
    code, said = run("replace-text", path, text_id(TEXT)[:8], new, "--accept", "--json")
    told = json.loads(said)
    assert (code, told["replaced"], told["moved"], told["read_otherwise"], told["do_not_fit"]) == (0, True, 2, 1, 1)
    with Project.open(path) as again:
        assert queries.text_of(again, 1).startswith("Kyiv said no.\nMoscow, Müller")


def test_the_command_reads_the_article_anew_in_another_encoding(tmp_path):
    text = "Ein Brief von MÃ¼ller."
    with project_of(tmp_path / "p.annotator", text, [at(text, "Brief")], extra={"encoding": "cp1252"}) as project:
        path = project.path
    assert run("replace-text", path, "1", "--encoding", "utf-8")[0] == 0
    with Project.open(path) as again:
        assert queries.text_of(again, 1) == "Ein Brief von Müller."
        assert again.rows("SELECT encoding FROM document") == [("utf-8",)]


def test_the_command_mends_what_was_read_wrongly_before_it_came(tmp_path):
    with project_of(tmp_path / "p.annotator", "Ein Brief von MÃ¼ller.", []) as project:
        path = project.path
    assert run("replace-text", path, "1", "--encoding", "utf-8", "--was", "cp1252")[0] == 0
    with Project.open(path) as again:
        assert queries.text_of(again, 1) == "Ein Brief von Müller."
