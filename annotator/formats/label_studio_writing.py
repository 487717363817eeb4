"""Writes Label Studio tasks: an annotation for each reading, a region for each annotation, offsets in code points."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.label_studio_interface import LABELS, TEXT, control, fields, interface
from annotator.formats.loss import readings_of
from annotator.formats.project_records import Values, codebook_of
from annotator.formats.whole_file import whole_file
from annotator.model.codebook import Attribute
from annotator.model.records import AnnotationRecord, DocumentRecord
from annotator.model.span import outer, quote

FACTS = ("title", "outlet", "date", "url", "language", "rights")  # of `data`, beside the text
KEYS = {"choices": "choices", "number": "number", "textarea": "text"}  # of `value`, by the kind of control
CODER = "coder"  # a key of our own: Label Studio refuses a task whose `completed_by` it does not know


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """Write a list of tasks, and beside it the labelling interface (`NAME.config.xml`) with which they are shown."""
    codebook = codebook_of(project)
    regions = _Regions(Values(project), fields(codebook))
    beside = destination.with_name(destination.stem + ".config.xml")
    documents = annotations = relations = number = 0
    seen: set[str] = set()
    links: set[str] = set()
    with whole_file(beside) as config:
        with whole_file(destination) as file:
            for record in records:
                tasks = list(_readings(record, number, regions))
                number += len(tasks)
                documents += 1
                annotations += len(record.annotations)
                relations += len(record.relations)
                seen.update(each.tag for each in record.annotations)
                links.update(each.type for each in record.relations)
                data = {"text": record.text, **{name: value for name in FACTS if (value := getattr(record, name))}}
                task = {"id": documents, "data": data, "annotations": tasks, "predictions": []}
                file.write(b"[\n" if documents == 1 else b",\n")
                file.write(json.dumps(task, ensure_ascii=False).encode())
            file.write(b"\n]\n" if documents else b"[]\n")
        config.write(interface(codebook, seen, links))
    return Written(documents, annotations, relations, (destination, beside))


@dataclass(frozen=True)
class _Regions:
    values: Values
    fields: Mapping[str, Attribute]

    def of(self, each: AnnotationRecord, name: str, text: str) -> Iterator[dict[str, Any]]:
        """The label of an annotation, and one entry for each value said of the same region."""
        whole = outer(each.spans)
        place = {"start": whole.start, "end": whole.end}
        region = {"id": name, "to_name": TEXT, "origin": "manual"}
        labelled = {**place, "text": quote(text, (whole,)), "labels": [each.tag]}
        note = {"meta": {"text": [each.note]}} if each.note else {}
        yield {**region, "from_name": LABELS, "type": "labels", "value": labelled, **note}
        for attribute, entry in each.attributes.items():
            kind = control(self.fields.get(attribute))
            value = _in_control(kind, self.values.plain(entry))
            yield {**region, "from_name": attribute, "type": kind, "value": {**place, KEYS[kind]: value}}


def _in_control(kind: str, value: Any) -> Any:
    if kind == "number" and isinstance(value, int | float):
        return value
    return [
        each if isinstance(each, str) else json.dumps(each) for each in (value if isinstance(value, list) else [value])
    ]


def _readings(record: DocumentRecord, before: int, regions: _Regions) -> Iterator[dict[str, Any]]:
    for number, (coder, kind) in enumerate(readings_of(record), before + 1):
        own = [each for each in record.annotations if (each.coder, each.kind) == (coder, kind)]
        names = {each.id or each.source_id: f"{number}-{place}" for place, each in enumerate(own, 1)}
        result: list[dict[str, Any]] = []
        for place, each in enumerate(own, 1):
            result += regions.of(each, f"{number}-{place}", record.text)
        for link in record.relations:
            if link.source in names and link.target in names:
                ends = {"from_id": names[link.source], "to_id": names[link.target]}
                result.append({"type": "relation", **ends, "direction": "right", "labels": [link.type]})
        named = {CODER: coder} if coder else {}
        yield {"id": number, **named, "ground_truth": kind == "gold", "was_cancelled": False, "result": result}
