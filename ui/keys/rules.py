"""Which keys a person may give a command, whatever else is bound."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from annotator.model.codebook import TAG_KEYS

from .action import Action, Context, words
from .names import NUMBER_PAD, acts_while_typing, is_bare, shown, split

_OF_FIELDS = ("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X")  # people expect them wherever there is text
_DIGITS = (*"0123456789", *NUMBER_PAD[1:])


def refusal(action: Action, key: str) -> str | None:
    """One sentence saying why `key` (a canonical name) cannot be a key of `action`, or None."""
    held, plain = split(key)
    if action.id == "tag":
        return words(str(QT_TRANSLATE_NOOP("keys", "The keys of tags are set in the codebook.")))
    if held >= {"Ctrl", "Alt"}:
        return _say(QT_TRANSLATE_NOOP("keys", "{0} cannot be used: Ctrl+Alt types characters on many keyboards."), key)
    if held >= {"Alt", "Shift"}:
        return _say(QT_TRANSLATE_NOOP("keys", "{0} cannot be used: Alt+Shift changes the keyboard layout."), key)
    if plain == "Tab":
        return _say(QT_TRANSLATE_NOOP("keys", "{0} cannot be used: it goes from control to control."), key)
    if (key == "Esc") != (action.id == "back") and "Esc" in (key, plain):
        return _say(QT_TRANSLATE_NOOP("keys", "{0} cannot be used: Esc always leads one step back."), key)
    if key in _OF_FIELDS:
        return _say(QT_TRANSLATE_NOOP("keys", "{0} cannot be used: it selects, copies, cuts or pastes text."), key)
    if action.numbered or (action.context is Context.REVIEW and key in _DIGITS):
        return _say(QT_TRANSLATE_NOOP("keys", "{0} cannot be used: in Review digits are the numbers of readings."), key)
    if action.context is not Context.REVIEW and _of_tags(key, held, plain):
        return _say(QT_TRANSLATE_NOOP("keys", "{0} cannot be used: it is kept for tags."), key)
    if action.context is Context.EVERYWHERE and not acts_while_typing(key) and not is_bare(key):
        return _say(
            QT_TRANSLATE_NOOP("keys", "{0} cannot be used: this command acts everywhere and needs Ctrl or an F-key."),
            key,
        )
    return None


def _of_tags(key: str, held: frozenset[str], plain: str) -> bool:
    return key in TAG_KEYS or key in _DIGITS or (held == {"Alt"} and plain in _DIGITS)


def _say(sentence: object, key: str) -> str:
    return words(str(sentence)).format(shown(key))
