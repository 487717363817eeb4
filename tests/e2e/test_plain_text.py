"""What a project says is shown as it stands wherever it is shown: never read as markup, a caption or a picture."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QTextEdit,
    QToolButton,
    QWidget,
)

from annotator.model.codebook import Rule
from annotator.model.codebook_yaml import default_codebook
from annotator.operations import annotations, notes
from annotator.operations.coders import add_coder
from annotator.operations.projects import create_project
from annotator.settings import Settings
from annotator.storage.ids import text_id
from tests.e2e.views import VIEWS

MARKUP = "<img src=x onerror=alert(1)><b>bold</b> & &amp; \u202egnp\u202c"


def hostile(field: str) -> str:
    return f"{field}{MARKUP}"


TEXT = f"Somebody said {hostile('quote')} yesterday.\n\nNothing else happened.\n"


@pytest.fixture
def hostile_path(tmp_path: Path) -> Path:
    """A project whose every field is a trap."""
    path = tmp_path / "traps.annotator"
    book = default_codebook()
    first = book.tags[0]
    tag = replace(
        first,
        label=hostile("label"),
        definition=hostile("definition"),
        rules=(Rule("r1", hostile("rule")), *first.rules[1:]),
        positive=tuple(replace(each, text=hostile("example"), why=hostile("why")) for each in first.positive),
    )
    with create_project(path, title=hostile("title"), codebook=replace(book, tags=(tag, *book.tags[1:]))) as project:
        coder, _ = add_coder(project, hostile("coder"))
        with project.step(hostile("step"), coder=coder) as step:
            values = {
                "id": text_id(TEXT),
                "sha256": text_id(TEXT),
                "title": hostile("headline"),
                "outlet": hostile("outlet"),
                "date": hostile("date"),
                "url": hostile("url"),
                "rights": hostile("rights"),
                "language": "en",
                "source_name": hostile("source"),
            }
            document = step.insert_document(values, TEXT)
        start = TEXT.index("quote")
        made = annotations.tag_span(project, document, coder, tag.id, [(start, start + len(hostile("quote")))])
        (key,) = made.annotations
        notes.set_note(project, key, hostile("note"))
        notes.set_question(project, key, hostile("question"))
        coder_id = project.rows("SELECT id FROM coder")[0][0]
        Settings().set_place(project.meta("project"), {"coder": coder_id})
    return path


SHOWN = (
    "start page",
    "note and question",
    "labelled",
    "history",
    "find",
    "who codes",
    "keys sheet",
    "rules sheet",
    "set-aside sheet",
    "article sheet",
    "search: places",
    "export sheet",
    "codebook: tag",
    "codebook: rules",
    "codebook: examples",
    "codebook: changes",
    "codebook: retire",
    "overview: agreement",
    "overview: coders",
)


@pytest.fixture(params=SHOWN)
def view(request, hostile_path, open_driver, tmp_path, monkeypatch) -> Iterator[QWidget]:
    driver = open_driver(hostile_path)
    driver.put_caret("Somebody")
    driver.press("n")
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.setattr(driver, "put_caret", lambda _: driver.desk.article.set_caret(TEXT.index("Nothing")))
    VIEWS[request.param](driver, folder)
    QApplication.processEvents()
    return driver.window


def test_nothing_that_a_project_says_is_read_as_markup(view):
    for widget in [view, *view.findChildren(QWidget)]:
        if isinstance(widget, QLabel):
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()
        assert not isinstance(widget, QTextEdit), "a QTextEdit would guess markup"
        assert_literal(widget.toolTip())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for index in indexes(widget.model()):
                assert_literal(index.data(Qt.ItemDataRole.ToolTipRole))
        if isinstance(widget, QPushButton | QRadioButton | QCheckBox | QToolButton) and "<img" in widget.text():
            assert "&" not in widget.text().replace("&&", ""), "an ampersand would be taken for a key"


def assert_literal(tip: str | None) -> None:
    """A tool tip shows what it was made of, also where Qt takes it for markup."""
    if tip and "img" in tip:
        page = QTextDocument()
        if QtGui.Qt.mightBeRichText(tip):
            page.setHtml(tip)
        else:
            page.setPlainText(tip)
        assert MARKUP in page.toPlainText()


def indexes(model: QAbstractItemModel) -> list[QModelIndex]:
    return [model.index(row, 0) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("start page", "title"),
        ("code", "headline"),
        ("code", "outlet"),
        ("code", "date"),
        ("code", "coder"),
        ("annotation", "label"),
        ("note and question", "label"),
    ],
)
def test_fields_are_shown_whole(field, name, hostile_path, open_driver, tmp_path):
    driver = open_driver(hostile_path)
    driver.put_caret("Somebody")
    if field == "start page":
        VIEWS[field](driver, tmp_path)
        QApplication.processEvents()
    else:
        driver.press("n")
    assert hostile(name).replace("\n", " ") in "\n".join(told(driver.window))


def told(root: QWidget) -> list[str]:
    """All that the widgets in sight say, to the eye or to a screen reader."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.isVisible():
            found.append(widget.accessibleName())
            if isinstance(widget, QLabel):
                found.append(widget.text())
    return found


def test_quote_note_and_question_are_shown_as_they_were_written(hostile_path, open_driver):
    driver = open_driver(hostile_path)
    driver.put_caret("Somebody")
    driver.press("n")
    inspector = driver.desk.details.inspector
    driver.qtbot.waitUntil(lambda: inspector._quote.text() == hostile("quote"))  # the article is painted before
    assert inspector._note.toPlainText() == hostile("note")
    assert inspector._question.toPlainText() == hostile("question")
    assert driver.window.windowTitle().startswith(hostile("title"))


def test_what_is_done_to_hostile_words_is_said_literally(hostile_path, open_driver):
    driver = open_driver(hostile_path)
    driver.put_caret("Somebody")
    driver.press("n", "x")
    assert "<img src=x" in driver.said
    driver.press("Ctrl+Z")
    assert "<img src=x" in driver.said
    driver.press("F2")
    assert "<img src=x" in driver.said
