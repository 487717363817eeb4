"""A sheet that asks for files, looks at them beside the window, and shows what it found before anything is done."""

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ..widgets.buttons import Button
from ..widgets.icon_label import IconLabel
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import label
from ..widgets.progress import Progress as Bar
from ..widgets.sheet import Sheet


class FilesSheet(Sheet):
    """Three pages: choose, wait, look. Files dropped on any of them are looked at."""

    def __init__(self, parent: QWidget, title: str, width: int) -> None:
        self._pages = QStackedWidget()
        super().__init__(parent, title, self._pages, width, leave="cancel")
        self._choice, self._wait, self._result = QWidget(), QWidget(), QWidget()
        self._holder = QVBoxLayout()  # where what was found is shown
        self._build_looking()
        self.setAcceptDrops(True)

    @abstractmethod
    def look_at(self, paths: Sequence[Path]) -> None:
        """Look at these files; the window goes on meanwhile."""

    # ---- pages

    def _build_choice(self, icon: str, head: str, hint: str, first: Button, *others: Button) -> None:
        """What can be chosen, and the buttons for it; Enter presses the first."""
        column = QVBoxLayout(self._choice)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(IconLabel(icon, "ink3", 28), 0, middle)
        column.addWidget(label(head, "strong"), 0, middle)
        column.addWidget(label(hint, "meta"), 0, middle)
        column.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for part in (first, KeyCaps("Enter"), *others):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._pages.insertWidget(0, self._choice)
        self._pages.setCurrentIndex(0)

    def _build_looking(self) -> None:
        self._words = label("", "strong")
        self._bar = Bar(self.tr("Looking at files"))
        column = QVBoxLayout(self._wait)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._bar)
        column.addStretch(1)
        self._pages.addWidget(self._wait)

    def _build_result(self, main: Button, again: Button, *more: QWidget) -> None:
        """What was found, above the main button, the one that chooses others, and whatever else is chosen for all."""
        foot = self.foot(main)
        for place, part in enumerate((again, *more)):
            foot.insertWidget(place, part)
        column = QVBoxLayout(self._result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._holder, 1)
        column.addLayout(foot)
        self._pages.addWidget(self._result)

    def _turn_to(self, page: QWidget, first: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._pages.setFocusProxy(first)
        if self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths:  # the program that the files come from waits for the drop to end
            QTimer.singleShot(0, self, lambda: self.look_at(paths))
