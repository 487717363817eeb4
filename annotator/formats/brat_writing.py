"""Writes brat standoff: a folder for each reading, in it a text and an .ann file for each document."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.formats.brat_conf import CONF, conf
from annotator.formats.file_names import FileNames
from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.loss import Loss, readings_of
from annotator.formats.project_records import Values, codebook_of
from annotator.formats.reading_folders import ReadingFolders
from annotator.formats.whole_file import text_bytes, whole_folder
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, RelationRecord
from annotator.model.span import quote

REFERENCE = "Reference"
_WORD = re.compile(r"[^\s:]+")
_REFERENCE = re.compile(r"([^\s:]+:\S+)(?: (.*))?")
_PLAIN = re.compile(r'[^"\s\x00-\x1f\x7f\x85\u2028\u2029](?:[^\x00-\x1f\x7f\x85\u2028\u2029]*\S)?')


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """A folder with annotation.conf; whole or not at all. Documents without a reading stand in it without .ann file."""
    writer = _Writer(project)
    with whole_folder(destination) as folder:
        for record in records:
            writer.write(record, folder)
        links = {each for each in writer.links if each}
        (folder / CONF).write_bytes(text_bytes(conf(codebook_of(project), writer.tags, links, writer.folders.whose)))
    return Written(writer.documents, writer.annotations, writer.relations, (destination,))


def loses(record: DocumentRecord, _options: WriteOptions, /) -> Mapping[Loss, int]:
    """Attributes with a name that brat cannot write."""
    lost: Counter[Loss] = Counter()
    lost[Loss.ATTRIBUTES] = sum(not _WORD.fullmatch(name) for each in record.annotations for name in each.attributes)
    lost[Loss.RELATION_ATTRIBUTES] = sum(
        not _WORD.fullmatch(name) for each in record.relations for name in each.attributes
    )
    return +lost


class _Writer:
    """One export going on."""

    def __init__(self, project: ProjectRecords) -> None:
        self.documents = self.annotations = self.relations = 0
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self._values = Values(project)
        self._files, self.folders = FileNames(), ReadingFolders()

    def write(self, record: DocumentRecord, root: Path) -> None:
        """One document into the folder of each of its readings."""
        name = self._files.of(record)
        text = text_bytes(record.text)
        readings = readings_of(record)
        for coder, kind in readings:
            folder = self.folders.folder(root, coder, kind)
            (folder / f"{name}.txt").write_bytes(text)
            own = [each for each in record.annotations if (each.coder, each.kind) == (coder, kind)]
            lines = self._lines(record.text, own, record.relations)
            (folder / f"{name}.ann").write_bytes("".join(f"{line}\n" for line in lines).encode())
        if not readings:
            (root / f"{name}.txt").write_bytes(text)
        self.documents += 1

    def _lines(
        self, text: str, annotations: list[AnnotationRecord], relations: Iterable[RelationRecord]
    ) -> Iterator[str]:
        ids: dict[str, str] = {}
        more = _Numbered(self._values)
        for number, each in enumerate(annotations, 1):
            own = f"T{number}"
            ids.update({name: own for name in (each.source_id, each.id) if name})
            places = ";".join(f"{start} {end}" for start, end in each.spans)
            covered = " ".join(quote(text, [piece]) for piece in each.spans)
            yield f"{own}\t{each.tag} {places}\t{_one_line(covered)}"
            yield from more.said(own, each.attributes, each.note)
            self.tags.add(each.tag)
        self.annotations += len(annotations)
        number = 0
        for link in relations:
            source, target = ids.get(link.source), ids.get(link.target)
            if source is None or target is None:  # of another reading
                continue
            number += 1
            yield f"R{number}\t{link.type} Arg1:{source} Arg2:{target}\t"
            yield from more.said(f"R{number}", link.attributes, link.note)
            self.links.add(link.type)
        self.relations += number


class _Numbered:
    """Attributes, references and notes, numbered through a file."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._numbers: Counter[str] = Counter()

    def said(self, of: str, attributes: Json, note: str) -> Iterator[str]:
        """The lines on one annotation or relation."""
        for name, entry in attributes.items():
            if _WORD.fullmatch(name):
                value = self._values.plain(entry)
                for each in value if isinstance(value, list) and value else [value]:
                    yield self._attribute(of, name, each)
        for line in note.split("\n") if note else ():
            yield f"{self._own('#')}\tAnnotatorNotes {of}\t{_one_line(line)}"

    def _attribute(self, of: str, name: str, value: Any) -> str:
        reference = _REFERENCE.fullmatch(value) if name == REFERENCE and isinstance(value, str) else None
        if reference is not None:
            return f"{self._own('N')}\t{name} {of} {reference[1]}\t{_one_line(reference[2] or '')}"
        if value is True:
            return f"{self._own('A')}\t{name} {of}"
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        written = text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=True)
        return f"{self._own('A')}\t{name} {of} {written}"

    def _own(self, letter: str) -> str:
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]}"


def _one_line(words: str) -> str:
    return words.replace("\n", " ").replace("\r", " ").replace("\t", " ")
