"""The group of commands: how they end, whatever happens."""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from annotator import __version__
from annotator.cli.output import remark
from annotator.errors import AnnotatorError

FAILED = 2  # wrong use, or a known error


class Commands(click.Group):
    """Commands that end with 0, 1 or 2, and never with a traceback for something that can be said in a sentence.

    Those of the core are imported when one of them is asked for: the window opens a third of a second sooner.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, None if there is none."""
        if cmd_name not in self.commands:
            self._add_all()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        self._add_all()
        return super().list_commands(ctx)

    def _add_all(self) -> None:
        from annotator.cli import actors, agreement, codebook, exchange, exporting, finding, projects, replacing, review

        groups = (projects, exchange, exporting, codebook, actors, review, agreement, finding, replacing)
        for command in (command for group in groups for command in group.COMMANDS):
            self.commands.setdefault(command.name or "", command)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run one command; as a program it leaves with the exit code, as a function it raises what went wrong."""

        def run() -> Any:
            return super(Commands, self).main(args, prog_name or "annotator", complete_var, False, **extra)

        if not standalone_mode:
            return run()
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                # A terminal that knows only ASCII gets escapes; it must not stop the command half-way.
                stream.reconfigure(errors="backslashreplace")
        return sys.exit(guarded(run))


def guarded(run: Any) -> int:
    """Run a command; what goes wrong becomes a sentence and an exit code."""
    try:
        code = run()
        sys.stdout.flush()
    except SystemExit:
        return FAILED  # click's own way out when whoever read the answer has gone
    except click.ClickException as error:
        error.show()
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        remark("Stopped.")
        return FAILED
    except AnnotatorError as error:
        remark(str(error))
        return FAILED
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE:
            # Whoever read the answer has gone; nothing is left to say, not even at the last flush.
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return FAILED
        named = f"{error.filename}: " if error.filename else ""
        remark(f"{named}{(error.strerror or str(error))}.")
        return FAILED
    return code if isinstance(code, int) else 0


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="annotator")
def cli() -> None:
    """Tag actors, claims, threats, demands and figures in news articles.

    A project is one file, NAME.annotator. Commands end with 0 when all is done, 1 when a check found something or
    part of the work was refused, 2 for wrong use or an error.
    """
