"""Actors as a table that spreadsheets open: one actor a row, several names or countries in one cell.

What is written is read back unchanged. A cell that a spreadsheet would take for a formula has an apostrophe before
it (OWASP, CSV injection), which is taken off again.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.cells import guarded, joined, parted, unguarded
from annotator.formats.decoding import decode
from annotator.formats.report import Report
from annotator.model.entities import Entity

COLUMNS = ("id", "name", "aliases", "type", "country", "note", "same_as", "extra")
_CELL_LIMIT = 1_000_000  # characters of a cell


@dataclass(frozen=True)
class EntityRow:
    """A row as it was read; `given` names the columns that the table has."""

    where: str
    name: str
    id: str = ""
    aliases: tuple[str, ...] = ()
    type: str = ""
    country: tuple[str, ...] = ()
    note: str = ""
    same_as: str = ""
    extra: dict[str, Any] = field(default_factory=dict, hash=False)
    given: frozenset[str] = frozenset()


def entities_to_csv(entities: Iterable[Entity], *, bom: bool = False) -> bytes:
    """The table in UTF-8; `bom` puts the mark before it by which older Excel knows UTF-8."""
    listed = list(entities)
    columns = COLUMNS if any(each.extra for each in listed) else COLUMNS[:-1]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for each in listed:
        cells = {
            "id": each.id,
            "name": guarded(each.name),
            "aliases": guarded(joined(each.aliases)),
            "type": guarded(each.type),
            "country": guarded(joined(each.country)),
            "note": guarded(each.note),
            "same_as": each.same_as or "",
            "extra": json.dumps(each.extra, ensure_ascii=False) if each.extra else "",
        }
        writer.writerow([cells[column] for column in columns])
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def entities_from_csv(data: bytes, name: str, report: Report) -> list[EntityRow]:
    """The rows of a table with commas, semicolons or tabs between its cells; what is wrong goes to the report.

    Raises AnnotatorError when it is no such table: no text, or no column “name”.
    """
    text = decode(data).text
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[EntityRow] = []
    header: list[str] = []
    earlier = csv.field_size_limit(_CELL_LIMIT)
    try:
        for cells in reader:
            if not header:
                header = [cell.strip().casefold() for cell in cells]
                _check_header(header, name, report)
            elif any(cell.strip() for cell in cells):
                row = _row(header, cells, f"{name}, line {reader.line_num}", report)
                rows += [row] if row else []
    except csv.Error as fault:
        raise AnnotatorError(f"{name}, line {reader.line_num}: it is no table ({fault}).") from None
    finally:
        csv.field_size_limit(earlier)
    if not header:
        raise AnnotatorError(f"{name}: there is nothing in it.")
    return rows


def _check_header(header: Sequence[str], name: str, report: Report) -> None:
    if "name" not in header:
        raise AnnotatorError(f"{name}: its first line names no column “name”.")
    twice = next((each for each in header if each and header.count(each) > 1), None)
    if twice is not None:
        raise AnnotatorError(f"{name}: its first line names the column “{twice}” twice.")
    for each in header:
        if each and each not in COLUMNS:
            report.warn(name, f"the column “{each}” is not known and was left out")


def _row(header: Sequence[str], cells: Sequence[str], where: str, report: Report) -> EntityRow | None:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        report.refuse(where, "it has more cells than the first line")
        return None
    told = dict(zip(header, cells, strict=False))
    name = unguarded(told.get("name", "")).strip()
    if not name:
        report.refuse(where, "the actor has no name")
        return None
    extra = told.get("extra", "").strip()
    return EntityRow(
        where=where,
        name=name,
        id=told.get("id", "").strip(),
        aliases=parted(unguarded(told.get("aliases", ""))),
        type=unguarded(told.get("type", "")),
        country=parted(unguarded(told.get("country", ""))),
        note=unguarded(told.get("note", "")),
        same_as=told.get("same_as", "").strip(),
        extra=_extra(extra, where, report) if extra else {},
        given=frozenset(column for column in header if column in COLUMNS),
    )


def _extra(text: str, where: str, report: Report) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        report.refuse(where, "its “extra” is no JSON object and was left out")
        return {}
    return found
