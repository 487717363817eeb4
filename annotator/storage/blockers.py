"""Whether a step can be taken back or done again: what was changed since, and what stands on it.

Of the done steps that touched one row, each stands on those with a smaller key: the one with the greatest key goes
first, and a step comes back only on top and on what it once changed.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.storage import properties, rights, rows, works
from annotator.storage.past import MADE, PastStep, changes, tables
from annotator.storage.schema import REFERENCES, SHARED_TABLES

if TYPE_CHECKING:
    from annotator.storage.project import Project


def why_not_undo(project: "Project", step: PastStep, besides: Sequence[PastStep] = ()) -> str | None:
    """Why a step cannot be taken back, or cannot after the steps `besides` have been."""
    for table in tables(project, step):
        if table == properties.TABLE:
            continue
        gone = f'SELECT 1 FROM change WHERE step = ? AND "table" = ? AND row NOT IN (SELECT key FROM "{table}") LIMIT 1'
        if project.rows(gone, (step.key, table)):
            return f"“{step.label}” was not taken back: what it changed is gone."
    blocker = _later_change(project, step, besides) or _later_change_of_made(project, step, besides)
    if blocker is not None:
        return f"“{step.label}” was not taken back: “{blocker}” changed the same since."
    stands = _stands_on(project, step, besides)
    if stands is not None:
        return f"“{step.label}” was not taken back: {stands} stands on it."
    return rights.why_not_move(project, step)


def _later_change(project: "Project", step: PastStep, besides: Sequence[PastStep]) -> str | None:
    """The label of a done step that touched one of the rows this step changed, and stands above it."""
    found = project.rows(
        f"""SELECT other.label FROM change AS mine
            JOIN change AS theirs ON theirs."table" = mine."table" AND theirs.row = mine.row
            JOIN step AS other ON other.key = theirs.step
            WHERE mine.step = ? AND {_above(besides)}""",
        (step.key, step.key),
    )
    return str(found[0][0]) if found else None


def _later_change_of_made(project: "Project", step: PastStep, besides: Sequence[PastStep]) -> str | None:
    """The same for the rows that an import or merge brought: they are listed nowhere but carry its number."""
    for table in SHARED_TABLES if step.batch is not None else ():
        found = project.rows(
            f"""SELECT other.label FROM step AS other
                JOIN change AS theirs ON theirs.step = other.key AND theirs."table" = '{table}'
                JOIN "{table}" AS made ON made.key = theirs.row AND made.batch = ?
                WHERE {_above(besides)}""",
            (step.batch, step.key),
        )
        if found:
            return str(found[0][0])
    return None


def _above(besides: Sequence[PastStep]) -> str:
    but = ",".join(str(other.key) for other in besides)
    return f"other.key > ? AND other.state = 'done' AND other.key NOT IN ({but}) LIMIT 1"


def _stands_on(project: "Project", step: PastStep, besides: Sequence[PastStep]) -> str | None:
    """What live row of another step, or of a work still going on, refers to a row that this step made."""
    going = {(table, row) for other in besides for table, row in _made(project, other)}
    for (table, column), target in REFERENCES.items():
        for key in _referring(project, step, table, column, target):
            if (table, key) not in going:
                return {"annotation": "other tagging", "reading": "other coding"}.get(table, f"another {table}")
    return None


def _referring(project: "Project", step: PastStep, table: str, column: str, target: str) -> list[int]:
    """The live rows that refer to a row of this step, but those it made or led there: these go with it."""
    own = f"""SELECT row FROM change WHERE step = ? AND "table" = '{{}}' AND {MADE}"""
    of_batch = 'SELECT key FROM "{}" WHERE batch = ? AND batch <> 0'
    made, parameter = (own, step.key) if step.batch is None else (of_batch, step.batch)
    found = project.rows(
        f"""SELECT t.key FROM "{table}" AS t WHERE t."{column}" IN ({made.format(target)})
            AND t.deleted = 0 AND t.key NOT IN ({made.format(table)})
            AND t.key NOT IN (SELECT row FROM change WHERE step = ? AND "table" = '{table}'
                AND json_type(columns, '$.{column}') IS NOT NULL)""",
        (parameter, parameter, step.key),
    )
    return [key for (key,) in found]


def _made(project: "Project", step: PastStep) -> list[tuple[str, int]]:
    if step.batch is not None:
        return works.keys_of(project, step.batch)
    return project.rows(f'SELECT "table", row FROM change WHERE step = ? AND {MADE}', (step.key,))


def refuse_if_it_does_not_fit(
    project: "Project", step: PastStep, came: AbstractSet[tuple[str, int]], again: Sequence[PastStep]
) -> None:
    """A step comes back only on the values that it once changed. Rows that `came` with it are as they were."""
    blocker = _later_change(project, step, again)
    if blocker is not None:
        raise AnnotatorError(f"“{step.label}” cannot be done again: “{blocker}” came in between.")
    reason = rights.why_not_move(project, step)
    if reason is not None:
        raise AnnotatorError(reason)
    for table, row, before, _, _ in changes(project, step):
        if (table, row) in came:
            continue
        expected = {"deleted": 1} if before is None else {"deleted": 0, **before}
        if table == properties.TABLE:
            expected = before or {}
        elif step.batch is not None:
            expected = {name: value for name, value in (before or {}).items() if name != "stamp"}
        if _found(project, step, table, row, tuple(expected)) != expected:
            raise AnnotatorError(f"“{step.label}” cannot be done again: what it changed is not as it was.")


def _found(project: "Project", step: PastStep, table: str, row: int, names: tuple[str, ...]) -> dict[str, Any]:
    """What a row that a step changed holds now."""
    if table == properties.TABLE:
        return properties.now(project, row)
    try:
        found = rows.columns_of(project.connection, table, row, ("id", *names))
    except KeyError:
        raise AnnotatorError(f"“{step.label}” cannot be done again: what it changed is gone.") from None
    del found["id"]
    return found
