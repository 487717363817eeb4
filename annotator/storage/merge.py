"""Files become one: for each id the row with the greater stamp, deletions included.

So bringing in a file twice changes nothing the second time, and the order in which files come in does not matter.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from annotator.errors import AnnotatorError
from annotator.storage import rows, stamps, texts
from annotator.storage.batch import Batch
from annotator.storage.divergence import Clash, find_clash
from annotator.storage.project import Project
from annotator.storage.schema import REFERENCES, SHARED_TABLES

_PAGE = 500
_CLASHES = 1_000  # of one file; more would help nobody
NEW, NEWER, KNOWN = "new", "newer", "known"  # what becomes of a row

Values = Mapping[str, Any]


class Coming(NamedTuple):
    """A row of another file, as it is there: its keys are those of that file."""

    table: str
    fate: str
    values: Values


# Told of every row before it is taken; a sentence refuses the row, and with it what stands on it.
Rule = Callable[[Coming], str | None]


# What becomes of the cells of a row that stands on a text which the article does not have here; None: it does not fit.
Carry = Callable[[Coming], Values | None]
_ON_TEXT = ("annotation", "first_done")
_UNFIT = "its words are not in the text that the article has now"


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
    refused: list[tuple[str, str]] = field(default_factory=list)  # (table, why)

    def count(self, table: str, seen: Counter[tuple[str, int]]) -> None:
        """More rows of a table: by fate and the key of their reading, 0 for what belongs to none."""
        for (fate, reading), number in seen.items():
            {NEW: self.new, NEWER: self.newer}.get(fate, self.known)[table] += number
            if reading:
                self.by_reading[fate, table, reading] += number


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

    `expected` maps (table, id) to the stamps that files compared before this one would bring. `carry` is there if the
    other file has another text of an article.
    """

    project: Project
    other: Project
    batch: Batch | None = None
    rule: Rule = all_welcome
    expected: dict[tuple[str, str], str] = field(default_factory=dict)
    told: Callable[[int], None] = lambda _rows: None
    carry: Carry | None = None
    merged: Merged = field(default_factory=Merged)
    ours: dict[tuple[str, int], int] = field(default_factory=dict)  # (table, their key) → our key, 0: not here yet

    def run(self) -> None:
        """Take or compare all tables; what a row refers to comes before it."""
        if self.project.meta("project") != self.other.meta("project"):
            raise AnnotatorError(f"{self.other.path.name} is another project, not a copy of {self.project.path.name}.")
        for table in SHARED_TABLES:
            there = _columns(self.project, table)
            own = [name for name in _columns(self.other, table) if name in there and name not in ("key", "batch")]
            listed = rows_of(self.other, table, ["key", *own, "batch"])
            form = _Form.of(table, own)
            while page := list(islice(listed, _PAGE)):
                self._page(form, page)
                self.told(len(page))

    def _page(self, form: "_Form", page: Sequence[tuple[Any, ...]]) -> None:
        if self.batch is not None:
            self.batch.open_slice()  # nobody writes between looking and writing
        table, id_at, stamp_at, deleted_at = form.table, form.place("id"), form.place("stamp"), form.place("deleted")
        if not all(map(stamps.is_stamp, [row[stamp_at] for row in page])):
            raise AnnotatorError(f"{self.other.path} is damaged: a row of the kind {table} has no valid stamp.")
        here = self._known(table, [row[id_at] for row in page])
        ours, reading_at = self.ours, form.reading
        new: list[tuple[int, list[Any]]] = []
        seen: Counter[tuple[str, int]] = Counter()
        for row in page:
            known = here.get(row[id_at]) if here else None
            stamp = known.stamp if known else self.expected.get((table, row[id_at]), "") if self.expected else ""
            fate = NEW if not stamp else NEWER if is_newer(row[stamp_at], stamp) else KNOWN
            reason = self._why_not(form, fate, row)
            if reason is None and fate != KNOWN and self.carry is not None and table in _ON_TEXT:
                carried = self.carry(Coming(table, fate, form.values(row)))
                reason, row = (_UNFIT, row) if carried is None else (None, form.row(carried))
            if reason is not None:
                self.merged.refused.append((table, reason))
                if known is not None:
                    ours[table, row[0]] = known.key  # what stands on it stands on ours
                continue
            # A tombstone of what was never here is no news.
            seen[KNOWN if fate == NEW and row[deleted_at] else fate, row[reading_at] if reading_at >= 0 else 0] += 1
            ours[table, row[0]] = known.key if known else 0
            if self.batch is None and fate != KNOWN:
                self.expected[table, row[id_at]] = row[stamp_at]
            if fate == NEW:
                new.append((row[0], self._mapped(form, row)))
            elif known is not None and row[stamp_at] != known.stamp:
                self._meet(form, fate, row, known)
        self.merged.count(table, seen)
        self._insert(form, new)

    def _why_not(self, form: "_Form", fate: str, row: tuple[Any, ...]) -> str | None:
        for place, target in form.targets:
            if (target, row[place]) not in self.ours:
                return f"what it belongs to ({target}) was refused"
        return None if self.rule is all_welcome else self.rule(Coming(form.table, fate, form.values(row)))

    def _mapped(self, form: "_Form", row: tuple[Any, ...]) -> list[Any]:
        """The cells of the row's own columns, with our keys."""
        cells = list(row[1:-1])
        for place, target in form.targets:
            cells[place - 1] = self.ours[target, row[place]]
        return cells

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

    def _meet(self, form: "_Form", fate: str, row: tuple[Any, ...], known: "_Known") -> None:
        """A row that both files have, in two forms."""
        table = form.table
        if known.touched and len(self.merged.clashes) < _CLASHES:
            clash = find_clash(self.project, self.other, table, known.key, form.values(row), won=fate == NEWER)
            self.merged.clashes += [clash] if clash is not None else []
        if fate != NEWER or self.batch is None:
            return
        values = dict(zip(form.own, self._mapped(form, row), strict=True))
        if table == "document":
            self._bring_text(values, row[0], known.key)
        if known.batch == self.batch.key:
            self.batch.replace(table, known.key, values)
        else:
            self.batch.update_later(table, known.key, values)

    def _bring_text(self, values: dict[str, Any], theirs: int, ours: int) -> None:
        """The text that a document has there now, if it is another: it takes its place here with the document's row."""
        assert self.batch is not None
        hashed = values["sha256"]
        if rows.columns_of(self.project.connection, "document", ours, ("sha256",))["sha256"] != hashed:
            kept = {"id": texts.row_id(values["id"], hashed), "document": ours, "sha256": hashed, "deleted": 1}
            text = rows.text_of(self.other.connection, theirs)
            self.batch.insert("earlier_text", {**kept, "text": text, "stamp": values["stamp"]})

    def _insert(self, form: "_Form", new: Sequence[tuple[int, list[Any]]]) -> None:
        if self.batch is None or not new:
            return
        if form.table == "document":
            for theirs, cells in new:
                text = rows.text_of(self.other.connection, theirs)
                values = dict(zip(form.own, cells, strict=True))
                self.ours[form.table, theirs] = self.batch.insert(form.table, values, text)
        else:
            keys = self.batch.insert_many(form.table, form.own, [cells for _, cells in new])
            self.ours.update(((form.table, theirs), key) for (theirs, _), key in zip(new, keys, strict=True))
        self.batch.rest()


