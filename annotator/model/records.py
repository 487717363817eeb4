"""What travels between a project and a file of another kind: documents with all that was said of them.

A format module turns bytes into these records and back; the operations put them into a project. Identities are
the shared ids (never local keys), coders are names, offsets are code points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.model.span import Spans

Json = Mapping[str, Any]


class ActorName(str):
    """The name of an actor as a value, with what a file says of the actor; imports fill the list of actors with it."""

    type: str
    aliases: tuple[str, ...]
    note: str

    __slots__ = ("aliases", "note", "type")

    def __new__(cls, name: str, kind: str = "", aliases: tuple[str, ...] = (), note: str = "") -> "ActorName":
        made = super().__new__(cls, name)
        made.type, made.aliases, made.note = kind, aliases, note
        return made


@dataclass(frozen=True)
class ReadingRecord:
    """One coder's reading of a document; it exists before its first annotation."""

    coder: str
    kind: str = "own"  # own | gold
    state: str = "in work"  # one of rows.STATES
    codebook_version: str | None = None
    extra: Json = field(default_factory=dict)  # unknown keys, kept and written back
    # Fields that the file leaves out altogether: a merge leaves them as they are in the project.
    unstated: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class AnnotationRecord:
    """One tag on one document by one coder."""

    coder: str
    tag: str
    spans: Spans
    text: str | None = None  # what the spans cover; None when the file did not say
    id: str | None = None
    source_id: str | None = None
    kind: str = "own"  # kind of the reading it belongs to
    attributes: Json = field(default_factory=dict)  # id -> {"value": …, "by": typed | confirmed | proposed}
    note: str = ""
    flags: tuple[str, ...] = ()
    extra: Json = field(default_factory=dict)
    unstated: frozenset[str] = field(default=frozenset(), compare=False)  # as in ReadingRecord


@dataclass(frozen=True)
class RelationRecord:
    """A typed, directed link between two annotations of the document, named by id or source_id."""

    type: str
    source: str  # the annotation it leaves
    target: str  # the annotation it points to
    id: str | None = None
    source_id: str | None = None
    attributes: Json = field(default_factory=dict)
    note: str = ""
    extra: Json = field(default_factory=dict)
    unstated: frozenset[str] = field(default=frozenset(), compare=False)  # as in ReadingRecord


@dataclass(frozen=True)
class DocumentRecord:
    """An article with its readings, annotations and relations."""

    text: str
    id: str | None = None  # SHA-256 of its first text, hexadecimal
    title: str = ""
    outlet: str = ""
    date: str = ""  # ISO 8601, possibly only a year or a month, or empty
    url: str = ""
    language: str = ""
    rights: str = ""
    source_name: str = ""  # the name of the file it came from
    readings: tuple[ReadingRecord, ...] = ()
    annotations: tuple[AnnotationRecord, ...] = ()
    relations: tuple[RelationRecord, ...] = ()
    extra: Json = field(default_factory=dict)
    where: str = ""  # place in the file, for messages: "line 12"


KINDS = ("own", "gold")
