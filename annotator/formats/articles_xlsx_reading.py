"""Reads articles out of a spreadsheet with openpyxl, row by row; formulas give the value that was last shown."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats import kinds
from annotator.formats.archives import opened_zip
from annotator.formats.columns import SETTINGS as FIELD_SETTINGS
from annotator.formats.columns import Columns, article_of, chosen, named
from annotator.formats.format import ReadOptions, Setting
from annotator.formats.guards import open_file
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord

SETTINGS = (*FIELD_SETTINGS, Setting("sheet", "Sheet", advice="Its name; empty: the first that holds something."))
_PART = 256 * 1024 * 1024  # bytes of a part, unpacked
_ROWS = 1_048_576  # that a sheet can have
_COLUMNS = 2_000
_LOOKED_AT = 50  # rows
_HEAD = 64 * 1024


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file is an Excel workbook of today's form."""
    if not head.startswith(b"PK") or kinds.kind_by_content(head, path.name) is not kinds.SPREADSHEET:
        return False
    return b"opendocument" not in head[:200]


def columns(path: Path, options: ReadOptions, /) -> Columns:
    """The columns of the sheet and what each is taken for; which sheets there are."""
    with _sheet(path, options) as (sheets, rows):
        return replace(_columns(path, rows, options)[0], choices={"sheet": sheets})


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """An article for each row."""
    name = options.name or path.name
    with _sheet(path, options) as ((sheet, *_), rows):
        found, few = _columns(path, rows, options)
        for number, cells in _joined(few, rows):
            where = f"{name}, {sheet}, row {number}"
            row = dict(zip(found.names, (_value(cell) for cell in cells), strict=False))
            if any(value not in ("", None) for value in row.values()):
                made = article_of(row, found, where, report, options.settings, name)
                if made is not None:
                    yield made


_Row = tuple[int, tuple[Any, ...]]


def _joined(few: list[_Row], rows: Iterator[_Row]) -> Iterator[_Row]:
    yield from few
    yield from rows


def _columns(path: Path, rows: Iterator[_Row], options: ReadOptions) -> tuple[Columns, list[_Row]]:
    """The columns, and the rows that were looked at for them."""
    header = next(rows, None)
    if header is None:
        raise AnnotatorError(f"Cannot read {path.name}: it is empty.")
    cells = list(header[1])
    while cells and cells[-1] in ("", None):
        cells.pop()
    if len(cells) > _COLUMNS:
        raise AnnotatorError(f"Cannot read {path.name}: it has more than {_COLUMNS:,} columns.")
    names = named(["" if cell is None else str(cell) for cell in cells])
    few = list(islice(rows, _LOOKED_AT))
    samples = [dict(zip(names, row, strict=False)) for _, row in few]
    return chosen(names, options.settings, path.name, samples), few


@contextmanager
def _sheet(path: Path, options: ReadOptions) -> Iterator[tuple[tuple[str, ...], Iterator[_Row]]]:
    """The names of all sheets, that of the chosen one first, and the rows of that one. Raises AnnotatorError."""
    import openpyxl

    _refuse_harmful(path)
    try:
        with open_file(path) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that it does not know
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                sheet = _chosen_sheet(book, options.settings.get("sheet", ""), path)
                others = (each.title for each in _sheets(book))
                yield tuple(dict.fromkeys([sheet.title, *others])), _rows(sheet)
            finally:
                book.close()
    except (AnnotatorError, GeneratorExit):
        raise
    except Exception as fault:  # what openpyxl raises over damaged files has no common class
        raise AnnotatorError(f"Cannot read {path.name}: it is a damaged spreadsheet.") from fault


def _chosen_sheet(book: Any, wish: str, path: Path) -> Any:
    sheets = _sheets(book)
    if wish:
        found = next((sheet for sheet in sheets if sheet.title == wish), None)
        if found is None:
            there = ", ".join(f"“{sheet.title[:40]}”" for sheet in sheets[:20])
            raise AnnotatorError(f"Cannot read {path.name}: there is no sheet “{wish[:60]}”; there are {there}.")
        return found
    for sheet in sheets:
        if next(_rows(sheet), None) is not None:
            return sheet
    raise AnnotatorError(f"Cannot read {path.name}: it is empty.")


def _sheets(book: Any) -> list[Any]:
    """All sheets but those that are a diagram alone."""
    return [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]


def _rows(sheet: Any) -> Iterator[_Row]:
    """The rows that hold something, with their numbers. The size that a sheet states of itself is not believed."""
    sheet.reset_dimensions()
    for number, row in enumerate(islice(sheet.iter_rows(values_only=True), _ROWS), 1):
        if any(cell not in ("", None) for cell in row):
            yield number, row


def _refuse_harmful(path: Path) -> None:
    """Parts that are too large once unpacked, and XML that declares entities."""
    with opened_zip(path) as archive:
        for info in archive.infolist():
            if info.file_size > _PART:
                raise AnnotatorError(
                    f"Cannot read {path.name}: {info.filename[:100]} in it is larger than {_PART >> 20} MB."
                )
            if not info.filename.lower().endswith((".xml", ".rels")):
                continue
            try:
                with archive.open(info) as part:
                    head = part.read(_HEAD)
            except Exception as fault:  # what zlib raises has no common class with the rest
                raise AnnotatorError(f"Cannot read {path.name}: it is a damaged spreadsheet.") from fault
            if b"<!" in head.replace(b"<!--", b"").replace(b"\0", b""):
                raise AnnotatorError(f"Cannot read {path.name}: its XML declares entities, which are not read.")


def _value(cell: Any) -> Any:
    """A cell as it is kept: whole numbers without their “.0”, days without midnight."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if cell is None or isinstance(cell, str | int | float | bool):
        return cell
    said = cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
    return said.removesuffix("T00:00:00")
