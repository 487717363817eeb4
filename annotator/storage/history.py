"""Taking back and doing again, for every kind of step alike, without limit and across restarts.

A person's own acts are taken back by putting the old values under a new stamp (a deletion or an edge that was put
back must win over the copy a colleague holds). An import or a merge is taken back as if it had not happened: rows are
restored verbatim, stamps included, and what it made is packed into the step, so that it can be done again.

A step can be in the state done, undone (by the step `taken_by`), open (an undo that can still be done again) or
closed (an undo that cannot). Of the done steps that touched one row, each stands on those with a smaller key: the one
with the greatest key goes first, and a step comes back only on top and on what it once changed.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.storage import packing, rows, stamps, turns, works
from annotator.storage.schema import REFERENCES, SHARED_TABLES

if TYPE_CHECKING:
    from annotator.storage.project import Project

ACTS = ("act", "import", "merge")
_UNDOABLE = "state = 'done' AND kind IN ('act', 'import', 'merge')"
_COLUMNS = "key, coder, at, kind, label, document, documents, session, state, taken_by, batch"


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


@dataclass(frozen=True)
class Outcome:
    """What an undo or redo did: the steps concerned, the rows touched, and the steps that could not be moved."""

    steps: tuple[PastStep, ...]
    rows: frozenset[tuple[str, int]]
    refused: tuple[str, ...] = ()


def steps(project: "Project", *, limit: int = 500, before: int | None = None) -> list[PastStep]:
    """The history, newest first; `before` is the key of the step above the page."""
    found = project.rows(
        f"SELECT {_COLUMNS} FROM step WHERE key < ? ORDER BY key DESC LIMIT ?", (before or 1 << 62, limit)
    )
    return [PastStep(*row) for row in found]


def next_undo(project: "Project", coder: int | None) -> PastStep | None:
    """The step that undo would take back: the coder's latest, or nobody's (made before a name was known)."""
    return next(_undoable(project, coder), None)


def next_redo(project: "Project", coder: int | None) -> PastStep | None:
    """The undo that redo would do again."""
    found = project.rows(
        f"SELECT {_COLUMNS} FROM step WHERE state = 'open' AND (coder IS ? OR coder IS NULL) ORDER BY key DESC LIMIT 1",
        (coder,),
    )
    return PastStep(*found[0]) if found else None


def _undoable(project: "Project", coder: int | None) -> Iterator[PastStep]:
    barrier = project.rows("SELECT ifnull(max(key), 0) FROM step WHERE kind = 'migration'")[0][0]
    below = 1 << 62
    while True:
        page = project.rows(
            f"SELECT {_COLUMNS} FROM step WHERE {_UNDOABLE} AND (coder IS ? OR coder IS NULL) AND key > ? AND key < ? "
            "ORDER BY key DESC LIMIT 50",
            (coder, barrier, below),
        )
        if not page:
            return
        yield from (PastStep(*row) for row in page)
        below = page[-1][0]


def undo(project: "Project", coder: int | None) -> Outcome | None:
    """Take back the coder's latest step that can be taken back; None when there is none at all.

    Steps that cannot (their rows have changed since, or other work stands on them) are named in `refused`.
    """
    refused: list[str] = []
    for step in _undoable(project, coder):
        version = project.version()
        reason = _why_not_undo(project, step)
        if reason is None:
            touched = _take_back(project, coder, [step], f"Undo: {step.label}", version)
            return Outcome((step,), touched, tuple(refused))
        refused.append(reason)
    return Outcome((), frozenset(), tuple(refused)) if refused else None


def undo_since(project: "Project", coder: int | None, step: int) -> Outcome:
    """Go back to just after `step`: take back the coder's own later steps, newest first, as one step."""
    version = project.version()
    taken: list[PastStep] = []
    refused: list[str] = []
    for past in _undoable(project, coder):
        if past.key <= step:
            break
        if past.coder != coder:
            continue
        reason = _why_not_undo(project, past, taken)
        if reason is None:
            taken.append(past)
        else:
            refused.append(reason)
    if not taken:
        return Outcome((), frozenset(), tuple(refused))
    label = f"Undo: {taken[0].label}" if len(taken) == 1 else f"Go back {len(taken)} steps"
    touched = _take_back(project, coder, taken, label, version)
    return Outcome(tuple(taken), touched, tuple(refused))


def redo(project: "Project", coder: int | None) -> Outcome | None:
    """Do again what the coder's latest undo took back; None when there is nothing.

    Raises AnnotatorError, naming the step, when it no longer fits what the project holds.
    """
    undone = next_redo(project, coder)
    if undone is None:
        return None
    found = project.rows(f"SELECT {_COLUMNS} FROM step WHERE taken_by = ? ORDER BY key", (undone.key,))
    again = [PastStep(*row) for row in found]
    return Outcome(tuple(again), _do_again(project, coder, undone, again))


