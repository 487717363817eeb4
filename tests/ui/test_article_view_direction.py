"""Paragraphs from right to left begin on the right, as their readers expect."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextLine
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.model.span import Span
from ui.article_view.marks import Mark, TagLook
from ui.article_view.view import ArticleView

ARABIC = "وقال متحدث باسم تاركيس إن نحو 35,000 جندي سيعودون إلى ثكناتهم قبل نهاية الشهر. "
TEXT = f"{ARABIC * 4}\n\nوزير الطاقة\n\nA line in English.\n"
LOOKS = [TagLook("actor", "actor", "mention", "solid", "#123ea5", "#5b96ef")]


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    view = ArticleView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.set_looks(LOOKS)
    view.load(TEXT, [])
    view.show()
    qtbot.waitExposed(view)
    return view


def lines(view: ArticleView, paragraph: int) -> list[QTextLine]:
    block = view.document().findBlockByNumber(paragraph)
    view.document().documentLayout().blockBoundingRect(block)
    return [block.layout().lineAt(number) for number in range(block.layout().lineCount())]


def edges(view: ArticleView, paragraph: int) -> list[tuple[float, float]]:
    """How far each line of a paragraph stands from the left and from the right edge of the column."""
    found = []
    for line in lines(view, paragraph):
        shown = line.naturalTextRect()
        found.append((shown.left() - line.x(), line.x() + line.width() - shown.right()))
    return found


def test_every_line_of_an_arabic_paragraph_begins_on_the_right(view: ArticleView) -> None:
    assert len(edges(view, 0)) > 1
    assert all(right < 1 for _, right in edges(view, 0) + edges(view, 2))
    assert edges(view, 2)[0][0] > 100
    assert edges(view, 4)[0][0] < 1


def test_it_stays_there_when_the_window_changes_and_when_a_tag_is_set(view: ArticleView, qtbot: QtBot) -> None:
    view.resize(700, 500)
    view.put_mark(Mark(1, (Span(len(ARABIC) * 4 + 2, len(ARABIC) * 4 + 6),), "actor"))
    qtbot.wait(1)
    assert all(right < 1 for _, right in edges(view, 0) + edges(view, 2))


def test_a_click_finds_the_word_under_it(view: ArticleView) -> None:
    view.set_caret(TEXT.index("وزير الطاقة"))
    beginning = view.cursorRect().center()
    assert beginning.x() > view.viewport().width() * 0.9
    view.set_caret(0)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(beginning.x() - 3, beginning.y()))
    assert abs(view.caret() - TEXT.index("وزير الطاقة")) <= 1
