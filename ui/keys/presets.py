"""Sets of keys for one hand, which add to the standard keys, and one without single keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Preset:
    """`keys` stand in place of the default keys of these actions; `tag_digits` gives a digit the tag of another."""

    id: str
    text: str
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tag_digits: Mapping[str, str] = field(default_factory=dict)
    single_keys: bool = True


# The right hand holds the mouse: what lies under it on the keyboard gets a second key under the left.
_LEFT = {
    "next_annotation": ("n", "Shift+F"),
    "previous_annotation": ("p", "Shift+B"),
    "next_open": ("j", "Shift+D"),
    "previous_open": ("Shift+J", "Shift+A"),
    "keep_armed": ("k", "Shift+T"),
    "repeat_tag": (".", "Shift+R"),
    "second_part": ("+", "Shift+C"),
    "describe": ("Enter", "Shift+G"),
    "unsure": ("u", "Ctrl+U", "Shift+Q"),
    "note": ("m", "Shift+E"),
}

# The number pad tags 1 to 9 and has the signs; 6 to 0 above the letters are tags 1 to 5.
_RIGHT = {
    "hold": ("v", "Num0"),
    "wider": ("w", "*"),
    "narrower": ("Shift+W", "/"),
    "delete": ("x", "Delete", "-"),
    "retag": ("r", ","),
    "edges": ("e", ";"),
    "question": ("q", "="),
}

PRESETS: tuple[Preset, ...] = (
    Preset("standard", str(QT_TRANSLATE_NOOP("keys", "Standard"))),
    Preset("left_hand", str(QT_TRANSLATE_NOOP("keys", "Left hand")), _LEFT),
    Preset(
        "right_hand",
        str(QT_TRANSLATE_NOOP("keys", "Right hand and number pad")),
        _RIGHT,
        tag_digits=dict(zip("67890", "12345", strict=True)),
    ),
    Preset("no_single_keys", str(QT_TRANSLATE_NOOP("keys", "No single keys")), single_keys=False),
)
