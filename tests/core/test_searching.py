"""What a person may find, searches under a name, and one tag at many places."""

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.model.search_query import BadExpression
from annotator.model.span import Span
from annotator.operations import annotations, coders, history, notes, rounds
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.operations.readings import set_state
from annotator.operations.saved_searches import forget_search, save_search, saved_searches, search_named
from annotator.operations.searching import Search, search_everything
from annotator.operations.sharing import share
from annotator.operations.tagging_places import MOST, tag_places
from annotator.storage import queries
from annotator.storage.concordance import ANNOTATIONS, ATTRIBUTES, NOTES, TEXT
from annotator.storage.project import Project

TEXTS = {
    "Geneva": ("2022-01-10", "Talks in Geneva. Blinken said the talks were frank."),
    "Kyiv": ("2023-05-02", "The mayor of Kyiv asked for 100,000 generators. Talks go on."),
}
ANYWHERE = (TEXT, NOTES, ATTRIBUTES)


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        records = [DocumentRecord(text=text, title=title, date=date) for title, (date, text) in TEXTS.items()]
        import_records(made, records, report=Report(), format_name="test")
        for name in ("Ann", "Ben", "Lea"):
            coders.add_coder(made, name)
        annotations.tag_span(made, 1, 1, "actor", [(17, 24)])
        annotations.tag_span(made, 1, 2, "claim", [(17, 50)])
        notes.set_note(made, 2, "Blinken means it")
        yield made


def found(project, words, viewer=None, **narrow):
    return list(search_everything(project, Search(words, **narrow), viewer))


def test_what_is_tagged_is_found_with_its_tag_and_coder(project):
    (geneva,) = found(project, "blinken", where=(ANNOTATIONS,), tags=("claim",))
    assert [(each.tag, each.coder) for each in geneva.marks] == [("claim", "Ben")]
    (both,) = found(project, "blinken", where=(ANNOTATIONS,))
    assert [(each.tag, each.coder) for each in both.marks] == [("claim", "Ben"), ("actor", "Ann")]
    assert found(project, "geneva", where=(ANNOTATIONS,)) == []


def test_a_coder_finds_nobody_elses_annotations_in_a_blind_round(project):
    own = found(project, "blinken", viewer=1, where=ANYWHERE)
    assert [(each.where, each.match) for each in own] == [("text", "Blinken")]
    (tagged,) = found(project, "blinken", viewer=1, where=(ANNOTATIONS,))
    assert [(each.tag, each.coder) for each in tagged.marks] == [("actor", "Ann")]
    assert found(project, "blinken", viewer=1, where=(ANNOTATIONS,), tags=("claim",)) == []
    ben = queries.coder(project, 2).id
    assert found(project, "blinken", viewer=1, where=(ANNOTATIONS, NOTES), coders=(ben,)) == []
    # Who does not code the article sees all, and so do coders where the lead has said so.
    assert [each.where for each in found(project, "blinken", viewer=3, where=ANYWHERE)] == ["text", "note"]
    rounds.set_blind(project, False)
    assert [each.where for each in found(project, "blinken", viewer=1, where=ANYWHERE)] == ["text", "note"]


def test_in_a_package_only_what_its_coder_may_see_is_found(project, tmp_path):
    packed = share(project, tmp_path / "ann.annotator", 1)
    with Project.open(packed.path) as package:
        assert [each.where for each in found(package, "blinken", where=ANYWHERE)] == ["text"]


def test_a_date_that_is_none_and_words_that_are_none_are_told(project):
    with pytest.raises(AnnotatorError, match="A date is written as"):
        found(project, "talks", since="last year")
    with pytest.raises(BadExpression) as bad:
        found(project, "talks (geneva")
    assert bad.value.place == 6
    with pytest.raises(BadExpression) as bad:
        found(project, "talks (geneva", regex=True)
    assert bad.value.place == 6
    with pytest.raises(AnnotatorError, match="is not in the project"):
        found(project, "talks", coders=("nobody",))


# ---- saved searches


def test_a_saved_search_is_kept_found_by_name_and_taken_back(project):
    wanted = Search("talks NEAR", True, (NOTES,), ("actor",), (), (("type", "person"),), "2022", "2023-05")
    save_search(project, "  Talks   now ", wanted, coder=1)
    save_search(project, "another", Search("x"), coder=1)
    assert list(saved_searches(project)) == ["another", "Talks now"]
    assert search_named(project, "Talks now") == wanted
    history.undo(project, 1)
    assert list(saved_searches(project)) == ["Talks now"]
    forget_search(project, "Talks now", coder=1)
    assert saved_searches(project) == {}
    assert history.undo(project, 1).said == "Undid: Deleted the search “Talks now”"
    assert search_named(project, "Talks now") == wanted
    history.redo(project, 1)
    assert saved_searches(project) == {}


