"""Colleagues' files come together: what the preview says is what happens, and what cannot come in keeps all out."""

import shutil
import sqlite3
from dataclasses import replace

import pytest

from annotator.errors import AnnotatorError
from annotator.model.codebook import canonical_json
from annotator.model.codebook_yaml import default_codebook
from annotator.operations import coders, documents, entities, merging, sharing
from annotator.operations.annotations import delete_annotations, retag
from annotator.operations.codebook_versions import current_version, update_codebook
from annotator.operations.merge_settling import Choices
from annotator.operations.notes import set_note
from annotator.storage import entity_queries, history, queries, version_queries
from annotator.storage.ids import text_id
from annotator.storage.project import Project
from tests.core.review_world import TEXTS, article, key, lead_project, tag, tagged
from tests.core.storage_world import check_integrity, shared_state, verbatim


@pytest.fixture
def project(tmp_path):
    with lead_project(tmp_path) as made:
        yield made


@pytest.fixture
def copy_of(tmp_path):
    """A copy of a project, open until the test ends."""
    opened = []

    def make(project, name):
        project.copy_to(tmp_path / name)
        opened.append(Project.open(tmp_path / name))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


# ---- the preview is what happens


def test_packages_of_two_coders_come_together_in_any_order_and_any_number_of_times(project, tmp_path) -> None:
    lead = key(project, "Lead")
    paths = []
    for name, words in (("Anna", "Ilka Dornath"), ("Ben", "Ferry talks")):
        paths.append(sharing.share(project, tmp_path / f"{name}.annotator", key(project, name)).path)
        with Project.open(paths[-1]) as package:
            tag(package, name, 0, words, "actor")
    preview = merging.preview_merge(project, paths)
    assert (preview.new, preview.changed) == (4, 0)
    assert preview.said() == "2 annotations and 2 readings new"
    assert {name: each.new for name, each in preview.by_coder.items()} == {"Anna": 1, "Ben": 1}
    assert {name: each.new for name, each in preview.by_document.items()} == {"Ferry talks resume": 2}
    assert tagged(project, "Anna", 0) == []
    project.copy_to(tmp_path / "other.annotator")
    changes, found = merging.merge_files(project, paths, coder=lead)
    assert changes.said == "Brought in 2 files: 2 annotations and 2 readings new"
    assert found == preview
    with Project.open(tmp_path / "other.annotator") as other:
        for path in reversed(paths):
            merging.merge_files(other, [path])
        assert shared_state(other) == shared_state(project)
    state = verbatim(project)
    again = merging.preview_merge(project, paths)
    assert (again.new, again.changed, again.already) == (0, 0, preview.new + preview.already)
    assert not merging.merge_files(project, paths)[0].history
    assert verbatim(project) == state
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_merge_is_one_step_that_undo_takes_back_and_that_can_be_made_again(project, copy_of) -> None:
    lead = key(project, "Lead")
    tag(project, "Anna", 1, "40 lorries", "figure")
    other = copy_of(project, "anna.annotator")
    retag(other, queries.annotations_of(other, article(other, 1), key(other, "Anna"))[0].key, "actor")
    tag(other, "Anna", 0, "Ilka Dornath", "actor")
    new, _ = coders.add_coder(other, "Cleo")
    assert new
    before, history_before = verbatim(project), len(history.steps(project))
    for _ in range(2):
        merging.merge_files(project, [other.path], coder=lead)
        assert tagged(project, "Anna", 1) == [("actor", "40 lorries")]
        assert len(queries.coders(project)) == 4
        done = history.undo(project, lead)
        assert [step.kind for step in done.steps] == ["merge"]
        assert verbatim(project) == before
    history.redo(project, lead)
    assert shared_state(project) == shared_state(other)
    assert len(history.steps(project)) == history_before + 5
    check_integrity(project)


def test_deletions_come_in_and_nothing_comes_back(project, copy_of) -> None:
    gone = tag(project, "Anna", 0, "Ilka Dornath", "actor")
    old = copy_of(project, "old.annotator")
    delete_annotations(project, [gone])
    preview = merging.preview_merge(project, [old.path])
    assert (preview.new, preview.changed, preview.conflicts) == (0, 0, ())
    merging.merge_files(project, [old.path])
    assert tagged(project, "Anna", 0) == []
    found = merging.preview_merge(old, [project.path])
    assert (found.new, found.changed, found.conflicts) == (0, 1, ())
    merging.merge_files(old, [project.path])
    assert tagged(old, "Anna", 0) == []


