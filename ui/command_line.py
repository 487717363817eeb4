"""Every command of the program: those of the core, and the two that need Qt, which nothing else here imports."""

import os
from pathlib import Path

import click

from annotator.cli import cli
from annotator.cli.output import say
from annotator.errors import AnnotatorError
from annotator.paths import user_data_folder

from .command import end_clearly_without_platform, has_display, run_window, without_qt

__all__ = ["cli"]

PATH = click.Path(path_type=Path)


@cli.command("open")
@click.argument("project", type=PATH, required=False)
@click.option("--document", type=click.IntRange(min=1), metavar="N", help="Show the N-th document of the list.")
def open_command(project: Path | None, document: int | None) -> None:
    """Open the window, with PROJECT if one is named."""
    if project is not None and not project.exists():
        raise AnnotatorError(f"There is no file {project}.")
    if not has_display():
        raise AnnotatorError(
            "There is no display here to open the window on; “annotator demo” shows the program at work without one."
        )
    click.get_current_context().exit(run_window(project, document))


@cli.command()
@click.option("--folder", type=PATH, metavar="DIR", help="Where the project, the export and the picture go.")
def demo(folder: Path | None) -> None:
    """Drive the window through the main job, without a display: import, tag, close, reopen, export."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    end_clearly_without_platform()
    try:
        from .demo import run_demo
    except ImportError as error:
        raise without_qt(error) from error
    run_demo(folder or user_data_folder() / "demo", say)
