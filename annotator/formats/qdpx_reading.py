"""Reads REFI-QDA projects: the text sources of an archive, their selections, who coded them, notes and links."""

import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from annotator.errors import AnnotatorError
from annotator.formats.archives import member, opened_zip
from annotator.formats.article_facts import facts_in
from annotator.formats.decoding import LIMIT, refuse_surrogates
from annotator.formats.format import ReadOptions
from annotator.formats.guards import FILE_LIMIT, placed, span_of
from annotator.formats.newlines import OffsetMap, offset_map, unified
from annotator.formats.qdpx_project import (
    SOURCE_KINDS,
    Link,
    Project,
    children,
    codes_in,
    elements,
    guid_in,
    local_name,
    read_project,
    refers_to,
)
from annotator.formats.qdpx_terms import INTERNAL, PROJECT, SOURCES
from annotator.formats.report import Report
from annotator.formats.scheme import Scheme
from annotator.formats.utf16 import Utf16, holds_wide
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.span import Span

_SELECTIONS = ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection", "TranscriptSelection")


def detect(path: Path, head: bytes, /) -> bool:
    """Whether an archive holds a project.qde."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with opened_zip(path) as archive:
            return PROJECT in archive.namelist()
    except AnnotatorError:
        return False


def read(path: Path, report: Report, _options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of an archive. Sources without a text, pictures, sounds and the like are refused by name."""
    with opened_zip(path) as archive, _project_file(archive, path.name) as file:
        texts = _Texts(archive)
        project = read_project(file, texts.note)
        reader = _Reader(path.name, project, texts, report)
        for each in elements(file):
            record = reader.document(each) if local_name(each) in SOURCE_KINDS else None
            if record is not None:
                yield record
        reader.tell_rest()


def declared(path: Path, /) -> Scheme:
    """The codes of a project, those too that nothing is coded with."""
    try:
        with opened_zip(path) as archive, _project_file(archive, path.name) as file:
            for each in elements(file):
                if local_name(each) == "Codes":
                    return Scheme(tuple(codes_in(each).values()))
    except AnnotatorError:
        pass
    return Scheme()


def codebook_of_archive(path: Path) -> bytes:
    """The codes of a project alone, as a codebook file (.qdc) has them. Raises AnnotatorError if it holds none."""
    with opened_zip(path) as archive, _project_file(archive, path.name) as file:
        for each in elements(file):
            if local_name(each) == "Codes":
                return b"<CodeBook>" + bytes(tostring(each)) + b"</CodeBook>"
    raise AnnotatorError(f"Cannot read {path.name}: it holds no codes.")


@contextmanager
def _project_file(archive: zipfile.ZipFile, name: str) -> Iterator[Path]:
    """project.qde in a file, where it is read in pieces, twice."""
    try:
        info = archive.getinfo(PROJECT)
    except KeyError:
        raise AnnotatorError(f"Cannot read {name}: it holds no {PROJECT}.") from None
    if info.file_size > FILE_LIMIT:
        raise AnnotatorError(f"Cannot read {name}: {PROJECT} in it is larger than {FILE_LIMIT >> 20} MB.")
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        made = Path(folder) / PROJECT
        try:
            with archive.open(info) as packed, made.open("wb") as file:
                shutil.copyfileobj(packed, file)  # never more than the size that the archive announced
        except Exception as fault:  # what zlib, bz2 and lzma raise has no common class
            raise AnnotatorError(f"Cannot read {name}: {PROJECT} in it is damaged ({fault}).") from fault
        yield made


