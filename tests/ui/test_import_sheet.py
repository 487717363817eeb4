"""What the import sheet lets a person choose beside columns and encodings: labels, sheets, separators, formats."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.operations.projects import create_project
from annotator.storage import queries
from tests.ui.dialog_tools import Person, Window, button_named, press, window, words, workspace
from ui.dialogs.import_dialog import ImportDialog
from ui.jobs import Jobs
from ui.widgets.tick import Tick
from ui.workspace import Workspace

Key = Qt.Key
SEEDS = Path(__file__).parents[1] / "core" / "formats" / "seeds"
TEXT = "Lavrov said the talks failed. Blinken waited."
STANDOFF = (
    "T1\tSource 0 6\tLavrov\nT2\tCue 7 11\tsaid\nT3\tContent 12 28\tthe talks failed\nT4\tSource 30 37\tBlinken\n"
)


class Desk:
    """An empty project in a window, and its import sheet."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        path = folder / "talks.annotator"
        create_project(path, title="Border talks").close()
        self.qtbot = qtbot
        self.window: Window = window(qtbot)
        self.workspace: Workspace = workspace(path, folder)
        self.jobs = Jobs()
        self.sheet = ImportDialog(self.window, self.workspace, self.jobs, self.window.status, Person())

    def look_at(self, *paths: Path) -> None:
        """Until the files and their labels were looked at."""
        self.sheet.begin(list(paths))
        self.qtbot.waitUntil(lambda: self.sheet._shown is not None and self.sheet._reading is None, timeout=20_000)

    def tab_to(self, wanted: QWidget) -> None:
        for _ in range(60):
            if wanted.hasFocus():
                return
            press(Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {wanted.accessibleName()}")

    def take(self) -> str:
        """Press Enter, and what the status line says in the end."""
        press(Key.Key_Return)
        self.qtbot.waitUntil(lambda: not self.jobs.is_busy, timeout=20_000)
        return self.window.status.text

    def combo(self, name: str) -> QComboBox:
        found = [each for each in self.sheet.findChildren(QComboBox) if each.isVisible()]
        return next(each for each in found if each.accessibleName() == name)

    @property
    def texts(self) -> set[str]:
        project = self.workspace.project
        return {queries.text_of(project, key) for key in queries.document_keys(project, None)}


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    made.jobs.end()
    made.workspace.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "quotes"
    made.mkdir()
    (made / "one.txt").write_text(TEXT)
    (made / "one.ann").write_text(STANDOFF)
    return made


def choose(combo: QComboBox, words: str) -> None:
    """By the arrow keys, as a person without a mouse does."""
    press(Key.Key_Home)
    for _ in range(combo.count()):
        if combo.currentText() == words:
            return
        press(Key.Key_Down)
    raise AssertionError(f"{words} is not offered")


def test_labels_are_counted_and_mapped_by_keys_alone(desk: Desk, folder: Path) -> None:
    desk.look_at(folder)
    said = words(desk.sheet)
    assert "1 article · 4 annotations" in said
    assert "4 annotations name no coder. Coded by:" in said
    source, cue, content = (desk.combo(f"What {name} becomes") for name in ("Source", "Cue", "Content"))
    assert [each.currentText() for each in (source, cue, content)] == ["New: “Source”", "New: “Cue”", "New: “Content”"]
    for combo, wish in ((source, "Actor"), (cue, "Leave out"), (content, "Claim")):
        desk.tab_to(combo)
        choose(combo, wish)
    coder = next(each for each in desk.sheet.findChildren(QLineEdit) if "no coder" in each.accessibleName())
    desk.tab_to(coder)
    QApplication.clipboard().setText("Anna")
    coder.paste()
    assert desk.take() == "Imported 1 article and 3 annotations"
    project = desk.workspace.project
    document = queries.documents(project)[0].key
    (reading,) = queries.readings_of(project, document)
    anna = queries.coder(project, reading.coder)
    assert anna is not None
    assert anna.name == "Anna"
    assert Counter(each.tag for each in queries.annotations_of_reading(project, reading.key)) == {
        "actor": 2,
        "claim": 1,
    }


def test_all_that_the_codebook_lacks_is_left_out_by_one_key(desk: Desk, folder: Path) -> None:
    (folder / "one.ann").write_text(STANDOFF + "T5\tActor 38 44\twaited\n")
    desk.look_at(folder)
    assert "1 folder: brat standoff" in words(desk.sheet)
    leave = button_named(desk.sheet, "Leave out what is new")
    desk.tab_to(leave)
    press(Key.Key_Space)
    for name in ("Source", "Cue", "Content"):
        assert desk.combo(f"What {name} becomes").currentText() == "Leave out"
    assert desk.combo("What Actor becomes").currentText() == "Actor"
    desk.tab_to(button_named(desk.sheet, "Import 1 file"))
    assert desk.take() == "Imported 1 article and 1 annotation"


def test_all_of_it_may_count_as_the_agreed_version(desk: Desk, folder: Path) -> None:
    desk.look_at(folder)
    gold = next(each for each in desk.sheet.findChildren(Tick) if "agreed version" in each.accessibleName())
    desk.tab_to(gold)
    press(Key.Key_Space)
    desk.take()
    project = desk.workspace.project
    assert [each.kind for each in queries.readings_of(project, queries.documents(project)[0].key)] == ["gold"]


def test_who_does_not_wait_for_the_labels_gets_them_by_their_names(desk: Desk, folder: Path) -> None:
    desk.sheet.begin([folder])
    desk.qtbot.waitUntil(lambda: desk.sheet._shown is not None)
    assert desk.take() == "Imported 1 article and 4 annotations"


def test_the_sheet_of_a_workbook_is_chosen(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["About this file"])
    book.active.append(["Exported by the archive"])
    articles = book.create_sheet("Articles")
    articles.append(["Headline", "Body"])
    articles.append(["Talks resume", "The talks resumed on Monday."])
    book.save(tmp_path / "archive.xlsx")
    desk.look_at(tmp_path / "archive.xlsx")
    assert "Exported by the archive" in words(desk.sheet)
    sheet = desk.combo("Sheet")
    desk.tab_to(sheet)
    choose(sheet, "Articles")
    desk.qtbot.waitUntil(lambda: "Talks resume" in words(desk.sheet))
    assert desk.combo("Text").currentText() == "Body"
    desk.take()
    assert desk.texts == {"The talks resumed on Monday."}


def test_another_separator_gives_other_columns(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Title;Note, Text\nTalks;none, They go on.\n", "utf-8")
    desk.look_at(file)
    separator = desk.combo("Cells are separated by")
    assert separator.currentText() == "Comma"
    desk.tab_to(separator)
    choose(separator, "Semicolon")
    desk.qtbot.waitUntil(lambda: desk.combo("Text").currentText() == "Note, Text")
    desk.take()
    assert desk.texts == {"none, They go on."}


def test_the_lines_of_a_pdf_are_kept_where_a_person_says_so(desk: Desk, tmp_path: Path) -> None:
    shutil.copy(SEEDS / "pdf.pdf", tmp_path / "page.pdf")
    desk.look_at(tmp_path / "page.pdf")
    change = button_named(desk.sheet, "Read differently…")
    desk.tab_to(change)
    press(Key.Key_Space)
    lines = desk.combo("Lines of a page are")
    assert lines.hasFocus()
    choose(lines, "kept")
    desk.take()
    (kept,) = desk.texts
    assert max(map(len, kept.splitlines())) < 100  # no line is longer than on the page


def test_a_web_page_is_read_in_the_encoding_that_a_person_chose(desk: Desk, tmp_path: Path) -> None:
    words_of_it = "Министр обороны заявил, что переговоры продолжаются уже третий день подряд."
    page = f"<html><body><article><h1>Новости</h1><p>{words_of_it}</p><p>{words_of_it}</p></article></body></html>"
    (tmp_path / "news.html").write_bytes(page.encode("koi8_r"))
    desk.look_at(tmp_path / "news.html")
    change = button_named(desk.sheet, "Read differently…")
    desk.tab_to(change)
    press(Key.Key_Space)
    encoding = desk.combo("Encoding")
    encoding.setCurrentIndex(encoding.findData("koi8_r"))
    desk.qtbot.waitUntil(lambda: "Министр обороны" in words(desk.sheet))
    desk.take()
    assert words_of_it in next(iter(desk.texts))


def test_what_annotated_files_hold_is_counted_anew_for_other_settings(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "news.conll").write_text("Lavrov B-PER B-Source\nsaid O B-Cue\n\n")
    desk.look_at(tmp_path / "news.conll")
    assert desk.combo("What Source becomes").isVisible()
    press(Key.Key_Backtab)
    change = button_named(desk.sheet, "Read differently…")
    desk.tab_to(change)
    press(Key.Key_Space)
    choose(desk.combo("Columns with labels"), "all")
    desk.qtbot.waitUntil(lambda: desk.sheet._reading is None)
    assert desk.combo("What PER becomes").isVisible()
    assert desk.take() == "Imported 1 article and 3 annotations"


def test_what_was_taken_for_plain_text_is_read_as_a_person_says(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "words.tagged").write_text("Lavrov B-Source\nsaid O\n\n")
    desk.sheet.begin([tmp_path / "corpus"])
    desk.qtbot.waitUntil(lambda: "Import 1 article" in words(desk.sheet), timeout=20_000)
    read_as = desk.combo("Read as")
    desk.tab_to(read_as)
    choose(read_as, "CoNLL (BIO, BILOU)")
    desk.qtbot.waitUntil(lambda: "1 article · 1 annotation" in words(desk.sheet), timeout=20_000)
    assert read_as.hasFocus()  # the arrow keys go on from here
    assert desk.take() == "Imported 1 article and 1 annotation"
    assert {tag for (tag,) in desk.workspace.project.rows("SELECT tag FROM annotation")} == {"Source"}


def test_what_is_none_of_the_format_that_was_chosen_says_so_and_can_be_read_otherwise(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text(TEXT)
    desk.look_at(tmp_path / "notes.txt")
    read_as = desk.combo("Read as")
    desk.tab_to(read_as)
    choose(read_as, "Word document")
    desk.qtbot.waitUntil(lambda: "Nothing to import" in words(desk.sheet), timeout=20_000)
    assert "1 file left out" in words(desk.sheet)
    choose(read_as, "Found out for each file")
    desk.qtbot.waitUntil(lambda: "Import 1 article" in words(desk.sheet), timeout=20_000)
    assert desk.take() == "Imported 1 article"


def test_the_encoding_of_texts_that_are_sure_is_chosen_by_key(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(TEXT)
    desk.sheet.begin([tmp_path / "notes.txt"])
    desk.qtbot.waitUntil(lambda: "Import 1 article" in words(desk.sheet), timeout=20_000)
    change = button_named(desk.sheet, "Read differently…")
    desk.tab_to(change)
    press(Key.Key_Space)
    assert desk.combo("Encoding of 1 file").hasFocus()
