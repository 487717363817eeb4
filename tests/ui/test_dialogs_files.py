"""Articles come in and go out: what is shown before, what is done beside the window, what is said after."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from annotator.formats.report import Report
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord
from annotator.model.span import Span
from annotator.operations.import_records import import_records
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.project import Project
from tests.ui.dialog_tools import Person, Window, button_named, press, window, words, workspace
from ui.dialogs.export_dialog import ExportDialog
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.report_sheet import ReportSheet
from ui.jobs import Jobs
from ui.workspace import Workspace

Key = Qt.Key
SEEDS = Path(__file__).parents[1] / "core" / "formats" / "seeds"
GERMAN = "Die Minister sagten, die Lage sei „sehr ernst“ – Größere Übungen würden folgen.\n" * 4
RUSSIAN = "Министр обороны заявил, что переговоры продолжаются. Сто тысяч военных у границы.\n" * 4


class Desk:
    """A window over an open project, and what the status line ends with."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        path = folder / "talks.annotator"
        with create_project(path, title="Border talks") as project:
            fill(project)
        self.window: Window = window(qtbot)
        self.workspace: Workspace = workspace(path, folder)
        self.jobs = Jobs()
        self.qtbot = qtbot
        self.busy: list[str] = []
        self.jobs.progressed.connect(lambda words, *_: self.busy.append(words))

    def importing(self, *chosen: Path) -> ImportDialog:
        return ImportDialog(self.window, self.workspace, self.jobs, self.window.status, Person(*chosen))

    def exporting(self, *chosen: Path) -> ExportDialog:
        return ExportDialog(self.window, self.workspace, self.jobs, self.window.status, Person(*chosen))

    def wait(self) -> str:
        """Until the long work is done; returns what the status line says."""
        self.qtbot.waitUntil(lambda: not self.jobs.is_busy, timeout=20_000)
        return self.window.status.text

    def titles(self) -> set[str]:
        keys = queries.document_keys(self.workspace.project, None)
        return {row.title for row in queries.document_rows(self.workspace.project, list(keys), None)}


