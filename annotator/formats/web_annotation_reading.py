"""Reads W3C Web Annotation: annotations whose source is a text file beside them, found by place and quote."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions
from annotator.formats.guards import first_bytes, json_file, placed, read_text, span_of
from annotator.formats.newlines import OffsetMap
from annotator.formats.report import Reason, Report
from annotator.formats.web_annotation_terms import FACTS, FLAG, LINK, NOTE, QUESTION, TAG, URN, VALUE
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, ReadingRecord, RelationRecord
from annotator.model.span import Span, Spans

_MARK = "www.w3.org/ns/anno"
_SUFFIXES = (".jsonld", ".json")


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file names the recommendation's context and has annotations; or a folder holds such a file."""
    if path.is_dir():
        return any(_is_page(first_bytes(each, 4096)) for each in _pages(path)[:20])
    return path.suffix.lower() in _SUFFIXES and _is_page(head)


def _is_page(head: bytes) -> bool:
    text = head.decode(errors="replace")
    return _MARK in text and '"@context"' in text and '"Annotation' in text


def _pages(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.suffix.lower() == ".jsonld" and each.is_file())
    except OSError:
        return []


@dataclass
class _Text:
    """A text with what the pages say of it."""

    path: Path
    text: str
    moved: OffsetMap
    facts: dict[str, Any] = field(default_factory=dict)
    annotations: list[AnnotationRecord] = field(default_factory=list)
    relations: list[RelationRecord] = field(default_factory=list)


