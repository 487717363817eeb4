"""Articles out of tables: CSV by RFC 4180 and as Excel saves it, XLSX by openpyxl, JSON as crawlers give it."""

import json
import zipfile
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions, chosen_settings
from annotator.formats.registry import JSONL, by_name, detect
from annotator.formats.report import Report
from annotator.operations.imports import How, import_paths
from annotator.operations.projects import create_project
from annotator.storage import queries

SEEDS = Path(__file__).parent / "seeds"


def options(kind, **settings):
    return ReadOptions(chosen_settings(kind.read_settings, settings, kind.name))


def read(path, **settings):
    kind = detect(path)
    report = Report()
    return list(kind.reads(path, report, options(kind, **settings))), report


def table(tmp_path, text, name="a.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def seed(name):
    path = next(SEEDS.glob(f"{name}.*"))
    assert detect(path) is by_name(name)
    return path


# ---- which column is which


def test_columns_are_known_by_their_headers():
    articles, report = read(seed("articles-csv"))
    facts = [(each.title, each.date, each.outlet, each.url, each.language) for each in articles]
    assert facts == [
        ("Ferry talks resume", "2022-01-10", "Inland Press", "https://example.org/a", "en"),
        ("Bridge closed", "2022-01-11", "Inland Press", "", "en"),
    ]
    assert articles[0].text == 'The ferry talks went on, said "Ilka".\nAbout 40 lorries waited.'
    assert articles[0].extra == {"Pages": "3"}
    assert [each.where for each in articles] == ["articles-csv.csv, line 2", "articles-csv.csv, line 4"]
    assert not report.warnings


def test_a_person_chooses_other_columns_or_none():
    path = seed("articles-csv")
    (first, _), _ = read(path, text="Headline", title="-", outlet="#7")
    assert (first.text, first.title, first.outlet) == ("Ferry talks resume", "", "3")
    assert first.extra["Body"].startswith("The ferry talks")
    with pytest.raises(AnnotatorError, match=r"there is no column “Words”; there are “Headline”, “Published”"):
        read(path, text="Words")


def test_without_a_header_for_it_the_text_is_the_longest_column(tmp_path):
    path = table(tmp_path, "nr,stand,lang\n1,10.1.2022,en\n2,11.1.2022,en\n")
    assert by_name("articles-csv").columns(path, options(detect(path))).taken == {"language": "lang", "text": "stand"}


def test_columns_without_a_name_or_with_the_same_can_be_chosen(tmp_path):
    path = table(tmp_path, "text,,text\nFirst.,x,Second.\n")
    assert by_name("articles-csv").columns(path, options(detect(path))).names == ("text", "#2", "text #3")
    (article,), _ = read(path, text="text #3")
    assert article.text == "Second."


@pytest.mark.parametrize(
    ("cell", "days", "date"),
    [
        ("2022-01-10", "", "2022-01-10"),
        ("2022", "", "2022"),
        ("10 January 2022", "", "2022-01-10"),
        ("01/10/2022", "", ""),
        ("13/10/2022", "", "2022-10-13"),
        ("01/10/2022 10:30", "day first", "2022-10-01"),
        ("01/10/2022", "month first", "2022-01-10"),
        ("soon", "day first", ""),
    ],
)
def test_dates_are_read_one_way_or_left_empty_and_kept(tmp_path, cell, days, date):
    given = {"days": days} if days else {}
    (article,), report = read(table(tmp_path, f"text;date\nWords.;{cell}\n"), **given)
    assert article.date == date
    assert bool(report.warnings) == (not date)
    assert article.extra == ({} if date else {"date": cell})


def test_a_column_of_coders_assigns_and_names_of_ours_are_kept_apart(tmp_path):
    path = table(tmp_path, "id\ttext\tcoder\tencoding\n7\tWords of an article.\tAnn; Ben\tnone\n", "a.tsv")
    with create_project(tmp_path / "p.annotator") as project:
        _, report = import_paths(project, [path], how=How(settings={"title": "-"}))
        assert (report.documents, report.refused) == (1, [])
        assert {each.name for each in queries.coders(project)} == {"Ann", "Ben"}
    (article,), _ = read(path)
    assert article.extra == {"source_id": "7", "encoding (column)": "none", "assigned_to": ["Ann", "Ben"]}


# ---- how tables are written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found_out(tmp_path, encoding, separator):
    rows = [["Titel", "Text"], ["Größe", "„Übung“; ja, sagte der Müller – morgen."]]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    (article,), _ = read(table(tmp_path, text, encoding=encoding))
    assert (article.title, article.text) == tuple(rows[1])


def test_a_letter_that_is_no_utf_8_far_down_is_found(tmp_path):
    rows = "".join(f"{number},plain words\n" for number in range(20_000))
    path = tmp_path / "a.csv"
    path.write_bytes(f"nr,text\n{rows}".encode() + "20000,Größe und Übung für Müller\n".encode("cp1252"))
    articles, report = read(path)
    assert articles[-1].text == "Größe und Übung für Müller"
    assert "which is a guess" in str(report.warnings[0])


def test_rows_that_do_not_fit_are_named(tmp_path):
    articles, report = read(table(tmp_path, "title,text\nA,Words.,more\nB\n\nC,Others.\n"))
    assert [each.title for each in articles] == ["A", "C"]
    assert [str(each) for each in report.refused] == ["a.csv, line 3: it has no text."]
    assert [str(each) for each in report.warnings] == [
        "a.csv, line 2: it has 3 cells, and the header 2; the last are left out."
    ]


def test_lines_and_cells_without_end_are_refused_in_bounded_memory(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"title,text\nA,")
        for _ in range(40):
            file.write(b"a" * 1_000_000)
    with pytest.raises(AnnotatorError, match=r"a\.csv, line 2: it is (longer than 32 MB|no row of a table)"):
        read(path)
    path.write_bytes(b'title,text\nA,"' + b"words\n" * 3_000_000)
    with pytest.raises(AnnotatorError, match=r"a\.csv, line 2: it is no row of a table"):
        read(path)


# ---- spreadsheets


def test_a_spreadsheet_gives_days_numbers_and_what_looks_like_formulas():
    articles, report = read(seed("articles-xlsx"))
    assert [(each.title, each.date, each.outlet) for each in articles] == [
        ("Ferry talks resume on the Sellen", "2022-01-10", "Inland Press"),
        ("Bridge closed again", "2022-01-11", "Inland Press"),
        ("Third", "2022-01-12", "Coast Mail"),
    ]
    assert articles[0].text.endswith("might end.\nAbout 40 lorries waited on Monday.\tNobody knew why.")
    assert articles[1].text == "=1+1 is no formula, said the toll keeper."
    assert [each.extra for each in articles] == [{"Pages": 3}, {"Pages": 1.5}, {}]
    assert [str(each) for each in report.refused] == ["articles-xlsx.xlsx, Articles, row 5: it has no text."]


def test_a_sheet_is_chosen_by_name():
    with pytest.raises(AnnotatorError, match=r"there is no sheet “Other”; there are “Empty”, “Articles”"):
        read(seed("articles-xlsx"), sheet="Other")
    with pytest.raises(AnnotatorError, match="it is empty"):
        read(seed("articles-xlsx"), sheet="Empty")


def test_a_spreadsheet_that_declares_entities_is_refused(tmp_path):
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;">]>'
    with zipfile.ZipFile(seed("articles-xlsx")) as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb.encode() + old.read(name) if name.endswith("sheet2.xml") else old.read(name))
    with pytest.raises(AnnotatorError, match="its XML declares entities"):
        read(tmp_path / "a.xlsx")


