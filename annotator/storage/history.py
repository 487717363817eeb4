"""Taking back and doing again, for every kind of step alike, without limit and across restarts.

A person's own acts are taken back by putting the old values under a new stamp (a deletion or an edge that was put
back must win over the copy a colleague holds). An import or a merge is taken back as if it had not happened: rows are
restored verbatim, stamps included, and what it made is packed into the step, so that it can be done again.

A step can be in the state done, undone (by the step `taken_by`), open (an undo that can still be done again) or
closed (an undo that cannot).
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.storage import packing, properties, rows, stamps, texts, turns, works
from annotator.storage.blockers import refuse_if_it_does_not_fit, why_not_undo
from annotator.storage.past import COLUMNS, as_cell, changes
from annotator.storage.past import PastStep as PastStep  # a part of this module for those outside

if TYPE_CHECKING:
    from annotator.storage.project import Project

ACTS = ("act", "import", "merge")
_UNDOABLE = "state = 'done' AND kind IN ('act', 'import', 'merge')"


@dataclass(frozen=True)
class Outcome:
    """What an undo or redo did: the steps concerned, the rows touched, and the steps that could not be moved."""

    steps: tuple[PastStep, ...]
    rows: frozenset[tuple[str, int]]
    refused: tuple[str, ...] = ()


def steps(project: "Project", *, limit: int = 500, before: int | None = None) -> list[PastStep]:
    """The history, newest first; `before` is the key of the step above the page."""
    found = project.rows(
        f"SELECT {COLUMNS} FROM step WHERE key < ? ORDER BY key DESC LIMIT ?", (before or 1 << 62, limit)
    )
    return [PastStep(*row) for row in found]


def next_undo(project: "Project", coder: int | None) -> PastStep | None:
    """The step that undo would take back: the coder's latest, or nobody's (made before a name was known)."""
    return next(_undoable(project, coder), None)


def next_redo(project: "Project", coder: int | None) -> PastStep | None:
    """The undo that redo would do again."""
    found = project.rows(
        f"SELECT {COLUMNS} FROM step WHERE state = 'open' AND (coder IS ? OR coder IS NULL) ORDER BY key DESC LIMIT 1",
        (coder,),
    )
    return PastStep(*found[0]) if found else None


def _undoable(project: "Project", coder: int | None) -> Iterator[PastStep]:
    barrier = project.rows("SELECT ifnull(max(key), 0) FROM step WHERE kind = 'migration'")[0][0]
    below = 1 << 62
    while True:
        page = project.rows(
            f"SELECT {COLUMNS} FROM step WHERE {_UNDOABLE} AND (coder IS ? OR coder IS NULL) AND key > ? AND key < ? "
            "ORDER BY key DESC LIMIT 50",
            (coder, barrier, below),
        )
        if not page:
            return
        yield from (PastStep(*row) for row in page)
        below = page[-1][0]


def has_bulk(project: "Project", *, taken_by: int | None = None, after: int | None = None) -> bool:
    """Whether an import or merge is among the steps that an undo took back, or among the done ones after a step."""
    which = "taken_by = ?" if after is None else "key > ? AND state = 'done'"
    found = project.rows(f"SELECT 1 FROM step WHERE {which} AND batch IS NOT NULL LIMIT 1", (after or taken_by,))
    return bool(found)


def undo(project: "Project", coder: int | None) -> Outcome | None:
    """Take back the coder's latest step that can be taken back; None when there is none at all.

    Steps that cannot (their rows have changed since, or other work stands on them) are named in `refused`.
    """
    refused: list[str] = []
    for step in _undoable(project, coder):
        version = project.version()
        reason = why_not_undo(project, step)
        if reason is None:
            touched = _take_back(project, coder, [step], f"Undo: {step.label}", version)
            return Outcome((step,), touched, tuple(refused))
        refused.append(reason)
    return Outcome((), frozenset(), tuple(refused)) if refused else None


def can_go_back(project: "Project", coder: int | None, step: int) -> bool:
    """Whether the coder has steps of their own after `step` that can be taken back."""
    return any(past.coder == coder for past in takewhile(lambda past: past.key > step, _undoable(project, coder)))


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
        reason = why_not_undo(project, past, taken)
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
    found = project.rows(f"SELECT {COLUMNS} FROM step WHERE taken_by = ? ORDER BY key", (undone.key,))
    again = [PastStep(*row) for row in found]
    return Outcome(tuple(again), _do_again(project, coder, undone, again))


# ---- moving


@dataclass(frozen=True)
class _Away:
    """What imports and merges among some steps have packed, or will: their batches, and where the packets are."""

    batches: tuple[int, ...]
    step: int  # the earliest of these steps keeps the packets of all: they go and come together

    @classmethod
    def of(cls, steps: Sequence[PastStep]) -> "_Away | None":
        """None if the steps are a person's own acts alone."""
        found = sorted((step.key, step.batch) for step in steps if step.batch is not None)
        return cls(tuple(batch for _, batch in found), found[0][0]) if found else None


