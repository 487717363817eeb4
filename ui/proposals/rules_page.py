"""The rules for statements as text: read them, change them, take the program's own again."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.operations.speech_rules import rules_fault

from ..widgets.buttons import button
from ..widgets.labels import label, set_role

_PAUSE = 300  # milliseconds without a key after which what is written is read


class RulesPage(QWidget):
    """A field of lists of words; a fault is told under it while one writes."""

    save_wanted = Signal(str)
    usual_wanted = Signal()

    def __init__(self, text: str, *, own: bool, lead: bool) -> None:
        super().__init__()
        self._saved = text
        told = self.tr(
            "Which words announce a claim, a demand or a threat, and where its content stands. Your own rules are part "
            "of the codebook, with its versions; the guide explains each key."
        )
        self.field = QPlainTextEdit()
        self.field.setProperty("kind", "note")
        self.field.setAccessibleName(self.tr("Rules for statements"))
        self.field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.field.setTabChangesFocus(True)
        self.field.setReadOnly(not lead)
        self.field.setPlainText(text)
        self._fault = label("", "bad", wrap=True)
        self._save = button(self.tr("Save as a new version of the codebook"), on_click=self._send)
        self._usual = button(self.tr("Take the program’s own rules again"), "ghost", on_click=self.usual_wanted.emit)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._fault, 1)
        foot.addWidget(self._usual)
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(told, "second", wrap=True))
        column.addWidget(self.field, 1)
        column.addLayout(foot)
        self._usual.setVisible(own and lead)
        self._save.setVisible(lead)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._check)
        self.field.textChanged.connect(self._pause.start)
        self._check()

    def show_text(self, text: str, *, own: bool) -> None:
        """What holds now."""
        self._saved = text
        self._usual.setVisible(own and not self.field.isReadOnly())
        if self.field.toPlainText() != text:
            self.field.setPlainText(text)
        self._check()

    def say(self, sentence: str, *, wrong: bool = True) -> None:
        """Tell a fault, or what was done."""
        set_role(self._fault, "bad" if wrong else "ok")
        self._fault.setText(sentence)

    def _check(self) -> None:
        text = self.field.toPlainText()
        fault = rules_fault(text) if text != self._saved else ""
        self.say(fault)
        self._save.setEnabled(text != self._saved and not fault)

    def _send(self) -> None:
        self._pause.stop()
        self._check()
        if self._save.isEnabled():
            self.save_wanted.emit(self.field.toPlainText())
