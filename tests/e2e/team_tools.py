"""What tests of a team do at a window: open a menu entry, go to a control by Tab, choose files, wait for long work."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from ui.acts.projects import Projects
from ui.acts.sharing import Sharing
from ui.dialogs.choosing import Chooser
from ui.widgets.sheet import Sheet


class Chosen(Chooser):
    """Answers what a person would choose in the desktop's own dialogs."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = list(paths)

    def files(self, *_args, **_named) -> list[Path]:
        return self.paths

    def folder(self, *_args, **_named) -> Path:
        return self.paths[0]


def choosing(driver, *paths: Path) -> None:
    """The files or the folder that will be chosen from now on."""
    for act in (Projects, Sharing):
        driver.window.act(act).chooser = Chosen(paths)


def menu(driver, words: str) -> None:
    """Take an entry of the window's menu."""
    menus = driver.window._menu().actions()
    entries = [entry for each in menus for entry in each.menu().actions()]
    entry = next(each for each in entries if each.text().split("\t")[0] == words)
    assert entry.isEnabled(), f"“{words}” can be chosen"
    entry.trigger()
    QApplication.processEvents()


def turn_to(driver) -> None:
    """Bring a window to the front, the keyboard in its text."""
    with driver.qtbot.waitActive(driver.window):
        driver.window.activateWindow()
    driver.desk.focus_text()


def sheet(driver) -> Sheet:
    """The sheet at the front."""
    return [each for each in driver.window.findChildren(Sheet) if each.isVisible()][-1]


def tab_to(driver, name: str) -> QWidget:
    """Press Tab until the control with this name has the keyboard."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == name:
            return focus
        driver.press("Tab")
    raise AssertionError(f"Tab leads to “{name}”")


def wait_for(driver) -> None:
    """Until the sheet at the front has looked, or written, and the window is at rest."""
    driver.qtbot.waitUntil(lambda: not driver.desk.jobs.is_busy)
    front = [each for each in driver.window.findChildren(Sheet) if each.isVisible()]
    driver.qtbot.waitUntil(lambda: all(getattr(each, "_job", None) is None for each in front))
    QApplication.processEvents()


def told(root: QWidget) -> str:
    """All words that can be seen in a part of the window."""
    parts = [*root.findChildren(QLabel), *root.findChildren(QPushButton)]
    return "\n".join(each.text() for each in parts if each.isVisible()).replace("\u200b", "")


def button(root: QWidget, words: str) -> QPushButton:
    """The button with these words."""
    return next(each for each in root.findChildren(QPushButton) if each.isVisible() and words in each.text())


def standing(driver) -> str:
    """The line above the article that says why it cannot be changed, or that it came back."""
    line = driver.window.findChild(QWidget, "standing_line")
    return line.text