class _Texts:
    """The texts in an archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.casefold(): name for name in archive.namelist()}

    def of(self, element: Element) -> str:
        """The text of a source, as it stands there. Raises AnnotatorError, with a phrase, if there is none."""
        inline = next((each.text or "" for each in children(element, "PlainTextContent")), None)
        if inline is not None:
            return inline
        path = element.get("plainTextPath", "")
        if not path:
            raise AnnotatorError("it has no plain text")
        inside = path[len(INTERNAL) :] if path.startswith(INTERNAL) else ""
        if not inside or ".." in inside.replace("\\", "/").split("/"):
            raise AnnotatorError(f"its text does not lie in the archive but at {path[:60]!r}")
        inside = inside.removeprefix(f"{SOURCES}/")
        name = self._names.get(f"{SOURCES}/{inside}".casefold())
        if name is None:
            raise AnnotatorError(f"the archive holds no {SOURCES}/{inside[:60]}")
        try:
            text = member(self._archive, name, LIMIT).decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise AnnotatorError(f"byte {fault.start + 1} of its text is not valid UTF-8") from fault
        refuse_surrogates(text)
        return text

    def note(self, element: Element) -> str:
        """The text of a note, or its description; empty if neither can be read."""
        try:
            text = unified(self.of(element))
            return text.strip() if element.get("plainTextPath") or not text.strip() else text
        except AnnotatorError:
            return "\n".join(each.text or "" for each in children(element, "Description")).strip()


@dataclass(frozen=True)
class _Counting:
    """How a program counted the places of a text: as the standard says, or with CRLF as one, or in UTF-16 units."""

    newlines: OffsetMap | None  # None: CRLF is one
    units: Utf16 | None

    def span(self, start: int, end: int) -> Span:
        place = self.units.span(start, end) if self.units else Span(start, end)
        return self.newlines.span(*place) if self.newlines and self.newlines.pairs else place


def _countings(raw: str, text: str) -> list[_Counting]:
    """The ways of counting that differ for a text, the standard's first."""
    moved = offset_map(raw)
    made = [_Counting(moved, None)]
    if moved.pairs:
        made.append(_Counting(None, None))
    if holds_wide(text):
        made += [_Counting(each.newlines, Utf16(raw if each.newlines else text)) for each in made]
    return made


def _counted(raw: str, text: str, selections: Sequence[Element]) -> _Counting:
    """How the selections of a text are counted: most programs give each the name of its first words, which tell."""
    ways = _countings(raw, text)
    if len(ways) == 1:
        return ways[0]
    fitting: Counter[int] = Counter()
    for each in selections:
        name = "".join(each.get("name", "").split())
        for number, way in enumerate(ways):
            try:
                place = way.span(*span_of(each.get("startPosition"), each.get("endPosition")))
            except AnnotatorError:
                continue
            fitting[number] += bool(name) and "".join(text[place.start : place.end].split()).startswith(name)
    return ways[max(range(len(ways)), key=lambda number: (fitting[number], -number))]


