"""What mouse and keyboard do in the article view: real clicks, drags and keys."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from annotator.model.span import Span
from tests.ui.article_tools import LOOKS, click, drag, point_of, seed, shown, span_of, words_of
from ui.article_view import ArticleView, Mark
from ui.article_view import caret as caret_module
from ui.article_view.lanes import lane_top

TEXT = "The US-Russia talks ended, Blinken said, after 100,000 troops moved. Nobody agreed.\n\nSecond paragraph here."


@pytest.fixture
def view(qtbot):
    marks = [
        Mark(1, (span_of(TEXT, "The US", "moved"),), "claim"),
        Mark(2, (span_of(TEXT, "after", "moved"),), "demand"),
        Mark(3, (span_of(TEXT, "100,000 troops"),), "figure"),
        Mark(4, (span_of(TEXT, "paragraph"),), "actor"),
    ]
    return shown(qtbot, TEXT, marks)


def chosen(view: ArticleView) -> str | None:
    span = view.selection()
    return None if span is None else TEXT[slice(*span)]


def test_a_drag_selects_what_it_covers_and_snaps_when_asked(qtbot, view):
    start = TEXT.index("Russia") + 2
    with qtbot.waitSignal(view.selection_changed):
        drag(qtbot, view, point_of(view, start), point_of(view, TEXT.index("talks") + 2))
    assert chosen(view) == "ssia ta"
    assert TEXT[slice(*view.snapped(view.selection()))] == "US-Russia talks"


def test_alt_while_dragging_takes_the_selection_as_it_is(qtbot, view):
    alt = Qt.KeyboardModifier.AltModifier
    drag(qtbot, view, point_of(view, TEXT.index("Russia") + 2), point_of(view, TEXT.index("talks") + 2), alt)
    assert TEXT[slice(*view.snapped(view.selection()))] == "ssia ta"
    assert view.takes_exactly()
    view.set_caret(0)
    view.select(span_of(TEXT, "ussi"))
    assert not view.takes_exactly()


def test_the_exact_switch_stays(view):
    view.set_exact(True)
    view.select(span_of(TEXT, "ussi"))
    assert view.snapped(view.selection()) == view.selection()
    view.set_exact(False)
    assert TEXT[slice(*view.snapped(view.selection()))] == "US-Russia"


def test_a_click_takes_the_innermost_mark_and_the_next_click_the_one_around_it(qtbot, view):
    point = point_of(view, TEXT.index("troops") + 2)
    seen = []
    view.current_changed.connect(seen.append)
    for _ in range(4):
        click(qtbot, view, point)
    assert seen == [3, 2, 1, 3]
    assert [mark.key for mark in view.marks_at(TEXT.index("troops"))] == [3, 2, 1]
    click(qtbot, view, point_of(view, TEXT.index("Nobody") + 2))
    assert view.current() is None


def test_a_click_on_a_lane_takes_exactly_its_mark(qtbot, view):
    line = next(line for line in view.lines_in_sight() for bar in line.picture.bars if bar.mark.key == 1)
    bar = next(bar for bar in line.picture.bars if bar.mark.key == 1)
    assert bar.lane is not None
    caret = view.caret()
    point = QPoint(round(line.x + bar.strokes[0].left) + 30, round(line.foot + lane_top(bar.lane) + 1))
    click(qtbot, view, point)
    assert view.current() == 1
    assert view.caret() == caret


def test_a_click_on_a_word_in_the_margin_takes_exactly_its_mark(qtbot, view):
    strip = view._strips[0]
    words = view.margin(rtl=False).words
    assert len(words) == 2
    for word in words:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._word_rect(word).center().toPoint())
        assert view.current() == word.mark.key


def test_the_wheel_scrolls_over_the_margin_too(qtbot, shared):
    text, marks = seed(shared)
    view = shown(qtbot, text, marks)
    strip = view._strips[0]
    centre = QPointF(strip.rect().center())
    turn = QWheelEvent(
        centre,
        strip.mapToGlobal(centre),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip, turn)
    assert view.verticalScrollBar().value() > 0


def test_a_click_on_a_row_word_takes_exactly_its_mark(qtbot, view):
    view.set_mode("labelled")
    QApplication.processEvents()
    line = next(line for line in view.lines_in_sight() if line.picture.words)
    word = line.picture.words[0]
    height = line.foot + line.picture.room - 6
    click(qtbot, view, QPoint(round(line.x + word.left + word.width / 2), round(height)))
    assert view.current() == word.mark.key


def test_double_click_takes_the_word_then_the_clause(qtbot, view):
    point = point_of(view, TEXT.index("Russia") + 2)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert chosen(view) == "US-Russia"
    click(qtbot, view, point)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert chosen(view) == "The US-Russia talks ended"


def test_a_third_click_in_a_row_takes_the_clause_and_a_fourth_the_sentence(qtbot, view):
    point = point_of(view, TEXT.index("Russia") + 2)
    viewport, left = view.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(viewport, left, pos=point)
    qtbot.mouseDClick(viewport, left, pos=point)  # the second press comes as a double click, and every second after it
    qtbot.mouseClick(viewport, left, pos=point)
    assert chosen(view) == "The US-Russia talks ended"
    qtbot.mouseDClick(viewport, left, pos=point)
    assert chosen(view).startswith("The US-Russia talks ended")
    assert chosen(view).endswith(".")


def test_a_third_click_on_a_longer_name_takes_the_name(qtbot, view):
    view.load("The mayor, Foreign Minister Ilka Dornath, said so.", [])
    point = point_of(view, view.text().index("Ilka") + 2)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert view.text()[slice(*view.selection())] == "Ilka"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert view.text()[slice(*view.selection())] == "Foreign Minister Ilka Dornath"


def test_clicks_in_a_row_move_no_text_under_the_hand(qtbot, view):
    view.load(
        "One word here.\n" * 30 + "Where a long sentence begins, " + "and goes on, " * 60 + "and ends.\n" * 30, []
    )
    QApplication.processEvents()
    bottom = view.viewport().height() - 40
    while point_of(view, view.text().index("Where")).y() > bottom:
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 1)
    point, before = point_of(view, view.text().index("Where") + 2), view.verticalScrollBar().value()
    for number in range(4):
        act = qtbot.mouseDClick if number % 2 else qtbot.mouseClick
        act(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert view.text()[slice(*view.selection())].startswith("Where a long sentence begins, and goes on")
    assert view.verticalScrollBar().value() == before


def test_click_hold_click_selects_without_a_drag(qtbot, view):
    click(qtbot, view, point_of(view, TEXT.index("US-Russia")))
    view.set_held(True)
    click(qtbot, view, point_of(view, TEXT.index("talks") + 3))
    view.set_held(False)
    assert TEXT[slice(*view.snapped(view.selection()))] == "US-Russia talks"


def test_a_right_click_asks_for_a_menu_and_keeps_the_selection(qtbot, view):
    view.select(span_of(TEXT, "Blinken said"))
    asked = []
    view.context_requested.connect(lambda point, key: asked.append(key and key.key))
    point = point_of(view, TEXT.index("troops") + 2)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=point)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    assert asked == [3]
    assert chosen(view) == "Blinken said"


def test_words_are_moved_over_and_selected_without_the_blank(view):
    view.move("word", 1, extend=False)
    assert view.caret() == TEXT.index("US-Russia")
    view.move("word", 2, extend=True)
    assert chosen(view) == "US-Russia talks"
    view.move("word", -1, extend=True)
    assert chosen(view) == "US-Russia"
    view.move("word", -2, extend=True)
    assert chosen(view) == "The "
    view.set_caret(TEXT.index("Blinken"))
    view.set_held(True)
    view.move("word", 1, extend=False)
    assert chosen(view) == "Blinken"


def test_characters_sentences_paragraphs_and_lines(view):
    view.move("character", 2, extend=True)
    assert chosen(view) == "Th"
    assert view.takes_exactly()
    view.set_caret(0)
    view.move("sentence", 1, extend=False)
    assert TEXT[view.caret() :].startswith("Nobody")
    view.move("paragraph", 1, extend=False)
    assert TEXT[view.caret() :].startswith("Second")
    view.move("paragraph", -1, extend=False)
    assert view.caret() == 0
    for _ in range(5):
        view.move("line", 1, extend=False)
        assert view.textCursor().block().text().strip(), "the caret stops on no blank line"
    assert view.caret() >= TEXT.index("Second")


def test_in_right_to_left_text_right_is_back(qtbot):
    text = "قال وزير الخارجية إن بلاده مستعدة"
    view = shown(qtbot, text)
    view.move("word", -1, extend=False)
    assert view.caret() == text.index("وزير")
    view.move("word", 1, extend=False)
    assert view.caret() == 0


def test_wider_and_narrower_go_there_and_back(view):
    view.set_caret(TEXT.index("troops") + 1)
    taken = []
    for _ in range(4):
        view.widen()
        taken.append(chosen(view))
    assert taken[0] == "troops"
    assert all(small in large for small, large in pairwise(taken))
    view.narrow()
    view.narrow()
    assert chosen(view) == taken[1]


def test_next_and_previous_mark_go_outer_before_inner(view):
    assert [view.next_mark(1) for _ in range(5)] == [1, 2, 3, 4, None]
    assert view.current() == 4
    assert view.caret() == TEXT.index("paragraph")
    assert [view.next_mark(-1) for _ in range(4)] == [3, 2, 1, None]


def test_overlaps_at_the_caret_are_walked_outwards(view):
    view.set_caret(TEXT.index("100,000") + 3)
    assert [view.cycle_at_caret() for _ in range(4)] == [3, 2, 1, 3]
    view.set_caret(len(TEXT))
    assert view.cycle_at_caret() is None


def test_the_current_mark_follows_the_caret(view):
    view.set_caret(TEXT.index("said"))
    view.move("word", 2, extend=False)
    assert view.current() == 3
    view.move("paragraph", 1, extend=False)
    assert view.current() is None


def test_a_far_mark_is_brought_into_sight_and_a_near_one_moves_nothing(qtbot, shared):
    text, marks = seed(shared)
    view = shown(qtbot, text, marks)
    last = view.marks()[-1]
    view.set_current(last.key)
    rect = view.rect_of(last.key)
    assert 24 <= rect.top() <= view.viewport().height() - 24 - rect.height()
    assert last.start <= view.caret() <= last.end
    scrolled = view.verticalScrollBar().value()
    view.set_current(view.marks()[-2].key)
    view.put_mark(Mark(901, (Span(0, 4),), "actor"))
    assert view.verticalScrollBar().value() == scrolled


def test_walking_down_keeps_the_caret_clear_of_the_fades(qtbot, shared):
    text, marks = seed(shared)
    view = shown(qtbot, text, marks)
    for direction in (1, -1):
        for _ in range(60):
            view.move("line", direction, extend=False)
            rect = view.cursorRect()
            bar = view.verticalScrollBar()
            assert rect.top() >= 24 or bar.value() == bar.minimum()
            assert rect.bottom() <= view.viewport().height() - 24 or bar.value() == bar.maximum()


def test_keys_that_are_not_the_views_reach_the_program(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    view, field = ArticleView(), QLineEdit()
    layout.addWidget(view)
    layout.addWidget(field)
    view.load(TEXT, [])
    got = []
    window.keyPressEvent = lambda event: got.append(event.text())
    window.resize(700, 500)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    view.setFocus()
    for key in "a1x ":
        QTest.keyClick(view, key)
    assert got == list("a1x ")
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.caret() == len(TEXT)
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == TEXT
    qtbot.waitUntil(view.hasFocus)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    qtbot.waitUntil(field.hasFocus)
    assert view.text() == TEXT


def test_the_hover_card_lists_marks_innermost_first_and_never_takes_the_focus(qtbot, view):
    point = point_of(view, TEXT.index("troops") + 2)
    QTest.mouseMove(view.viewport(), point + QPoint(1, 0))
    QTest.mouseMove(view.viewport(), point)
    qtbot.waitUntil(view._card.isVisible, timeout=3000)
    assert [mark.key for mark in view._card.marks()] == [3, 2, 1]
    assert QApplication.focusWidget() is view
    view._card.grab()
    view.move("line", 1, extend=False)
    click(qtbot, view, point)
    assert not view._card.isVisible()


ENTERED = {
    "short": "figure. demand. claim.",
    "full": "figure: 100,000 troops. demand: after 100,000 troops moved. claim: "
    + TEXT[: TEXT.index(". Nobody")]
    + ".",
}


@pytest.mark.parametrize("extent", ["off", "short", "full"])
def test_entering_and_leaving_marks_is_announced(monkeypatch, view, extent):
    said = []
    monkeypatch.setattr(caret_module, "announce", lambda widget, text: said.append(text) if text else None)
    view.set_announcements(extent)
    view.set_caret(TEXT.index("Nobody"))
    said.clear()
    view.set_caret(TEXT.index("troops"))
    view.set_caret(TEXT.index("troops") + 1)
    view.set_caret(TEXT.index("Nobody"))
    left = "End of figure. End of demand. End of claim."
    assert said == ([] if extent == "off" else [ENTERED[extent], left])


def test_screen_readers_get_real_text(view):
    interface = QAccessible.queryAccessibleInterface(view)
    text = interface.textInterface()
    at = TEXT.index("100,000")
    assert interface.text(QAccessible.Text.Name) == "Article text"
    assert interface.text(QAccessible.Text.Description)
    assert text.characterCount() == len(TEXT)
    assert text.text(at, at + 7) == "100,000"
    text.addSelection(at, at + 7)
    assert chosen(view) == "100,000"


def test_outside_tests_can_use_the_widget_as_qts_own(view):
    assert view.objectName() == "article_view"
    assert view.document().toPlainText() == TEXT
    cursor = view.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(13, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.selection() == Span(4, 13)
    assert view.cursorWidth() >= 2


def test_an_empty_document_is_quiet(qtbot):
    view = shown(qtbot, "", [])
    view.move("word", 1, extend=False)
    view.move("line", 1, extend=True)
    view.widen()
    assert view.word_at_caret() is None
    assert view.next_mark(1) is None
    assert view.visible_span() == Span(0, 0)


def test_another_document_takes_nothing_from_the_last(qtbot, view):
    view.set_current(3)
    view.select(span_of(TEXT, "Blinken"))
    seen = []
    view.current_changed.connect(seen.append)
    view.load("Another text.", [words_of("Another text.", "text", "actor", 3)])
    assert seen == [None]
    assert view.caret() == 0
    assert view.selection() is None
    assert [mark.key for mark in view.marks()] == [3]
    assert [look.id for look in LOOKS if look.id in view._ink.looks] == [look.id for look in LOOKS]
