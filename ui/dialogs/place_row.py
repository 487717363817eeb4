"""Where a file will lie, what speaks against that place, and a way to choose another."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.icon_label import IconLabel
from ..widgets.labels import ElidedLabel, breakable, label

_PAUSE = 200  # milliseconds after which a place is looked at

Warnings = Callable[[Path], Sequence[str]]


def nothing_against(_: Path) -> Sequence[str]:
    """For files about whose place nothing needs to be said."""
    return ()


class PlaceRow(QWidget):
    """Name, folder, "Change…"; under it a sentence for each thing that speaks against the place."""

    change_requested = Signal()

    def __init__(self, name: str, warnings: Warnings = nothing_against) -> None:
        super().__init__()
        self._warnings_for = warnings
        self._warned: tuple[str, ...] = ()
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)  # while a title is typed the place changes often
        self._pause.timeout.connect(self._warn)
        self.path: Path | None = None
        self._file = ElidedLabel("", "body", Qt.TextElideMode.ElideMiddle)
        self._folder = ElidedLabel("", "meta", Qt.TextElideMode.ElideMiddle)
        self._change = button(self.tr("Change…"), on_click=self.change_requested.emit)
        self._change.setAccessibleName(self.tr("{name}: change the place").format(name=name))
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._file)
        words.addWidget(self._folder)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(self._warnings)

    def show_path(self, path: Path | None) -> None:
        """Show a place, or that there is none yet."""
        self.path = path
        self._file.setText(path.name if path else self.tr("no file chosen"))
        self._folder.setText(short_folder(path.parent) if path else "")
        self._change.setAccessibleDescription(str(path or ""))
        self._pause.start()

    def _warn(self) -> None:
        found = tuple(self._warnings_for(self.path)) if self.path else ()
        if found == self._warned:
            return
        self._warned = found
        clear(self._warnings)
        for sentence in found:
            self._warnings.addWidget(warning(sentence))
        announce(self, " ".join(found))


def warning(sentence: str) -> QWidget:
    """A sentence to be heeded, with its sign."""
    return _signed(sentence, "warning", "warn")


def fault(sentence: str) -> QWidget:
    """A sentence about what is wrong, with its sign."""
    return _signed(sentence, "x-circle", "bad")


def _signed(sentence: str, sign: str, role: str) -> QWidget:
    holder = QWidget()
    holder.setAccessibleName(sentence)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel(sign, role), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(breakable(sentence), "warn" if role == "warn" else "bad", wrap=True), 1)
    return holder


def short_folder(folder: Path) -> str:
    """A folder as people know it: those in their own folder without the way there."""
    try:
        inside = folder.relative_to(Path.home())
    except (ValueError, RuntimeError):
        return str(folder)
    return " › ".join((QCoreApplication.translate("Place", "Home folder"), *inside.parts))
