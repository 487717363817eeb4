"""search and propose on the command line: what they print, for people and for machines."""

import json

import click
import pytest
from click.testing import CliRunner

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.operations import annotations, coders
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.operations.saved_searches import save_search
from annotator.operations.searching import Search
from annotator.propose.learned import is_installed
from annotator.storage.project import Project
from ui.command_line import cli

TEXT = "Dornath said that 40 lorries were stopped. Ruhn demanded a vote.\n"
KEYS = ["document", "start", "end", "before", "match", "after"]


@pytest.fixture
def path(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        records = [DocumentRecord(text=TEXT, title="Talks"), DocumentRecord(text="Ruhn left.", title="End")]
        import_records(made, records, report=Report(), format_name="test")
        ann, _ = coders.add_coder(made, "Ann")
        annotations.tag_span(made, 1, ann, "actor", [(43, 47)])
    return tmp_path / "p.annotator"


def run(*arguments):
    done = CliRunner().invoke(cli, [str(each) for each in arguments])
    return done.exit_code, done.output


def told(*arguments):
    code, printed = run(*arguments, "--json")
    assert code == 0, printed
    return json.loads(printed)


def refused(*arguments):
    with pytest.raises((AnnotatorError, click.UsageError)) as error:
        CliRunner().invoke(cli, [str(each) for each in arguments], standalone_mode=False, catch_exceptions=False)
    return str(error.value)


def test_search_prints_each_place_with_the_words_around_it(path):
    found = told("search", path, "ruhn")
    assert [list(each) for each in found] == [KEYS, KEYS]
    for each in found:
        assert each["match"] == "Ruhn"
        assert (each["before"] + each["match"] + each["after"])[each["start"] : each["end"]] == "Ruhn"
    assert len({each["document"] for each in found}) == 2
    assert all(len(each["document"]) == 64 for each in found)
    assert run("search", path, "ruhn")[1].splitlines()[0] == (
        "Talks 43–47: Dornath said that 40 lorries were stopped. [Ruhn] demanded a vote."
    )


def test_search_is_narrowed_and_limited(path):
    assert len(told("search", path, "ruhn", "--tag", "actor")) == 1
    assert told("search", path, "ruhn", "--tag", "claim") == []
    assert len(told("search", path, "ruhn", "--coder", "Ann", "--limit", "1")) == 1
    assert len(told("search", path, "[A-Z]uhn", "--regex", "--limit", "1")) == 1
    assert "no coder Zoe" in refused("search", path, "ruhn", "--coder", "Zoe")
    assert "ID=VALUE" in refused("search", path, "ruhn", "--attribute", "type")


def test_search_goes_by_what_is_saved_and_tells_the_tags(path):
    with Project.open(path) as project:
        save_search(project, "who", Search("ruhn", where=("annotations",), tags=("actor",)))
    assert told("search", path, "--list-saved") == [
        {
            "name": "who", "words": "ruhn", "regex": False, "where": ["annotations"], "tags": ["actor"], "coders": [],
            "attributes": [], "since": "", "until": "",
        }
    ]  # fmt: skip
    (found,) = told("search", path, "--saved", "who")
    assert found["annotations"] == [{"tag": "actor", "coder": "Ann", "gold": False}]
    assert told("search", path, "--saved", "who", "--tag", "claim") == []
    assert run("search", path, "--list-saved")[1].split() == ["who", "ruhn"]
    assert "it has: who" in refused("search", path, "--saved", "what")
    assert "Give a QUERY" in refused("search", path)
    assert "Give a QUERY" in refused("search", path, "ruhn", "--saved", "who")


@pytest.mark.parametrize(
    ("asked", "options", "place"), [("(ruhn", [], 1), ("ruhn AND", [], 9), ("a(b", ["--regex"], 2)]
)
def test_a_bad_expression_gets_one_sentence_that_points_at_the_place(path, asked, options, place):
    assert f"at character {place} " in refused("search", path, asked, *options)


def test_propose_prints_spans_of_all_documents_or_of_one(path):
    found = told("propose", path)
    assert {tuple(each) for each in found} == {("document", "start", "end", "tag", "from", "score")}
    words = {(TEXT[each["start"] : each["end"]], each["tag"], each["from"]) for each in found}
    assert ("40 lorries", "figure", "figures") in words
    assert ("a vote", "demand", "speech acts") in words
    assert [each["from"] for each in told("propose", path, "--document", "2")] == ["before"]
    (own,) = {each["document"] for each in told("propose", path, "--document", "1")}
    assert told("propose", path, "--document", own[:8]) == told("propose", path, "--document", own)
    assert "no document 3" in refused("propose", path, "--document", "3")
    assert "40 lorries" in run("propose", path)[1]


def test_propose_for_a_coder_leaves_out_what_stands_tagged(path):
    spans = [(each["start"], each["end"]) for each in told("propose", path, "--coder", "Ann", "--document", "1")]
    assert (43, 47) not in spans
    assert {each["from"] for each in told("propose", path, "--from", "figures")} == {"figures"}


@pytest.mark.skipif(not is_installed(), reason="needs the extra learn")
def test_what_would_teach_most_is_said_once_there_is_enough_to_learn_from(path):
    assert told("propose", path, "--teaching")["learned"] == []
    assert "not enough coded yet" in run("propose", path, "--teaching")[1]
