"""From a key press to the names it answers to, on whatever keyboard layout.

Letters go by the character on Latin layouts (A is where AZERTY has it), by the key's place on others; digits by the
digit row and the number pad; signs by the character. Why: docs/decisions/0010-keys-by-place.md.
"""

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from . import names
from .places import place_of

_Key = Qt.Key
_NAMED: dict[int, str] = {
    _Key.Key_Space: "Space",
    _Key.Key_Return: "Enter",
    _Key.Key_Enter: "Enter",
    _Key.Key_Escape: "Esc",
    _Key.Key_Tab: "Tab",
    _Key.Key_Backtab: "Tab",
    _Key.Key_Backspace: "Backspace",
    _Key.Key_Delete: "Delete",
    _Key.Key_Insert: "Insert",
    _Key.Key_Home: "Home",
    _Key.Key_End: "End",
    _Key.Key_PageUp: "PgUp",
    _Key.Key_PageDown: "PgDown",
    _Key.Key_Left: "Left",
    _Key.Key_Right: "Right",
    _Key.Key_Up: "Up",
    _Key.Key_Down: "Down",
} | {_Key.Key_F1 + number: name for number, name in enumerate(names.FUNCTION_KEYS)}

_Held = Qt.KeyboardModifier
_MODIFIERS = (
    (_Held.ControlModifier, "Ctrl"),
    (_Held.AltModifier, "Alt"),
    (_Held.ShiftModifier, "Shift"),
    (_Held.MetaModifier, "Meta"),
)

# Signs of other scripts that stand for the same as ours.
_SAME_SIGN = {"؟": "?", "،": ",", "؛": ";", "۔": ".", "。": ".", "，": ",", "？": "?", "；": ";", "＋": "+"}


class KeyReader:
    """Names key presses; remembers whether the last letter was Latin, for signs tell nothing about the layout."""

    def __init__(self) -> None:
        self._latin = True

    def names(self, event: QKeyEvent) -> tuple[str, ...]:
        """What the press may mean, best first; none for AltGr, dead keys and modifiers pressed alone."""
        held = _held(event)
        if event.modifiers() & _Held.GroupSwitchModifier or held >= {"Ctrl", "Alt"}:
            return ()  # AltGr (Ctrl+Alt on Windows) types characters
        if (named := _NAMED.get(event.key())) is not None:
            return (names.join(held, named),)
        character = _typed(event, held)
        if event.modifiers() & _Held.KeypadModifier:
            found = _on_number_pad(character)
        else:
            self._note_layout(character, held)
            found = _on_main_block(place_of(event), character, "Shift" in held, self._latin)
        return tuple(dict.fromkeys(names.join(held, key) for key in found if key))

    def _note_layout(self, character: str, held: frozenset[str]) -> None:
        # Hebrew types Latin capitals with Shift: only plain letters tell.
        if character.isalpha() and "Shift" not in held:
            self._latin = _is_latin(character)


def _held(event: QKeyEvent) -> frozenset[str]:
    modifiers = event.modifiers()
    if event.key() == _Key.Key_Backtab:
        modifiers |= _Held.ShiftModifier
    return frozenset(name for flag, name in _MODIFIERS if modifiers & flag)


def _typed(event: QKeyEvent, held: frozenset[str]) -> str:
    """The character of the key, "" where it has none; with Ctrl the text is a control character, the key is not."""
    text = event.text()
    if held <= {"Shift"} and len(text) == 1 and text.isprintable():
        return text
    return chr(event.key()) if 0x20 < event.key() <= 0x10FFFF else ""


def _on_number_pad(character: str) -> Iterator[str]:
    if (digit := unicodedata.digit(character, None) if character else None) is not None:
        yield f"Num{digit}"
        yield str(digit)
    elif character in (".", ",", "٫"):  # the decimal key, as the country writes it
        yield "."
    else:
        yield from _sign(character)


def _on_main_block(place: str, character: str, shift: bool, latin: bool) -> Iterator[str]:
    if place.isdigit():
        # AZERTY and Czech type digits with Shift; elsewhere Shift makes a sign of the key and means it.
        if not shift or unicodedata.digit(character or " ", None) is not None:
            yield place
        yield from _sign(character)
    elif character.isascii() and character.isalnum():
        yield character.lower()
    elif _is_letter(character):
        if not _is_latin(character):
            yield place
    else:
        yield from _sign(character)
        if not latin:  # Greek and Hebrew type a sign where Q stands
            yield place


def _sign(character: str) -> Iterator[str]:
    if character and unicodedata.category(character)[0] in "PS":
        yield _SAME_SIGN.get(character, character)


def _is_letter(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "LM"


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")
