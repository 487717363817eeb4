"""Reads the product's own JSON Lines: a record for each good line, a numbered refusal for each bad one."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from annotator.errors import AnnotatorError
from annotator.formats import jsonl_fields, kinds
from annotator.formats.decoding import LIMIT
from annotator.formats.format import HEAD, ReadOptions
from annotator.formats.jsonl_annotations import annotation, list_of, reading, relation, text_of, unknown
from annotator.formats.jsonl_lines import NotOursError, lines, parsed, refuse_depth, type_name
from annotator.formats.jsonl_writing import project_file
from annotator.formats.newlines import OffsetMap, offset_map, unified
from annotator.formats.report import Reason, Report
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord

_DIGEST = re.compile(r"[0-9a-f]{64}")
_STRANGE_LINES = 20  # so many lines of another kind, and none of ours: the file is no JSON Lines of this format
_KEYS_NAMED = 10
_PROJECT_LIMIT = 64 * 1024 * 1024


@dataclass
class _Seen:
    """Ids of the file so far, to tell those that come twice."""

    documents: dict[str, tuple[int, bytes]] = field(default_factory=dict)  # id -> line, digest of the text
    annotations: set[str] = field(default_factory=set)
    relations: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)  # keys of documents that do not name our format


def read(path: Path, report: Report, _options: ReadOptions | None = None, /) -> Iterator[DocumentRecord]:
    """The documents of a file, in order; refusals, repairs and warnings go to `report`, each with its line.

    The report's counts are left to whoever stores the records. An annotation without a coder has coder "". Raises
    AnnotatorError when the file cannot be opened or its lines are of another kind altogether.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise AnnotatorError(f"Cannot read {path}: it is not an ordinary file.")
        with path.open("rb") as file:
            _refuse_kind(path, file)
            yield from _records(path, file, report)
    except OSError as fault:
        raise AnnotatorError(f"Cannot read {path}: {(fault.strerror or str(fault)).lower()}.") from fault


def _records(path: Path, file: BinaryIO, report: Report) -> Iterator[DocumentRecord]:
    seen = _Seen()
    strange: list[tuple[int, NotOursError]] = []  # until the first line that is ours
    ours = False
    for number, data in lines(file):
        where = f"{path.name}, line {number}"
        try:
            record = _document(parsed(data), where, number, seen, report)
        except NotOursError as fault:
            if ours:
                report.refuse(where, str(fault))
                continue
            strange.append((number, fault))
            if len(strange) == _STRANGE_LINES:
                raise _not_ours(path, strange) from None
            continue
        except AnnotatorError as fault:
            report.refuse(where, str(fault).rstrip("."))
        else:
            for earlier, reason in strange:
                report.refuse(f"{path.name}, line {earlier}", str(reason))
            strange.clear()
            ours = True
            yield record
    if strange:
        raise _not_ours(path, strange)
    if seen.unknown:
        named = ", ".join(sorted(seen.unknown)[:_KEYS_NAMED])
        report.warn(path.name, f"kept as they are, but not read: {named}")
    if not file.tell():
        report.refuse(path.name, "empty", Reason.EMPTY)


def detect(_path: Path, head: bytes, /) -> bool:
    """Whether the first line of a file looks like a document of this format."""
    long = len(head) >= HEAD
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return False
    first, whole, _ = head.partition(b"\n")
    if whole or not long:
        try:
            value = parsed(first)
        except AnnotatorError:
            return False
        return isinstance(value.get("text"), str) and not _foreign(value)
    return b'"text":' in first.replace(b" ", b"")


