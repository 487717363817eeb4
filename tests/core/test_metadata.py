"""Title, outlet and date are proposed from what stands in the file, and never made up."""

import json

import pytest

from annotator.formats.metadata import Proposal, date_in_name, dates, propose, readable_name

BODY = "Diplomats from both states held day-long talks on Monday over the build-up of troops along the border.\n"


def test_a_first_line_with_a_date_gives_the_date(shared):
    text = (shared / "reference/seed/article.txt").read_text(encoding="utf-8")
    assert text.startswith(" date 2022-01-10")
    assert propose(text, "seed/article.txt") == Proposal(title="Article", date="2022-01-10")


def test_headlines_of_the_sample_are_found(shared):
    folder = shared / "reference/sample/articles"
    first_lines = [path.read_text(encoding="utf-8").split("\n")[0] for path in sorted(folder.glob("*.txt"))]
    proposals = [propose(path.read_text(encoding="utf-8"), path.name) for path in sorted(folder.glob("*.txt"))]
    assert [proposal.title for proposal in proposals] == first_lines
    assert {proposal.outlet for proposal in proposals} == {""}, "no line of them names an outlet"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2022-01-10", "2022-01-10"),
        ("2022-01-10T23:59:00Z", "2022-01-10"),
        ("2022/1/9", "2022-01-09"),
        ("10 January 2022", "2022-01-10"),
        ("10th of January, 2022", "2022-01-10"),
        ("Monday 10 Jan 2022, 9:30 am", "2022-01-10"),
        ("Jan 10, 2022", "2022-01-10"),
        ("Jan. 10, 2022", "2022-01-10"),
        ("SEPT 1 2022", "2022-09-01"),
        ("10.01.2022", "2022-01-10"),
        ("1. 2. 2022", "2022-02-01"),
        ("29 February 2024", "2024-02-29"),
        ("31/01/2022", "2022-01-31"),
        ("01/31/2022", "2022-01-31"),
    ],
)
def test_days_are_read_in_the_usual_forms(line, day):
    assert dates(line) == [day]


@pytest.mark.parametrize(
    "line",
    [
        "2022-13-01",
        "29 February 2022",
        "31.04.2022",
        "01/10/2022",
        "10 January",
        "2022",
        "12022-01-10",
        "2022-01-100",
        "1.2.22",
    ],
)
def test_what_is_no_certain_day_is_not_taken(line):
    assert dates(line) == []


def test_header_lines_are_believed_and_stay_in_the_text():
    text = (
        "Title: Talks end without result\nSource: The Daily Example\nURL: https://example.org/a\n"
        "Published: 10 January 2022\nAuthor: A. Writer\n\n" + BODY
    )
    assert propose(text, "x.txt") == Proposal(
        "Talks end without result", "The Daily Example", "2022-01-10", "https://example.org/a"
    )


def test_the_first_line_that_is_a_headline_is_the_title():
    text = f"10 January 2022\nGENEVA\nBy A. Writer\n\nTalks end without result as both sides dig in\n\n{BODY}"
    assert propose(text, "x.txt") == Proposal("Talks end without result as both sides dig in", date="2022-01-10")
    assert propose(f"# Talks end without result\n\n{BODY}", "x.md").title == "Talks end without result"
    assert propose(f"谈判没有结果就结束了\n\n{BODY}", "x.txt").title == "谈判没有结果就结束了"


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "GENEVA\n\n" + BODY,
        "Diplomats from both states held day-long talks\non Monday over the build-up.\n",  # wrapped prose
        "They met on Monday.\nNothing came of it.\n",
        BODY + "\nA later line that looks like a headline\n",
        "",
        "\0\n\ufeff\n",
    ],
)
def test_without_a_headline_the_file_name_is_the_title(text):
    assert propose(text, "set/border_talks-final.txt").title == "Border talks final"


def test_a_date_in_the_body_is_not_the_date_of_the_article():
    assert propose(f"{BODY}The treaty of 10 January 2001 was named.\n", "x.txt").date == ""
    assert propose("Between 1 May 2020 and 2 May 2020: a look back\n\n" + BODY, "x.txt").date == "", "two days: which?"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2022-01-10_talks.txt", "2022-01-10"),
        ("talks_20220110.txt", "2022-01-10"),
        ("talks 2022_01_10.txt", "2022-01-10"),
        ("2022-01-10/talks.txt", "2022-01-10"),
        ("news/2022/01/10/talks.txt", "2022-01-10"),
        ("news/2022/1/9/talks.txt", "2022-01-09"),
        ("2021-12-31/2022-01-10.txt", "2022-01-10"),
        ("20221310.txt", ""),
        ("2022-02-30.txt", ""),
        ("20220110-20220111.txt", ""),
        ("120220110.txt", ""),
        ("2022/talks.txt", ""),
    ],
)
def test_days_in_names(name, day):
    assert date_in_name(name) == day


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("a/2022-01-10_border-talks.txt", "Border talks"),
        ("20220110.txt", "20220110"),
        ("Talks%20in%20Geneva.txt", "Talks in Geneva"),
        ("no suffix at all", "No suffix at all"),
        ("v1.2 draft.txt", "V1.2 draft"),
        ("U.S. talks.txt", "U.S. talks"),
        ("переговоры_в_женеве.txt", "Переговоры в женеве"),
    ],
)
def test_readable_names(name, title):
    assert readable_name(name) == title


def test_an_outlet_is_never_made_up(shared):
    listed = json.loads((shared / "reference/sample/articles/metadata.json").read_text(encoding="utf-8"))
    assert listed
    assert propose("A headline of five words\n\n" + BODY, "The Daily Example/2022/a.txt").outlet == ""
    assert propose(f"The source: nobody knows it\n\n{BODY}", "x.txt").outlet == ""
