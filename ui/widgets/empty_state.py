"""What stands where there is nothing to show: icon, one bold line, one hint, one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .buttons import button
from .icon_label import IconLabel
from .labels import label


class EmptyState(QWidget):
    """Says that there is nothing, why, and what to do; `acted` when the button is pressed."""

    acted = Signal()

    def __init__(self, icon_name: str, line: str, hint: str = "", action: str = "") -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        self._icon = IconLabel(icon_name, "ink3", 28)
        self._line = label(line, "strong", wrap=True)
        self._hint = label(hint, "meta", wrap=True)
        self._button = button(action, on_click=self.acted.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._icon, 0, middle)
        for text, gap in ((self._line, 8), (self._hint, 2)):
            text.setAlignment(middle)
            column.addSpacing(gap)
            column.addWidget(text)
        column.addSpacing(10)
        column.addWidget(self._button, 0, middle)
        column.addStretch(2)
        self.say(icon_name, line, hint, action)

    def focus(self) -> bool:
        """Put the keyboard onto the button; False where there is none."""
        if not self._button.isHidden():
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)
        return not self._button.isHidden()

    def say(self, icon_name: str, line: str, hint: str = "", action: str = "") -> None:
        """Say something else; no hint or no action hides that part."""
        self._icon.show_icon(icon_name, "ink3")
        self._line.setText(line)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.say(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(line)
        self.setAccessibleDescription(hint)
