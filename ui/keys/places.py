"""Where a key stands on the keyboard, as the letter or digit a US keyboard has there."""

from PySide6.QtGui import QGuiApplication, QKeyEvent

_ROWS = ((2, "1234567890"), (16, "qwertyuiop"), (30, "asdfghjkl"), (44, "zxcvbnm"))

# Linux's codes of these keys (linux/input-event-codes.h) are those of Windows (scan code set 1): evdev took them over.
_BY_SCAN_CODE = {first + step: place for first, row in _ROWS for step, place in enumerate(row)}

# macOS: kVK_ANSI_* in HIToolbox/Events.h.
_MAC_ROWS = (
    ("1234567890", (18, 19, 20, 21, 23, 22, 26, 28, 25, 29)),
    ("qwertyuiop", (12, 13, 14, 15, 17, 16, 32, 34, 31, 35)),
    ("asdfghjkl", (0, 1, 2, 3, 5, 4, 38, 40, 37)),
    ("zxcvbnm", (6, 7, 8, 9, 11, 45, 46)),
)
_BY_MAC_KEY = {code: place for row, codes in _MAC_ROWS for place, code in zip(row, codes, strict=True)}

_XKB_OFFSET = 8  # X11, and Wayland after it, count the keys from 8


def place_of(event: QKeyEvent) -> str:
    """The letter or digit of the key's place, or "" for other keys and for events that carry no place."""
    return place(QGuiApplication.platformName(), event.nativeScanCode(), event.nativeVirtualKey())


def place(platform: str, scan_code: int, virtual_key: int) -> str:
    """The place by what Qt's plugin `platform` delivers; macOS has no scan codes, its virtual keys are places."""
    if platform == "cocoa":
        return _BY_MAC_KEY.get(virtual_key, "")
    if platform in ("windows", "direct2d"):
        return _BY_SCAN_CODE.get(scan_code, "")
    return _BY_SCAN_CODE.get(scan_code - _XKB_OFFSET, "")