# ---- JSON


def test_articles_of_a_crawler_are_known_by_their_keys():
    articles, _ = read(seed("articles-json"))
    assert [(each.title, each.date, each.outlet) for each in articles] == [
        ("Ferry talks resume", "2022-01-10", "inland.example"),
        ("Bridge closed", "", "inland.example"),
    ]
    assert articles[0].text == "The ferry talks went on, said Ilka Dornath 😀.\nAbout 40 lorries waited."
    assert articles[0].extra["authors"] == ["Ilka", "Ben"]


@pytest.mark.parametrize("form", ["one", "list", "lines"])
def test_one_object_a_list_and_lines_are_read_alike(tmp_path, form):
    article = {"headline": "Bridge closed", "body": "The bridge is closed.\r\nAgain.", "nested": {"a": [1]}}
    written = {
        "one": json.dumps(article, indent=1),
        "list": json.dumps([article, article], indent=1),
        "lines": f"{json.dumps(article)}\n{json.dumps(article)}\n",
    }
    path = table(tmp_path, written[form], "a.json")
    articles, _ = read(path)
    assert len(articles) == (1 if form == "one" else 2)
    assert (articles[0].title, articles[0].text) == ("Bridge closed", "The bridge is closed.\nAgain.")


def test_what_is_ours_or_annotated_is_left_to_its_format(tmp_path):
    ours = table(tmp_path, '{"text": "Words.", "title": "A", "date": "2022-01-10"}\n', "a.jsonl")
    assert detect(ours) is JSONL
    tagged = table(tmp_path, '{"text": "Words.", "headline": "A", "label": [[0, 5, "x"]]}\n', "b.jsonl")
    assert detect(tagged) is by_name("doccano")


# ---- archives


def test_an_archive_is_read_with_the_choices_made_for_what_it_holds(tmp_path):
    path = tmp_path / "mail.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/moskva.txt", "Министр обороны заявил.".encode("koi8_r"))
        archive.writestr("in/a.csv", "Kopf;Rumpf\nTitel eins;Worte\n")
        archive.write(next(SEEDS.glob("docx.*")), "in/letter.docx")
        archive.writestr("../out.txt", "Elsewhere.")
        archive.writestr("in/deep.zip", _packed({"b.txt": "Deep down."}))
    choices = How(of_files={path / "in/a.csv": {"text": "Kopf"}})
    with create_project(tmp_path / "p.annotator") as project:
        _, report = import_paths(project, [path], encodings={path / "in/moskva.txt": "koi8_r"}, how=choices)
        texts = {queries.text_of(project, key) for key in queries.document_keys(project, None)}
    assert {"Министр обороны заявил.", "Titel eins", "Deep down."} < texts
    assert len(texts) == 4
    assert [str(each) for each in report.refused] == ["mail.zip, '../out.txt': its name leads out of the archive."]
    assert not (tmp_path / "out.txt").exists()


def _packed(members):
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()
