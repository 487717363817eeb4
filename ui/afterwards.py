"""What may follow once the article has been painted: lists and counts around it, each once, however much changed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PAUSE = 15  # milliseconds: the paint that a key press causes comes first, and what follows is still felt as one


class Afterwards(QObject):
    """Lets a tag appear in the text before the window's other parts look again at what it changed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[Callable[[], None], None] = {}
        self._timer = QTimer(self, interval=PAUSE, singleShot=True)
        self._timer.timeout.connect(self._do)

    def soon(self, work: Callable[[], None]) -> None:
        """Do this after the next paint, once, in the order in which it was asked for."""
        self._waiting[work] = None
        if not self._timer.isActive():  # keys that repeat do not put it off
            self._timer.start()

    def _do(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for work in waiting:
            work()
