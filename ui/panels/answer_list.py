"""A list whose rows are answered by key: J and Shift+J walk it, Space says yes, X no."""

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView

from ..keys.layouts import KeyReader

STEPS = {"j": 1, "Shift+J": -1}


class AnswerList(QListView):
    """Says what was answered; whoever listens knows the row at hand."""

    agreed = Signal()  # Space: it is right as it is
    refused = Signal()  # X

    def __init__(self, model: QAbstractItemModel, name: str, accessible: str) -> None:
        super().__init__()
        self._reader = KeyReader()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setProperty("focus_context", "list")
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = self._reader.names(event)
        step = next((STEPS[name] for name in names if name in STEPS), 0)
        if step:
            row = self.currentIndex().row() + step
            self.setCurrentIndex(self.model().index(row % max(1, self.model().rowCount()), 0))
        elif "Space" in names:
            self.agreed.emit()
        elif "x" in names or "Delete" in names:
            self.refused.emit()
        else:
            super().keyPressEvent(event)
