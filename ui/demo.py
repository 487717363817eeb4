"""`annotator demo`: the main job from end to end in the real window, offscreen, by real mouse and key events.

It makes a project, imports an article, tags it, closes, opens again, compares, exports, and says where everything is.
"""

import os
import time
from collections.abc import Callable, Sized
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model.span import Span
from annotator.operations.export import export
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.paths import resource
from annotator.storage.project import Project

ARTICLE = "sample/articles/1-border-crisis.txt"
PATIENCE = 10.0  # seconds until something that should happen counts as failed


@dataclass(frozen=True)
class Tagged:
    """What the demo selects, how, and which key it presses. `words` must stand once in the article."""

    words: str
    key: str
    by: str  # mouse | keys | caret


PLAN = (
    Tagged("Foreign Minister Ilka Dornath", "1", "mouse"),
    Tagged("Veldria will freeze the assets of the Tarkess leadership", "3", "mouse"),
    Tagged("Inland Press", "a", "keys"),
)


def run_demo(folder: Path, say: Callable[[str], None]) -> None:
    """Do it all in `folder`. Raises AnnotatorError in one sentence if any step does not end as it should."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    folder.mkdir(parents=True, exist_ok=True)
    path = _free(folder / "demo.annotator")
    with create_project(path, title="Demo") as project:
        _, report = import_paths(project, [resource(ARTICLE)])
        say(f"Imported {report.documents} article.")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    quotes = _tag(app, path, say)
    picture = folder / "window.png"
    again = _look_again(app, path, picture)
    if again != quotes:
        raise AnnotatorError(f"After opening again the tags are {again}, not {quotes}.")
    say(f"Closed and opened again: all {len(again)} tags are where they were.")
    dest = _free(folder / "demo.jsonl")
    with Project.open(path) as project:
        written = export(project, dest, format_name="jsonl")
    say(f"Exported {written.annotations} annotations.")
    for name, place in (("Project", path), ("Export", dest), ("Picture", picture)):
        say(f"{name}: {place}")


def _tag(app: object, path: Path, say: Callable[[str], None]) -> list[str]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from .app import open_window

    window = open_window(path)
    article, document = window.desk.article, window.desk.document
    _until(app, lambda: document.about is not None and article.isVisible(), "the article is shown")
    window.activateWindow()
    article.setFocus()
    text = document.text
    for plan in (plan for plan in PLAN if plan.words in text):
        start = text.index(plan.words)
        span = Span(start, start + len(plan.words))
        before = len(document)
        if plan.by == "mouse":
            _drag(app, article, span)
        else:
            article.set_caret(span.start)
            QTest.keyClick(article, Qt.Key.Key_V)
            while article.caret() < span.end:
                QTest.keyClick(article, Qt.Key.Key_Right)
        QTest.keyClick(article, Qt.Key(ord(plan.key.upper())))
        _until(app, partial(_has, document, before + 1), f"“{plan.words}” is tagged")
        say(window.desk.status.text + ".")
    QTest.keyClick(article, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    say(window.desk.status.text + ".")
    QTest.keyClick(article, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    say(window.desk.status.text + ".")
    quotes = [annotation.quote for annotation in document.annotations()]
    window.close()
    window.deleteLater()
    return quotes


def _has(document: Sized, count: int) -> bool:
    return len(document) == count


def _look_again(app: object, path: Path, picture: Path) -> list[str]:
    from .app import open_window

    window = open_window(path)
    _until(app, lambda: window.desk.document.about is not None, "the article is shown again")
    quotes = [annotation.quote for annotation in window.desk.document.annotations()]
    window.grab().save(str(picture))
    window.close()
    window.deleteLater()
    return quotes


def _drag(app: object, article: object, span: Span) -> None:
    """Select a span with the mouse, as a hand does: press, move, release."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from .article_view.view import ArticleView

    assert isinstance(article, ArticleView)
    assert isinstance(app, QApplication)
    article.set_caret(span.end)
    article.set_caret(span.start)  # both in sight: the places below are where a hand would go
    start = article.cursorRect().center()
    article.set_caret(span.end)
    end = article.cursorRect().center()
    viewport = article.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(viewport, start + QPoint(*(round(share * d) for d in (end - start).toTuple())))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def _until(app: object, holds: Callable[[], bool], what: str) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(app, QApplication)
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise AnnotatorError(f"The demo waited in vain until {what}.")
        app.processEvents()
        time.sleep(0.005)


def _free(path: Path) -> Path:
    """The path, or with a number if something stands there."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
