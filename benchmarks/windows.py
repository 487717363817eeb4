"""Windows to measure in: the product's, its article view alone, and the plain widgets beside them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from annotator.model.codebook_yaml import default_codebook
from annotator.model.span import Span
from ui.article_view.marks import Mark, TagLook
from ui.article_view.view import ArticleView

from .corpus import Article

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SIZE = QSize(900, 700)
_LOOK = 20  # milliseconds after which a window that rests is looked at again
_MOMENT = 50  # milliseconds: what the window puts off for less than that belongs to the act
_PATIENCE = 30  # seconds after which something that should have been painted counts as never coming


class Watcher(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)

    def painted_after(self, act: Callable[[], object]) -> None:
        """Do something and let the window work until the widget has been painted."""
        before = self.count
        act()
        until(lambda: self.count > before, "painted")


def until(done: Callable[[], bool], what: str) -> None:
    """Let the window work until something is so, and rest as it does when nothing is to do."""
    latest = time.monotonic() + _PATIENCE
    heartbeat = QTimer(interval=_LOOK)
    heartbeat.start()
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > latest:
            raise AssertionError(f"never {what}")
    heartbeat.stop()


def settle() -> None:
    """Let the window do all that waits to be done."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def rest(window: QWidget) -> None:
    """Let a window do what follows a moment after the act itself, until nothing of that is left to do."""

    def is_quiet() -> bool:
        timers = window.findChildren(QTimer)
        return not any(each.isActive() and each.isSingleShot() and each.interval() < _MOMENT for each in timers)

    until(is_quiet, "at rest")
    settle()


def application() -> QApplication:
    """The application of this process."""
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(["benchmarks"])


def article_view() -> ArticleView:
    """The article view alone, shown, with the tags of the built-in codebook."""
    application()
    view = ArticleView()
    view.set_looks([TagLook(t.id, t.label.lower(), t.form, t.bar, t.light, t.dark) for t in default_codebook().tags])
    _show(view)
    return view


def plain_editor(like: QPlainTextEdit) -> QPlainTextEdit:
    """The floor: Qt's own widget with the same font, line width and size, and no annotations."""
    editor = QPlainTextEdit()
    editor.setReadOnly(True)
    editor.setUndoRedoEnabled(False)
    editor.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    editor.setFont(like.document().defaultFont())
    _show(editor)
    spare = editor.viewport().width() - like.viewport().width()
    editor.setViewportMargins(spare // 2, 0, spare - spare // 2, 0)
    settle()
    return editor


def _show(widget: QWidget) -> None:
    widget.resize(SIZE)
    widget.show()
    QTest.qWaitForWindowExposed(widget)
    widget.setFocus()
    settle()


def marks_of(article: Article) -> list[Mark]:
    """The annotations of an article as the view draws them."""
    return [Mark(key, (Span(start, end),), tag) for key, (start, end, tag) in enumerate(article.spans, 1)]


def caret_moves(editor: QPlainTextEdit) -> None:
    """Press a key and see that the caret went: what is shown can be worked with."""
    before = editor.textCursor().position()
    QTest.keyClick(editor, Qt.Key.Key_End)
    if editor.textCursor().position() == before:
        raise AssertionError("the caret does not move")


def lay_out_all(editor: QPlainTextEdit) -> float:
    """Break and place every line of the text; returns how high it is."""
    layout, block = editor.document().documentLayout(), editor.document().firstBlock()
    height = 0.0
    while block.isValid():
        height += layout.blockBoundingRect(block).height()
        block = block.next()
    return height


@contextmanager
def main_window(path: Path) -> Iterator["MainWindow"]:
    """The product's window with a project, as `annotator open` shows it."""
    from ui.app import keep_start, open_window

    application()
    window = open_window(path)
    window.resize(1366, 768)  # all panels are there, also on the small screen of the offscreen platform
    keep_start()
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    window.desk.article.setFocus()
    settle()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle()
