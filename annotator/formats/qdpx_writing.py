"""Writes REFI-QDA projects: a text for each document, a selection with a coding for each annotation.

The parts of project.qde that grow with the project are gathered in files without a name, for they follow each other
in the schema (sources, notes, links) and users and codes, which stand first, are known last.
"""

import hashlib
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from annotator import __version__
from annotator.formats.article_facts import FACTS
from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.long_archive import long_archive
from annotator.formats.loss import Loss
from annotator.formats.project_records import codebook_of
from annotator.formats.qdc import codes_of, guid_of
from annotator.formats.qdc_xml import Code, codebook_element, derived_guid, is_guid
from annotator.formats.qdpx_terms import (
    GOLD,
    INTERNAL,
    NAMESPACE,
    OF_GOLD,
    ORIGIN,
    PROJECT,
    SOURCES,
    variable_guid,
)
from annotator.formats.whole_file import text_bytes, whole_file
from annotator.formats.xml_text import attribute, is_held
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import outer, quote

_NAME = 120  # code points of a selection that stand in its name
_SHOWN = 64 * 1024  # bytes that are looked through at a time


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, /
) -> Written:
    """An archive with project.qde and the texts, whole or not at all; the pieces of an annotation become one."""
    with (
        whole_file(destination) as file,
        _gathered(destination) as (members, *parts),
        long_archive(file, members) as archive,
    ):
        writer = _Writer(project, *parts)
        for record in records:
            guid = writer.write(record)
            with archive.member(f"{SOURCES}/{guid}.txt") as text:
                text.write(text_bytes(record.text))
        with archive.member(PROJECT, huge=True) as whole:
            writer.finish(whole, options.title or destination.stem)
    return Written(writer.documents, writer.annotations, writer.relations, (destination,))


def loses(record: DocumentRecord, _options: WriteOptions, /) -> Mapping[Loss, int]:
    """Names and notes with characters that XML has no place for; texts keep theirs, they lie in files of their own."""
    said = [getattr(record, fact) for fact in FACTS]
    said += [text for each in record.annotations for text in (each.coder, each.tag, each.note)]
    said += [text for link in record.relations for text in (link.type, link.note)]
    return +Counter({Loss.CHARACTERS: sum(not is_held(text) for text in said)})


def lines(path: Path) -> Iterator[str]:
    """The sources of project.qde with what is selected in them; who and what stands before them needs all of it."""
    with zipfile.ZipFile(path) as archive, archive.open(PROJECT) as file:
        text = file.read(_SHOWN).decode("utf-8", "replace")
        _, found, rest = text.partition("<Sources>")
        while not found and (more := file.read(_SHOWN)):
            text = text[-20:] + more.decode("utf-8", "replace")
            _, found, rest = text.partition("<Sources>")
        yield from f"{found}{rest}{file.read(_SHOWN).decode('utf-8', 'replace')}".replace("><", ">\n<").split("\n")


@contextmanager
def _gathered(destination: Path) -> Iterator[tuple[IO[bytes], IO[bytes], IO[bytes], IO[bytes]]]:
    """Four files without a name beside the archive: words of articles lie in no common temporary folder."""
    folder = destination.absolute().parent
    with (
        tempfile.TemporaryFile(dir=folder) as members,
        tempfile.TemporaryFile(dir=folder) as sources,
        tempfile.TemporaryFile(dir=folder) as notes,
        tempfile.TemporaryFile(dir=folder) as links,
    ):
        yield members, sources, notes, links


