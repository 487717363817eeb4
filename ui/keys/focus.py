"""What the widget with the focus lets a key do."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from .action import Context

CONTEXT = "focus_context"  # dynamic property: a value of Context, on the widget or one around it
EVERY_KEY = "takes_every_key"  # dynamic property: true on a field that records keys; nothing is taken from it


@dataclass(frozen=True)
class Focus:
    """Where a key press lands: the context, and whether one can type there."""

    context: Context
    typing: bool
    takes_every_key: bool


def focus_at(widget: QWidget) -> Focus:
    """What holds for keys sent to `widget`; the nearest `focus_context` counts."""
    context = Context.EVERYWHERE
    around: QWidget | None = widget
    while around is not None:
        value = around.property(CONTEXT)
        if value in tuple(Context):
            context = Context(value)
            break
        around = None if around.isWindow() else around.parentWidget()
    return Focus(context, can_type(widget), bool(widget.property(EVERY_KEY)))


def can_type(widget: QWidget) -> bool:
    """Whether letters pressed in `widget` are written there."""
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox):
        return not widget.isReadOnly()
    return isinstance(widget, QComboBox) and widget.isEditable()


def take_own_step(widget: QWidget, action_id: str) -> bool:
    """Undo or redo what was typed in `widget`; false where nothing was typed, so that the project's step is meant."""
    if action_id not in ("undo", "redo"):
        return False
    field = widget.findChild(QLineEdit) if isinstance(widget, QAbstractSpinBox | QComboBox) else widget
    if not isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit) or not has_own_steps(field):
        return False
    if action_id == "undo":
        field.undo()
    else:
        field.redo()
    return True


@runtime_checkable
class InFront(Protocol):
    """What stands in front of the window and has a say in what commands do."""

    def take_command(self, action_id: str) -> bool:
        """Do what the command means here; True if it must not act on what is behind."""
        ...


def take_in_front(widget: QWidget, action_id: str) -> bool:
    """Offer a command to what `widget` lies in, the nearest first; true where it was taken."""
    around: QWidget | None = widget
    while around is not None:
        if isinstance(around, InFront):
            return around.take_command(action_id)
        around = None if around.isWindow() else around.parentWidget()
    return False


def has_own_steps(field: QLineEdit | QPlainTextEdit | QTextEdit) -> bool:
    """Whether something was typed in the field that it can undo or redo itself."""
    if field.isReadOnly():
        return False
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() or field.isRedoAvailable()
    document = field.document()
    return document.isUndoAvailable() or document.isRedoAvailable()
