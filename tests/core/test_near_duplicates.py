"""Agency copy in several papers is found and pointed out, and nothing is dropped."""

import multiprocessing
import random
from itertools import combinations

import pytest
from click.testing import CliRunner

from annotator.cli import cli
from annotator.formats.report import Report
from annotator.model.near_duplicates import ALIKE, Sketcher, groups, overlap
from annotator.model.records import DocumentRecord
from annotator.operations.import_records import import_records
from annotator.operations.near_duplicates import near_duplicates, newest, warn_of_near_duplicates
from annotator.operations.progress import Cancelled
from annotator.operations.projects import create_project

RANDOM = random.Random(7)
WORDS = ["".join(RANDOM.choices("abcdefghijklmnoprstuvw", k=RANDOM.randint(2, 9))) for _ in range(4000)]
STOCK = "Copyright Inland Press. All rights reserved. May not be published or copied without leave of the publisher."


def article(length=300):
    return RANDOM.choices(WORDS, k=length)


def changed(words, number):
    made = list(words)
    for place in RANDOM.sample(range(len(made)), number):
        made[place] = "otherwise"
    return made


def jaccard(one, other):
    """The definition: sequences of four words in both, out of those in any."""
    first, second = ({tuple(words[n : n + 4]) for n in range(len(words) - 3)} for words in (one, other))
    return len(first & second) / len(first | second)


def test_the_overlap_is_what_its_definition_says():
    """For texts of few shingles exactly, for others within four standard errors."""
    sketch = Sketcher().sketch
    for length, error in ((100, 1e-9), (1000, 0.2)):
        for number in (0, 2, 10, 25):
            one = article(length)
            other = changed(one, number * length // 300)
            found = overlap(sketch(" ".join(one)), sketch(" ".join(other)))
            assert abs(found - jaccard(one, other)) <= error


def test_groups_are_those_of_a_comparison_of_all_pairs():
    texts = [article() for _ in range(60)]
    texts += [changed(texts[n], 8) for n in range(0, 60, 4)] + [texts[n][:200] for n in range(2, 60, 9)]
    joined = [" ".join(words) + " " + STOCK for words in texts]
    sketcher = Sketcher()
    found = list(groups(enumerate(map(sketcher.sketch, joined))))
    part = {number: group for group in found for number in group}
    for one, other in combinations(range(len(texts)), 2):
        alike = jaccard(joined[one].split(), joined[other].split())
        if alike > ALIKE + 0.15:
            assert other in part[one]
        elif alike < 0.1 and one in part:
            assert other not in part[one] or len(part[one]) > 2


@pytest.mark.parametrize("text", ["", " ", "Word", "Two words", "議会は十日、予算案を可決した。" * 3, "😀😀😀"])
def test_texts_of_any_length_and_script_have_a_sketch(text):
    sketcher = Sketcher()
    assert list(groups([(1, sketcher.sketch(text)), (2, sketcher.sketch(text))])) == ([(1, 2)] if text.strip() else [])
    assert list(groups([(1, sketcher.sketch(text)), (2, sketcher.sketch("Quite another text here."))])) == []


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        yield made


def put(project, *texts):
    records = [
        DocumentRecord(text=text, title=title, outlet=outlet, date="2022-01-10", where=title)
        for title, outlet, text in texts
    ]
    report = Report()
    before = newest(project)
    import_records(project, records, report=report, format_name="text")
    return before, report


def test_an_import_names_the_new_articles_that_are_like_others(project):
    words = article()
    put(project, ("Ferry talks", "Inland Press", " ".join(words)), ("Bridge", "Inland Press", " ".join(article())))
    before, report = put(
        project,
        ("Ferry talks resume", "Coast Mail", " ".join(changed(words, 5))),
        ("Alone", "Coast Mail", " ".join(article())),
    )
    first = "“Ferry talks” (Inland Press, 2022-01-10)"
    assert warn_of_near_duplicates(project, before, report) == 1
    assert report.documents == 2
    assert [str(each) for each in report.warnings] == [
        f"“Ferry talks resume” (Coast Mail, 2022-01-10): nearly the same text as {first}."
    ]
    before, report = put(project, ("Another", "Coast Mail", " ".join(article())))
    assert warn_of_near_duplicates(project, before, report) == 0


def test_check_lists_the_groups_and_is_content_with_them(project):
    words = article()
    put(project, *((f"Paper {n}", "", " ".join(changed(words, n))) for n in range(5)), ("Alone", "", "Something else."))
    (group,) = near_duplicates(project)
    assert [each.title for each in group.documents] == [f"Paper {n}" for n in range(5)]
    path = str(project.path)
    project.close()
    said = CliRunner().invoke(cli, ["check", path, "--near-duplicates"])
    assert said.exit_code == 0
    assert "Nearly the same (1 group, 5 documents):" in said.output
    assert "“Paper 0” (2022-01-10), “Paper 1” (2022-01-10), “Paper 2” (2022-01-10) and 2 others" in said.output
    told = CliRunner().invoke(cli, ["check", path, "--near-duplicates", "--json"])
    assert '"near_duplicates"' in told.output
    assert "Nearly" not in CliRunner().invoke(cli, ["check", path]).output


def test_among_many_they_are_found_beside_and_looking_for_them_can_be_stopped(project):
    words = article()
    many = ((f"Note {n}", "", f"Note {n} of {n * 7} and nobody else’s.") for n in range(550))
    put(project, ("Paper 0", "", " ".join(words)), *many, ("Paper 1", "", " ".join(changed(words, 4))))
    told = []
    (group,) = near_duplicates(project, progress=lambda done, total: told.append((done, total)))
    assert [each.title for each in group.documents] == ["Paper 0", "Paper 1"]
    assert max(told) == (550, 552)
    assert {total for _, total in told} == {552}

    def stop(done, total):
        if done >= 100:
            raise Cancelled

    with pytest.raises(Cancelled):
        near_duplicates(project, progress=stop)
    assert not multiprocessing.active_children()
