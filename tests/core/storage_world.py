"""Copies of one project with several coders at work, driven by lists of small acts: what the laws are tried on."""

import hashlib
import json
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.storage import history, stamps, works
from annotator.storage.batch import Batch
from annotator.storage.merge import merge
from annotator.storage.project import Project
from annotator.storage.schema import REFERENCES, SHARED_TABLES, visible

KINDS = (
    "document", "tag", "note", "retag", "delete", "nudge", "bulk", "relate", "state", "import", "undo", "redo", "back",
    "merge", "copy", "clock", "reopen",
)  # fmt: skip
# An act: its kind and three numbers that choose the copy, the coder and the row it is about.
Act = tuple[str, int, int, int]
State = dict[str, dict[str, dict[str, Any]]]

_number = st.integers(0, 7)


def acts(kinds: Sequence[str] = (*KINDS, "tag", "undo"), size: int = 30) -> st.SearchStrategy[list[Act]]:
    """Lists of acts; tagging and undo are what people do most."""
    return st.lists(st.tuples(st.sampled_from(kinds), _number, _number, _number), max_size=size)


def made_id(*parts: object) -> str:
    """An id that depends on nothing but its parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, repr(parts)))


def shared_state(project: Project) -> State:
    """Every shared row by its id, tombstones included, without what is local to the file."""
    ids = {t: dict(project.rows(f'SELECT key, id FROM "{t}"')) for t in SHARED_TABLES}
    state: State = {}
    for table in SHARED_TABLES:
        sql = f'SELECT * FROM "{table}" WHERE batch NOT IN (SELECT key FROM batch WHERE ended IS NULL)'
        cursor = project.connection.execute(sql)
        names = [column[0] for column in cursor.description]
        state[table] = {}
        for row in cursor.fetchall():
            values = dict(zip(names, row, strict=True))
            key = values.pop("key")
            del values["batch"]
            for name in values:
                target = REFERENCES.get((table, name))
                if target is not None:
                    values[name] = ids[target][values[name]]
            if table == "document":
                values["text"] = project.rows("SELECT text FROM document_text WHERE document = ?", (key,))[0][0]
            state[table][values["id"]] = values
    return state


def content(project: Project) -> State:
    """What a person can see: live rows, without stamps."""
    found = shared_state(project)
    return {
        table: {key: {k: v for k, v in row.items() if k != "stamp"} for key, row in rows.items() if not row["deleted"]}
        for table, rows in found.items()
    }


def verbatim(project: Project) -> dict[str, list[tuple[Any, ...]]]:
    """All columns of all shared rows and texts, keys and stamps included, and what the search finds."""
    found = {table: project.rows(f'SELECT * FROM "{table}" ORDER BY key') for table in SHARED_TABLES}
    found["text"] = project.rows("SELECT * FROM document_text ORDER BY document")
    for word in ("alpha", "beta", "漢字漢"):
        for index in ("search", "search_parts"):
            sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid"
            found[f"{index} {word}"] = project.rows(sql, (word,))
    return found


class World:
    """Copies of a project in one folder, each open, with a clock that the acts can move."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = 1_700_000_000_000
        self.made = 0
        first = Project.create(folder / "copy0.annotator")
        with first.step("people", kind="setup") as step:
            for name in ("Ada", "Ben"):
                step.insert("coder", {"id": made_id("coder", name), "name": name})
        with first.step("text", kind="setup") as step:
            self._insert_document(step, 0)
        self.copies: list[Project] = [first]

    def close(self) -> None:
        for project in self.copies:
            project.close()

    def now(self) -> int:
        self.clock += 3
        return self.clock

    def run(self, listed: Sequence[Act]) -> None:
        """Do acts one after the other."""
        for act in listed:
            self.do(act)

    def do(self, act: Act) -> None:
        """Do one act. What is refused with a sentence changes nothing."""
        kind, a, b, c = act
        project = self.copies[a % len(self.copies)]
        coder = 1 + b % 2
        if kind in ("copy", "clock", "reopen", "merge"):
            getattr(self, f"_{kind}")(a % len(self.copies), b, c)
        elif kind == "undo":
            history.undo(project, coder)
        elif kind == "redo":
            before = verbatim(project)
            try:
                history.redo(project, coder)
            except AnnotatorError:
                assert verbatim(project) == before
        elif kind == "back":
            known = history.steps(project, limit=c + 1)
            history.undo_since(project, coder, known[-1].key)
        else:
            getattr(self, f"_{kind}")(project, coder, c)

    # ---- acts on the whole

    def _copy(self, number: int, *_: int) -> None:
        if len(self.copies) < 4:
            path = self.folder / f"copy{len(self.copies)}.annotator"
            self.copies[number].copy_to(path)
            self.copies.append(Project.open(path))

    def _clock(self, _: int, b: int, c: int) -> None:
        self.clock += (b - 4) * stamps.DAY // 4 + c

    def _reopen(self, number: int, *_: int) -> None:
        path = self.copies[number].path
        self.copies[number].close()
        self.copies[number] = Project.open(path)

    def _merge(self, number: int, b: int, c: int) -> None:
        other = self.copies[c % len(self.copies)]
        if other is not self.copies[number]:
            merge(self.copies[number], other, coder=1 + b % 2)

    # ---- acts of a person

    def _insert_document(self, step: Any, c: int) -> int:
        text = f"alpha {c} 漢字漢字"
        row_id = hashlib.sha256(text.encode()).hexdigest()
        known = step.project.rows("SELECT key FROM document WHERE id = ?", (row_id,))
        if known:
            step.update("document", known[0][0], {"deleted": 0})
            return int(known[0][0])
        return int(step.insert_document({"id": row_id, "sha256": row_id, "title": f"title {c}"}, text))

    def _document(self, project: Project, coder: int, c: int) -> None:
        with project.step("document", coder=coder) as step:
            self._insert_document(step, c)

    def _pick(self, project: Project, table: str, c: int, coder: int | None = None) -> int | None:
        sql = f"SELECT t.key FROM {table} AS t WHERE {visible('t')}"
        if coder is not None:
            sql += f" AND t.reading IN (SELECT key FROM reading WHERE coder = {coder})"
        found = project.rows(sql + " ORDER BY t.id")
        return found[c % len(found)][0] if found else None

    def _reading(self, step: Any, document: int, coder: int) -> int:
        row_id = made_id(
            "reading",
            step.project.rows("SELECT id FROM document WHERE key = ?", (document,)),
            step.project.rows("SELECT id FROM coder WHERE key = ?", (coder,)),
        )
        known = step.project.rows("SELECT key FROM reading WHERE id = ?", (row_id,))
        if known:
            step.update("reading", known[0][0], {"deleted": 0})
            return int(known[0][0])
        return int(step.insert("reading", {"id": row_id, "document": document, "coder": coder}))

    def _tag(self, project: Project, coder: int, c: int) -> None:
        document = self._pick(project, "document", c)
        if document is None:
            return
        with project.step("tag", coder=coder, document=document) as step:
            reading = self._reading(step, document, coder)
            values = {"reading": reading, "tag": f"tag{c}", "spans": f"[[{c},{c + 1}]]", "start": c, "end": c + 1}
            step.insert("annotation", {**values, "quote": "x"})

    def _change(self, project: Project, coder: int, c: int, values: dict[str, Any], **how: Any) -> None:
        row = self._pick(project, "annotation", c, coder)
        if row is not None:
            with project.step(f"change {sorted(values)}", coder=coder, **how) as step:
                step.update("annotation", row, values)

    def _note(self, project: Project, coder: int, c: int) -> None:
        self.made += 1
        self._change(project, coder, c, {"note": f"note {self.made}"})

    def _retag(self, project: Project, coder: int, c: int) -> None:
        self._change(project, coder, c // 2, {"tag": f"tag{c % 2}"})

    def _delete(self, project: Project, coder: int, c: int) -> None:
        self._change(project, coder, c, {"deleted": 1})

    def _nudge(self, project: Project, coder: int, c: int) -> None:
        self.made += 1
        end = 20 + self.made
        self._change(project, coder, 0, {"end": end, "spans": f"[[0,{end}]]"}, joins=f"edge {c % 2}")

    def _bulk(self, project: Project, coder: int, c: int) -> None:
        own = "SELECT key FROM reading WHERE coder = ?"
        sql = f"SELECT a.key FROM annotation AS a WHERE a.reading IN ({own}) AND {visible('a')}"
        with project.step("bulk", coder=coder, documents=3) as step:
            for (row,) in project.rows(sql, (coder,)):
                step.update("annotation", row, {"flags": f'["{c}"]'})

    def _relate(self, project: Project, coder: int, c: int) -> None:
        ends = self._pick(project, "annotation", c, coder), self._pick(project, "annotation", c + 1, coder)
        if ends[0] is not None and ends[1] is not None:
            with project.step("relate", coder=coder) as step:
                step.insert("relation", {"type": "to", "source": ends[0], "target": ends[1]})

    def _state(self, project: Project, coder: int, c: int) -> None:
        document = self._pick(project, "document", c)
        if document is not None:
            with project.step("state", coder=coder, document=document) as step:
                reading = self._reading(step, document, coder)
                step.update("reading", reading, {"state": ("in work", "done")[c % 2]})
                step.update("document", document, {"title": f"title {c} by {coder}"})

    def _import(self, project: Project, coder: int, c: int) -> None:
        """Three documents with readings and annotations of derived ids, and one change of what was there."""
        with Batch(project, kind="import", coder=coder) as batch:
            for number in range(c, c + 3):
                text = f"beta {number}" + " 漢字漢" * (number % 2)
                document = hashlib.sha256(text.encode()).hexdigest()
                key = self._once(batch, "document", document, {"sha256": document, "title": text}, text)
                reading = made_id(
                    "reading", [(document,)], project.rows("SELECT id FROM coder WHERE key = ?", (coder,))
                )
                reading_key = self._once(batch, "reading", reading, {"document": key, "coder": coder})
                values = {"reading": reading_key, "tag": "claim", "spans": "[[0,4]]", "start": 0, "end": 4}
                self._once(batch, "annotation", made_id("in", reading), {**values, "quote": text[:4]})
            first = self._pick(project, "document", c)
            if first is not None:
                batch.update_later("document", first, {"outlet": f"outlet {c}"})
            batch.finish("import", documents=3)

    def _once(self, batch: Batch, table: str, row_id: str, values: dict[str, Any], text: str | None = None) -> int:
        known = batch.project.rows(f"SELECT key, deleted FROM {table} WHERE id = ?", (row_id,))
        if not known:
            return batch.insert(table, {"id": row_id, **values}, text)
        if known[0][1]:
            batch.update_later(table, known[0][0], {"deleted": 0})
        return int(known[0][0])


def check_integrity(project: Project) -> None:
    """The file is sound, no bulk work is left over, every change is readable, and stamps grow step by step."""
    assert project.read_only or works.sweep(project)
    assert project.rows("PRAGMA quick_check") == [("ok",)]
    assert project.rows("PRAGMA foreign_key_check") == []
    assert project.rows("SELECT * FROM batch WHERE ended IS NULL") == []
    project.connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    stamped = [stamp for (stamp,) in project.rows("SELECT stamp FROM step ORDER BY key")]
    assert all(earlier < later for earlier, later in pairwise(stamped))
    greatest = max(row["stamp"] for rows in shared_state(project).values() for row in rows.values())
    assert greatest <= stamped[-1]
    for (columns,) in project.rows("SELECT columns FROM change WHERE columns <> '[1]'"):
        assert all(len(pair) == 2 for pair in json.loads(columns).values())


@contextmanager
def world(monkeypatch_now: Any) -> Iterator[World]:
    """A world in a folder of its own; `monkeypatch_now(function)` puts its clock in place of the computer's."""
    with ExitStack() as stack:
        memory = Path("/dev/shm")  # the laws are not about disks
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None))
        made = World(Path(folder))
        stack.callback(made.close)
        stack.enter_context(monkeypatch_now(made.now))
        yield made
