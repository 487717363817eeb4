"""One line above the article where one's own coding stands still, or came back: what that means, and why."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ..widgets.announce import announce
from ..widgets.icon_label import IconLabel
from ..widgets.labels import elided
from ..widgets.surface import surface


class StandingLine(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("standing_line")
        surface(self, "soft")
        self._sign, self._words = IconLabel("lock-simple", "accent"), elided("", "body")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, words: str, sign: str = "lock-simple") -> None:
        """Show and speak these words; none hides the line."""
        new = words != self._words.text() or self.isHidden()
        self._words.setText(words)
        if words:
            self._sign.show_icon(sign, "accent")
        self.setVisible(bool(words))
        if words and new:
            announce(self, words)

    @property
    def text(self) -> str:
        """What stands there."""
        return "" if self.isHidden() else self._words.text()