# ---- what to look at


def test_what_was_changed_in_both_files_is_listed_and_the_later_stands(project, copy_of) -> None:
    mine = tag(project, "Anna", 0, "Ilka Dornath", "actor")
    tag(project, "Anna", 1, "40 lorries", "figure")
    other = copy_of(project, "anna.annotator")
    set_note(project, mine, "here")
    own = queries.annotations_of(other, article(other, 0), key(other, "Anna"))[0].key
    set_note(other, own, "there")
    retag(other, queries.annotations_of(other, article(other, 1), key(other, "Anna"))[0].key, "actor")
    (conflict,) = merging.preview_merge(project, [other.path]).conflicts
    assert conflict.kind == "both changed"
    assert "Ilka Dornath" in conflict.where
    assert conflict.message == "this annotation was changed in both files; theirs is later and stands"
    _, found = merging.merge_files(project, [other.path])
    assert found.conflicts == (conflict,)
    assert queries.annotation(project, mine).note == "there"
    set_note(project, mine, "here again")  # goes on from theirs
    assert merging.preview_merge(project, [other.path]).conflicts == ()
    assert merging.preview_merge(other, [project.path]).conflicts == ()


def test_annotations_of_a_deleted_article_come_along_hidden(project, copy_of) -> None:
    other = copy_of(project, "anna.annotator")
    tag(other, "Anna", 0, "Ilka Dornath", "actor")
    documents.delete_documents(project, [article(project, 0)], coder=key(project, "Lead"))
    (conflict,) = merging.preview_merge(project, [other.path]).conflicts
    assert str(conflict) == "“Ferry talks resume”: it is deleted here; 1 annotation comes along hidden."
    merging.merge_files(project, [other.path], coder=key(project, "Ben"))
    history.undo(project, key(project, "Lead"))
    assert tagged(project, "Anna", 0) == [("actor", "Ilka Dornath")]


def test_two_agreed_versions_of_one_article_are_told(project, copy_of) -> None:
    other = copy_of(project, "other.annotator")
    for here, name in ((project, "Lead"), (other, "Ben")):
        with here.step("Review", coder=key(here, name), document=article(here, 0)) as step:
            row = {"document": article(here, 0), "coder": key(here, name), "kind": "gold", "state": "done"}
            step.insert("reading", row)
    (conflict,) = merging.preview_merge(project, [other.path]).conflicts
    assert (conflict.kind, conflict.message) == ("gold", "there is another agreed version, by Ben")


# ---- who is who


def test_a_coder_of_the_same_name_is_told_and_can_be_made_one_person(project, copy_of, tmp_path) -> None:
    lead = key(project, "Lead")
    other = copy_of(project, "cleo.annotator")
    for each in (project, other):
        coders.add_coder(each, "Cleo")
    tag(project, "Cleo", 0, "Ferry talks", "actor")
    tag(other, "Cleo", 0, "Ilka Dornath", "actor")
    preview = merging.preview_merge(project, [other.path])
    (found,) = preview.people
    ours = queries.coder(project, key(project, "Cleo"))
    assert (found.name, found.ours) == ("Cleo", ((ours.id, "Cleo"),))
    assert [each.kind for each in preview.conflicts] == ["coder"]
    before = verbatim(project)
    merging.merge_files(project, [other.path], coder=lead)
    assert [each.name for each in queries.coders(project)].count("Cleo") == 2
    history.undo(project, lead)
    merging.merge_files(project, [other.path], Choices(people={found.id: ours.id}), coder=lead)
    assert [each.name for each in queries.coders(project)].count("Cleo") == 1
    assert tagged(project, "Cleo", 0) == [("actor", "Ferry talks"), ("actor", "Ilka Dornath")]
    tag(other, "Cleo", 1, "40 lorries", "figure")  # it holds for what still comes from there
    merging.merge_files(project, [other.path], coder=lead)
    assert tagged(project, "Cleo", 1) == [("figure", "40 lorries")]
    assert merging.preview_merge(project, [other.path]).people == ()
    history.undo(project, lead)
    history.undo(project, lead)
    assert verbatim(project) == before


