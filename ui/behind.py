"""What stands behind the article at first: Review, history, actors, and the acts that need a key or a button.

It is made in a pause after the start, or when it is first asked for. docs/decisions tells why.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from .keys.dispatcher import KeyDispatcher
from .workspace import Workspace

if TYPE_CHECKING:
    from .panels.actors import ActorsPanel
    from .panels.history import HistoryPanel
    from .review.parts import ReviewParts

_OF_A_PERSON = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
    }
)


class Behind(QObject):
    """Makes all of it at once; `made` is emitted when it is there. What a person does first makes it as well."""

    made = Signal()

    def __init__(self, workspace: Workspace, dispatcher: KeyDispatcher, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._dispatcher = workspace, dispatcher
        self._review: ReviewParts | None = None
        self._history: HistoryPanel | None = None
        self._actors: ActorsPanel | None = None

    @property
    def is_made(self) -> bool:
        """Whether it is there."""
        return self._actors is not None

    @property
    def review(self) -> "ReviewParts":
        """The parts of Review."""
        self.make()
        assert self._review is not None
        return self._review

    @property
    def history(self) -> "HistoryPanel":
        """The panel of steps."""
        self.make()
        assert self._history is not None
        return self._history

    @property
    def actors(self) -> "ActorsPanel":
        """The panel of actors."""
        self.make()
        assert self._actors is not None
        return self._actors

    def make(self) -> None:
        """Make it, unless it is there."""
        if self.is_made:
            return
        from .panels.actors import ActorsPanel
        from .panels.history import HistoryPanel
        from .review.parts import ReviewParts

        self._review = ReviewParts.of(self._workspace, self._dispatcher)
        self._history = HistoryPanel(self._workspace)
        self._actors = ActorsPanel(self._workspace)
        for panel in (self._history, self._actors):
            panel.hide()
        self.made.emit()

    def make_before_anything_is_done(self, window: QWidget) -> None:
        """Make it before the first press of a key or button reaches the window, should nothing else ask for it."""
        handle = window.windowHandle()  # a filter of the application would see every event of every widget
        if handle is not None and not self.is_made:
            handle.installEventFilter(self)
            self.made.connect(lambda: handle.removeEventFilter(self))

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() in _OF_A_PERSON:
            self.make()
        return False
