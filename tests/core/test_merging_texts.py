"""One file has a better text of an article, a colleague tagged the old one: what comes together stands on its words."""

import pytest

from annotator.errors import AnnotatorError
from annotator.operations import merging, sharing
from annotator.operations.annotations import delete_annotations
from annotator.operations.check import check_project
from annotator.operations.history import undo
from annotator.operations.merge_texts import CARRIED
from annotator.operations.relations import add_relation
from annotator.operations.replacing import replace_text
from annotator.storage import queries
from annotator.storage.project import Project
from tests.core.review_world import TEXTS, article, key, lead_project, tag, tagged
from tests.core.storage_world import check_integrity, verbatim

BETTER = (
    "Ferry talks resume at last\n\nThe ferry talks, it is said, went on, says Ilka Dornath.\n"  # without “said Ilka”
)


@pytest.fixture
def project(tmp_path):
    with lead_project(tmp_path) as made:
        yield made


def replace(project, text=BETTER):
    replace_text(project, article(project, 0), text, accepted=True)


def copied(project, path):
    project.copy_to(path)
    return Project.open(path)


def stands_well(project):
    """Whether each annotation covers the words that it says it covers."""
    check_integrity(project)
    return not [each for each in check_project(project) if each.kind in ("span", "quote", "text")]


def test_a_package_with_the_old_text_comes_in_by_its_words(project, tmp_path):
    path = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna")).path
    with Project.open(path) as package:
        tag(package, "Anna", 0, "Ilka Dornath", "actor")
        tag(package, "Anna", 0, "went on", "claim")
        tag(package, "Anna", 1, "40 lorries", "figure")
    replace(project)
    preview = merging.preview_merge(project, [path])
    _, found = merging.merge_files(project, [path], coder=key(project, "Lead"))
    assert found == preview
    assert not found.refused
    assert tagged(project, "Anna", 0) == [("claim", "went on"), ("actor", "Ilka Dornath")]
    assert tagged(project, "Anna", 1) == [("figure", "40 lorries")]
    (told,) = [str(each) for each in found.conflicts if each.kind == CARRIED]
    assert "its text was replaced here; 2 annotations go along by the words" in told
    assert stands_well(project)
    assert not merging.merge_files(project, [path])[0].history  # a second time brings nothing


def test_what_does_not_fit_is_refused_by_name_and_the_rest_comes_in(project, tmp_path):
    path = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna")).path
    with Project.open(path) as package:
        one, other = tag(package, "Anna", 0, "Ilka Dornath", "actor"), tag(package, "Anna", 0, "ferry talks", "claim")
        add_relation(package, "source", other, one)
    replace(project, "Nothing of it is left, but for Ilka Dornath.\n")
    _, found = merging.merge_files(project, [path])
    assert tagged(project, "Anna", 0) == [("actor", "Ilka Dornath")]
    assert [str(each) for each in found.refused] == [
        "anna.annotator, 1 annotation: its words are not in the text that the article has now.",
        "anna.annotator, 1 link: what it belongs to (annotation) was refused.",
    ]
    assert stands_well(project)


def test_a_better_text_that_comes_in_takes_along_what_is_here(project, tmp_path):
    with copied(project, tmp_path / "other.annotator") as other:
        replace(other)
        tag(other, "Ben", 0, "it is said", "claim")
    tag(project, "Anna", 0, "Ilka Dornath", "actor")
    tag(project, "Anna", 0, "said Ilka Dornath", "claim")
    tag(project, "Anna", 0, "The ferry talks went", "claim")
    before = verbatim(project)
    preview = merging.preview_merge(project, [tmp_path / "other.annotator"])
    _, found = merging.merge_files(project, [tmp_path / "other.annotator"], coder=key(project, "Lead"))
    assert found == preview
    assert queries.text_of(project, article(project, 0)) == BETTER
    assert tagged(project, "Ben", 0) == [("claim", "it is said")]
    assert ("actor", "Ilka Dornath") in tagged(project, "Anna", 0)
    (told,) = [str(each) for each in found.conflicts if each.kind == CARRIED]
    assert "its text is replaced by a later one" in told
    assert stands_well(project)
    undo(project, key(project, "Lead"))
    now = verbatim(project)
    assert (now["annotation"], now["text"], now["document"]) == (
        before["annotation"],
        before["text"],
        before["document"],
    )


def test_both_orders_end_alike(project, tmp_path):
    with copied(project, tmp_path / "old.annotator") as old:
        tag(old, "Ben", 0, "Ilka Dornath", "actor")
        gone = tag(old, "Ben", 0, "ferry talks", "claim")
        delete_annotations(old, [gone])
        replace(project)
        tag(project, "Anna", 0, "at last", "claim")
        project.copy_to(tmp_path / "new.annotator")
        merging.merge_files(project, [old.path])
        merging.merge_files(old, [tmp_path / "new.annotator"])
        for name in ("Anna", "Ben"):
            assert tagged(project, name, 0) == tagged(old, name, 0) != []
        assert queries.text_of(project, article(project, 0)) == queries.text_of(old, article(old, 0))
        merging.merge_files(project, [old.path])
        assert tagged(project, "Ben", 0) == [("actor", "Ilka Dornath")]
        assert stands_well(project)
        assert stands_well(old)


def test_two_files_one_with_the_better_text_come_in_together(project, tmp_path):
    with copied(project, tmp_path / "new.annotator") as new:
        replace(new)
    with copied(project, tmp_path / "old.annotator") as old:
        tag(old, "Ben", 0, "Ilka Dornath", "actor")
    for paths in (["new.annotator", "old.annotator"], ["old.annotator", "new.annotator"]):
        with copied(project, tmp_path / f"{paths[0]}.first") as third:
            merging.merge_files(third, [tmp_path / each for each in paths])
            assert tagged(third, "Ben", 0) == [("actor", "Ilka Dornath")]
            assert stands_well(third)


def test_a_newer_package_brings_the_better_text_to_its_coder(project, tmp_path):
    path = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna")).path
    with Project.open(path) as package:
        tag(package, "Anna", 0, "Ilka Dornath", "actor")
        replace(project)
        newer = sharing.share(project, tmp_path / "newer.annotator", key(project, "Anna")).path
        merging.merge_files(package, [newer])
        assert queries.text_of(package, article(package, 0)) == BETTER
        assert tagged(package, "Anna", 0) == [("actor", "Ilka Dornath")]
        assert stands_well(package)


def test_both_replaced_the_text_and_the_later_one_stands(project, tmp_path):
    tag(project, "Anna", 0, "Ilka Dornath", "actor")
    with copied(project, tmp_path / "other.annotator") as other:
        replace(other, "Said Ilka Dornath: the ferry talks went on.\n")
        replace(project)
        tag(other, "Ben", 0, "ferry talks", "claim")
    merging.merge_files(project, [tmp_path / "other.annotator"])
    assert queries.text_of(project, article(project, 0)) == BETTER
    assert tagged(project, "Anna", 0) == [("actor", "Ilka Dornath")]
    assert tagged(project, "Ben", 0) == [("claim", "ferry talks")]
    assert stands_well(project)


def test_a_package_may_not_bring_a_text(project, tmp_path):
    path = sharing.share(project, tmp_path / "anna.annotator", key(project, "Anna")).path
    with Project.open(path) as package, pytest.raises(AnnotatorError):
        replace(package)
    assert queries.text_of(project, article(project, 0)) == TEXTS[0]
