"""Properties of the file itself that people change and take back; the history knows each by a number,like rows."""

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.storage.project import Project

TABLE = "meta"
COLUMN = "value"
SEARCHES = "searches"  # saved searches
Values = dict[str, Any]
_NUMBERS: Mapping[str, int] = {SEARCHES: 1}  # a number stays with its property for good


def number_of(name: str) -> int:
    """The number that stands for a property in the history. Raises KeyError for one that is not kept there."""
    return _NUMBERS[name]


def is_change(number: int, before: Values | None, after: Values | None) -> bool:
    """Whether the history may say this: that a property of this number had one value and got another."""
    return number in _NUMBERS.values() and all(
        side is not None and side.keys() == {COLUMN} and isinstance(side[COLUMN], str) for side in (before, after)
    )


def now(project: "Project", number: int) -> Values:
    """What a property of this number holds, as the history tells it."""
    return {COLUMN: project.meta(_name(number))}


def put(connection: sqlite3.Connection, number: int, values: Values) -> None:
    """Give a property another value, in an open transaction."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_name(number), values[COLUMN]))


def _name(number: int) -> str:
    return next(name for name, own in _NUMBERS.items() if own == number)
