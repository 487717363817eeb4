"""Key sheet, rules, cards and empty states, worked by keyboard; and that every control has a name."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.model.codebook import Example, Rule, Tag
from ui import stylesheet
from ui.dialogs.key_columns import KeyRowButton
from ui.dialogs.key_sheet import KeyRow, KeySheet, matching
from ui.dialogs.rules_sheet import RulesPanel, RulesSheet
from ui.theme import appearance, current
from ui.widgets.buttons import button
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.sheet import Sheet
from ui.widgets.status_line import StatusLine

Key, Held = Qt.Key, Qt.KeyboardModifier

ROWS = [
    KeyRow("delete", "Annotation", "Delete", ("x", "Delete")),
    KeyRow("unsure", "Annotation", "Unsure on or off", ("u",)),
    KeyRow("wider", "Select", "Wider", ("w",)),
    KeyRow("narrower", "Select", "Narrower", ("Shift+W",)),
    KeyRow("views", "Window", "Switch the view", ("Ctrl+1 … 3",), False),
    KeyRow("undo", "Window", "Undo", ("Ctrl+Z",), False),
    KeyRow("nothing", "Window", "Copy a reference", ()),
]
TAGS = (
    Tag(
        id="actor",
        label="Actor",
        light="#123ea5",
        dark="#5b96ef",
        keys=("1", "a"),
        definition="Who speaks or acts.",
        span="Name with its title.",
        rules=(Rule("A1", "Could it <b>speak</b>?"),),
        positive=(Example("Blinken"),),
        negative=(Example("Geneva", why="a place", rule="A1"),),
    ),
    Tag(id="claim", label="Claim", light="#227a5f", dark="#8fd9c6", keys=("2", "c"), form="statement", bar="double"),
)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    appearance().set_mode("light")
    stylesheet.apply(qapp, current())
    yield
    appearance().set_mode("system")
    qapp.setStyleSheet("")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window of the smallest size, with the keyboard in a field of its own."""
    made = QWidget()
    made.resize(1280, 640)
    behind = QLineEdit(made)
    behind.setObjectName("behind")
    behind.setAccessibleName("behind")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    behind.setFocus()
    return made


def behind(window: QWidget) -> QLineEdit:
    found = window.findChild(QLineEdit, "behind")
    assert found is not None
    return found


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the keyboard"
    qtbot.keyClick(target, key, held)


def rows_seen(sheet: KeySheet) -> list[str]:
    return [row.row.action for row in sheet.findChildren(KeyRowButton) if row.isVisible()]


# ---- sheet --------------------------------------------------------------------------------------------