def _take_back(
    project: "Project", coder: int | None, taken: Sequence[PastStep], label: str, version: int
) -> frozenset[tuple[str, int]]:
    """Undo steps, newest first, that were found undoable when the file had this version."""
    away = _Away.of(taken)
    if away is None:
        with turns.wanted(project.path), project.transaction():
            _refuse_if_changed(project, taken, version)
            return _put_back(project, coder, taken, label)
    with works.bulk(project) as work:
        along = packing.pack(work, away.step, away.batches)
        with turns.wanted(project.path), project.transaction():
            if _refuse_if_changed(project, taken, version) and packing.standing(project, away.batches) != along:
                raise AnnotatorError(f"“{taken[-1].label}” was not taken back: somebody worked on it meanwhile.")
            touched = _put_back(project, coder, taken, label)
            packing.hide(work, away.batches, along)
            return touched.union(*(works.keys_of(project, batch) for batch in away.batches))


def _refuse_if_changed(project: "Project", taken: Sequence[PastStep], version: int) -> bool:
    """Look again, inside the transaction, if somebody has written to the file since; returns whether."""
    if project.version() == version:
        return False
    for number, step in enumerate(taken):
        if project.rows("SELECT state FROM step WHERE key = ?", (step.key,)) != [("done",)]:
            raise AnnotatorError(f"“{step.label}” was taken back by another window.")
        reason = why_not_undo(project, step, taken[:number])
        if reason is not None:
            raise AnnotatorError(reason)
    return True


def _put_back(
    project: "Project", coder: int | None, taken: Sequence[PastStep], label: str
) -> frozenset[tuple[str, int]]:
    touched: set[tuple[str, int]] = set()
    stamp = project.take_stamp()
    undo_key = _record(project, coder, "undo", label, stamp, taken, state="open")
    for step in taken:
        touched |= _put(project, step, stamp, back=True)
        rows.update(project.connection, "step", step.key, {"state": "undone", "taken_by": undo_key})
    return frozenset(touched)


def _do_again(
    project: "Project", coder: int | None, undone: PastStep, again: Sequence[PastStep]
) -> frozenset[tuple[str, int]]:
    away = _Away.of(again)
    if away is None:
        with turns.wanted(project.path), project.transaction():
            return _put_again(project, coder, undone, again, frozenset())
    with works.bulk(project) as work:
        along = packing.unpack(work, away.step, away.batches, again[0].label)
        with turns.wanted(project.path), project.transaction():
            came = frozenset(row for batch in away.batches for row in works.keys_of(project, batch))
            packing.show(project, away.step, away.batches, along)
            return came | _put_again(project, coder, undone, again, came)


def _put_again(
    project: "Project",
    coder: int | None,
    undone: PastStep,
    again: Sequence[PastStep],
    came: AbstractSet[tuple[str, int]],
) -> frozenset[tuple[str, int]]:
    """Do steps again, the earliest first; the rows that `came` out of packets are right already."""
    if project.rows("SELECT state FROM step WHERE key = ?", (undone.key,)) != [("open",)]:
        raise AnnotatorError(f"“{undone.label}” was done again by another window.")
    touched: set[tuple[str, int]] = set()
    stamp = project.take_stamp()
    label = again[0].label if len(again) == 1 else f"{len(again)} steps"
    _record(project, coder, "redo", f"Redo: {label}", stamp, again, state="closed")
    for step in again:
        refuse_if_it_does_not_fit(project, step, came, again)
        if step.batch is not None:
            _renew(project, step, stamp, came)
        touched |= _put(project, step, stamp, back=False, besides=came)
        rows.update(project.connection, "step", step.key, {"state": "done", "taken_by": None})
    rows.update(project.connection, "step", undone.key, {"state": "closed"})
    return frozenset(touched)


def _put(
    project: "Project", step: PastStep, stamp: str, *, back: bool, besides: AbstractSet[tuple[str, int]] = frozenset()
) -> set[tuple[str, int]]:
    """Put a step's rows, but for those that are right already, to what they were before it (`back`) or after it.

    What an import or merge changed gets the stamp it had, unless an act has touched it since: acts that were taken
    back leave a new stamp, which must not sink.
    """
    groups: defaultdict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
    touched: set[tuple[str, int]] = set()
    for table, row, before, after, now in changes(project, step):
        if (table, row) in besides or (before is not None and before == after):  # held, not changed
            continue
        known = after if back else before
        if table == properties.TABLE:
            properties.put(project.connection, row, (before if back else after) or {})
            touched.add((table, row))
            continue
        if before is None:
            values = {"deleted": 1} if back else after or {"deleted": 0}
        else:
            values = before if back else after or {}
        if step.batch is None or known is None or known.get("stamp") != now:
            values = {**values, "stamp": stamp}
        groups[table, tuple(values)].append((*values.values(), row))
        touched.add((table, row))
    try:
        for (table, columns), listed in groups.items():
            rows.update_many(project.connection, table, columns, listed)
    except sqlite3.IntegrityError as error:
        raise AnnotatorError(f"“{step.label}” stays as it is: what it stood on is gone.") from error
    for (table, columns), listed in groups.items():
        for *_, row in listed if table == "document" and "sha256" in columns else ():
            texts.follow(project.connection, row)
    return touched


def _renew(project: "Project", step: PastStep, stamp: str, besides: AbstractSet[tuple[str, int]]) -> None:
    """Let a batch know the stamps that its rows have now, where acts that were taken back have changed them."""
    for table, row, before, after, now in list(changes(project, step)):
        if (table, row) in besides or before is None or after is None or before.get("stamp") == now:
            continue
        project.connection.execute(
            'UPDATE change SET columns = ? WHERE step = ? AND "table" = ? AND row = ?',
            (as_cell(before | {"stamp": now}, after | {"stamp": stamp}), step.key, table, row),
        )


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
