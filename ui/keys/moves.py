"""Movements of the caret: arrows go by word and line, with Alt exactly, with Ctrl far; Shift extends."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from .action import Action, Move, moving

MOVES: tuple[Action, ...] = (
    moving("word_left", QT_TRANSLATE_NOOP("keys", "A word to the left"), Move("word", -1, False), "Left"),
    moving("word_right", QT_TRANSLATE_NOOP("keys", "A word to the right"), Move("word", 1, False), "Right"),
    moving("line_up", QT_TRANSLATE_NOOP("keys", "A line up"), Move("line", -1, False), "Up"),
    moving("line_down", QT_TRANSLATE_NOOP("keys", "A line down"), Move("line", 1, False), "Down"),
    moving(
        "character_left", QT_TRANSLATE_NOOP("keys", "A character to the left"), Move("character", -1, False), "Alt+Left"
    ),
    moving(
        "character_right",
        QT_TRANSLATE_NOOP("keys", "A character to the right"),
        Move("character", 1, False),
        "Alt+Right",
    ),
    moving(
        "sentence_left", QT_TRANSLATE_NOOP("keys", "A sentence to the left"), Move("sentence", -1, False), "Ctrl+Left"
    ),
    moving(
        "sentence_right", QT_TRANSLATE_NOOP("keys", "A sentence to the right"), Move("sentence", 1, False), "Ctrl+Right"
    ),
    moving("paragraph_up", QT_TRANSLATE_NOOP("keys", "A paragraph up"), Move("paragraph", -1, False), "Ctrl+Up"),
    moving("paragraph_down", QT_TRANSLATE_NOOP("keys", "A paragraph down"), Move("paragraph", 1, False), "Ctrl+Down"),
)

# By a character there is no key here: Alt+Shift changes the keyboard layout on many desktops. Hold (v), then Alt+arrow.
EXTENDS: tuple[Action, ...] = (
    moving("extend_word_left", QT_TRANSLATE_NOOP("keys", "Extend a word left"), Move("word", -1, True), "Shift+Left"),
    moving(
        "extend_word_right",
        QT_TRANSLATE_NOOP("keys", "Extend a word right"),
        Move("word", 1, True),
        "Shift+Right",
    ),
    moving("extend_line_up", QT_TRANSLATE_NOOP("keys", "Extend a line up"), Move("line", -1, True), "Shift+Up"),
    moving("extend_line_down", QT_TRANSLATE_NOOP("keys", "Extend a line down"), Move("line", 1, True), "Shift+Down"),
    moving(
        "extend_sentence_left",
        QT_TRANSLATE_NOOP("keys", "Extend a sentence left"),
        Move("sentence", -1, True),
        "Ctrl+Shift+Left",
    ),
    moving(
        "extend_sentence_right",
        QT_TRANSLATE_NOOP("keys", "Extend a sentence right"),
        Move("sentence", 1, True),
        "Ctrl+Shift+Right",
    ),
    moving(
        "extend_paragraph_up",
        QT_TRANSLATE_NOOP("keys", "Extend a paragraph up"),
        Move("paragraph", -1, True),
        "Ctrl+Shift+Up",
    ),
    moving(
        "extend_paragraph_down",
        QT_TRANSLATE_NOOP("keys", "Extend a paragraph down"),
        Move("paragraph", 1, True),
        "Ctrl+Shift+Down",
    ),
)
