"""Writing a coder's package: table by table from a list of what may go, into an empty file.

Nothing is ever deleted from a copy, so nothing that does not go can be left in the history, an index or a free page.
Rows go with their ids and stamps, so that the package and what comes back can be merged. A row that goes in a reduced
form gets a stamp just below its own: wherever the whole row turns up, it wins.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.storage import assignments, people, rows, stamps, training_queries
from annotator.storage.connection import begin, connect
from annotator.storage.files import appear, explained_file, remove
from annotator.storage.opening import make_new
from annotator.storage.project import Project
from annotator.storage.properties import SEARCHES
from annotator.storage.schema import REFERENCES, visible

# Table → the columns that go, besides id and stamp. What is not here stays behind: assignments (they would tell which
# documents others code too), appearances, earlier texts, names of files, everything that an import brought besides.
_COLUMNS = {
    "coder": ("name", "same_as"),
    "codebook": ("parent", "version", "content"),
    "document": ("sha256", "title", "outlet", "date", "url", "language", "rights", "words"),
    "entity": ("name", "aliases", "type", "country", "note", "same_as", "extra"),
    "reading": ("document", "coder", "kind", "state", "reason", "codebook", "extra"),
    "first_done": ("reading", "content"),
    "annotation": (
        "source_id", "reading", "tag", "spans", "start", "end", "quote", "attributes", "note", "question", "flags",
        "codebook_made", "codebook_confirmed", "extra",
    ),
    "relation": ("source_id", "type", "source", "target", "attributes", "note", "extra"),
    "decision": ("document", "reviewer", "place", "kind", "choice", "reason", "content"),
}  # fmt: skip

# What was decided where the coding is closed; of what people wrote to each other elsewhere, what is about one of the
# coder's own annotations, by the coder or by somebody who does not code the document.
_SAID = """t.document IN {settled} OR (t.document IN {documents} AND t.kind = 'message'
    AND (t.reviewer IN {whose} OR NOT EXISTS (SELECT 1 FROM reading AS o
        WHERE o.document = t.document AND o.coder = t.reviewer AND o.kind = 'own' AND o.deleted = 0))
    AND EXISTS (SELECT 1 FROM annotation AS a JOIN reading AS r ON r.key = a.reading
        WHERE r.coder IN {whose} AND r.document = t.document
        AND (instr(t.place, a.id) OR instr(t.content, a.id))))"""


@dataclass(frozen=True)
class Order:
    """What is to go: the coder, the documents, whether the registry of actors goes along.

    `codebook` makes of the content of a version the content that goes; `searches` are the saved ones, as JSON.
    """

    coder: int
    documents: Sequence[int]
    entities: bool
    codebook: Callable[[str], str]
    searches: str = ""


def write_package(project: Project, dest: Path, order: Order) -> None:
    """Write the package to `dest`, whole or not at all. Raises AnnotatorError if the file is there already."""
    dest = dest.absolute()
    if dest.exists():
        raise AnnotatorError(f"{dest} exists already: choose another name.")
    coder_id = project.rows("SELECT id FROM coder WHERE key = ?", (order.coder,))[0][0]
    told = {name: project.meta(name) for name in ("project", "title")}
    if project.meta("proposals"):  # what the lead has switched on holds for all coders
        told["proposals"] = project.meta("proposals")
    if order.searches:
        told[SEARCHES] = order.searches
    draft = dest.with_name(f".{dest.name}.{secrets.token_hex(4)}")
    with explained_file(dest, "the package is not made"):
        try:
            made = {**told, "secret": secrets.token_hex(32), "coder": coder_id, "package": str(stamps.now())}
            make_new(draft, made)
            with closing(connect(draft)) as connection:
                begin(connection)
                _Writer(project, connection, order).write()
                connection.execute("COMMIT")
            appear(draft, dest)
        finally:
            remove(draft)


class _Writer:
    """Writes the rows of one package; `keys` knows what went under which key."""

    def __init__(self, project: Project, package: sqlite3.Connection, order: Order) -> None:
        self.project, self.package, self.order = project, package, order
        self.keys: dict[tuple[str, int], int] = {}
        self.training = training_queries.documents(project) & set(order.documents)

    def write(self) -> None:
        """All tables, what is referred to first."""
        whose = people.listed(self.project, self.order.coder)
        documents = _within(self.order.documents)
        reviewed = assignments.reviewed_for(self.project, self.order.coder, self.order.documents)
        # Of training articles the agreed version goes along at once; the window hides it until the coder is done.
        settled = _within(sorted({*reviewed, *self.training}))
        said = (
            f"SELECT t.key FROM decision AS t WHERE {_SAID.format(whose=whose, documents=documents, settled=settled)}"
        )
        decided = f"SELECT r.coder FROM reading AS r WHERE r.kind = 'gold' AND r.document IN {settled}"
        spoke = f"SELECT x.reviewer FROM decision AS x WHERE x.key IN ({said})"
        self._table("coder", f"t.key IN {whose} OR t.key IN ({decided}) OR t.key IN ({spoke})")
        self._table("codebook", "1")
        self._table("document", f"t.key IN {documents}")
        if self.order.entities:
            self._table("entity", "1")
        own = f"t.kind = 'own' AND t.coder IN {whose} AND t.document IN {documents}"
        self._table("reading", f"({own}) OR (t.kind = 'gold' AND t.document IN {settled})")
        for table in ("first_done", "annotation", "relation"):
            self._table(table, "1")  # of the readings that go
        self._table("decision", f"t.key IN ({said})")

    def _table(self, table: str, where: str) -> None:
        """The live rows of a table under a condition, but for those that refer to something that does not go."""
        columns = _COLUMNS[table]
        for row in self._rows(table, ("key", "id", "stamp", *columns), where):
            values = dict(zip(("key", "id", "stamp", *columns), row, strict=True))
            key = values.pop("key")
            targets = {name: REFERENCES[table, name] for name in columns if (table, name) in REFERENCES}
            if any((target, values[name]) not in self.keys for name, target in targets.items()):
                continue
            values.update({name: self.keys[target, values[name]] for name, target in targets.items()})
            whole = values.get("content")
            if table == "codebook":
                values["content"] = self.order.codebook(str(whole))
            if table == "document" and key in self.training:
                values["extra"] = json.dumps({training_queries.MARK: True})
            if table == "document" or values.get("content") != whole:
                values["stamp"] = stamps.just_below(values["stamp"])
            self.keys[table, key] = rows.insert(self.package, table, values)
            if table == "document":
                text = rows.text_of(self.project.connection, key)
                rows.write_text(self.package, self.keys[table, key], text or "")

    def _rows(self, table: str, names: Sequence[str], where: str) -> Iterator[tuple[Any, ...]]:
        """In pages by key, so that the order in the package is that of the project and nothing else."""
        listed, after = ", ".join(f't."{name}"' for name in names), 0
        while True:
            page = self.project.rows(
                f'SELECT {listed} FROM "{table}" AS t WHERE t.key > ? AND ({where}) AND {visible("t")} '
                "ORDER BY t.key LIMIT 500",
                (after,),
            )
            if not page:
                return
            yield from page
            after = page[-1][0]


def _within(documents: Sequence[int]) -> str:
    return "(" + ", ".join(map(str, documents)) + ")"
