"""A list whose rows are ticked by key or click: what is ticked, the sheet around it does."""

from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from ..keys.layouts import KeyReader


class Ticks(Protocol):
    """The rows' ticks, kept by the model."""

    def turn(self, row: int) -> None:
        """Tick a row, or take its tick away."""

    def turn_all(self) -> None:
        """Tick all, or none if they are."""


class TickList(QListView):
    """Space ticks and goes on, A ticks all or none, a click ticks."""

    def __init__(self, model: QAbstractItemModel, ticks: Ticks, name: str, accessible: str) -> None:
        super().__init__()
        self._reader, self._ticks = KeyReader(), ticks
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: ticks.turn(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = self._reader.names(event)
        row = self.currentIndex().row()
        if "Space" in names:
            self._ticks.turn(row)
            self.setCurrentIndex(self.model().index(min(row + 1, self.model().rowCount() - 1), 0))
        elif "a" in names:
            self._ticks.turn_all()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # Qt would look for a row that begins so
        else:
            super().keyPressEvent(event)
