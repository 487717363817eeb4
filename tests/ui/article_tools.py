"""What the tests of the article view share: looks, a shown view, and where a character stands in it."""

import json
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from ui.article_view import ArticleView, Mark, TagLook

LOOKS = [
    TagLook("actor", "actor", "mention", "solid", "#123ea5", "#5b96ef"),
    TagLook("claim", "claim", "statement", "double", "#227a5f", "#8fd9c6"),
    TagLook("threat", "threat", "statement", "dash", "#673227", "#e8786a"),
    TagLook("demand", "demand", "statement", "dot", "#ae3a91", "#d08fcd"),
    TagLook("figure", "figure", "mention", "wave", "#73601f", "#f0d08a"),
]


def seed(shared: Path) -> tuple[str, list[Mark]]:
    """The reference article and its gold annotations, numbered from 1 in the order of the file."""
    folder = shared / "reference" / "seed"
    text = (folder / "article.txt").read_text(encoding="utf-8")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["annotations"]
    return text, [Mark(nth, (Span(a["start"], a["end"]),), a["tag"]) for nth, a in enumerate(gold, 1)]


def shown(qtbot, text, marks=(), *, size=(790, 620), pixels=16, mode="quiet") -> ArticleView:
    """An article view on the screen, focused, with a document in it."""
    view = ArticleView()
    qtbot.addWidget(view)
    view.set_looks(LOOKS)
    view.set_text_size(pixels)
    view.set_mode(mode)
    view.resize(*size)
    view.load(text, marks)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    QApplication.processEvents()
    return view


def span_of(text: str, first: str, last: str = "") -> Span:
    """From the first character of `first` to the last of `last` after it (or of `first`)."""
    start = text.index(first)
    return Span(start, text.index(last, start) + len(last) if last else start + len(first))


def words_of(text: str, first: str, tag: str, key: int, **more) -> Mark:
    """A mark on the first place where some words stand."""
    return Mark(key, (span_of(text, first),), tag, **more)


def point_of(view: ArticleView, position: int, dx: int = 1) -> QPoint:
    """A point of the viewport on the character after a document position (code point, in a text without odd ones)."""
    cursor = QTextCursor(view.document())
    cursor.setPosition(position)
    rect = view.cursorRect(cursor)
    return QPoint(rect.x() + dx, rect.center().y())


def click(qtbot, view: ArticleView, point: QPoint, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """One click, apart from any other."""
    view._pointer._double_at = -10.0
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, point)


def drag(qtbot, view: ArticleView, start: QPoint, end: QPoint, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Presses, moves in steps and releases the left button."""
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, modifier, start)
    for step in range(1, 6):
        between = start + (end - start) * step / 5
        _move(view, between, modifier)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, modifier, end)


def _move(view: ArticleView, point: QPoint, modifier) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(view.viewport().mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        modifier,
    )
    QApplication.sendEvent(view.viewport(), event)


def heights(view: ArticleView) -> list[float]:
    """The height of every paragraph, from the document's layout."""
    found, block = [], view.document().firstBlock()
    while block.isValid():
        found.append(round(view.document().documentLayout().blockBoundingRect(block).height(), 2))
        block = block.next()
    return found


def line_tops(view: ArticleView) -> list[float]:
    """Where each line of each paragraph stands in it."""
    found, block = [], view.document().firstBlock()
    while block.isValid():
        view.document().documentLayout().blockBoundingRect(block)
        found += [round(block.layout().lineAt(at).y(), 2) for at in range(block.layout().lineCount())]
        block = block.next()
    return found
