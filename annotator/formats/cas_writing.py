"""What XMI and CAS JSON write alike: a folder for each reading, in it a file for each document.

The annotations are of one type with the tag, the attributes and the note as features, the relations of another.
"""

from collections.abc import Callable, Iterable, Sequence
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


class Text:
    """A document's text with what all its readings share."""

    def __init__(self, record: DocumentRecord) -> None:
        self.text, self.language = record.text, record.language or "x-unspecified"
        self.units = Utf16(record.text)
        words = tokens(record.text)
        of_sentences = [Span(words[held[0]].start, words[held[-1]].end) for held in sentences(record.text, words)]
        self.divisions = (  # without them INCEpTION would make its own
            (TOKEN, list(self.units.stretches(words))),
            (SENTENCE, list(self.units.stretches(of_sentences))),
        )
        self.next = SOFA + 2 + len(words) + len(of_sentences)  # the first id that a reading may give


@dataclass
class Reading:
    """One reading of a document, as feature structures."""

    text: Text
    members: list[Member]  # beside the words and sentences
    annotations: int
    relations: int

    def names(self, type_name: str) -> set[str]:
        """The features that its annotations, or relations, have."""
        return {name for each in self.members if each.type == type_name for name in each.values}

    def ids(self) -> range:
        """Those of all that is indexed over the text: of the document itself first, then words and sentences."""
        return range(SOFA + 1, self.text.next + len(self.members))


def write_readings(
    records: Iterable[DocumentRecord],
    destination: Path,
    project: ProjectRecords,
    suffix: str,
    divisions: Callable[[Text], str],
    data: Callable[[Reading, str], bytes],
    beside: Callable[[Path], None],
) -> Written:
    """A file for each reading and document as `data` makes it of the reading and of what `divisions` made of the text.

    `beside` adds what belongs to the whole folder.
    """
    values, names, folders = Values(project), FileNames(), ReadingFolders()
    documents = annotations = relations = 0
    with whole_folder(destination) as root:
        for record in records:
            name, text = f"{names.of(record)}{suffix}", Text(record)
            shared, readings = divisions(text), readings_of(record)
            for coder, kind in readings:
                own = [each for each in record.annotations if (each.coder, each.kind) == (coder, kind)]
                reading = _reading(text, own, record.relations, values)
                (folders.folder(root, coder, kind) / name).write_bytes(data(reading, shared))
                annotations += reading.annotations
                relations += reading.relations
            if not readings:
                (root / name).write_bytes(data(_reading(text, (), (), values), shared))
            documents += 1
        folders.write(root)
        beside(root)
    return Written(documents, annotations, relations, (destination,))


def _reading(
    text: Text, own: Sequence[AnnotationRecord], relations: Iterable[RelationRecord], values: Values
) -> Reading:
    members: list[Member] = []
    by_id: dict[str, Member] = {}
    for each in own:
        span = outer(each.spans)
        made = Member(text.next + len(members), SPAN, text.units.unit(span.start), text.units.unit(span.end))
        made.values = {TAG: each.tag, **dict(features(each.attributes, each.note, values))}
        by_id.update({name: made for name in (each.id, each.source_id) if name})
        members.append(made)
    for link in relations:
        source, target = by_id.get(link.source), by_id.get(link.target)
        if source is None or target is None:  # of another reading
            continue
        said = {LABEL: link.type, **dict(features(link.attributes, link.note, values))}
        ends = {"Governor": source.id, "Dependent": target.id}
        members.append(Member(text.next + len(members), LINK, target.begin, target.end, said, ends))
    return Reading(text, members, len(own), len(members) - len(own))
