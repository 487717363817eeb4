"""What a decision is given in words: a reason with the rule at stake, and a note for the meeting or for a coder."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.model.codebook import Rule

from ..keys.layouts import KeyReader
from ..panels.tag_bar import KeyButton
from ..widgets.buttons import button
from ..widgets.labels import elided, label
from ..widgets.segments import Segments
from ..widgets.sheet import Sheet
from ..widgets.tick import Tick

_REASON = "reason"  # dynamic property of a button
_LONGEST = 90  # characters of a rule in the list


class ReasonSheet(Sheet):
    """A letter takes a reason of the project's list; any other can be written. The rule at stake goes with it."""

    given = Signal(str, str, bool)  # reason, id of the rule, whether the list shall keep the reason

    def __init__(self, parent: QWidget, about: str, reasons: Sequence[str], rules: Sequence[Rule]) -> None:
        content = QWidget()
        super().__init__(parent, self.tr("Reason"), content, 520, leave="cancel")
        self.setObjectName("reason_sheet")
        self._reader = KeyReader()
        self._letters = letters(reasons)
        self._rule = QComboBox()
        self._rule.setAccessibleName(self.tr("Rule at stake"))
        self._rule.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._rule.addItem(self.tr("No rule"), "")
        for rule in rules:
            self._rule.addItem(f"{rule.id}  {rule.text}"[:_LONGEST], rule.id)
        self._own = QLineEdit()
        self._own.setPlaceholderText(self.tr("In your own words"))
        self._own.setAccessibleName(self.tr("Reason in your own words"))
        self._keep = Tick(self.tr("Keep these words in the project’s list"))
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(elided(about, "second"))
        column.addSpacing(6)
        first = None
        for letter, reason in self._letters.items():
            made = KeyButton(reason[:1].upper() + reason[1:], letter.upper())
            made.setProperty(_REASON, reason)
            made.clicked.connect(self._pressed)
            column.addWidget(made)
            first = first or made
        column.addSpacing(8)
        column.addWidget(self._own)
        column.addWidget(self._keep)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Rule at stake"), "section"))
        column.addWidget(self._rule)
        column.addSpacing(8)
        take = button(self.tr("Take"), "primary", on_click=None)
        take.clicked.connect(self._take_own)
        column.addLayout(self.foot(take))
        content.setFocusProxy(first or self._own)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if focus is not self._own and focus is not self._rule:
            reason = next((self._letters[n] for n in self._reader.names(event) if n in self._letters), None)
            if reason is not None:
                self._take(reason)
                event.accept()
                return
        super().keyPressEvent(event)

    def _pressed(self) -> None:
        self._take(self.sender().property(_REASON))

    def _take_own(self) -> None:
        self._take(self._own.text())

    def _take(self, reason: str) -> None:
        keep = self._keep.isChecked() and reason == self._own.text() and bool(reason.strip())
        self.dismiss()
        self.given.emit(reason, self._rule.currentData() or "", keep)


class _Note(QPlainTextEdit):
    """Enter is the sheet's; Shift+Enter begins a new line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "\r" and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class NoteSheet(Sheet):
    """A note, and for whom it is where there are several."""

    written = Signal(str, str)  # the note, the id of the choice

    def __init__(
        self, parent: QWidget, title: str, about: str, main: str, whom: Sequence[tuple[str, str]] = ()
    ) -> None:
        content = QWidget()
        super().__init__(parent, title, content, 520, leave="cancel")
        self.setObjectName("note_sheet")
        self._text = _Note()
        self._text.setObjectName("review_note")
        self._text.setProperty("kind", "note")
        self._text.setPlaceholderText(self.tr("A note (may stay empty)"))
        self._text.setAccessibleName(self.tr("Note"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(88)
        self._whom = Segments(self.tr("To whom"), whom, whom[0][0] if whom else "", wide=True)
        if len(whom) <= 1:
            self._whom.hide()
        take = button(main, "primary")
        take.clicked.connect(self._take)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(elided(about, "second"))
        column.addWidget(self._whom)
        column.addWidget(self._text)
        column.addLayout(self.foot(take))
        content.setFocusProxy(self._text)

    def _take(self) -> None:
        text, choice = self._text.toPlainText(), self._whom.choice
        self.dismiss()
        self.written.emit(text, choice)


def letters(reasons: Sequence[str]) -> dict[str, str]:
    """The letter of each reason: the first of its letters that is still free, else a digit."""
    found: dict[str, str] = {}
    for reason in reasons:
        wanted = [sign for sign in reason.casefold() if sign.isascii() and sign.isalpha()]
        free = next((sign for sign in [*wanted, *"123456789", *"0"] if sign not in found), None)
        if free is not None:
            found[free] = reason
    return found