def read_project(destination: Path) -> dict[str, list[dict[str, Any]]] | None:
    """The project records beside an export, each kind a list; None if there are none. Raises AnnotatorError."""
    path = project_file(destination)
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            data = file.read(_PROJECT_LIMIT + 1)
        if len(data) > _PROJECT_LIMIT:
            raise AnnotatorError("it is too large")
        content = parsed(data.removeprefix(b"\xef\xbb\xbf"))
        if content.get("format") != jsonl_fields.PROJECT_FORMAT:
            raise AnnotatorError("it holds no project records")
        _refuse_version(content)
        rows = {name: list_of(content, name) for name in content if name not in ("format", "version")}
        for name, listed in rows.items():
            if not all(isinstance(row, dict) for row in listed):
                raise AnnotatorError(f"{name!r} must be a list of objects")
        refuse_depth(rows)
    except OSError as fault:
        raise AnnotatorError(f"Cannot read {path}: {(fault.strerror or str(fault)).lower()}.") from fault
    except AnnotatorError as fault:
        raise AnnotatorError(f"Cannot read {path}: {str(fault).rstrip('.')}.") from fault
    return rows


def _document(value: dict[str, Any], where: str, number: int, seen: _Seen, report: Report) -> DocumentRecord:
    raw = _checked_text(value)
    text = unified(raw)
    own, source = _document_id(value)
    digest = _checked_digest(value, text, raw, where, report)
    first, of_first = seen.documents.setdefault(own, (number, digest)) if own else (number, digest)
    if of_first != digest:
        raise AnnotatorError(f"its id stands on line {first} already, with another text")
    extra = unknown(value, jsonl_fields.DOCUMENT)
    if extra and "format" not in value and len(seen.unknown) < _KEYS_NAMED:
        seen.unknown.update(extra)
    document = DocumentRecord(
        text=text,
        id=own,
        title=text_of(value, "title"),
        outlet=text_of(value, "outlet"),
        date=text_of(value, "date"),
        url=text_of(value, "url"),
        language=text_of(value, "language"),
        rights=text_of(value, "rights"),
        source_name=text_of(value, "source_name"),
        extra=extra if source is None else {"source_id": source, **extra},
        where=where,
    )
    readings = list_of(value, "readings")
    listed = list_of(value, "annotations")
    links = list_of(value, "relations")
    annotations = _annotations(listed, text, offset_map(raw), where, seen.annotations, report)
    return replace(
        document,
        readings=_readings(readings, where, report),
        annotations=annotations,
        relations=_relations(links, annotations, where, seen.relations, report),
    )


def _checked_text(value: dict[str, Any]) -> str:
    foreign = _foreign(value)
    if foreign:
        raise NotOursError(f"{foreign}, which is not read yet")
    text = value.get("text")
    if not isinstance(text, str):
        raise NotOursError("an object without 'text'" if text is None else f"'text' is {type_name(text)}")
    named = text_of(value, "format")
    if named not in ("", jsonl_fields.FORMAT):
        raise NotOursError(f"the format is {named!r}, not {jsonl_fields.FORMAT!r}")
    _refuse_version(value)
    unit = text_of(value, "offset_unit")
    if unit not in ("", jsonl_fields.OFFSET_UNIT):
        raise AnnotatorError(f"its offsets count {unit!r}; only {jsonl_fields.OFFSET_UNIT!r} is read")
    if not text:
        raise AnnotatorError("the text is empty")
    if len(text) * 4 > LIMIT and len(text.encode()) > LIMIT:
        raise AnnotatorError(f"the text is larger than {LIMIT // 1024 // 1024} MB")
    return text


def _refuse_version(value: dict[str, Any]) -> None:
    version = value.get("version")
    if version is None:
        return
    if type(version) is not int:
        raise AnnotatorError(f"'version' must be a whole number, not {type_name(version)}")
    if version > jsonl_fields.VERSION:
        raise AnnotatorError(
            f"it was written by a newer version of the program (format version {version}; this one reads up to "
            f"{jsonl_fields.VERSION})"
        )


def _document_id(value: dict[str, Any]) -> tuple[str | None, str | None]:
    """(id, source id): what is no SHA-256 is an id of the source."""
    given = value.get("id")
    if isinstance(given, int) and not isinstance(given, bool) and abs(given) < 1 << 63:
        return None, str(given)
    name = text_of(value, "id")
    return (name, None) if _DIGEST.fullmatch(name) else (None, name or None)


