"""Writes exchange records as JSON Lines: one document a line, same records same bytes."""

import hashlib
import re
from collections.abc import Iterable
from json import JSONEncoder
from pathlib import Path
from typing import Any, BinaryIO

from annotator.errors import AnnotatorError
from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.jsonl_fields import FORMAT, OFFSET_UNIT, PROJECT_FORMAT, VERSION
from annotator.formats.whole_file import whole_file
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, ReadingRecord, RelationRecord
from annotator.model.span import quote

_ENCODER = JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"))
_INDENTED = JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, indent=1)

# The encoder escapes U+0000–U+001F. DEL, U+0080–U+009F (NEL among them), U+2028 and U+2029 end a line or vanish in
# some readers. They are sought in the UTF-8 bytes, where a missing lead byte answers at once for almost every line.
_C1 = re.compile(rb"\xc2[\x80-\x9f]")


def write(
    records: Iterable[DocumentRecord],
    destination: Path,
    project: ProjectRecords | None = None,
    _options: WriteOptions | None = None,
    /,
) -> Written:
    """Streams documents into a file, project records into `DEST.project.json`; both appear whole, or neither.

    Raises AnnotatorError when the disk refuses or a record cannot be said in JSON. An exception from `records`
    (a cancelled export) leaves the files that were there.
    """
    if project is None:
        with whole_file(destination) as file:
            counts = _write_documents(records, file)
        return Written(*counts, (destination,))
    beside = project_file(destination)
    with whole_file(beside) as file:
        write_project(project, file)
        with whole_file(destination) as documents:
            counts = _write_documents(records, documents)
    return Written(*counts, (destination, beside))


def project_file(destination: Path) -> Path:
    """Where the project records of an export lie."""
    return destination.with_name(destination.name + ".project.json")


def line(record: DocumentRecord) -> bytes:
    """One document as UTF-8 JSON with a newline at its end."""
    try:
        return _escaped(_ENCODER.encode(_document(record))) + b"\n"
    except (ValueError, TypeError, RecursionError) as fault:
        name = record.title or record.source_name or record.id or "without a name"
        raise AnnotatorError(f"The document {name!r} cannot be written as JSON: {fault}.") from fault


def _write_documents(records: Iterable[DocumentRecord], file: BinaryIO) -> tuple[int, int, int]:
    documents = annotations = relations = 0
    for record in records:
        file.write(line(record))
        documents += 1
        annotations += len(record.annotations)
        relations += len(record.relations)
    return documents, annotations, relations


def write_project(project: ProjectRecords, file: BinaryIO) -> None:
    """The project records as one JSON object. Raises AnnotatorError for what cannot be said in JSON."""
    content = {"format": PROJECT_FORMAT, "version": VERSION, **{name: list(rows) for name, rows in project.items()}}
    try:
        file.write(_escaped(_INDENTED.encode(content)) + b"\n")
    except (ValueError, TypeError, RecursionError) as fault:
        raise AnnotatorError(f"The project records cannot be written as JSON: {fault}.") from fault


def _escaped(text: str) -> bytes:
    data = text.encode()
    if b"\xc2" in data:
        data = _C1.sub(lambda found: b"\\u00%02x" % found[0][1], data)
    for raw, escape in ((b"\x7f", b"\\u007f"), (b"\xe2\x80\xa8", b"\\u2028"), (b"\xe2\x80\xa9", b"\\u2029")):
        if raw in data:
            data = data.replace(raw, escape)
    return data


def _document(record: DocumentRecord) -> dict[str, Any]:
    digest = hashlib.sha256(record.text.encode()).hexdigest()
    written: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "offset_unit": OFFSET_UNIT,
        "id": record.id or digest,
        "sha256": digest,
        "title": record.title,
        "outlet": record.outlet,
        "date": record.date,
        "url": record.url,
        "language": record.language,
        "rights": record.rights,
        "source_name": record.source_name,
        "text": record.text,
        "readings": [_reading(reading) for reading in record.readings],
        "annotations": [_annotation(annotation, record.text) for annotation in record.annotations],
        "relations": [_relation(relation) for relation in record.relations],
    }
    return _with_unknown(written, record.extra)


def _reading(record: ReadingRecord) -> dict[str, Any]:
    written = {
        "coder": record.coder,
        "kind": record.kind,
        "state": record.state,
        "codebook_version": record.codebook_version,
    }
    return _with_unknown(written, record.extra)


def _annotation(record: AnnotationRecord, text: str) -> dict[str, Any]:
    written = {
        "id": record.id,
        "coder": record.coder,
        "kind": record.kind,
        "tag": record.tag,
        "spans": record.spans,
        "text": quote(text, record.spans) if record.text is None else record.text,
        "attributes": record.attributes,
        "note": record.note,
        "flags": record.flags,
    }
    if record.source_id is not None:
        written["source_id"] = record.source_id
    return _with_unknown(written, record.extra)


def _relation(record: RelationRecord) -> dict[str, Any]:
    written = {
        "id": record.id,
        "type": record.type,
        "source": record.source,
        "target": record.target,
        "attributes": record.attributes,
        "note": record.note,
    }
    if record.source_id is not None:
        written["source_id"] = record.source_id
    return _with_unknown(written, record.extra)


def _with_unknown(written: dict[str, Any], extra: Json) -> dict[str, Any]:
    """Keys that this version does not know go last, as they came; they never hide one that it knows."""
    for key, value in extra.items():
        written.setdefault(key, value)
    return written
