"""The bar of keys under a compared article: each decision with its key; a click does what the key does."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..panels.tag_bar import KeyButton
from ..theme import HEIGHT_BAR
from ..widgets.hairline import Hairline
from ..widgets.surface import surface

MARGIN, GAP = 16, 4
FEW = 3  # readings that have a button each
_DOES = "does"  # dynamic property of a button: the number of a reading, or the id of an action


class ReviewBar(QWidget):
    """Readings first, then what else can be decided."""

    reading_chosen = Signal(int)  # from 1
    action_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review_bar")
        self.setAccessibleName(self.tr("Decisions"))
        self.setFixedHeight(HEIGHT_BAR + 1)
        surface(self, "page")
        self._words = {
            "take_both": self.tr("Both"),
            "take_neither": self.tr("Neither"),
            "edit_reading": self.tr("Edit"),
            "leave_for_meeting": self.tr("Meeting"),
            "give_reason": self.tr("Reason"),
            "take_alike": self.tr("All like this"),
            "rule_at_stake": self.tr("Rule"),
            "keys": self.tr("All keys"),
        }
        self._readings: list[KeyButton] = []
        self._names: list[str] = []
        self._acts = {name: KeyButton(words, "") for name, words in self._words.items()}
        for name, made in self._acts.items():
            made.setProperty(_DOES, name)
            made.clicked.connect(self._pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        self._row = QHBoxLayout()
        self._row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self._row.setSpacing(GAP)
        for made in self._acts.values():
            self._row.addWidget(made)
        self._row.addStretch(1)
        column.addLayout(self._row, 1)

    def show_readings(self, names: Sequence[str]) -> None:
        """Offer these readings, by their numbers."""
        if list(names) == self._names:
            return
        self._names = list(names)
        for old in self._readings:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        alone = len(names) == 1
        self._readings = []
        for number, name in enumerate(names[:FEW], 1):
            words = self.tr("Right as it is") if alone else self.tr("Take {name}").format(name=name)
            made = KeyButton(words, str(number))
            made.setProperty(_DOES, number)
            made.clicked.connect(self._pressed)
            self._row.insertWidget(number - 1, made)
            self._readings.append(made)
        self._acts["take_both"].setVisible(len(names) > 1)
        self._acts["take_both"].setText(self.tr("Both") if len(names) <= 2 else self.tr("All"))
        self._fit()

    def show_keys(self, keys: dict[str, str]) -> None:
        """Show the keys in force."""
        for name, made in self._acts.items():
            made.set_keys(keys.get(name, ""))
        self._fit()

    def _pressed(self) -> None:
        what = self.sender().property(_DOES)
        if isinstance(what, int):
            self.reading_chosen.emit(what)
        else:
            self.action_chosen.emit(what)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Words go where there is no room for them, the last ones first; keys, tool tips and names stay."""
        shown = [*self._readings, *(each for each in self._acts.values() if not each.isHidden())]
        room = self.width() - 2 * MARGIN - GAP * len(shown)
        for made in shown:
            made.show_parts(word=True, line=False)
        for made in reversed(shown):
            if sum(each.sizeHint().width() for each in shown) <= room:
                break
            made.show_parts(word=False, line=False)
