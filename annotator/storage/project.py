"""A project: one SQLite file, opened by one connection of this thread. Changes go through `step` or a batch."""

import json
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from annotator.errors import AnnotatorError, Busy, NotSaved
from annotator.storage import rows, stamps, turns
from annotator.storage.connection import BUSY_TIMEOUT, OPENING, begin, checkpoint, connect, enter_wal, explained, leave
from annotator.storage.files import Identity, appear, beside, explained_file, identity, remove
from annotator.storage.ids import new_id
from annotator.storage.opening import make_new, prepare
from annotator.storage.step import Step

SUFFIX = ".annotator"
_SWEEPING = 1.0  # seconds that opening takes to sweep away what an interrupted import left


class Project:
    """An open project file.

    `notices` holds the sentences that a person should see after opening (a migration was made, clocks were wrong).
    The object belongs to the thread that opened it; other threads and processes open the file again.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.replica = stamps.new_replica()
        self.session = secrets.token_hex(4)
        self.notices: list[str] = []
        self._connection = connection
        self._file = identity(path)
        self._wal: Identity | None = None
        self._floor = ""  # no stamp in the file is greater, as far as the history does not say

    # ---- opening and closing

    @classmethod
    def create(cls, path: Path | str, *, title: str = "") -> Self:
        """Make a new project file. Raises AnnotatorError if the file exists or cannot be made; then nothing is left."""
        path = Path(path).absolute()
        if path.exists():
            raise AnnotatorError(f"{path} exists already: choose another name.")
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with explained_file(path):
            try:
                make_new(draft, {"project": new_id(), "title": title or path.stem, "secret": secrets.token_hex(32)})
                appear(draft, path)
            finally:
                remove(draft)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Self:
        """Open a project file, bringing an older one up to date after making a backup copy.

        A file that may only be read is opened read-only. Raises AnnotatorError with one sentence for a file that is
        missing, no project, damaged, or written by a newer version that this one could harm. Waits a moment for those
        who open or close the file just now: what they do to its journal mode keeps everybody from reading it.
        """
        path = Path(path).absolute()
        until = time.monotonic() + OPENING
        while True:
            try:
                return cls._open(path, read_only=read_only)
            except Busy:
                if time.monotonic() >= until:
                    raise
            time.sleep(0.005)

    @classmethod
    def _open(cls, path: Path, *, read_only: bool) -> Self:
        with explained_file(path):
            read_only = read_only or not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
            notices = prepare(path, read_only=read_only)
            connection = connect(path, read_only=read_only)
        project = cls(path, connection, read_only=read_only)
        project.notices += notices
        try:
            with explained(path):
                project._settle()
        except BaseException:
            project.close()
            raise
        return project

    def _settle(self) -> None:
        from annotator.storage.works import sweep

        if not self.read_only:
            enter_wal(self._connection)
            with suppress(Busy):  # nobody sees what is left; it goes at the next opening or before the next bulk work
                sweep(self, patience=BUSY_TIMEOUT / 1000, seconds=_SWEEPING)
        self._wal = identity(Path(f"{self.path}-wal"))  # the first look at the file has made it
        if not rows.latest_step_stamp(self.connection):
            self._floor = rows.greatest_stamp(self.connection)
        if stamps.is_ahead(self._latest_stamp(), stamps.now()):
            self.notices.append(
                "Parts of this project are dated more than a day ahead: check the clock of this computer."
            )

    def close(self) -> None:
        """Close the file; if nobody else has it open it becomes one ordinary file again."""
        if self.read_only:
            self._connection.close()
        elif self._moved():
            self._leave_moved()
        else:
            leave(self._connection)

    def _leave_moved(self) -> None:
        """Put everything into the file, wherever it is now; our -wal must not be taken for a part of another file."""
        is_whole = checkpoint(self._connection)
        self._connection.close()
        if is_whole and self._wal is not None and identity(Path(f"{self.path}-wal")) == self._wal:
            for leftover in beside(self.path):
                leftover.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- reading

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for the storage's own modules."""
        return self._connection

    def rows(self, sql: str, parameters: tuple[Any, ...] | dict[str, Any] = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        with explained(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    def meta(self, name: str, default: str = "") -> str:
        """A property of the file itself (title, project id, …)."""
        found = self.rows("SELECT value FROM meta WHERE name = ?", (name,))
        return found[0][0] if found else default

    def meta_json(self, name: str) -> Any:
        """A property that is kept as JSON; None where there is none, or something that cannot be read."""
        try:
            return json.loads(self.meta(name) or "null")
        except (ValueError, RecursionError):  # the file came from somewhere else, or another program wrote there
            return None

    @cached_property
    def is_package(self) -> bool:
        """Whether this is the package of one coder, which the lead made with `share`."""
        return bool(self.meta("package"))

    @cached_property
    def package_coder(self) -> int | None:
        """The key of the coder that a package was made for."""
        found = self.rows("SELECT key FROM coder WHERE id = ?", (self.meta("coder"),)) if self.is_package else []
        return int(found[0][0]) if found else None

    def version(self) -> int:
        """A number that changes whenever another connection has written to the file."""
        return int(self.rows("PRAGMA data_version")[0][0])

    # ---- writing

    @contextmanager
    def step(
        self,
        label: str,
        *,
        coder: int | None = None,
        document: int | None = None,
        documents: int | None = None,
        kind: str = "act",
        joins: str | None = None,
        as_lead: bool = False,
    ) -> Iterator[Step]:
        """One act: everything written to the step, and its history, is on disk at the end, or nothing is.

        `label` says in words what was done (it may still be set inside). Steps that follow each other with the same
        `joins` become one in the history. `documents` says how many it touches, if not just `document` or none.
        `as_lead`: readings whose round is closed may be written too. Raises Busy or NotSaved when the file cannot be
        written now, AnnotatorError for a row that may not be written (see `rights`).
        """
        if documents is None:
            documents = int(document is not None)
        step = Step(self, label, coder, document, kind, joins, documents, as_lead=as_lead)
        with turns.wanted(self.path), self.transaction():
            step.begin()
            yield step
            step.end()

    @contextmanager
    def transaction(self, seconds: float | None = None) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT; rolled back whatever goes wrong. Raises Busy after waiting for another writer."""
        self.refuse_if_gone()
        connection = self.connection
        with explained(self.path):
            begin(connection, seconds)
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def take_stamp(self, after: str = "") -> str:
        """A stamp greater than every stamp in the file, and than `after`; call it inside a transaction.

        Steps are stamped in the order in which they are written, so the last one has the greatest stamp.
        """
        return stamps.next_stamp(max(self._latest_stamp(), after), self.replica, stamps.now())

    def _latest_stamp(self) -> str:
        with explained(self.path):
            return max(rows.latest_step_stamp(self.connection), self._floor)

    def set_meta(self, name: str, value: str) -> None:
        """Set a property of the file itself; outside the history."""
        with turns.wanted(self.path), self.transaction():
            self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def set_patience(self, milliseconds: int) -> None:
        """How long a write waits for another writer before it raises Busy; a window must not stand still."""
        self.connection.execute(f"PRAGMA busy_timeout = {milliseconds:d}")

    def turn(self) -> AbstractContextManager[None]:
        """While this lasts, bulk work of this process begins no new slice: a person's act waits."""
        return turns.wanted(self.path)

    def copy_to(self, dest: Path) -> None:
        """Write a whole, tidy copy, also of a file that was deleted while open. `dest` appears whole or not at all."""
        dest = dest.absolute()
        if dest.exists():
            raise AnnotatorError(f"{dest} exists already: choose another name.")
        draft = dest.with_name(f".{dest.name}.{secrets.token_hex(4)}")
        with explained_file(dest, "the copy is not made"):
            try:
                self.connection.execute("VACUUM INTO ?", (str(draft),))
                appear(draft, dest)
            finally:
                remove(draft)

    def refuse_if_gone(self) -> None:
        """Raise NotSaved when the file may not be written, or the path leads to another file than the open one."""
        if self.read_only:
            raise NotSaved(f"{self.path.name} was opened for reading only: this change is not saved.")
        if self._moved():
            raise NotSaved(
                f"{self.path} was moved or deleted while it was open: this change is not saved. "
                "Save a copy of the project to keep what it holds."
            )

    def _moved(self) -> bool:
        return identity(self.path) != self._file
