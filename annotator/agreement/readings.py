"""What was annotated, as plain data: documents with the readings of their coders.

Offsets are code points of the document's text, the end is exclusive. Nothing here knows of a project: whoever builds
these objects decides which readings count and in which state.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from annotator.model.span import Spans

from .tokens import WORDS, Tokens, tokens_of

Unit = tuple[int, int, str]  # start, end, tag: of the unitizing measures and gamma, which know no holes


class Annotation(NamedTuple):
    """One tag on one or more pieces of the text, sorted and disjoint; plain pairs will do for spans.

    `attributes` holds the values that people gave, by the attribute's id; an ordinal one as its place in the order.
    """

    tag: str
    spans: Spans
    attributes: Mapping[str, Any] = MappingProxyType({})


class Link(NamedTuple):
    """A relation of a type between two annotations of one reading, given by their places in its list."""

    type: str
    source: int
    target: int


@dataclass(frozen=True)
class Reading:
    """What one coder made of one document. Without annotations it says: nothing to tag here."""

    annotations: Sequence[Annotation] = ()
    relations: Sequence[Link] = ()

    @cached_property
    def by_tag(self) -> Mapping[str, list[Spans]]:
        """The spans of each tag, in the order of the text."""
        found: dict[str, list[Spans]] = {}
        for annotation in self.annotations:
            found.setdefault(annotation.tag, []).append(annotation.spans)
        for spans in found.values():
            spans.sort()
        return found


@dataclass(frozen=True)
class Document:
    """A text and its readings by coder. A coder who has not read it, or is not done, has no entry."""

    text: str
    readings: Mapping[str, Reading]
    token: str = WORDS  # the pattern of what counts as a token

    @cached_property
    def tokens(self) -> Tokens:
        """Where its tokens begin and go on."""
        return tokens_of(self.text, self.token)

    def tags(self) -> set[str]:
        """The tags that any of its coders used."""
        return {tag for reading in self.readings.values() for tag in reading.by_tag}


@dataclass(frozen=True)
class Continuum:
    """A line from `begin` on, of a given length, and the units that each coder marked on it."""

    length: int
    units: Mapping[str, Sequence[Unit]]
    begin: int = 0

    def tags(self) -> set[str]:
        """The categories that any of its coders used."""
        return {tag for units in self.units.values() for _, _, tag in units}


def units_of(record: Document | Continuum, coders: Sequence[str]) -> list[list[Unit]]:
    """The units of those of the coders who have a reading. Each piece of an annotation is a unit."""
    if isinstance(record, Continuum):
        return [list(record.units[coder]) for coder in coders if coder in record.units]
    return [
        [(start, end, tag) for tag, found in by_tag.items() for spans in found for start, end in spans]
        for by_tag in (record.readings[coder].by_tag for coder in coders if coder in record.readings)
    ]
