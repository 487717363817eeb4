"""The log of timings: which command when, which key or mouse press, what was saved; no word of any text.

A line of JSON for each event, in the person's settings folder; `python -m benchmarks.timing FILE` sums it up. What each
line says stands in docs/guide/timing.md.
"""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.model.changes import Changes
from annotator.paths import user_config_folder

from .desk import Desk
from .keys.focus import can_type

FILE = "timing.jsonl"
LARGEST = 10_000_000  # bytes; then the file before it is dropped, and it becomes that one
FLUSH = 1_000  # milliseconds after which what was noted is on disk
_PRESSES = {QEvent.Type.MouseButtonPress: "press", QEvent.Type.MouseButtonDblClick: "press"}
_POINTER = _PRESSES | {QEvent.Type.MouseButtonRelease: "release"}
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
_STILL = 4  # pixels that a hand does not notice


def timing_file() -> Path:
    """Where the log stands when it is on."""
    return user_config_folder() / FILE


def delete_timings() -> bool:
    """Take the log away, with the one before it; returns whether there was one. Raises OSError."""
    gone = [path for path in (timing_file(), _earlier()) if path.exists()]
    for path in gone:
        path.unlink()
    return bool(gone)


def _earlier() -> Path:
    return timing_file().with_suffix(".1.jsonl")


class TimingLog(QObject):
    """Notes while it lives. Every event passes it, so it is made only when somebody has switched it on."""

    broke = Signal(str)  # it cannot be written any more

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._file: IO[str] | None = _opened()
        self._seen: tuple[object, ...] = ()
        self._point = QPoint(-1, -1)
        self._selected = False
        self._flush = QTimer(self, interval=FLUSH, singleShot=True)
        self._flush.timeout.connect(self._to_disk)
        self._note("begin", version=__version__)
        self._show_article()
        desk.dispatcher.triggered.connect(self._act)
        desk.article.selectionChanged.connect(self._selection)
        desk.workspace.changed.connect(self._saved)
        desk.document.reset.connect(self._show_article)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def end(self) -> None:
        """Note nothing more."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._note("end")
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                file.close()

    # ---- what is noted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            focus = QApplication.activePopupWidget() or QApplication.focusWidget()
            # What climbs up to the widgets around it is no other key, and Shift, Ctrl and Alt count with theirs.
            if watched is focus and not event.isAutoRepeat() and event.key() not in _HELD:
                self._note("key", **({"typing": True} if focus is not None and can_type(focus) else {}))
        elif kind in _POINTER and isinstance(event, QMouseEvent) and watched.isWidgetType():
            self._pointer(_POINTER[kind], event)
        return False

    def _pointer(self, what: str, event: QMouseEvent) -> None:
        point = event.globalPosition().toPoint()
        if self._seen == (what, event.timestamp(), point.toTuple()):
            return
        self._seen = (what, event.timestamp(), point.toTuple())
        moved = (point - self._point).manhattanLength() > _STILL
        self._point = point
        self._note(what, **({"moved": True} if moved else {}))

    def _act(self, action: str, payload: object) -> None:
        self._note("act", id=action, **({"tag": payload} if action == "tag" else {}))

    def _selection(self) -> None:
        selected = self._desk.article.textCursor().hasSelection()
        if selected != self._selected:
            self._selected = selected
            self._note("selected" if selected else "unselected")

    def _saved(self, changes: Changes) -> None:
        if changes.annotations:
            self._note("saved", spans=len(self._desk.document))

    def _show_article(self) -> None:
        self._note("article", spans=len(self._desk.document))

    # ---- writing

    def _note(self, what: str, **told: object) -> None:
        if self._file is None:
            return
        line = {"at": datetime.now().isoformat(timespec="milliseconds"), "what": what, **told}
        try:
            self._file.write(json.dumps(line) + "\n")
        except OSError as error:
            self._give_up(error)
        else:
            if not self._flush.isActive():
                self._flush.start()

    def _to_disk(self) -> None:
        try:
            if self._file is not None:
                self._file.flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                file.close()
        self.broke.emit(error.strerror or "the disk refuses it")


def _opened() -> IO[str]:
    """The file to write on; a large one becomes the earlier one first. Raises OSError."""
    path = timing_file()
    if path.exists() and path.stat().st_size > LARGEST:
        path.replace(_earlier())
    return path.open("a", encoding="utf-8")
