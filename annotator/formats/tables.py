"""The rows of every format that is made of tables: documents, readings, annotations, relations, actors, codebook.

One row an annotation, with the facts of its document and a column for each attribute of the codebook, so that a
spreadsheet or a data frame needs no join. What is told of several things (spans, flags) stays a list here; each
format says how a list stands in a cell.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.formats.attribute_columns import BOOLEAN, NUMBER, TEXT, TEXTS, AttributeColumns, origins
from annotator.formats.format import ProjectRecords
from annotator.formats.loss import Loss, readings_of
from annotator.formats.project_records import codebook_of
from annotator.model.codebook import Attribute, Example, Rule
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import outer, quote

INTEGER, SPANS = "integer", "spans"  # beside the kinds of attributes
Cell = Any  # a str, int, float, bool, None, or a list of str or of [start, end]
Row = list[Cell]


@dataclass(frozen=True)
class Table:
    """A table by name with its columns: name and what the cells hold."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [name for name, _ in self.columns]


_IDS = ("document", "id", "source_id")  # last: they say nothing to whoever reads the rows
_FACTS = ("title", "outlet", "date", "url", "language")
_DOCUMENT = (*_FACTS, "rights", "source_name", "encoding", "split", "document")
_READING = ("title", "coder", "reading", "state", "reason", "codebook_version", "document")
_BEFORE = (*_FACTS, "split", "coder", "reading", "state", "tag")
_AFTER = ("note", "question", "flags", "confirmed", "proposed", "other_attributes", "made_under", "confirmed_under")
_LINK = ("title", "coder", "reading", "type", "source", "source_tag", "source_quote")
_LINK_TO = ("target", "target_tag", "target_quote")
_LINK_AFTER = ("note", "confirmed", "proposed", "other_attributes", *_IDS)
_LISTS = ("flags", "confirmed", "proposed")

LOSES = (
    Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.FIRST_DONE, Loss.OTHER_FIELDS, Loss.CODEBOOK_IN_PART,
    Loss.DECISIONS, Loss.HISTORY,
)  # fmt: skip
"""What the tables have no place for."""


