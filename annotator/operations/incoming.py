"""Makes of a record what will be stored of it. Nothing here reads or writes the project, so it needs no transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.anchoring import reanchored
from annotator.formats.metadata import propose
from annotator.formats.report import Report
from annotator.model.attributes import NOWHERE, Context
from annotator.model.codebook import Codebook
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.span import Spans, normalised, quote
from annotator.operations.incoming_values import fitting_values
from annotator.operations.values import CELL_LIMIT, as_json, is_date, is_language
from annotator.operations.words import shown
from annotator.storage.connection import TEXT_LIMIT
from annotator.storage.ids import text_id

UNKNOWN_CODER = "Unknown"  # whose reading an annotation gets that names nobody, when nobody else is named either


@dataclass(frozen=True)
class Terms:
    """What every record of one source is held to."""

    format_name: str
    codebook: Codebook
    coder: str = ""  # for what names no coder
    values: Context = NOWHERE  # which actors there are, in the project and in the source


@dataclass
class IncomingReading:
    """A reading that the file names."""

    coder: str
    kind: str
    state: str
    reason: str
    version: str | None
    first_done: list[Any] | None
    extra: str
    unstated: frozenset[str]


@dataclass
class IncomingAnnotation:
    """An annotation; `values` are columns of its row, all but those that depend on the reading."""

    document: str  # where that stands
    coder: str
    kind: str
    own_id: str | None
    pieces: Spans
    values: dict[str, Any]
    versions: tuple[str | None, str | None]  # codebook versions it was made and last confirmed under
    unstated: frozenset[str]

    @property
    def where(self) -> str:
        """The place for messages: the document's, the tag and the quote."""
        return _where(self.document, self.values["tag"], self.values["quote"])


@dataclass
class Incoming:
    """A document with what will be stored of it."""

    where: str
    text: str
    text_id: str
    own_id: str | None
    values: dict[str, Any]
    appearances: list[Mapping[str, Any]] = field(default_factory=list)
    assigned: list[str] = field(default_factory=list)
    earlier: list[Mapping[str, Any]] = field(default_factory=list)
    readings: list[IncomingReading] = field(default_factory=list)
    annotations: list[IncomingAnnotation] = field(default_factory=list)
    relations: tuple[RelationRecord, ...] = ()
    complete: bool = True  # False if something of it was refused


def prepared(record: DocumentRecord, terms: Terms, report: Report) -> Incoming | None:
    """What will be stored of a record; what cannot be is refused in the report, None if that is all of it."""
    try:
        hashed = text_id(record.text)
    except UnicodeEncodeError:
        report.refuse(record.where, "the text holds half of a surrogate pair")
        return None
    if len(record.text) * 4 > TEXT_LIMIT and len(record.text.encode()) > TEXT_LIMIT - 1024:
        report.refuse(record.where, f"the text is larger than {TEXT_LIMIT // 1024 // 1024} MB")
        return None
    if not record.text:
        report.refuse(record.where, "the text is empty")
        return None
    extra = dict(record.extra)
    made = Incoming(record.where, record.text, hashed, record.id, {}, relations=record.relations)
    made.appearances = _objects(extra, "appearances")
    made.earlier = [each for each in _objects(extra, "earlier_texts") if isinstance(each.get("text"), str)]
    made.assigned = _texts(extra, "assigned_to")
    encoding = _text(extra, "encoding")
    made.values = {
        "sha256": hashed,
        "title": record.title or ("" if record.id else _title(record.text)),
        "outlet": record.outlet,
        "date": _fitting(record.date, is_date(record.date), "date", "year-month-day", record.where, report),
        "url": record.url,
        "language": _fitting(record.language, is_language(record.language), "language", "tag", record.where, report),
        "rights": record.rights,
        "source_name": record.source_name,
        "encoding": encoding,
        "words": len(record.text.split()),
        "extra": _limited(extra, record.where, report),
    }
    made.readings = [_reading(each, terms, record.where, report) for each in record.readings]
    for each in record.annotations:
        annotation = _annotation(each, record, terms, report)
        if annotation is None:
            made.complete = False
        else:
            made.annotations.append(annotation)
    return made


def moved(annotation: IncomingAnnotation, text: str, report: Report) -> bool:
    """Carry an annotation over to another text of the same document, by its quote; False (and refused) if it fails."""
    pieces, quoted = annotation.pieces, str(annotation.values["quote"])
    inside = pieces[-1].end <= len(text)
    found = pieces if inside and quote(text, pieces) == quoted else reanchored(text, pieces, quoted)
    if found is None:
        report.refuse(annotation.where, "the text of the article was replaced, and the quote is not found nearby")
        return False
    if found != pieces:
        report.repair(annotation.where, f"moved to {found[0].start}–{found[-1].end} in the replaced text")
    annotation.values |= span_columns(normalised(found, len(text)), quoted)
    return True


