"""The field for what is looked for. The place where it cannot be understood is underlined."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QInputMethodEvent, QTextCharFormat

from ..article_view.offsets import utf16_length
from ..theme import current
from ..widgets.field import FilterField
from ..widgets.labels import plain_tip


class QueryField(FilterField):
    """Down and Enter ask for the list below."""

    def __init__(self, hint: str) -> None:
        super().__init__(hint, "magnifying-glass", quiet=False)
        self._marked = False
        self.textEdited.connect(lambda _: self.mark(None))

    def mark(self, place: int | None, sentence: str = "") -> None:
        """Underline the code point at a place, the last one where the place is the end; None underlines nothing."""
        if place is None and not self._marked:
            return
        self._marked = place is not None
        self.setProperty("wrong", "true" if self._marked else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setToolTip(plain_tip(sentence))
        text = self.text()
        pieces = []
        if place is not None and text:
            first = min(place, len(text) - 1)
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(QColor(current().bad))
            form.setForeground(QColor(current().bad))
            begin = utf16_length(text[:first]) - self.cursorPosition()
            kind = QInputMethodEvent.AttributeType.TextFormat
            pieces = [QInputMethodEvent.Attribute(kind, begin, utf16_length(text[first]), form)]
        QCoreApplication.sendEvent(self, QInputMethodEvent("", pieces))

    def go_to(self, place: int) -> None:
        """Put the cursor at a code point."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCursorPosition(utf16_length(self.text()[:place]))
