"""Reads doccano's JSONL and JSON: spans as objects with offsets, or as [start, end, label]."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.doccano_writing import FACTS
from annotator.formats.format import ReadOptions, Setting
from annotator.formats.guards import json_file, json_lines, placed, span_of
from annotator.formats.newlines import offset_map, unified
from annotator.formats.report import Report
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord

SETTINGS = (
    Setting(
        "file_name",
        "The name of the file is",
        "nothing",
        ("nothing", "coder"),
        "doccano packs a file a coder: ann.jsonl.",
    ),
)
_SPANS = ("entities", "label", "labels")  # the keys that doccano writes them under
_OWN = frozenset({"id", "text", "relations", "cats", "comments", "Comments", *_SPANS, *FACTS})


def detect(_path: Path, head: bytes, /) -> bool:
    """Whether the first object has a text and doccano's list of spans."""
    first = _first_object(head)
    return isinstance(first, dict) and isinstance(first.get("text"), str) and _has_spans(first)


def _first_object(head: bytes) -> Any:
    text = head.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").lstrip("[ \t\r\n")
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return _first_by_pattern(text)


def _first_by_pattern(text: str) -> Any:
    """An article that is longer than the head: doccano's own order of keys gives it away."""
    return {"text": "", "entities": [{"start_offset": 0}]} if '"start_offset":' in text and '"text":' in text else None


def _has_spans(line: dict[str, Any]) -> bool:
    held = [line[key] for key in _SPANS if isinstance(line.get(key), list)]
    spans = [each for found in held for each in found]
    if not spans:
        return bool(held) and not {"annotations", "spans", "tokens"} & line.keys()
    return all(_is_span(each) for each in spans)


def _is_span(value: object) -> bool:
    if isinstance(value, dict):
        return "start_offset" in value
    return isinstance(value, list) and len(value) == 3 and isinstance(value[2], str)


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of a file. What doccano says of a whole text, its categories, is no span and is told."""
    coder = path.stem if options.settings.get("file_name") == "coder" else ""
    for where, line in _lines(path, report):
        if isinstance(line.get("text"), str):
            yield _document(line, where, coder, report)
        else:
            report.refuse(where, "it has no text")


def _lines(path: Path, report: Report) -> Iterator[tuple[str, dict[str, Any]]]:
    if path.suffix.lower() == ".json":
        value = json_file(path)
        if not isinstance(value, list):
            raise AnnotatorError(f"Cannot read {path.name}: it is no list of articles.")
        for number, each in enumerate(value, 1):
            if isinstance(each, dict):
                yield f"{path.name}, article {number}", each
            else:
                report.refuse(f"{path.name}, article {number}", "no object")
        return
    for number, line in json_lines(path, report):
        yield f"{path.name}, line {number}", line


def _document(line: dict[str, Any], where: str, coder: str, report: Report) -> DocumentRecord:
    raw = line["text"]
    text, moved = unified(raw), offset_map(raw)
    annotations = []
    for number, each in enumerate(_found(line, where, report), 1):
        here = f"{where}, span {number}"
        try:
            start, end, tag, own = _parts(each)
            span = span_of(start, end)
            span = moved.span(*span) if moved.pairs else span
            spans = placed(text, [span], None, partial(report.repair, here))
        except AnnotatorError as fault:
            report.refuse(here, str(fault).rstrip("."))
            continue
        annotations.append(AnnotationRecord(coder, tag, spans, source_id=own))
    _tell_categories(line, where, report)
    facts = {name: line[name] for name in FACTS if isinstance(line.get(name), str)}
    return DocumentRecord(
        text=text,
        **facts,
        readings=(ReadingRecord(coder),) if annotations or coder else (),
        annotations=tuple(annotations),
        relations=tuple(_relations(line, annotations, where, report)),
        extra={key: value for key, value in line.items() if key not in _OWN},
        where=where,
    )


def _found(line: dict[str, Any], where: str, report: Report) -> list[Any]:
    for key in _SPANS:
        held = line.get(key)
        if held is not None and not isinstance(held, list):
            report.refuse(where, f"its {key} are no list")
        elif held and not all(isinstance(each, str) for each in held):
            return list(held)
    return []


def _parts(value: Any) -> tuple[object, object, str, str | None]:
    """Start, end, label and id of a span. Raises AnnotatorError for what is none."""
    if isinstance(value, dict):
        label, own = value.get("label"), value.get("id")
        if isinstance(label, str) and label:
            return value.get("start_offset"), value.get("end_offset"), label, None if own is None else str(own)
    elif isinstance(value, list) and len(value) == 3 and isinstance(value[2], str) and value[2]:
        return value[0], value[1], value[2], None
    raise AnnotatorError("it is no start, end and label")


def _tell_categories(line: dict[str, Any], where: str, report: Report) -> None:
    held = [line[key] for key in ("cats", "label", "labels") if isinstance(line.get(key), list)]
    names = [each for found in held for each in found if isinstance(each, str)]
    if names:
        report.warn(where, f"what is said of the whole text is left out: {', '.join(names)[:80]}")
    if line.get("Comments") or line.get("comments"):
        report.warn(where, "its comments are left out")


def _relations(
    line: dict[str, Any], annotations: list[AnnotationRecord], where: str, report: Report
) -> Iterator[RelationRecord]:
    held = line.get("relations")
    known = {each.source_id for each in annotations}
    for number, each in enumerate(held if isinstance(held, list) else [], 1):
        here = f"{where}, relation {number}"
        if not isinstance(each, dict) or not isinstance(each.get("type"), str) or not each["type"]:
            report.refuse(here, "it has no type")
            continue
        ends = str(each.get("from_id")), str(each.get("to_id"))
        missing = [end for end in ends if end not in known]
        if missing:
            report.refuse(here, f"there is no span {missing[0][:40]}")
            continue
        own = each.get("id")
        yield RelationRecord(each["type"], *ends, source_id=None if own is None else str(own))
