"""Bulk work: thousands of rows written in short slices, invisible until the last one, undone as one step.

A person's act waits for at most one slice. What an interrupted work left behind is swept away at the next opening.
"""

import os
import secrets
import socket
import time
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from annotator.storage import rows, stamps, turns
from annotator.storage.ids import new_id
from annotator.storage.schema import SHARED_TABLES
from annotator.storage.step import Change, Step

if TYPE_CHECKING:
    from annotator.storage.project import Project

SLICE = 0.02  # seconds of writing after which a slice is committed
ABANDONED = 60_000  # milliseconds without a sign of life after which another program's work counts as dead
_live: set[str] = set()  # works of this process


def new_owner() -> str:
    """A name for a work of this process, so that another process can tell whether it still lives."""
    owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    _live.add(owner)
    return owner


def forget_owner(owner: str) -> None:
    """The work has ended."""
    _live.discard(owner)


class Batch(AbstractContextManager["Batch"]):
    """One bulk work. Leaving the `with` block by an error, or calling `abandon`, takes everything back."""

    def __init__(self, project: "Project", *, kind: str, coder: int | None = None) -> None:
        self.project = project
        self.kind = kind
        self.coder = coder
        self.greatest = ""  # the greatest stamp that came from outside
        self.made = 0  # rows written so far
        self._owner = new_owner()
        self._began: float | None = None  # when the current slice began
        self._later: list[tuple[str, int, dict[str, Any]]] = []
        with project.transaction():
            self.stamp = project.take_stamp()
            self.key = rows.insert(
                project.connection, "batch", {"owner": self._owner, "touched": stamps.now(), "ended": None}
            )

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.abandon()
        _live.discard(self._owner)

    def insert(self, table: str, values: rows.Values, text: str | None = None) -> int:
        """Write a new row of a shared table; `values` may bring its own id and stamp. A document brings its text."""
        self.open_slice()
        row = rows.insert(
            self.project.connection, table, {"id": new_id(), "stamp": self.stamp, **values, "batch": self.key}
        )
        if text is not None:
            rows.write_text(self.project.connection, row, text)
        self.greatest = max(self.greatest, str(values.get("stamp", "")))
        self.made += 1
        self.rest()
        return row

    def rest(self) -> None:
        """End the slice if it has lasted long enough; call it in every round of a long work."""
        if self._began is not None and time.perf_counter() - self._began > SLICE:
            self.end_slice()

    def update_later(self, table: str, row: int, values: rows.Values) -> None:
        """Change a row that was there before, in the last transaction; `values` may bring its own stamp."""
        self.greatest = max(self.greatest, str(values.get("stamp", "")))
        self._later.append((table, row, dict(values)))

    @property
    def planned(self) -> int:
        """How many rows will be changed at the end."""
        return len(self._later)

    def open_slice(self) -> None:
        """Begin a slice, after every waiting act of a person."""
        if self._began is None:
            turns.wait_for_acts(self.project.path)
            self.project.connection.execute("BEGIN IMMEDIATE")
            self._began = time.perf_counter()

    def end_slice(self) -> None:
        """Commit what this slice wrote, and say that the work is alive."""
        if self._began is not None:
            self.project.connection.execute("UPDATE batch SET touched = ? WHERE key = ?", (stamps.now(), self.key))
            self.project.connection.execute("COMMIT")
            self._began = None

    def finish(self, label: str, *, document: int | None = None, documents: int = 0) -> int | None:
        """Make everything visible as one step of the history; returns its key, None when nothing was written."""
        self.end_slice()
        if not self.made and not self._later:
            self.abandon()
            return None
        project = self.project
        step = Step(project, label, self.coder, document, self.kind, None, documents)
        with turns.wanted(project.path), project.transaction():
            step.stamp = project.take_stamp(after=self.greatest)
            for table, row, values in self._later:
                self._change(step, table, row, values)
            project.connection.execute("UPDATE batch SET ended = ? WHERE key = ?", (stamps.now(), self.key))
            step.changed.setdefault(("batch", self.key), Change(None, None))
            step.end()
            rows.update(project.connection, "step", step.key, {"batch": self.key})
        _live.discard(self._owner)
        return step.key

    def _change(self, step: Step, table: str, row: int, values: dict[str, Any]) -> None:
        """Set columns and stamp verbatim, and keep the old ones so that undo can put them back verbatim."""
        new = {"stamp": step.stamp, **values}
        old = rows.columns_of(self.project.connection, table, row, tuple(new))
        if "stamp" in values and old["stamp"] >= values["stamp"]:
            return  # somebody wrote the row meanwhile, and later
        rows.update(self.project.connection, table, row, new)
        step.changed[table, row] = Change(old, new)

    def abandon(self) -> None:
        """Take back everything this work wrote."""
        connection = self.project.connection
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        self._began = None
        erase_rows(self.project, self.key)
        with self.project.transaction():
            connection.execute("DELETE FROM batch WHERE key = ? AND ended IS NULL", (self.key,))
        _live.discard(self._owner)


def keys_of(project: "Project", batch: int) -> list[tuple[str, int]]:
    """The rows that a batch made, those first that others refer to."""
    found: list[tuple[str, int]] = []
    for table in SHARED_TABLES:
        found += [(table, key) for (key,) in project.rows(f'SELECT key FROM "{table}" WHERE batch = ?', (batch,))]
    return found


def erase_rows(project: "Project", batch: int) -> None:
    """Take a batch's rows out of the file, in slices; they must be invisible already."""
    began: float | None = None
    connection = project.connection
    for table, row in reversed(keys_of(project, batch)):
        if began is None:
            turns.wait_for_acts(project.path)
            connection.execute("BEGIN IMMEDIATE")
            began = time.perf_counter()
        rows.erase(connection, table, row)
        if time.perf_counter() - began > SLICE:
            connection.execute("COMMIT")
            began = None
    if began is not None:
        connection.execute("COMMIT")


def sweep(project: "Project") -> int:
    """Take away what works without an end have left; returns how many there were."""
    dead = [
        key
        for key, owner, touched in project.rows("SELECT key, owner, touched FROM batch WHERE ended IS NULL")
        if not _is_alive(owner, touched)
    ]
    for key in dead:
        erase_rows(project, key)
        with project.transaction():
            project.connection.execute("DELETE FROM batch WHERE key = ? AND ended IS NULL", (key,))
    return len(dead)


def _is_alive(owner: str, touched: int) -> bool:
    host, process, _ = [*owner.split(":"), "", ""][:3]
    if owner in _live:
        return True
    if host == socket.gethostname() and process.isdigit():
        if int(process) == os.getpid():
            return False
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            return False
        except OSError:
            pass  # the process lives and belongs to somebody else
    return stamps.now() - touched < ABANDONED
