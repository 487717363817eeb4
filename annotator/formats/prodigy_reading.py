"""Reads Prodigy's JSONL. Only what was accepted is an annotation; each annotator's lines become a reading."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions
from annotator.formats.guards import json_lines, placed, span_of
from annotator.formats.newlines import offset_map, unified
from annotator.formats.report import Report
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord

_FACTS = {"title": "title", "source": "outlet", "outlet": "outlet", "date": "date", "url": "url"}  # key of meta → field
_MARKS = ('"_task_hash"', '"_input_hash"', '"answer"')


def detect(_path: Path, head: bytes, /) -> bool:
    """Whether the first line has a text and Prodigy's spans, or its hashes and answer."""
    text = head.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    line = text.lstrip("\r\n").split("\n", 1)[0]
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return line.startswith("{") and '"text"' in line and any(mark in text for mark in _MARKS)
    if not isinstance(first, dict) or not isinstance(first.get("text"), str):
        return False
    spans = first.get("spans")
    if isinstance(spans, list) and spans:
        return all(isinstance(each, dict) and {"start", "end", "label"} <= each.keys() for each in spans)
    return "_task_hash" in first or ("answer" in first and isinstance(spans, list))


def read(path: Path, report: Report, _options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The texts of a file; lines with the same text are one document when they are brought in."""
    for number, line in json_lines(path, report):
        where = f"{path.name}, line {number}"
        if isinstance(line.get("text"), str):
            yield _document(line, where, report)
        else:
            report.refuse(where, "it has no text")


def _document(line: dict[str, Any], where: str, report: Report) -> DocumentRecord:
    coder, answer = _coder(line), line.get("answer", "accept")
    spans = line.get("spans") if isinstance(line.get("spans"), list) else []
    annotations: list[AnnotationRecord] = []
    relations: list[RelationRecord] = []
    if answer == "accept":
        annotations = list(_annotations(line["text"], spans or [], coder, where, report))
        relations = list(_relations(line, annotations, where, report))
    elif spans:
        report.refuse(where, "its spans were rejected" if answer == "reject" else "its spans were passed over")
    answered = "answer" in line or bool(annotations)
    state = "set aside" if answer == "ignore" else "in work"
    meta = line.get("meta")
    said = meta if isinstance(meta, Mapping) else {}
    facts = {field: said[key] for key, field in _FACTS.items() if isinstance(said.get(key), str)}
    return DocumentRecord(
        text=unified(line["text"]),
        **facts,
        readings=(ReadingRecord(coder, state=state),) if answered else (),
        annotations=tuple(annotations),
        relations=tuple(relations),
        extra={key: value for key, value in said.items() if key not in _FACTS},
        where=where,
    )


def _coder(line: Mapping[str, Any]) -> str:
    """Who decided: the annotator, else the session, without the name of the dataset that stands before it."""
    if isinstance(line.get("_annotator_id"), str):
        named, data = line["_annotator_id"], line.get("dataset")
        return str(named.removeprefix(f"{data}-") if isinstance(data, str) else named)
    return str(line["_session_id"]) if isinstance(line.get("_session_id"), str) else ""


def _annotations(raw: str, spans: list[Any], coder: str, where: str, report: Report) -> Iterator[AnnotationRecord]:
    text, moved = unified(raw), offset_map(raw)
    for number, each in enumerate(spans, 1):
        here = f"{where}, span {number}"
        try:
            if not isinstance(each, dict) or not isinstance(each.get("label"), str) or not each["label"]:
                raise AnnotatorError("it has no label")
            span = span_of(each.get("start"), each.get("end"))
            own = _name(each)
            span = moved.span(*span) if moved.pairs else span
            quoted = each.get("text")
            quoted = unified(quoted) if isinstance(quoted, str) else None
            pieces = placed(text, [span], quoted, partial(report.repair, here))
        except AnnotatorError as fault:
            report.refuse(here, str(fault).rstrip("."))
            continue
        yield AnnotationRecord(coder, each["label"], pieces, source_id=own)


def _name(span: Mapping[str, Any]) -> str:
    """What relations name a span by."""
    return f"{span.get('start')}-{span.get('end')}-{span.get('label')}"


def _relations(
    line: Mapping[str, Any], annotations: list[AnnotationRecord], where: str, report: Report
) -> Iterator[RelationRecord]:
    held = line.get("relations")
    known = {each.source_id for each in annotations}
    for number, each in enumerate(held if isinstance(held, list) else [], 1):
        here = f"{where}, relation {number}"
        ends = [each.get(end) for end in ("head_span", "child_span")] if isinstance(each, dict) else [None]
        if (
            not all(isinstance(end, dict) for end in ends)
            or not isinstance(each.get("label"), str)
            or not each["label"]
        ):
            report.refuse(here, "it has no two spans and a label")
            continue
        names = [_name(end) for end in ends if isinstance(end, dict)]
        if not known.issuperset(names):
            report.refuse(here, "one of its spans is not there")
            continue
        yield RelationRecord(each["label"], names[0], names[1])
