"""A step of the history as it stands in the file, and the changes it made."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.storage.schema import SHARED_TABLES

if TYPE_CHECKING:
    from annotator.storage.project import Project

COLUMNS = "key, coder, at, kind, label, document, documents, session, state, taken_by, batch"
Values = dict[str, Any]


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


def changes(project: "Project", step: PastStep) -> Iterator[tuple[str, int, Values | None, Values | None]]:
    """(table, row, before, after) of each row that a step changed, or made (before is None)."""
    tables(project, step)
    found = project.rows('SELECT "table", row, before, after FROM change WHERE step = ?', (step.key,))
    for table, row, before, after in found:
        yield table, row, before and json.loads(before), after and json.loads(after)


def tables(project: "Project", step: PastStep) -> list[str]:
    """The tables that a step changed. Their names go into SQL, and a file may come from anywhere."""
    found = [table for (table,) in project.rows('SELECT DISTINCT "table" FROM change WHERE step = ?', (step.key,))]
    if not set(found) <= set(SHARED_TABLES):
        raise AnnotatorError(f"The history of {project.path} is damaged: “{step.label}” cannot be read.")
    return found
