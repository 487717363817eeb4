"""Starting the program with a window; the way in for tests and tools too."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from annotator import __version__
from annotator.errors import AnnotatorError
from annotator.settings import Settings

from . import stylesheet
from .acts.projects import Projects
from .dialogs.crash import install_excepthook
from .icons import app_icon
from .main_window import MainWindow
from .reading import read_the_rest
from .theme import appearance

FRAME = 40  # pixels that the desktop's title bar takes at most
_shown: list[MainWindow] = []  # a window lives as long as it is shown, whoever asked for it


def prepare(app: QApplication, settings: Settings) -> None:
    """Name, icon, colours and fonts of the program; the style sheet comes once the window has been made."""
    app.setApplicationName("Annotator")
    app.setApplicationDisplayName("Annotator")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(app_icon())
    mode = settings.get("appearance")
    appearance().set_mode(mode if mode in ("light", "dark") else "system")
    stylesheet.prepare(app, appearance().theme)


def open_window(path: str | Path | None = None) -> MainWindow:
    """Show a window in the running QApplication, with a project if a path is given; no dialog stands in the way.

    Shows the last document of the project, else the first. All parts are made when it returns, those too that a person
    does not see yet (`start`). Raises AnnotatorError if the project cannot be opened.
    """
    window = _make_window(path)
    window.show()
    window.desk.behind.make()
    return window


def fit(window: MainWindow, room: QRect) -> None:
    """Keep all of a window on the screen before it is shown: where it would not fit with its frame, it fills it.

    `room` is what the desktop leaves free. Else the foot line of a window as high as the screen would lie below it.
    """
    least = QSize(min(window.width(), room.width() - 2), min(window.height(), room.height() - FRAME))
    if least != window.size():
        window.resize(least)
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def _make_window(path: str | Path | None) -> MainWindow:
    app = QApplication.instance()
    assert isinstance(app, QApplication), "a window needs a running QApplication"
    settings = Settings()
    prepare(app, settings)
    window = MainWindow(settings)
    stylesheet.follow(app)
    _shown.append(window)
    window.destroyed.connect(lambda: _shown.clear())
    if path is not None:
        try:
            window.desk.workspace.open(path)
        except AnnotatorError:
            _shown.remove(window)
            window.deleteLater()
            raise
    return window


def keep_start() -> None:
    """Look through what the start has made no more for garbage: it stays to the end of the program.

    Python would do so again and again, for a third of the time in which a document with 10,000 annotations opens.
    During the start itself it does not look at all (`ui.command`).
    """
    gc.freeze()
    gc.enable()


def start(path: Path | None = None, document: int | None = None) -> MainWindow:
    """Show what there is to see first; the rest of the window is made in the pauses that follow.

    `document` counts from 1, in the order of the list.
    """
    window = _make_window(None)
    fit(window, window.screen().availableGeometry())
    window.show()
    install_excepthook(window, window.desk.workspace)
    keep_start()
    QTimer.singleShot(0, lambda: _go_on(window))  # once the first picture is painted, however long that takes
    if path is not None:
        projects = window.act(Projects)
        assert isinstance(projects, Projects)
        if projects.open(str(path)) and document is not None:
            keys = window.desk.documents.model
            if 0 < document <= keys.rowCount():
                window.desk.workspace.show_document(keys.key(document - 1))
    return window


def _go_on(window: MainWindow) -> None:
    window.desk.behind.make_before_anything_is_done(window)
    read_the_rest(window.desk.behind.make)


def run(path: Path | None = None, document: int | None = None) -> int:
    """The whole program: returns the exit code. `document` counts from 1, in the order of the list."""
    app = QApplication(sys.argv[:1])
    window = start(path, document)
    code = app.exec()
    del window
    return code
