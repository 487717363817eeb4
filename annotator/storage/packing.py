"""Putting the rows of an import or merge away when it is undone, and bringing them back verbatim.

Rows that a person made on them and took back again (tombstones) go along: they refer to what goes away.
"""

import json
import time
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotator.storage import rows, stamps, turns
from annotator.storage.batch import SLICE, erase_rows, forget_owner, keys_of, new_owner
from annotator.storage.schema import REFERENCES, SHARED_TABLES

if TYPE_CHECKING:
    from annotator.storage.project import Project

_PAGE = 200  # rows to a packet


def pages(keys: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    """Keys in parts that fit into one SQL statement."""
    for i in range(0, len(keys), size):
        yield keys[i : i + size]


def rows_by_table(project: "Project", batch: int) -> dict[str, list[int]]:
    """The rows that a batch made, by table."""
    found: dict[str, list[int]] = {}
    for table, key in keys_of(project, batch):
        found.setdefault(table, []).append(key)
    return found


def pack(project: "Project", step: int, batch: int) -> None:
    """Write a batch's rows, and the tombstones that stand on them, into the step; in short slices."""
    _adopt_tombstones(project, batch)
    everything = keys_of(project, batch)
    project.connection.execute("DELETE FROM packed WHERE step = ?", (step,))
    for number, start in enumerate(range(0, len(everything), _PAGE)):
        packet = [_whole(project, table, row) for table, row in everything[start : start + _PAGE]]
        content = zlib.compress(json.dumps(packet, ensure_ascii=False).encode("utf-8"), 1)
        turns.wait_for_acts(project.path)
        with project.transaction():
            project.connection.execute("INSERT OR REPLACE INTO packed VALUES (?, ?, ?)", (step, number, content))


def _whole(project: "Project", table: str, row: int) -> list[Any]:
    values = rows.whole(project.connection, table, row)
    text = None
    if table == "document":
        text = project.connection.execute("SELECT text FROM document_text WHERE document = ?", (row,)).fetchone()[0]
    return [table, values, text]


def _adopt_tombstones(project: "Project", batch: int) -> None:
    """Count dead rows that refer to the batch's rows to the batch; nothing live refers to them (checked before)."""
    going = rows_by_table(project, batch)
    with project.transaction():
        for table in SHARED_TABLES:
            for (child, column), target in REFERENCES.items():
                if child != table:
                    continue
                for part in pages(going.get(target, [])):
                    marks = ",".join("?" * len(part))
                    found = project.connection.execute(
                        f'SELECT key FROM "{child}" WHERE "{column}" IN ({marks}) AND batch != ?', (*part, batch)
                    ).fetchall()
                    for (key,) in found:
                        project.connection.execute(f'UPDATE "{child}" SET batch = ? WHERE key = ?', (batch, key))
                        going.setdefault(child, []).append(key)


def hide(project: "Project", batch: int) -> list[tuple[str, int]]:
    """Make a batch invisible (the rows are taken out afterwards); returns its rows."""
    project.connection.execute(
        "UPDATE batch SET ended = NULL, owner = 'undone', touched = ? WHERE key = ?", (stamps.now() - 1_000_000, batch)
    )
    return keys_of(project, batch)


def erase_packed(project: "Project", batch: int) -> None:
    """Take the rows of a hidden batch out of the file; its own row stays ended and empty, for redo."""
    erase_rows(project, batch)
    with project.transaction():
        project.connection.execute("DELETE FROM batch WHERE key = ?", (batch,))


def unpack(project: "Project", step: int, batch: int) -> None:
    """Bring a packed batch's rows back, still invisible, in short slices."""
    connection = project.connection
    owner = new_owner()
    with project.transaction():
        rows.insert(connection, "batch", {"key": batch, "owner": owner, "touched": stamps.now(), "ended": None})
    numbers = [n for (n,) in project.rows("SELECT number FROM packed WHERE step = ? ORDER BY number", (step,))]
    began: float | None = None
    for number in numbers:
        content = project.rows("SELECT content FROM packed WHERE step = ? AND number = ?", (step, number))[0][0]
        for table, values, text in json.loads(zlib.decompress(content)):
            if began is None:
                turns.wait_for_acts(project.path)
                connection.execute("BEGIN IMMEDIATE")
                began = time.perf_counter()
            rows.insert(connection, table, values)
            if text is not None:
                rows.write_text(connection, values["key"], text)
            if time.perf_counter() - began > SLICE:
                connection.execute("COMMIT")
                began = None
    if began is not None:
        connection.execute("COMMIT")


def show(project: "Project", step: int, batch: int) -> list[tuple[str, int]]:
    """Make an unpacked batch visible, and drop its packets."""
    project.connection.execute("UPDATE batch SET ended = ? WHERE key = ?", (stamps.now(), batch))
    for (owner,) in project.rows("SELECT owner FROM batch WHERE key = ?", (batch,)):
        forget_owner(owner)
    project.connection.execute("DELETE FROM packed WHERE step = ?", (step,))
    return keys_of(project, batch)