def fill(project: Project) -> None:
    actor = (Span(0, 2),)
    records = [
        DocumentRecord(
            text="US and Russia hold talks.",
            title="Talks",
            where="one",
            readings=(ReadingRecord("Anna", state="done"), ReadingRecord("Ben"), ReadingRecord("Ruth", kind="gold")),
            annotations=(
                AnnotationRecord("Anna", "actor", actor),
                AnnotationRecord("Ben", "actor", (Span(7, 13),)),
                AnnotationRecord("Ruth", "actor", actor, kind="gold"),
            ),
        ),
        DocumentRecord(
            text="EU waits.",
            title="Waiting",
            where="two",
            readings=(ReadingRecord("Anna"),),
            annotations=(AnnotationRecord("Anna", "actor", actor),),
        ),
    ]
    import_records(project, records, report=Report(), format_name="jsonl")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    made.jobs.end()
    made.workspace.close()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(5):
        text = f"Talks go on in Geneva, day {number}\n\n date 2022-01-1{number}\n\nThey talked."
        (folder / f"plain{number}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def mixed(articles: Path) -> Path:
    (articles / "berlin.txt").write_bytes(GERMAN.encode("cp1252"))
    (articles / "moskva.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (articles / "empty.txt").write_text("")
    (articles / "slides.pptx").write_bytes(b"PK\x03\x04[Content_Types].xml ppt/presentation.xml" + bytes(200))
    return articles


def looked(qtbot: QtBot, sheet: ImportDialog) -> ImportDialog:
    """Wait until the files were looked at."""
    qtbot.waitUntil(lambda: "Import " in words(sheet).replace("Import articles", "") or "Nothing" in words(sheet))
    return sheet


def combos(sheet: QWidget) -> list[QComboBox]:
    return [combo for combo in sheet.findChildren(QComboBox) if combo.isVisible()]


# ---- import ------------------------------------------------------------------------------------------


def test_plain_files_need_one_enter(qtbot: QtBot, desk: Desk, articles: Path) -> None:
    sheet = desk.importing()
    sheet.begin([articles])
    looked(qtbot, sheet)
    assert [(each.accessibleName(), each.currentText()) for each in combos(sheet)] == [
        ("Read as", "Found out for each file")
    ]
    assert "5 files, read as Unicode (UTF-8)" in words(sheet)
    assert "Talks go on in Geneva, day 0\n2022-01-10" in words(sheet)
    press(Key.Key_Return)
    assert not sheet.isVisible()
    assert desk.wait() == "Imported 5 articles"
    assert "Importing" in desk.busy
    assert "Talks go on in Geneva, day 4" in desk.titles()


def test_files_are_chosen_by_keyboard(qtbot: QtBot, desk: Desk, articles: Path) -> None:
    sheet = desk.importing(articles / "plain1.txt")
    sheet.begin()
    press(Key.Key_Return)
    looked(qtbot, sheet)
    press(Key.Key_Return)
    assert desk.wait() == "Imported 1 article"


def test_files_dropped_on_the_sheet_are_looked_at_in_it(qtbot: QtBot, desk: Desk, articles: Path) -> None:
    sheet = desk.importing()
    sheet.begin()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(articles)), QUrl("https://example.org/no-file")])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    middle = sheet.rect().center()
    entering = QDragEnterEvent(middle, copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(sheet, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(sheet, QDropEvent(QPointF(middle), copy, data, left, Qt.KeyboardModifier.NoModifier))
    assert button_named(looked(qtbot, sheet), "Import 5 articles").isEnabled()


def test_a_folder_is_chosen_by_keyboard(qtbot: QtBot, desk: Desk, articles: Path) -> None:
    sheet = desk.importing(articles)
    sheet.begin()
    press(Key.Key_Tab, Key.Key_Space)
    looked(qtbot, sheet)
    assert button_named(sheet, "Import 5 articles").hasFocus()


def test_doubtful_guesses_stand_first_and_what_stays_out_is_named(qtbot: QtBot, desk: Desk, mixed: Path) -> None:
    sheet = desk.importing()
    sheet.begin([mixed])
    said = words(looked(qtbot, sheet))
    assert said.index("sehr ernst") < said.index("Talks go on in Geneva")
    assert said.count("a guess") == 2
    assert "1 presentation: Annotator cannot read this kind of file yet" in said
    assert "1 file: empty" in said
    assert "slides.pptx" not in said
    button_named(sheet, "Show which").click()
    assert "articles/slides.pptx: presentation" in words(sheet)


def test_one_choice_changes_a_group_and_its_line_at_once(qtbot: QtBot, desk: Desk, mixed: Path) -> None:
    sheet = desk.importing()
    sheet.begin([mixed])
    looked(qtbot, sheet)
    cyrillic = next(combo for combo in combos(sheet) if "1251" in combo.currentText())
    cyrillic.setFocus()
    before = words(sheet)
    assert "Министр обороны" in before
    cyrillic.setCurrentIndex(cyrillic.findData("koi8_r"))
    garbled = RUSSIAN.encode("cp1251").decode("koi8_r")
    assert garbled[:15] in words(sheet)
    assert "Министр обороны" not in words(sheet)
    cyrillic.setCurrentIndex(cyrillic.findData("utf-8"))
    assert "cannot be read" in words(sheet)
    cyrillic.setCurrentIndex(cyrillic.findData("koi8_r"))
    button_named(sheet, "Import 7 articles").click()
    desk.wait()
    project = desk.workspace.project
    texts = {queries.text_of(project, key) for key in queries.document_keys(project, None)}
    assert garbled in texts
    assert GERMAN in texts


def test_the_columns_of_a_table_are_chosen_by_keyboard(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("Kopf;Datum;Anriss;Volltext\nBrücke gesperrt;01/10/2022;Kurz.;Die Brücke ist gesperrt.\n", "utf-8")
    sheet = desk.importing()
    sheet.begin([file])
    said = words(looked(qtbot, sheet))
    assert "no title · no date" in said
    assert "Die Brücke ist gesperrt." in said
    title, days = (named_combo(sheet, name) for name in ("Title", "Dates such as 01/10/2022"))
    button_named(sheet, "Import 1 file").setFocus()
    for _ in range(40):
        if title.hasFocus():
            break
        press(Key.Key_Tab)
    assert title.hasFocus()
    press(Key.Key_Down)
    assert title.currentText() == "Kopf"
    qtbot.waitUntil(lambda: "Brücke gesperrt · no date" in words(sheet))
    days.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "Brücke gesperrt · 2022-10-01" in words(sheet))
    named_combo(sheet, "Text").setCurrentIndex(2)
    qtbot.waitUntil(lambda: "Kurz." in words(sheet))
    button_named(sheet, "Import 1 file").click()
    assert desk.wait() == "Imported 1 article"
    assert "Brücke gesperrt" in desk.titles()
    project = desk.workspace.project
    assert "Kurz." in {queries.text_of(project, key) for key in queries.document_keys(project, None)}


def named_combo(sheet: QWidget, name: str) -> QComboBox:
    return next(combo for combo in combos(sheet) if combo.accessibleName() == name)


def test_a_table_in_another_encoding_gets_its_names_again(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes("Текст;Дата\nМинистр обороны заявил, что переговоры продолжаются.;2022\n".encode("koi8_r"))
    sheet = desk.importing()
    sheet.begin([file])
    looked(qtbot, sheet)
    encoding = named_combo(sheet, "Encoding of 1 table")
    encoding.setCurrentIndex(encoding.findData("cp1251"))
    qtbot.waitUntil(lambda: "Текст" not in named_combo(sheet, "Text").currentText())
    encoding.setCurrentIndex(encoding.findData("koi8_r"))
    qtbot.waitUntil(lambda: named_combo(sheet, "Text").currentText() == "Текст")
    button_named(sheet, "Import 1 file").click()
    desk.wait()
    project = desk.workspace.project
    texts = {queries.text_of(project, key) for key in queries.document_keys(project, None)}
    assert "Министр обороны заявил, что переговоры продолжаются." in texts


def test_what_an_archive_holds_is_looked_at_and_read_as_chosen(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "mail.zip", "w") as archive:
        archive.writestr("moskva.txt", RUSSIAN.encode("cp1251"))
        archive.write(SEEDS / "docx.docx", "letter.docx")
    sheet = desk.importing()
    sheet.begin([tmp_path / "mail.zip"])
    said = words(looked(qtbot, sheet))
    assert "1 file: Word document" in said
    assert "Ferry talks resume on the Sellen" in said
    assert "The ferry talks went on for a third day in Oster" in said
    cyrillic = next(combo for combo in combos(sheet) if "1251" in combo.currentText())
    cyrillic.setCurrentIndex(cyrillic.findData("koi8_r"))
    garbled = RUSSIAN.encode("cp1251").decode("koi8_r")
    assert garbled[:15] in words(sheet)
    button_named(sheet, "Import 2 articles").click()
    assert desk.wait() == "Imported 2 articles"
    project = desk.workspace.project
    assert garbled in {queries.text_of(project, key) for key in queries.document_keys(project, None)}


def test_copies_of_an_article_are_pointed_out_after_the_import(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    text = "The ferry talks went on for a third day in Oster, said the woman who leads the port authority there. " * 3
    for number, more in enumerate(("", "She said no more.")):
        (tmp_path / f"paper{number}.txt").write_text(f"{text}{more}", "utf-8")
    sheet = desk.importing()
    sheet.begin([tmp_path / "paper0.txt", tmp_path / "paper1.txt"])
    looked(qtbot, sheet)
    press(Key.Key_Return)
    assert desk.wait() == "Imported 2 articles. 2 articles nearly the same as others"
    assert desk.window.status.role == "meta"
    button_named(desk.window, "Show what was found").click()
    report = desk.window.findChild(ReportSheet)
    assert report is not None
    assert "nearly the same text as" in str(report._lines.stringList())


def test_files_with_annotations_are_recognised(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    line = {"text": "Blinken spoke.", "annotations": [{"tag": "actor", "spans": [[0, 7]], "coder": "Cleo"}]}
    file = tmp_path / "coded.jsonl"
    file.write_text(json.dumps(line) + "\n", "utf-8")
    sheet = desk.importing()
    sheet.begin([file])
    assert "1 file: Annotated JSON Lines" in words(looked(qtbot, sheet))
    press(Key.Key_Return)
    assert desk.wait() == "Imported 1 article and 1 annotation"


def test_what_was_refused_can_be_read_afterwards(qtbot: QtBot, desk: Desk, mixed: Path) -> None:
    sheet = desk.importing()
    sheet.begin([mixed])
    looked(qtbot, sheet)
    press(Key.Key_Return)
    assert desk.wait() == "Imported 7 articles; 2 left out"
    assert desk.window.status.role == "meta", "an empty file and a presentation are no alarm"
    button_named(desk.window.status, "Show what was found").click()
    report = desk.window.findChild(ReportSheet)
    assert report is not None
    assert "Left out 2" in words(report)
    button_named(report, "Copy all").click()
    copied = QGuiApplication.clipboard().text()
    assert "articles/empty.txt: empty." in copied
    assert "presentation" in copied
    press(Key.Key_Escape)
    assert not report.isVisible()


def test_nothing_to_import_is_said_and_other_files_can_be_chosen(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    sheet = desk.importing()
    sheet.begin([tmp_path / "empty.txt", tmp_path / "gone.txt"])
    said = words(looked(qtbot, sheet))
    assert "1 file: empty" in said
    assert "1 file: cannot be opened" in said
    assert not button_named(sheet, "Nothing to import").isEnabled()
    button_named(sheet, "Choose others").click()
    assert button_named(sheet, "Choose files").hasFocus()


def test_esc_while_looking_leaves_everything_as_it_was(qtbot: QtBot, desk: Desk, articles: Path) -> None:
    sheet = desk.importing()
    sheet.begin([articles])
    press(Key.Key_Escape)
    assert not sheet.isVisible()
    assert desk.window.article.hasFocus()
    QApplication.processEvents()
    assert not desk.jobs.is_busy
    assert desk.titles() == {"Talks", "Waiting"}


def test_the_same_import_again_says_that_all_is_there(qtbot: QtBot, desk: Desk, articles: Path) -> None:
    for said in ("Imported 5 articles", "Nothing new: 5 articles already there"):
        sheet = desk.importing()
        sheet.begin([articles])
        looked(qtbot, sheet)
        press(Key.Key_Return)
        assert desk.wait() == said


def test_a_folder_that_vanishes_after_the_look_is_one_sentence(qtbot: QtBot, desk: Desk, articles: Path) -> None:
    sheet = desk.importing()
    sheet.begin([articles])
    looked(qtbot, sheet)
    shutil.rmtree(articles)
    press(Key.Key_Return)
    assert "left out" in desk.wait()
    assert desk.window.status.role == "warn", "that was meant to come in"


# ---- export ------------------------------------------------------------------------------------------


def foreseen(qtbot: QtBot, sheet: ExportDialog) -> str:
    """What the sheet says once it has counted."""
    qtbot.waitUntil(lambda: "Counting" not in words(sheet) and "(gold) – " in words(sheet))
    return words(sheet)


def tick(sheet: QWidget, name: str) -> QCheckBox:
    return next(box for box in sheet.findChildren(QCheckBox) if box.accessibleName().startswith(name))


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_everything_is_exported_by_one_enter(qtbot: QtBot, desk: Desk, own_home: Path, tmp_path: Path) -> None:
    sheet = desk.exporting(tmp_path / "out.jsonl")
    sheet.present()
    said = foreseen(qtbot, sheet)
    assert "2 articles, 4 annotations, 0 links" in said
    qtbot.waitUntil(lambda: "History" in words(sheet))
    assert "Border talks.jsonl" in said
    button_named(sheet, "Export: change the place").click()
    press(Key.Key_Return)
    said = desk.wait()
    assert said == f"Exported 2 articles with 4 annotations to {tmp_path / 'out.jsonl'}"
    assert [document["title"] for document in lines(tmp_path / "out.jsonl")] == ["Talks", "Waiting"]


def test_articles_without_tags_are_counted_apart(qtbot: QtBot, desk: Desk, articles: Path) -> None:
    import_paths(desk.workspace.project, [articles])
    sheet = desk.exporting()
    sheet.present()
    assert "7 articles (5 of them without tags), 4 annotations, 0 links" in foreseen(qtbot, sheet)


def test_only_chosen_readings_are_exported(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    sheet = desk.exporting(tmp_path / "anna.jsonl")
    sheet.present()
    foreseen(qtbot, sheet)
    tick(sheet, "Ben").click()
    tick(sheet, "The agreed version").click()
    tick(sheet, "Only articles").click()
    qtbot.waitUntil(lambda: "1 article, 1 annotation, 0 links" in words(sheet))
    qtbot.waitUntil(lambda: "Articles that nobody chosen has coded: 1" in words(sheet))
    button_named(sheet, "Export: change the place").click()
    sheet._export.click()
    desk.wait()
    (document,) = lines(tmp_path / "anna.jsonl")
    assert [reading["coder"] for reading in document["readings"]] == ["Anna"]


def test_gold_alone_can_be_exported_and_nothing_cannot(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    sheet = desk.exporting(tmp_path / "gold.jsonl")
    sheet.present()
    foreseen(qtbot, sheet)
    assert tick(sheet, "Ruth").isHidden()  # who only decides is no coder
    for name in ("Anna", "Ben"):
        tick(sheet, name).click()
    qtbot.waitUntil(lambda: "1 article, 1 annotation, 0 links" in words(sheet))
    tick(sheet, "The agreed version").click()
    assert "Nothing is ticked" in words(sheet)
    assert not sheet._export.isEnabled()


def test_an_export_that_cannot_be_written_is_one_sentence(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    sheet = desk.exporting(tmp_path / "no such folder" / "out.jsonl")
    sheet.present()
    foreseen(qtbot, sheet)
    button_named(sheet, "Export: change the place").click()
    sheet._export.click()
    said = desk.wait()
    assert "no such folder" in said
    assert desk.window.status.role == "bad"


def test_leaving_the_sheet_writes_nothing(qtbot: QtBot, desk: Desk, own_home: Path) -> None:
    sheet = desk.exporting()
    sheet.present()
    press(Key.Key_Escape)
    assert not sheet.isVisible()
    assert list(own_home.rglob("*.jsonl")) == []
