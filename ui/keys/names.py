"""Names of keys, as "n", "Shift+W", "Ctrl+PgDown", "F8", "?", "Num6": read, written, told apart and shown to people.

A letter is small when it stands alone and a capital after a modifier. Digits and signs never carry Shift: how a sign is
typed is the keyboard's affair. "Num6" is the 6 of the number pad; where nothing is bound to it, it counts as "6".
"""

import sys
from collections.abc import Collection

from PySide6.QtCore import QT_TRANSLATE_NOOP

from annotator.errors import AnnotatorError

from .action import words

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
FUNCTION_KEYS = tuple(f"F{number}" for number in range(1, 25))
NUMBER_PAD = tuple(f"Num{digit}" for digit in range(10))
_PLAIN = ("Space", "Enter", "Esc", "Tab", "Backspace", "Delete", "Insert", "Home", "End", "PgUp", "PgDown")
_ARROWS = ("Left", "Right", "Up", "Down")
NAMED = (*_PLAIN, *_ARROWS, *FUNCTION_KEYS, *NUMBER_PAD)

_BY_SMALL = {name.lower(): name for name in (*NAMED, *MODIFIERS)} | {
    "return": "Enter",
    "escape": "Esc",
    "del": "Delete",
    "ins": "Insert",
    "pageup": "PgUp",
    "pagedown": "PgDown",
    "pgdn": "PgDown",
    "control": "Ctrl",
}
_SHOWN = {
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Ctrl": str(QT_TRANSLATE_NOOP("keys", "Ctrl")),
    "Alt": str(QT_TRANSLATE_NOOP("keys", "Alt")),
    "Shift": str(QT_TRANSLATE_NOOP("keys", "Shift")),
    "Meta": str(QT_TRANSLATE_NOOP("keys", "Meta")),
    "Space": str(QT_TRANSLATE_NOOP("keys", "Space")),
    "Enter": str(QT_TRANSLATE_NOOP("keys", "Enter")),
    "Esc": str(QT_TRANSLATE_NOOP("keys", "Esc")),
    "Delete": str(QT_TRANSLATE_NOOP("keys", "Delete")),
    "Insert": str(QT_TRANSLATE_NOOP("keys", "Insert")),
    "Home": str(QT_TRANSLATE_NOOP("keys", "Home")),
    "End": str(QT_TRANSLATE_NOOP("keys", "End")),
    "PgUp": str(QT_TRANSLATE_NOOP("keys", "PgUp")),
    "PgDown": str(QT_TRANSLATE_NOOP("keys", "PgDn")),
}
# Qt calls the Command key Ctrl on macOS, and the Control key Meta.
_SHOWN_ON_MAC = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃"}


def split(name: str) -> tuple[frozenset[str], str]:
    """The modifiers and the key of a name."""
    held = set()
    while "+" in name[1:-1]:
        first, rest = name.split("+", 1)
        if first not in MODIFIERS:
            break
        held.add(first)
        name = rest
    return frozenset(held), name


def join(held: Collection[str], key: str) -> str:
    """The one name of a key with these modifiers."""
    held = set(held)
    if key in NUMBER_PAD or (len(key) == 1 and not key.isalpha()):
        held.discard("Shift")
    if len(key) == 1:
        key = key.upper() if held else key.lower()
    return "+".join([modifier for modifier in MODIFIERS if modifier in held] + [key])


def parse(text: str) -> str:
    """The name a person means by `text`, in any case and order; raises AnnotatorError where there is no such key."""
    held = set()
    rest = text.strip()
    while "+" in rest[1:-1]:
        first, after = rest.split("+", 1)
        modifier = _BY_SMALL.get(first.strip().lower())
        if modifier not in MODIFIERS:
            break
        held.add(modifier)
        rest = after.strip()
    key = rest if len(rest) == 1 and rest.isprintable() else _BY_SMALL.get(rest.lower())
    if key is None or key in MODIFIERS or key == " ":
        raise AnnotatorError(words(str(QT_TRANSLATE_NOOP("keys", "There is no key “{0}”."))).format(text))
    return join(held, key)


def is_bare(name: str) -> bool:
    """Whether the key is a letter, digit or sign without Ctrl, Alt or Meta: what a person types into a field."""
    held, key = split(name)
    return held <= {"Shift"} and (len(key) == 1 or key in NUMBER_PAD)


def acts_while_typing(name: str) -> bool:
    """Whether the key types nothing anywhere: it carries Ctrl, is an F-key or is Esc."""
    held, key = split(name)
    return "Ctrl" in held or key in FUNCTION_KEYS or name == "Esc"


def shown(name: str) -> str:
    """The key as a key cap shows it: capitals, arrows, the signs of macOS there."""
    held, key = split(name)
    on_mac = sys.platform == "darwin"
    parts = [_SHOWN_ON_MAC[part] if on_mac else words(_SHOWN[part]) for part in MODIFIERS if part in held]
    if key in NUMBER_PAD:
        parts.append(words(str(QT_TRANSLATE_NOOP("keys", "Num {0}"))).format(key[-1]))
    else:
        parts.append(words(_SHOWN[key]) if key in _SHOWN else key.upper() if len(key) == 1 else key)
    return ("" if on_mac else "+").join(parts)
