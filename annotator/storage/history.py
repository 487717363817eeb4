"""Taking back and doing again, for every kind of step alike, without limit and across restarts.

A person's own acts are taken back by putting the old values under a new stamp (a deletion or an edge that was put
back must win over the copy a colleague holds). An import or a merge is taken back as if it had not happened: rows are
restored verbatim, stamps included, and what it made is packed into the step, so that it can be done again.

A step can be in the state done, undone (by the step `taken_by`), open (an undo that can still be done again) or
closed (an undo that cannot).
"""

import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError
from annotator.storage import packing, rows, stamps
from annotator.storage.schema import REFERENCES, visible

if TYPE_CHECKING:
    from annotator.storage.project import Project

ACTS = ("act", "import", "merge")
_UNDOABLE = "state = 'done' AND kind IN ('act', 'import', 'merge')"
_COLUMNS = "key, coder, at, kind, label, document, documents, session, state, applied, taken_by, batch"


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
    applied: str
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
        reason = _why_not_undo(project, step)
        if reason is None:
            done = _take_back(project, coder, [step], f"Undo: {step.label}")
            return Outcome(done.steps, done.rows, tuple(refused))
        refused.append(reason)
    return Outcome((), frozenset(), tuple(refused)) if refused else None


def undo_since(project: "Project", coder: int | None, step: int) -> Outcome:
    """Go back to just after `step`: take back the coder's own later steps, newest first, as one step."""
    later = [past for past in _undoable(project, coder) if past.key > step and past.coder == coder]
    taken: list[PastStep] = []
    refused: list[str] = []
    for past in later:
        reason = _why_not_undo(project, past, besides={other.key for other in taken})
        if reason is None:
            taken.append(past)
        else:
            refused.append(reason)
    if not taken:
        return Outcome((), frozenset(), tuple(refused))
    done = _take_back(project, coder, taken, f"Go back {len(taken)} steps")
    return Outcome(done.steps, done.rows, tuple(refused))


def redo(project: "Project", coder: int | None) -> Outcome | None:
    """Do again what the coder's latest undo took back; None when there is nothing."""
    undone = next_redo(project, coder)
    if undone is None:
        return None
    found = project.rows(f"SELECT {_COLUMNS} FROM step WHERE taken_by = ? ORDER BY key", (undone.key,))
    again = [PastStep(*row) for row in found]
    for past in again:
        blocker = _later_change(project, past, besides={other.key for other in again})
        if blocker is not None:
            raise AnnotatorError(f"“{past.label}” cannot be done again: “{blocker}” came in between.")
    return _do_again(project, coder, undone, again)


# ---- may it be moved?


def _why_not_undo(project: "Project", step: PastStep, besides: AbstractSet[int] = frozenset()) -> str | None:
    blocker = _later_change(project, step, besides)
    if blocker is not None:
        return f"“{step.label}” was not taken back: “{blocker}” changed the same since."
    stands = _stands_on(project, step, besides)
    if stands is not None:
        return f"“{step.label}” was not taken back: {stands} stands on it."
    return None


def _later_change(project: "Project", step: PastStep, besides: AbstractSet[int]) -> str | None:
    """The label of a done step that touched one of this step's rows after this one was last applied."""
    later = "other.state = 'done' AND other.applied > ? AND other.key != ? AND change.\"table\" != 'batch'"
    mine = project.rows(
        f"""SELECT other.key, other.label FROM change AS mine
            JOIN change ON change."table" = mine."table" AND change.row = mine.row
            JOIN step AS other ON other.key = change.step
            WHERE mine.step = ? AND {later}""",
        (step.key, step.applied, step.key),
    )
    if step.batch is not None:
        for table, keys in packing.rows_by_table(project, step.batch).items():
            for part in packing.pages(keys):
                marks = ",".join("?" * len(part))
                mine += project.rows(
                    f"""SELECT other.key, other.label FROM change JOIN step AS other ON other.key = change.step
                        WHERE change."table" = ? AND change.row IN ({marks}) AND {later}""",
                    (table, *part, step.applied, step.key),
                )
    return next((label for key, label in mine if key not in besides), None)


