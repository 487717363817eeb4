"""Reads annotations without texts, a stranger's file like any other: each line is checked or refused."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.guards import json_lines, span_of
from annotator.formats.jsonl_annotations import list_of, reading, relation, text_of
from annotator.formats.jsonl_fields import OFFSET_UNIT
from annotator.formats.jsonl_lines import type_name
from annotator.formats.offsets_writing import FORMAT, VERSION
from annotator.formats.report import Report
from annotator.model.records import KINDS, AnnotationRecord, DocumentRecord
from annotator.model.span import Spans, normalised

_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHECK = re.compile(r"[0-9a-f]{16}")
_KEPT = ("codebook_made", "codebook_confirmed")


@dataclass(frozen=True)
class Checked:
    """An annotation with what proves that it stands where it should: in the text, and in the folded text."""

    record: AnnotationRecord  # its text is not known
    check: str
    folded: Spans
    folded_check: str


@dataclass(frozen=True)
class Textless:
    """A document without its text; `record` has no annotations, they are in `annotations`."""

    record: DocumentRecord
    sha256: str
    folded_sha256: str
    annotations: tuple[Checked, ...]
    where: str


def read_offsets(path: Path, report: Report) -> Iterator[Textless]:
    """The documents of a file; lines that cannot be read are refused in the report. Raises AnnotatorError.

    It may be gone through twice.
    """
    ours = False
    for number, value in json_lines(path, report):
        where = f"{path.name}, line {number}"
        if value.get("format") != FORMAT:
            if not ours:
                raise AnnotatorError(f"Cannot read {path.name}: it holds no annotations without texts.")
            report.refuse(where, f"it is no line of the format {FORMAT}")
            continue
        ours = True
        try:
            yield _document(value, where)
        except AnnotatorError as fault:
            report.refuse(where, str(fault).rstrip("."))


def _document(value: dict[str, Any], where: str) -> Textless:
    version = value.get("version")
    if type(version) is not int or version > VERSION:
        raise AnnotatorError("it was written by a newer version of the program")
    if value.get("offset_unit") != OFFSET_UNIT:
        raise AnnotatorError(f"its offsets do not count {OFFSET_UNIT}s")
    annotations = tuple(_annotation(each) for each in list_of(value, "annotations"))
    ends = {each.record.id for each in annotations if each.record.id}
    record = DocumentRecord(
        text="",
        id=_digits(value, "id") if value.get("id") else None,
        title=text_of(value, "title"),
        outlet=text_of(value, "outlet"),
        date=text_of(value, "date"),
        url=text_of(value, "url"),
        language=text_of(value, "language"),
        rights=text_of(value, "rights"),
        readings=tuple(reading(each) for each in list_of(value, "readings")),
        relations=tuple(relation(each, ends) for each in list_of(value, "relations")),
        where=where,
    )
    return Textless(record, _digits(value, "sha256"), _digits(value, "folded_sha256"), annotations, where)


def _annotation(value: object) -> Checked:
    if not isinstance(value, dict):
        raise AnnotatorError(f"an annotation is {type_name(value)} instead of an object")
    kind, attributes = text_of(value, "kind") or "own", value.get("attributes") or {}
    if kind not in KINDS or not text_of(value, "tag") or not isinstance(attributes, Mapping):
        raise AnnotatorError("an annotation has no tag, or a kind or attributes that are none")
    flags = list_of(value, "flags")
    record = AnnotationRecord(
        coder=text_of(value, "coder"),
        tag=text_of(value, "tag"),
        spans=_pieces(value, "spans"),
        id=text_of(value, "id") or None,
        kind=kind,
        attributes=dict(attributes),
        flags=tuple(each for each in flags if isinstance(each, str)),
        extra={name: text_of(value, name) for name in _KEPT if value.get(name)},
    )
    checks = [text_of(value, name) for name in ("check", "folded_check")]
    if not all(_CHECK.fullmatch(each) for each in checks):
        raise AnnotatorError("an annotation has no check value")
    folded = _pieces(value, "folded") if value.get("folded") else ()
    return Checked(record, checks[0], folded, checks[1])


def _pieces(value: dict[str, Any], name: str) -> Spans:
    pairs = list_of(value, name)
    if not pairs or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise AnnotatorError(f"{name!r} must be a list of [start, end]")
    pieces = [span_of(*pair) for pair in pairs]
    return normalised(pieces, max(piece.end for piece in pieces))


def _digits(value: dict[str, Any], name: str) -> str:
    found = text_of(value, name)
    if not _DIGEST.fullmatch(found):
        raise AnnotatorError(f"{name!r} is no SHA-256")
    return found
