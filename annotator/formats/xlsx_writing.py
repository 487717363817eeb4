"""Writes workbooks row by row in constant memory; the same records give the same bytes."""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.cells import joined
from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.loss import Loss
from annotator.formats.tables import SPANS, Cell, Row, Table, Tables
from annotator.formats.whole_file import whole_file
from annotator.formats.xml_text import held, is_held
from annotator.model.records import DocumentRecord

ROWS = 1_048_576  # of a sheet, its header among them (Excel's own limit)
CELL = 32_767  # characters of a cell, counted in UTF-16 units (Excel's own limit)
_NUMBER = 1 << 53  # whole numbers up to here are exact in Excel, which keeps all as doubles
_MADE = datetime(2000, 1, 1)  # the day that stands in every workbook, so that the same records give the same bytes
_WIDE = {"quote": 48, "title": 32, "note": 32, "question": 32, "text": 60, "words": 60, "label": 32}


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """One workbook; whole or not at all."""
    return write_sheets(records, destination, project, ROWS)


def write_sheets(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, rows_each: int
) -> Written:
    """The same, with so many rows a sheet (its header counts): a table that is longer goes on in the next one."""
    tables, counts = Tables(project), Counter[str]()
    with whole_file(destination) as file, _aside(destination) as folder, _workbook(file, folder, destination) as book:
        bold = book.add_format({"bold": True})
        streamed = [(_Sheets(book, table, bold, rows_each), rows) for table, rows in tables.of_documents]
        for table, held_rows in tables.of_project:
            _Sheets(book, table, bold, rows_each).write(held_rows)
        for record in records:
            for sheets, rows in streamed:
                sheets.write(rows(record))
            counts.update(documents=1, annotations=len(record.annotations), relations=len(record.relations))
    return Written(counts["documents"], counts["annotations"], counts["relations"], (destination,))


def loses(record: DocumentRecord, _options: WriteOptions, /) -> Mapping[Loss, int]:
    """Cells that are too long for Excel, and texts with characters that XML cannot hold."""
    lost: Counter[Loss] = Counter()
    tables = Tables({})
    for _, rows in tables.of_documents:
        for row in rows(record):
            cells = [cell for cell in row if isinstance(cell, str) and cell]
            if not is_held("".join(cells)):
                lost[Loss.CHARACTERS] += sum(not is_held(cell) for cell in cells)
            lost[Loss.LONG_CELLS] += sum(2 * len(cell) > CELL and _units(cell) > CELL for cell in cells)
    return +lost


def lines(path: Path) -> Iterator[str]:
    """The rows of the first sheet, as a person reads them."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield " | ".join("" if cell is None else str(cell) for cell in row)
    finally:
        book.close()


class _Sheets:
    """The sheets of one table; one that is full is followed by another."""

    def __init__(self, book: Any, table: Table, bold: Any, rows_each: int) -> None:
        self._book, self._table, self._bold, self._rows_each = book, table, bold, rows_each
        self._kinds = [kind for _, kind in table.columns]
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        name = self._table.name if self._number == 1 else f"{self._table.name} {self._number}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for place, title in enumerate(self._table.header):
            self._sheet.set_column(place, place, _WIDE.get(title, 14))
            self._sheet.write_string(0, place, title, self._bold)
        self._row = 1

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            if self._row == self._rows_each:
                self._begin()
            for place, cell in enumerate(row):
                if cell is not None and cell != "" and cell != []:
                    self._cell(place, cell, self._kinds[place])
            self._row += 1

    def _cell(self, place: int, cell: Cell, kind: str) -> None:
        """Text is written as text, whatever it begins with: nothing becomes a formula, a link or a date."""
        if isinstance(cell, bool):
            self._sheet.write_boolean(self._row, place, cell)
        elif isinstance(cell, int | float) and abs(cell) <= _NUMBER:
            self._sheet.write_number(self._row, place, cell)
        else:
            self._sheet.write_string(self._row, place, _short(held(_text(cell, kind))))


def _text(cell: Cell, kind: str) -> str:
    if kind == SPANS:
        return json.dumps(cell, separators=(",", ":"))
    return joined(cell) if isinstance(cell, list) else str(cell)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _short(text: str) -> str:
    """The text as far as a cell goes, no character cut in two."""
    if 2 * len(text) <= CELL or _units(text) <= CELL:
        return text
    return text.encode("utf-16-le")[: CELL * 2].decode("utf-16-le", "ignore")


@contextmanager
def _aside(destination: Path) -> Iterator[str]:
    """A folder beside the workbook for what is gathered: texts of articles lie in no common temporary folder."""
    try:
        folder = tempfile.mkdtemp(prefix=".annotator-", suffix=".part", dir=destination.absolute().parent)
    except OSError as fault:
        raise AnnotatorError(f"Cannot write {destination}: {(fault.strerror or str(fault)).lower()}.") from fault
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _workbook(file: Any, folder: str, destination: Path) -> Iterator[Any]:
    """A workbook that is written to `file` when the block ends well."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
    book.set_properties({"created": _MADE})
    book.use_zip64()
    try:
        yield book
        book.close()
    except FileCreateError as fault:
        raise AnnotatorError(f"Cannot write {destination}: {str(fault).lower()}.") from fault
    finally:
        book.fileclosed = True  # else the library complains, when it is collected, of one that was given up
        for sheet in book.worksheets():
            if sheet.row_data_fh and not sheet.row_data_fh.closed:
                sheet.row_data_fh.close()