def test_sheet_keeps_the_keyboard_and_gives_it_back(qtbot: QtBot, window: QWidget) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    first, second = QLineEdit(), QLineEdit()
    column.addWidget(first)
    column.addWidget(second)
    sheet = Sheet(window, "Rules", content)
    sheet.present()
    assert first.hasFocus()
    seen = []
    for _ in range(4):
        press(qtbot, Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        seen.append(here)
    assert seen[0] is second
    assert isinstance(seen[1], QPushButton)  # Close
    assert seen[2] is first  # round again, never into the window behind
    press(qtbot, Key.Key_Backtab, Held.ShiftModifier)
    with qtbot.waitSignal(sheet.closed):
        press(qtbot, Key.Key_Escape)
    assert behind(window).hasFocus()


def test_esc_closes_the_sheet_before_any_action_of_the_window(qtbot: QtBot, window: QWidget) -> None:
    acted: list[str] = []
    back = QAction(window)
    back.setShortcut("Esc")
    back.triggered.connect(lambda: acted.append("back"))
    window.addAction(back)
    sheet = Sheet(window, "Rules", QLineEdit())
    sheet.present()
    press(qtbot, Key.Key_Escape)
    assert not sheet.isVisible()
    assert acted == []


@pytest.mark.parametrize(("width", "height"), [(1280, 640), (1366, 688), (2560, 1360), (700, 420)])
def test_sheet_fits_every_window(qtbot: QtBot, window: QWidget, width: int, height: int) -> None:
    sheet = KeySheet(window, ROWS * 1)
    sheet.present()
    window.resize(width, height)
    panel = next(part for part in sheet.findChildren(QWidget) if part.parent() is sheet)
    assert sheet.rect() == window.rect()
    assert sheet.rect().adjusted(16, 16, -16, -16).contains(panel.geometry())
    assert panel.width() == min(920, width - 32)
    close = next(part for part in sheet.findChildren(QPushButton) if part.text() == "Close")
    assert panel.rect().contains(QRect(close.mapTo(panel, QPoint(0, 0)), close.size()))


def test_click_beside_the_sheet_closes_it_and_a_click_on_it_does_not(qtbot: QtBot, window: QWidget) -> None:
    sheet = Sheet(window, "Rules", label("x"), 400)
    sheet.present()
    panel = next(part for part in sheet.findChildren(QWidget) if part.parent() is sheet)
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not sheet.isVisible()


# ---- key sheet ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", [row.action for row in ROWS]),
        ("unsure", ["unsure"]),
        ("select wide", ["wider"]),
        ("x", ["delete"]),
        ("Delete", ["delete"]),
        ("ctrl+z", ["undo"]),
        ("Shift+W", ["narrower"]),
        ("Ctrl+2", ["views"]),
        ("Ctrl+4", []),
        ("reference", ["nothing"]),
        ("zzz", []),
    ],
)
def test_keys_are_found_by_words_and_by_key(wanted: str, found: list[str]) -> None:
    assert [row.action for row in matching(ROWS, wanted)] == found


