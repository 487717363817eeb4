"""Rows of two tables of a SQLite file side by side, in constant memory."""

from collections.abc import Iterator
from typing import Any


class RowsOf:
    """Rows that come in ascending order of what they begin with, taken owner by owner."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._next = next(rows, None)
        self._passed = 0

    def take(self, owner: int) -> list[tuple[Any, ...]]:
        """The rows of an owner, without its number; owners are asked for in ascending order."""
        found = []
        while self._next is not None and self._next[0] <= owner:
            if self._next[0] == owner:
                found.append(self._next[1:])
            else:
                self._passed += 1
            self._next = next(self._rows, None)
        return found

    def passed_by(self) -> int:
        """How many rows belong to owners that nobody asked for; no row is left then."""
        left = 0 if self._next is None else 1 + sum(1 for _ in self._rows)
        return self._passed + left
