"""The rows of a dataset, one for each reading of a document, and the types of their fields.

All rows have all fields, so that no reader has to guess a type from the first rows it meets. A field's type is the
name of a scalar type (string, int64, float64, bool), a list of one member, or an object of fields.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.formats.attribute_columns import BOOLEAN, NUMBER, TEXTS, AttributeColumns, origins
from annotator.formats.format import ProjectRecords
from annotator.formats.loss import readings_of
from annotator.formats.tables import as_json
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, ReadingRecord, RelationRecord
from annotator.model.span import outer, quote

Type = Any  # a str, [Type] or {name: Type}

_SCALAR: dict[str, Type] = {NUMBER: "float64", BOOLEAN: "bool", TEXTS: ["string"]}
_FACTS = ("title", "outlet", "date", "url", "language", "rights")
_SAID = {"confirmed": ["string"], "proposed": ["string"], "other_attributes": "string", "note": "string"}


class DatasetRows:
    """What the rows of one project look like, and the rows of each document."""

    def __init__(self, project: ProjectRecords) -> None:
        self._attributes = AttributeColumns(project)
        self._of_links = AttributeColumns(project, relations=True)

    @property
    def features(self) -> dict[str, Type]:
        """The type of each field of a row."""
        annotation: dict[str, Type] = {
            "id": "string",
            "tag": "string",
            "start": "int64",
            "end": "int64",
            "spans": [{"start": "int64", "end": "int64"}],
            "text": "string",
            "attributes": _struct(self._attributes),
            **_SAID,
            "question": "string",
            "flags": ["string"],
            "made_under": "string",
            "confirmed_under": "string",
        }
        relation: dict[str, Type] = {
            "id": "string",
            "type": "string",
            "source": "string",
            "target": "string",
            "attributes": _struct(self._of_links),
            **_SAID,
        }
        return {
            **dict.fromkeys(("document", *_FACTS, "text"), "string"),
            **dict.fromkeys(("coder", "reading", "state", "reason", "codebook_version"), "string"),
            "annotations": [annotation],
            "relations": [relation],
        }

    def rows(self, record: DocumentRecord) -> Iterator[dict[str, Any]]:
        """A row for each reading; annotations name each other by id, or by their number where they have none."""
        given = {(each.coder, each.kind): each for each in record.readings}
        for coder, kind in readings_of(record):
            reading = given.get((coder, kind)) or ReadingRecord(coder, kind)
            own = [each for each in record.annotations if (each.coder, each.kind) == (coder, kind)]
            names = [each.id or each.source_id or str(number) for number, each in enumerate(own, 1)]
            ends = {
                end: name for each, name in zip(own, names, strict=True) for end in (each.source_id, each.id) if end
            }
            yield {
                "document": record.id,
                **{name: getattr(record, name) for name in _FACTS},
                "text": record.text,
                "coder": coder,
                "reading": kind,
                "state": reading.state,
                "reason": str(reading.extra.get("reason", "")),
                "codebook_version": reading.codebook_version or "",
                "annotations": [
                    self._annotation(each, name, record.text) for each, name in zip(own, names, strict=True)
                ],
                "relations": [self._relation(each, ends) for each in within(record, ends)],
            }

    def _annotation(self, each: AnnotationRecord, name: str, text: str) -> dict[str, Any]:
        place = outer(each.spans)
        return {
            "id": name,
            "tag": each.tag,
            "start": place.start,
            "end": place.end,
            "spans": [{"start": start, "end": end} for start, end in each.spans],
            "text": quote(text, each.spans),
            **_said(each.attributes, self._attributes, each.note),
            "question": str(each.extra.get("question", "")),
            "flags": list(each.flags),
            "made_under": str(each.extra.get("codebook_made", "")),
            "confirmed_under": str(each.extra.get("codebook_confirmed", "")),
        }

    def _relation(self, each: RelationRecord, ends: Mapping[str, str]) -> dict[str, Any]:
        return {
            "id": each.id or each.source_id or "",
            "type": each.type,
            "source": ends[each.source],
            "target": ends[each.target],
            **_said(each.attributes, self._of_links, each.note),
        }


def within(record: DocumentRecord, ends: Mapping[str, str]) -> Iterator[RelationRecord]:
    """The relations whose two ends are among these annotations."""
    return (each for each in record.relations if each.source in ends and each.target in ends)


def _struct(columns: AttributeColumns) -> dict[str, Type]:
    """A struct without a field is no type for Parquet: a project without attributes gets one that stays empty."""
    return {name: _SCALAR.get(kind, "string") for name, kind in columns.kinds.items()} or {"none": "string"}


def _said(attributes: Json, columns: AttributeColumns, note: str) -> dict[str, Any]:
    held, others = columns.cells(attributes)
    return {
        "attributes": {name: held.get(name) for name in columns.kinds or ("none",)},
        "confirmed": origins(attributes, "confirmed"),
        "proposed": origins(attributes, "proposed"),
        "other_attributes": as_json(others),
        "note": note,
    }
