"""Key presses as X11 delivers them on layouts people write with: code, Qt key, text.

The rows were recorded with Qt 6 under Xvfb after `setxkbmap LAYOUT`; codes are those of linux/input-event-codes.h + 8.
"""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.keys.layouts import KeyReader
from ui.keys.places import place

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PAD = Qt.KeyboardModifier.KeypadModifier
GROUP = Qt.KeyboardModifier.GroupSwitchModifier


def press(code: int, key: int, text: str, held: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    """One key press with the native code of X11."""
    return QKeyEvent(QEvent.Type.KeyPress, key, held, code, 0, 0, text)


LAYOUTS = {
    "us": [
        (57, Qt.Key.Key_N, "n", NONE, ("n",)),
        (57, Qt.Key.Key_N, "N", NONE, ("n",)),  # Caps Lock
        (25, Qt.Key.Key_W, "W", SHIFT, ("Shift+W",)),
        (10, Qt.Key.Key_1, "1", NONE, ("1",)),
        (10, Qt.Key.Key_Exclam, "!", SHIFT, ("!",)),
        (61, Qt.Key.Key_Question, "?", SHIFT, ("?",)),
        (21, Qt.Key.Key_Plus, "+", SHIFT, ("+",)),
        (60, Qt.Key.Key_Period, ".", NONE, (".",)),
        (52, Qt.Key.Key_Z, "\x1a", CTRL, ("Ctrl+Z",)),
        (52, Qt.Key.Key_Z, "\x1a", CTRL | SHIFT, ("Ctrl+Shift+Z",)),
        (21, Qt.Key.Key_Plus, "+", CTRL | SHIFT, ("Ctrl++",)),
        (21, Qt.Key.Key_Equal, "=", CTRL, ("Ctrl+=",)),
        (20, Qt.Key.Key_Minus, "-", CTRL, ("Ctrl+-",)),
        (117, Qt.Key.Key_PageDown, "", CTRL, ("Ctrl+PgDown",)),
        (36, Qt.Key.Key_Return, "\r", CTRL | SHIFT, ("Ctrl+Shift+Enter",)),
        (104, Qt.Key.Key_Enter, "\r", PAD, ("Enter",)),
        (113, Qt.Key.Key_Left, "", ALT, ("Alt+Left",)),
        (23, Qt.Key.Key_Backtab, "", SHIFT, ("Shift+Tab",)),
        (87, Qt.Key.Key_1, "1", PAD, ("Num1", "1")),
        (87, Qt.Key.Key_End, "", PAD, ("End",)),  # Num Lock off
        (86, Qt.Key.Key_Plus, "+", PAD, ("+",)),
        (50, Qt.Key.Key_Shift, "", SHIFT, ()),
        (24, Qt.Key.Key_Q, "q", CTRL | ALT, ()),
    ],
    "ua": [
        (57, 0x422, "т", NONE, ("n",)),
        (25, 0x426, "Ц", SHIFT, ("Shift+W",)),
        (38, 0x424, "ф", NONE, ("a",)),
        (38, 0x424, "ф", CTRL, ("Ctrl+A",)),
        (10, Qt.Key.Key_1, "1", NONE, ("1",)),
        (16, Qt.Key.Key_Question, "?", SHIFT, ("?",)),
        (61, Qt.Key.Key_Period, ".", NONE, (".",)),
        (47, 0x416, "ж", NONE, ()),
        (60, 0x42E, "ю", NONE, ()),
    ],
    "ara": [
        (57, 0x649, "ى", NONE, ("n",)),
        (56, 0xFEFB, "ﻻ", NONE, ("b",)),
        (38, 0x634, "ش", NONE, ("a",)),
        (38, 0x650, "ِ", SHIFT, ("Shift+A",)),
        (61, 0x61F, "؟", SHIFT, ("?",)),
        (60, Qt.Key.Key_Period, ".", SHIFT, (".",)),
        (10, Qt.Key.Key_1, "1", NONE, ("1",)),
        (11, 0x662, "٢", NONE, ("2",)),
        (88, 0x662, "٢", PAD, ("Num2", "2")),
        (52, 0x626, "ئ", CTRL, ("Ctrl+Z",)),
    ],
    "fr": [
        (24, Qt.Key.Key_A, "a", NONE, ("a",)),
        (38, Qt.Key.Key_Q, "q", NONE, ("q",)),
        (47, Qt.Key.Key_M, "m", NONE, ("m",)),
        (25, Qt.Key.Key_Z, "\x1a", CTRL, ("Ctrl+Z",)),
        (10, Qt.Key.Key_Ampersand, "&", NONE, ("1", "&")),
        (11, Qt.Key.Key_Eacute, "é", NONE, ("2",)),
        (12, Qt.Key.Key_QuoteDbl, '"', NONE, ("3", '"')),
        (10, Qt.Key.Key_1, "1", SHIFT, ("1",)),
        (10, Qt.Key.Key_Ampersand, "&", CTRL, ("Ctrl+1", "Ctrl+&")),
        (15, Qt.Key.Key_Minus, "-", CTRL, ("Ctrl+6", "Ctrl+-")),
        (59, Qt.Key.Key_Period, ".", SHIFT, (".",)),
        (58, Qt.Key.Key_Question, "?", SHIFT, ("?",)),
        (58, Qt.Key.Key_Comma, ",", NONE, (",",)),
        (34, Qt.Key.Key_Dead_Circumflex, "", NONE, ()),
        (38, Qt.Key.Key_At, "@", GROUP, ()),
    ],
    "de": [
        (29, Qt.Key.Key_Z, "z", NONE, ("z",)),
        (52, Qt.Key.Key_Y, "y", NONE, ("y",)),
        (29, Qt.Key.Key_Z, "\x1a", CTRL, ("Ctrl+Z",)),
        (20, Qt.Key.Key_Question, "?", SHIFT, ("?",)),
        (35, Qt.Key.Key_Plus, "+", NONE, ("+",)),
        (91, Qt.Key.Key_Comma, ",", PAD, (".",)),
        (47, Qt.Key.Key_Odiaeresis, "ö", NONE, ()),
        (21, Qt.Key.Key_Dead_Acute, "", NONE, ()),
        (24, Qt.Key.Key_At, "@", GROUP, ()),
    ],
    "gr": [
        (57, 0x39D, "ν", NONE, ("n",)),
        (24, Qt.Key.Key_Semicolon, ";", NONE, (";", "q")),
        (47, Qt.Key.Key_Dead_Acute, "", NONE, ()),
    ],
    "il": [
        (56, 0x5E0, "נ", NONE, ("b",)),
        (25, Qt.Key.Key_Apostrophe, "'", NONE, ("'", "w")),
        (56, Qt.Key.Key_B, "B", SHIFT, ("Shift+B",)),
    ],
    "cz": [
        (10, Qt.Key.Key_Plus, "+", NONE, ("1", "+")),
        (16, Qt.Key.Key_7, "7", SHIFT, ("7",)),
        (16, Qt.Key.Key_Yacute, "ý", NONE, ("7",)),
    ],
    "th": [
        (57, 0xE37, "ื", NONE, ("n",)),
        (10, 0xE45, "ๅ", NONE, ("1",)),
        (20, Qt.Key.Key_8, "๘", SHIFT, ()),
    ],
}
ROWS = [(layout, *row) for layout, rows in LAYOUTS.items() for row in rows]
FIRST_LETTER = {"ua": (0x424, "ф"), "ara": (0x634, "ش"), "gr": (0x391, "α"), "il": (0x5E9, "ש"), "th": (0xE1F, "ฟ")}


@pytest.mark.parametrize(("layout", "code", "key", "text", "held", "names"), ROWS)
def test_a_press_is_named_on_every_layout(qapp, layout, code, key, text, held, names) -> None:
    reader = KeyReader()
    if layout in FIRST_LETTER:
        reader.names(press(38, *FIRST_LETTER[layout]))
    assert reader.names(press(code, key, text, held)) == names


def test_a_sign_where_a_letter_stands_is_only_a_sign_on_a_latin_layout(qapp) -> None:
    reader = KeyReader()
    comma = press(58, Qt.Key.Key_Comma, ",")  # AZERTY, where a US keyboard has M
    assert reader.names(comma) == (",",)
    reader.names(press(38, 0x424, "ф"))
    assert reader.names(comma) == (",", "m")
    reader.names(press(38, Qt.Key.Key_Q, "q"))
    assert reader.names(comma) == (",",)


def test_an_event_without_a_place_goes_by_its_character(qapp) -> None:
    reader = KeyReader()
    assert reader.names(press(0, Qt.Key.Key_N, "n")) == ("n",)
    assert reader.names(press(0, Qt.Key.Key_1, "1")) == ("1",)
    assert reader.names(press(0, 0x424, "ф")) == ()
    assert reader.names(press(0, Qt.Key.Key_unknown, "")) == ()


# Windows: scan code set 1. macOS: kVK_ANSI_A 0, kVK_ANSI_N 45, kVK_ANSI_1 18, kVK_ANSI_5 23, kVK_ANSI_6 22.
@pytest.mark.parametrize(
    ("platform", "scan_code", "virtual_key", "expected"),
    [
        ("windows", 0x1E, 0x41, "a"),
        ("windows", 0x31, 0x4E, "n"),
        ("windows", 0x02, 0x31, "1"),
        ("windows", 0x0B, 0x30, "0"),
        ("windows", 0x135, 0x6F, ""),
        ("cocoa", 0, 0, "a"),
        ("cocoa", 0, 45, "n"),
        ("cocoa", 0, 18, "1"),
        ("cocoa", 0, 23, "5"),
        ("cocoa", 0, 22, "6"),
        ("cocoa", 0, 50, ""),
        ("wayland", 38, 0, "a"),
        ("xcb", 57, 0, "n"),
        ("xcb", 19, 0, "0"),
        ("xcb", 0, 0, ""),
    ],
)
def test_places_are_known_on_every_system(platform: str, scan_code: int, virtual_key: int, expected: str) -> None:
    assert place(platform, scan_code, virtual_key) == expected
