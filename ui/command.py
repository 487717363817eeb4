"""The program as it is installed: every command, and the two that need Qt, which nothing else here imports."""

import gc
import os
import sys
from pathlib import Path

import click

from annotator.cli import cli
from annotator.cli.output import say
from annotator.errors import AnnotatorError
from annotator.paths import user_data_folder

PATH = click.Path(path_type=Path)


@cli.command("open")
@click.argument("project", type=PATH, required=False)
@click.option("--document", type=click.IntRange(min=1), metavar="N", help="Show the N-th document of the list.")
def open_command(project: Path | None, document: int | None) -> None:
    """Open the window, with PROJECT if one is named."""
    if project is not None and not project.exists():
        raise AnnotatorError(f"There is no file {project}.")
    if not _has_display():
        raise AnnotatorError(
            "There is no display here to open the window on; “annotator demo” shows the program at work without one."
        )
    gc.disable()  # until the window is shown: nothing that is made before is garbage, and looking takes its time
    _end_clearly_without_platform()
    try:
        from .reading import plainly

        with plainly():
            from .app import run
    except ImportError as error:
        raise _without_qt(error) from error
    click.get_current_context().exit(run(project, document))


@cli.command()
@click.option("--folder", type=PATH, metavar="DIR", help="Where the project, the export and the picture go.")
def demo(folder: Path | None) -> None:
    """Drive the window through the main job, without a display: import, tag, close, reopen, export."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _end_clearly_without_platform()
    try:
        from .demo import run_demo
    except ImportError as error:
        raise _without_qt(error) from error
    run_demo(folder or user_data_folder() / "demo", say)


def main() -> None:
    """The console script; without arguments it opens the window."""
    cli(args=sys.argv[1:] or ["open"], prog_name="annotator")


def _has_display() -> bool:
    if not sys.platform.startswith(("linux", "freebsd", "openbsd")):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _without_qt(error: ImportError) -> AnnotatorError:
    """Only faults of the system's libraries; a missing module of our own is a bug and stays one."""
    missing = str(error).partition(":")[0]
    if error.name and error.name.split(".")[0] not in ("PySide6", "shiboken6", "qtawesome"):
        raise error
    return AnnotatorError(
        f"The window cannot be opened, because Qt is not complete here: {missing}. On Debian and Ubuntu, "
        "install the packages libegl1, libgl1, libxkbcommon0, libfontconfig1, libdbus-1-3 and libxcb-cursor0."
    )


def _end_clearly_without_platform() -> None:
    """Qt ends the whole process where it cannot reach the display: then at least with one sentence."""
    try:
        from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
    except ImportError as error:
        raise _without_qt(error) from error

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
