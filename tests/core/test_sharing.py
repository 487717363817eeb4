"""A package holds what one coder needs, and not a byte of anything else; work comes home whole; updates come in."""

import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from annotator.errors import AnnotatorError
from annotator.model.codebook import Example
from annotator.operations import (
    assigning,
    coders,
    documents,
    entities,
    imports,
    merging,
    packages,
    rounds,
    sharing,
    updating,
)
from annotator.operations.codebook_examples import use_as_example
from annotator.operations.codebook_versions import current_version, update_codebook
from annotator.operations.notes import set_note
from annotator.operations.readings import set_state
from annotator.storage import assignments, history, queries
from annotator.storage.ids import new_id
from annotator.storage.project import Project
from tests.core.review_world import TEXTS, article, key, lead_project, tag, tagged

SECRETS = ("zebrafish", "quagmire", "xylophone")  # words that stand nowhere else


@pytest.fixture
def project(tmp_path):
    with lead_project(tmp_path) as made:
        yield made


def assigned(project: Project, name: str, *numbers: int) -> None:
    assigning.assign(project, [(article(project, number), key(project, name)) for number in numbers])


def everything_in(path) -> bytes:
    """The bytes of a file, and in plain what its full-text indexes hold compressed."""
    with sqlite3.connect(path) as raw:
        found = [str(row) for table in ("search", "search_parts") for row in vocabulary(raw, table)]
    raw.close()
    return path.read_bytes() + "\n".join(found).encode()


