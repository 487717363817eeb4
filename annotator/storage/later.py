"""Changes that a bulk work makes to rows that were there before it: read and written down at leisure, done at once.

They must become true in one transaction, which a person's act waits for; so all that can be prepared is prepared.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.storage import rows, texts
from annotator.storage.past import as_cell

if TYPE_CHECKING:
    from annotator.storage.project import Project

_PAGE = 500
_STEPS_STAMP = "@" * 24  # stands for the stamp of the step, which is known last
Row = tuple[str, int]


@dataclass(frozen=True)
class _Ready:
    """One row's new columns (with its stamp), the change as it goes into the history, and the stamp it has now."""

    values: dict[str, Any]
    cell: str
    stamp: str


@dataclass
class Later:
    """The planned changes, by row."""

    project: "Project"
    planned: dict[Row, dict[str, Any]] = field(default_factory=dict)
    _ready: dict[Row, _Ready] = field(default_factory=dict)
    _version: int = -1

    def add(self, table: str, row: int, values: rows.Values) -> None:
        """Plan to set columns; `values` may bring its own stamp. What was planned for the row before stays planned."""
        self.planned[table, row] = {**self.planned.get((table, row), {}), **values}

    def forget_stamp(self, table: str, row: int) -> None:
        """Let a planned row have the stamp of the step, which is later than what was planned."""
        self.planned.get((table, row), {}).pop("stamp", None)

    def prepare(self) -> None:
        """Look at the rows as they are; nothing is locked."""
        self._version = self.project.version()
        for row in self.planned:
            self._look(row)

    def _look(self, row: Row) -> None:
        self._ready.pop(row, None)
        planned = {"stamp": _STEPS_STAMP, **self.planned[row]}
        old = rows.columns_of(self.project.connection, *row, tuple(planned))
        if "stamp" in self.planned[row] and old["stamp"] >= planned["stamp"]:
            return  # somebody wrote the row, and later
        new = {name: value for name, value in planned.items() if old[name] != value}
        if set(new) != {"stamp"} or planned["stamp"] != _STEPS_STAMP:
            cell = as_cell({name: old[name] for name in new}, new)
            assert cell is not None
            self._ready[row] = _Ready(new, cell, old["stamp"])

    def write(self, stamp: str) -> list[tuple[str, int, str]]:
        """Inside the last transaction: set the columns; returns (table, row, change) for the history."""
        if self.project.version() != self._version:
            for row in list(self._touched()):
                self._look(row)
        groups: defaultdict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
        for (table, key), ready in self._ready.items():
            values = (stamp if value == _STEPS_STAMP else value for value in ready.values.values())
            groups[table, tuple(ready.values)].append((*values, key))
        for (table, columns), listed in groups.items():
            rows.update_many(self.project.connection, table, columns, listed)
            for *_, key in listed if table == "document" and "sha256" in columns else ():
                texts.follow(self.project.connection, key)
        return [(table, key, ready.cell.replace(_STEPS_STAMP, stamp)) for (table, key), ready in self._ready.items()]

    def _touched(self) -> Iterator[Row]:
        """The planned rows that others have written since they were looked at."""
        by_table: defaultdict[str, list[int]] = defaultdict(list)
        for table, key in self.planned:
            by_table[table].append(key)
        for table, keys in by_table.items():
            for key, stamp in _stamps(self.project, table, keys):
                ready = self._ready.get((table, key))
                if ready is None or ready.stamp != stamp:
                    yield table, key


def _stamps(project: "Project", table: str, keys: list[int]) -> Iterable[tuple[int, str]]:
    for first in range(0, len(keys), _PAGE):
        part = keys[first : first + _PAGE]
        marks = ",".join("?" * len(part))
        yield from project.rows(f'SELECT key, stamp FROM "{table}" WHERE key IN ({marks})', tuple(part))
