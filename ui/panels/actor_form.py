"""One actor of the registry: its names, type, countries and note, each kept as one leaves its field."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.model.entities import Entity

from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.labels import label, plain_tip
from ..widgets.tick import Tick

Keep = Callable[[str, object], str | None]  # field, value → why it cannot be
HEIGHT = 64  # of the fields with several lines


class ActorForm(QWidget):
    """`keep` writes one field of the actor at hand, and answers with a sentence if it refuses."""

    split_wanted = Signal(str)  # the id of an actor that was merged into this one

    def __init__(self, keep: Keep) -> None:
        super().__init__()
        self._keep = keep
        self._entity: Entity | None = None
        self._shown_absorbed: tuple[Entity, ...] = ()
        self._types: tuple[str, ...] = ()
        self._written: dict[str, object] = {}
        self._busy = False  # while a field is kept, what follows shows the actor anew and moves the keyboard
        self._fields: dict[str, QLineEdit | QPlainTextEdit | QComboBox] = {}
        self._private = Tick(self.tr("Private person"))
        self._private.setAccessibleDescription(self.tr("Exports use a pseudonym"))
        self._private.setToolTip(plain_tip(self.tr("Exports use a pseudonym in the place of the name")))
        self._private.clicked.connect(self._take_private)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(4)
        self._fault = label("", "bad", wrap=True)
        self._fault.hide()
        self._column.addWidget(self._fault)
        self._pair = QGridLayout()
        self._pair.setHorizontalSpacing(8)
        self._pair.setVerticalSpacing(4)
        self.name = QLineEdit()
        self.kind = QComboBox()
        self.country = QLineEdit()
        self._build()

    # ---- what others use

    def show_types(self, types: Sequence[str]) -> None:
        """Offer these types; what is chosen stays."""
        if self._types == tuple(types):
            return
        self._types, chosen = tuple(types), self.kind.currentData() or ""
        self.kind.clear()
        self.kind.addItem(self.tr("Not said"), "")
        for each in types:
            self.kind.addItem(each.replace("_", " "), each)
        self._choose_type(chosen)

    def show_entity(self, entity: Entity | None, absorbed: Sequence[Entity] = ()) -> None:
        """Show an actor and what was merged into it; None for one that is not there yet, which needs a name first."""
        self._entity = entity
        shown = entity or Entity(0, "", "")
        self._say("")
        self.name.setText(shown.name)
        self.name.setCursorPosition(0)
        self._choose_type(shown.type)
        self.country.setText(", ".join(shown.country))
        for name, text in (("aliases", "\n".join(shown.aliases)), ("note", shown.note)):
            field = self._fields[name]
            assert isinstance(field, QPlainTextEdit)
            field.setPlainText(text)
        for name, each in self._fields.items():
            each.setEnabled(entity is not None or name == "name")
        self._private.setChecked(shown.is_private)
        self._private.setEnabled(entity is not None)
        self._written = {name: self._value(name) for name in self._fields}
        self._show_absorbed(absorbed)

    def edit_name(self) -> None:
        """Put the keyboard into the name."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def keep(self) -> None:
        """Keep what was written and not yet kept."""
        for name in self._fields:
            self._take(name)

    def is_being_written(self, entity: Entity | None) -> bool:
        """Whether a person has written something here of this actor that is not kept yet."""
        same = (entity.id if entity else None) == (self._entity.id if self._entity else None)
        return same and not self._busy and any(self._value(name) != kept for name, kept in self._written.items())

    @property
    def fault(self) -> str:
        """Why what was written last cannot be."""
        return self._fault.text()

    # ---- inside

    def _build(self) -> None:
        self.country.setPlaceholderText(self.tr("UA, US"))
        told: dict[str, tuple[str, QLineEdit | QPlainTextEdit | QComboBox]] = {
            "name": (self.tr("Name"), self.name),
            "type": (self.tr("Type"), self.kind),
            "country": (self.tr("Countries"), self.country),
            "aliases": (self.tr("Other names, one on a line"), self._lines()),
            "note": (self.tr("Note"), self._lines()),
        }
        for name, (words, field) in told.items():
            field.setAccessibleName(words)
            field.installEventFilter(self)
            self._fields[name] = field
            self._place(name, label(words, "section"), field)
        self.kind.addItem(self.tr("Not said"), "")
        self.kind.setMinimumContentsLength(8)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.activated.connect(lambda _: self._take("type"))
        self._column.addWidget(self._private)
        self._absorbed = QVBoxLayout()
        self._absorbed.setSpacing(2)
        self._column.addLayout(self._absorbed)
        self._column.addStretch(1)

    def _place(self, name: str, words: QWidget, field: QWidget) -> None:
        """One field under the other, but type and countries side by side."""
        if name in ("type", "country"):
            at = 0 if name == "type" else 1
            self._pair.addWidget(words, 0, at)
            self._pair.addWidget(field, 1, at)
            self._pair.setColumnStretch(at, 3 - at)
            return
        self._column.addWidget(words)
        self._column.addWidget(field)
        if name == "name":
            self._column.addLayout(self._pair)

    def _lines(self) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setProperty("kind", "note")
        field.setTabChangesFocus(True)
        field.setFixedHeight(HEIGHT)
        return field

    def _show_absorbed(self, absorbed: Sequence[Entity]) -> None:
        if self._shown_absorbed == tuple(absorbed):
            return  # the keyboard may be on one of these buttons
        self._shown_absorbed = tuple(absorbed)
        clear(self._absorbed)
        for each in absorbed:
            self._absorbed.addWidget(label(self.tr("Stands for {name} too").format(name=each.name), "meta", wrap=True))
            split = button(self.tr("Split it off again"), "link")
            split.setProperty("entity", each.id)
            split.clicked.connect(self._ask_split)
            split.setAccessibleName(self.tr("Split {name} off again").format(name=each.name))
            self._absorbed.addWidget(split, 0, Qt.AlignmentFlag.AlignLeading)

    def _ask_split(self) -> None:
        # No closure over this form is given to the button: when PySide drops one with its button, it deletes the form.
        asked = self.sender()
        if asked is not None:
            self.split_wanted.emit(str(asked.property("entity")))

    def _value(self, name: str) -> object:
        field = self._fields[name]
        if isinstance(field, QComboBox):
            return field.currentData()
        text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
        if name == "country":
            return tuple(re.findall(r"[^\s,;]+", text))
        return tuple(line.strip() for line in text.splitlines() if line.strip()) if name == "aliases" else text.strip()

    def _choose_type(self, kind: str) -> None:
        """A table from elsewhere may bring types that the codebook does not know: they stay as they are."""
        if self.kind.findData(kind) < 0:
            self.kind.addItem(kind.replace("_", " "), kind)
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def _take(self, name: str) -> None:
        value = self._value(name)
        if self._busy or value == self._written.get(name) or (self._entity is None and not value):
            return
        self._busy = True
        sentence = self._keep(name, value)
        self._busy = False
        if sentence is None:
            self._written[name] = self._value(name)  # shown anew by now, or it waits for another writer
        else:
            self._say(sentence, name)
            self._fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_private(self) -> None:
        wish = self._private.isChecked()
        sentence = self._keep("private", wish)
        if sentence is not None:
            self._private.setChecked(not wish)
            self._say(sentence, "note")

    def _say(self, sentence: str, name: str = "") -> None:
        """Why the field of this name cannot be kept, right below it."""
        self._column.removeWidget(self._fault)
        if sentence:
            field = self._fields[name]
            above = self._column.indexOf(field)
            self._column.insertWidget(above + 1 if above >= 0 else self._column.indexOf(self._pair) + 1, self._fault)
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, at_once=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        name = next((each for each, field in self._fields.items() if field is watched), "")
        if name and event.type() == QEvent.Type.FocusOut:
            self._take(name)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(name)
                return True
            if event.key() == Qt.Key.Key_Escape and self._value(name) != self._written.get(name):
                self.show_entity_again()
                return True
        return super().eventFilter(watched, event)

    def show_entity_again(self) -> None:
        """Put back what was written and not kept."""
        entity = self._entity
        self._say("")
        self.name.setText(entity.name if entity else "")
        self.country.setText(", ".join(entity.country) if entity else "")
