"""Articles out of documents of other programs: python-docx, odfpy, ReportLab and openpyxl wrote the files in seeds/."""

import resource
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions, chosen_settings
from annotator.formats.registry import by_name, detect
from annotator.formats.report import Report
from annotator.operations.imports import How, import_paths
from annotator.operations.projects import create_project

SEEDS = Path(__file__).parent / "seeds"
TITLE = "Ferry talks resume on the Sellen"
FIRST = (
    "The ferry talks went on for a third day in Oster, said Ilka Dornath, who leads the port authority 😀 and would "
    "not say when they might end"
)
QUEUE = "About 40 lorries waited on Monday at the bridge — the longest queue for a year"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(name, path, **settings):
    kind = by_name(name)
    kind.refuse_missing()
    report = Report()
    options = ReadOptions(chosen_settings(kind.read_settings, settings, name))
    return list(kind.reads(path, report, options)), report


def seed(name, **settings):
    path = next(SEEDS.glob(f"{name}.*"))
    assert detect(path) is by_name(name)
    return read(name, path, **settings)


def refused(name, path):
    with pytest.raises(AnnotatorError) as told:
        read(name, path)
    return str(told.value)


# ---- documents


def test_a_word_document_gives_its_paragraphs_cells_and_breaks():
    (article,), report = seed("docx")
    assert article.text.split("\n") == [
        TITLE,
        f"{FIRST}.",
        "About 40 lorries waited on Monday.\tNobody knew why.",
        "",
        "First line",
        "second line",
        "Harbour",
        "Ships",
        "Oster",
        "40",
        "The end.",
    ]
    assert article.title == TITLE
    assert not report.warnings


def word_document(path, body):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return path


def test_of_tracked_changes_the_new_text_is_taken(tmp_path):
    body = (
        "<w:p><w:r><w:t>Talks </w:t></w:r><w:del><w:r><w:delText>failed</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>resumed</w:t></w:r></w:ins><w:r><w:footnoteReference w:id='1'/></w:r>"
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText><w:t>.</w:t></w:r></w:p>"
    )
    (article,), report = read("docx", word_document(tmp_path / "a.docx", body))
    assert article.text == "Talks resumed."
    assert [str(each) for each in report.warnings] == ["a.docx: footnotes and endnotes left out: 1."]


def test_a_text_box_is_taken_once_and_stands_behind_its_paragraph(tmp_path):
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    drawing = f"<AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback></AlternateContent>"
    body = f"<w:p><w:r><w:t>Before</w:t>{drawing}<w:t> and after</w:t></w:r></w:p><w:p><w:r><w:t>Next</w:t></w:r></w:p>"
    (article,), _ = read("docx", word_document(tmp_path / "a.docx", body))
    assert article.text == "Before and after\nIn the box\nNext"


def test_an_opendocument_text_gives_headings_lists_blanks_and_breaks():
    (article,), report = seed("odt")
    assert article.text.split("\n") == [
        TITLE,
        f"{FIRST}.",
        "About 40 lorries waited on Monday.\tNobody   knew why.",
        "A new line.",
        "one",
        "two",
        "Harbour",
        "Ships",
        "Oster",
        "40",
        "The end.",
    ]
    assert article.title == TITLE
    assert [str(each) for each in report.warnings] == ["odt.odt: footnotes and endnotes left out: 1."]


def test_lines_of_a_pdf_become_paragraphs_unless_they_are_kept():
    (article,), _ = seed("pdf")
    assert article.text.split("\n") == [
        TITLE,
        f"{FIRST}. Nobody else was asked, and nobody else answered.".replace(" 😀", ""),
        "About 40 lorries waited on Monday.",
        "“We shall not give in to threats”, said the minister, who had travelled from the capital on Sunday evening.",
        "The end.",
    ]
    (kept,), _ = seed("pdf", lines="kept")
    assert kept.text.count("\n") > article.text.count("\n")
    assert kept.text.replace("\n", " ") == article.text.replace("\n", " ")


def pdf(path, lines, *, size=12, image_only=False):
    """A page by the letter of ISO 32000: one font, a line every 14 points."""
    show = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = "" if image_only else f"BT /F1 {size} Tf 72 700 Td {show} ET"
    fonts = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {fonts} >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(body)
    body += f"xref\n0 5\n0000000000 65535 f \n{table}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    path.write_bytes(body.encode("latin-1"))
    return path