class _Writer:
    """One export going on."""

    def __init__(self, project: ProjectRecords, sources: IO[bytes], notes: IO[bytes], links: IO[bytes]) -> None:
        self.documents = self.annotations = self.relations = 0
        self._sources, self._notes, self._links = (
            TextIOWrapper(each, "utf-8", newline="") for each in (sources, notes, links)
        )
        self._noted = False
        codebook = codebook_of(project)
        self._codes: list[Code] = codes_of(codebook) if codebook else []
        self._code_of = {tag.id: guid_of(codebook, tag).upper() for tag in codebook.tags} if codebook else {}
        self._users: dict[tuple[str, str], str] = {}  # (coder, kind) → guid

    def write(self, record: DocumentRecord) -> str:
        """What is said of a document; returns its guid, in which its text is to be filed."""
        self.documents += 1
        known = record.id or f"{self.documents}:{hashlib.sha256(record.text.encode()).hexdigest()}"
        own = derived_guid("document", known).upper()
        name = record.title or record.source_name or f"Article {self.documents}"
        out = self._sources
        out.write(f' <TextSource guid="{own}" name="{attribute(name)}" plainTextPath="{INTERNAL}{own}.txt">\n')
        guids: dict[str, str] = {}
        for number, each in enumerate(record.annotations, 1):
            guid = _guid(each.id, own, str(number))
            guids.update({name: guid for name in (each.id, each.source_id) if name})
            self._selection(record.text, each, guid)
        for fact in FACTS:
            if value := getattr(record, fact):
                out.write(f'  <VariableValue><VariableRef targetGUID="{variable_guid(fact).upper()}"/>')
                out.write(f"<TextValue>{attribute(value)}</TextValue></VariableValue>\n")
        out.write(" </TextSource>\n")
        for number, link in enumerate(record.relations, 1):
            self._link(link, _guid(link.id, own, "link", str(number)), guids)
        return own

    def _selection(self, text: str, each: AnnotationRecord, guid: str) -> None:
        self.annotations += 1
        place = outer(each.spans)
        named = attribute(quote(text, (place,))[:_NAME])
        user = self._user(each.coder, each.kind)
        by = f' creatingUser="{user}"' if user else ""
        self._sources.write(
            f'  <PlainTextSelection guid="{guid}" name="{named}" startPosition="{place.start}" '
            f'endPosition="{place.end}"{by}>\n   <Coding guid="{derived_guid(guid, "coding").upper()}"{by}>'
            f'<CodeRef targetGUID="{self._code(each.tag)}"/></Coding>{self._note(each.note, guid)}\n'
            "  </PlainTextSelection>\n"
        )

    def _link(self, link: RelationRecord, guid: str, guids: Mapping[str, str]) -> None:
        self._links.write("" if self.relations else "<Links>\n")
        self.relations += 1
        ends = f'originGUID="{guids[link.source]}" targetGUID="{guids[link.target]}"'
        self._links.write(
            f' <Link guid="{guid}" name="{attribute(link.type)}" direction="OneWay" {ends}>'
            f"{self._note(link.note, guid)}</Link>\n"
        )

    def _note(self, note: str, of: str) -> str:
        """The reference to a note, which is written among the notes; empty if there is none."""
        if not note:
            return ""
        guid = derived_guid(of, "note").upper()
        self._notes.write("" if self._noted else "<Notes>\n")
        self._noted = True
        self._notes.write(f' <Note guid="{guid}"><PlainTextContent>{attribute(note)}</PlainTextContent></Note>\n')
        return f'<NoteRef targetGUID="{guid}"/>'

    def _user(self, coder: str, kind: str) -> str:
        if not coder and kind == "own":
            return ""
        return self._users.setdefault((coder, kind), derived_guid("user", kind, coder).upper())

    def _code(self, tag: str) -> str:
        if tag not in self._code_of:
            code = Code(derived_guid("tag", tag), tag)
            self._codes.append(code)
            self._code_of[tag] = code.guid.upper()
        return self._code_of[tag]

    def finish(self, out: IO[bytes], title: str) -> None:
        """Write the whole of project.qde."""
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="{NAMESPACE}" '
        head += f'name="{attribute(title)}" origin="{ORIGIN} {__version__}">\n{self._users_xml()}{self._codes_xml()}'
        head += "<Variables>\n"
        for fact in FACTS:
            head += f' <Variable guid="{variable_guid(fact).upper()}" name="{fact}" typeOfVariable="Text"/>\n'
        head += "</Variables>\n" + ("<Sources>\n" if self.documents else "")
        out.write(head.encode())
        for part, written, tail in (
            (self._sources, self.documents, "</Sources>\n"),
            (self._notes, self._noted, "</Notes>\n"),
            (self._links, self.relations, "</Links>\n"),
        ):
            part.seek(0)
            shutil.copyfileobj(part.buffer, out)
            out.write(tail.encode() if written else b"")
        out.write(b"</Project>\n")

    def _users_xml(self) -> str:
        lines = []
        for (coder, kind), guid in sorted(self._users.items()):
            gold = f' id="{GOLD}"' if kind == "gold" else ""
            name = attribute(coder) + (OF_GOLD if gold else "")
            lines.append(f' <User guid="{guid}" name="{name}"{gold}/>\n')
        return f"<Users>\n{''.join(lines)}</Users>\n" if lines else ""

    def _codes_xml(self) -> str:
        if not self._codes:
            return ""
        return str(ElementTree.tostring(codebook_element(self._codes), "unicode")) + "\n"


def _guid(own: str | None, *place: str) -> str:
    return (own if is_guid(own) and own else derived_guid(*place)).upper()
