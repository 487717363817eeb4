"""Keys pressed in a real window with an article, a list and fields one can type in."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.keys.action import Move
from ui.keys.dispatcher import KeyDispatcher, Press
from ui.keys.focus import CONTEXT, EVERY_KEY
from ui.keys.keymap import KeyMap
from ui.keys.registry import ACTIONS

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
TEXT = "Moscow said on Friday it wanted guarantees.\n" * 20


class Store:
    def load(self) -> dict[str, Any]:
        return {}

    def save(self, values: dict[str, Any], /) -> None:
        pass


class Window(QMainWindow):
    """The widgets a key may meet, and everything the dispatcher says."""

    def __init__(self) -> None:
        super().__init__()
        self.article = QPlainTextEdit(TEXT)
        self.article.setReadOnly(True)
        self.article.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.article.setProperty(CONTEXT, "code")
        self.list = QListWidget()
        self.list.addItems(["north", "nine", "a"])
        self.list.setProperty(CONTEXT, "list")
        self.form = QWidget()
        self.form.setProperty(CONTEXT, "describe")
        self.line, self.note, self.spin, self.combo = QLineEdit(), QPlainTextEdit(), QSpinBox(), QComboBox()
        self.combo.setEditable(True)
        form_layout = QVBoxLayout(self.form)
        for field in (self.line, self.note, self.spin, self.combo):
            form_layout.addWidget(field)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        for widget in (self.article, self.list, self.form):
            layout.addWidget(widget)
        self.setCentralWidget(centre)
        self.keymap = KeyMap(ACTIONS, Store(), self)
        self.keymap.set_tag_keys({"1": "actor", "a": "actor", "2": "claim", "c": "claim", "t": "threat"})
        self.keys = KeyDispatcher(self, self.keymap)
        self.done: list[tuple[str, object]] = []
        self.pendings: list[object] = []
        self.keys.triggered.connect(self._note_done)
        self.keys.pending_changed.connect(self.pendings.append)

    def _note_done(self, action: str, payload: object) -> None:
        self.done.append((action, payload))


@pytest.fixture
def window(qtbot) -> Iterator[Window]:
    window = Window()
    qtbot.addWidget(window)
    window.resize(700, 700)
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.article.setFocus()
    qtbot.waitUntil(window.article.hasFocus)
    return window


def native(code: int, key: int, text: str, held: Qt.KeyboardModifier = NONE, repeat: bool = False) -> bool:
    """Press a key as the system would: both of Qt's questions, to the widget with the focus."""
    widget = QApplication.focusWidget()
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, held, code, 0, 0, text, repeat)
    asked.ignore()
    QApplication.sendEvent(widget, asked)
    pressed = QKeyEvent(QEvent.Type.KeyPress, key, held, code, 0, 0, text, repeat)
    QApplication.sendEvent(widget, pressed)
    return asked.isAccepted()


def test_keys_of_the_article_act_there(window: Window) -> None:
    for key in "nar?+":
        QTest.keyClick(window.article, key)
    assert window.done == [
        ("next_annotation", None),
        ("tag", "actor"),
        ("rules", None),
        ("second_part", None),
    ]
    QTest.keyClick(window.article, Qt.Key.Key_W, SHIFT)
    QTest.keyClick(window.article, Qt.Key.Key_Delete)
    QTest.keyClick(window.article, Qt.Key.Key_Return)
    assert [action for action, _ in window.done[4:]] == ["narrower", "delete", "describe"]


