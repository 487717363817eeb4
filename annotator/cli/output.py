"""What commands print: plain text that cannot upset a terminal, JSON for machines, and how far a long work is."""

import json
import sys
import time
import unicodedata
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import click

_SHOWN = 20  # remarks of one kind that are printed; --json has all
_UNSAFE = {"Cc", "Cf", "Zl", "Zp", "Cs"}  # controls, direction marks, line separators, halves of characters
_HARMLESS = {"\u200d", "\u00ad"}  # joins emoji and letters; a soft hyphen


def safe(text: str) -> str:
    """The text on one line, with everything that could steer a terminal or turn its direction written as an escape."""
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in _UNSAFE and c not in _HARMLESS else c for c in text)


def say(text: str = "") -> None:
    """One line of the answer."""
    click.echo(safe(text))


def remark(text: str) -> None:
    """One line beside the answer, on the error stream."""
    click.echo(safe(text), err=True)


def say_json(value: Any) -> None:
    """The answer for machines. ASCII only, so that it survives every terminal and pipe."""
    click.echo(json.dumps(value, indent=1))


def say_list(title: str, items: Sequence[object], *, shown: int = _SHOWN) -> None:
    """A title with its items below it, not too many of them; nothing if there are none."""
    if not items:
        return
    say(title)
    for item in items[:shown]:
        say(f"  {item}")
    if len(items) > shown:
        say(f"  … and {len(items) - shown:,} more (--json lists all)")


def say_table(rows: Sequence[Sequence[object]]) -> None:
    """Columns side by side: words to the left, numbers to the right."""
    cells = [[f"{cell:,}" if isinstance(cell, int) else safe(str(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row, shown in zip(rows, cells, strict=True):
        padded = [
            text.rjust(width) if isinstance(cell, int) else text.ljust(width)
            for cell, text, width in zip(row, shown, widths, strict=True)
        ]
        click.echo(("  " + "  ".join(padded)).rstrip())


class Meter:
    """Says on the error stream how far a long work is, where somebody can see it: a terminal, and no --json."""

    def __init__(self, doing: str, *, quiet: bool) -> None:
        self.doing = doing
        self.visible = not quiet and sys.stderr.isatty()
        self._said = 0.0
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, total: int) -> None:
        """Told by the work; writes ten times a second at most."""
        now = time.monotonic()
        if self.visible and now - self._said > 0.1:
            self._said = now
            self._write(f"{self.doing} {done:,} of {total:,}" if total else f"{self.doing} {done:,}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._width:
            self._write("")
            click.echo("\r", err=True, nl=False)

    def _write(self, text: str) -> None:
        click.echo("\r" + text.ljust(self._width), err=True, nl=False)
        self._width = len(text)
