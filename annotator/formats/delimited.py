"""CSV and TSV: a row for each annotation, and beside it tables of relations, readings, documents, actors, codebook."""

import csv
import io
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from annotator.formats.cells import RISKY, guarded, joined
from annotator.formats.format import Format, ProjectRecords, Setting, WriteOptions, Written, never
from annotator.formats.tables import LOSES, SPANS, Cell, Row, Table, Tables
from annotator.formats.whole_file import whole_file
from annotator.model.records import DocumentRecord

_MARK = Setting(
    "bom",
    "Mark at the start of each file",
    "no",
    ("no", "yes"),
    "Excel takes accents and other scripts wrongly without it; R and some programs show it as part of the first name.",
)


def write_csv(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, /
) -> Written:
    """Commas between the cells."""
    return _write(records, destination, project, options, ",")


def write_tsv(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, /
) -> Written:
    """Tabs between the cells."""
    return _write(records, destination, project, options, "\t")


def _write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, comma: str
) -> Written:
    """DEST holds the annotations, `STEM.TABLE.SUFFIX` beside it each other table; all whole or none."""
    tables, counts = Tables(project), [0, 0, 0]
    with ExitStack() as stack:

        def opened(table: Table) -> _File:
            path = destination if table is tables.annotations else beside(destination, table.name)
            return _File(stack.enter_context(whole_file(path)), path, table, options, comma)

        streamed = [(opened(table), rows) for table, rows in tables.of_documents]
        others = [(opened(table), rows) for table, rows in tables.of_project]
        for other, held in others:
            other.write(held)
        for record in records:
            for each, rows in streamed:
                each.write(rows(record))
            counts = [
                number + more
                for number, more in zip(counts, (1, len(record.annotations), len(record.relations)), strict=True)
            ]
        for each, _ in (*streamed, *others):
            each.flush()
    files = [each.path for each, _ in streamed] + [each.path for each, _ in others]
    return Written(counts[0], counts[1], counts[2], tuple(files))


_BUFFER = 1 << 18  # characters that are gathered before they are written


class _File:
    """One table's file."""

    def __init__(self, file: BinaryIO, path: Path, table: Table, options: WriteOptions, comma: str) -> None:
        self.path = path
        self._file, self._kinds = file, [kind for _, kind in table.columns]
        self._gathered = io.StringIO(newline="")
        self._writer = csv.writer(self._gathered, delimiter=comma)
        if options.settings.get("bom") == "yes":
            self._file.write(b"\xef\xbb\xbf")
        self._writer.writerow(table.header)

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            self._writer.writerow(
                [
                    cell if cell is None or (type(cell) is str and cell[:1] not in RISKY) else as_text(cell, kind)
                    for cell, kind in zip(row, self._kinds, strict=True)
                ]
            )
        if self._gathered.tell() > _BUFFER:
            self.flush()

    def flush(self) -> None:
        """Hand over what is gathered."""
        self._file.write(self._gathered.getvalue().encode())
        self._gathered.seek(0)
        self._gathered.truncate()


def beside(destination: Path, table: str) -> Path:
    """Where another table of the same export lies."""
    return destination.with_name(f"{destination.stem}.{table}{destination.suffix}")


def as_text(cell: Cell, kind: str) -> Any:
    """A cell as text: lists with semicolons, spans as JSON (1-4 would be read as a date), nothing that is a formula."""
    if cell is None or cell == []:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if kind == SPANS:
        return json.dumps(cell, separators=(",", ":"))
    if isinstance(cell, list):
        return guarded(joined(cell))
    return guarded(cell) if isinstance(cell, str) else cell


CSV = Format(
    name="csv",
    label="CSV tables",
    patterns=("*.csv",),
    description="A row for each annotation, a column for each attribute; links, readings and actors in files beside.",
    verified_by=("pandas",),
    detect=never,
    writes=write_csv,
    cannot_hold=LOSES,
    splits=True,
    write_settings=(_MARK,),
)
TSV = Format(
    name="tsv",
    label="TSV tables",
    patterns=("*.tsv", "*.tab"),
    description="The same tables as CSV, with tabs between the cells.",
    verified_by=("pandas",),
    detect=never,
    writes=write_tsv,
    cannot_hold=LOSES,
    splits=True,
    write_settings=(_MARK,),
)
