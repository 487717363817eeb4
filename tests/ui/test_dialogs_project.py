"""A new project, a place to keep one, search over all articles, and what is said when the program has a bug."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QRadioButton
from pytestqt.qtbot import QtBot

from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.project import Project
from tests.ui.dialog_tools import Person, button_named, press, type_text, window, words, workspace
from ui.dialogs.crash import CrashSheet, install_excepthook
from ui.dialogs.file_names import file_name, free_path
from ui.dialogs.keep_where import KeepWhereSheet
from ui.dialogs.new_project import NewProjectSheet
from ui.workspace import Workspace

Key, Held = Qt.Key, Qt.KeyboardModifier
BOOK = """
id: short
version: 1.0.0
title: Short
tags:
  - {id: speaker, label: Speaker, definition: Who speaks., key: s, color: {light: "#123ea5", dark: "#5b96ef"}}
"""


@pytest.fixture
def documents(own_home: Path) -> Path:
    folder = own_home / "Documents"
    folder.mkdir()
    return folder


# ---- a new project -------------------------------------------------------------------------------------


def test_a_title_and_enter_make_a_project(qtbot: QtBot, documents: Path) -> None:
    sheet, created = NewProjectSheet(window(qtbot)), []
    sheet.created.connect(created.append)
    sheet.ask()
    assert not button_named(sheet, "Create project").isEnabled()
    type_text("Border talks: 2022/23")
    assert "Border talks 2022 23.annotator" in words(sheet)
    press(Key.Key_Return)
    assert created == [str(documents / "Border talks 2022 23.annotator")]
    assert not sheet.isVisible()
    with Project.open(created[0]) as project:
        assert project.meta("title") == "Border talks: 2022/23"
        assert queries.codebook_version(project) is not None


def test_a_project_never_replaces_another(qtbot: QtBot, documents: Path) -> None:
    (documents / "Talks.annotator").write_text("somebody's work")
    sheet, created = NewProjectSheet(window(qtbot)), []
    sheet.created.connect(created.append)
    sheet.ask("Talks")
    press(Key.Key_Return)
    assert created == [str(documents / "Talks 2.annotator")]
    assert (documents / "Talks.annotator").read_text() == "somebody's work"


def test_a_place_that_is_taken_is_said_in_the_sheet(qtbot: QtBot, documents: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.annotator"
    taken.write_text("somebody's work")
    sheet = NewProjectSheet(window(qtbot), Person(taken))
    sheet.ask("Talks")
    button_named(sheet, "Project file: change the place").click()
    button_named(sheet, "Create project").click()
    qtbot.waitUntil(lambda: "exists already" in words(sheet))
    assert sheet.isVisible()
    assert taken.read_text() == "somebody's work"


def test_a_chosen_place_stays_when_the_title_changes(qtbot: QtBot, documents: Path, tmp_path: Path) -> None:
    sheet, created = NewProjectSheet(window(qtbot), Person(tmp_path / "own")), []
    sheet.created.connect(created.append)
    sheet.ask()
    button_named(sheet, "Project file: change the place").click()
    assert "own.annotator" in words(sheet)
    title = sheet.findChild(QLineEdit)
    assert title is not None
    title.setFocus()
    type_text("Another title")
    button_named(sheet, "Create project").click()
    assert created == [str(tmp_path / "own.annotator")]


def test_a_codebook_of_ones_own(qtbot: QtBot, documents: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.yaml"
    book.write_text(BOOK.replace("key: s,", "key: s, form: essay,"), "utf-8")
    sheet, created = NewProjectSheet(window(qtbot), Person(book)), []
    sheet.created.connect(created.append)
    sheet.ask("Talks")
    button_named(sheet, "Choose the codebook").click()
    qtbot.waitUntil(lambda: "book.yaml, line" in words(sheet))
    assert not button_named(sheet, "Create project").isEnabled()
    book.write_text(BOOK, "utf-8")
    button_named(sheet, "Choose the codebook").click()
    qtbot.waitUntil(lambda: "book.yaml: Speaker" in words(sheet))
    button_named(sheet, "Create project").click()
    with Project.open(created[0]) as project:
        version = queries.codebook_version(project)
        assert version is not None
        assert [tag.label for tag in version[1].tags] == ["Speaker"]


def test_going_back_to_the_built_in_codebook_forgets_the_fault(qtbot: QtBot, documents: Path, tmp_path: Path) -> None:
    sheet = NewProjectSheet(window(qtbot), Person(tmp_path / "gone.yaml"))
    sheet.ask("Talks")
    button_named(sheet, "Choose the codebook").click()
    qtbot.waitUntil(lambda: "gone.yaml cannot be read" in words(sheet))
    next(radio for radio in sheet.findChildren(QRadioButton) if "built-in" in radio.text()).click()
    assert "cannot be read" not in words(sheet)
    assert button_named(sheet, "Create project").isEnabled()


def test_what_speaks_against_a_place_is_said(qtbot: QtBot, documents: Path) -> None:
    sheet = NewProjectSheet(window(qtbot), warnings=lambda path: [f"{path.parent.name} is a bad place."])
    sheet.ask("Talks")
    qtbot.waitUntil(lambda: "Documents is a bad place." in words(sheet))
    assert button_named(sheet, "Create project").isEnabled()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Border talks", "Border talks"),
        ("a/b\\c:d*e?f", "a b c d e f"),
        ("  ..hidden.. ", "hidden"),
        ("con", "con project"),
        ("...", ""),
        ("محادثات", "محادثات"),
        ("tab\tnew\nline\0", "tab new line"),
    ],
)
def test_file_names_that_every_desktop_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def test_long_titles_make_names_that_a_disk_takes(tmp_path: Path) -> None:
    path = free_path(tmp_path, file_name("漢" * 200))
    path.write_text("")
    assert len(path.name.encode()) < 200


# ---- where to keep one -----------------------------------------------------------------------------------


@pytest.fixture
def mailed(tmp_path: Path) -> Path:
    path = tmp_path / "mail" / "talks.annotator"
    path.parent.mkdir()
    create_project(path, title="Mailed").close()
    return path


def test_a_project_from_the_mail_is_kept_as_a_copy(qtbot: QtBot, documents: Path, mailed: Path) -> None:
    sheet, opened = KeepWhereSheet(window(qtbot)), []
    sheet.open_requested.connect(opened.append)
    sheet.ask(mailed)
    assert str(mailed.parent) in words(sheet)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == [str(documents / "talks.annotator")]
    with Project.open(opened[0]) as project:
        assert project.meta("title") == "Mailed"
    assert mailed.exists()


def test_it_can_be_opened_where_it_is_or_not_at_all(qtbot: QtBot, documents: Path, mailed: Path) -> None:
    sheet, opened = KeepWhereSheet(window(qtbot)), []
    sheet.open_requested.connect(opened.append)
    sheet.ask(mailed)
    press(Key.Key_Escape)
    assert opened == []
    sheet.ask(mailed)
    button_named(sheet, "Open it where it is").click()
    assert opened == [str(mailed)]
    assert list(documents.iterdir()) == []


def test_a_copy_that_cannot_be_made_is_said_in_the_sheet(
    qtbot: QtBot, documents: Path, mailed: Path, tmp_path: Path
) -> None:
    sheet, opened = KeepWhereSheet(window(qtbot), Person(tmp_path / "no folder" / "x")), []
    sheet.open_requested.connect(opened.append)
    sheet.ask(mailed)
    button_named(sheet, "Copy of the project: change the place").click()
    button_named(sheet, "Keep a copy").click()
    qtbot.waitUntil(lambda: "no folder" in words(sheet) and button_named(sheet, "Keep a copy").isEnabled())
    assert opened == []
    assert sheet.isVisible()


# ---- a bug -----------------------------------------------------------------------------------------------


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "talks.annotator"
    with create_project(path) as project:
        record = DocumentRecord(text="The Border talks go on at the border.", title="Geneva", where="Geneva")
        import_records(project, [record], report=Report(), format_name="text")
    made = workspace(path, tmp_path)
    yield made
    made.close()


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hook that was there before; put back after the test."""
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: told.append(str(error)))
    return told


