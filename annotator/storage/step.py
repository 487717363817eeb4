"""One act of a person, written in one transaction together with who did what, when, and how to undo it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.storage import properties, rights, rows, stamps, texts
from annotator.storage.ids import new_id, text_id
from annotator.storage.past import as_cell, from_cell

if TYPE_CHECKING:
    from annotator.storage.project import Project

JOIN_WITHIN = 5_000  # milliseconds in which repeated nudges of one edge become one step


@dataclass
class Change:
    """One row in a step: its changed columns before and after; `before` is None where the step made the row.

    What a made row holds stands in the row itself; `after` says only whether it was deleted again.
    """

    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass
class Step:
    """Collects the rows of one act. `Project.step` makes it, and writes it into the history at the end."""

    project: "Project"
    label: str
    coder: int | None
    document: int | None
    kind: str = "act"
    joins: str | None = None
    documents: int = 0
    batch: int | None = None
    as_lead: bool = False
    stamp: str = ""
    key: int = 0
    changed: dict[tuple[str, int], Change] = field(default_factory=dict)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection whose transaction this step is."""
        return self.project.connection

    def begin(self) -> None:
        """Take the stamp of this step; the transaction is open."""
        self.stamp = self.project.take_stamp()

    def insert(self, table: str, values: rows.Values) -> int:
        """Write a new row of a shared table, with an id and this step's stamp, and return its key.

        A row of the same id that a bulk work has written, and that nobody sees yet, becomes this step's.
        """
        rights.refuse_insert(self, table, values)
        row = {"id": new_id(), **values, "stamp": self.stamp}
        try:
            key = rows.insert(self.connection, table, row)
        except sqlite3.IntegrityError:
            hidden = self._hidden(table, str(row["id"]))
            if hidden is None:
                raise
            key = hidden
            rows.update(self.connection, table, key, {"deleted": 0, **row, "batch": 0})
        self.changed[table, key] = Change(None, None)
        return key

    def _hidden(self, table: str, row_id: str) -> int | None:
        """The row of a bulk work without an end that has this id."""
        known = rows.find(self.connection, table, row_id)
        if known is None:
            return None
        sql = f'SELECT 1 FROM "{table}" WHERE key = ? AND batch IN (SELECT key FROM batch WHERE ended IS NULL)'
        return None if self.connection.execute(sql, (known[0],)).fetchone() is None else known[0]

    def insert_document(self, values: rows.Values, text: str) -> int:
        """Write a new document with its text."""
        row = self.insert("document", values)
        if rows.text_of(self.connection, row) is None:
            rows.write_text(self.connection, row, text)
        return row

    def replace_text(self, document: int, text: str, values: rows.Values) -> None:
        """Give a document another text, with what else changes in its row; the text that it had is kept."""
        old = rows.text_of(self.connection, document)
        assert old is not None
        self.update("document", document, {"sha256": text_id(text), **values})
        own = str(rows.columns_of(self.connection, "document", document, ("id",))["id"])
        for each, deleted in ((text, 1), (old, 0)):  # what is the text now is no earlier one
            hashed = text_id(each)
            known = rows.find(self.connection, "earlier_text", texts.row_id(own, hashed))
            if known is not None:
                self.update("earlier_text", known[0], {"deleted": deleted})
            elif not deleted:
                row = {"id": texts.row_id(own, hashed), "document": document, "sha256": hashed, "text": each}
                self.insert("earlier_text", row)
        texts.put(self.connection, document, old, text)

    def hold(self, table: str, row: int) -> None:
        """Note that this step counts on a row as it is, live or deleted: earlier steps are not taken back below it."""
        now = rows.columns_of(self.connection, table, row, ("deleted",))
        known = self.changed.get((table, row), Change({}, {}))
        if known.before is not None:
            self.changed[table, row] = Change(now | known.before, now | (known.after or {}))

    def update(self, table: str, row: int, values: rows.Values) -> bool:
        """Change columns of a row; returns whether any value was new. Raises KeyError for a row that is not there."""
        rights.refuse_update(self, table, row)
        old = rows.columns_of(self.connection, table, row, tuple(values))
        new = {column: value for column, value in values.items() if old[column] != value}
        if not new:
            return False
        rows.update(self.connection, table, row, {**new, "stamp": self.stamp})
        before = {column: old[column] for column in new}
        known = self.changed.get((table, row))
        if known is None:
            self.changed[table, row] = Change(before, new)
        elif known.before is not None:
            self.changed[table, row] = Change(before | known.before, (known.after or {}) | new)
        elif "deleted" in new:
            known.after = {"deleted": new["deleted"]}
        return True

    def delete(self, table: str, row: int) -> bool:
        """Leave a tombstone, so that the deletion reaches other copies too."""
        return self.update(table, row, {"deleted": 1})

    def set_meta(self, name: str, value: str) -> bool:
        """Change a property of the file itself, undoably; returns whether it was another one."""
        number = properties.number_of(name)
        before, after = properties.now(self.project, number), {properties.COLUMN: value}
        if before == after:
            return False
        properties.put(self.connection, number, after)
        self.changed[properties.TABLE, number] = Change(before, after)
        return True

    def end(self, prepared: Sequence[tuple[str, int, str]] = ()) -> None:
        """Write the step and its changes, those too that were `prepared`; nothing changed means no step."""
        if not self.changed and self.batch is None:
            return
        connection, now = self.connection, stamps.now()
        earlier = self._joined(now)
        if earlier is not None:
            self.key = earlier
            rows.update(
                connection,
                "step",
                earlier,
                {"label": self.label, "at": now, "stamp": self.stamp},
            )
        else:
            self.key = rows.insert(connection, "step", self._row(now))
        for (table, row), change in self.changed.items():
            self._write(table, row, change)
        connection.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?)", [(self.key, table, row, cell) for table, row, cell in prepared]
        )
        if self.kind in ("act", "import", "merge"):
            self._close_redo()

    def _close_redo(self) -> None:
        """A new act clears what the same coder could do again, and what nobody by name took back."""
        connection = self.connection
        of_coder = "state = 'open' AND (coder IS ? OR coder IS NULL)"
        for (undo,) in connection.execute(f"SELECT key FROM step WHERE {of_coder}", (self.coder,)).fetchall():
            connection.execute("DELETE FROM packed WHERE step IN (SELECT key FROM step WHERE taken_by = ?)", (undo,))
            rows.update(connection, "step", undo, {"state": "closed"})

    def _row(self, now: int) -> dict[str, Any]:
        return {
            "coder": self.coder,
            "at": now,
            "stamp": self.stamp,
            "kind": self.kind,
            "label": self.label,
            "document": self.document if self.documents == 1 else None,
            "documents": self.documents,
            "session": self.project.session,
            "state": "done",
            "batch": self.batch,
            "joins": self.joins,
        }

    def _joined(self, now: int) -> int | None:
        """The step that this one goes on with: the latest of the file, on the same edge, a moment ago."""
        if self.joins is None:
            return None
        last = self.connection.execute(
            "SELECT key, coder, joins, state, at, session FROM step ORDER BY key DESC LIMIT 1"
        ).fetchone()
        if last is None or last[1:4] != (self.coder, self.joins, "done"):
            return None
        if now - last[4] > JOIN_WITHIN or last[5] != self.project.session:
            return None
        return int(last[0])

    def _write(self, table: str, row: int, change: Change) -> None:
        known = self.connection.execute(
            'SELECT columns FROM change WHERE step = ? AND "table" = ? AND row = ?', (self.key, table, row)
        ).fetchone()
        before, after = change.before, change.after
        if known is not None:
            was_before, was_after = from_cell(known[0])
            if was_before is None or was_after is None or before is None or after is None:
                return  # the joined step made the row: what it holds stands in the row itself
            before, after = before | was_before, was_after | after
        self.connection.execute(
            "INSERT OR REPLACE INTO change VALUES (?, ?, ?, ?)", (self.key, table, row, as_cell(before, after))
        )