# ---- may it be moved?


def _why_not_undo(project: "Project", step: PastStep, besides: Sequence[PastStep] = ()) -> str | None:
    """Why a step cannot be taken back, or cannot after the steps `besides` have been."""
    for table in _tables(project, step):
        gone = f'SELECT 1 FROM change WHERE step = ? AND "table" = ? AND row NOT IN (SELECT key FROM "{table}") LIMIT 1'
        if project.rows(gone, (step.key, table)):
            return f"“{step.label}” was not taken back: what it changed is gone."
    blocker = _later_change(project, step, besides) or _later_change_of_made(project, step, besides)
    if blocker is not None:
        return f"“{step.label}” was not taken back: “{blocker}” changed the same since."
    stands = _stands_on(project, step, besides)
    if stands is not None:
        return f"“{step.label}” was not taken back: {stands} stands on it."
    return None


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


def _tables(project: "Project", step: PastStep) -> list[str]:
    """The tables that a step changed. Their names go into SQL, and a file may come from anywhere."""
    found = [table for (table,) in project.rows('SELECT DISTINCT "table" FROM change WHERE step = ?', (step.key,))]
    if not set(found) <= set(SHARED_TABLES):
        raise AnnotatorError(f"The history of {project.path} is damaged: “{step.label}” cannot be read.")
    return found


def _stands_on(project: "Project", step: PastStep, besides: Sequence[PastStep]) -> str | None:
    """What live row of another step, or of a work still going on, refers to a row that this step made."""
    going = {(table, row) for other in besides for table, row in _made(project, other)}
    for (table, column), target in REFERENCES.items():
        for key in _referring(project, step, table, column, target):
            if (table, key) not in going:
                return {"annotation": "other tagging", "reading": "other coding"}.get(table, f"another {table}")
    return None


def _referring(project: "Project", step: PastStep, table: str, column: str, target: str) -> list[int]:
    """The live rows that refer to a row of this step and are not of this step."""
    own = """SELECT row FROM change WHERE step = ? AND "table" = '{{}}' AND before IS NULL"""
    of_batch = 'SELECT key FROM "{}" WHERE batch = ? AND batch <> 0'
    made, parameter = (own, step.key) if step.batch is None else (of_batch, step.batch)
    found = project.rows(
        f"""SELECT t.key FROM "{table}" AS t WHERE t."{column}" IN ({made.format(target)})
            AND t.deleted = 0 AND t.key NOT IN ({made.format(table)})""",
        (parameter, parameter),
    )
    return [key for (key,) in found]


def _made(project: "Project", step: PastStep) -> list[tuple[str, int]]:
    if step.batch is not None:
        return works.keys_of(project, step.batch)
    return project.rows('SELECT "table", row FROM change WHERE step = ? AND before IS NULL', (step.key,))


# ---- moving


def _take_back(
    project: "Project", coder: int | None, taken: Sequence[PastStep], label: str, version: int
) -> frozenset[tuple[str, int]]:
    """Undo steps, newest first, that were found undoable when the file had this version."""
    if all(step.batch is None for step in taken):
        return _put_back(project, coder, taken, label, version)
    with works.bulk(project) as work:
        away = {step.key: packing.pack(work, step.key, step.batch) for step in taken if step.batch is not None}
        return _put_back(project, coder, taken, label, version, work, away)


def _put_back(
    project: "Project",
    coder: int | None,
    taken: Sequence[PastStep],
    label: str,
    version: int,
    work: works.Work | None = None,
    away: Mapping[int, list[tuple[str, int]]] = MappingProxyType({}),
) -> frozenset[tuple[str, int]]:
    """One transaction; `away` holds, for each step with a batch, the rows that were packed along with the batch."""
    touched: set[tuple[str, int]] = set()
    with turns.wanted(project.path), project.transaction():
        if project.version() != version:
            _refuse_if_changed(project, taken, away)
        stamp = project.take_stamp()
        undo_key = _record(project, coder, "undo", label, stamp, taken, state="open")
        for step in taken:
            touched |= _put(project, step, stamp, back=True)
            rows.update(project.connection, "step", step.key, {"state": "undone", "taken_by": undo_key})
        for step in taken:
            if step.batch is not None and work is not None:
                packing.hide(work, step.batch, away[step.key])
                touched |= set(works.keys_of(project, step.batch))
    return frozenset(touched)


