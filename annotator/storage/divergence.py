"""Whether two copies of a row were changed apart from each other, or one is only further than the other.

Stamps say which of two is later. Whether the later one knew the other stands in the histories: taken back change by
change, a row that went on from the other becomes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotator.storage import rows
from annotator.storage.past import from_cell
from annotator.storage.project import Project
from annotator.storage.schema import REFERENCES

_UNCOMPARED = ("key", "id", "stamp", "batch", "start", "end")


@dataclass(frozen=True)
class Clash:
    """A row that was changed in both files: what each holds, and whether theirs won (it is later)."""

    table: str
    row: int  # our key
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]
    won: bool


def find_clash(
    project: Project, other: Project, table: str, row: int, theirs: Mapping[str, Any], *, won: bool
) -> Clash | None:
    """The clash of a row of `other` (with its own keys) with ours; None where they say the same, or one knew the other.

    Columns that refer to other rows are not compared: their keys mean nothing in the other file.
    """
    names = tuple(name for name in theirs if name not in _UNCOMPARED and (table, name) not in REFERENCES)
    mine = rows.columns_of(project.connection, table, row, names)
    yours = {name: theirs[name] for name in names}
    if mine == yours or _was(project, table, row, mine, yours) or _was(other, table, theirs["key"], yours, mine):
        return None
    return Clash(table, row, mine, yours, won)


def _was(project: Project, table: str, row: int, now: dict[str, Any], sought: dict[str, Any]) -> bool:
    """Whether a row that holds `now` once held `sought`, as far as the history of its file tells."""
    found = project.rows(
        """SELECT c.columns, s.state FROM change AS c JOIN step AS s ON s.key = c.step
           WHERE c."table" = ? AND c.row = ? ORDER BY s.key DESC""",
        (table, row),
    )
    for cell, state in found:
        before, after = from_cell(cell)
        taken_back = state == "undone"
        if before is None or after is None:  # the step made the row
            if taken_back and {**now, "deleted": 0} == sought:
                return True
            continue
        known_after = {name: value for name, value in after.items() if name in now}
        if taken_back:
            if {**now, **known_after} == sought:
                return True
            continue
        now = {**now, **{name: value for name, value in before.items() if name in now}}
        if now == sought:
            return True
    return False