def span_columns(pieces: Spans, covered: str) -> dict[str, Any]:
    """The columns of an annotation's row that hold its place."""
    return {"spans": spans_json(pieces), "start": pieces[0].start, "end": pieces[-1].end, "quote": covered}


def spans_json(pieces: Spans) -> str:
    """As `as_json` writes them."""
    return "[" + ",".join([f"[{start},{end}]" for start, end in pieces]) + "]"


def coder_name(name: str, fallback: str) -> str:
    """A name as it is stored: one line, at most 200 characters."""
    return " ".join(name.split())[:200] or fallback


def _title(text: str) -> str:
    """A title for an article whose file gives none: its headline, else its first words."""
    return propose(text, "").title or " ".join(text[:400].split())[:80].rstrip()


def _reading(record: ReadingRecord, terms: Terms, where: str, report: Report) -> IncomingReading:
    extra = dict(record.extra)
    first = extra.pop("first_done", None) if isinstance(extra.get("first_done"), list) else None
    return IncomingReading(
        coder=coder_name(record.coder, terms.coder),
        kind=record.kind,
        state=record.state,
        reason=_text(extra, "reason"),
        version=record.codebook_version,
        first_done=first,
        extra=_limited(extra, where, report),
        unstated=record.unstated | ({"reason"} if "state" in record.unstated else set()) | _silent(extra),
    )


def _annotation(
    record: AnnotationRecord, document: DocumentRecord, terms: Terms, report: Report
) -> IncomingAnnotation | None:
    try:
        pieces = normalised(record.spans, len(document.text))
    except AnnotatorError as fault:
        report.refuse(f"{document.where}, {record.tag}", str(fault).rstrip("."))
        return None
    covered = quote(document.text, pieces)
    tag = terms.codebook.tag(record.tag)
    if tag is None:
        where = _where(document.where, record.tag, covered)
        report.refuse(where, f"the codebook of this project has no tag “{record.tag}”")
        return None
    extra = dict(record.extra)
    attributes = "{}"
    if record.attributes:
        where = _where(document.where, record.tag, covered)
        attributes = as_json(fitting_values(record.attributes, tag.attributes, terms.values, where, report))
    if len(attributes) > CELL_LIMIT:
        where = _where(document.where, record.tag, covered)
        report.refuse(where, f"its attributes are larger than {CELL_LIMIT // 1024 // 1024} MB")
        return None
    values = {
        "tag": record.tag,
        **span_columns(pieces, covered),
        "attributes": attributes,
        "note": record.note,
        "question": _text(extra, "question"),
        "flags": as_json(list(record.flags)) if record.flags else "[]",
        "source_id": record.source_id,
    }
    versions = (_text(extra, "codebook_made") or None, _text(extra, "codebook_confirmed") or None)
    values["extra"] = _limited(extra, document.where, report)
    unstated = record.unstated | _silent(extra) | (set() if values["question"] else {"question"})
    coder = coder_name(record.coder, terms.coder)
    return IncomingAnnotation(document.where, coder, record.kind, record.id, pieces, values, versions, unstated)


def _silent(extra: dict[str, Any]) -> frozenset[str]:
    """No unknown fields at all: a program that does not know them dropped them, and nobody took them back."""
    return frozenset() if extra else frozenset({"extra"})


def _where(document: str, tag: str, covered: str) -> str:
    return f"{document}, {tag} {shown(covered)}"


def _fitting(value: str, fits: bool, name: str, form: str, where: str, report: Report) -> str:
    if fits:
        return value
    report.refuse(where, f"the {name} {shown(value)} is not in the form of a {form}; it was left empty")
    return ""


def _limited(extra: dict[str, Any], where: str, report: Report) -> str:
    if not extra:
        return "{}"
    written = as_json(extra)
    if len(written) <= CELL_LIMIT:
        return written
    report.refuse(where, f"its unknown fields are larger than {CELL_LIMIT // 1024 // 1024} MB")
    return "{}"


def _text(extra: dict[str, Any], name: str) -> str:
    """Take a text out of the fields that the format does not know; another kind of value stays there."""
    return str(extra.pop(name)) if isinstance(extra.get(name), str) else ""


def _texts(extra: dict[str, Any], name: str) -> list[str]:
    found = extra.get(name)
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        return []
    return list(extra.pop(name))


def _objects(extra: dict[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = extra.get(name)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return []
    return list(extra.pop(name))
