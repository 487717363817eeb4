"""Saved export settings: choose those that were saved, save those that are chosen now under a name."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.operations.recipes import LAST, Recipe

from ..widgets.buttons import button, icon_button


class SavedSettings(QWidget):
    """`taken` carries the name of the settings that a person chose, `save_wanted` the name to save under."""

    taken = Signal(str)
    save_wanted = Signal(str)
    forget_wanted = Signal(str)

    def __init__(self, names: Mapping[str, Recipe]) -> None:
        super().__init__()
        self._list = QComboBox()
        self._list.setAccessibleName(self.tr("Saved export settings"))
        self._name = QLineEdit()
        self._name.setAccessibleName(self.tr("Name for these settings"))
        self._name.setPlaceholderText(self.tr("Name for these settings"))
        self._save = button(self.tr("Save"), on_click=self._ask_to_save)
        self._save.setAccessibleName(self.tr("Save these settings"))
        self._save.setEnabled(False)
        self._forget = icon_button("trash", self.tr("Take these settings out"), self._ask_to_forget)
        self._forget.setEnabled(False)
        chosen = QHBoxLayout()
        chosen.setSpacing(8)
        chosen.addWidget(self._list, 1)
        chosen.addWidget(self._forget)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name, 1)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.setFocusProxy(self._list)
        column.addLayout(chosen)
        column.addLayout(row)
        self.show_names(names)
        self._list.activated.connect(self._take)
        self._list.currentIndexChanged.connect(self._allow)
        self._name.textChanged.connect(self._allow)

    def show_names(self, names: Mapping[str, Recipe], current: str = "") -> None:
        """Offer these; `current` is the one that is chosen."""
        blocked = self._list.blockSignals(True)
        self._list.clear()
        self._list.addItem(self.tr("As chosen below"), "")
        for name in names:
            self._list.addItem(self.tr("As last time") if name == LAST else name, name)
        self._list.setCurrentIndex(max(0, self._list.findData(current)))
        self._list.setEnabled(bool(names))
        self._list.blockSignals(blocked)
        self._allow()

    def show_changed(self) -> None:
        """Something was chosen otherwise than it was saved."""
        self._list.setCurrentIndex(0)

    def _take(self) -> None:
        name = str(self._list.currentData())
        if name:
            self._name.setText("" if name == LAST else name)
            self.taken.emit(name)

    def _ask_to_save(self) -> None:
        self.save_wanted.emit(self._name.text().strip())

    def _ask_to_forget(self) -> None:
        self.forget_wanted.emit(str(self._list.currentData()))

    def _allow(self) -> None:
        self._forget.setEnabled(bool(self._list.currentData()))
        self._save.setEnabled(bool(self._name.text().strip()))
