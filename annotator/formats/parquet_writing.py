"""Writes Parquet with DuckDB: rows go to JSON lines first, so that memory does not grow, and then into columns."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.attribute_columns import BOOLEAN, NUMBER, TEXT, TEXTS
from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.tables import INTEGER, SPANS, Row, Table, Tables
from annotator.formats.whole_file import whole_folder
from annotator.model.records import DocumentRecord

_TYPES = {
    TEXT: "VARCHAR",
    INTEGER: "BIGINT",
    NUMBER: "DOUBLE",
    BOOLEAN: "BOOLEAN",
    TEXTS: "VARCHAR[]",
    SPANS: 'STRUCT("start" BIGINT, "end" BIGINT)[]',
}
_GROUP = 10_000  # rows that are in memory at once
_SHOWN = 100  # rows that a person is shown at most
_ROOM = 16 << 20  # bytes that a row may have without more being asked for; DuckDB takes several times as much
_MEMORY = 128  # MB, more for longer rows; beyond that DuckDB goes on in the folder that is being written


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """A folder with TABLE.parquet for each table, whole or not at all; `document`, `id` and `source` join them."""
    tables, counts = Tables(project), Counter[str]()
    with whole_folder(destination) as folder:
        aside = folder / ".rows"
        aside.mkdir()
        with ExitStack() as stack:
            streamed = [(_Rows(stack, aside, table), rows) for table, rows in tables.of_documents]
            others = [(_Rows(stack, aside, table), rows) for table, rows in tables.of_project]
            for other, held in others:
                other.write(held)
            for record in records:
                for each, rows in streamed:
                    each.write(rows(record))
                counts.update(documents=1, annotations=len(record.annotations), relations=len(record.relations))
        _into_columns([each for each, _ in (*streamed, *others)], aside, folder, destination)
        for left in sorted(aside.rglob("*"), reverse=True):
            left.rmdir() if left.is_dir() else left.unlink()
        aside.rmdir()
    return Written(counts["documents"], counts["annotations"], counts["relations"], (destination,))


def lines(path: Path) -> Iterator[str]:
    """The names of the columns and the first rows, as a person reads them."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        found = connection.execute(f"SELECT * FROM read_parquet({_quoted(str(path))}) LIMIT {_SHOWN}")
        yield " | ".join(column[0] for column in found.description)
        for row in found.fetchall():
            yield " | ".join("" if cell is None else str(cell) for cell in row)


class _Rows:
    """The rows of one table as JSON lines."""

    def __init__(self, stack: ExitStack, folder: Path, table: Table) -> None:
        self.table = table
        self.longest = _ROOM  # bytes of a row
        self._file = stack.enter_context((folder / f"{table.name}.jsonl").open("xb"))

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            told = {
                name: [{"start": start, "end": end} for start, end in cell] if kind == SPANS else cell
                for cell, (name, kind) in zip(row, self.table.columns, strict=True)
            }
            line = json.dumps(told, ensure_ascii=False, allow_nan=False).encode() + b"\n"
            self.longest = max(self.longest, len(line))
            self._file.write(line)


def _into_columns(tables: Sequence[_Rows], aside: Path, folder: Path, destination: Path) -> None:
    import duckdb

    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute("SET threads = 1")  # the same rows give the same bytes
            connection.execute("SET autoinstall_known_extensions = false")
            most = max(each.longest for each in tables)
            connection.execute("SET memory_limit = ?", [f"{_MEMORY + 8 * most // (1 << 20)}MB"])
            connection.execute("SET temp_directory = ?", [str(aside / "more")])
            for each in tables:
                _one(connection, each, aside / f"{each.table.name}.jsonl", folder / f"{each.table.name}.parquet")
    except duckdb.Error as fault:
        reason = str(fault).splitlines()[0].rstrip(".")[:200]
        raise AnnotatorError(f"Cannot write {destination}: {reason}.") from fault


def _one(connection: Any, written: _Rows, rows: Path, target: Path) -> None:
    table = written.table
    columns = ", ".join(f"{_quoted(name)}: {_quoted(_TYPES[kind])}" for name, kind in table.columns)
    listed = ", ".join('"' + name.replace('"', '""') + '"' for name in table.header)
    connection.execute(
        f"COPY (SELECT {listed} FROM read_json({_quoted(str(rows))}, format = 'newline_delimited', "
        f"columns = {{{columns}}}, maximum_object_size = {written.longest})) "
        f"TO {_quoted(str(target))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})"
    )


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
