"""Started as a process of its own: shows a window, says when it can be used, and ends.

`python -m benchmarks.start empty` shows an empty PySide6 window; `python -m benchmarks.start ours [PROJECT]` starts the
product. The line printed is JSON.
"""

import gc
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class _Painted(QObject):
    """Calls once a widget has been painted and shown."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, _finish)  # after this round of the event loop everything in sight is painted
        return super().eventFilter(watched, event)


_told: dict[str, float] = {}


def _finish() -> None:
    from .measure import peak_memory

    print(json.dumps({**_told, "memory": peak_memory()}), flush=True)
    QApplication.quit()


def main() -> int:
    """Show the window that was asked for."""
    kind, *project = sys.argv[1:]
    app = QApplication(["start"])
    if kind == "empty":
        window: QMainWindow = QMainWindow()
        window.resize(1366, 768)
        inside = QWidget()
        window.setCentralWidget(inside)
        watched = _Painted(inside)
        window.show()
    else:
        import ui.command  # noqa: F401 - what the console script imports first

        gc.disable()  # as it does
        from ui.reading import plainly

        with plainly():
            from ui.app import start

        began = time.perf_counter()
        ours = start(Path(project[0]) if project else None)
        _told["open"] = (time.perf_counter() - began) * 1000
        if project:
            model = ours.desk.documents.model
            _told["documents"] = model.rowCount()
            _told["annotations"] = len(ours.desk.document)
        watched = _Painted(ours.desk.article.viewport() if project else ours.start)
        window = ours
    code = app.exec()
    del watched, window
    return code


if __name__ == "__main__":
    sys.exit(main())