def test_saving_stands_in_the_history_between_tags_and_survives_a_copy(project, tmp_path):
    save_search(project, "mine", Search("talks"), coder=1)
    annotations.tag_span(project, 2, 1, "actor", [(4, 17)])
    project.copy_to(tmp_path / "copy.annotator")
    with Project.open(tmp_path / "copy.annotator") as copy:
        history.undo(copy, 1)
        assert list(saved_searches(copy)) == ["mine"]
        history.undo(copy, 1)
        assert saved_searches(copy) == {}


def test_another_coders_later_change_is_not_overwritten_by_undo(project):
    save_search(project, "mine", Search("talks"), coder=1)
    save_search(project, "yours", Search("talks"), coder=2)
    said = history.undo(project, 1)
    assert "changed the same since" in " ".join(said.warnings)
    assert list(saved_searches(project)) == ["mine", "yours"]


def test_packages_take_searches_along_that_name_nobody(project, tmp_path):
    save_search(project, "of Ben", Search("talks", coders=(queries.coder(project, 2).id,)))
    save_search(project, "talks", Search("talks"))
    packed = share(project, tmp_path / "ann.annotator", 1)
    with Project.open(packed.path) as package:
        assert list(saved_searches(package)) == ["talks"]
        save_search(package, "own", Search("mayor"), coder=package.package_coder)
        assert list(saved_searches(package)) == ["own", "talks"]


@pytest.mark.parametrize("kept", ["[]", "{", '{"a": 1}', '{"a": {"words": "x"}}', "[" * 5000])
def test_what_cannot_be_read_is_left_out(project, kept):
    project.set_meta("searches", kept)
    assert saved_searches(project) == {}


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x00b"])
def test_a_name_that_is_none_is_refused(project, name):
    with pytest.raises(AnnotatorError, match="needs a name"):
        save_search(project, name, Search("talks"))


# ---- one tag at many places


def tags(project, coder):
    return [
        (document, each.tag, each.quote)
        for document in (1, 2)
        for each in queries.annotations_of(project, document, coder)
    ]


def test_many_places_are_tagged_in_ones_own_reading_and_taken_back_as_one_step(project):
    places = [(hit.document, Span(hit.start, hit.end)) for hit in found(project, "talks", where=(TEXT,))]
    before = tags(project, 1)
    changes = tag_places(project, 1, "actor", places)
    assert changes.said == "Tagged 3 places as actor in 2 articles"
    now = [(1, "actor", "Talks"), (1, "actor", "Blinken"), (1, "actor", "talks"), (2, "actor", "Talks")]
    assert tags(project, 1) == now
    assert tags(project, 2) == [(1, "claim", "Blinken said the talks were frank")]
    history.undo(project, 1)
    assert tags(project, 1) == before
    history.redo(project, 1)
    assert tags(project, 1) == now


def test_what_is_tagged_already_and_what_is_in_review_is_passed_over_and_said(project):
    places = [(1, Span(17, 24)), (2, Span(4, 17))]
    changes = tag_places(project, 1, "actor", places)
    assert changes.said == "Tagged 1 place as actor"
    assert changes.warnings == ("1 place was passed over: tagged so already",)
    with pytest.raises(AnnotatorError, match="all these places have the tag already"):
        tag_places(project, 1, "actor", places)
    with pytest.raises(AnnotatorError, match=f"At most {MOST:,} places"):
        tag_places(project, 1, "actor", [(1, Span(at, at + 1)) for at in range(MOST + 1)])
    set_state(project, 2, 1, "done")
    with project.step("gold", kind="setup") as step:
        step.insert("reading", {"document": 2, "coder": 3, "kind": "gold", "state": "done"})
    with pytest.raises(AnnotatorError, match="these articles are in review"):
        tag_places(project, 1, "claim", [(2, Span(0, 10))])
    assert tag_places(project, 1, "claim", [(2, Span(0, 10)), (1, Span(0, 5))]).warnings == (
        "1 place was passed over: in review, or tagged so already",
    )
