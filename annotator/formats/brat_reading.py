"""Reads brat standoff: a folder of texts with their .ann files, or one such file.

An event is its trigger, and its arguments are relations that leave it; what is said of it is said of the trigger.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.brat_conf import CONF, readings_in
from annotator.formats.brat_lines import Bound, Said, Standoff, parse_lines
from annotator.formats.decoding import LIMIT, decode, refuse_surrogates
from annotator.formats.format import ReadOptions
from annotator.formats.guards import placed, read_bytes
from annotator.formats.newlines import UNCHANGED, OffsetMap, offset_map, unified
from annotator.formats.reading_folders import coder_folders
from annotator.formats.report import Refusal, Report
from annotator.formats.text_files import find_files
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, ReadingRecord, RelationRecord
from annotator.model.span import Span, quote

ANNOTATIONS = (".ann", ".a1", ".a2")
_ACCOMPANIES = (".conf", "")


@dataclass
class Files:
    """The files of one document in one folder."""

    name: str  # below the chosen folder, without suffix
    text: Path | None = None
    annotations: list[Path] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """One reading of a document: its files, and whose it is."""

    files: Files
    coder: str = ""
    kind: str = "own"


def read(path: Path, report: Report, _options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of a folder or of one annotation file; those that several coders read, with all their readings."""
    if path.is_dir():
        found = _found(path, report)
        for parts in _by_document(path, found, report):
            yield from _documents(parts, report)
        return
    files = Files(path.stem, path.with_suffix(".txt"), [each for each in _siblings(path) if each.is_file()])
    yield from _documents([Part(files)], report)


def _siblings(path: Path) -> Iterable[Path]:
    return [path] if path.suffix == ".ann" else [path.with_suffix(suffix) for suffix in (".a1", ".a2")]


# ---- files


def _found(root: Path, report: Report) -> list[Files]:
    """The documents below a folder, in natural order; what is no part of them is told."""
    found: dict[str, Files] = {}
    others: list[str] = []
    for each in find_files([root]):
        if isinstance(each, Refusal):
            report.refused.append(each)
            continue
        name = each.name.partition("/")[2]
        stem, suffix = name[: len(name) - len(each.path.suffix)], each.path.suffix.lower()
        if suffix == ".txt":
            found.setdefault(stem, Files(stem)).text = each.path
        elif suffix in ANNOTATIONS:
            found.setdefault(stem, Files(stem)).annotations.append(each.path)
        elif suffix not in _ACCOMPANIES:
            others.append(name)
    if others:
        more = f" and {len(others) - 3:,} more" if len(others) > 3 else ""
        report.warn(root.name, f"no part of a brat collection, left out: {', '.join(others[:3])}{more}")
    return list(found.values())


def _by_document(root: Path, found: Sequence[Files], report: Report) -> Iterator[list[Part]]:
    """Files in folders of coders that go by the same name belong to one document."""
    held = {files.name: files.text for files in found if files.text is not None and files.annotations}
    coders = readings_in(root / CONF) or coder_folders(held, lambda name: read_bytes(held[name], LIMIT), report)
    parts: dict[str, list[Part]] = defaultdict(list)
    for files in found:
        folder, slash, rest = files.name.partition("/")
        if slash and folder in coders:
            parts[rest].append(Part(files, *coders[folder]))
        else:
            parts[files.name].append(Part(files))
    yield from parts.values()


# ---- documents


def _documents(parts: Sequence[Part], report: Report) -> Iterator[DocumentRecord]:
    """One document for each text among the parts; nearly always that is one."""
    by_text: dict[str, list[tuple[Part, str, OffsetMap]]] = {}
    for part in parts:
        try:
            raw = _text(part.files)
        except AnnotatorError as fault:
            report.refuse(part.files.name, str(fault).rstrip("."))
            continue
        by_text.setdefault(unified(raw), []).append((part, raw, offset_map(raw)))
    for text, readings in by_text.items():
        yield _document(text, readings, report)


def _text(files: Files) -> str:
    if files.text is None or not files.text.is_file():
        raise AnnotatorError("there is no text file (.txt) beside it")
    data = read_bytes(files.text, LIMIT)
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        decoded = decode(data)
        return decoded.text
    refuse_surrogates(text)
    return text


def _document(text: str, readings: Sequence[tuple[Part, str, OffsetMap]], report: Report) -> DocumentRecord:
    first = readings[0][0].files
    named: list[ReadingRecord] = []
    annotations: list[AnnotationRecord] = []
    relations: list[RelationRecord] = []
    for part, raw, moved in readings:
        if not part.files.annotations:
            continue
        standoff = _standoff(part.files, report)
        made = _Reading(part, text, standoff, report)
        own = made.annotations(_offsets(standoff.bound, raw, text, moved))
        named.append(ReadingRecord(part.coder, part.kind))
        annotations += own
        relations += made.relations()
    return DocumentRecord(
        text=text,
        source_name=f"{first.name}.txt",
        readings=tuple(named),
        annotations=tuple(annotations),
        relations=tuple(relations),
        where=first.name,
    )