def test_words_that_were_cut_at_a_line_end_are_whole_again(tmp_path):
    lines = ["Talks on the ferry went on, and the negoti-", "ators knew the well-known limit of 2020-", "2022, a well-",
             "known one, for Anna-", "Lena Kiel and others too."]  # fmt: skip
    (article,), _ = read("pdf", pdf(tmp_path / "a.pdf", lines))
    assert article.text == (
        "Talks on the ferry went on, and the negotiators knew the well-known limit of 2020-2022, a well-known one, for "
        "Anna-Lena Kiel and others too."
    )


def test_a_scanned_pdf_is_refused_with_what_to_do(tmp_path):
    told = refused("pdf", pdf(tmp_path / "scan.pdf", [], image_only=True))
    assert told.startswith("Cannot read scan.pdf: it holds no text, only pictures of pages")
    assert "(OCR)" in told
    (tmp_path / "noise.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 50)
    assert refused("pdf", tmp_path / "noise.pdf") == "Cannot read noise.pdf: it is a damaged PDF."


def test_rich_text_gives_letters_of_every_code_page_and_no_hidden_parts():
    (article,), report = seed("rtf")
    assert article.text.split("\n") == [
        TITLE,
        "The ferry talks went on in Oster, said Ilka Dörnath – who leads the port 😀 “authority”.",
        "Привет",
        "About 40\xa0lorries\twaited.",
        "Harbour\tShips",
        "A link {braces}",
    ]
    assert article.title == TITLE
    assert [str(each) for each in report.warnings] == ["rtf.rtf: footnotes and endnotes left out: 1."]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (rb"{\rtf1\mac caf\'8e}", "café"),  # TextEdit
        (rb"{\rtf1\ansi\ansicpg932 \'83\'65\'83\'58\'83g}", "テスト"),  # two bytes a letter
        (rb"{\rtf1\uc2\u8364 EUonly{\uc0\u8364 x}}", "€only€x"),  # \uc is a group's own
        (rb"{\rtf1 a{\*\unknown gone {deep}}b\bin3 \}}\par c}", "ab\nc"),
        (b"{\\rtf1 one\r\n two\\\nthree}", "one two\nthree"),
    ],
)
def test_rich_text_by_its_specification(tmp_path, words, text):
    (tmp_path / "a.rtf").write_bytes(words)
    assert read("rtf", tmp_path / "a.rtf")[0][0].text == text


def test_a_web_page_gives_the_article_and_what_the_page_says_of_it():
    (article,), report = seed("html")
    assert article.text.split("\n") == [
        TITLE,
        f"{FIRST}. Nobody else was asked, and nobody else answered.",
        f"{QUEUE}, a spokesman for the police in Oster said.",
        "Ships wait as well",
        "Trains do not",
        "We shall not give in to threats.",
        "The talks are to go on, though nobody could say when, or where, or whether the minister would come again.",
    ]
    facts = (article.title, article.outlet, article.date, article.url, article.language, article.extra["author"])
    assert facts == (TITLE, "Inland Press", "2022-01-10", "https://example.org/ferry", "en-GB", "Ilka Dornath")
    assert not report.warnings


def test_a_page_is_read_in_the_encoding_that_it_states_as_browsers_do(tmp_path):
    page = (SEEDS / "html.html").read_text("utf-8").replace("utf-8", "iso-8859-1").replace("bridge", "“Brücke”")
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    (article,), _ = read("html", tmp_path / "a.html")
    assert "“Brücke”" in article.text
    assert article.extra["encoding"] == "cp1252"


def test_an_e_mail_gives_its_text_subject_and_the_day_on_which_it_was_sent():
    (article,), report = seed("eml")
    assert article.text == "The ferry talks went on, said Müller, who leads the port.\nAbout 40 lorries waited.\n"
    assert (article.title, article.date) == ("Fährgespräche go on", "2022-01-10")
    assert article.extra == {"from": "Küstenpost <desk@example.org>"}
    assert [str(each) for each in report.warnings] == ["eml.eml: attachments left out: 1."]


