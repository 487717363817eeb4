"""The export sheet: formats with their settings, which part of the project, what is lost, how it begins."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.formats.registry import FORMATS
from annotator.model.parting import Parting
from annotator.operations.entities import set_entity_fields
from annotator.operations.export_choice import Wanted
from annotator.operations.export_preview import first_lines as first_lines_of
from annotator.operations.recipes import LAST, Recipe, recipes, save_recipe
from annotator.operations.release import Release
from annotator.storage import entity_queries
from tests.ui.dialog_tools import Person, Window, button_named, press, window, words, workspace
from ui.dialogs.export_dialog import ExportDialog
from ui.jobs import Jobs
from ui.workspace import Workspace


class Desk:
    """A window with the sample open, and its export sheet."""

    def __init__(self, qtbot: QtBot, folder: Path, project: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.window: Window = window(qtbot)
        self.workspace: Workspace = workspace(project, folder)
        self.jobs = Jobs()

    def sheet(self, *chosen: Path) -> ExportDialog:
        made = ExportDialog(self.window, self.workspace, self.jobs, self.window.status, Person(*chosen))
        made.present()
        return made

    def wait(self) -> str:
        self.qtbot.waitUntil(lambda: not self.jobs.is_busy, timeout=20_000)
        return self.window.status.text


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, own_home: Path, sample_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, sample_path)
    yield made
    made.workspace.close()


def named(sheet: QWidget, kind: type, name: str) -> QWidget:
    (found,) = [each for each in sheet.findChildren(kind) if each.accessibleName().startswith(name)]
    return found


def choose(sheet: ExportDialog, list_name: str, value: str) -> None:
    box = named(sheet, QComboBox, list_name)
    assert box.findData(value) >= 0, value
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def first_lines(desk: Desk, sheet: ExportDialog, beginning: str) -> str:
    """The first lines, once they begin like this and what goes in is counted."""
    shown = named(sheet, QPlainTextEdit, "The first lines")
    desk.qtbot.waitUntil(lambda: shown.toPlainText().startswith(beginning) and "Counting" not in words(sheet))
    return shown.toPlainText()


def test_every_format_shows_its_first_lines_and_what_it_cannot_hold(desk: Desk) -> None:
    sheet = desk.sheet()
    choose(sheet, "Format", "csv")
    assert "Kyiv" not in first_lines(desk, sheet, "title,outlet,date,")
    desk.qtbot.waitUntil(lambda: "Codebook written in part: 1" in words(sheet))
    choose(sheet, "Format", "huggingface")
    first_lines(desk, sheet, "{")
    choose(sheet, "Format", "xlsx")
    first_lines(desk, sheet, "title | outlet | date")
    assert not [path for path in desk.folder.iterdir() if path.name.startswith(".annotator-")]
    offered = named(sheet, QComboBox, "Format")
    assert offered.count() == sum(each.writes is not None for each in FORMATS)


def test_a_format_for_one_reading_says_what_to_tick(desk: Desk) -> None:
    sheet = desk.sheet()
    choose(sheet, "Format", "conll")
    desk.qtbot.waitUntil(lambda: "tick one coder, or the agreed version alone" in words(sheet))
    assert not sheet._export.isEnabled()
    for name in ("Coder A", "Coder B"):
        named(sheet, QCheckBox, name).click()
    first_lines(desk, sheet, "-DOCSTART-")
    assert sheet._export.isEnabled()


def test_settings_of_a_format_change_what_is_shown_and_written(desk: Desk, tmp_path: Path) -> None:
    sheet = desk.sheet(tmp_path / "out.conll")
    for name in ("Coder A", "Coder B"):
        named(sheet, QCheckBox, name).click()
    choose(sheet, "Format", "conll")
    choose(sheet, "Labels", "bilou")
    desk.qtbot.waitUntil(lambda: "U-actor" in named(sheet, QPlainTextEdit, "The first lines").toPlainText())
    button_named(sheet, "Export: change the place").click()
    sheet._export.click()
    assert desk.wait().startswith("Exported 6 articles with 271 annotations")
    assert "U-actor" in (tmp_path / "out.conll").read_text("utf-8")


def test_tags_dates_and_states_choose_a_part(desk: Desk) -> None:
    sheet = desk.sheet()
    for tag in ("Actor", "Claim", "Threat", "Demand"):
        named(sheet, QCheckBox, tag).click()
    named(sheet, QLineEdit, "Articles from").setText("2024-05")
    named(sheet, QLineEdit, "Articles until").setText("2024-09")
    desk.qtbot.waitUntil(lambda: "Articles of another date: 3" in words(sheet))
    assert "3 articles" in words(sheet)
    named(sheet, QLineEdit, "Articles from").setText("May")
    desk.qtbot.waitUntil(lambda: "“May” is no date" in words(sheet))
    named(sheet, QLineEdit, "Articles from").setText("")
    choose(sheet, "State of the coding", "in work")
    desk.qtbot.waitUntil(lambda: "0 articles, 0 annotations" in words(sheet))
    named(sheet, QCheckBox, "Figure").click()
    assert "Nothing is ticked" in words(sheet)
    assert not sheet._export.isEnabled()


def test_a_release_needs_its_name_and_is_kept_for_the_next_time(desk: Desk, tmp_path: Path) -> None:
    sheet = desk.sheet(tmp_path / "out.jsonl")
    named(sheet, QCheckBox, "A release").click()
    desk.qtbot.waitUntil(lambda: "A release needs a name" in words(sheet))
    assert not sheet._export.isEnabled()
    named(sheet, QLineEdit, "Name of the release").setText("June")
    choose(sheet, "Parts for training", "date")
    named(sheet, QLineEdit, "Shares of").setText("1,1")
    assert "three numbers such as 80,10,10" in words(sheet)
    named(sheet, QLineEdit, "Shares of").setText("50,0,50")
    desk.qtbot.waitUntil(lambda: "6 articles, 1,087 annotations" in words(sheet))
    button_named(sheet, "Export: change the place").click()
    sheet._export.click()
    desk.wait()
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert {line["split"] for line in found} == {"train", "test"}
    assert {each["coder"][:6] for line in found for each in line["readings"]} == {"coder-"}
    wanted = Recipe("jsonl", Wanted(), {}, Release("June"), Parting("date", (50, 0, 50)))
    assert recipes(desk.workspace.project) == {LAST: wanted}
    again = desk.sheet()
    assert named(again, QLineEdit, "Name of the release").text() == "June"
    assert again._recipe() == wanted


def test_settings_are_saved_under_a_name_and_taken_again(desk: Desk) -> None:
    wanted = Wanted(("Coder B",), done=True, tags=("claim",), since="2024")
    saved = Recipe("conll", wanted, {"scheme": "bilou", "overlaps": "columns"})
    save_recipe(desk.workspace.project, "for the tagger", saved)
    sheet = desk.sheet()
    first_lines(desk, sheet, '{"format":')
    choose(sheet, "Saved export settings", "for the tagger")
    first_lines(desk, sheet, "-DOCSTART-")
    assert sheet._recipe() == saved
    named(sheet, QCheckBox, "Actor").click()
    assert named(sheet, QComboBox, "Saved export settings").currentText() == "As chosen below"
    named(sheet, QLineEdit, "Name for these settings").setText("two tags")
    button_named(sheet, "Save these settings").click()
    assert recipes(desk.workspace.project)["two tags"].wanted.tags == ("actor", "claim")
    assert named(sheet, QComboBox, "Saved export settings").currentData() == "two tags"


def test_saved_settings_are_taken_out_by_keys(desk: Desk) -> None:
    for name in ("old", "public"):
        save_recipe(desk.workspace.project, name, Recipe("csv"))
    sheet = desk.sheet()
    forget = button_named(sheet, "Take these settings out")
    assert not forget.isEnabled()
    choose(sheet, "Saved export settings", "old")
    assert forget.isEnabled()
    forget.setFocus()
    press(Qt.Key.Key_Space)
    assert list(recipes(desk.workspace.project)) == ["public"]
    assert named(sheet, QComboBox, "Saved export settings").findData("old") < 0
    assert sheet.isAncestorOf(QApplication.focusWidget())


def test_the_agreed_version_alone_is_kept_for_the_next_time(desk: Desk) -> None:
    save_recipe(desk.workspace.project, LAST, Recipe("conll", Wanted(gold=True)))
    sheet = desk.sheet()
    first_lines(desk, sheet, "-DOCSTART-")
    assert sheet._export.isEnabled()


def test_a_folder_is_proposed_where_the_format_is_one(desk: Desk) -> None:
    sheet = desk.sheet()
    choose(sheet, "Format", "brat")
    assert sheet._place.path.name == "Sample six articles"
    choose(sheet, "Format", "csv")
    assert sheet._place.path.name == "Sample six articles.csv"


def test_all_of_it_can_be_done_by_keyboard(desk: Desk) -> None:
    sheet = desk.sheet()
    first_lines(desk, sheet, "{")
    reached = set()
    for _ in range(40):
        press(Qt.Key.Key_Tab)
        reached.add(sheet.window().focusWidget().accessibleName())
    expected = {
        "Name for these settings", "Format", "State of the coding", "Articles from", "The first lines",
        "A release: coders and ids get other names", "Parts for training and testing",
    }  # fmt: skip
    assert expected <= reached
    press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_private_persons_go_under_pseudonyms_unless_they_are_to_be_named(desk: Desk) -> None:
    project = desk.workspace.project
    sheet = desk.sheet()
    assert not any(each.isVisible() for each in sheet.findChildren(QCheckBox) if "private" in each.accessibleName())
    sheet.dismiss()
    someone = entity_queries.registry(project).mains[0]
    set_entity_fields(project, someone.id, private=True)
    sheet = desk.sheet()
    tick = named(sheet, QCheckBox, "Name private persons")
    desk.qtbot.waitUntil(lambda: "Names of private persons replaced by pseudonyms: 1" in words(sheet))
    tick.setFocus()
    press(Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: "Counting" not in words(sheet) and "replaced by pseudonyms" not in words(sheet))
    named(sheet, QCheckBox, "A release").setChecked(True)
    assert not tick.isVisible()
    assert "Private persons go under pseudonyms" in words(sheet)


def test_every_format_is_chosen_looked_at_and_written_by_keys_alone(desk: Desk) -> None:
    """What is shown before is what stands in the file, whatever the format."""
    save_recipe(desk.workspace.project, LAST, Recipe("jsonl", Wanted(gold=True)))
    for kind in (each for each in FORMATS if each.writes and each.installed):
        sheet = desk.sheet()
        offered = named(sheet, QComboBox, "Format")
        for _ in range(40):
            if offered.hasFocus():
                break
            press(Qt.Key.Key_Tab)
        assert offered.hasFocus()
        press(Qt.Key.Key_Home)
        for _ in range(offered.count()):
            if offered.currentData() == kind.name:
                break
            press(Qt.Key.Key_Down)
        assert offered.currentData() == kind.name
        shown = named(sheet, QPlainTextEdit, "The first lines")
        desk.qtbot.waitUntil(
            lambda shown=shown, sheet=sheet: "Counting" not in words(sheet) and shown.toPlainText() != ""
        )
        lines, dest = shown.toPlainText().split("\n"), sheet._place.path
        press(Qt.Key.Key_Return)
        assert not sheet.isVisible()
        said = desk.wait()
        assert said.startswith("Exported 6 articles with "), (kind.name, said)
        assert dest.exists(), kind.name
        assert list(first_lines_of(kind, dest).lines)[: len(lines)] == lines, kind.name


def test_an_export_is_stopped_and_leaves_no_file(desk: Desk) -> None:
    sheet = desk.sheet()
    dest = sheet._place.path
    first_lines(desk, sheet, "{")
    press(Qt.Key.Key_Return)
    desk.jobs.cancel()
    assert desk.wait() == "Export stopped. No file was written."
    assert not dest.exists()
