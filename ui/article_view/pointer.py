"""What presses and clicks mean: one click, the same again, two at once, a drag, each with or without Alt."""

from dataclasses import dataclass, field
from time import monotonic

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication


@dataclass
class Pointer:
    """The last press and what it was part of. Times are seconds of a steady clock."""

    pressed: QPoint | None = None
    dragged: bool = False
    within_double: bool = False  # the press belongs to a double click that has just been
    _double_at: float = field(default=-10.0)

    def press(self, point: QPoint) -> None:
        """The button went down."""
        self.pressed, self.dragged = point, False
        self.within_double = monotonic() - self._double_at < QApplication.doubleClickInterval() / 1000

    def double(self, point: QPoint) -> None:
        """The second press of a double click: the click before it has already been taken."""
        self.pressed, self.dragged, self.within_double = point, False, True
        self._double_at = monotonic()

    def move(self, point: QPoint) -> None:
        """The pointer moved while the button was down."""
        if self.pressed and (point - self.pressed).manhattanLength() >= QApplication.startDragDistance():
            self.dragged = True

    def release(self) -> bool:
        """The button went up; True when that was a click of its own."""
        click = self.pressed is not None and not self.dragged and not self.within_double
        self.pressed = None
        return click
