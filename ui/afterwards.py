"""What may follow once the article has been painted: lists and counts around it, each once, however much changed."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

PAUSE = 10  # milliseconds in which the article is painted and keys are heard; what follows is still felt as one
LATEST = 100  # milliseconds after which nothing is put off any further, however quickly act follows on act


class Afterwards(QObject):
    """Lets a tag appear in the text before the window's other parts look again at what it changed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[Callable[[], None], None] = {}
        self._since = QElapsedTimer()
        self._act_is_over = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def soon(self, work: Callable[[], None]) -> None:
        """Do this after the next paint, once, in the order in which it was asked for."""
        if not self._waiting:
            self._since.start()
        self._waiting[work] = None
        if self._since.elapsed() < LATEST:
            self._act_is_over = False
            self._timer.start(0)

    def _go_on(self) -> None:
        if not self._act_is_over:  # the pause begins when what asked for it has returned, however long it took
            self._act_is_over = True
            self._timer.start(PAUSE)
            return
        waiting, self._waiting = self._waiting, {}
        for work in waiting:
            work()
