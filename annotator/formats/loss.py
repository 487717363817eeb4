"""What a format cannot hold: the reasons, the same words in every format, and how many of each a document has."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum

from annotator.model.records import DocumentRecord, Json


class Loss(StrEnum):
    """Why something is not in an export. The value is stable: `--json` shows it as a key of `lost`."""

    # of documents
    TITLES = "titles dropped"
    OUTLETS = "outlets dropped"
    DATES = "dates dropped"
    ADDRESSES = "addresses (URL) dropped"
    LANGUAGES = "languages dropped"
    RIGHTS = "rights dropped"
    SOURCES = "names and encodings of source files dropped"
    APPEARANCES = "other appearances dropped"
    ASSIGNMENTS = "assignments dropped"
    EARLIER_TEXTS = "earlier texts dropped"
    TEXTS = "texts dropped"
    SPACING = "blanks and line ends of texts made equal"
    CHARACTERS = "characters that the format has no place for replaced"
    LONG_CELLS = "cells of more than 32,767 characters cut"
    UNREAD = "documents without a reading dropped"
    # of readings
    EMPTY_READINGS = "empty readings dropped"
    CODERS = "names of coders dropped"
    GOLD = "gold readings not told from others"
    STATES = "states of readings dropped"
    VERSIONS = "codebook versions dropped"
    FIRST_DONE = "readings as first declared done dropped"
    # of annotations
    DISCONTINUOUS = "discontinuous spans flattened"
    SPLIT = "discontinuous spans split"
    OVERLAPS = "overlapping annotations dropped"
    TOKENS = "spans moved to whole tokens"
    OUTSIDE_TOKENS = "annotations outside of tokens dropped"
    NO_STATEMENTS = "annotations that are neither statements nor their sources dropped"
    ATTRIBUTES = "attributes dropped"
    ORIGINS = "origins of attribute values dropped"
    NOTES = "notes dropped"
    QUESTIONS = "questions dropped"
    FLAGS = "flags dropped"
    IDS = "ids dropped"
    # of relations
    RELATIONS = "relations dropped"
    RELATION_ATTRIBUTES = "attributes of relations dropped"
    RELATION_NOTES = "notes of relations dropped"
    # of all three
    OTHER_FIELDS = "fields of other programs dropped"
    # of the project
    CODEBOOK = "codebook dropped"
    CODEBOOK_IN_PART = "codebook written in part"
    ENTITIES = "entities dropped"
    DECISIONS = "decisions dropped"
    HISTORY = "history"  # no export has it, and nobody counts it


FACTS = (Loss.TITLES, Loss.OUTLETS, Loss.DATES, Loss.ADDRESSES, Loss.LANGUAGES, Loss.RIGHTS)
"""What is said of an article beside its text."""

TEXT_AND_SPANS_ONLY = (
    *FACTS, Loss.SOURCES, Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.EMPTY_READINGS, Loss.CODERS,
    Loss.GOLD, Loss.STATES, Loss.VERSIONS, Loss.FIRST_DONE, Loss.ATTRIBUTES, Loss.ORIGINS, Loss.NOTES, Loss.QUESTIONS,
    Loss.FLAGS, Loss.IDS, Loss.RELATIONS, Loss.RELATION_ATTRIBUTES, Loss.RELATION_NOTES, Loss.OTHER_FIELDS,
    Loss.CODEBOOK, Loss.ENTITIES, Loss.DECISIONS, Loss.HISTORY,
)  # fmt: skip
"""For a format that holds nothing but texts and tagged spans; leave out by name what another holds (`without`)."""


def without(losses: Iterable[Loss], *held: Loss) -> tuple[Loss, ...]:
    """The losses but for what is held after all."""
    return tuple(each for each in losses if each not in held)


def losses(record: DocumentRecord, cannot_hold: Collection[Loss]) -> Counter[str]:
    """How many of each a document has that goes to a format which cannot hold them."""
    found: Counter[str] = Counter()
    for each in cannot_hold:
        count = _COUNTS.get(each)
        number = count(record) if count is not None else 0
        if number:
            found[each] = number
    return found


def project_losses(numbers: Mapping[str, int], cannot_hold: Collection[Loss]) -> Counter[str]:
    """The same for what belongs to the whole project; `numbers` says how many rows each kind of project record has."""
    found: Counter[str] = Counter()
    for each, kind in _OF_PROJECT:
        if each in cannot_hold and numbers.get(kind):
            found[each] = numbers[kind]
    return found


_OF_PROJECT = (
    (Loss.CODEBOOK, "codebook"),
    (Loss.CODEBOOK_IN_PART, "codebook"),
    (Loss.ENTITIES, "entities"),
    (Loss.DECISIONS, "decisions"),
)

KNOWN_DOCUMENT = frozenset({"appearances", "assigned_to", "earlier_texts", "encoding"})
KNOWN_READING = frozenset({"reason", "first_done"})
KNOWN_ANNOTATION = frozenset({"question", "codebook_made", "codebook_confirmed"})


def readings_of(record: DocumentRecord) -> dict[tuple[str, str], int]:
    """(coder, kind) of each reading of a document, those too that only annotations name → how many it holds."""
    found = {(reading.coder, reading.kind): 0 for reading in record.readings}
    for each in record.annotations:
        found[each.coder, each.kind] = found.get((each.coder, each.kind), 0) + 1
    return found


def _versions(record: DocumentRecord) -> int:
    made = sum(reading.codebook_version is not None for reading in record.readings)
    return made + sum(bool({"codebook_made", "codebook_confirmed"} & each.extra.keys()) for each in record.annotations)


def _origins(record: DocumentRecord) -> int:
    held = [each.attributes for each in record.annotations] + [each.attributes for each in record.relations]
    values = [value for attributes in held for value in attributes.values()]
    return sum(isinstance(value, dict) and value.get("by", "typed") != "typed" for value in values)


def _other_fields(record: DocumentRecord) -> int:
    held: list[tuple[Json, frozenset[str]]] = [(record.extra, KNOWN_DOCUMENT)]
    held += [(reading.extra, KNOWN_READING) for reading in record.readings]
    held += [(each.extra, KNOWN_ANNOTATION) for each in record.annotations]
    held += [(each.extra, frozenset()) for each in record.relations]
    return sum(len(extra.keys() - known) for extra, known in held if extra)


def _pieces(record: DocumentRecord) -> int:
    return sum(len(each.spans) > 1 for each in record.annotations)


_COUNTS: dict[Loss, Callable[[DocumentRecord], int]] = {
    Loss.TITLES: lambda record: bool(record.title),
    Loss.OUTLETS: lambda record: bool(record.outlet),
    Loss.DATES: lambda record: bool(record.date),
    Loss.ADDRESSES: lambda record: bool(record.url),
    Loss.LANGUAGES: lambda record: bool(record.language),
    Loss.RIGHTS: lambda record: bool(record.rights),
    Loss.SOURCES: lambda record: bool(record.source_name or record.extra.get("encoding")),
    Loss.APPEARANCES: lambda record: len(record.extra.get("appearances", ())),
    Loss.ASSIGNMENTS: lambda record: len(record.extra.get("assigned_to", ())),
    Loss.EARLIER_TEXTS: lambda record: len(record.extra.get("earlier_texts", ())),
    Loss.TEXTS: lambda record: bool(record.text),
    Loss.UNREAD: lambda record: not readings_of(record),
    Loss.EMPTY_READINGS: lambda record: sum(not number for number in readings_of(record).values()),
    Loss.CODERS: lambda record: sum(bool(coder) for coder, _ in readings_of(record)),
    Loss.GOLD: lambda record: sum(kind == "gold" for _, kind in readings_of(record)),
    Loss.STATES: lambda record: sum(reading.state != "in work" for reading in record.readings),
    Loss.VERSIONS: _versions,
    Loss.FIRST_DONE: lambda record: sum("first_done" in reading.extra for reading in record.readings),
    Loss.DISCONTINUOUS: _pieces,
    Loss.SPLIT: _pieces,
    Loss.ATTRIBUTES: lambda record: sum(len(each.attributes) for each in record.annotations),
    Loss.ORIGINS: _origins,
    Loss.NOTES: lambda record: sum(bool(each.note) for each in record.annotations),
    Loss.QUESTIONS: lambda record: sum(bool(each.extra.get("question")) for each in record.annotations),
    Loss.FLAGS: lambda record: sum(len(each.flags) for each in record.annotations),
    Loss.IDS: lambda record: sum(bool(each.id) for each in record.annotations),
    Loss.RELATIONS: lambda record: len(record.relations),
    Loss.RELATION_ATTRIBUTES: lambda record: sum(len(each.attributes) for each in record.relations),
    Loss.RELATION_NOTES: lambda record: sum(bool(each.note) for each in record.relations),
    Loss.OTHER_FIELDS: _other_fields,
}