class Tables:
    """The tables of one export, and the rows of each document in them."""

    def __init__(self, project: ProjectRecords) -> None:
        self._project = project
        taken = (*_BEFORE, "start", "end", "spans", "quote", *_AFTER, *_IDS)
        self._attributes = AttributeColumns(project, taken)
        self._of_links = AttributeColumns(project, (*_LINK, *_LINK_TO, *_LINK_AFTER), relations=True)
        self.documents = Table(
            "documents", (*_texts(_DOCUMENT), ("characters", INTEGER), ("annotations", INTEGER), ("text", TEXT))
        )
        self.readings = Table("readings", (*_texts(_READING), ("annotations", INTEGER)))
        places = (("start", INTEGER), ("end", INTEGER), ("spans", SPANS), ("quote", TEXT))
        self.annotations = Table(
            "annotations",
            (*_texts(_BEFORE), *places, *_columns(self._attributes), *_texts((*_AFTER, *_IDS))),
        )
        self.relations = Table(
            "relations", (*_texts((*_LINK, *_LINK_TO)), *_columns(self._of_links), *_texts(_LINK_AFTER))
        )

    @property
    def of_documents(self) -> tuple[tuple[Table, Callable[[DocumentRecord], Iterable[Row]]], ...]:
        """The tables that grow with each document, the one of annotations first, with what makes their rows."""
        return (
            (self.annotations, self.annotation_rows),
            (self.relations, self.relation_rows),
            (self.readings, self.reading_rows),
            (self.documents, self.document_rows),
        )

    @property
    def of_project(self) -> tuple[tuple[Table, list[Row]], ...]:
        """The tables of what belongs to the whole project, with their rows."""
        return self._entities(), self._codebook()

    def document_rows(self, record: DocumentRecord) -> Iterator[Row]:
        """The one row of a document."""
        told = [
            str(record.extra.get(name, "")) if name in ("encoding", "split") else _fact(record, name)
            for name in _DOCUMENT
        ]
        yield [*told, len(record.text), len(record.annotations), record.text]

    def reading_rows(self, record: DocumentRecord) -> Iterator[Row]:
        """A row for each reading, the empty ones too."""
        numbers = readings_of(record)
        for each in record.readings:
            reason = each.extra.get("reason", "")
            yield [
                record.title, each.coder, each.kind, each.state, reason, each.codebook_version or "", record.id,
                numbers[each.coder, each.kind],
            ]  # fmt: skip

    def annotation_rows(self, record: DocumentRecord) -> Iterator[Row]:
        """A row for each annotation."""
        facts = [_fact(record, name) for name in _FACTS] + [str(record.extra.get("split", ""))]
        states = {(each.coder, each.kind): each.state for each in record.readings}
        for each in record.annotations:
            held, others = self._attributes.cells(each.attributes)
            place = outer(each.spans)
            yield [
                *facts, each.coder, each.kind, states.get((each.coder, each.kind), ""), each.tag,
                place.start, place.end, [list(piece) for piece in each.spans], quote(record.text, each.spans),
                *(held.get(name) for name in self._attributes.kinds),
                each.note, each.extra.get("question", ""), list(each.flags),
                origins(each.attributes, "confirmed"), origins(each.attributes, "proposed"), as_json(others),
                each.extra.get("codebook_made", ""), each.extra.get("codebook_confirmed", ""),
                record.id or "", each.id or "", each.source_id or "",
            ]  # fmt: skip

    def relation_rows(self, record: DocumentRecord) -> Iterator[Row]:
        """A row for each relation, with what its ends say."""
        ends = {name: each for each in record.annotations for name in (each.source_id, each.id) if name}
        for each in record.relations:
            source, target = ends[each.source], ends[each.target]
            yield [
                record.title, source.coder, source.kind, each.type, *self._end(source, record),
                *self._end(target, record), *self._said(each), record.id or "", each.id or "", each.source_id or "",
            ]  # fmt: skip

    def _end(self, end: AnnotationRecord, record: DocumentRecord) -> Row:
        return [end.id or end.source_id or "", end.tag, quote(record.text, end.spans)]

    def _said(self, link: RelationRecord) -> Row:
        held, others = self._of_links.cells(link.attributes)
        return [
            *(held.get(name) for name in self._of_links.kinds), link.note,
            origins(link.attributes, "confirmed"), origins(link.attributes, "proposed"), as_json(others),
        ]  # fmt: skip

    # ---- of the whole project

    def _entities(self) -> tuple[Table, list[Row]]:
        """The actors of the project."""
        texts, lists = ("id", "name", "type", "note", "same_as", "extra"), ("aliases", "country")
        table = Table("actors", (*_texts(texts), *((name, TEXTS) for name in lists)))
        rows = []
        for each in self._project.get("entities", ()):
            more = {name: value for name, value in each.items() if name not in (*texts, *lists)}
            told = [each.get(name) or "" for name in texts[:-1]]
            rows.append([*told, as_json(more), *(list(each.get(name) or ()) for name in lists)])
        return table, rows

    def _codebook(self) -> tuple[Table, list[Row]]:
        """What the current codebook says: a row for each tag, attribute, relation, rule and example."""
        table = Table("codebook", _texts(("part", "of", "id", "label", "type", "values", "words", "source")))
        found = codebook_of(self._project)
        if found is None:
            return table, []
        rows: list[Row] = [["codebook", "", found.id, found.title, found.version, "", "", ""]]
        rows += _rules((*found.general_rules, *found.boundary_rules), "")
        for tag in found.tags:
            kind = tag.form if not tag.retired else "retired"
            rows.append(["tag", "", tag.id, tag.label, kind, "", tag.definition, tag.span])
            rows += _attribute_rows(tag.attributes, tag.id)
            rows += _rules(tag.rules, tag.id)
            for name in ("positive", "negative", "borderline"):
                rows += [_example(each, tag.id, name) for each in getattr(tag, name)]
        for link in found.relations:
            ends = f"{', '.join(link.from_tags)} → {', '.join(link.to_tags)}"
            rows.append(["relation", "", link.id, link.label, "", ends, link.note, ""])
            rows += _attribute_rows(link.attributes, link.id)
        return table, rows


def _fact(record: DocumentRecord, name: str) -> str:
    return str(getattr(record, "id" if name == "document" else name) or "")


def _texts(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, TEXTS if name in _LISTS else TEXT) for name in names)


def _columns(attributes: AttributeColumns) -> tuple[tuple[str, str], ...]:
    return tuple((attributes.names[name], kind) for name, kind in attributes.kinds.items())


def as_json(values: Mapping[str, Any]) -> str:
    """Several values in one cell, none as an empty one."""
    return json.dumps(values, ensure_ascii=False) if values else ""


def _attribute_rows(attributes: Sequence[Attribute], of: str) -> list[Row]:
    return [
        ["attribute", of, each.id, each.name, f"list of {each.of}" if each.of else each.type, ", ".join(each.values),
         each.advice, ""]
        for each in attributes
    ]  # fmt: skip


def _rules(rules: Sequence[Rule], of: str) -> list[Row]:
    return [["rule", of, each.id, "", "", "", each.text, each.source] for each in rules]


def _example(example: Example, of: str, name: str) -> Row:
    words = "; ".join(part for part in (example.decision, example.why) if part)
    return ["example", of, example.rule, example.text, name, "", words, ""]


__all__ = ["BOOLEAN", "INTEGER", "LOSES", "NUMBER", "SPANS", "TEXT", "TEXTS", "Cell", "Row", "Table", "Tables"]
