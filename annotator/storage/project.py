"""A project: one SQLite file, opened by one connection of this thread. Changes go through `step` or a batch."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from annotator.errors import AnnotatorError, NotSaved
from annotator.storage import stamps, turns
from annotator.storage.connection import connect, explained, leave
from annotator.storage.ids import new_id
from annotator.storage.migrations import make_new, prepare
from annotator.storage.step import Step

SUFFIX = ".annotator"


class Project:
    """An open project file.

    `notices` holds the sentences that a person should see after opening (a migration was made, clocks were wrong).
    The object belongs to the thread that opened it; other threads and processes open the file again.
    """

    def __init__(self, path: Path, db: Database, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.replica = stamps.new_replica()
        self.session = secrets.token_hex(4)
        self.notices: list[str] = []
        self._db = db
        self._file = _identity(path)

    # ---- opening and closing

    @classmethod
    def create(cls, path: Path | str, *, title: str = "") -> Self:
        """Make a new project file. Raises AnnotatorError if the file exists or cannot be made; then nothing is left."""
        path = Path(path).absolute()
        if path.exists():
            raise AnnotatorError(f"{path} exists already: choose another name.")
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with _explained_file(path):
            try:
                make_new(draft, {"project": new_id(), "title": title or path.stem, "secret": secrets.token_hex(32)})
                os.link(draft, path) if hasattr(os, "link") else draft.rename(path)
            finally:
                for leftover in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm"), Path(f"{draft}-journal")):
                    leftover.unlink(missing_ok=True)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Self:
        """Open a project file, bringing an older one up to date after making a backup copy.

        A file that may only be read is opened read-only. Raises AnnotatorError with one sentence for a file that is
        missing, no project, damaged, or written by a newer version that this one could harm.
        """
        from annotator.storage.batch import sweep

        path = Path(path).absolute()
        with _explained_file(path):
            read_only = read_only or not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
            notices = prepare(path, read_only=read_only)
            db = connect(path, read_only=read_only)
        project = cls(path, db, read_only=read_only)
        project.notices += notices
        try:
            if not read_only:
                with explained(path):
                    sweep(project)
            project.notices += project._clock_notice()
        except BaseException:
            project.close()
            raise
        return project

    def close(self) -> None:
        """Close the file; if nobody else has it open it becomes one ordinary file again."""
        if self.read_only:
            self._db.close()
        else:
            leave(self._db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- reading

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for the storage's own modules."""
        connection = self._db.conn
        assert connection is not None
        return connection

    @property
    def db(self) -> Database:
        """The sqlite-utils database, for the storage's own modules."""
        return self._db

    def rows(self, sql: str, parameters: tuple[Any, ...] | dict[str, Any] = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        with explained(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    def meta(self, name: str, default: str = "") -> str:
        """A property of the file itself (title, project id, …)."""
        found = self.rows("SELECT value FROM meta WHERE name = ?", (name,))
        return found[0][0] if found else default

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
        documents: int = 1,
        kind: str = "act",
        joins: str | None = None,
    ) -> Iterator[Step]:
        """One act: everything written to the step, and its history, is on disk at the end, or nothing is.

        `label` says in words what was done (it may still be set inside). Steps that follow each other with the same
        `joins` become one in the history. Raises Busy or NotSaved when the file cannot be written now.
        """
        step = Step(self, label, coder, document, kind, joins, documents if document is not None else 0)
        with turns.wanted(self.path), self.transaction():
            step.begin()
            yield step
            step.end()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT; rolled back whatever goes wrong."""
        self._refuse_if_gone()
        connection = self.connection
        with explained(self.path):
            connection.execute("BEGIN IMMEDIATE")
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
        last = self.connection.execute("SELECT stamp FROM step ORDER BY key DESC LIMIT 1").fetchone()
        return stamps.next_stamp(max(last[0] if last else "", after), self.replica, stamps.now())

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
        try:
            with _explained_file(dest):
                self.connection.execute("VACUUM INTO ?", (str(draft),))
                draft.rename(dest)
        finally:
            draft.unlink(missing_ok=True)

    def _refuse_if_gone(self) -> None:
        if self.read_only:
            raise NotSaved(f"{self.path.name} was opened for reading only: this change is not saved.")
        if _identity(self.path) != self._file:
            raise NotSaved(
                f"{self.path} was moved or deleted while it was open: this change is not saved. "
                "Save a copy of the project to keep what it holds."
            )

    def _clock_notice(self) -> list[str]:
        last = self.rows("SELECT stamp FROM step ORDER BY key DESC LIMIT 1")
        if last and stamps.is_ahead(last[0][0], stamps.now()):
            return ["Parts of this project are dated more than a day ahead: check the clock of this computer."]
        return []


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def _explained_file(path: Path) -> Iterator[None]:
    """Errors of the file system, and SQLite's, as one sentence."""
    try:
        with explained(path):
            yield
    except OSError as error:
        raise AnnotatorError(f"{path} cannot be used: {error.strerror or error}.") from error
