"""The lines of a brat standoff file (.ann, .a1, .a2), as they stand there.

T  text-bound, spans `0 4;9 12`   R  relation   E  event: trigger and arguments   A, M  attribute
N  reference to an outside base    #  note       *  equivalence of two and more
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.errors import AnnotatorError
from annotator.formats.guards import span_of
from annotator.model.span import Span

PIECES = 10_000  # of one annotation
_ARGUMENT = re.compile(r"(\S+?):(\S+)")


@dataclass(frozen=True)
class Bound:
    """T: a type on spans."""

    id: str
    type: str
    pieces: tuple[Span, ...]
    quoted: str | None


@dataclass(frozen=True)
class Link:
    """R, or one argument of an event, or two neighbours of an equivalence."""

    id: str
    type: str
    source: str
    target: str


@dataclass(frozen=True)
class Said:
    """A, M, N or #: something said of what has the id `of`."""

    of: str
    name: str
    value: str | bool


@dataclass
class Standoff:
    """What the files of one document hold."""

    bound: list[Bound] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    triggers: dict[str, str] = field(default_factory=dict)  # event → its trigger
    attributes: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    triggered: set[str] = field(default_factory=set)
    shared: int = 0  # events whose trigger another event has too


def parse_lines(text: str, into: Standoff) -> Iterator[tuple[int, str]]:
    """Take the lines of a file; yields line number and reason of each that cannot be read."""
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        try:
            _parse(line, into)
        except AnnotatorError as fault:
            yield number, str(fault).rstrip(".")


def _parse(line: str, into: Standoff) -> None:
    own, tab, rest = line.partition("\t")
    if not tab or not own:
        raise AnnotatorError("no line of a brat file")
    body, _, tail = rest.partition("\t")
    words = body.split(" ")
    match own[0]:
        case "T":
            into.bound.append(_bound(own, body, tail if "\t" in rest else None))
        case "R":
            arguments = [_argument(word) for word in words[1:] if word]
            if len(arguments) != 2:
                raise AnnotatorError("a relation needs two arguments")
            into.links.append(Link(own, words[0], arguments[0][1], arguments[1][1]))
        case "E":
            _event(own, words, into)
        case "A" | "M":
            _attribute(body, into)
        case "N":
            reference = rest.replace("\t", " ").split(" ", 2)
            if len(reference) < 3:
                raise AnnotatorError("a reference needs what it is of, and where it leads")
            into.attributes.append(Said(reference[1], reference[0], reference[2].strip()))
        case "#":
            if len(words) < 2:
                raise AnnotatorError("a note needs what it is of")
            into.notes.append(Said(words[1], words[0], tail))
        case "*":
            ends = [word for word in words[1:] if word]
            into.links += [Link("", words[0], one, other) for one, other in pairwise(ends)]
        case _:
            raise AnnotatorError(f"lines that begin with {own[:10]!r} are not known")


def _bound(own: str, body: str, quoted: str | None) -> Bound:
    label, blank, places = body.partition(" ")
    if not blank or not label:
        raise AnnotatorError("an annotation needs a type and offsets")
    pieces = []
    for part in places.split(";", PIECES):
        offsets = part.split()
        if len(offsets) != 2:
            raise AnnotatorError(f"the offsets {places[:40]!r} are no pairs of numbers")
        pieces.append(span_of(*offsets))
    return Bound(own, label, tuple(pieces), quoted)


def _argument(word: str) -> tuple[str, str]:
    found = _ARGUMENT.fullmatch(word)
    if found is None:
        raise AnnotatorError(f"the argument {word[:40]!r} is not of the form role:id")
    return found[1], found[2]


def _event(own: str, words: list[str], into: Standoff) -> None:
    """An event is its trigger; each argument is a relation that leaves it, of the role's name."""
    arguments = [_argument(word) for word in words if word]
    if not arguments:
        raise AnnotatorError("an event needs a trigger")
    _, trigger = arguments[0]
    into.shared += trigger in into.triggered
    into.triggered.add(trigger)
    into.triggers[own] = trigger
    into.links += [Link(f"{own}.{number}", role, own, target) for number, (role, target) in enumerate(arguments[1:], 1)]


def _attribute(body: str, into: Standoff) -> None:
    words = body.split(" ", 2)
    if len(words) < 2 or not words[0] or not words[1]:
        raise AnnotatorError("an attribute needs a name and what it is of")
    value: str | bool = words[2] if len(words) == 3 and words[2] else True
    if isinstance(value, str) and value.startswith('"'):
        try:
            decoded = json.loads(value)
        except ValueError:
            decoded = value
        value = decoded if isinstance(decoded, str) else value
    into.attributes.append(Said(words[1], words[0], value))
