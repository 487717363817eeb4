"""A window that is going to be killed, driven by real keys. As a script: a nursery of such windows.

Everything is imported once; for each line of standard input, an order in JSON, a child is forked that opens the real
window offscreen. What happens stands on standard output, a line each, and is there although the child dies:

    pid N         the child lives
    key N         a tag key is going to be pressed
    shown ID      the paint that shows this annotation is over
    undo ID       Ctrl+Z is going to take this annotation back
    gone ID       the paint without it is over
    importing     the import has begun          imported      it has ended
    closing       the window is going to close  closed        it has closed
    end STATUS    the child is dead; minus a signal's number if that ended it
"""

import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.acts.projects import Projects
from ui.app import open_window
from ui.article_view.marked import MarkedSurface
from ui.dialogs.import_dialog import ImportDialog
from ui.reading import LATER

PATIENCE = 20.0  # seconds until what should happen counts as failed


def say(line: str) -> None:
    """Hand a line to the kernel, which keeps it whatever happens to this process."""
    os.write(1, f"{line}\n".encode())


def watch_paints(painted: Callable[[Any, QPaintEvent], None]) -> None:
    """Call `painted` whenever an article has been painted."""
    paint = MarkedSurface.paintEvent

    def paint_and_tell(view: MarkedSurface, event: QPaintEvent) -> None:
        paint(view, event)
        painted(view, event)

    MarkedSurface.paintEvent = paint_and_tell  # type: ignore[method-assign]


class Hand:
    """Presses keys in the window and tells what the window has painted."""

    def __init__(self, app: QApplication, order: dict[str, Any]) -> None:
        self.app, self.random = app, random.Random(order["seed"])
        self.keys = 0
        self.seen: dict[int, tuple[str, int]] = {}  # key → id and place of every annotation that was painted
        self.made: list[int] = []  # what may be taken back
        self.leaving: int | None = None  # what is being taken back
        self.watching = False
        watch_paints(self._painted)  # before the article is there: PySide looks up an override once
        self.window = open_window(order["path"])
        self.window.activateWindow()
        self.article = self.window.desk.article
        self.article.setFocus()
        self.old = {mark.key for mark in self.article.marks()}
        self.until(self.article.isVisible)
        text = self.article.text()
        self.article.set_caret(text.index(" ", self.random.randrange(len(text) * 9 // 10)) + 1)
        app.processEvents()
        self.watching = True

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window live until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(f"The window did not do what it should; it says: {self.window.desk.status.text}")
            self.app.processEvents()

    def tag(self) -> None:
        """Go to the next word and press a tag key."""
        QTest.keyClick(self.article, Qt.Key.Key_Right)
        self.app.processEvents()
        self.keys += 1
        say(f"key {self.keys}")
        QTest.keyClick(self.article, self.random.choice("12345"))
        self.until(self.is_painted)

    def undo(self) -> None:
        """Take the last tag back by the key for it."""
        self.leaving = self.made.pop()
        say(f"undo {self.seen[self.leaving][0]}")
        QTest.keyClick(self.article, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        self.until(self.is_painted)

    def is_painted(self) -> bool:
        """Whether everything is saved, and painted as it is."""
        known = {mark.key for mark in self.article.marks()} - self.old
        return known <= self.seen.keys() and self.leaving is None and not self.window.desk.workspace.unsaved

    def _painted(self, view: Any, event: QPaintEvent) -> None:
        if not self.watching or view is not self.article:
            return
        for mark in view.marks():
            if mark.key in self.old or mark.key in self.seen or mark.pending or not _covers(view, event, mark.start):
                continue
            annotation = self.window.desk.document.annotation(mark.key)
            if annotation is not None:
                self.seen[mark.key] = annotation.id, mark.start
                self.made.append(mark.key)
                say(f"shown {annotation.id}")
        if self.leaving is not None and view.mark(self.leaving) is None:
            name, place = self.seen[self.leaving]
            if _covers(view, event, place):
                del self.seen[self.leaving]
                self.leaving = None
                say(f"gone {name}")


def _covers(view: Any, event: QPaintEvent, place: int) -> bool:
    """Whether a paint drew the line that a code point stands on."""
    cursor = QTextCursor(view.document())
    cursor.setPosition(view._offsets.to_qt(place))
    return bool(event.region().intersects(view.cursorRect(cursor)))


def tag_words(app: QApplication, order: dict[str, Any]) -> None:
    """Tag word after word, from a random one on; now and then take a tag back."""
    hand = Hand(app, order)
    while True:
        hand.tag()
        if hand.made and hand.random.random() < 0.15:
            hand.undo()


def close_window(app: QApplication, order: dict[str, Any]) -> None:
    """Tag some words and close the window."""
    hand = Hand(app, order)
    for _ in range(hand.random.randint(1, 4)):
        hand.tag()
    say("closing")
    hand.window.close()
    say("closed")


def tag_while_importing(app: QApplication, order: dict[str, Any]) -> None:
    """Import a folder by the import sheet, and tag words meanwhile and afterwards."""
    hand = Hand(app, order)
    projects = hand.window.act(Projects)
    assert isinstance(projects, Projects)
    projects.import_articles([order["folder"]])
    sheet = hand.window.findChild(ImportDialog)
    assert sheet is not None
    hand.until(lambda: sheet._import.isVisible() and sheet._import.isEnabled())
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    hand.until(lambda: hand.window.desk.jobs.is_busy)
    say("importing")
    running = True
    while True:
        hand.tag()
        if running and not hand.window.desk.jobs.is_busy:
            running = False
            say("imported")


SCENARIOS = {"tag": tag_words, "close": close_window, "import": tag_while_importing}


def nursery() -> None:
    """Fork a child for each order."""
    for name in LATER:
        import_module(name)
    gc.freeze()  # a child that looked through all of it for garbage would copy it
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            app = QApplication(["annotator"])
            SCENARIOS[order["scenario"]](app, order)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say(f"end {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    nursery()