def test_actors_are_united_only_when_asked(project, copy_of) -> None:
    other = copy_of(project, "other.annotator")
    ours, _ = entities.add_entity(project, "Antony Blinken", aliases=["Blinken"])
    theirs, _ = entities.add_entity(other, "Blinken")
    entities.add_entity(other, "Somebody Else")
    (found,) = merging.preview_merge(project, [other.path]).entities
    assert (found.id, found.ours, found.by) == (theirs, ((ours, "Antony Blinken"),), "alias")
    merging.merge_files(project, [other.path], coder=1)
    assert len(entity_queries.registry(project).mains) == 3
    history.undo(project, 1)
    merging.merge_files(project, [other.path], Choices(entities={theirs: ours}), coder=1)
    registry = entity_queries.registry(project)
    assert [each.name for each in registry.mains] == ["Antony Blinken", "Somebody Else"]
    assert registry.main(theirs).id == ours


# ---- codebooks


@pytest.fixture
def apart(project, copy_of):
    """Our codebook has another definition, theirs a new tag under a key of ours, and an annotation with it."""
    other = copy_of(project, "other.annotator")
    book = current_version(project).codebook
    actor = replace(book.tag("actor"), definition="who acts")
    update_codebook(project, replace(book, version="ours", tags=(actor, *book.tags[1:])))
    new = replace(book.tag("threat"), id="rumour", label="Rumour", rules=(), keys=(book.tag("actor").keys[0], "z"))
    rest = tuple(replace(tag, keys=tag.keys[1:]) if tag.id == "actor" else tag for tag in book.tags)
    update_codebook(other, replace(book, version="theirs", tags=(*rest, new)))
    tag(other, "Anna", 0, "ferry talks went on", "rumour")
    return other


def test_a_codebook_that_went_another_way_is_shown_and_the_later_goes_on(project, apart) -> None:
    preview = merging.preview_merge(project, [apart.path])
    (news,) = preview.codebooks
    digit = current_version(project).codebook.tag("actor").keys[0]
    assert news.apart
    assert news.clashes == (f"{digit} is actor here, rumour there",)
    assert [change.kind for change in news.changes if change.tag == "rumour"] == ["new"]
    assert [each.kind for each in preview.conflicts] == ["codebook"]
    merging.merge_files(project, [apart.path])
    assert current_version(project).version == "theirs"
    assert {each.version for each in version_queries.heads(version_queries.versions(project))} == {"ours", "theirs"}


def test_both_codebooks_can_be_put_together(project, apart) -> None:
    before = verbatim(project)
    merging.merge_files(project, [apart.path], Choices(codebook="both"), coder=1)
    book = current_version(project).codebook
    assert book.tag("actor").definition == "who acts"
    assert book.tag("rumour").keys == ("z",)
    assert not merging.merge_files(project, [apart.path], Choices(codebook="both"), coder=1)[0].history
    history.undo(project, 1)
    assert verbatim(project) == before


def test_a_codebook_without_a_tag_that_comes_in_is_refused_whole(project, apart) -> None:
    before = verbatim(project)
    with pytest.raises(AnnotatorError, match="uses the tag “rumour”, which your codebook does not have"):
        merging.merge_files(project, [apart.path], Choices(codebook="ours"))
    assert verbatim(project) == before
    delete_annotations(apart, [queries.annotations_of(apart, article(apart, 0), key(apart, "Anna"))[0].key])
    merging.merge_files(project, [apart.path], Choices(codebook="ours"))
    assert current_version(project).codebook.tag("actor").definition == "who acts"
    assert current_version(project).codebook.tag("rumour") is None


# ---- what cannot come in


def damaged(path, *statements: str) -> None:
    with sqlite3.connect(path, isolation_level=None) as raw:
        for statement in statements:
            raw.execute(statement)
    raw.close()


