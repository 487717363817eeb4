"""Bulk work that brings in rows: written in short slices, visible at once at the end, undone as one step."""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.storage import rights, rows, search_index, stamps, turns, works
from annotator.storage.connection import PATIENCE, explained
from annotator.storage.ids import new_id
from annotator.storage.later import Later
from annotator.storage.step import Step

if TYPE_CHECKING:
    from annotator.storage.project import Project

ABANDON = 0.15  # seconds that a person who cancels a work waits for it to be taken out


class Batch(AbstractContextManager["Batch"]):
    """One bulk work. Leaving the `with` block by an error, or calling `abandon`, takes everything back.

    Raises Busy when another bulk work on the file has not ended, in whatever process.
    """

    def __init__(self, project: "Project", *, kind: str, coder: int | None = None) -> None:
        if kind == "import":
            rights.refuse_import(project)
        self.project = project
        self.kind = kind
        self.coder = coder
        self.made = 0  # rows written so far
        self._work = works.Work(project)
        self.key = self._work.key
        self._slices = self._work.slices
        self._has_texts = False
        self._later = Later(project)
        self.stamp = project.take_stamp()
        self.greatest = self.stamp  # the greatest stamp of its rows

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.abandon()
        self._work.let_go()

    def insert(self, table: str, values: rows.Values, text: str | None = None) -> int:
        """Write a new row of a shared table; `values` may bring its own id and stamp. A document brings its text.

        If a person made the row with this id meanwhile, it stays and its key is returned; values with a later stamp
        replace it at the end.
        """
        self.open_slice()
        row = {"stamp": self.stamp, **values, "batch": self.key}
        if "id" not in row:
            row["id"] = new_id()
        with explained(self.project.path):
            try:
                key = rows.insert(self.project.connection, table, row)
            except sqlite3.IntegrityError as error:
                return self._known(table, values, error)
            if text is not None:
                if not self._has_texts:
                    search_index.expect_many(self.project.connection)
                    self._has_texts = True
                rows.write_text(self.project.connection, key, text)
        self.greatest = max(self.greatest, str(row["stamp"]))
        self.made += 1
        self.rest()
        return key

    def insert_many(self, table: str, columns: Sequence[str], listed: Sequence[Sequence[Any]]) -> list[int]:
        """Write new rows of a table, documents excepted; the columns hold id and stamp, and no batch.

        Returns their keys. The caller has looked, in the slice that is open, that no row has one of these ids.
        """
        self.open_slice()
        with explained(self.project.path):
            try:
                keys = rows.insert_many(self.project.connection, table, columns, listed, batch=self.key)
            except sqlite3.IntegrityError as error:
                raise AnnotatorError(
                    f"A row of the kind {table} refers to something that {self.project.path.name} does not hold."
                ) from error
        stamp = columns.index("stamp")
        self.greatest = max(self.greatest, max(str(cells[stamp]) for cells in listed))
        self.made += len(listed)
        return keys

    def replace(self, table: str, row: int, values: rows.Values) -> None:
        """Change a row that this work has made; `values` bring their stamp."""
        self.open_slice()
        with explained(self.project.path):
            rows.update(self.project.connection, table, row, values)
        self.greatest = max(self.greatest, str(values["stamp"]))

    def _known(self, table: str, values: rows.Values, error: sqlite3.IntegrityError) -> int:
        if error.sqlite_errorname == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise AnnotatorError(
                f"A row of the kind {table} refers to something that {self.project.path.name} does not hold."
            ) from error
        known = rows.find(self.project.connection, table, str(values.get("id", "")))
        if known is None:
            raise error
        key, stamp = known
        if str(values.get("stamp", "")) > stamp:
            self.update_later(table, key, values)
        return key

    def rest(self) -> None:
        """End the slice if it has lasted long enough; call it in every round of a long work."""
        self._slices.rest()

    def update_later(self, table: str, row: int, values: rows.Values) -> None:
        """Change a row that was there before, in the last transaction; `values` may bring its own stamp."""
        self.greatest = max(self.greatest, str(values.get("stamp", "")))
        self._later.add(table, row, values)

    def later_stamp(self) -> str:
        """A stamp greater than all that this work has brought so far, and than all that was in the file before it."""
        self.greatest = stamps.next_stamp(self.greatest, self.project.replica, stamps.now())
        return self.greatest

    def set(self, table: str, row: int, values: rows.Values) -> None:
        """Change a row as this work's own doing, whether it has brought the row or not."""
        made = self.project.rows(f'SELECT 1 FROM "{table}" WHERE key = ? AND batch = ?', (row, self.key))
        if made:
            self.replace(table, row, {**values, "stamp": self.later_stamp()})
        else:
            self._later.forget_stamp(table, row)
            self.update_later(table, row, values)

    def planned_stamp(self, table: str, row: int) -> str | None:
        """The stamp that a row will have at the end, if it is to be changed."""
        planned = self._later.planned.get((table, row))
        return None if planned is None else planned.get("stamp")

    @property
    def planned(self) -> int:
        """How many rows will be changed at the end."""
        return len(self._later.planned)

    def open_slice(self) -> None:
        """Begin a slice, after every waiting act of a person."""
        self._slices.open()

    def end_slice(self) -> None:
        """Commit what this slice wrote."""
        self._slices.end()

    def finish(self, label: str, *, document: int | None = None, documents: int = 0) -> int | None:
        """Make everything visible as one step of the history; returns its key, None when nothing was written."""
        self.end_slice()
        if not self.made and not self._later.planned:
            self.abandon()
            return None
        project = self.project
        step = Step(project, label, self.coder, document, self.kind, None, documents, batch=self.key)
        self._later.prepare()
        with turns.wanted(project.path), project.transaction(PATIENCE):
            ended = project.connection.execute(
                "UPDATE batch SET ended = ? WHERE key = ? AND ended IS NULL", (stamps.now(), self.key)
            )
            if ended.rowcount != 1:
                raise AnnotatorError(f"The work on {project.path.name} was given up by another window: try again.")
            step.stamp = project.take_stamp(after=self.greatest)
            step.end(self._later.write(step.stamp))
        self._work.let_go()
        return step.key

    def abandon(self) -> None:
        """Take back everything this work wrote, at once: what is much is swept away later, and not seen until then."""
        self._slices.cancel()
        self._work.let_go()
        with suppress(AnnotatorError):  # the disk is full, the file is gone, …: it is swept away later too
            works.erase(self.project, self.key, seconds=ABANDON)