@pytest.mark.parametrize(
    ("code", "key", "text", "held", "expected"),
    [
        # Ukrainian
        (57, 0x422, "т", NONE, ("next_annotation", None)),
        (38, 0x424, "ф", NONE, ("tag", "actor")),
        (54, 0x421, "с", NONE, ("tag", "claim")),
        (52, 0x42F, "я", CTRL, ("undo", None)),
        (52, 0x42F, "Я", CTRL | SHIFT, ("redo", None)),
        (16, Qt.Key.Key_Question, "?", SHIFT, ("rules", None)),
        (61, Qt.Key.Key_Period, ".", NONE, ("repeat_tag", None)),
        # Arabic
        (57, 0x649, "ى", NONE, ("next_annotation", None)),
        (28, 0x641, "ف", NONE, ("tag", "threat")),
        (61, 0x61F, "؟", SHIFT, ("rules", None)),
        (10, 0x661, "١", NONE, ("tag", "actor")),
        (25, 0x64B, "ً", SHIFT, ("narrower", None)),
        # French
        (24, Qt.Key.Key_A, "a", NONE, ("tag", "actor")),
        (38, Qt.Key.Key_Q, "q", NONE, ("question", None)),
        (10, Qt.Key.Key_Ampersand, "&", NONE, ("tag", "actor")),
        (11, Qt.Key.Key_Eacute, "é", NONE, ("tag", "claim")),
        (10, Qt.Key.Key_1, "1", SHIFT, ("tag", "actor")),
        (10, Qt.Key.Key_Ampersand, "&", CTRL, ("view_code", None)),
        (15, Qt.Key.Key_Minus, "-", CTRL, ("text_smaller", None)),
        (25, Qt.Key.Key_Z, "\x1a", CTRL, ("undo", None)),
        # German
        (29, Qt.Key.Key_Z, "\x1a", CTRL, ("undo", None)),
        (35, Qt.Key.Key_Plus, "+", NONE, ("second_part", None)),
        (20, Qt.Key.Key_Question, "?", SHIFT, ("rules", None)),
    ],
)
def test_keys_act_under_other_layouts(window: Window, code, key, text, held, expected) -> None:
    assert native(code, key, text, held), "Qt was not told that the key is wanted"
    assert window.done == [expected]


@pytest.mark.parametrize(
    ("code", "key", "text", "held"),
    [
        (24, Qt.Key.Key_At, "@", Qt.KeyboardModifier.GroupSwitchModifier),  # AltGr, X11
        (24, Qt.Key.Key_Q, "@", CTRL | ALT),  # AltGr, Windows
        (21, Qt.Key.Key_Dead_Acute, "", NONE),
        (47, Qt.Key.Key_Odiaeresis, "ö", NONE),
        (23, Qt.Key.Key_Tab, "\t", NONE),
    ],
)
def test_what_types_or_moves_the_focus_is_never_a_command(window: Window, code, key, text, held) -> None:
    assert not native(code, key, text, held)
    assert window.done == []


@pytest.mark.parametrize("field", ["line", "note", "spin", "combo"])
def test_typing_is_never_stolen(window: Window, field: str) -> None:
    window.spin.clear()
    getattr(window, field).setFocus()
    for key in "12xnar?+.":
        QTest.keyClick(QApplication.focusWidget(), key)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert window.done == []
    written = {
        "line": window.line.text(),
        "note": window.note.toPlainText(),
        "spin": window.spin.text(),
        "combo": window.combo.currentText(),
    }
    assert written[field] == ("1" if field == "spin" else "12xnar?+")


def test_letters_in_a_list_search_there(window: Window) -> None:
    window.list.setFocus()
    QTest.keyClick(window.list, "n")
    assert window.list.currentItem().text() in ("north", "nine")
    assert window.done == []


@pytest.mark.parametrize("field", ["article", "list", "line", "note", "spin", "combo"])
def test_keys_for_everywhere_act_everywhere(window: Window, field: str) -> None:
    getattr(window, field).setFocus()
    for key, held in (
        (Qt.Key.Key_Return, CTRL),
        (Qt.Key.Key_F8, NONE),
        (Qt.Key.Key_F, CTRL),
        (Qt.Key.Key_U, CTRL),
        (Qt.Key.Key_Escape, NONE),
        (Qt.Key.Key_Z, CTRL),
    ):
        QTest.keyClick(QApplication.focusWidget(), key, held)
    assert [action for action, _ in window.done] == ["done_next", "labelled", "find", "unsure", "back", "undo"]


@pytest.mark.parametrize("field", ["line", "note", "spin"])
def test_undo_takes_back_what_was_typed_before_it_takes_back_a_tag(window: Window, field: str) -> None:
    widget = getattr(window, field)
    widget.setFocus()
    QTest.keyClick(widget, "7")
    QTest.keyClick(widget, Qt.Key.Key_Z, CTRL)
    assert window.done == []
    text = {"line": window.line.text(), "note": window.note.toPlainText(), "spin": window.spin.lineEdit().text()}
    assert "7" not in text[field]
    QTest.keyClick(widget, Qt.Key.Key_Z, CTRL | SHIFT)
    assert window.done == []


def test_undo_by_menu_takes_back_what_was_typed_too(window: Window) -> None:
    window.line.setFocus()
    QTest.keyClick(window.line, "7")
    window.keys.perform("undo")
    assert window.line.text() == ""
    assert window.done == []


