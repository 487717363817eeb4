"""Search all articles: what is found, in what order, and where exactly."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.operations.documents import delete_documents
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage.project import Project
from annotator.storage.search import Hit, Term, search, terms

TEXTS = {
    "Geneva": "US and Russia held talks in Geneva.\n\nBlinken said that the talks were frank. NATO’s door stays open.",
    "Kyiv": "The mayor of Kyiv asked for generators. Talks go on. “We need 100,000 of them,” he said. " * 3,
    "Paris": "Après les négociations, le président de l’Élysée a parlé. O'Neil (U.S.) left.",
    "Beijing": "北京市昨天发表声明。俄罗斯与NATO会谈没有结果。",
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


def titles(project: Project, asked: str) -> list[str]:
    return [hit.title for hit in search(project, asked).hits]


def only(project: Project, asked: str) -> Hit:
    found = search(project, asked)
    assert found.total == 1
    return found.hits[0]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("geneva", {"Geneva"}),
        ("GENEVA russia", {"Geneva"}),
        ("talks", {"Geneva", "Kyiv"}),
        ("talk", {"Geneva", "Kyiv"}),  # the last word is a beginning …
        ("talk ", set()),  # … until a blank ends it
        ("tal geneva", set()),  # an earlier word is whole
        ('"talks in Geneva"', {"Geneva"}),
        ('"Geneva talks"', set()),
        ("“talks in Geneva”", {"Geneva"}),
        ("negociations", {"Paris"}),
        ("élysee", {"Paris"}),
        ("O'Neil", {"Paris"}),
        ("U.S.", {"Paris"}),
        ("100,000", {"Kyiv"}),
        ("北京市", {"Beijing"}),
        ("北京", {"Beijing"}),
        ("声", {"Beijing"}),
        ("NATO", {"Geneva", "Beijing"}),
        ("会谈 NATO", {"Beijing"}),
        ("กองทัพ", {"Bangkok"}),
        ("sanctions", {"NUL"}),
        ("AND", {"Geneva", "Odd"}),
        ('say "text', set()),
        ("col:umn", {"Odd"}),
        ("", set()),
        ("?!", set()),
        ('""', set()),
    ],
)
def test_what_is_found(project: Project, asked: str, found: set[str]) -> None:
    assert set(titles(project, asked)) == found
    assert search(project, asked).total == len(found)


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ("blinken", "Blinken"),
        ("geneva talks", "talks"),  # closest together: "talks in Geneva"
        ("élysee", "Élysée"),
        ("会谈", "会谈"),
        ("声", "声"),
        ("กองทัพ", "กองทัพ"),
        ("border", "border"),
        ("sanctions", "sanctions"),
        ("u.s.", "U.S"),
    ],
)
def test_a_hit_stands_where_the_words_stand(project: Project, asked: str, at: str) -> None:
    hit = only(project, asked)
    text = TEXTS[hit.title]
    assert text[hit.span.start : hit.span.end] == at
    assert hit.span.start == text.index(at)


def test_a_snippet_is_one_plain_line_with_its_words_marked(project: Project) -> None:
    hit = only(project, "frank geneva")
    assert "\n" not in hit.snippet
    assert {hit.snippet[start:end] for start, end in hit.marked} == {"Geneva", "frank"}
    assert "Geneva. Blinken said" in hit.snippet


def test_a_snippet_after_emoji_and_nul_marks_the_right_letters(project: Project) -> None:
    hit = only(project, "sanctions")
    assert [hit.snippet[start:end] for start, end in hit.marked] == ["sanctions", "sanctions"]


def test_terms_are_what_a_person_means() -> None:
    assert terms("border talks") == (Term("border"), Term("talks", prefix=True))
    assert terms("border talks ") == (Term("border"), Term("talks"))
    assert terms('"border talks" now') == (Term("border talks"), Term("now", prefix=True))
    assert terms('say "border tal') == (Term("say"), Term("border tal", prefix=True))


def test_pages_hold_every_article_once_best_first(tmp_path: Path) -> None:
    with create_project(tmp_path / "many.annotator") as many:
        texts = {f"{n:03}": "filler " * 60 + "tank " * (n % 7 + 1) + str(n) for n in range(120)}
        texts["best"] = "tank tank tank tank"
        add(many, texts)
        pages = [search(many, "tank", limit=50, offset=offset) for offset in (0, 50, 100, 150)]
        assert [len(page.hits) for page in pages] == [50, 50, 21, 0]
        assert {page.total for page in pages[:3]} == {121}
        assert len({hit.document for page in pages for hit in page.hits}) == 121
        assert pages[0].hits[0].title == "best"


def test_deleted_articles_are_not_found(tmp_path: Path) -> None:
    with create_project(tmp_path / "few.annotator") as few:
        add(few, {"one": "border talks", "two": "border guards", "three": "边境会谈在北京举行"})
        gone = [hit.document for hit in search(few, "talks").hits] + [hit.document for hit in search(few, "北京").hits]
        delete_documents(few, gone)
        assert titles(few, "border") == ["two"]
        assert search(few, "北京").total == 0


def test_a_file_that_may_only_be_read_is_searched_too(tmp_path: Path) -> None:
    path = tmp_path / "read.annotator"
    with create_project(path) as made:
        add(made, TEXTS)
    with Project.open(path, read_only=True) as opened:
        assert titles(opened, "北京") == ["Beijing"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=30) | st.text(st.sampled_from("ab \"*:^()-+{}'\0北ก.AND OR NEAR"), max_size=20))
def test_whatever_is_typed_is_only_words(project: Project, asked: str) -> None:
    found = search(project, asked)
    assert len(found.hits) == min(found.total, 50)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(sorted(set(TEXTS) - {"Odd"})), st.data())
def test_every_word_of_an_article_finds_it(project: Project, title: str, data: st.DataObject) -> None:
    words = [word for word in TEXTS[title].replace("\0", " ").split() if any(map(str.isalnum, word))]
    word = data.draw(st.sampled_from(words))
    assert title in titles(project, word)
