"""What was annotated, as plain data: documents with the readings of their coders.

Offsets are code points of the document's text, the end is exclusive. Nothing here knows of a project: whoever builds
these objects decides which readings count and in which state.
"""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from typing import Any, NamedTuple

from annotator.model.span import Span, Spans

from .pieces import NO_PIECES, Alike, Meeting, Piece, Pieces, alike, meet, pieces_of
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

    @cached_property
    def pieces(self) -> Mapping[str, Pieces]:
        """The pieces of each tag, those of an annotation of several one by one."""
        found: defaultdict[str, list[Piece]] = defaultdict(list)
        parted: set[str] = set()
        for tag, spans, _ in self.annotations:
            found[tag] += spans
            if len(spans) > 1:
                parted.add(tag)
        return self._sorted_out(found, parted)

    def _sorted_out(self, found: Mapping[str, list[Piece]], parted: Container[str]) -> Mapping[str, Pieces]:
        return {
            tag: pieces_of(pieces, len(self.by_tag[tag]) if tag in parted else len(pieces))
            for tag, pieces in found.items()
        }

    def of(self, tag: str) -> Pieces:
        """The pieces of a tag."""
        return self.pieces.get(tag, NO_PIECES)

    def spans(self, tag: str) -> Sequence[tuple[Piece, ...]]:
        """The spans of the annotations of a tag, in the order of the text."""
        found = self.of(tag)
        return [(piece,) for piece in found.all] if found.one_piece else self.by_tag[tag]


@dataclass(frozen=True)
class _Joined(Reading):
    """The readings of texts one after the other, each with the place where its text begins. It has no annotations of
    its own, and no relations: what is asked of it is their spans."""

    parts: Sequence[tuple[int, Reading]] = ()

    @cached_property
    def by_tag(self) -> Mapping[str, list[Spans]]:
        found: defaultdict[str, list[Spans]] = defaultdict(list)
        for begin, reading in self.parts:
            for tag, listed in reading.by_tag.items():
                found[tag] += [tuple(Span(start + begin, end + begin) for start, end in spans) for spans in listed]
        return found

    @cached_property
    def pieces(self) -> Mapping[str, Pieces]:
        found: defaultdict[str, list[Piece]] = defaultdict(list)
        parted: set[str] = set()
        for begin, reading in self.parts:
            for tag, spans, _ in reading.annotations:
                if len(spans) == 1:  # nearly always
                    ((start, end),) = spans
                    found[tag].append((start + begin, end + begin))
                else:
                    found[tag] += [(start + begin, end + begin) for start, end in spans]
                    parted.add(tag)
        return self._sorted_out(found, parted)


def _alike(one: Reading, other: Reading, tag: str, meeting: Meeting) -> Alike[tuple[Piece, ...]]:
    if one.of(tag).one_piece and other.of(tag).one_piece:  # nearly always, and quicker
        found = alike(meeting.first, meeting.second)
        same = len(meeting.same) + found.same
        return Alike(same, [(piece,) for piece in found.first], [(piece,) for piece in found.second])
    return alike(one.spans(tag), other.spans(tag))


class _Read:
    """What has readings by coder, and remembers where they meet."""

    readings: Mapping[str, Reading]

    @cached_property
    def _meetings(self) -> dict[tuple[str, str, str], Meeting]:
        return {}

    @cached_property
    def _alikes(self) -> dict[tuple[str, str, str], Alike[tuple[Piece, ...]]]:
        return {}

    def meeting(self, one: str, other: str, tag: str) -> Meeting:
        """Where two coders have pieces of a tag at the same places."""
        key = (one, other, tag)
        if key not in self._meetings:
            self._meetings[key] = meet(self.readings[one].of(tag), self.readings[other].of(tag))
        return self._meetings[key]

    def alike(self, one: str, other: str, tag: str) -> Alike[tuple[Piece, ...]]:
        """Which annotations of a tag two coders have exactly alike."""
        key = (one, other, tag)
        if key not in self._alikes:
            self._alikes[key] = _alike(self.readings[one], self.readings[other], tag, self.meeting(*key))
        return self._alikes[key]

    def tags(self) -> set[str]:
        """The tags that any of its coders used."""
        return {each.tag for reading in self.readings.values() for each in reading.annotations}


@dataclass(frozen=True)
class Document(_Read):
    """A text and its readings by coder. A coder who has not read it, or is not done, has no entry."""

    text: str
    readings: Mapping[str, Reading]
    token: str = WORDS  # the pattern of what counts as a token
    between: int = 0  # code points of the text that are no part of it

    @cached_property
    def tokens(self) -> Tokens:
        """Where its tokens begin and go on."""
        return tokens_of(self.text, self.token)

    @property
    def length(self) -> int:
        """In code points, all of which count."""
        return len(self.text) - self.between


@dataclass(frozen=True)
class Continuum(_Read):
    """A line from `begin` on, of a given length, and the units that each coder marked on it."""

    length: int
    units: Mapping[str, Sequence[Unit]]
    begin: int = 0

    @cached_property
    def readings(self) -> Mapping[str, Reading]:  # type: ignore[override]
        """Each unit as an annotation."""
        return {
            coder: Reading([Annotation(tag, (Span(start, end),)) for start, end, tag in units])
            for coder, units in self.units.items()
        }


def joined(documents: Sequence[Document]) -> Document:
    """Documents that the same coders read, with the same tokens, as one: spans in it are those of all of them.

    A line break stands between each two, which no token and no measure counts.
    """
    begins = [0, *accumulate(len(each.text) + 1 for each in documents)]
    readings = {
        coder: _Joined(parts=[(begin, each.readings[coder]) for begin, each in zip(begins, documents, strict=False)])
        for coder in documents[0].readings
    }
    return Document("\n".join([each.text for each in documents]), readings, between=len(documents) - 1)
