"""Reads QualCoder projects: the folder, or data.qda in it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.article_facts import facts_in
from annotator.formats.format import ReadOptions
from annotator.formats.guards import first_bytes, placed, span_of
from annotator.formats.newlines import offset_map, unified
from annotator.formats.report import Report
from annotator.formats.sqlite_guard import foreign_database, has_columns, table_names
from annotator.formats.sqlite_rows import RowsOf
from annotator.formats.utf16 import Utf16
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord

DATABASE = "data.qda"
_TABLES = frozenset({"source", "code_name", "code_text", "project"})
_VIEWS = ("code_text_visible", "code_image_visible", "code_av_visible")  # that newer versions make

_CODINGS = """SELECT t.fid, t.rowid, n.name, t.seltext, t.pos0, t.pos1, t.owner, t.memo FROM code_text t
    LEFT JOIN code_name n ON n.cid = t.cid WHERE typeof(t.fid) = 'integer' ORDER BY t.fid, t.pos0, t.rowid"""
_CASES = """SELECT t.fid, c.caseid, c.name FROM case_text t JOIN cases c ON c.caseid = t.caseid
    WHERE typeof(t.fid) = 'integer' GROUP BY t.fid, c.caseid ORDER BY t.fid, c.name"""
_LEFT_OUT = {  # table → what its rows are
    "annotation": "notes on words without a code",
    "code_image": "codings of pictures",
    "code_av": "codings of sounds and films",
    "journal": "journal entries",
}


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a folder holds the database of the program, or a file is it."""
    if path.is_dir():
        path = path / DATABASE
        head = first_bytes(path, 100) if path.is_file() else b""
    return table_names(path, head) >= _TABLES


def read(path: Path, report: Report, _options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The text sources with what every coder (owner) coded in them."""
    name = path.name
    path = path / DATABASE if path.is_dir() else path
    with foreign_database(path, _VIEWS) as database:
        if not has_columns(database, "code_text", "cid", "fid", "seltext", "pos0", "pos1", "owner", "memo"):
            raise AnnotatorError(f"Cannot read {path.name}: it is no project of QualCoder.")
        codings, said = RowsOf(database.execute(_CODINGS)), _Said(database)
        for own, title, raw, memo in database.execute("SELECT id, name, fulltext, memo FROM source ORDER BY id"):
            where = f"{name}, {str(title)[:80] or own}"
            rows, about = codings.take(own), said.of(own)
            if not isinstance(raw, str) or not raw:
                report.refuse(where, "a source without a text")
                continue
            annotations = tuple(_annotations(raw, rows, where, report))
            facts, extra = facts_in({"title": _text(title), **about})
            noted = {"note": memo.strip()} if isinstance(memo, str) and memo.strip() else {}
            yield DocumentRecord(
                text=unified(raw),
                **facts,
                readings=tuple(ReadingRecord(coder) for coder in dict.fromkeys(each.coder for each in annotations)),
                annotations=annotations,
                extra={**extra, **noted},
                where=where,
            )
        _tell_left_out(database, name, report)


class _Said:
    """The attributes of sources, and the cases that they belong to with theirs."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._values: dict[tuple[str, Any], dict[str, str]] = defaultdict(dict)  # (file | case, id) → name → value
        if has_columns(database, "attribute", "name", "attr_type", "value", "id"):
            for name, kind, value, own in database.execute("SELECT name, attr_type, value, id FROM attribute"):
                if isinstance(value, str) and value.strip():
                    self._values[str(kind), own][str(name)] = value.strip()
        cases = has_columns(database, "case_text", "caseid", "fid") and has_columns(database, "cases", "caseid", "name")
        self._cases = RowsOf(database.execute(_CASES) if cases else iter(()))

    def of(self, source: int) -> dict[str, str]:
        """What is said of a source; its own attributes go before those of its cases."""
        told: dict[str, str] = {}
        cases = self._cases.take(source)
        for own, _ in cases:
            told |= self._values.get(("case", own), {})
        names = ", ".join(str(name) for _, name in cases)
        return {**told, **({"case": names} if names else {}), **self._values.get(("file", source), {})}


def _annotations(raw: str, rows: Sequence[tuple[Any, ...]], where: str, report: Report) -> Iterator[AnnotationRecord]:
    text, moved, units = unified(raw), offset_map(raw), _units(raw, rows)
    for own, tag, quoted, start, end, owner, memo in rows:
        here = f"{where}, coding {own}"
        try:
            if not isinstance(tag, str) or not tag.strip():
                raise AnnotatorError("its code is not in the file")
            span = span_of(start, end)
            place = units.span(*span) if units else span
            said = unified(quoted) if isinstance(quoted, str) and quoted else None
            spans = placed(text, [moved.span(*place)], said, partial(report.repair, here))
        except AnnotatorError as fault:
            report.refuse(here, str(fault).rstrip("."))
            continue
        yield AnnotationRecord(_text(owner), tag.strip(), spans, source_id=str(own), note=_text(memo))


def _units(raw: str, rows: Sequence[tuple[Any, ...]]) -> Utf16 | None:
    """How the places are counted: None for code points, else in UTF-16 units; the words that were kept tell."""
    units = Utf16(raw)
    if units.units == len(raw):
        return None
    points = halves = 0
    for _, _, quoted, start, end, *_ in rows:
        try:
            place = span_of(start, end)
            points += quoted == raw[place.start : place.end]
            half = units.span(*place)
            halves += quoted == raw[half.start : half.end]
        except AnnotatorError:
            continue
    return units if halves > points else None


def _tell_left_out(database: sqlite3.Connection, name: str, report: Report) -> None:
    for table, what in _LEFT_OUT.items():
        if has_columns(database, table, "owner"):
            number = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            if number:
                report.warn(name, f"{what} left out: {number:,}")


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
