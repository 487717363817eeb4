"""Files become one: for each id the row with the greater stamp, deletions included.

So bringing in a file twice changes nothing the second time, and the order in which files come in does not matter.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from annotator.errors import AnnotatorError
from annotator.storage import rows, stamps
from annotator.storage.batch import Batch
from annotator.storage.divergence import Clash, find_clash
from annotator.storage.project import Project
from annotator.storage.schema import REFERENCES, SHARED_TABLES

_PAGE = 500
_CLASHES = 1_000  # of one file; more would help nobody
NEW, NEWER, KNOWN, REFUSED = "new", "newer", "known", "refused"  # what becomes of a row

Values = Mapping[str, Any]


class Coming(NamedTuple):
    """A row of another file, as it is there: its keys are those of that file."""

    table: str
    fate: str
    values: Values


# Told of every row before it is taken; a sentence refuses the row, and with it what stands on it.
Rule = Callable[[Coming], str | None]


def all_welcome(_coming: Coming) -> str | None:
    """The rule between whole copies of a project."""
    return None


@dataclass
class Merged:
    """What came in, by table: rows that are new, newer, and already there in this or a later form."""

    new: Counter[str] = field(default_factory=Counter)
    newer: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    by_reading: Counter[tuple[str, str, int]] = field(default_factory=Counter)  # (fate, table, their reading's key)
    clashes: list[Clash] = field(default_factory=list)
    refused: list[tuple[Coming, str]] = field(default_factory=list)

    def count(self, fate: str, table: str) -> None:
        """One more row."""
        {NEW: self.new, NEWER: self.newer}.get(fate, self.known)[table] += 1


def merge(project: Project, other: Project, *, coder: int | None = None, label: str = "") -> Merged:
    """Bring another project's rows into this one, as one step.

    Both must be open in this thread; `other` is only read. Raises AnnotatorError when they are no copies of one
    project.
    """
    with Batch(project, kind="merge", coder=coder) as batch:
        work = Merging(project, other, batch)
        work.run()
        documents = work.merged.new["document"] + work.merged.newer["document"]
        batch.finish(label or f"Bring in {other.path.name}", documents=documents)
    return work.merged


@dataclass
class Merging:
    """One other file on its way in; without a batch it is only compared.

    `expected` maps (table, id) to the stamps that files compared before this one would bring.
    """

    project: Project
    other: Project
    batch: Batch | None = None
    rule: Rule = all_welcome
    expected: dict[tuple[str, str], str] = field(default_factory=dict)
    told: Callable[[int], None] = lambda _rows: None
    merged: Merged = field(default_factory=Merged)
    ours: dict[tuple[str, int], int] = field(default_factory=dict)  # (table, their key) → our key, 0: not here yet

    def run(self) -> None:
        """Take or compare all tables; what a row refers to comes before it."""
        if self.project.meta("project") != self.other.meta("project"):
            raise AnnotatorError(f"{self.other.path.name} is another project, not a copy of {self.project.path.name}.")
        for table in SHARED_TABLES:
            there = _columns(self.project, table)
            names = [column for column in _columns(self.other, table) if column in there]
            listed = rows_of(self.other, table, names)
            while page := [dict(zip(names, row, strict=True)) for row in islice(listed, _PAGE)]:
                self._page(table, page)
                self.told(len(page))

    def _page(self, table: str, page: Sequence[dict[str, Any]]) -> None:
        if self.batch is not None:
            self.batch.open_slice()  # nobody writes between looking and writing
        here = self._known(table, [values["id"] for values in page])
        new: list[tuple[int, dict[str, Any], str | None]] = []
        for values in page:
            if not stamps.is_stamp(values["stamp"]):
                raise AnnotatorError(f"{self.other.path} is damaged: a row of the kind {table} has no valid stamp.")
            known = here.get(values["id"])
            fate = self._fate(table, values, known)
            if fate == REFUSED:
                continue
            seen = KNOWN if fate == NEW and values["deleted"] else fate  # a tombstone of what was never here is no news
            self.merged.count(seen, table)
            if table in _OF_READING:
                self.merged.by_reading[seen, table, values[_OF_READING[table]]] += 1
            theirs = values["key"]
            if fate == NEW:
                text = rows.text_of(self.other.connection, theirs) if table == "document" else None
                new.append((theirs, self._mapped(table, values), text))
                self.ours[table, theirs] = 0
                continue
            self.ours[table, theirs] = known.key if known else 0
            if known is not None:
                self._meet(table, fate, values, known)
        self._insert(table, new)

    def _fate(self, table: str, values: Values, known: "_Known | None") -> str:
        stamp = known.stamp if known else self.expected.get((table, values["id"]), "")
        fate = NEW if not stamp else NEWER if is_newer(values["stamp"], stamp) else KNOWN
        coming = Coming(table, fate, values)
        reason = self._dangling(coming) or self.rule(coming)
        if reason is None:
            if self.batch is None and fate != KNOWN:
                self.expected[table, values["id"]] = values["stamp"]
            return fate
        self.merged.refused.append((coming, reason))
        if known is not None:
            self.ours[table, values["key"]] = known.key  # what stands on it stands on ours
        return REFUSED

    def _dangling(self, coming: Coming) -> str | None:
        for name, target in _TARGETS[coming.table].items():
            if (target, coming.values[name]) not in self.ours:
                return f"what it belongs to ({target}) was refused"
        return None

    def _mapped(self, table: str, values: Values) -> dict[str, Any]:
        """The row with our keys, without what is local to a file."""
        mapped = {name: value for name, value in values.items() if name not in ("key", "batch")}
        for name, target in _TARGETS[table].items():
            mapped[name] = self.ours[target, values[name]]
        return mapped

    def _known(self, table: str, ids: Sequence[str]) -> dict[str, "_Known"]:
        marks = ",".join("?" * len(ids))
        found = self.project.rows(
            f"""SELECT t.id, t.key, t.stamp, t.batch,
                    EXISTS (SELECT 1 FROM change AS c WHERE c."table" = '{table}' AND c.row = t.key)
                FROM "{table}" AS t WHERE t.id IN ({marks})""",
            tuple(ids),
        )
        known = {own: _Known(*row) for own, *row in found}
        for own, row in known.items():
            planned = (
                self.expected.get((table, own)) if self.batch is None else self.batch.planned_stamp(table, row.key)
            )
            if planned is not None and planned > row.stamp:
                known[own] = row._replace(stamp=planned)
        return known

    def _meet(self, table: str, fate: str, values: Values, known: "_Known") -> None:
        """A row that both files have."""
        if values["stamp"] == known.stamp:
            return
        if known.touched and len(self.merged.clashes) < _CLASHES:
            clash = find_clash(self.project, self.other, table, known.key, values, won=fate == NEWER)
            self.merged.clashes += [clash] if clash is not None else []
        if fate != NEWER or self.batch is None:
            return
        if known.batch == self.batch.key:
            self.batch.replace(table, known.key, self._mapped(table, values))
        else:
            self.batch.update_later(table, known.key, self._mapped(table, values))

    def _insert(self, table: str, new: Sequence[tuple[int, dict[str, Any], str | None]]) -> None:
        if self.batch is None or not new:
            return
        if table == "document":
            for theirs, values, text in new:
                self.ours[table, theirs] = self.batch.insert(table, values, text)
        else:
            keys = self.batch.insert_many(table, [values for _, values, _ in new])
            self.ours.update(((table, theirs), key) for (theirs, _, _), key in zip(new, keys, strict=True))
        self.batch.rest()


class _Known(NamedTuple):
    """A row that is here: its key, the stamp it has or will have, the batch that made it, and whether an act in this
    file has changed it.
    """

    key: int
    stamp: str
    batch: int
    touched: int


_OF_READING = {"annotation": "reading", "reading": "key"}
_TARGETS = {
    table: {name: target for (of, name), target in REFERENCES.items() if of == table} for table in SHARED_TABLES
}


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
