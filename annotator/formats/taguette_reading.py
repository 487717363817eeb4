"""Reads Taguette projects. Places are counted in bytes of the words of an HTML page; who tagged, its log says."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions
from annotator.formats.guards import placed, span_of
from annotator.formats.html_text import HtmlText
from annotator.formats.jsonl_lines import json_value
from annotator.formats.report import Report
from annotator.formats.sqlite_guard import foreign_database, has_columns, table_names
from annotator.formats.sqlite_rows import RowsOf
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord
from annotator.model.span import Spans, quote

_TABLES = frozenset({"projects", "documents", "highlights", "highlight_tags", "tags"})
_ADDED = "highlight_add"  # the log's word for a highlight that was made or changed

_PAGES = "SELECT id, project_id, name, description, filename, contents FROM documents ORDER BY id"
_HIGHLIGHTS = """SELECT document_id, id, start_offset, end_offset, snippet FROM highlights
    WHERE typeof(document_id) = 'integer' ORDER BY document_id, start_offset, id"""
_TAGS = """SELECT h.document_id, h.id, t.id, t.path FROM highlight_tags l JOIN highlights h ON h.id = l.highlight_id
    JOIN tags t ON t.id = l.tag_id WHERE typeof(h.document_id) = 'integer' ORDER BY h.document_id, h.id, t.path"""
_LOG = """SELECT document_id, user_login, payload FROM commands
    WHERE typeof(document_id) = 'integer' AND payload LIKE '%highlight_add%' ORDER BY document_id, id"""


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a database has the tables of the program."""
    return table_names(path, head) >= _TABLES


def read(path: Path, report: Report, _options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of all projects in the file; each tag of a highlight is an annotation."""
    with foreign_database(path) as database:
        if not has_columns(database, "highlights", "document_id", "start_offset", "end_offset", "snippet"):
            raise AnnotatorError(f"Cannot read {path.name}: it is no project of Taguette.")
        projects = dict(database.execute("SELECT id, name FROM projects"))
        highlights, tags, log = RowsOf(database.execute(_HIGHLIGHTS)), RowsOf(database.execute(_TAGS)), _log(database)
        pages = database.execute(_PAGES)
        for own, project, name, description, file, contents in pages:
            where = f"{path.name}, {str(name)[:80] or own}"
            reading = _Reading(where, report, highlights.take(own), tags.take(own), log.take(own))
            try:
                page = HtmlText(contents if isinstance(contents, str) else "")
                if not page.text:
                    raise AnnotatorError("it has no text")
            except AnnotatorError as fault:
                report.refuse(where, str(fault).rstrip("."))
                continue
            annotations = tuple(reading.annotations(page))
            said = {"project": projects.get(project) if len(projects) > 1 else "", "note": description}
            yield DocumentRecord(
                text=page.text,
                title=_text(name),
                source_name=_text(file),
                readings=tuple(ReadingRecord(coder) for coder in dict.fromkeys(each.coder for each in annotations)),
                annotations=annotations,
                extra={key: value for key, value in said.items() if isinstance(value, str) and value.strip()},
                where=where,
            )


def _log(database: sqlite3.Connection) -> RowsOf:
    known = has_columns(database, "commands", "document_id", "user_login", "payload")
    return RowsOf(database.execute(_LOG) if known else iter(()))


class _Reading:
    """The highlights of one document."""

    def __init__(
        self, where: str, report: Report, rows: list[Any], tags: list[tuple[Any, ...]], log: list[tuple[Any, ...]]
    ) -> None:
        self.where, self.report, self.rows = where, report, rows
        self.tags: dict[Any, list[tuple[Any, str]]] = defaultdict(list)  # highlight → its tags
        for highlight, tag, path in tags:
            if isinstance(path, str) and path.strip():
                self.tags[highlight].append((tag, path.strip()))
        self.coders = dict(filter(None, (_made(login, payload) for login, payload in log)))

    def annotations(self, page: HtmlText) -> Iterator[AnnotationRecord]:
        bare = 0
        for own, start, end, snippet in self.rows:
            here = f"{self.where}, highlight {own}"
            try:
                spans = self._placed(page, start, end, snippet, here)
            except AnnotatorError as fault:
                self.report.refuse(here, str(fault).rstrip("."))
                continue
            bare += own not in self.tags
            for tag, path in self.tags.get(own, ()):
                yield AnnotationRecord(self.coders.get(own, ""), path, spans, source_id=f"{own}.{tag}")
        if bare:
            self.report.warn(self.where, f"highlights without a tag left out: {bare:,}")

    def _placed(self, page: HtmlText, start: object, end: object, snippet: object, here: str) -> Spans:
        span = page.span(*span_of(start, end))
        quoted = HtmlText(snippet).text if isinstance(snippet, str) else ""
        fits = not quoted or "".join(quoted.split()) == "".join(quote(page.text, [span]).split())
        return placed(page.text, [span], None if fits else quoted, partial(self.report.repair, here))


def _made(login: object, payload: object) -> tuple[Any, str] | None:
    """The highlight that an entry of the log is about, and who made it or changed it."""
    try:
        told = json_value(payload.encode()) if isinstance(payload, str) else None
    except AnnotatorError:
        return None
    if not isinstance(told, dict) or told.get("type") != _ADDED or not isinstance(login, str):
        return None
    return told.get("highlight_id"), login


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
