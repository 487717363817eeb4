"""The article, and room for a list with it: above it, or to its left where the window is wide."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_SIDE_BY_SIDE = 1_360  # pixels of both from which they stand side by side: below, the list has the width above
_LEAST = (180, 220)  # pixels of the list and of the article, above each other
_LEAST_SIDE = (420, 480)  # the same side by side


class Beside(QSplitter):
    """Holds the page of the article; a list comes when it is first needed."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(page)
        self._page = page
        self.pane: QWidget | None = None
        self.leave: Callable[[], bool] | None = None  # asked at Esc in the article; whether it led somewhere

    def put(self, pane: QWidget) -> None:
        """Let a list stand with the article."""
        self.pane = pane
        self.insertWidget(0, pane)
        self._turn(first=True)

    def take_command(self, action_id: str) -> bool:
        """Esc leads from the article back to the list, if it came from there."""
        return action_id == "back" and self.leave is not None and self.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self, *, first: bool = False) -> None:
        """Stand as the width allows; where a person has moved the handle it stays until the way changes."""
        pane = self.pane
        if pane is None:
            return
        wide = self.width() >= _SIDE_BY_SIDE
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if way == self.orientation() and not first:
            return
        self.setOrientation(way)
        least = _LEAST_SIDE if wide else _LEAST
        for part, pixels in zip((pane, self._page), least, strict=True):
            part.setMinimumSize(*((pixels, 0) if wide else (0, pixels)))
        room = self.width() if wide else self.height()
        share = 0.48 if wide else 0.44
        self.setSizes([int(room * share), room - int(room * share)])