def raised(error: Exception) -> None:
    try:
        raise error
    except Exception as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_a_bug_is_said_in_plain_words_first(qtbot: QtBot, hook: list[str], opened: Workspace) -> None:
    behind = window(qtbot)
    install_excepthook(behind, opened)
    raised(ZeroDivisionError("a <b>bug</b>"))
    assert hook == ["a <b>bug</b>"]
    sheet = behind.findChild(CrashSheet)
    assert sheet is not None
    said = words(sheet)
    assert "Everything you tagged is saved." in said
    assert "ZeroDivisionError" not in said
    details = sheet.findChild(QPlainTextEdit)
    assert details is not None
    assert not details.isVisible()
    button_named(sheet, "Show details").click()
    assert details.isVisible()
    assert "ZeroDivisionError: a <b>bug</b>" in details.toPlainText()
    button_named(sheet, "Copy details").click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    assert "filler" not in QGuiApplication.clipboard().text()
    press(Key.Key_Escape)
    assert not sheet.isVisible()
    assert behind.article.hasFocus()


def test_a_bug_at_every_paint_opens_one_sheet(qtbot: QtBot, hook: list[str]) -> None:
    behind = window(qtbot)
    install_excepthook(behind)
    for number in range(100):
        raised(ValueError(f"bug {number}"))
    (sheet,) = behind.findChildren(CrashSheet)
    details = sheet.findChild(QPlainTextEdit)
    assert details is not None
    assert "bug 0" in details.toPlainText()
    assert len(details.toPlainText()) < 10_000
    button_named(sheet, "Go on working").click()
    assert not sheet.isVisible()


def test_ctrl_c_and_a_closed_window_go_to_standard_error_alone(qtbot: QtBot, hook: list[str]) -> None:
    behind = window(qtbot)
    install_excepthook(behind)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    behind.hide()
    raised(ValueError("late"))
    assert len(hook) == 2
    assert not any(sheet.isVisible() for sheet in behind.findChildren(CrashSheet))
