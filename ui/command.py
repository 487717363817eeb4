"""The program as it is installed. A window alone is opened at once; the command line has all else, and every fault.

What reads a command line takes longer to import than a window takes to be made.
"""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

from annotator.errors import AnnotatorError


def main() -> None:
    """The console script; without arguments it opens the window."""
    words = sys.argv[1:] or ["open"]
    if _is_window_alone(words):
        sys.exit(_guarded(lambda: run_window(Path(words[1]) if words[1:] else None)))
    from .command_line import cli

    cli(args=words, prog_name="annotator")


def _guarded(run: Callable[[], int]) -> int:
    """The exit code; what goes wrong is told as of every other command."""
    try:
        return run()
    except (AnnotatorError, OSError, KeyboardInterrupt) as error:
        fault = error
    from annotator.cli.group import guarded

    def tell() -> int:
        raise fault

    return guarded(tell)


def run_window(project: Path | None = None, document: int | None = None) -> int:
    """Run the window until it is closed; returns the exit code. Raises AnnotatorError where Qt is not complete."""
    gc.disable()  # until the window is shown: nothing that is made before is garbage, and looking takes its time
    end_clearly_without_platform()
    try:
        from .reading import plainly

        with plainly():
            from .app import run
    except ImportError as error:
        raise without_qt(error) from error
    return run(project, document)


def _is_window_alone(words: list[str]) -> bool:
    if words[0] != "open" or len(words) > 2 or not has_display():
        return False
    return not words[1:] or (not words[1].startswith("-") and Path(words[1]).exists())


def has_display() -> bool:
    """Whether there is something to open a window on."""
    if not sys.platform.startswith(("linux", "freebsd", "openbsd")):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def without_qt(error: ImportError) -> AnnotatorError:
    """Only faults of the system's libraries; a missing module of our own is a bug and stays one."""
    missing = str(error).partition(":")[0]
    if error.name and error.name.split(".")[0] not in ("PySide6", "shiboken6", "qtawesome"):
        raise error
    return AnnotatorError(
        f"The window cannot be opened, because Qt is not complete here: {missing}. On Debian and Ubuntu, "
        "install the packages libegl1, libgl1, libxkbcommon0, libfontconfig1, libdbus-1-3 and libxcb-cursor0."
    )


def end_clearly_without_platform() -> None:
    """Qt ends the whole process where it cannot reach the display: then at least with one sentence."""
    try:
        from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
    except ImportError as error:
        raise without_qt(error) from error

    heard: list[str] = []

    def handle(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        line = " ".join(message.split())
        if kind == QtMsgType.QtFatalMsg:
            reason = heard[0] if heard else line
            os.write(2, f"The window cannot be opened, because Qt does not reach a display: {reason}\n".encode())
            os._exit(2)
        if "display" in line or "platform plugin" in line or "XDG_RUNTIME_DIR" in line:
            heard.append(line)  # the reason, should the end come; else of no interest
        elif kind != QtMsgType.QtDebugMsg:
            os.write(2, f"{line}\n".encode())

    qInstallMessageHandler(handle)