class _Reader:
    """One import going on."""

    def __init__(self, name: str, project: Project, texts: _Texts, report: Report) -> None:
        self.name, self.project, self.texts, self.report = name, project, texts, report
        self._links: dict[str, list[Link]] = {}  # by where they leave
        self._linked: dict[str, list[str]] = {}  # guid → notes that a link leads to or from
        self._noted: set[str] = set()  # notes that were taken
        for link in project.links:
            if link.origin in project.notes:
                self._linked.setdefault(link.target, []).append(link.origin)
            elif link.target in project.notes:
                self._linked.setdefault(link.origin, []).append(link.target)
            else:
                self._links.setdefault(link.origin, []).append(link)

    def document(self, element: Element) -> DocumentRecord | None:
        """The document of a source; None, and refused, if it has no text."""
        named = " ".join(element.get("name", "").split())
        where = f"{self.name}, {named or local_name(element)}"
        kind = local_name(element)
        held = element if kind == "TextSource" else next(children(element, "Representation"), None)
        if held is None:
            self.report.refuse(where, f"a {SOURCE_KINDS[kind]}, not a text")
            return None
        try:
            raw = self.texts.of(held)
        except AnnotatorError as fault:
            self.report.refuse(where, str(fault).rstrip("."))
            return None
        text = unified(raw)
        annotations, ends = self._annotations(held, raw, text, where)
        facts, extra = self._facts(element, named)
        self._tell_left_out(element, held, where)
        readings = dict.fromkeys((each.coder, each.kind) for each in annotations)
        return DocumentRecord(
            text=text,
            **facts,
            readings=tuple(ReadingRecord(coder, kind) for coder, kind in readings),
            annotations=tuple(annotations),
            relations=tuple(self._relations(ends, where)),
            extra=extra,
            where=where,
        )

    def _facts(self, element: Element, named: str) -> tuple[dict[str, str], dict[str, str]]:
        """What is known of the article, and what else a file says of it."""
        said = {**self.project.of_cases.get(guid_in(element), {}), **self.project.values(element)}
        facts, extra = facts_in(said)
        if "title" not in facts and not self.project.ours:
            facts["title"] = named
        note = self._note(element)
        return facts, {**extra, **({"note": note} if note else {})}

    def _annotations(
        self, element: Element, raw: str, text: str, where: str
    ) -> tuple[list[AnnotationRecord], dict[str, str]]:
        """The annotations of a source, one for each coding, and guid → the annotation that a link there leads to."""
        selections = list(children(element, "PlainTextSelection"))
        way = _counted(raw, text, selections)
        made: list[AnnotationRecord] = []
        ends: dict[str, str] = {}
        for each in selections:
            codings = list(children(each, "Coding"))
            if not codings:
                self.project.left_out["selections without a code"] += 1
                continue
            here = f"{where}, {each.get('startPosition')}–{each.get('endPosition')}"
            try:
                span = way.span(*span_of(each.get("startPosition"), each.get("endPosition")))
                spans = placed(text, [span], None, lambda _: None)
            except AnnotatorError as fault:
                self.report.refuse(here, str(fault).rstrip("."))
                continue
            for coding in codings:
                tag = next((self.project.codes.get(guid, "") for guid in refers_to(coding, "CodeRef")), "")
                if not tag:
                    self.report.refuse(here, "its code is not in the file")
                    continue
                coder, kind = self.project.coder(guid_in(coding, "creatingUser") or guid_in(each, "creatingUser"))
                whole = guid_in(each)
                own = whole if self.project.ours else guid_in(coding)
                ends.setdefault(whole, own)
                ends[guid_in(coding)] = own
                made.append(
                    AnnotationRecord(
                        coder,
                        tag,
                        spans,
                        id=own if self.project.ours else None,
                        source_id=None if self.project.ours else own,
                        kind=kind,
                        note=self._note(each, coding),
                    )
                )
        return made, ends

    def _note(self, *holders: Element) -> str:
        """Everything that is noted on a source, or on a selection and one of its codings."""
        found: list[str] = []
        for each in holders:
            found += [(described.text or "").strip() for described in children(each, "Description")]
            for guid in (*refers_to(each, "NoteRef"), *self._linked.get(guid_in(each), ())):
                found.append(self._text(guid))
        return "\n".join(dict.fromkeys(filter(None, found)))

    def _text(self, guid: str) -> str:
        self._noted.add(guid)
        return self.project.notes.get(guid, "")

    def _relations(self, ends: dict[str, str], where: str) -> Iterator[RelationRecord]:
        for guid, source in ends.items():
            for link in self._links.pop(guid, ()):
                target = ends.get(link.target)
                if target is None:
                    self.report.refuse(f"{where}, link {link.name or link.guid}", "it leaves the text")
                    continue
                ours = self.project.ours
                yield RelationRecord(
                    link.name or "related",
                    source,
                    target,
                    id=link.guid if ours else None,
                    source_id=None if ours else link.guid,
                    note="\n".join(filter(None, map(self._text, link.notes))),
                )

    def _tell_left_out(self, element: Element, held: Element, where: str) -> None:
        holders = (element,) if element is held else (element, held)
        found = {
            "codes of the whole source": sum(1 for each in holders for _ in children(each, "Coding")),
            "selections of places that are no text": sum(1 for _ in children(element, *_SELECTIONS)),
        }
        for what, number in found.items():
            if number:
                self.report.warn(where, f"{what} left out: {number:,}")

    def tell_rest(self) -> None:
        """What of the project has no place here, with numbers."""
        left = self.project.left_out
        left["links of other things than two annotations"] += sum(map(len, self._links.values()))
        left["notes on other things than sources and annotations"] += len(self.project.notes.keys() - self._noted)
        for what, number in sorted(left.items()):
            if number:
                self.report.warn(self.name, f"{what} left out: {number:,}")
