"""Which view is shown: what stands in the side bar, in the middle and beside it belongs together."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ..panels.documents import DocumentsPanel


@dataclass(frozen=True)
class View:
    """The parts of one view; `focus` puts the keyboard where one works in it."""

    id: str
    word: str
    side: QWidget
    middle: QWidget
    beside: QWidget
    focus: Callable[[], object]


class ViewSwitch(QObject):
    """The views of a window. The first one stands there at the beginning."""

    changed = Signal(str)

    def __init__(self, side: DocumentsPanel, middle: QStackedWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._side, self._middle = side, middle
        self._views: dict[str, View] = {}
        self._words: dict[str, str] = {}  # of all views, those too that are made later
        self._makers: dict[str, Callable[[], object]] = {}
        self._current = ""
        side.view_chosen.connect(self.show)

    @property
    def current(self) -> View:
        """The view that is shown."""
        return self._views[self._current]

    def add(self, view: View) -> None:
        """Offer a view."""
        self._views[view.id] = view
        self._side.add_body(view.side)
        self._middle.addWidget(view.middle)
        self._current = self._current or view.id
        if view.id not in self._words:
            self._words[view.id] = view.word
            self.offer(set(self._words))

    def promise(self, name: str, word: str, make: Callable[[], object]) -> None:
        """Offer a view that is not made yet: `make` adds it, at the latest when somebody turns to it."""
        self._makers[name], self._words[name] = make, word
        self.offer(set(self._words))

    def offer(self, names: set[str]) -> None:
        """Offer some of the views alone."""
        self._side.show_views([each for each in self._words.items() if each[0] in names], self._current)

    def show(self, name: str) -> None:
        """Turn to a view, and put the keyboard where one works in it."""
        if name not in self._views:
            self._makers[name]()
        view = self._views[name]
        if name != self._current:
            self._current = name
            self._side.show_body(view.side)
            self._middle.setCurrentWidget(view.middle)
            self._side.mark_view(name)
            self.changed.emit(name)
        view.focus()
