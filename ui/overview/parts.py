"""The places that Overview takes in the window. What fills them is made when somebody first looks: it takes time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..workspace import Workspace

if TYPE_CHECKING:
    from .contents import OverviewContents


class Place(QWidget):
    """An empty place; `looked_at` before it is first to be seen."""

    looked_at = Signal()

    def showEvent(self, event: QShowEvent) -> None:
        self.looked_at.emit()
        super().showEvent(event)

    def fill(self, part: QWidget) -> None:
        """Put a part into the place."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)


class OverviewParts(QObject):
    """Side bar, pages and spans; `looked_into`: whether the spans behind a cell are to be seen beside the pages."""

    made = Signal()  # the contents

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._contents: OverviewContents | None = None
        self.side, self.view, self.spans = Place(), Place(), Place()
        self.view.setObjectName("overview")
        self.spans.hide()
        self.looked_into = False
        self.view.looked_at.connect(lambda: self.contents)

    @property
    def contents(self) -> "OverviewContents":
        """What fills the places, made now if nobody has looked yet."""
        if self._contents is None:
            from .contents import OverviewContents

            self._contents = made = OverviewContents.of(self._workspace)
            self.side.fill(made.side)
            self.view.fill(made.view)
            self.spans.fill(made.spans)
            self.made.emit()
        return self._contents

    def focus(self) -> None:
        """Put the keyboard where one works in it."""
        self.contents.side.focus()
