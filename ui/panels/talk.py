"""What people wrote to each other about what is at hand, and a line to write in: beside the article and in Review."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.labels import Role, label

if TYPE_CHECKING:
    from annotator.review.threads import Thread

_NTH = "nth"  # dynamic property of a button: the number of its thread


class Talk(QWidget):
    """Shows threads; what is written it only tells. What somebody is writing stays while the threads change."""

    written = Signal(str)
    settled = Signal(object)  # Thread

    def __init__(self) -> None:
        super().__init__()
        self._threads: tuple[Thread, ...] = ()
        self._told = QVBoxLayout()
        self._told.setSpacing(2)
        self._line = QLineEdit()
        self._line.setPlaceholderText(self.tr("Write a message"))
        self._line.setAccessibleName(self.tr("Write a message about this"))
        self._line.returnPressed.connect(self._send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(self.tr("Messages"), "section"))
        column.addLayout(self._told)
        column.addWidget(self._line)

    @property
    def threads(self) -> "tuple[Thread, ...]":
        """What is shown."""
        return self._threads

    @property
    def line(self) -> QLineEdit:
        """Where one writes."""
        return self._line

    def show_threads(self, threads: "Sequence[Thread]", name_of: Callable[[int], str]) -> None:
        """Show these; `name_of` says what an author (key) is called."""
        self._threads = tuple(threads)
        clear(self._told)
        for nth, thread in enumerate(self._threads):
            self._tell(nth, thread, name_of)

    def begin(self) -> None:
        """Put the keyboard where one writes."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- inside

    def _tell(self, nth: int, thread: "Thread", name_of: Callable[[int], str]) -> None:
        for message in thread.messages:
            if message.text:
                self._text(f"{name_of(message.author)}: {message.text}", "second")
        if thread.settled:
            self._text(self.tr("settled"), "meta")
            return
        settle = button(self.tr("Settled"), "link")
        settle.clicked.connect(self._settle)
        settle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        settle.setProperty(_NTH, nth)
        self._told.addWidget(settle, 0, Qt.AlignmentFlag.AlignLeft)

    def _text(self, text: str, role: Role) -> None:
        made = label(text, role, wrap=True)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._told.addWidget(made)

    def _settle(self) -> None:
        self.settled.emit(self._threads[self.sender().property(_NTH)])

    def _send(self) -> None:
        text = self._line.text()
        if text.strip():
            self._line.clear()
            self.written.emit(text)
