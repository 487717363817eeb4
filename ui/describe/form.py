"""The attributes of one annotation: a line each; the one at hand opens its choices or a field to write in.

All keys are the form's own while it has the focus: a letter takes a value, Enter takes what is proposed and goes on,
Shift+Enter takes all of this annotation, X clears, Up and Down walk, PgUp and PgDown turn to the next annotation.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QWidget

from annotator.model.attributes.walk import Field, short_name

from ..theme import current
from ..widgets.announce import announce
from ..widgets.surface import paint_ring
from .layout import Line, choices_of, in_words, lines_of
from .painter import paint_lines

Show = Callable[[Field], str]  # the value as people read it
NEXT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class DescribeForm(QWidget):
    """Shows fields and says what a person wants of them; whoever owns the annotation does it and shows it anew."""

    written = Signal(str, str)  # attribute id, what was written
    taken = Signal(str)  # the proposed value of this attribute is right
    all_taken = Signal()
    cleared = Signal(str)
    turned = Signal(int)  # to the next annotation, or the one before
    moved = Signal(QRect)  # where the field at hand stands, so that it can be scrolled into sight

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("describe_form")
        self.setAccessibleName(self.tr("Attributes"))
        self.setProperty("focus_context", "describe")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fields: tuple[Field, ...] = ()
        self._show: Show = lambda field: str(field.value)
        self._at: int | None = None
        self._fault = ""
        self._lines: list[Line] = []
        self._edit = QLineEdit(self)
        self._edit.installEventFilter(self)
        self._edit.hide()
        # While names are listed Qt gives Enter to the field past our filter: this signal says it then.
        self._edit.returnPressed.connect(self._write)
        self._names: Callable[[], Sequence[str]] = tuple
        self._completer = QCompleter(QStringListModel(self), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = self._completer.popup()
        if popup is not None:
            popup.setAccessibleName(self.tr("Names of actors"))

    # ---- what others use

    def show_fields(self, fields: Sequence[Field], show: Show) -> None:
        """Show these fields; the one at hand stays at hand if it is among them."""
        here = self._fields[self._at].attribute.id if self._at is not None else None
        self._fields, self._show, self._fault = tuple(fields), show, ""
        ids = [field.attribute.id for field in fields]
        self._at = ids.index(here) if here in ids and self._has_focus() else None
        self._lay_out()

    def offer_names(self, names: Callable[[], Sequence[str]]) -> None:
        """Where an actor is asked for, offer these names as one writes."""
        self._names = names

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
        if self._edit.isVisible():
            self._edit.setFocus()

    @property
    def current(self) -> Field | None:
        """The field at hand."""
        return self._fields[self._at] if self._at is not None else None

    # ---- inside

    def _has_focus(self) -> bool:
        return self.hasFocus() or self._edit.hasFocus()

    def _go_to(self, place: int | None) -> None:
        self._at, self._fault = place, ""
        self._lay_out()
        field = self.current
        if field is None:
            return
        self._complete(field)
        if self._edit.isVisible():
            self._edit.setText(self._show(field) if field.value is not None else "")
            self._edit.selectAll()
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        here = next((line.rect for line in self._lines if line.place == self._at), QRectF())
        self.moved.emit(here.toAlignedRect())
        self._speak(field)

    def _complete(self, field: Field) -> None:
        """List names only where one is asked for: the keyboard stays the form's everywhere else."""
        asks = field.attribute.type == "entity"
        if asks:
            names = self._completer.model()
            assert isinstance(names, QStringListModel)
            names.setStringList(list(self._names()))
        self._edit.setCompleter(self._completer if asks else None)  # type: ignore[arg-type]  # None is Qt's own "none"

    def _speak(self, field: Field) -> None:
        value = self._show(field) if field.value is not None else self.tr("empty")
        proposed = self.tr(", proposed") if field.by == "proposed" else ""
        choices = ", ".join(f"{key} {in_words(each)}" for each, key in choices_of(field).items())
        announce(self, f"{short_name(field.attribute)}: {value}{proposed}. {choices}")

    def _lay_out(self) -> None:
        self._lines, height = lines_of(self._fields, self._at, self._fault, self.width())
        self.setFixedHeight(height)
        place = next((line.edit for line in self._lines if line.edit is not None), None)
        self._edit.setVisible(place is not None)
        if place is not None and self.current is not None:
            self._edit.setGeometry(place.toRect())
            self._edit.setAccessibleName(short_name(self.current.attribute))
        self.update()

    def _write(self) -> None:
        field = self.current
        if field is None:
            return
        text = self._edit.text().strip()
        if not text and field.value is not None:
            self.cleared.emit(field.attribute.id)
        elif not text or (field.is_human and text == self._show(field)):
            self._next()
        elif field.by == "proposed" and text == self._show(field):
            self.taken.emit(field.attribute.id)
        else:
            self.written.emit(field.attribute.id, text)

    def _next(self) -> None:
        if not self.go_on():
            self.turned.emit(1)

    # ---- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While one writes, the keys that walk the form stay the form's."""
        if watched is self._edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in NEXT_KEYS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._write()
                return True
            if event.key() in (*NEXT_KEYS, *_WALKING):
                self.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        field, key = self.current, event.key()
        if key in NEXT_KEYS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.all_taken.emit()
        elif key in NEXT_KEYS and field is not None and field.by == "proposed":
            self.taken.emit(field.attribute.id)
        elif key in NEXT_KEYS and field is None:
            self.begin()
        elif key in NEXT_KEYS:
            self._next()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            place = (-1 if self._at is None and step > 0 else self._at or 0) + step
            self._go_to(min(max(place, 0), len(self._fields) - 1) if self._fields else None)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_X, Qt.Key.Key_Delete) and field is not None:
            self.cleared.emit(field.attribute.id)
        elif not self._take_letter(event.text().lower()):
            super().keyPressEvent(event)

    def _take_letter(self, letter: str) -> bool:
        field = self.current
        choices = choices_of(field) if field else {}
        if letter == " " and field is not None and field.attribute.type == "boolean":
            letter = "n" if field.value is True else "y"
        value = next((each for each, key in choices.items() if key == letter), None)
        if field is None or value is None:
            return False
        self.written.emit(field.attribute.id, value)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        for line in self._lines:
            for value, rect in line.choices:
                if rect.contains(place):
                    self.written.emit(self._fields[line.place].attribute.id, value)
                    return
            if line.rect.contains(place):
                self._go_to(line.place)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self.hasFocus() and self._at is None:
            paint_ring(painter, whole, current())
        paint_lines(painter, whole, self._lines, self._fields, self._show, current(), focused=self._has_focus())