def test_an_e_mail_that_is_a_page_gives_the_article_in_it(tmp_path):
    head = "From: a@example.org\nSubject: Talks\nDate: x\nContent-Type: text/html; charset=utf-8\n\n"
    (tmp_path / "a.eml").write_text(head + (SEEDS / "html.html").read_text("utf-8"), "utf-8")
    (article,), _ = read("eml", tmp_path / "a.eml")
    assert article.title == "Talks"
    assert f"{FIRST}. Nobody else was asked" in article.text


# ---- untrusted files


@pytest.mark.parametrize("header", ["Content-Type: text/plain; " + "[" * 200_000, "From: " + "(" * 200_000])
def test_a_header_that_would_keep_the_parser_busy_is_refused_at_once(tmp_path, header):
    (tmp_path / "a.eml").write_text(f"Subject: Talks\nDate: x\n{header}\n\nThey talked.\n", "utf-8")
    began = time.process_time()
    assert refused("eml", tmp_path / "a.eml") == "Cannot read a.eml: one of its headers is larger than 4 kB."
    assert time.process_time() - began < 2


@pytest.mark.parametrize(("name", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_entity_bombs_and_deep_nesting_are_refused_at_once(tmp_path, name, part):
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    deep = b"<a>" * 5000 + b"</a>" * 5000
    many = b"<a>" + b"<b/>" * 2_000_001 + b"</a>"
    for content, reason in ((bomb, "it declares entities"), (deep, "deep in each other"), (many, "1,000,000 elements")):
        path = tmp_path / f"x.{name}"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, content)
        assert reason in refused(name, path)


@pytest.mark.parametrize("name", ["docx", "odt", "articles-xlsx"])
def test_a_part_that_is_packed_too_tightly_is_refused(tmp_path, name):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(50_000_000))
    assert "packed too tightly" in refused(name, path)


@pytest.mark.parametrize("name", ["docx", "odt", "pdf", "rtf", "html", "eml", "articles-csv", "articles-json"])
def test_zeros_without_end_cost_seconds_and_bounded_memory(tmp_path, name):
    path = tmp_path / f"large{by_name(name).patterns[0][1:]}"
    with path.open("wb") as file:
        file.write(next(SEEDS.glob(f"{name}.*")).read_bytes())
        file.truncate(1 << 28)  # no disk is used for it
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    with suppress(AnnotatorError):  # what stands before them may be read
        read(name, path)
    assert time.perf_counter() - began < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 900_000  # kB


def test_documents_without_text_are_refused_and_the_others_come_in(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    word_document(folder / "empty.docx", "<w:p/>")
    word_document(folder / "good.docx", "<w:p><w:r><w:t>Good.</w:t></w:r></w:p>")
    (folder / "broken.odt").write_bytes(b"PK\x03\x04" + bytes(100))
    (folder / "plain.txt").write_text("Plain.")
    with create_project(tmp_path / "p.annotator") as project:
        _, report = import_paths(project, [folder])
    assert report.documents == 2
    assert sorted(str(each) for each in report.refused) == [
        "in/broken.odt: it is a damaged archive (File is not a zip file).",
        "in/empty.docx: it holds no text.",
    ]


def test_a_reader_that_is_not_installed_names_its_package_and_stops_nothing(tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "page.html").write_bytes((SEEDS / "html.html").read_bytes())
    (folder / "plain.txt").write_text("Plain.")
    monkeypatch.setattr("annotator.formats.format.find_spec", lambda _name: None)
    with create_project(tmp_path / "p.annotator") as project:
        _, report = import_paths(project, [folder])
        with pytest.raises(AnnotatorError, match=r'needs more packages: pip install "news-annotator\[html\]"\.'):
            import_paths(project, [folder / "page.html"], format_name="html")
    assert report.documents == 1
    assert [str(each) for each in report.refused] == [
        'in/page.html: Web page (HTML) needs more packages: pip install "news-annotator[html]".'
    ]


def test_a_setting_that_no_format_has_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("Plain.")
    told = pytest.raises(AnnotatorError, match="No format that is read has a setting “colour”")
    with create_project(tmp_path / "p.annotator") as project, told:
        import_paths(project, [tmp_path / "a.txt"], how=How(settings={"colour": "red"}))
