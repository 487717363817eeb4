"""A real window over a real project file, driven by real key and mouse events."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.operations.coders import add_coder
from annotator.operations.projects import create_project
from annotator.settings import Settings
from annotator.storage.ids import text_id
from ui.app import open_window
from ui.desk import Desk
from ui.main_window import MainWindow

TEXT = """Ministers meet in Ostrell

“We will close the port,” said Foreign Minister Ilka Dornath of the Tarkess’s plan. \
At least 100,000 troops stand there 🪖.

The Tarkess leadership asked for an end to the talks.
"""
SECOND = "Dockers strike\n\nAbout 12,000 dockers stopped work on Monday.\n"


QT_NAMES = {"Enter": "Return", "Esc": "Escape", "PgDown": "PageDown", "PgUp": "PageUp"}


@dataclass
class Driver:
    """Presses keys and drags the mouse as a person does, and reads what the window shows."""

    window: MainWindow
    qtbot: QtBot

    @property
    def desk(self) -> Desk:
        return self.window.desk

    @property
    def said(self) -> str:
        return self.desk.status.text

    def tags(self) -> list[tuple[str, str]]:
        """Tag and words of every annotation that the list shows, in its order."""
        self.settle()  # the list follows after the article
        model = self.desk.details.model
        found = [model.annotation(row) for row in range(model.rowCount())]
        return [(each.tag, each.quote) for each in found if each is not None]

    def press(self, *keys: str) -> None:
        """Press keys by name: "a", "Ctrl+Z", "Right", "Shift+Right"."""
        for name in keys:
            *held, key = name.split("+") if len(name) > 1 else [name]
            modifiers = Qt.KeyboardModifier.NoModifier
            for each in held:
                modifiers |= getattr(Qt.KeyboardModifier, {"Ctrl": "Control"}.get(each, each) + "Modifier")
            target: QWidget = QApplication.focusWidget() or self.window
            if len(key) == 1 and not held:
                QTest.keyClicks(target, key)
            else:
                code = getattr(Qt.Key, "Key_" + QT_NAMES.get(key, key))
                QTest.keyClick(target, code, modifiers)
            QApplication.processEvents()

    def settle(self) -> None:
        """Wait for what follows a moment after the act itself: the details of the annotation at hand."""

        def is_quiet() -> bool:
            timers = self.window.findChildren(QTimer)
            return not any(each.isActive() and each.isSingleShot() and each.interval() < 50 for each in timers)

        self.qtbot.waitUntil(is_quiet)

    def put_caret(self, words: str, *, at_end: bool = False) -> None:
        """Put the caret on words of the article."""
        text = self.desk.document.text
        self.desk.article.set_caret(text.index(words) + (len(words) if at_end else 0))

    def drag(self, words: str, *, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Drag the mouse over words of the article."""
        article = self.desk.article
        start = self.desk.document.text.index(words)
        places: list[QPoint] = []
        for place in (start + len(words), start):
            article.set_caret(place)
            QApplication.processEvents()
            places.append(article.cursorRect().center())
        end, begin = places
        viewport = article.viewport()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, modifiers, begin)
        for share in (0.5, 1.0):
            step = (end - begin) * share
            QTest.mouseMove(viewport, begin + step)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, modifiers, end)
        QApplication.processEvents()


@dataclass(frozen=True)
class Talks:
    """A project file, by its id, and who is at work in it."""

    path: Path
    project: str
    coder: str


@pytest.fixture(scope="session")
def _talks(tmp_path_factory: pytest.TempPathFactory) -> Talks:
    path = tmp_path_factory.mktemp("talks") / "talks.annotator"
    with create_project(path, title="Talks") as project:
        _, _ = add_coder(project, "Mara")
        coder = project.rows("SELECT id FROM coder")[0][0]
        for text in (TEXT, SECOND):
            with project.step("Import", kind="setup") as step:
                values = {"id": text_id(text), "sha256": text_id(text), "title": text.split("\n")[0], "language": "en"}
                step.insert_document(values, text)
        return Talks(path, project.meta("project"), coder)


@pytest.fixture
def project_path(_talks: Talks, tmp_path: Path) -> Path:
    """A project with two articles, coded by Mara; a copy of this test's own."""
    Settings().set_place(_talks.project, {"coder": _talks.coder})
    return Path(shutil.copy(_talks.path, tmp_path))


@pytest.fixture
def open_driver(qtbot: QtBot) -> Iterator[Callable[[Path], Driver]]:
    """Opens windows and closes them at the end."""
    shown: list[MainWindow] = []

    def show(path: Path) -> Driver:
        window = open_window(path)
        shown.append(window)
        qtbot.waitExposed(window)
        with qtbot.waitActive(window):
            window.activateWindow()
        window.desk.article.setFocus()
        return Driver(window, qtbot)

    yield show
    for window in shown:
        window.close()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def driver(project_path: Path, open_driver: Callable[[Path], Driver]) -> Driver:
    """A window with the project open at its first article."""
    return open_driver(project_path)
