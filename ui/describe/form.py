"""The attributes of one annotation: a line each; the one at hand opens its choices and a field to write in.

All keys are the form's own while it has the focus: a letter or digit takes a value, Enter takes what is proposed and
goes on, Shift+Enter takes all of this annotation, X clears, Up and Down walk, Left and Right point at a choice, PgUp
and PgDown turn to the next annotation. Where an actor is asked for, any other letter begins a name.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from annotator.model.field import Field, short_name

from ..keys.layouts import KeyReader
from ..theme import current
from ..widgets.announce import announce
from ..widgets.labels import plain_tip
from ..widgets.surface import paint_ring
from .choices import Choice, asks_for_actors, choices_of, is_chosen, is_list
from .layout import Line, Open, lines_of
from .painter import Look, origin_of, paint_lines
from .value_field import ValueField

Show = Callable[[Field], str]  # the value as people read it
NEXT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_STEPS = {"Up": -1, "Down": 1}
_TURNS = {"PgUp": -1, "PgDown": 1}
_POINTS = {"Left": -1, "Right": 1}


class DescribeForm(QWidget):
    """Shows fields and says what a person wants of them; whoever owns the annotation does it and shows it anew."""

    written = Signal(str, str)  # attribute id, what was written
    toggled = Signal(str, str)  # attribute id, the member that goes into the list, or out of it
    taken = Signal(str)  # the proposed value of this attribute is right
    all_taken = Signal()
    cleared = Signal(str)
    turned = Signal(int)  # to the next annotation, or the one before
    focused = Signal()  # the keyboard came, or went
    moved = Signal(QRect)  # where the field at hand stands, so that it can be scrolled into sight

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("describe_form")
        self.setAccessibleName(self.tr("Attributes"))
        self.setProperty("focus_context", "describe")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._reader = KeyReader()
        self._fields: tuple[Field, ...] = ()
        self._show: Show = lambda field: str(field.value)
        self._at: int | None = None
        self._choices: tuple[Choice, ...] = ()
        self._marked: int | None = None
        self._fault = ""
        self._lines: list[Line] = []
        self._actors: Callable[[Field], Sequence[Choice]] = lambda _: ()
        self._edit = ValueField(self)
        self._edit.installEventFilter(self)
        self._edit.hide()
        # While names are listed Qt gives Enter to the field past our filter: this signal says it then.
        self._edit.returnPressed.connect(self._write)

    # ---- what others use

    def show_fields(self, fields: Sequence[Field], show: Show) -> None:
        """Show these fields; the one at hand stays at hand if it is among them."""
        here = self._fields[self._at].attribute.id if self._at is not None else None
        self._fields, self._show, self._fault = tuple(fields), show, ""
        ids = [field.attribute.id for field in fields]
        self._at = ids.index(here) if here in ids and self.has_focus else None
        self._choices = self._offered()
        self._lay_out()

    def offer(self, actors: Callable[[Field], Sequence[Choice]], names: Callable[[Field], Sequence[str]]) -> None:
        """Where an actor is asked for, offer these by one key each; and these names as one writes in a field."""
        self._actors = actors
        self._edit.names = names

    def begin(self) -> bool:
        """Turn to the first field that waits, else the first; False where there is none."""
        if not self._fields:
            return False
        waiting = [place for place, field in enumerate(self._fields) if field.waits]
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._go_to(waiting[0] if waiting else 0)
        return True

    def go_on(self) -> bool:
        """Turn to the next field that waits; False where none does any more."""
        start = -1 if self._at is None else self._at
        waiting = [place for place, field in enumerate(self._fields) if field.waits and place > start]
        if waiting:
            self._go_to(waiting[0])
        return bool(waiting)

    def refuse(self, sentence: str) -> None:
        """What was written is wrong: say why beside the field, and leave it as it is."""
        self._fault = sentence
        announce(self, sentence, at_once=True)
        self._lay_out()
        self.moved.emit(self._place_at_hand())

    @property
    def current(self) -> Field | None:
        """The field at hand."""
        return self._fields[self._at] if self._at is not None else None

    @property
    def shown(self) -> tuple[Field, ...]:
        """All fields, as they are shown."""
        return self._fields

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be taken by one key in the field at hand."""
        return self._choices

    @property
    def fault(self) -> str:
        """Why what was written last cannot be."""
        return self._fault

    @property
    def has_focus(self) -> bool:
        """Whether the keyboard is in it."""
        return self.hasFocus() or self._edit.hasFocus()

    # ---- inside

    def _offered(self) -> tuple[Choice, ...]:
        field = self.current
        if field is None:
            return ()
        return tuple(self._actors(field)) if asks_for_actors(field) else choices_of(field)

    def _go_to(self, place: int | None) -> None:
        self._at, self._fault, self._marked = place, "", None
        self._choices = self._offered()
        self._lay_out()
        field = self.current
        if field is None:
            return
        shown = self._show(field) if field.value is not None else ""
        self._edit.begin(field, shown, self.tr("or write a name") if self._choices else "")
        if self._edit.isVisible() and not self._choices:
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit(self._place_at_hand())
        self._speak(field)

    def _place_at_hand(self) -> QRect:
        return next((line.rect for line in self._lines if line.place == self._at), QRectF()).toAlignedRect()

    def _speak(self, field: Field) -> None:
        value = self._show(field) if field.value is not None else self.tr("empty")
        proposed = self.tr(", proposed") if field.by == "proposed" else ""
        choices = ", ".join(f"{each.key} {each.words}".strip() for each in self._choices)
        announce(self, f"{short_name(field.attribute)}: {value}{proposed}. {choices}")

    def _lay_out(self) -> None:
        field = self.current
        writes = field is not None and (not self._choices or asks_for_actors(field))
        opened = Open(self._choices, writes, self._fault)
        self._lines, height = lines_of(self._fields, self._at, opened, self.width())
        self.setFixedHeight(height)
        place = next((line.edit for line in self._lines if line.edit is not None), None)
        self._edit.setVisible(place is not None)
        if place is not None and field is not None:
            self._edit.setGeometry(place.toRect())
            self._edit.setAccessibleName(short_name(field.attribute))
        self.update()

    def _write(self) -> None:
        field = self.current
        if field is None:
            return
        self._edit.close_names()
        text, name = self._edit.text().strip(), field.attribute.id
        if asks_for_actors(field) and is_list(field) and text:
            self._edit.clear()
            self.toggled.emit(name, text)
        elif not text and field.value is not None and not is_list(field):
            self.cleared.emit(name)
        elif field.by == "proposed" and text in ("", self._show(field)):
            self.taken.emit(name)
        elif not text and is_list(field) and field.value is not None and not asks_for_actors(field):
            self.cleared.emit(name)
        elif not text or (field.is_human and text == self._show(field)):
            self._next()
        else:
            self.written.emit(name, text)

    def _next(self) -> None:
        if not self.go_on():
            self.turned.emit(1)

    def _take(self, choice: Choice) -> None:
        field = self.current
        if field is not None:
            (self.toggled if is_list(field) else self.written).emit(field.attribute.id, choice.value)

    def _point(self, step: int) -> None:
        """Let the arrows point at another choice; Enter takes it."""
        if not self._choices:
            return
        field, start = self.current, self._marked
        if start is None and field is not None:
            chosen = [at for at, each in enumerate(self._choices) if is_chosen(field, each.value)]
            start = chosen[0] if chosen else (-1 if step > 0 else 0)
        self._marked = ((start or 0) + step) % len(self._choices)
        announce(self, self._choices[self._marked].words)
        self.update()

    # ---- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While one writes, the keys that walk the form stay the form's."""
        if watched is self._edit and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.focused.emit()
        if watched is self._edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in NEXT_KEYS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._write()
                return True
            if event.key() in (*NEXT_KEYS, *_WALKING):
                self.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        field, names = self.current, self._reader.names(event)
        name = names[0] if names else ""
        if name == "Shift+Enter":
            self.all_taken.emit()
        elif name == "Enter":
            self._press_enter()
        elif name in _STEPS:
            step = _STEPS[name]
            place = (-1 if self._at is None and step > 0 else self._at or 0) + step
            self._go_to(min(max(place, 0), len(self._fields) - 1) if self._fields else None)
        elif name in _TURNS:
            self.turned.emit(_TURNS[name])
        elif name in _POINTS and not self._edit.hasFocus():
            self._point(_POINTS[name])
        elif name in ("x", "Delete") and field is not None:
            self.cleared.emit(field.attribute.id)
        elif not self._take_key(names) and not self._begin_writing(event):
            super().keyPressEvent(event)

    def _press_enter(self) -> None:
        field = self.current
        if field is None:
            self.begin()
        elif self._marked is not None and self._marked < len(self._choices):
            self._take(self._choices[self._marked])
        elif field.by == "proposed":
            self.taken.emit(field.attribute.id)
        else:
            self._next()

    def _take_key(self, names: tuple[str, ...]) -> bool:
        field = self.current
        if "Space" in names and field is not None and field.attribute.type == "boolean":
            names = ("n" if field.value is True else "y",)
        choice = next((each for each in self._choices if each.key and each.key in names), None)
        if choice is not None:
            self._take(choice)
        return choice is not None

    def _begin_writing(self, event: QKeyEvent) -> bool:
        """A letter that takes nothing is the first of a name."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self._edit.isHidden() or held or not event.text().isprintable() or not event.text():
            return False
        self._edit.clear()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.sendEvent(self._edit, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))
        return True

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            line = next((each for each in self._lines if each.rect.contains(event.pos().toPointF())), None)
            QToolTip.showText(event.globalPos(), plain_tip(self._told(line)) if line else "", self)
            return True
        return super().event(event)

    def _told(self, line: Line) -> str:
        """Label and value in full, which a line may have to cut, and the codebook's advice."""
        field = self._fields[line.place]
        value = self._show(field) if field.value is not None else ""
        told = ": ".join(part for part in (field.attribute.name, value) if part)
        return "\n".join(part for part in (told, origin_of(field), field.attribute.advice) if part)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        for line in self._lines:
            for choice, rect in line.choices:
                if rect.contains(place):
                    self._take(choice)
                    return
            if line.rect.contains(place):
                self._go_to(line.place)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
        self.focused.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() and self._at is None:
            paint_ring(painter, QRectF(self.rect()), current())
        look = Look(current(), self.has_focus, self._marked)
        paint_lines(painter, self._lines, self._fields, self._show, look)