def test_search_has_the_keyboard_and_a_pressed_key_is_looked_for(qtbot: QtBot, window: QWidget) -> None:
    fired: list[str] = []
    undo = QAction(window)
    undo.setShortcut("Ctrl+Z")
    undo.triggered.connect(lambda: fired.append("undo"))
    window.addAction(undo)
    sheet = KeySheet(window, ROWS)
    sheet.present()
    assert rows_seen(sheet) == [row.action for row in ROWS]
    press(qtbot, Key.Key_Z, Held.ControlModifier)
    assert rows_seen(sheet) == ["undo"]
    press(qtbot, Key.Key_Delete)  # the next key replaces the one before
    assert rows_seen(sheet) == ["delete"]
    assert fired == []
    search = QApplication.focusWidget()
    assert isinstance(search, QLineEdit)
    qtbot.keyClicks(search, "wide")
    assert rows_seen(sheet) == ["wider"]
    press(qtbot, Key.Key_Escape)
    assert rows_seen(sheet) == [row.action for row in ROWS]
    press(qtbot, Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_key_is_changed_without_a_mouse(qtbot: QtBot, window: QWidget) -> None:
    sheet = KeySheet(window, ROWS)
    sheet.present()
    asked: list[str] = []
    got: list[tuple[str, str]] = []
    sheet.change_requested.connect(asked.append)
    sheet.key_captured.connect(lambda action, key: got.append((action, key)))
    change = next(part for part in sheet.findChildren(QPushButton) if part.text() == "Change a key")
    change.setFocus()
    press(qtbot, Key.Key_Space)
    unsure = next(row for row in sheet.findChildren(KeyRowButton) if row.row.action == "unsure")
    for _ in range(40):
        if unsure.hasFocus():
            break
        press(qtbot, Key.Key_Tab)
    assert unsure.hasFocus()
    press(qtbot, Key.Key_Space)
    assert asked == ["unsure"]
    press(qtbot, Key.Key_Tab)  # also Tab may be a key
    assert got == [("unsure", "Tab")]
    assert unsure.hasFocus()
    sheet.set_rows([KeyRow(r.action, r.group, r.text, ("y",) if r.action == "unsure" else r.keys) for r in ROWS])
    assert unsure.hasFocus()
    assert "Y" in unsure.accessibleName()
    press(qtbot, Key.Key_Space)
    press(qtbot, Key.Key_Escape)
    assert sheet.isVisible()  # Esc leaves the question, not the sheet
    assert len(got) == 1


def test_fixed_keys_cannot_be_chosen(qtbot: QtBot, window: QWidget) -> None:
    sheet = KeySheet(window, ROWS)
    sheet.present()
    asked: list[str] = []
    sheet.change_requested.connect(asked.append)
    next(part for part in sheet.findChildren(QPushButton) if part.text() == "Change a key").click()
    undo = next(row for row in sheet.findChildren(KeyRowButton) if row.row.action == "undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert asked == []


def test_a_key_can_be_taken_away_or_put_back(qtbot: QtBot, window: QWidget) -> None:
    sheet = KeySheet(window, ROWS)
    sheet.present()
    got: list[tuple[str, str]] = []
    sheet.key_captured.connect(lambda action, key: got.append((action, key)))
    next(part for part in sheet.findChildren(QPushButton) if part.text() == "Change a key").click()
    wider = next(row for row in sheet.findChildren(KeyRowButton) if row.row.action == "wider")
    wider.click()
    next(part for part in sheet.findChildren(QPushButton) if part.text() == "No key").click()
    assert got == [("wider", "")]
    wider.click()
    with qtbot.waitSignal(sheet.default_requested) as told:
        next(part for part in sheet.findChildren(QPushButton) if part.text() == "The default").click()
    assert told.args == ["wider"]


# ---- rules ----------------------------------------------------------------------------------------------


def words_in(widget: QWidget) -> set[str]:
    from PySide6.QtWidgets import QLabel

    return {part.text() for part in widget.findChildren(QLabel) if part.isVisible()}


def test_rules_show_all_of_a_tag_and_its_keys_lead_on(qtbot: QtBot, window: QWidget) -> None:
    sheet = RulesSheet(window, TAGS)
    sheet.show_tag("actor")
    seen = words_in(sheet)
    assert {"Who speaks or acts.", "Name with its title.", "A1", "Could it <b>speak</b>?", "Blinken", "Geneva"} <= seen
    assert "a place · A1" in seen
    with qtbot.waitSignal(sheet.panel.tag_shown) as told:
        press(qtbot, Key.Key_2)
    assert told.args == ["claim"]
    assert "Who speaks or acts." not in words_in(sheet)
    press(qtbot, Key.Key_A)
    QApplication.processEvents()
    assert "Who speaks or acts." in words_in(sheet)


def test_rules_survive_a_codebook_that_lost_the_tag(qtbot: QtBot) -> None:
    panel = RulesPanel(TAGS)
    qtbot.addWidget(panel)
    panel.show_tag("claim")
    panel.set_tags(TAGS[:1], "claim")
    panel.show()
    assert "Who speaks or acts." in words_in(panel)
    panel.show_tag("nowhere")
    assert "Who speaks or acts." in words_in(panel)


def test_empty_state_acts_and_hides_what_it_has_not(qtbot: QtBot) -> None:
    empty = EmptyState("article", "No articles yet", "Drop text files here, or", "Import…")
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(empty.acted):
        next(part for part in empty.findChildren(QPushButton)).click()
    empty.say("check-circle", "Nothing left to decide")
    assert not any(part.isVisible() for part in empty.findChildren(QPushButton))
    assert empty.accessibleName() == "Nothing left to decide"


# ---- names ----------------------------------------------------------------------------------------------------


def test_every_control_that_takes_the_keyboard_has_a_name(qtbot: QtBot, window: QWidget) -> None:
    keys = KeySheet(window, ROWS)
    keys.set_presets([("standard", "Standard keys"), ("left", "Left hand")], "standard")
    keys.present()
    next(part for part in keys.findChildren(QPushButton) if part.text() == "Change a key").click()
    next(row for row in keys.findChildren(KeyRowButton) if row.row.action == "wider").click()
    rules = RulesSheet(window, TAGS)
    line = StatusLine(window)
    line.say("Tagged", undo=True)
    line.set_coder("Mara")
    line.show_progress("Importing", 1, 2)
    button("Done").setParent(window)
    nameless = [
        part
        for root in (window, keys, rules, line)
        for part in root.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(root) and not part.accessibleName()
    ]
    assert nameless == []
