"""Putting the rows of an import or merge away when it is undone, and bringing them back verbatim.

Rows that a person made on them and took back again (tombstones) go along: they refer to what goes away.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.storage import rows, stamps, works
from annotator.storage.connection import TEXT_LIMIT, explained
from annotator.storage.schema import REFERENCES, SHARED_TABLES

if TYPE_CHECKING:
    from annotator.storage.project import Project

Along = tuple[str, int, int]  # table, key, and the batch that a row belongs to by itself
_PLACES = {table: place for place, table in enumerate(SHARED_TABLES)}
_PACKET = 500_000  # characters of JSON after which a packet is closed


def pack(work: works.Work, step: int, batches: Sequence[int]) -> list[tuple[str, int]]:
    """Write the rows of batches, and those that stand on them, into a step, in short slices; returns the latter."""
    project, slices = work.project, work.slices
    slices.open()
    project.connection.execute("DELETE FROM packed WHERE step = ?", (step,))
    slices.end()
    along = standing(project, batches)
    listed = [row for batch in batches for row in works.keys_of(project, batch)] + along
    for number, content in enumerate(_packets(project, sorted(listed, key=_in_order))):
        slices.open()
        with explained(project.path):
            project.connection.execute("INSERT INTO packed VALUES (?, ?, ?)", (step, number, content))
        slices.rest()
    slices.end()
    return along


def standing(project: "Project", batches: Sequence[int]) -> list[tuple[str, int]]:
    """The rows, of whatever state, that refer to rows of batches, directly or not, and are of none of them."""
    within = ",".join(map(str, batches))
    found: set[tuple[str, int]] = set()
    for child in SHARED_TABLES:
        for (table, column), target in REFERENCES.items():
            if table == child:
                found |= {(table, key) for key in _referring(project, table, column, target, within)}
                found |= {
                    (table, key)
                    for parent in [row for kind, row in found if kind == target]
                    for (key,) in project.rows(
                        f'SELECT key FROM "{table}" WHERE "{column}" = ? AND batch NOT IN ({within})', (parent,)
                    )
                }
    return sorted(found, key=_in_order)


def _in_order(row: tuple[str, int]) -> tuple[int, int]:
    return _PLACES[row[0]], row[1]


def _referring(project: "Project", table: str, column: str, target: str, within: str) -> list[int]:
    found = project.rows(
        f'SELECT t.key FROM "{target}" AS made JOIN "{table}" AS t ON t."{column}" = made.key '
        f"WHERE made.batch IN ({within}) AND made.batch <> 0 AND t.batch NOT IN ({within})"
    )
    return [key for (key,) in found]


def _packets(project: "Project", listed: list[tuple[str, int]]) -> Iterator[bytes]:
    packet: list[str] = []
    size = 0
    for table, row in listed:
        values = rows.whole(project.connection, table, row)
        text = rows.text_of(project.connection, row) if table == "document" else None
        packet.append(json.dumps([table, values, text], ensure_ascii=False))
        size += len(packet[-1])
        if size > _PACKET:
            yield _compressed(packet)
            packet, size = [], 0
    if packet:
        yield _compressed(packet)


def _compressed(packet: list[str]) -> bytes:
    return zlib.compress(f"[{','.join(packet)}]".encode(), 1)


def _unpacked(content: bytes) -> list[tuple[str, dict[str, Any], str | None]]:
    reader = zlib.decompressobj()
    plain = reader.decompress(content, 8 * TEXT_LIMIT)
    if reader.unconsumed_tail:
        raise AnnotatorError("The history of this project is damaged: a step of it cannot be read.")
    found: list[tuple[str, dict[str, Any], str | None]] = json.loads(plain)
    return found


def unpack(work: works.Work, step: int, batches: Sequence[int], label: str) -> list[Along]:
    """Bring the rows packed into a step back, still invisible, in short slices; returns those of other origin.

    Raises AnnotatorError when something else has taken their place, or what they stand on is gone.
    """
    project, slices = work.project, work.slices
    along: list[Along] = []
    slices.open()
    for batch in batches:
        rows.insert(project.connection, "batch", {"key": batch, **work.row()})
    for (number,) in project.rows("SELECT number FROM packed WHERE step = ? ORDER BY number", (step,)):
        content = project.rows("SELECT content FROM packed WHERE step = ? AND number = ?", (step, number))[0][0]
        for table, values, text in _unpacked(content):
            batch = values["batch"]
            if batch not in batches:
                along.append((table, values["key"], batch))
                batch = batches[0]
            slices.open()
            with explained(project.path):
                try:
                    rows.insert(project.connection, table, {**values, "batch": batch})
                except sqlite3.IntegrityError as error:
                    raise AnnotatorError(f"“{label}” cannot be done again: other work has taken its place.") from error
                if text is not None:
                    rows.write_text(project.connection, values["key"], text)
            slices.rest()
    slices.end()
    return along


def hide(work: works.Work, batches: Sequence[int], along: list[tuple[str, int]]) -> None:
    """Make batches invisible, and what was packed along a part of one: all of it is taken out afterwards."""
    connection = work.project.connection
    for batch in batches:
        rows.update(connection, "batch", batch, work.row())
    for table, row in along:
        rows.update(connection, table, row, {"batch": batches[0]})


def show(project: "Project", step: int, batches: Sequence[int], along: Sequence[Along]) -> None:
    """Make unpacked batches visible, let rows that only came along be what they were, and drop the packets."""
    for batch in batches:
        rows.update(project.connection, "batch", batch, {"ended": stamps.now()})
    for table, row, own in along:
        rows.update(project.connection, table, row, {"batch": own})
    project.connection.execute("DELETE FROM packed WHERE step = ?", (step,))
