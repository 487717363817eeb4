"""The start page, worked by keyboard, by drop, and without any project."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui import stylesheet
from ui.theme import appearance, current
from ui.views.start_page import Recent, StartPage

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    appearance().set_mode("light")
    stylesheet.apply(qapp, current())
    yield
    appearance().set_mode("system")
    qapp.setStyleSheet("")


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the keyboard"
    qtbot.keyClick(target, key, held)


# ---- start page ---------------------------------------------------------------------------------------------

RECENTS = [
    Recent("/projects/Border.annotator", "Border talks 2022", "Documents › Border talks", 58, 212, "today"),
    Recent("/projects/Gone.annotator", "Pilot & more", "Documents", 0, 0, "12 Nov", missing=True),
]


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    made = StartPage(RECENTS)
    made.resize(1280, 612)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_first()
    return made


def test_start_page_is_walked_with_arrows_and_enter(qtbot: QtBot, page: StartPage) -> None:
    with qtbot.waitSignal(page.open_requested) as told:
        press(qtbot, Key.Key_Return)
    assert told.args == ["/projects/Border.annotator"]
    press(qtbot, Key.Key_Up)  # stays on the first
    press(qtbot, Key.Key_Down)
    with qtbot.waitSignal(page.forget_requested) as told:
        press(qtbot, Key.Key_Delete)
    assert told.args == ["/projects/Gone.annotator"]
    press(qtbot, Key.Key_Down)
    with qtbot.waitSignal(page.new_requested):
        press(qtbot, Key.Key_Space)
    press(qtbot, Key.Key_Down)
    with qtbot.waitSignal(page.browse_requested):
        press(qtbot, Key.Key_Enter)
    press(qtbot, Key.Key_Down)
    with qtbot.waitSignal(page.sample_requested):
        press(qtbot, Key.Key_Return)


def test_start_page_has_its_own_keys(qtbot: QtBot, page: StartPage) -> None:
    for key, signal in (
        (Key.Key_N, page.new_requested),
        (Key.Key_O, page.browse_requested),
        (Key.Key_T, page.sample_requested),
    ):
        with qtbot.waitSignal(signal):
            press(qtbot, key, Held.ControlModifier)


def test_a_missing_project_says_so_and_is_not_opened(qtbot: QtBot, page: StartPage) -> None:
    press(qtbot, Key.Key_Down)
    row = QApplication.focusWidget()
    assert row is not None
    assert row.accessibleName() == "Pilot & more, Documents, no longer there, 12 Nov"
    with qtbot.assertNotEmitted(page.open_requested), qtbot.waitSignal(page.forget_requested):
        press(qtbot, Key.Key_Return)


def test_first_start_begins_with_the_sample(qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    with qtbot.waitSignal(page.sample_requested):
        press(qtbot, Key.Key_Return)


def test_rows_far_down_come_into_sight(qtbot: QtBot, page: StartPage) -> None:
    page.set_recents([Recent(f"/p{n}", f"Project {n}", "", n, 30, "") for n in range(30)])
    page.focus_first()
    for _ in range(29):
        press(qtbot, Key.Key_Down)
    row = QApplication.focusWidget()
    assert row is not None
    assert page.rect().contains(QRect(row.mapTo(page, QPoint(0, 0)), row.size()))


def test_files_are_dropped_anywhere(qtbot: QtBot, page: StartPage) -> None:
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile("/texts/a b.txt"), QUrl("https://example.org/x"), QUrl.fromLocalFile("/texts/c.txt")]
    )
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Held.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Held.NoModifier)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(page.files_dropped) as told:
        QApplication.sendEvent(page, drop)
    assert told.args == [["/texts/a b.txt", "/texts/c.txt"]]


def test_every_row_has_a_name(qtbot: QtBot, page: StartPage) -> None:
    page.set_coder("Mara Lindqvist")
    controls = [part for part in page.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    named = [part.accessibleName() for part in controls if part.isVisible()]
    assert len(named) == 6
    assert all(named)