def _created(project: "Project", step: PastStep) -> dict[str, list[int]]:
    made: dict[str, list[int]] = {}
    if step.batch is not None:
        return packing.rows_by_table(project, step.batch)
    for table, row in project.rows('SELECT "table", row FROM change WHERE step = ? AND before IS NULL', (step.key,)):
        made.setdefault(table, []).append(row)
    return made


def _stands_on(project: "Project", step: PastStep, besides: AbstractSet[int]) -> str | None:
    """What live row of another step refers to a row that this step made."""
    made = _created(project, step)
    if not made:
        return None
    going = {(table, row) for table, keys in made.items() for row in keys}
    for other in besides:
        going |= set(project.rows('SELECT "table", row FROM change WHERE step = ? AND before IS NULL', (other,)))
    for (table, column), target in REFERENCES.items():
        for part in packing.pages(made.get(target, [])):
            found = project.rows(
                f'SELECT t.key FROM "{table}" AS t WHERE t."{column}" IN ({",".join("?" * len(part))}) AND {visible("t")}',
                tuple(part),
            )
            if any((table, key) not in going for (key,) in found):
                return {"annotation": "other tagging", "reading": "other coding"}.get(table, f"another {table}")
    return None


# ---- moving


def _take_back(project: "Project", coder: int | None, taken: list[PastStep], label: str) -> Outcome:
    touched: set[tuple[str, int]] = set()
    for step in taken:
        if step.batch is not None:
            packing.pack(project, step.key, step.batch)
    with project.transaction():
        stamp = project.take_stamp()
        undo_key = _record(project, coder, "undo", label, stamp, taken, state="open")
        for step in taken:
            touched |= _put(project, step, stamp, back=True)
            rows.update(
                project.connection, "step", step.key, {"state": "undone", "taken_by": undo_key, "applied": stamp}
            )
            if step.batch is not None:
                touched |= set(packing.hide(project, step.batch))
    for step in taken:
        if step.batch is not None:
            packing.erase_packed(project, step.batch)
    return Outcome(tuple(taken), frozenset(touched))


def _do_again(project: "Project", coder: int | None, undone: PastStep, again: list[PastStep]) -> Outcome:
    touched: set[tuple[str, int]] = set()
    for step in again:
        if step.batch is not None:
            packing.unpack(project, step.key, step.batch)
    with project.transaction():
        stamp = project.take_stamp()
        label = again[0].label if len(again) == 1 else f"{len(again)} steps"
        _record(project, coder, "redo", f"Redo: {label}", stamp, again, state="closed")
        for step in again:
            if step.batch is not None:
                touched |= set(packing.show(project, step.key, step.batch))
            touched |= _put(project, step, stamp, back=False)
            # Back at its own place in the order: the undone steps after it can follow it.
            project.connection.execute(
                "UPDATE step SET state = 'done', taken_by = NULL, applied = stamp WHERE key = ?", (step.key,)
            )
        rows.update(project.connection, "step", undone.key, {"state": "closed"})
    return Outcome(tuple(again), frozenset(touched))


def _put(project: "Project", step: PastStep, stamp: str, *, back: bool) -> set[tuple[str, int]]:
    """Put a step's rows to what they were before it (`back`) or after it."""
    connection = project.connection
    found = project.rows('SELECT "table", row, before, after FROM change WHERE step = ?', (step.key,))
    verbatim = step.batch is not None
    touched: set[tuple[str, int]] = set()
    for table, row, before, after in found:
        if table == "batch":
            continue
        values = {"deleted": int(back)} if before is None else json.loads(before if back else after)
        rows.update(connection, table, row, values if verbatim else {**values, "stamp": stamp})
        touched.add((table, row))
    return touched


def _record(
    project: "Project", coder: int | None, kind: str, label: str, stamp: str, moved: list[PastStep], *, state: str
) -> int:
    documents = {step.document for step in moved}
    single = documents.pop() if len(documents) == 1 else None
    return rows.insert(
        project.connection,
        "step",
        {
            "coder": coder,
            "at": stamps.now(),
            "stamp": stamp,
            "kind": kind,
            "label": label,
            "document": single,
            "documents": sum(step.documents for step in moved),
            "session": project.session,
            "state": state,
            "applied": stamp,
        },
    )