def _checked_digest(value: dict[str, Any], text: str, raw: str, where: str, report: Report) -> bytes:
    """The digest of the text; a warning if the line gives another, be it of the text before the newline change."""
    digest = hashlib.sha256(text.encode())
    given = text_of(value, "sha256")
    if given and given.lower() != digest.hexdigest():
        before = hashlib.sha256(raw.encode()).hexdigest()
        if given.lower() != before:
            report.warn(where, "the text does not match its sha256; it was changed after the export")
    return digest.digest()


def _foreign(value: dict[str, Any]) -> str:
    """The tool whose JSON Lines this is, if it is plainly another's; else empty."""
    if "format" in value:
        return ""
    annotations = value.get("annotations")
    if isinstance(value.get("data"), dict) and "text" not in value:
        return "a Label Studio task"
    if isinstance(annotations, list) and any(isinstance(each, dict) and "result" in each for each in annotations):
        return "a Label Studio task"
    if "annotations" in value:
        return ""
    if "_input_hash" in value or (isinstance(value.get("spans"), list) and "tokens" in value):
        return "a Prodigy example"
    if any(isinstance(value.get(key), list) for key in ("label", "labels", "entities", "Comments")):
        return "a doccano example"
    return ""


def _annotations(
    listed: list[Any], text: str, moved: OffsetMap, where: str, seen: set[str], report: Report
) -> tuple[AnnotationRecord, ...]:
    made = []
    for place, each in enumerate(listed, 1):
        here = f"{where}, annotation {place}"
        try:
            record = annotation(each, text, moved, partial(report.repair, here))
            _refuse_twice(record.id, seen)
        except AnnotatorError as fault:
            report.refuse(here, str(fault).rstrip("."))
        else:
            made.append(record)
    return tuple(made)


def _relations(
    listed: list[Any], annotations: tuple[AnnotationRecord, ...], where: str, seen: set[str], report: Report
) -> tuple[RelationRecord, ...]:
    if not listed:
        return ()
    ends = {name for record in annotations for name in (record.id, record.source_id) if name}
    made = []
    for place, each in enumerate(listed, 1):
        try:
            record = relation(each, ends)
            _refuse_twice(record.id, seen)
        except AnnotatorError as fault:
            report.refuse(f"{where}, relation {place}", str(fault).rstrip("."))
        else:
            made.append(record)
    return tuple(made)


def _readings(listed: list[Any], where: str, report: Report) -> tuple[ReadingRecord, ...]:
    made: dict[tuple[str, str], ReadingRecord] = {}
    for place, each in enumerate(listed, 1):
        try:
            record = reading(each)
            if (record.coder, record.kind) in made:
                raise AnnotatorError(f"a second reading by {record.coder!r}")
        except AnnotatorError as fault:
            report.refuse(f"{where}, reading {place}", str(fault).rstrip("."))
        else:
            made[record.coder, record.kind] = record
    return tuple(made.values())


def _refuse_twice(own: str | None, seen: set[str]) -> None:
    if own is None:
        return
    if own in seen:
        raise AnnotatorError(f"the id {own} stands a second time")
    seen.add(own)


def _refuse_kind(path: Path, file: BinaryIO) -> None:
    """One sentence for a file that is no JSON Lines, whatever its lines say."""
    head = file.read(4096)
    file.seek(0)
    kind = kinds.kind_by_content(head, path.name)
    if kind:
        raise AnnotatorError(f"{path.name} is not annotated JSON Lines but a file of another kind: {kind.one}.")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AnnotatorError(f"{path.name} is UTF-16; JSON Lines must be UTF-8.")


def _not_ours(path: Path, strange: list[tuple[int, NotOursError]]) -> AnnotatorError:
    number, reason = strange[0]
    kind = kinds.kind_of_text(path.name)
    looks = f" ({kind.one})" if kind and kind is not kinds.JSON_LINES else ""
    return AnnotatorError(f"{path.name}{looks} is not annotated JSON Lines: line {number}: {reason}.")
