"""A step of the history as it stands in the file, and the changes it made."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.storage import properties
from annotator.storage.schema import SHARED_TABLES

if TYPE_CHECKING:
    from annotator.storage.project import Project

COLUMNS = "key, coder, at, kind, label, document, documents, session, state, taken_by, batch"
MADE = "(columns IS NULL OR columns = '[1]')"  # of `change`: the step made the row
_JOINED = 'LEFT JOIN "{table}" AS t ON t.key = c.row'
Values = dict[str, Any]


def as_cell(before: Values | None, after: Values | None) -> str | None:
    """A change as the file has it: {column: [before, after]}, NULL for a made row, [1] if it was deleted again."""
    if before is None or after is None:
        return "[1]" if after and after.get("deleted") else None
    both = {name: [before[name], after[name]] for name in before}
    return json.dumps(both, ensure_ascii=False, separators=(",", ":"))


def from_cell(cell: str | None) -> tuple[Values | None, Values | None]:
    """The columns before and after; before is None where the step made the row."""
    if cell is None or cell == "[1]":
        return None, {"deleted": 1} if cell else None
    both = json.loads(cell)
    return {name: pair[0] for name, pair in both.items()}, {name: pair[1] for name, pair in both.items()}


@dataclass(frozen=True)
class PastStep:
    """A step of the history. `at` is in milliseconds since 1970; `document` is set when it touched just one."""

    key: int
    coder: int | None
    at: int
    kind: str
    label: str
    document: int | None
    documents: int
    session: str
    state: str
    taken_by: int | None
    batch: int | None


def changes(project: "Project", step: PastStep) -> Iterator[tuple[str, int, Values | None, Values | None, str | None]]:
    """(table, row, before, after, stamp) of each row that a step changed, or made (before is None).

    The stamp is the one that the row has now, None when it is not there; properties of the file have none.
    """
    for table in tables(project, step):
        stamp, joined = ("NULL", "") if table == properties.TABLE else ("t.stamp", _JOINED.format(table=table))
        found = project.rows(
            f'SELECT c.row, c.columns, {stamp} FROM change AS c {joined} WHERE c.step = ? AND c."table" = ?',
            (step.key, table),
        )
        for row, cell, stamp in found:
            before, after = from_cell(cell)
            if table == properties.TABLE and not properties.is_change(row, before, after):
                raise _damaged(project, step)
            yield table, row, before, after, stamp


def tables(project: "Project", step: PastStep) -> list[str]:
    """The tables that a step changed. Their names go into SQL, and a file may come from anywhere."""
    found = [table for (table,) in project.rows('SELECT DISTINCT "table" FROM change WHERE step = ?', (step.key,))]
    if not set(found) <= {*SHARED_TABLES, properties.TABLE}:
        raise _damaged(project, step)
    return found


def _damaged(project: "Project", step: PastStep) -> AnnotatorError:
    return AnnotatorError(f"The history of {project.path} is damaged: “{step.label}” cannot be read.")
