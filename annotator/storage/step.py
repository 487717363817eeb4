"""One act of a person, written in one transaction together with who did what, when, and how to undo it."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.storage import rows, stamps
from annotator.storage.ids import new_id

if TYPE_CHECKING:
    import sqlite3

    from annotator.storage.project import Project

JOIN_WITHIN = 5_000  # milliseconds in which repeated nudges of one edge become one step


@dataclass
class Change:
    """One row in a step: its changed columns before and after, both None where the step made the row."""

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
    documents: int = 1
    stamp: str = ""
    key: int = 0
    changed: dict[tuple[str, int], Change] = field(default_factory=dict)

    @property
    def connection(self) -> "sqlite3.Connection":
        """The connection whose transaction this step is."""
        return self.project.connection

    def begin(self) -> None:
        """Take the stamp of this step; the transaction is open."""
        self.stamp = self.project.take_stamp()

    def insert(self, table: str, values: rows.Values) -> int:
        """Write a new row of a shared table, with an id and this step's stamp, and return its key."""
        row = rows.insert(self.connection, table, {"id": new_id(), **values, "stamp": self.stamp})
        self.changed[table, row] = Change(None, None)
        return row

    def insert_document(self, values: rows.Values, text: str) -> int:
        """Write a new document with its text."""
        row = self.insert("document", values)
        rows.write_text(self.connection, row, text)
        return row

    def update(self, table: str, row: int, values: rows.Values) -> bool:
        """Change columns of a row; returns whether any value was new. Raises KeyError for a row that is not there."""
        old = rows.columns_of(self.connection, table, row, tuple(values))
        new = {column: value for column, value in values.items() if old[column] != value}
        if not new:
            return False
        rows.update(self.connection, table, row, {**new, "stamp": self.stamp})
        known = self.changed.get((table, row))
        if known is None:
            self.changed[table, row] = Change({column: old[column] for column in new}, new)
        elif known.before is not None and known.after is not None:
            known.before = {column: old[column] for column in new} | known.before
            known.after |= new
        return True

    def delete(self, table: str, row: int) -> bool:
        """Leave a tombstone, so that the deletion reaches other copies too."""
        return self.update(table, row, {"deleted": 1})

    def end(self) -> None:
        """Write the step and its changes; nothing changed means no step."""
        if not self.changed:
            return
        connection, now = self.connection, stamps.now()
        earlier = self._joined(now)
        if earlier is not None:
            self.key = earlier
            rows.update(
                connection,
                "step",
                earlier,
                {"label": self.label, "at": now, "stamp": self.stamp, "applied": self.stamp},
            )
        else:
            self.key = rows.insert(connection, "step", self._row(now))
        for (table, row), change in self.changed.items():
            self._write(table, row, change)
        if self.kind in ("act", "import", "merge"):
            self._close_redo()

    def _close_redo(self) -> None:
        """A new act clears what could be done again, for the same coder only."""
        of_coder = "state = 'open' AND coder IS ?"
        open_undos = self.connection.execute(f"SELECT key FROM step WHERE {of_coder}", (self.coder,)).fetchall()
        for (undo,) in open_undos:
            self.connection.execute(
                "DELETE FROM packed WHERE step IN (SELECT key FROM step WHERE taken_by = ?)", (undo,)
            )
            rows.update(self.connection, "step", undo, {"state": "closed"})

    def _row(self, now: int) -> dict[str, Any]:
        return {
            "coder": self.coder,
            "at": now,
            "stamp": self.stamp,
            "kind": self.kind,
            "label": self.label,
            "document": self.document if self.documents == 1 else None,
            "documents": self.documents if self.document is None or self.documents != 1 else 1,
            "session": self.project.session,
            "state": "done",
            "applied": self.stamp,
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
            'SELECT before, after FROM change WHERE step = ? AND "table" = ? AND row = ?', (self.key, table, row)
        ).fetchone()
        if known is None:
            before, after = _json(change.before), _json(change.after)
        elif known[0] is None or change.before is None or change.after is None:
            return  # the joined step made the row: its values stand in the row itself
        else:
            before = _json(change.before | json.loads(known[0]))
            after = _json(json.loads(known[1]) | change.after)
        self.connection.execute(
            "INSERT OR REPLACE INTO change VALUES (?, ?, ?, ?, ?)", (self.key, table, row, before, after)
        )


def _json(values: dict[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, separators=(",", ":"))