TOO_NEW = ("PRAGMA user_version = 99", "UPDATE meta SET value = '99' WHERE name = 'oldest_writer'")
DANGLING = ("PRAGMA foreign_keys = OFF", "DELETE FROM document_text", "DELETE FROM document")
NO_CODEBOOK = ("UPDATE codebook SET content = '{}'",)
OTHER_TEXT = ("UPDATE document_text SET text = replace(text, 'Ferry', 'Train')",)


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (TOO_NEW, "was written by a newer version of the program"),
        (DANGLING, "refers to a row of “document” that is not there"),
        (OTHER_TEXT, "other.annotator holds another text of “Ferry talks resume” than it should"),
        (NO_CODEBOOK, "other.annotator is damaged: its codebook cannot be read"),
    ],
    ids=["newer", "annotation on a missing article", "changed text", "codebook"],
)
def test_a_file_that_cannot_be_used_keeps_all_of_them_out(project, copy_of, tmp_path, statements, sentence) -> None:
    good = copy_of(project, "good.annotator")
    tag(good, "Anna", 0, "Ilka Dornath", "actor")
    tag(project, "Ben", 0, "Ferry talks", "actor")
    project.copy_to(tmp_path / "other.annotator")
    damaged(tmp_path / "other.annotator", *statements)
    before = verbatim(project)
    paths = [good.path, tmp_path / "other.annotator"]
    with pytest.raises(AnnotatorError, match=sentence):
        merging.merge_files(project, paths)
    assert verbatim(project) == before
    preview = merging.preview_merge(project, paths)
    assert [sentence in each.reason for each in preview.refused] == [True]
    assert preview.kinds["annotation"].new == 1


def test_another_project_is_refused_by_name(project, tmp_path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with lead_project(tmp_path / "elsewhere") as other, pytest.raises(AnnotatorError, match="is another project"):
        merging.merge_files(project, [other.path])


def test_a_text_with_a_hash_of_its_own_does_not_replace_ours(project, copy_of) -> None:
    other = copy_of(project, "other.annotator")
    new = TEXTS[0] + "More.\n"
    with other.transaction():
        other.connection.execute("UPDATE document_text SET text = ? WHERE document = 1", (new,))
        other.connection.execute("UPDATE document SET sha256 = ? WHERE key = 1", (text_id(new),))
    with pytest.raises(AnnotatorError, match="holds another text"):
        merging.merge_files(project, [other.path])


def test_a_package_brings_its_coders_work_and_nothing_else(project, tmp_path) -> None:
    """Somebody opened the package with another tool, and wrote what only the lead may."""
    tag(project, "Anna", 1, "40 lorries", "figure")
    path = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna")).path
    with Project.open(path) as package:
        tag(package, "Anna", 0, "Ilka Dornath", "actor")
        latest = package.rows("SELECT max(stamp) FROM step")[0][0]
    later = latest[:11] + "f" + latest[12:]
    damaged(path, f"UPDATE document SET title = 'mine', stamp = '{later}' WHERE key = 1")
    _, found = merging.merge_files(project, [path])
    (refused,) = found.refused
    assert str(refused) == "anna.annotator, 1 article: only the lead may change that."
    assert tagged(project, "Anna", 0) == [("actor", "Ilka Dornath")]
    assert "mine" not in {about.title for about in queries.documents(project)}


def test_a_file_of_an_older_version_is_brought_up_to_date_in_a_copy(project, tmp_path) -> None:
    """What an older program wrote is only read."""
    old = tmp_path / "old.annotator"
    shutil.copyfile(__file__.replace("core/test_merging.py", "old_projects/format-1.annotator"), old)
    with sqlite3.connect(old, isolation_level=None) as raw:
        (wanted,) = raw.execute("SELECT value FROM meta WHERE name = 'project'").fetchone()
        for document, text in raw.execute("SELECT document, text FROM document_text").fetchall():
            raw.execute("UPDATE document SET sha256 = ? WHERE key = ?", (text_id(text), document))
        raw.execute("UPDATE codebook SET content = ?", (canonical_json(default_codebook()),))
    raw.close()
    before = old.read_bytes()
    damaged(project.path.with_name("news.annotator"), f"UPDATE meta SET value = '{wanted}' WHERE name = 'project'")
    _, found = merging.merge_files(project, [old])
    assert found.kinds["annotation"].new == 2
    assert old.read_bytes() == before


def test_a_stopped_merge_leaves_the_project_as_it_was(project, copy_of) -> None:
    from annotator.operations.progress import Cancelled

    other = copy_of(project, "other.annotator")
    tag(other, "Anna", 0, "Ilka Dornath", "actor")
    before = verbatim(project)

    def stop(done: int, _total: int) -> None:
        if done > 8:
            raise Cancelled

    with pytest.raises(Cancelled):
        merging.merge_files(project, [other.path], progress=stop)
    assert verbatim(project) == before
    check_integrity(project)
