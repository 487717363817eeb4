"""`annotator demo`: the main job from end to end in the real window, offscreen, by real mouse and key events.

It makes a project, imports an article, tags it, closes, opens again, compares, exports, and says where everything is.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.errors import AnnotatorError
from annotator.model.span import Span
from annotator.operations.projects import create_project
from annotator.paths import resource

from .acts.projects import Projects
from .app import open_window
from .article_view.view import ArticleView
from .main_window import MainWindow

ARTICLE = "sample/articles/1-border-crisis.txt"
PATIENCE = 20.0  # seconds until something that should happen counts as failed
SIZE = (1366, 768)


@dataclass(frozen=True)
class Tagged:
    """What the demo selects, which key it presses, and whether it uses the mouse or the keys."""

    words: str
    key: str
    by_mouse: bool


PLAN = (
    Tagged("Foreign Minister Ilka Dornath", "1", by_mouse=True),
    Tagged("Veldria will freeze the assets of the Tarkess leadership", "3", by_mouse=True),
    Tagged("Inland Press", "a", by_mouse=False),
    Tagged("more than 80,000 soldiers", "f", by_mouse=False),
)


def run_demo(folder: Path, say: Callable[[str], None]) -> None:
    """Do it all in `folder`. Raises AnnotatorError in one sentence if any step does not end as it should."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnnotatorError(f"{folder} cannot be made: {error.strerror or error}.") from error
    path = _free(folder / "demo.annotator")
    create_project(path, title=path.stem).close()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    window = _open(path)
    _import(window, say)
    quotes = _tag(window, say)
    _close(window)
    window = _open(path)
    again = _quotes(window)
    if again != quotes:
        raise AnnotatorError(f"After opening again the tags are {again}, not {quotes}.")
    say(f"Closed and opened again: all {len(again)} tags are where they were.")
    window.grab().save(str(folder / "window.png"))
    export = _export(window, folder, say)
    _close(window)
    for name, place in (("Project", path), ("Export", export), ("Picture", folder / "window.png")):
        say(f"{name}: {place}")


def _open(path: Path) -> MainWindow:
    window = open_window(path)
    window.resize(*SIZE)
    window.activateWindow()
    window.desk.article.setFocus()
    return window


def _close(window: MainWindow) -> None:
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def _import(window: MainWindow, say: Callable[[str], None]) -> None:
    """As if the file had been dropped on the window, and Enter pressed when it was shown."""
    projects = window.act(Projects)
    assert isinstance(projects, Projects)
    projects.take_files([str(resource(ARTICLE))])
    _until(lambda: _press_enter() and window.desk.document.about is not None, "the article is imported")
    say(window.desk.status.text + ".")


def _press_enter() -> bool:
    """Press Enter where the keyboard stands on the one thing that a sheet is for."""
    focus = QApplication.focusWidget()
    if focus is not None and focus.isVisible() and focus.property("kind") == "primary":
        QTest.keyClick(focus, Qt.Key.Key_Return)
    return True


def _tag(window: MainWindow, say: Callable[[str], None]) -> list[str]:
    article, document = window.desk.article, window.desk.document
    article.setFocus()
    for count, plan in enumerate(PLAN, 1):
        start = document.text.index(plan.words)
        span = Span(start, start + len(plan.words))
        if plan.by_mouse:
            _drag(article, span)
        else:
            article.set_caret(span.start)
            QTest.keyClick(article, Qt.Key.Key_V)
            while article.caret() < span.end:
                QTest.keyClick(article, Qt.Key.Key_Right)
        QTest.keyClicks(article, plan.key)
        _until(lambda count=count: len(document) == count, f"“{plan.words}” is tagged")  # type: ignore[misc]
        say(window.desk.status.text + ".")
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        QTest.keyClick(article, key, Qt.KeyboardModifier.ControlModifier)
        say(window.desk.status.text + ".")
    return _quotes(window)


def _quotes(window: MainWindow) -> list[str]:
    return [annotation.quote for annotation in window.desk.document.annotations()]


def _drag(article: ArticleView, span: Span) -> None:
    """Select a span with the mouse, as a hand does: press, move, release."""
    article.set_caret(span.end)
    article.set_caret(span.start)  # both in sight: the places below are where a hand would go
    start = article.cursorRect().center()
    article.set_caret(span.end)
    end = article.cursorRect().center()
    viewport, button = article.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, button, Qt.KeyboardModifier.NoModifier, start)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(viewport, start + (end - start) * share)
    QTest.mouseRelease(viewport, button, Qt.KeyboardModifier.NoModifier, QPoint(end))


def _export(window: MainWindow, folder: Path, say: Callable[[str], None]) -> Path:
    """Ctrl+E and Enter; the export goes beside the project."""
    before = set(folder.glob("*.jsonl"))
    QTest.keyClick(window.desk.article, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    _until(lambda: _press_enter() and bool(set(folder.glob("*.jsonl")) - before), "the export is written")
    _until(lambda: not window.desk.jobs.is_busy, "the export has ended")
    say(window.desk.status.text + ".")
    return (set(folder.glob("*.jsonl")) - before).pop()


def _until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise AnnotatorError(f"The demo waited in vain until {what}.")
        QApplication.processEvents()
        time.sleep(0.02)


def _free(path: Path) -> Path:
    """The path, or with a number if something stands there."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