def test_a_menu_shortcut_does_not_fire_a_second_time(window: Window) -> None:
    fired: list[str] = []
    for key in ("Ctrl+Z", "N", "F8"):
        action = QAction(key, window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False, key=key: fired.append(key))
        window.addAction(action)
    QTest.keyClick(window.article, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(window.article, Qt.Key.Key_N)
    QTest.keyClick(window.article, Qt.Key.Key_F8)
    assert fired == []
    assert [action for action, _ in window.done] == ["undo", "next_annotation", "labelled"]


def test_shortcuts_that_are_no_command_of_ours_still_fire(window: Window) -> None:
    fired: list[str] = []
    action = QAction("Own", window)
    action.setShortcut(QKeySequence("Ctrl+B"))
    action.triggered.connect(lambda _=False: fired.append("own"))
    window.addAction(action)
    QTest.keyClick(window.article, Qt.Key.Key_B, CTRL)
    assert fired == ["own"]


def test_arrows_move_by_their_units_and_qt_does_not_move_too(window: Window) -> None:
    before = window.article.textCursor().position()
    for key, held in (
        (Qt.Key.Key_Right, NONE),
        (Qt.Key.Key_Up, NONE),
        (Qt.Key.Key_Left, ALT),
        (Qt.Key.Key_Right, CTRL),
        (Qt.Key.Key_Down, CTRL),
        (Qt.Key.Key_Left, SHIFT),
        (Qt.Key.Key_Right, CTRL | SHIFT),
    ):
        QTest.keyClick(window.article, key, held)
    assert [payload for _, payload in window.done] == [
        Move("word", 1, False),
        Move("line", -1, False),
        Move("character", -1, False),
        Move("sentence", 1, False),
        Move("paragraph", 1, False),
        Move("word", -1, True),
        Move("sentence", 1, True),
    ]
    assert window.article.textCursor().position() == before


def test_keys_nobody_wants_stay_with_the_article(window: Window) -> None:
    QTest.keyClick(window.article, Qt.Key.Key_End, CTRL)
    assert window.article.textCursor().position() == len(TEXT)
    QTest.keyClick(window.article, Qt.Key.Key_A, CTRL)
    assert window.article.textCursor().hasSelection()
    assert window.done == []


def test_retag_waits_for_a_tag_key(window: Window) -> None:
    QTest.keyClick(window.article, "r")
    assert window.keys.pending == "retag"
    assert window.done == []
    QTest.keyClick(window.article, "c")
    assert window.done == [("retag", "claim")]
    assert window.pendings == ["retag", None]
    QTest.keyClick(window.article, "c")
    assert window.done[1:] == [("tag", "claim")]


def test_escape_ends_the_waiting_and_nothing_else(window: Window) -> None:
    QTest.keyClick(window.article, "k")
    QTest.keyClick(window.article, Qt.Key.Key_Escape)
    assert window.pendings == ["keep_armed", None]
    assert window.done == []
    QTest.keyClick(window.article, Qt.Key.Key_Escape)
    assert window.done == [("back", None)]


def test_another_key_ends_the_waiting_and_acts(window: Window) -> None:
    QTest.keyClick(window.article, "r")
    QTest.keyClick(window.article, "n")
    assert window.done == [("next_annotation", None)]
    QTest.keyClick(window.article, "r")
    QTest.keyClick(window.article, "k")
    assert window.keys.pending == "keep_armed"
    QTest.keyClick(window.article, "y")
    assert window.keys.pending is None
    assert window.done == [("next_annotation", None)]


def test_shift_alone_does_not_end_the_waiting(window: Window) -> None:
    QTest.keyClick(window.article, "r")
    native(50, Qt.Key.Key_Shift, "", SHIFT)
    native(10, Qt.Key.Key_1, "1", SHIFT)  # AZERTY
    assert window.done == [("retag", "actor")]


def test_going_to_a_field_ends_the_waiting(window: Window, qtbot) -> None:
    QTest.keyClick(window.article, "r")
    window.line.setFocus()
    qtbot.waitUntil(window.line.hasFocus)
    assert window.keys.pending is None
    QTest.keyClick(window.line, "c")
    assert window.done == []


def test_the_tag_bar_completes_what_waits(window: Window) -> None:
    window.keys.choose_tag("threat")
    window.keys.perform("retag")
    window.keys.choose_tag("claim")
    assert window.done == [("tag", "threat"), ("retag", "claim")]


def test_a_waiting_command_takes_tag_keys_where_single_keys_are_off(window: Window) -> None:
    window.keymap.single_keys_on = False
    for key in "ranx":
        QTest.keyClick(window.article, key)
    assert window.done == []
    QTest.keyClick(window.article, Qt.Key.Key_1, ALT)
    window.keys.perform("retag")
    QTest.keyClick(window.article, "c")
    assert window.done == [("tag", "actor"), ("retag", "claim")]


def test_a_held_key_moves_on_but_tags_once(window: Window) -> None:
    for repeat in (False, True, True):
        native(114, Qt.Key.Key_Right, "", NONE, repeat)
    for repeat in (False, True, True):
        assert native(38, Qt.Key.Key_A, "a", NONE, repeat), "a repeated tag key is taken though it does nothing"
    for repeat in (False, True, True):
        native(27, Qt.Key.Key_R, "r", NONE, repeat)
    assert [action for action, _ in window.done] == ["word_right"] * 3 + ["tag"]
    assert window.keys.pending == "retag"


def test_a_mode_gives_keys_another_meaning_until_it_ends(window: Window) -> None:
    edge = {
        "Left": Press("edge", -1, repeats=True),
        "Right": Press("edge", 1, repeats=True),
        "e": Press("edge_other"),
        "Enter": Press("edge_keep"),
        "Esc": Press("edge_back"),
    }
    names: list[object] = []
    window.keys.mode_changed.connect(names.append)
    window.keys.push_mode("edges", edge)
    native(114, Qt.Key.Key_Right, "", NONE)
    native(114, Qt.Key.Key_Right, "", NONE, True)
    QTest.keyClick(window.article, "e")
    QTest.keyClick(window.article, "n")
    QTest.keyClick(window.article, Qt.Key.Key_Return)
    QTest.keyClick(window.article, Qt.Key.Key_Escape)
    assert window.done == [
        ("edge", 1),
        ("edge", 1),
        ("edge_other", None),
        ("next_annotation", None),
        ("edge_keep", None),
        ("edge_back", None),
    ]
    window.line.setFocus()
    QTest.keyClick(window.line, Qt.Key.Key_Escape)
    window.article.setFocus()
    window.keys.pop_mode("edges")
    window.keys.pop_mode("edges")
    QTest.keyClick(window.article, Qt.Key.Key_Right)
    assert window.done[6:] == [("back", None), ("word_right", Move("word", 1, False))]
    assert names == ["edges", None]


def test_the_number_pad_types_digits_of_tags(window: Window) -> None:
    QTest.keyClick(window.article, Qt.Key.Key_2, Qt.KeyboardModifier.KeypadModifier)
    assert window.done == [("tag", "claim")]
    QTest.keyClick(window.article, Qt.Key.Key_Plus, CTRL | Qt.KeyboardModifier.KeypadModifier)
    assert window.done[1:] == [("text_larger", None)]


def test_enter_in_a_field_that_gives_the_focus_back_does_not_act_in_the_article(window: Window) -> None:
    window.line.returnPressed.connect(window.article.setFocus)
    window.line.setFocus()
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    assert window.article.hasFocus()
    assert window.done == []


def test_a_field_that_records_keys_gets_them_all(window: Window) -> None:
    window.line.setProperty(EVERY_KEY, True)
    window.line.setFocus()
    for key, held in ((Qt.Key.Key_F8, NONE), (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Escape, NONE)):
        QTest.keyClick(window.line, key, held)
    assert window.done == []


def test_keys_of_another_window_are_left_alone(window: Window, qtbot) -> None:
    other = QPlainTextEdit()
    other.setReadOnly(True)
    other.setProperty(CONTEXT, "code")
    qtbot.addWidget(other)
    with qtbot.waitExposed(other):
        other.show()
    other.activateWindow()
    QTest.keyClick(other, "n")
    QTest.keyClick(other, Qt.Key.Key_F8)
    assert window.done == []


def test_keys_sent_to_the_window_mean_what_they_mean_in_the_article(window: Window) -> None:
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(window, "n")
    assert [action for action, _ in window.done] == ["undo", "undo", "next_annotation"]


def test_a_changed_key_acts_at_once(window: Window) -> None:
    window.keymap.change("next_annotation", [","])
    QTest.keyClick(window.article, "n")
    QTest.keyClick(window.article, ",")
    assert window.done == [("next_annotation", None)]