@dataclass(frozen=True)
class _Form:
    """How a row is read: its key, its own columns, its batch; and where in it stands what refers to other rows."""

    table: str
    own: tuple[str, ...]
    targets: tuple[tuple[int, str], ...]  # (place in a row, table)
    reading: int  # place of the reading's key, -1 if it belongs to none

    @classmethod
    def of(cls, table: str, own: Sequence[str]) -> "_Form":
        """The form of a table's rows."""
        targets = {name: target for (of, name), target in REFERENCES.items() if of == table}
        places = tuple((1 + own.index(name), target) for name, target in targets.items())
        reading = {"annotation": places[0][0] if places else -1, "reading": 0}.get(table, -1)
        return cls(table, tuple(own), places, reading)

    def place(self, name: str) -> int:
        """Where in a row a column stands."""
        return 1 + self.own.index(name)

    def values(self, row: tuple[Any, ...]) -> dict[str, Any]:
        """A row as it is in the other file, by the names of its columns."""
        return dict(zip(("key", *self.own, "batch"), row, strict=True))

    def row(self, values: Values) -> tuple[Any, ...]:
        """The row of these values."""
        return tuple(values[name] for name in ("key", *self.own, "batch"))


class _Known(NamedTuple):
    """A row that is here: its key, the stamp it has or will have, the batch that made it, and whether an act in this
    file has changed it.
    """

    key: int
    stamp: str
    batch: int
    touched: int


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