def _standoff(files: Files, report: Report) -> Standoff:
    standoff = Standoff()
    for path in files.annotations:
        try:
            text = read_bytes(path, LIMIT).removeprefix(b"\xef\xbb\xbf").decode()
        except (AnnotatorError, UnicodeDecodeError) as fault:
            said = "it is not valid UTF-8" if isinstance(fault, UnicodeDecodeError) else str(fault).rstrip(".")
            report.refuse(f"{files.name}{path.suffix}", said)
            continue
        for number, reason in parse_lines(text, standoff):
            report.refuse(f"{files.name}{path.suffix}, line {number}", reason)
    if standoff.shared:
        report.warn(files.name, f"{standoff.shared} events share their trigger with another; they were joined")
    return standoff


def _offsets(bound: Sequence[Bound], raw: str, text: str, moved: OffsetMap) -> OffsetMap:
    """How the file counts `\\r\\n`: as two characters, as Python does, or as one; its quotes tell."""
    if not moved.pairs:
        return UNCHANGED
    quoted = [each for each in bound if each.quoted is not None]
    as_two = sum(_flat(quote(raw, each.pieces)) == _flat(each.quoted) for each in quoted)
    as_one = sum(_flat(quote(text, each.pieces)) == _flat(each.quoted) for each in quoted)
    return UNCHANGED if as_one > as_two else moved


def _flat(words: str | None) -> str:
    return "".join((words or "").split())


class _Reading:
    """One reader's lines on their way to being records."""

    def __init__(self, part: Part, text: str, standoff: Standoff, report: Report) -> None:
        self.part, self.text, self.standoff, self.report = part, text, standoff, report
        self.where = part.files.name
        self.taken: dict[str, str] = {}  # id in the file → id of the record
        self.attributes = self._said(standoff.attributes)
        self.notes = self._said(standoff.notes)

    def _id(self, own: str) -> str:
        """Ids of several readings of one document must differ."""
        return f"{self.part.coder}:{own}" if self.part.coder else own

    def _said(self, lines: Sequence[Said]) -> dict[str, list[Said]]:
        """By what it is said of; what is said of an event is said of its trigger."""
        found: dict[str, list[Said]] = defaultdict(list)
        for each in lines:
            found[self.standoff.triggers.get(each.of, each.of)].append(each)
        return found

    def annotations(self, moved: OffsetMap) -> list[AnnotationRecord]:
        made = []
        for each in self.standoff.bound:
            here = f"{self.where}, {each.id}"
            if each.id in self.taken:
                self.report.refuse(here, "its id stands a second time")
                continue
            pieces = [moved.span(*piece) if moved.pairs else piece for piece in each.pieces]
            try:
                spans = placed(self.text, _sorted(pieces), each.quoted, partial(self.report.repair, here))
            except AnnotatorError as fault:
                self.report.refuse(here, str(fault).rstrip("."))
                continue
            self.taken[each.id] = self._id(each.id)
            made.append(
                AnnotationRecord(
                    coder=self.part.coder,
                    kind=self.part.kind,
                    tag=each.type,
                    spans=spans,
                    source_id=self._id(each.id),
                    attributes=_values(self.attributes.pop(each.id, ())),
                    note=_note(self.notes.pop(each.id, ())),
                )
            )
        return made

    def relations(self) -> list[RelationRecord]:
        made = []
        for number, each in enumerate(self.standoff.links, 1):
            ends = [self.taken.get(self._trigger(end)) for end in (each.source, each.target)]
            if ends[0] is None or ends[1] is None:
                missing = each.source if ends[0] is None else each.target
                self.report.refuse(f"{self.where}, {each.id or each.type}", f"there is no {missing[:40]}")
                continue
            own = each.id or f"*{number}"
            made.append(
                RelationRecord(
                    type=each.type,
                    source=ends[0],
                    target=ends[1],
                    source_id=self._id(own),
                    attributes=_values(self.attributes.pop(each.id, ())),
                    note=_note(self.notes.pop(each.id, ())),
                )
            )
        self._tell_rest()
        return made

    def _trigger(self, end: str) -> str:
        return self.standoff.triggers.get(end, end)

    def _tell_rest(self) -> None:
        """Attributes and notes of something that is not there."""
        for what, held in (("attribute", self.attributes), ("note", self.notes)):
            for of, lines in held.items():
                for each in lines:
                    self.report.refuse(f"{self.where}, {what} {each.name}", f"there is no {of[:40]}")


def _sorted(pieces: Sequence[Span]) -> list[Span]:
    return sorted(pieces)


def _values(lines: Iterable[Said]) -> Json:
    """Attributes as (value, by); one that stands several times is a list."""
    found: dict[str, list[Any]] = defaultdict(list)
    for each in lines:
        found[each.name].append(each.value)
    return {name: {"value": values[0] if len(values) == 1 else values, "by": "typed"} for name, values in found.items()}


def _note(lines: Iterable[Said]) -> str:
    """Each note as a line; of another kind than the usual one, with its kind before it."""
    return "\n".join(
        str(each.value) if each.name == "AnnotatorNotes" else f"{each.name}: {each.value}" for each in lines
    )
