"""What a dataset holds, counted while it is written: for its card."""

from collections import Counter
from dataclasses import dataclass, field

from annotator.formats.loss import readings_of
from annotator.model.records import DocumentRecord


@dataclass
class Counts:
    """Numbers by part (split), tag, coder and language, and what is missing."""

    documents: Counter[str] = field(default_factory=Counter)  # by part
    readings: Counter[str] = field(default_factory=Counter)
    annotations: Counter[str] = field(default_factory=Counter)
    tags: dict[str, Counter[str]] = field(default_factory=dict)  # tag → part → annotations
    relations: Counter[str] = field(default_factory=Counter)  # by type
    by_coder: Counter[tuple[str, str]] = field(default_factory=Counter)  # (coder, kind) → readings
    languages: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    rights: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    first: str = ""  # date
    last: str = ""
    undated: int = 0
    unread: int = 0
    bare: int = 0  # readings without an annotation
    unsure: int = 0
    unconfirmed: int = 0  # values that a machine proposed and nobody confirmed

    def add(self, record: DocumentRecord, part: str) -> None:
        """Count a document."""
        self.documents[part] += 1
        self.languages[record.language] += 1
        self.outlets[record.outlet] += 1
        self.rights[record.rights] += 1
        if record.date:
            self.first = min(self.first or record.date, record.date)
            self.last = max(self.last, record.date)
        self.undated += not record.date
        numbers = readings_of(record)
        self.unread += not numbers
        self.readings[part] += len(numbers)
        self.by_coder.update(numbers.keys())
        self.bare += sum(not number for number in numbers.values())
        self.states.update(reading.state for reading in record.readings)
        self.annotations[part] += len(record.annotations)
        for each in record.annotations:
            self.tags.setdefault(each.tag, Counter())[part] += 1
            self.unsure += "unsure" in each.flags
            entries = (entry for entry in each.attributes.values() if isinstance(entry, dict))
            self.unconfirmed += sum(entry.get("by") == "proposed" for entry in entries)
        self.relations.update(each.type for each in record.relations)
