"""What is found in texts of any script, in what order, and where exactly."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.model.search_query import parse_query
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage.concordance import TEXT, Narrowed, Place, find_words
from annotator.storage.project import Project

TEXTS = {
    "Geneva": "US and Russia held talks in Geneva.\n\nBlinken said that the talks were frank. NATO’s door stays open.",
    "Kyiv": "The mayor of Kyiv asked for generators. Talks go on. “We need 100,000 of them,” he said. " * 3,
    "Paris": "Après les négociations, le président de l’Élysée a parlé. O'Neil (U.S.) left.",
    "Beijing": "北京市昨天发表声明。俄罗斯与NATO会谈没有结果",
    "Tokyo": "東京で négociations が行われた。",
    "Bangkok": "นายกรัฐมนตรีกล่าวว่ากองทัพพร้อม",
    "NUL": "Before\0after the border 👍🏽 sanctions were named; sanctions again.",
    "Odd": 'AND OR NOT NEAR "text" col:umn * ^ - + ( ) {x}',
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with create_project(tmp_path_factory.mktemp("search") / "search.annotator") as made:
        add(made, TEXTS)
        yield made


def add(project: Project, texts: dict[str, str]) -> None:
    records = [DocumentRecord(text=text, title=title, outlet="Wire", where=title) for title, text in texts.items()]
    import_records(project, records, report=Report(), format_name="text")


def hits(project: Project, asked: str, *, best_first: bool = False) -> list[Place]:
    return list(find_words(project, parse_query(asked), Narrowed(where=(TEXT,)), best_first=best_first))


def titles(project: Project, asked: str, *, best_first: bool = False) -> list[str]:
    return list(dict.fromkeys(hit.title for hit in hits(project, asked, best_first=best_first)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("geneva", {"Geneva"}),
        ("GENEVA russia", {"Geneva"}),
        ("talk", set()),
        ("talk*", {"Geneva", "Kyiv"}),
        ('"talks in Geneva"', {"Geneva"}),
        ('"Geneva talks"', set()),
        ("negociations", {"Paris", "Tokyo"}),
        ("élysee", {"Paris"}),
        ("O'Neil", {"Paris"}),
        ("U.S.", {"Paris"}),
        ("100,000", {"Kyiv"}),
        ("北京市", {"Beijing"}),
        ("北京", {"Beijing"}),
        ("声", {"Beijing"}),
        ("没有结果", {"Beijing"}),
        ("结果", {"Beijing"}),
        ("会谈没有 OR 東京で", {"Beijing", "Tokyo"}),
        ("会谈没有 AND 東京で", set()),
        ("会谈没有 NOT nato", set()),
        ("NATO", {"Geneva", "Beijing"}),
        ("会谈 NATO", {"Beijing"}),
        ("กองทัพ", {"Bangkok"}),
        ("sanctions", {"NUL"}),
        ('"AND"', {"Geneva", "Odd"}),
        ("col:umn", {"Odd"}),
    ],
)
@pytest.mark.parametrize("best_first", [False, True])
def test_what_is_found(project: Project, asked: str, found: set[str], best_first: bool) -> None:
    assert set(titles(project, asked, best_first=best_first)) == found


@pytest.mark.parametrize(
    "asked", ["blinken", "élysee", "会谈", "结果", "声", "กองทัพ", "border", "sanctions", "u.s.", "négociations"]
)
def test_a_hit_stands_where_the_words_stand(project: Project, asked: str) -> None:
    for hit in hits(project, asked):
        text = TEXTS[hit.title]
        assert text[hit.start : hit.end] == hit.match
        assert (hit.before + hit.match + hit.after) in text


def test_the_best_articles_come_first_and_every_one_once(tmp_path: Path) -> None:
    with create_project(tmp_path / "many.annotator") as many:
        texts = {f"{n:03}": "filler " * 60 + "tank " * (n % 7 + 1) + str(n) for n in range(400)}
        texts["best"] = "tank tank tank tank"
        add(many, texts)
        best = titles(many, "tank", best_first=True)
        assert best[0] == "best"
        assert sorted(best) == sorted(texts)
        assert titles(many, "tank") == list(texts)


def test_a_file_that_may_only_be_read_is_searched_too(tmp_path: Path) -> None:
    path = tmp_path / "read.annotator"
    with create_project(path) as made:
        add(made, TEXTS)
    with Project.open(path, read_only=True) as opened:
        assert titles(opened, "北京") == ["Beijing"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=30) | st.text(st.sampled_from("ab \"*:^()-+{}'\0北ก.AND OR NEAR"), max_size=20))
def test_whatever_is_typed_is_understood_or_refused(project: Project, asked: str) -> None:
    try:
        found = hits(project, asked)
    except AnnotatorError:
        return
    for hit in found:
        assert TEXTS[hit.title][hit.start : hit.end] == hit.match


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(sorted(set(TEXTS) - {"Odd"})), st.data())
def test_every_word_of_an_article_finds_it(project: Project, title: str, data: st.DataObject) -> None:
    words = [word for word in TEXTS[title].replace("\0", " ").split() if any(map(str.isalnum, word))]
    word = data.draw(st.sampled_from(words))
    assert title in titles(project, f'"{word.strip("“”")}"')