def vocabulary(raw: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    raw.execute(f"CREATE VIRTUAL TABLE temp.v_{table} USING fts5vocab(main, {table}, row)")
    return raw.execute(f"SELECT term FROM temp.v_{table}").fetchall()


# ---- what is in a package


def test_a_package_holds_nothing_of_others_in_any_byte(project, tmp_path) -> None:
    lead = key(project, "Lead")
    coders.rename_coder(project, lead, "Quibbleton")
    assigned(project, "Anna", 0, 1)
    assigned(project, "Ben", 1, 2)
    for name in ("Ben", "Quibbleton"):
        set_note(project, tag(project, name, 1, "40 lorries", "figure"), SECRETS[0])
    gone = tag(project, "Quibbleton", 0, "Ferry", "actor")
    set_note(project, gone, SECRETS[1])
    history.undo(project, lead)
    entities.add_entity(project, SECRETS[2])
    anna, ben, here = key(project, "Anna"), key(project, "Ben"), article(project, 0)
    assigning.draw_sample(project, 1, [anna, ben], seed=987654, documents=[here], coder=lead)
    mine = tag(project, "Anna", 0, "Ilka Dornath", "actor")
    made = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna"))
    held = everything_in(made.path)
    assert b"Ilka Dornath" in held
    assert b"lorries" in held
    for word in (
        *SECRETS,
        "dockers",
        "Dockers",
        "harbour",
        "Harbour",
        "ministry",
        "Ben",
        "Quibbleton",
        "987654",
        "article1.txt",
    ):
        assert word.encode() not in held, word
    with Project.open(made.path) as package:
        assert package.rows("SELECT count(*) FROM step") == package.rows("SELECT count(*) FROM change") == [(0,)]
        assert package.rows("SELECT count(*) FROM assignment") == [(0,)]
        assert package.rows("PRAGMA freelist_count") == [(0,)]
        assert [row[0] for row in package.rows("SELECT id FROM annotation")] == [queries.annotation(project, mine).id]
        assert package.meta("secret") != project.meta("secret")
        assert package.meta("project") == project.meta("project")
        assert {name for (name,) in package.rows("SELECT name FROM meta")} == {
            "project", "title", "secret", "coder", "package", "oldest_writer",
        }  # fmt: skip


def test_nothing_tells_the_articles_of_the_sample_from_the_others(project, tmp_path) -> None:
    """The same package comes out whether an article is in the sample or not."""
    anna, ben, lead = (key(project, name) for name in ("Anna", "Ben", "Lead"))
    assigned(project, "Anna", 0, 1, 2, 3)
    project.copy_to(tmp_path / "with.annotator")
    with Project.open(tmp_path / "with.annotator") as other:
        assigning.draw_sample(other, 2, [anna, ben], seed=5, coder=lead)
        assert len(assigning.samples(other)[0].documents) == 2
        packages = [
            sharing.share(each, tmp_path / f"{number}.annotator", anna).path
            for number, each in enumerate((project, other))
        ]
    rows, timed = [], ("meta", "_sqlite_migrations")  # these tell when a package was made
    for path in packages:
        with Project.open(path, read_only=True) as package:
            tables = [name for (name,) in package.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows.append({name: package.rows(f'SELECT * FROM "{name}"') for name in tables if name not in timed})
    assert rows[0] == rows[1]


def test_the_codebook_goes_without_examples_from_these_articles(project, tmp_path) -> None:
    assigned(project, "Anna", 0)
    use_as_example(project, tag(project, "Lead", 0, "said Ilka Dornath", "actor"))
    use_as_example(project, tag(project, "Lead", 2, "Dockers demand higher pay", "demand"))
    book = current_version(project).codebook
    assert Example("said Ilka Dornath", extra=book.tag("actor").positive[-1].extra) in book.tag("actor").positive
    made = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna"))
    with Project.open(made.path) as package:
        there = current_version(package)
        assert there.id == current_version(project).id
        assert "Dockers demand higher pay" in [each.text for each in there.codebook.tag("demand").positive]
        assert all("said Ilka" not in content for (content,) in package.rows("SELECT content FROM codebook"))
        tag(package, "Anna", 0, "Ferry talks", "actor")
    with Project.open(merged_copy(project, made.path, tmp_path)) as lead:
        assert current_version(lead) == current_version(project)
        assert current_version(lead).codebook == book


def merged_copy(project, path, folder):
    project.copy_to(folder / "copy.annotator")
    with Project.open(folder / "copy.annotator") as copy:
        merging.merge_files(copy, [path])
    return folder / "copy.annotator"


def test_everything_goes_if_nobody_is_assigned_any_and_actors_if_the_lead_says_so(project, tmp_path) -> None:
    entities.add_entity(project, "Ilka Dornath", aliases=["Dornath"])
    made = sharing.share(project, tmp_path, key(project, "Anna"), entities=True)
    assert made.documents == 4
    assert made.path.name == f"News–Anna–{date.today().isoformat()}.annotator"
    assert sharing.share(project, tmp_path, key(project, "Anna")).path.name.endswith("-2.annotator")
    with Project.open(made.path) as package:
        assert package.rows("SELECT name FROM entity") == [("Ilka Dornath",)]
        assert [queries.text_of(package, article(package, number)) for number in range(4)] == list(TEXTS)


def test_who_has_nothing_to_do_gets_no_package(project, tmp_path) -> None:
    assigned(project, "Ben", 0)
    with pytest.raises(AnnotatorError, match="Nothing is assigned to Anna"):
        sharing.share(project, tmp_path, key(project, "Anna"))
    with pytest.raises(AnnotatorError, match="exists already"):
        sharing.share(project, project.path, key(project, "Ben"))
    assert [path.name for path in tmp_path.glob("*.annotator")] == ["news.annotator"]


# ---- working in a package


def test_a_package_is_its_coders_and_only_coding_can_be_done_in_it(project, tmp_path) -> None:
    made = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna"))
    with Project.open(made.path) as package:
        assert queries.coder(package, package.package_coder).name == "Anna"
        tag(package, "Anna", 0, "Ilka Dornath", "actor")
        book = current_version(package).codebook
        before = package.rows("SELECT * FROM step")
        for act in (
            lambda: update_codebook(package, type(book)(**{**vars(book), "title": "mine"})),
            lambda: documents.set_metadata(package, article(package, 0), title="mine"),
            lambda: documents.delete_documents(package, [article(package, 0)]),
            lambda: assigning.assign(package, [(article(package, 0), package.package_coder)]),
            lambda: coders.add_coder(package, "Somebody"),
            lambda: imports.import_paths(package, [tmp_path / "articles"]),
            lambda: sharing.share(package, tmp_path, package.package_coder),
        ):
            with pytest.raises(AnnotatorError, match="is a coder's package"):
                act()
        assert package.rows("SELECT * FROM step") == before
        coders.rename_coder(package, package.package_coder, "Anna Maria")


def test_work_comes_home_as_a_whole_closed_copy(project, tmp_path) -> None:
    made = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna"))
    with Project.open(made.path) as package:
        tag(package, "Anna", 0, "Ilka Dornath", "actor")
        home = sharing.share_mine(package, tmp_path, package.package_coder)
        assert home.path == tmp_path / f"News–Anna–{date.today().isoformat()}.annotator"
        assert not (tmp_path / f"{home.path.name}-wal").exists()
    info = packages.package_info(home.path)
    assert info is not None
    assert (info.project, info.title) == (project.meta("project"), "News")
    assert packages.package_info(project.path) is None
    merging.merge_files(project, [home.path])
    assert tagged(project, "Anna", 0) == [("actor", "Ilka Dornath")]


def test_a_package_with_damaged_pages_is_told_in_one_sentence(project, tmp_path) -> None:
    made = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna")).path
    with closing(sqlite3.connect(made)) as raw:
        ((root,),) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'meta'").fetchall()
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    with made.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(AnnotatorError, match="is damaged"):
        packages.package_info(made)
    assert packages.own_file(made, [project.path]) is None, "whoever opens it is told"


# ---- the package again: an update


def test_the_package_made_again_is_an_update(project, tmp_path) -> None:
    lead, anna, ben = (key(project, name) for name in ("Lead", "Anna", "Ben"))
    assigned(project, "Anna", 0, 1)
    assigned(project, "Ben", 0)
    first = sharing.share(project, tmp_path / "first.annotator", anna).path
    with Project.open(first) as package:
        own = tag(package, "Anna", 0, "Ilka Dornath", "actor")
        own_id = queries.annotation(package, own).id
        set_state(package, article(package, 0), package.package_coder, "done")
    tag(project, "Ben", 0, "Ferry talks", "actor")
    set_state(project, article(project, 0), ben, "done")
    merging.merge_files(project, [first], coder=lead)
    rounds.close_round(project, [article(project, 0)], lead)
    decide(project, article(project, 0), lead, {"took": ["somebody else"], "annotation": own_id})
    decide(project, article(project, 1), lead, {"took": ["somebody else"]})  # still being coded: stays behind
    rounds.return_reading(project, article(project, 0), anna, lead=lead)
    assigned(project, "Anna", 2)
    use_as_example(project, tag(project, "Lead", 3, "the ministry".replace("the", "The"), "actor"))
    second = sharing.share(project, tmp_path / "second.annotator", anna).path
    assert b"Ferry talks" not in everything_in(second).replace(TEXTS[0].encode(), b"").replace(
        b"Ferry talks resume", b""
    )
    with Project.open(first) as package:
        others = [project.path, second, tmp_path / "gone.annotator"]
        assert packages.own_file(second, [*others, first]) == first
        assert packages.own_file(second, others) is None
        assert packages.own_file(project.path, [first]) is None
        assert packages.is_copy_of(project, first)
        assert not packages.is_copy_of(package, first), "itself"
        tag(package, "Anna", 1, "40 lorries", "figure")
        found = updating.preview_update(package, second)
        version = current_version(project).version
        assert found == updating.Update(documents=1, codebook=version, answers=0, corrections=1, returned=1)
        assert found.said() == f"1 new article, codebook {version}, 1 correction, 1 sent back"
        changes, _ = updating.bring_update(package, second, coder=package.package_coder)
        assert changes.said == f"Brought in from the lead: {found.said()}"
        assert assignments.queue(package, package.package_coder)[0] == article(package, 0)
        assert tagged(package, "Anna", 1) == [("figure", "40 lorries")]
        assert not updating.bring_update(package, second)[0].history
        history.undo(package, package.package_coder)
        assert updating.preview_update(package, second) == found


def test_an_update_comes_into_its_own_file_only(project, tmp_path) -> None:
    anna = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna")).path
    ben = sharing.share(project, tmp_path / "ben.annotator", key(project, "Ben")).path
    with Project.open(anna) as package:
        for other in (ben, project.path):
            with pytest.raises(AnnotatorError, match="only a newer package for the same coder"):
                updating.bring_update(package, other)
    with pytest.raises(AnnotatorError, match="is no coder's package"):
        updating.preview_update(project, anna)


def test_answers_to_ones_own_questions_come_before_the_round_is_closed(project, tmp_path) -> None:
    lead, anna, ben = (key(project, name) for name in ("Lead", "Anna", "Ben"))
    mine, theirs = (tag(project, name, 0, "Ilka Dornath", "actor") for name in ("Anna", "Ben"))
    ids = {name: queries.annotation(project, each).id for name, each in (("mine", mine), ("theirs", theirs))}
    decide(project, article(project, 0), lead, {"about": ids["mine"], "text": "yes, an actor"}, kind="message")
    decide(project, article(project, 0), lead, {"about": ids["theirs"], "text": SECRETS[0]}, kind="message")
    decide(project, article(project, 0), ben, {"about": ids["mine"], "text": SECRETS[1]}, kind="message")
    path = sharing.share(project, tmp_path / "anna.annotator", anna).path
    held = everything_in(path)
    assert b"yes, an actor" in held
    assert SECRETS[0].encode() not in held
    assert SECRETS[1].encode() not in held


def decide(project: Project, document: int, reviewer: int, content: dict[str, object], kind: str = "tag") -> None:
    with project.step("Decide", coder=reviewer, document=document) as step:
        row = {
            "id": new_id(),
            "document": document,
            "reviewer": reviewer,
            "place": "0-4",
            "kind": kind,
            "choice": "take",
        }
        step.insert("decision", {**row, "content": json.dumps(content)})
