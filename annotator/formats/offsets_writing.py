"""Writes annotations without their texts: no quote, no note, no value that repeats words of the article."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from annotator.formats.format import ProjectRecords, Setting, WriteOptions, Written
from annotator.formats.jsonl_fields import OFFSET_UNIT
from annotator.formats.jsonl_writing import project_file, write_project
from annotator.formats.loss import Loss
from annotator.formats.text_keys import check_value, folded, text_hash, text_key
from annotator.formats.whole_file import whole_file
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, ReadingRecord, RelationRecord
from annotator.model.span import quote

FORMAT, VERSION = "annotator-offsets", 1
SETTINGS = (
    Setting(
        "words",
        "Values that repeat words of the article",
        "drop",
        ("drop", "keep"),
        "Such as a condition that was typed off the text: three words and more that stand there.",
    ),
)
_FACTS = ("title", "outlet", "date", "url", "language", "rights")
_WORDS = 3  # in a row: a name has fewer
_EXAMPLES = ("positive", "negative", "borderline")  # of tags in the codebook: quotes of articles


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, /
) -> Written:
    """A line for each document, and the codebook and actors in a file beside; both appear whole, or neither."""
    documents = annotations = relations = 0
    beside = project_file(destination)
    with whole_file(beside) as file:
        write_project(_without_quotes(project), file)
        with whole_file(destination) as lines:
            for record in records:
                told = _document(record, keep=options.settings.get("words") == "keep")
                lines.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
                documents += 1
                annotations += len(record.annotations)
                relations += len(record.relations)
    return Written(documents, annotations, relations, (destination, beside))


def loses(record: DocumentRecord, options: WriteOptions, /) -> Mapping[Loss, int]:
    """Values that repeat words of the article."""
    if options.settings.get("words") == "keep":
        return {}
    own = sum(len(each.attributes) - len(_told(each.attributes, record.text)) for each in record.annotations)
    links = sum(len(each.attributes) - len(_told(each.attributes, record.text)) for each in record.relations)
    return {loss: number for loss, number in ((Loss.ATTRIBUTES, own), (Loss.RELATION_ATTRIBUTES, links)) if number}


def _document(record: DocumentRecord, *, keep: bool) -> dict[str, Any]:
    alike, key = folded(record.text), text_key(record.text)

    def annotation(each: AnnotationRecord) -> dict[str, Any]:
        pieces = alike.of(each.spans)
        versions = {name: each.extra[name] for name in ("codebook_made", "codebook_confirmed") if each.extra.get(name)}
        return {
            "id": each.id,
            "coder": each.coder,
            "kind": each.kind,
            "tag": each.tag,
            "spans": each.spans,
            "check": check_value(key, quote(record.text, each.spans)),
            "folded": pieces,
            "folded_check": check_value(alike.key, quote(alike.text, pieces)),
            "attributes": each.attributes if keep else _told(each.attributes, record.text),
            "flags": each.flags,
            **versions,
        }

    def relation(each: RelationRecord) -> dict[str, Any]:
        values = each.attributes if keep else _told(each.attributes, record.text)
        return {"id": each.id, "type": each.type, "source": each.source, "target": each.target, "attributes": values}

    return {
        "format": FORMAT,
        "version": VERSION,
        "offset_unit": OFFSET_UNIT,
        "id": record.id,
        "sha256": text_hash(record.text),
        "length": len(record.text),
        "folded_sha256": text_hash(alike.text),
        **{name: getattr(record, name) for name in _FACTS},
        "readings": [_reading(each) for each in record.readings],
        "annotations": [annotation(each) for each in record.annotations],
        "relations": [relation(each) for each in record.relations],
    }


def _reading(each: ReadingRecord) -> dict[str, Any]:
    reason = {"reason": each.extra["reason"]} if each.extra.get("reason") else {}
    return {
        "coder": each.coder,
        "kind": each.kind,
        "state": each.state,
        "codebook_version": each.codebook_version,
        **reason,
    }


def _told(attributes: Json, text: str) -> Json:
    """The values that do not repeat the text."""
    return {name: entry for name, entry in attributes.items() if not _repeats(entry, text)}


def _repeats(value: Any, text: str) -> bool:
    if isinstance(value, Mapping):
        return any(_repeats(each, text) for each in value.values())
    if isinstance(value, list):
        return any(_repeats(each, text) for each in value)
    return isinstance(value, str) and len(value.split()) >= _WORDS and value in text


def _without_quotes(project: ProjectRecords) -> ProjectRecords:
    """The project records without examples, which are passages of articles, and without notes."""
    codebooks = []
    for row in project.get("codebook", ()):
        content = dict(row.get("content") or {})
        tags = content.get("tags", ())
        content["tags"] = [
            {name: told for name, told in tag.items() if name not in _EXAMPLES} if isinstance(tag, Mapping) else tag
            for tag in tags
        ]
        codebooks.append({**row, "content": content})
    entities = [{**row, "note": ""} for row in project.get("entities", ())]
    return {"codebook": codebooks, "coders": project.get("coders", ()), "entities": entities}
