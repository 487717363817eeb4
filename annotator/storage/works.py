"""Bulk work as a whole: one at a time for a file, in short slices, invisible until its end.

A person's act waits for at most one slice. What a work without an end left behind is swept away at the next opening,
and before the next bulk work begins.
"""

import os
import platform
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError, Busy
from annotator.storage import rows, stamps, turns
from annotator.storage.connection import PATIENCE, begin, explained
from annotator.storage.schema import SHARED_TABLES

if TYPE_CHECKING:
    from annotator.storage.project import Project

SLICE = 0.02  # seconds of writing after which a slice is committed; with its commit it holds the lock ≤ 50 ms
GAP = 0.003  # seconds between two slices, so that another process gets the lock (it tries every millisecond)
ABANDONED = 300_000  # milliseconds without a sign of life after which a work counts as dead
_live: set[str] = set()  # works of this process


class Slices:
    """The transactions of a bulk work. With `batch`, each slice makes sure that the work was not swept away.

    A slice does not wait until it is on disk: what it wrote counts for nothing before the transaction that ends the
    work, and that one (FULL) puts all before it on disk too. After a power cut the log is cut off between two slices.
    """

    def __init__(self, project: "Project", batch: int | None = None, patience: float = PATIENCE) -> None:
        self._project = project
        self._batch = batch
        self._patience = patience
        self._began: float | None = None
        self._ended = 0.0
        # Without a write-ahead log (some network shares) every commit has to be on disk, or the file could break.
        self._has_log = project.rows("PRAGMA journal_mode")[0][0] == "wal"

    def open(self) -> None:
        """Be inside a slice; a new one begins after a gap and after every waiting act of a person."""
        if self._began is not None:
            return
        project = self._project
        project.refuse_if_gone()
        time.sleep(max(0.0, self._ended + GAP - time.perf_counter()))  # what was read meanwhile is a gap too
        turns.wait_for_acts(project.path)
        with explained(project.path):
            if self._has_log:
                project.connection.execute("PRAGMA synchronous = NORMAL")
            begin(project.connection, self._patience)
            self._began = time.perf_counter()
            if self._batch is not None:
                alive = project.connection.execute(
                    "UPDATE batch SET touched = ? WHERE key = ? AND ended IS NULL", (stamps.now(), self._batch)
                )
                if alive.rowcount != 1:
                    self.cancel()
                    raise AnnotatorError(f"The work on {project.path.name} was given up by another window: try again.")

    def rest(self) -> None:
        """End the slice if it has lasted long enough, or a person waits for it."""
        path = self._project.path
        turns.give_way(path)
        if self._began is not None and (turns.is_wanted(path) or time.perf_counter() - self._began > SLICE):
            self.end()

    def end(self) -> None:
        """Commit what this slice wrote."""
        if self._began is not None:
            self._began = None
            with explained(self._project.path):
                self._project.connection.execute("COMMIT")
                self._project.connection.execute("PRAGMA synchronous = FULL")
            self._ended = time.perf_counter()

    def cancel(self) -> None:
        """Drop what this slice wrote."""
        self._began = None
        if self._project.connection.in_transaction:
            self._project.connection.execute("ROLLBACK")
        self._project.connection.execute("PRAGMA synchronous = FULL")


class Work:
    """The claim of one bulk work on a file. Raises Busy while another one lasts, in whatever process."""

    def __init__(self, project: "Project") -> None:
        self.project = project
        self.owner = f"{platform.node()}:{os.getpid()}:{secrets.token_hex(4)}"
        project.refuse_if_gone()
        sweep(project)
        _live.add(self.owner)  # before anybody can see the row: one who opens the file just then would sweep it away
        try:
            with project.transaction(PATIENCE):
                if any(_is_alive(owner, touched) for _, owner, touched in _unfinished(project)):
                    raise Busy(f"Another import or merge is going on in {project.path.name}: wait until it has ended.")
                self.key = rows.insert(project.connection, "batch", self.row())
        except BaseException:
            _live.discard(self.owner)
            raise
        self.slices = Slices(project, self.key)

    def row(self) -> dict[str, object]:
        """The columns of a batch that belongs to this work and is not visible yet."""
        return {"owner": self.owner, "touched": stamps.now(), "ended": None}

    def let_go(self) -> None:
        """Give the claim back. What is not finished counts as dead from now on."""
        _live.discard(self.owner)


@contextmanager
def bulk(project: "Project") -> Iterator[Work]:
    """A bulk work that ends in a transaction of its own; what stays invisible after it is taken out of the file."""
    work = Work(project)
    try:
        yield work
    finally:
        work.slices.cancel()
        work.let_go()
        with suppress(AnnotatorError):  # otherwise it is swept away before the next one
            sweep(project)


def keys_of(project: "Project", batch: int) -> list[tuple[str, int]]:
    """The rows that a batch made, those first that others refer to."""
    found: list[tuple[str, int]] = []
    for table in SHARED_TABLES:
        sql = f'SELECT key FROM "{table}" WHERE batch = ? AND batch <> 0 ORDER BY key'
        found += [(table, key) for (key,) in project.rows(sql, (batch,))]
    return found


def erase(project: "Project", batch: int, *, patience: float = PATIENCE, seconds: float | None = None) -> bool:
    """Take an invisible batch with its rows out of the file, in slices; two processes may do it at once.

    Stops after `seconds`; returns whether everything is gone.
    """
    slices = Slices(project, patience=patience)
    until = time.monotonic() + seconds if seconds is not None else None
    try:
        for table, row in reversed(keys_of(project, batch)):
            slices.open()
            with explained(project.path):
                rows.erase(project.connection, table, row, batch)
            slices.rest()
            if until is not None and time.monotonic() >= until:
                slices.end()
                return False
        slices.open()
        project.connection.execute("DELETE FROM batch WHERE key = ? AND ended IS NULL", (batch,))
        slices.end()
    except BaseException:
        slices.cancel()
        raise
    return True


def sweep(project: "Project", *, patience: float = PATIENCE, seconds: float | None = None) -> bool:
    """Take away what works without an end have left, for at most `seconds`; returns whether nothing is left."""
    until = time.monotonic() + seconds if seconds is not None else None
    for key, owner, touched in _unfinished(project):
        left = None if until is None else max(0.0, until - time.monotonic())
        if not _is_alive(owner, touched) and not erase(project, key, patience=patience, seconds=left):
            return False
    return True


def _unfinished(project: "Project") -> list[tuple[int, str, int]]:
    return project.rows("SELECT key, owner, touched FROM batch WHERE ended IS NULL")


def _is_alive(owner: str, touched: int) -> bool:
    if owner in _live:
        return True
    host, process, _ = [*owner.rsplit(":", 2), "", ""][:3]
    if host == platform.node() and process.isdigit() and not process_lives(int(process)):
        return False
    return abs(stamps.now() - touched) < ABANDONED


def process_lives(process: int) -> bool:
    """Whether a process of this computer, but for this one itself, is still at work."""
    if process == os.getpid():
        return False  # a work of this process would be in _live
    if os.name == "nt":
        return True  # os.kill would end it: only the time since its last sign of life can tell
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # it lives and belongs to somebody else
    return True
