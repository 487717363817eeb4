"""Reads articles out of CSV and TSV, row by row however large the table is; encoding and separator are found out."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from annotator.errors import AnnotatorError
from annotator.formats import kinds
from annotator.formats.columns import SETTINGS as FIELD_SETTINGS
from annotator.formats.columns import Columns, article_of, chosen, named
from annotator.formats.decoding import HEAD, NotTextError, decode_head
from annotator.formats.encodings import label
from annotator.formats.format import ReadOptions, Setting
from annotator.formats.guards import open_file
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
SETTINGS = (
    *FIELD_SETTINGS,
    Setting("separator", "Cells are separated by", "", ("", *_SEPARATORS), "Empty: it is found out."),
)
_CELL = 16 * 1024 * 1024  # characters
_COLUMNS = 2_000
_LOOKED_AT = 50  # rows
_SUFFIXES = (".csv", ".tsv", ".tab")
_CHUNK = 1024 * 1024


class _How(NamedTuple):
    """How the bytes are read."""

    encoding: str
    separator: str
    sure: bool
    mark: int  # bytes of the byte order mark


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file is called a table and begins with a line of several cells."""
    if path.suffix.lower() not in _SUFFIXES or kinds.kind_by_content(head, "") is not None:
        return False
    try:
        text = decode_head(head).text
    except AnnotatorError:
        return False
    first = text.partition("\n")[0]
    return bool(text.strip()) and any(separator in first for separator in _SEPARATORS.values())


def columns(path: Path, options: ReadOptions, /) -> Columns:
    """The columns of a table and what each is taken for."""
    found, how = _opened(path, options)
    used = next((name for name, sign in _SEPARATORS.items() if sign == how.separator), "")
    offered = tuple(dict.fromkeys([used, *_SEPARATORS]))
    choices = {"separator": offered}
    return replace(found, encoding=how.encoding, sure=how.sure or bool(options.encoding), choices=choices)


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """An article for each row."""
    found, how = _opened(path, options)
    if not how.sure:
        report.warn(path.name, f"read as {label(how.encoding)}, which is a guess")
    name = options.name or path.name
    for number, row in _rows(path, how):
        where = f"{name}, line {number}"
        if len(row) > len(found.names) and any(row[len(found.names) :]):
            report.warn(where, f"it has {len(row):,} cells, and the header {len(found.names):,}; the last are left out")
        cells = dict(zip(found.names, row, strict=False))
        made = article_of(cells, found, where, report, options.settings, name)
        if made is not None:
            yield made


def _opened(path: Path, options: ReadOptions) -> tuple[Columns, _How]:
    how = _how(path, options)
    rows = _all_rows(path, how)
    header = next(rows, None)
    if header is None:
        raise AnnotatorError(f"Cannot read {path.name}: it is empty.")
    names = named(header[1])
    if len(names) > _COLUMNS:
        raise AnnotatorError(f"Cannot read {path.name}: it has more than {_COLUMNS:,} columns.")
    few = [dict(zip(names, row, strict=False)) for _, row in islice(rows, _LOOKED_AT)]
    return chosen(names, options.settings, path.name, few), how


def _rows(path: Path, how: _How) -> Iterator[tuple[int, list[str]]]:
    rows = _all_rows(path, how)
    next(rows, None)
    return rows


def _all_rows(path: Path, how: _How) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line on which it begins."""
    csv.field_size_limit(_CELL)
    line = 0
    try:
        with open_file(path) as file, io.TextIOWrapper(file, how.encoding, newline="") as text:
            file.seek(how.mark)
            reader = csv.reader(_lines(path, text, how), delimiter=how.separator)
            for row in reader:
                begins, line = line + 1, reader.line_num
                if row and not (begins == 1 and len(row) == 1 and row[0].startswith("sep=")):
                    yield begins, row
    except csv.Error as fault:
        raise AnnotatorError(f"{path.name}, line {line + 1}: it is no row of a table ({fault}).") from fault
    except OSError as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {(fault.strerror or str(fault)).lower()}.") from fault


def _lines(path: Path, text: io.TextIOWrapper, how: _How) -> Iterator[str]:
    """The lines with their ends, each of bounded length."""
    number = 0
    try:
        while line := text.readline(_CELL * 2):
            number += 1
            if len(line) == _CELL * 2 and line[-1] not in "\r\n":
                raise AnnotatorError(f"{path.name}, line {number}: it is longer than {_CELL * 2 >> 20} MB.")
            yield line
    except UnicodeError:
        what = label(how.encoding)
        raise AnnotatorError(f"{path.name}, line {number + 1}: it cannot be read as {what}.") from None


def _how(path: Path, options: ReadOptions) -> _How:
    try:
        with open_file(path) as file:
            head = file.read(HEAD)
            sample = head if options.encoding else _telling(file, head)
    except OSError as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {(fault.strerror or str(fault)).lower()}.") from fault
    try:
        found = decode_head(sample, options.encoding)
        text = found.text if sample is head else decode_head(head, found.encoding).text
    except NotTextError as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {str(fault).rstrip('.')}.") from fault
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    mark = next((len(each) for each in marks if head.startswith(each)), 0)
    wish = options.settings.get("separator", "")
    return _How(found.encoding, _SEPARATORS.get(wish) or _separator(text, path), found.sure, mark)


def _telling(file: BinaryIO, head: bytes) -> bytes:
    """The head, or where the first byte that is no UTF-8 lies beyond it, what is around that."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    at, chunk = 0, head
    while chunk:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as fault:
            if at == 0:
                return head
            around = chunk[max(0, fault.start - HEAD // 2) : fault.start + HEAD // 2]
            return around.partition(b"\n")[2] or around
        at += len(chunk)
        chunk = file.read(_CHUNK)
    return head


def _separator(text: str, path: Path) -> str:
    """The sign that parts most rows into as many cells as the header has, and into more than one."""
    first = text.partition("\n")[0]
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    best, best_score = "\t" if path.suffix.lower() != ".csv" else ",", (0.0, 0)
    for separator in _SEPARATORS.values():
        try:
            rows = [row for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 20) if row]
        except csv.Error:
            continue
        width = len(rows[0]) if rows else 0
        if width > 1:
            whole = rows[:-1] or rows  # the last may be cut by the end of the sample
            score = (sum(len(row) == width for row in whole) / len(whole), width)
            if score > best_score:
                best, best_score = separator, score
    return best
