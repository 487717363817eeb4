"""What the tests of sheets share: a window behind them, real keys, and a person who chooses paths."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.settings import Settings
from ui.dialogs.choosing import Chooser
from ui.widgets.status_line import StatusLine
from ui.workspace import Workspace


class Window(QWidget):
    """A window with one control that has the keyboard, and a status line."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.resize(width, height)
        self.article = QPushButton("article")
        self.status = StatusLine()
        column = QVBoxLayout(self)
        column.addWidget(self.article, 1)
        column.addWidget(self.status)


def window(qtbot: QtBot, width: int = 1280, height: int = 640) -> Window:
    """On the screen, with the keyboard in its article."""
    made = Window(width, height)
    qtbot.addWidget(made)
    qtbot.kept_window = made  # qtbot itself holds only a weak reference
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.article.setFocus()
    qtbot.waitUntil(made.article.hasFocus)
    return made


def workspace(path: Path, folder: Path) -> Workspace:
    """An open project; settings go to a folder of the test."""
    made = Workspace(Settings(folder / "settings.json"))
    made.open(path)
    return made


class Person(Chooser):
    """Chooses what the test says, and remembers what it was shown."""

    def __init__(self, *chosen: Path) -> None:
        self.chosen = list(chosen)
        self.asked: list[str] = []

    def files(self, parent: QWidget, title: str, filters: Iterable[str] = ()) -> list[Path]:
        self.asked += filters
        return self.chosen

    def file(self, parent: QWidget, title: str, filters: Iterable[str] = ()) -> Path | None:
        return next(iter(self.chosen), None)

    def folder(self, parent: QWidget, title: str) -> Path | None:
        return next(iter(self.chosen), None)

    def destination(
        self, parent: QWidget, title: str, proposed: Path, filters: Iterable[str] = (), *, replaces: bool = True
    ) -> Path | None:
        self.asked.append(str(proposed))
        return next(iter(self.chosen), None)


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, held)


def type_text(text: str) -> None:
    """Type where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(focus, letter)
        else:  # QTest knows ASCII only
            QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


def words(widget: QWidget) -> str:
    """Everything that can be read in a widget, one text a line."""
    labels = [each for each in widget.findChildren(QLabel) if each.isVisible()]
    buttons = [each for each in widget.findChildren(QAbstractButton) if each.isVisible()]
    read = "\n".join([*(each.text() for each in labels), *(each.accessibleName() for each in buttons)])
    return read.replace("\u200b", "")  # places where a long word may break


def button_named(widget: QWidget, name: str) -> QAbstractButton:
    """The one visible button whose name begins like this."""
    found = [
        each
        for each in widget.findChildren(QAbstractButton)
        if each.isVisible() and each.accessibleName().startswith(name)
    ]
    assert len(found) == 1, [each.accessibleName() for each in widget.findChildren(QAbstractButton)]
    return found[0]