def read(path: Path, report: Report, _options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The texts to which the annotations of a file, or of the files of a folder, belong."""
    pages = _pages(path) if path.is_dir() else [path]
    if path.is_dir():
        paired = {each.with_suffix(".txt") for each in pages}
        for each in sorted(path.glob("*.txt")):
            if each not in paired:
                report.warn(each.name, "a text that no annotations stand beside, left out")
    for page in pages:
        yield from _Page(page, report).documents()


class _Page:
    """One file of annotations."""

    def __init__(self, path: Path, report: Report) -> None:
        self.path, self.report = path, report
        self.texts: dict[str, _Text | None] = {}  # by source
        self.home: dict[str, _Text] = {}  # id of an annotation → its text
        self.taken: dict[str, str] = {}  # id of an annotation → that of its record

    def documents(self) -> Iterator[DocumentRecord]:
        value = json_file(self.path)
        items = list(_items(value))
        own = value.get("annotator:text") if isinstance(value, Mapping) else None
        if isinstance(own, Mapping) and isinstance(own.get("id"), str) and (text := self._text(own["id"])) is not None:
            text.facts = {name: own[key] for name, key in FACTS.items() if isinstance(own.get(key), str)}
        if not items and not self.texts:
            self.report.refuse(self.path.name, "it holds no annotation", Reason.EMPTY)
        links = [each for each in items if LINK in _listed(each.get("motivation"))]
        for number, each in enumerate(items, 1):
            if each not in links:
                self._annotation(each, f"{self.path.name}, {str(each.get('id', number))[:80]}")
        for number, each in enumerate(links, 1):
            self._link(each, f"{self.path.name}, link {number}")
        for found in self.texts.values():
            if found is not None:
                yield _document(found)

    def _text(self, source: str) -> _Text | None:
        """The text file that a source names: beside the page, never elsewhere."""
        if source not in self.texts:
            self.texts[source] = self._read(source)
        return self.texts[source]

    def _read(self, source: str) -> _Text | None:
        name = _file_name(source)
        path = self.path.parent / (name or "")
        if name is None or not os.path.isfile(path):  # unlike Path's, it takes names that no file can have
            self.report.refuse(f"{self.path.name}, {source[:80]}", "no such text lies beside the annotations")
            return None
        try:
            decoded = read_text(path)
        except AnnotatorError as fault:
            self.report.refuse(f"{self.path.name}, {name}", str(fault).rstrip("."))
            return None
        return _Text(path, decoded.text, decoded.newlines)

    def _annotation(self, given: Json, where: str) -> None:
        bodies = [each for each in _listed(given.get("body")) if isinstance(each, Mapping)]
        tags = [str(each["value"]) for each in bodies if each.get("purpose") == TAG and each.get("value")]
        targets = [each for each in _listed(given.get("target")) if isinstance(each, Mapping)]
        sources = {_id(each.get("source")) for each in targets}
        try:
            if len(sources) != 1 or None in sources:
                raise AnnotatorError("it points to no place in one text")
            text = self._text(str(next(iter(sources))))
            if text is None:
                return
            spans = self._spans(targets, text, where)
        except AnnotatorError as fault:
            self.report.refuse(where, str(fault).rstrip("."))
            return
        coder = _coder(given.get("creator"))
        own = str(given.get("id", where))
        for place, tag in enumerate(tags or [_first(given.get("motivation"), "highlighting")]):
            self.taken.setdefault(own, own if not own.startswith(URN) else own.removeprefix(URN))
            self.home.setdefault(own, text)
            text.annotations.append(
                AnnotationRecord(
                    coder,
                    tag,
                    spans,
                    id=own.removeprefix(URN) if own.startswith(URN) and not place else None,
                    source_id=f"{own}:{tag}" if place else own if not own.startswith(URN) else None,
                    kind="gold" if given.get("gold") is True else "own",
                    attributes=_values(bodies),
                    note=_joined(bodies, NOTE, given.get("bodyValue")),
                    flags=tuple(str(each.get("value")) for each in bodies if each.get("purpose") == FLAG),
                    extra={"question": told} if (told := _joined(bodies, QUESTION)) else {},
                )
            )

    def _spans(self, targets: Sequence[Json], text: _Text, where: str) -> Spans:
        pieces, quotes = [], []
        for target in targets:
            selectors = [each for each in _listed(target.get("selector")) if isinstance(each, Mapping)]
            by_kind = {str(each.get("type")): each for each in selectors}
            place, said = by_kind.get("TextPositionSelector"), by_kind.get("TextQuoteSelector", {})
            quoted = said.get("exact") if isinstance(said.get("exact"), str) else None
            if place is None:
                pieces.append(_found(text.text, said, quoted))
            else:
                span = span_of(place.get("start"), place.get("end"))
                pieces.append(text.moved.span(*span) if text.moved.pairs else span)
            quotes.append(quoted)
        whole = "".join(each for each in quotes if each) if all(quotes) else None
        return placed(
            text.text, sorted(pieces), whole if _in_order(pieces) else None, partial(self.report.repair, where)
        )

    def _link(self, given: Json, where: str) -> None:
        ends = [_id(each) for each in _listed(given.get("target"))]
        home = {id(self.home[end]): self.home[end] for end in ends if end in self.home}
        if len(ends) != 2 or not all(end in self.taken for end in ends) or len(home) != 1:
            self.report.refuse(where, "it does not link two annotations of one text")
            return
        bodies = [each for each in _listed(given.get("body")) if isinstance(each, Mapping)]
        own = str(given.get("id", ""))
        (text,) = home.values()
        text.relations.append(
            RelationRecord(
                _joined(bodies, TAG) or "related",
                self.taken[str(ends[0])],
                self.taken[str(ends[1])],
                id=own.removeprefix(URN) if own.startswith(URN) else None,
                attributes=_values(bodies),
                note=_joined(bodies, NOTE),
            )
        )


def _file_name(source: str) -> str | None:
    """The name of a file in the same folder, if that is all that an address says."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    name = unquote(parts.path)
    plain = not (parts.scheme or parts.netloc) and name not in ("", "..") and "\0" not in name
    return name if plain and Path(name).name == name else None


def _items(value: Any) -> Iterator[Json]:
    """The annotations of a page, a collection, a list, or one that stands alone."""
    if isinstance(value, list):
        for each in value:
            yield from _items(each)
    elif isinstance(value, Mapping):
        kinds = _listed(value.get("type"))
        if "Annotation" in kinds:
            yield value
        for key in ("items", "first", "@graph"):
            if isinstance(value.get(key), list | Mapping):
                yield from _items(value[key])


def _document(text: _Text) -> DocumentRecord:
    readings = dict.fromkeys((each.coder, each.kind) for each in text.annotations)
    return DocumentRecord(
        text=text.text,
        **text.facts,
        source_name=text.path.name,
        readings=tuple(ReadingRecord(coder, kind) for coder, kind in readings),
        annotations=tuple(text.annotations),
        relations=tuple(text.relations),
        where=text.path.name,
    )


def _found(text: str, said: Json, quoted: str | None) -> Span:
    """The one place where a quote stands between its prefix and suffix."""
    if not quoted:
        raise AnnotatorError("it has neither a place nor a quote")
    before = said["prefix"] if isinstance(said.get("prefix"), str) else ""
    after = said["suffix"] if isinstance(said.get("suffix"), str) else ""
    for words, ahead in ((before + quoted + after, len(before)), (quoted, 0)):
        if text.count(words) == 1:
            start = text.index(words) + ahead
            return Span(start, start + len(quoted))
    raise AnnotatorError("its quote does not stand exactly once in the text")


def _in_order(pieces: Sequence[Span]) -> bool:
    return list(pieces) == sorted(pieces)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _id(value: Any) -> str | None:
    """The address of a resource, whether it is written bare or as an object."""
    if isinstance(value, Mapping):
        value = value.get("id")
    return value if isinstance(value, str) and value else None


def _first(value: Any, otherwise: str) -> str:
    return next((each for each in _listed(value) if isinstance(each, str) and each), otherwise)


def _coder(value: Any) -> str:
    first = next(iter(_listed(value)), "")
    if isinstance(first, Mapping):
        named = first.get("name") or first.get("nickname") or first.get("email") or first.get("id")
        return _first(named, "")
    return first if isinstance(first, str) else ""


def _values(bodies: Sequence[Json]) -> dict[str, Any]:
    found = {}
    for each in bodies:
        if each.get("purpose") != VALUE or not isinstance(each.get("value"), str):
            continue
        value: Any = each["value"]
        if each.get("format") == "application/json":
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                value = each["value"]
        found[str(each.get("attribute", VALUE))] = {"value": value, "by": "typed"}
    return found


def _joined(bodies: Sequence[Json], purpose: str, otherwise: Any = None) -> str:
    """All that is said for one purpose; of notes, what has no purpose too."""
    fits = (purpose, None) if purpose == NOTE else (purpose,)
    said = [str(each["value"]) for each in bodies if each.get("purpose") in fits and isinstance(each.get("value"), str)]
    return "\n".join(said) or (otherwise if isinstance(otherwise, str) else "")
