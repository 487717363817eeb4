"""What XMI and CAS JSON write alike: a folder for each reading, in it a file for each document.

The annotations are of one type with the tag, the attributes and the note as features, the relations of another.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.formats.file_names import FileNames
from annotator.formats.format import ProjectRecords, Written
from annotator.formats.loss import readings_of
from annotator.formats.project_records import Values
from annotator.formats.reading_folders import ReadingFolders
from annotator.formats.tokens import sentences, tokens
from annotator.formats.uima_layers import LABEL, LINK, SENTENCE, SPAN, TAG, TOKEN, features
from annotator.formats.utf16 import Utf16
from annotator.formats.whole_file import whole_folder
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import Span, outer

SOFA = 1  # the id of the text; that of the whole document is the next


@dataclass
class Member:
    """A feature structure over the text, its offsets in UTF-16 units."""

    id: int
    type: str
    begin: int
    end: int
    values: dict[str, str] = field(default_factory=dict)
    refs: dict[str, int] = field(default_factory=dict)


@dataclass
class Reading:
    """One reading of a document, as feature structures."""

    text: str
    language: str
    length: int  # UTF-16 units
    members: list[Member]
    annotations: int
    relations: int

    def names(self, type_name: str) -> set[str]:
        """The features that its annotations, or relations, have."""
        return {name for each in self.members if each.type == type_name for name in each.values}


def write_readings(
    records: Iterable[DocumentRecord],
    destination: Path,
    project: ProjectRecords,
    suffix: str,
    data: Callable[[Reading], bytes],
    beside: Callable[[Path], None],
) -> Written:
    """A file for each reading and document as `data` makes it; `beside` adds what belongs to the whole folder."""
    values, names, folders = Values(project), FileNames(), ReadingFolders()
    documents = annotations = relations = 0
    with whole_folder(destination) as root:
        for record in records:
            name = f"{names.of(record)}{suffix}"
            readings = readings_of(record)
            for coder, kind in readings:
                own = [each for each in record.annotations if (each.coder, each.kind) == (coder, kind)]
                reading = _reading(record, own, record.relations, values)
                (folders.folder(root, coder, kind) / name).write_bytes(data(reading))
                annotations += reading.annotations
                relations += reading.relations
            if not readings:
                (root / name).write_bytes(data(_reading(record, (), (), values)))
            documents += 1
        folders.write(root)
        beside(root)
    return Written(documents, annotations, relations, (destination,))


def _reading(
    record: DocumentRecord, own: Sequence[AnnotationRecord], relations: Iterable[RelationRecord], values: Values
) -> Reading:
    units = Utf16(record.text)
    members = list(_divisions(record.text, units))
    by_id: dict[str, Member] = {}
    for each in own:
        span = outer(each.spans)
        made = Member(_next(members), SPAN, units.unit(span.start), units.unit(span.end))
        made.values = {TAG: each.tag, **dict(features(each.attributes, each.note, values))}
        by_id.update({name: made for name in (each.id, each.source_id) if name})
        members.append(made)
    number = 0
    for link in relations:
        source, target = by_id.get(link.source), by_id.get(link.target)
        if source is None or target is None:  # of another reading
            continue
        said = {LABEL: link.type, **dict(features(link.attributes, link.note, values))}
        ends = {"Governor": source.id, "Dependent": target.id}
        members.append(Member(_next(members), LINK, target.begin, target.end, said, ends))
        number += 1
    return Reading(record.text, record.language or "x-unspecified", units.units, members, len(own), number)


def _next(members: Sequence[Member]) -> int:
    return SOFA + 2 + len(members)


def _divisions(text: str, units: Utf16) -> Iterator[Member]:
    """The words and sentences: without them INCEpTION would make its own."""
    words = tokens(text)
    found = [(TOKEN, word) for word in words]
    found += [(SENTENCE, Span(words[held[0]].start, words[held[-1]].end)) for held in sentences(text, words)]
    for number, (type_name, span) in enumerate(found):
        yield Member(SOFA + 2 + number, type_name, units.unit(span.start), units.unit(span.end))
