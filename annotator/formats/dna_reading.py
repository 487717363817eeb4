"""Reads databases of Discourse Network Analyzer, versions 2 and 3.

A statement is an annotation whose tag is the statement's type and whose attributes are its variables. Places are
counted as Java does, in UTF-16 units.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions
from annotator.formats.guards import placed, span_of
from annotator.formats.newlines import offset_map, unified
from annotator.formats.report import Report
from annotator.formats.sqlite_guard import foreign_database, has_columns, table_names
from annotator.formats.sqlite_rows import RowsOf
from annotator.formats.utf16 import Utf16
from annotator.model.records import ActorName, AnnotationRecord, DocumentRecord, ReadingRecord

ACTORS = "actors"
_TABLES = frozenset({"documents", "statements", "statementtypes", "variables", "coders", "datashorttext"})
_MILLISECONDS = 100_000_000_000  # a time beyond is none in seconds, but in milliseconds, as version 2 wrote it
_EXTRA = ("author", "section", "type", "note")


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a database has the tables of the program."""
    return table_names(path, head) >= _TABLES


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents, each with the statements of all coders."""
    actors = {name.strip().casefold() for name in options.settings.get(ACTORS, "").split(",")}
    with foreign_database(path) as database:
        if not has_columns(database, "STATEMENTS", "ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder"):
            raise AnnotatorError(f"Cannot read {path.name}: it is no database of Discourse Network Analyzer.")
        terms = _terms(database, actors)
        statements = RowsOf(database.execute(_STATEMENTS))
        values = RowsOf(database.execute(_values(database)))
        fields = "Title, Text, Source, Date, Author, Section, Type, Notes"
        for own, *told in database.execute(f"SELECT ID, {fields} FROM DOCUMENTS ORDER BY ID"):
            where = f"{path.name}, document {own}"
            rows, said = statements.take(own), values.take(own)
            if not isinstance(told[1], str) or not told[1]:
                report.refuse(where, "it has no text")
                continue
            yield _document(told, where, _annotations(told[1], rows, terms.attributes(said), terms, where, report))
        lost = statements.passed_by()
        if lost:
            report.refuse(path.name, f"statements that belong to no document: {lost:,}")


_STATEMENTS = """SELECT DocumentId, ID, StatementTypeId, Start, Stop, Coder FROM STATEMENTS
    WHERE typeof(DocumentId) = 'integer' ORDER BY DocumentId, Start, ID"""


def _values(database: sqlite3.Connection) -> str:
    """What is said of statements, by document: version 3 keeps short texts in a table of their own."""
    short = "Entity" if has_columns(database, "DATASHORTTEXT", "Entity") else "Value"
    tables = {"DATASHORTTEXT": short, "DATALONGTEXT": "Value", "DATABOOLEAN": "Value", "DATAINTEGER": "Value"}
    parts = [
        f"SELECT s.DocumentId, d.StatementId, d.VariableId, d.{column} FROM {table} d JOIN STATEMENTS s "
        "ON s.ID = d.StatementId WHERE typeof(s.DocumentId) = 'integer'"
        for table, column in tables.items()
        if has_columns(database, table, "StatementId", "VariableId", column)
    ]
    return " UNION ALL ".join(parts) + " ORDER BY 1"


@dataclass(frozen=True)
class _Terms:
    """What numbers stand for."""

    coders: Mapping[Any, str]
    types: Mapping[Any, str]
    variables: Mapping[Any, tuple[str, str]]  # → name and kind of data
    entities: Mapping[Any, ActorName] | None  # None: short texts stand for themselves, as in version 2
    actors: frozenset[str]  # variables that name actors, in small letters

    def attributes(self, rows: list[tuple[Any, ...]]) -> dict[Any, dict[str, Any]]:
        """Statement → its attributes; what was left empty is no value."""
        found: dict[Any, dict[str, Any]] = {}
        for statement, variable, value in rows:
            name, kind = self.variables.get(variable, ("", ""))
            told = self._value(name, kind, value)
            if name and told is not None:
                found.setdefault(statement, {})[name] = {"value": told, "by": "typed"}
        return found

    def _value(self, name: str, kind: str, value: Any) -> Any:
        if kind in ("boolean", "integer"):
            return None if not isinstance(value, int) else bool(value) if kind == "boolean" else value
        entity = self.entities.get(value) if kind == "short text" and self.entities is not None else None
        told = entity if entity is not None else ActorName(value) if isinstance(value, str) else None
        if told is None or not told.strip():
            return None
        return told if kind == "short text" and name.casefold() in self.actors else str(told)


def _terms(database: sqlite3.Connection, actors: set[str]) -> _Terms:
    def names(query: str) -> dict[Any, str]:
        return {own: str(name) for own, name in database.execute(query)}

    variables = database.execute("SELECT ID, Variable, DataType FROM VARIABLES")
    return _Terms(
        coders=names("SELECT ID, Name FROM CODERS"),
        types=names("SELECT ID, Label FROM STATEMENTTYPES"),
        variables={own: (str(name), str(kind)) for own, name, kind in variables},
        entities=_entities(database) if has_columns(database, "ENTITIES", "ID", "Value") else None,
        actors=frozenset(actors),
    )


def _entities(database: sqlite3.Connection) -> dict[Any, ActorName]:
    said: dict[Any, dict[str, str]] = {}
    if has_columns(database, "ATTRIBUTEVALUES", "EntityId", "AttributeVariableId", "AttributeValue"):
        query = """SELECT EntityId, AttributeVariable, AttributeValue FROM ATTRIBUTEVALUES v
            JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId WHERE AttributeValue <> ''"""
        for own, name, value in database.execute(query):
            said.setdefault(own, {})[str(name).casefold()] = str(value)
    made = {}
    for own, name in database.execute("SELECT ID, Value FROM ENTITIES"):
        told = said.get(own, {})
        aliases = (told["alias"],) if "alias" in told else ()
        made[own] = ActorName(str(name), told.get("type", ""), aliases, told.get("notes", ""))
    return made


def _annotations(
    raw: str,
    rows: list[tuple[Any, ...]],
    said: Mapping[Any, Mapping[str, Any]],
    terms: _Terms,
    where: str,
    report: Report,
) -> tuple[str, list[AnnotationRecord]]:
    text, units, moved = unified(raw), Utf16(raw), offset_map(raw)
    made = []
    for own, kind, start, stop, coder in rows:
        here = f"{where}, statement {own}"
        try:
            place = units.span(*span_of(start, stop))
            spans = placed(text, [moved.span(*place)], None, partial(report.repair, here))
            if kind not in terms.types:
                raise AnnotatorError("its type is not in the file")
        except AnnotatorError as fault:
            report.refuse(here, str(fault).rstrip("."))
            continue
        made.append(
            AnnotationRecord(
                terms.coders.get(coder, ""), terms.types[kind], spans, source_id=str(own), attributes=said.get(own, {})
            )
        )
    return text, made


def _document(told: list[Any], where: str, made: tuple[str, list[AnnotationRecord]]) -> DocumentRecord:
    title, _, source, date, *more = told
    text, annotations = made
    return DocumentRecord(
        text=text,
        title=_text(title),
        outlet=_text(source),
        date=_date(date),
        readings=tuple(ReadingRecord(coder) for coder in dict.fromkeys(each.coder for each in annotations)),
        annotations=tuple(annotations),
        extra={name: value for name, value in zip(_EXTRA, map(_text, more), strict=True) if value},
        where=where,
    )


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _date(value: Any) -> str:
    """The day of a time in seconds (in milliseconds in version 2) since 1970."""
    if not isinstance(value, int):
        return ""
    try:
        return datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return ""
