"""Everything that needs no window, as commands of one program."""

from annotator.cli.group import cli

__all__ = ["cli"]