def _refuse_if_changed(
    project: "Project", taken: Sequence[PastStep], away: Mapping[int, list[tuple[str, int]]]
) -> None:
    """Look again, inside the transaction, because somebody has written to the file since."""
    for number, step in enumerate(taken):
        if project.rows("SELECT state FROM step WHERE key = ?", (step.key,)) != [("done",)]:
            raise AnnotatorError(f"“{step.label}” was taken back by another window.")
        reason = _why_not_undo(project, step, taken[:number])
        if step.batch is not None and packing.standing(project, step.batch) != away[step.key]:
            reason = f"“{step.label}” was not taken back: somebody worked on it meanwhile."
        if reason is not None:
            raise AnnotatorError(reason)


def _do_again(
    project: "Project", coder: int | None, undone: PastStep, again: Sequence[PastStep]
) -> frozenset[tuple[str, int]]:
    if all(step.batch is None for step in again):
        return _put_again(project, coder, undone, again)
    with works.bulk(project) as work:
        along = [packing.unpack(work, step.key, step.batch, step.label) for step in again if step.batch is not None]
        return _put_again(project, coder, undone, again, [row for part in along for row in part])


def _put_again(
    project: "Project",
    coder: int | None,
    undone: PastStep,
    again: Sequence[PastStep],
    along: Sequence[packing.Along] = (),
) -> frozenset[tuple[str, int]]:
    """One transaction; `along` are unpacked rows that do not belong to the batch they were packed with."""
    touched: set[tuple[str, int]] = set()
    with turns.wanted(project.path), project.transaction():
        if project.rows("SELECT state FROM step WHERE key = ?", (undone.key,)) != [("open",)]:
            raise AnnotatorError(f"“{undone.label}” was done again by another window.")
        stamp = project.take_stamp()
        label = again[0].label if len(again) == 1 else f"{len(again)} steps"
        _record(project, coder, "redo", f"Redo: {label}", stamp, again, state="closed")
        came = {row for step in again if step.batch is not None for row in works.keys_of(project, step.batch)}
        for step in again:
            _refuse_if_it_does_not_fit(project, step, came, again)
            if step.batch is not None:
                packing.show(project, step.key, step.batch)
            touched |= _put(project, step, stamp, back=False)
            rows.update(project.connection, "step", step.key, {"state": "done", "taken_by": None})
        packing.give_back(project, along)
        rows.update(project.connection, "step", undone.key, {"state": "closed"})
    return frozenset(touched | came)


def _refuse_if_it_does_not_fit(
    project: "Project", step: PastStep, came: set[tuple[str, int]], again: Sequence[PastStep]
) -> None:
    """A step comes back only on the values that it once changed. Rows that `came` with it are as they were."""
    blocker = _later_change(project, step, again)
    if blocker is not None:
        raise AnnotatorError(f"“{step.label}” cannot be done again: “{blocker}” came in between.")
    for table, row, before, _ in _changes(project, step):
        if (table, row) in came:
            continue
        expected = {"deleted": 1} if before is None else before
        if before is not None and step.batch is None:
            expected = {"deleted": 0, **before}  # a person's acts are on live rows; a merge's are known by the stamp
        try:
            found = rows.columns_of(project.connection, table, row, tuple(expected))
        except KeyError:
            raise AnnotatorError(f"“{step.label}” cannot be done again: what it changed is gone.") from None
        if found != expected:
            raise AnnotatorError(f"“{step.label}” cannot be done again: what it changed is not as it was.")


_Values = dict[str, Any]


def _changes(project: "Project", step: PastStep) -> Iterator[tuple[str, int, _Values | None, _Values | None]]:
    _tables(project, step)
    found = project.rows('SELECT "table", row, before, after FROM change WHERE step = ?', (step.key,))
    for table, row, before, after in found:
        yield table, row, before and json.loads(before), after and json.loads(after)


def _put(project: "Project", step: PastStep, stamp: str, *, back: bool) -> set[tuple[str, int]]:
    """Put a step's rows to what they were before it (`back`) or after it; those of a batch with the stamp they had."""
    touched: set[tuple[str, int]] = set()
    for table, row, before, after in _changes(project, step):
        if before is None:
            values = {"deleted": 1} if back else after or {"deleted": 0}
        else:
            values = before if back else after or {}
        try:
            rows.update(
                project.connection, table, row, values if step.batch is not None else {**values, "stamp": stamp}
            )
        except sqlite3.IntegrityError as error:
            raise AnnotatorError(f"“{step.label}” stays as it is: what it stood on is gone.") from error
        touched.add((table, row))
    return touched


def _record(
    project: "Project", coder: int | None, kind: str, label: str, stamp: str, moved: Sequence[PastStep], *, state: str
) -> int:
    documents = {step.document for step in moved}
    return rows.insert(
        project.connection,
        "step",
        {
            "coder": coder,
            "at": stamps.now(),
            "stamp": stamp,
            "kind": kind,
            "label": label,
            "document": documents.pop() if len(documents) == 1 else None,
            "documents": sum(step.documents for step in moved),
            "session": project.session,
            "state": state,
        },
    )
