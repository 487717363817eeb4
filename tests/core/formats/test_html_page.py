"""The page of annotated articles: every mark is seen, nothing of a text is markup, nothing comes from elsewhere."""

import re
from html.parser import HTMLParser

from annotator.formats.format import WriteOptions
from annotator.formats.html_marks import Mark, stretches
from annotator.formats.html_style import DARK, LIGHT
from annotator.formats.html_writing import write
from annotator.model.codebook import as_plain
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.span import Span
from tests.core.formats.full_document import FULL, TEXT, id_of
from ui import theme

CODEBOOK = default_codebook()
LOOKS = {tag.id: f"t{number}" for number, tag in enumerate(CODEBOOK.tags)}
EMPTY = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """The elements of a page, each as (tag, attributes, text in it), and whether all were closed in order."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.open, self.all = [], []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        element = [tag, dict(attributes), ""]
        self.all.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for element in self.open:
            element[2] += data

    def of(self, tag, **attributes):
        return [
            element
            for element in self.all
            if element[0] == tag
            and all(value in (element[1].get(name) or "").split() for name, value in attributes.items())
        ]


def page(tmp_path, *records, codebook=CODEBOOK):
    project = {"codebook": [{"content": as_plain(codebook)}]} if codebook else {}
    write(records, tmp_path / "out.html", project, WriteOptions(title="Ours & <theirs>"))
    return (tmp_path / "out.html").read_text("utf-8")


def tagged(text, *listed, **more):
    made = [
        AnnotationRecord(
            "Ann", tag, tuple(Span(text.index(words), text.index(words) + len(words)) for words in quotes), id=id_of(n)
        )
        for n, (tag, *quotes) in enumerate(listed)
    ]
    return DocumentRecord(text, title="T", readings=(ReadingRecord("Ann"),), annotations=tuple(made), **more)


def drawn(found, name):
    """What stands over the lines of a tag, joined, and over the dots between its pieces."""
    spans = found.of("span", **{"class": "s"})
    lines = "".join(words for _, attributes, words in spans if f"var(--p-{LOOKS[name]})" in attributes["style"])
    gaps = "".join(words for _, attributes, words in spans if f"var(--g-{LOOKS[name]})" in attributes["style"])
    return lines, gaps


def test_the_full_document_is_all_there(tmp_path):
    found = Page(page(tmp_path, FULL))
    assert found.of("h1")[0][2] == "Ours & <theirs>"
    assert [element[2] for element in found.of("h3")] == [
        "Ann · in work", "Ben · done", "Cleo · in work", "Agreed version (gold) · Ben · in work",
    ]  # fmt: skip
    first = [element[2] for element in found.of("p") if element[1].get("class") in (None, "k")][
        1 : 1 + TEXT.count("\n") + 1
    ]
    margin = [element[2] for element in found.of("span", **{"class": "words"})]
    assert margin[:2] == ["Threat", "Demand"]
    assert [
        line.replace(word, "", 1) for line, word in zip(first, ("Threat", "", "", "Demand"), strict=True)
    ] == TEXT.split("\n")
    assert drawn(found, "figure")[0] == "10 Janu" + "between 40 and 60%" + "100,000 troops"
    assert [element[2] for element in found.of("li") if (element[1].get("id") or "").startswith("d1-r1-")][
        1
    ].startswith("Threat We will close the border")
    assert "first line\nand “second”" in found.of("details")[0][2]
    assert "60.5" in found.of("details")[0][2]


def test_links_lead_to_the_annotation_they_point_to(tmp_path):
    record = tagged("Kyiv says no.", ("claim", "no"), ("actor", "Kyiv"))
    link = RelationRecord("source", id_of(0), id_of(1))
    found = Page(page(tmp_path, DocumentRecord(**{**vars(record), "relations": (link,)})))
    targets = {element[1]["href"][1:] for element in found.of("a") if element[1]["href"].startswith("#d1-")}
    assert targets == {"d1-r1-a1", "d1-r1-a2"}
    assert targets <= {element[1].get("id") for element in found.of("li")}


def test_nothing_of_a_text_is_markup_and_nothing_comes_from_elsewhere(tmp_path):
    evil = "<script>alert(1)</script> & \"q\" 'a' ]]> </style> \x00 \x1b"
    record = tagged(
        evil, ("claim", "alert"), language="'><script>", outlet="<b>", url="javascript:alert(1)", rights="&amp;"
    )
    annotation = AnnotationRecord(
        "<i>Ann</i>", "<u>", (Span(0, 3),), note=evil, attributes={"<k>": evil}, flags=("<f>",), id=id_of(9)
    )
    record = DocumentRecord(**{**vars(record), "title": evil, "annotations": (*record.annotations, annotation)})
    text = page(tmp_path, record)
    found = Page(text)
    assert not found.of("script")
    assert not found.of("b")[5:]  # five tags in the legend
    assert not found.of("i")
    assert {element[0] for element in found.all} <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "p", "ul", "ol", "li", "b",
        "span", "a", "main", "article", "div", "details", "summary", "q", "dl", "dt", "dd", "nav",
    }  # fmt: skip
    assert all(not name.startswith("on") for element in found.all for name in element[1])
    assert all(element[1]["href"].startswith(("#", "http")) for element in found.of("a"))
    assert not re.findall(r"url\((?!\"data:image/svg)", text)
    assert "src=" not in text
    assert "default-src 'none'" in found.of("meta")[1][1]["content"]


def test_pieces_of_one_annotation_are_joined_by_dots(tmp_path):
    text = "He asked, on Monday, for talks."
    found = Page(page(tmp_path, tagged(text, ("demand", "asked", "for talks"), ("figure", "Monday"))))
    assert drawn(found, "demand") == ("askedfor talks", ", on Monday, ")
    assert found.of("q")[0][2] == "asked … for talks"


def test_an_empty_page_and_a_project_without_a_codebook_are_pages(tmp_path):
    assert Page(page(tmp_path)).of("article") == []
    found = Page(page(tmp_path, tagged("Kyiv", ("actor", "Kyiv")), codebook=None))
    assert "var(--p-tx)" in found.of("span", **{"class": "s"})[0][1]["style"]


def test_lines_go_from_the_side_where_they_are_read(tmp_path):
    found = Page(page(tmp_path, tagged("קייב אמרה לא\n12 – Kyiv said no\n", ("claim", "לא"))))
    lines = [element for element in found.of("p") if "class" not in element[1]]
    assert [element[1].get("dir") for element in lines[1:3]] == ["rtl", None]


def marks(*listed):
    return [
        Mark(number, tuple(Span(*piece) for piece in pieces), "t", statement)
        for number, (statement, *pieces) in enumerate(listed)
    ]


def test_statements_in_one_another_lie_in_lanes_the_innermost_has_none():
    outer, inner, name = made = marks((True, (0, 30)), (True, (5, 20)), (False, (6, 10)))
    found, lanes = stretches("x" * 30, made)
    assert lanes == 2
    assert [(each.start, each.end) for each in found] == [(0, 5), (5, 6), (6, 10), (10, 20), (20, 30)]
    assert [each.wash for each in found] == [outer, inner, inner, inner, outer]
    assert sorted(found[2].lines, key=lambda line: line[0]) == [(0, name, False), (1, outer, False)]
    assert found[0].begins == [outer]
    assert found[-1].closes is outer


def test_marks_that_meet_nowhere_share_a_lane():
    found, lanes = stretches("x" * 3000, marks(*((False, (at, at + 2)) for at in range(0, 3000, 3))))
    assert lanes == 1
    assert len(found) == 2000


def test_the_colours_are_those_of_the_window():
    for ours, windows in ((LIGHT, theme.LIGHT), (DARK, theme.DARK)):
        assert {name: getattr(windows, name.replace("-", "_")) for name in ours} == ours
        assert windows.wash == 26
