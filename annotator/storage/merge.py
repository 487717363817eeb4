"""Two files become one: for each id the row with the greater stamp, deletions included.

So bringing in a file twice changes nothing the second time, and the order in which files come in does not matter.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.errors import AnnotatorError
from annotator.storage import rows, stamps
from annotator.storage.batch import Batch
from annotator.storage.project import Project
from annotator.storage.schema import REFERENCES, SHARED_TABLES

_PAGE = 500


@dataclass
class Merged:
    """What came in, by table: rows that are new, newer, and already there in this or a later form."""

    new: Counter[str] = field(default_factory=Counter)
    newer: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    step: int | None = None


def merge(project: Project, other: Project, *, coder: int | None = None, label: str = "", dry: bool = False) -> Merged:
    """Bring another project's rows into this one, as one step; `dry` only counts.

    Both must be open in this thread; `other` is only read. Raises AnnotatorError when they are no copies of one
    project.
    """
    if project.meta("project") != other.meta("project"):
        raise AnnotatorError(f"{other.path.name} is another project, not a copy of {project.path.name}.")
    with Batch(project, kind="merge", coder=coder) as batch:
        work = _Work(project, other, batch, dry)
        for table in SHARED_TABLES:
            work.table(table)
        if dry:
            batch.abandon()
            return work.merged
        documents = work.merged.new["document"] + work.merged.newer["document"]
        work.merged.step = batch.finish(label or f"Bring in {other.path.name}", documents=documents)
    return work.merged


@dataclass
class _Work:
    project: Project
    other: Project
    batch: Batch
    dry: bool
    merged: Merged = field(default_factory=Merged)
    ours: dict[tuple[str, int], int] = field(default_factory=dict)  # (table, their key) → our key

    def table(self, table: str) -> None:
        """Take one table; what its rows refer to was taken before."""
        names = [column for column in _columns(self.other, table) if column in _columns(self.project, table)]
        own = [name for name in names if name not in ("key", "batch")]
        for row in rows_of(self.other, table, names):
            values = dict(zip(names, row, strict=True))
            theirs = values["key"]
            self.ours[table, theirs] = self._take(
                table, theirs, {name: self._mapped(table, name, values) for name in own}
            )

    def _mapped(self, table: str, name: str, values: dict[str, Any]) -> Any:
        target = REFERENCES.get((table, name))
        return values[name] if target is None else self.ours.get((target, values[name]), 0)

    def _take(self, table: str, theirs: int, values: dict[str, Any]) -> int:
        self.batch.rest()
        if not stamps.is_stamp(values["stamp"]):
            raise AnnotatorError(f"{self.other.path} is damaged: a row of the kind {table} has no valid stamp.")
        known = rows.find(self.project.connection, table, values["id"])
        if known is None:
            self.merged.new[table] += 1
            if self.dry:
                return 0
            text = rows.text_of(self.other.connection, theirs) if table == "document" else None
            return self.batch.insert(table, values, text)
        if is_newer(values["stamp"], known[1]):
            self.merged.newer[table] += 1
            self.batch.update_later(table, known[0], values)
        else:
            self.merged.known[table] += 1
        return known[0]


def is_newer(theirs: str, ours: str) -> bool:
    """Whether the row with the stamp `theirs` replaces the one with the stamp `ours`."""
    return theirs > ours


def _columns(project: Project, table: str) -> list[str]:
    return [row[1] for row in project.rows(f'PRAGMA table_info("{table}")')]


def rows_of(other: Project, table: str, names: list[str]) -> Iterator[tuple[Any, ...]]:
    """All rows of a table, in pages, tombstones included and unfinished work left out."""
    listed, after = ", ".join(f'"{name}"' for name in names), 0
    while True:
        page = other.rows(
            f'SELECT {listed} FROM "{table}" WHERE key > ? '
            "AND batch NOT IN (SELECT key FROM batch WHERE ended IS NULL) ORDER BY key LIMIT ?",
            (after, _PAGE),
        )
        if not page:
            return
        yield from page
        after = page[-1][names.index("key")]
