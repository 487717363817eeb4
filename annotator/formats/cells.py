"""Cells of tables that spreadsheets open: no text is taken for a formula, and several values stand in one cell.

Both ways are turned back without loss.
"""

import re
from collections.abc import Iterable

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
RISKY = frozenset("'=+-@\t\r\n")
"""What a text begins with that may have to be guarded; all others need not be looked at."""

_PART = re.compile(r"((?:[^;\\]|\\.)*)(?:;|$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def guarded(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made this cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def joined(parts: Iterable[str]) -> str:
    """Several values in one cell, with semicolons between."""
    return "; ".join(re.sub(r"([;\\])", r"\\\1", part) for part in parts)


def parted(cell: str) -> tuple[str, ...]:
    """The values of such a cell."""
    parts = (_ESCAPED.sub(r"\1", match[1]).strip() for match in _PART.finditer(cell))
    return tuple(part for part in parts if part)
