"""What is compared: the marks of one coder in one article, with their values and links. Plain data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from annotator.model.span import Span, Spans


class Link(NamedTuple):
    """A relation that leaves a mark; the other end is named by its id."""

    type: str
    target: str
    attributes: str = "{}"  # JSON, as stored


class Mark(NamedTuple):
    """One annotation as the comparison sees it. `attributes` is the JSON as stored: most are never looked into."""

    key: int
    id: str
    reading: int
    tag: str
    spans: Spans
    quote: str
    attributes: str = "{}"
    links: tuple[Link, ...] = ()
    source: str = ""  # in the agreed version: id of the annotation it was copied from

    @property
    def outer(self) -> Span:
        """From the start of the first piece to the end of the last."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(frozen=True)
class Reader:
    """Whose reading takes part. `name` is what people see: the coder's name, or none where names are hidden."""

    coder: int
    id: str
    name: str
    readings: frozenset[int] = frozenset()  # several where people were merged


@dataclass(frozen=True)
class Held:
    """A reader with all their marks, in the order of `ordered`."""

    reader: Reader
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Sameness:
    """What counts as the same value: `absorbed` maps the id of an actor to the one it was merged into."""

    absorbed: Mapping[str, str] = field(default_factory=dict)

    def values(self, attributes: str) -> dict[str, str]:
        """What a person said, attribute → value in a form that can be compared; proposals are nobody's word."""
        if attributes == "{}":
            return {}
        return {
            name: self._plain(given["value"])
            for name, given in json.loads(attributes).items()
            if isinstance(given, dict) and given.get("by") != "proposed" and given.get("value") not in (None, "", [])
        }

    def _plain(self, value: Any) -> str:
        if isinstance(value, str):
            return self.absorbed.get(value, value)
        if isinstance(value, list):  # the order of countries or groups says nothing
            return json.dumps(sorted(self._plain(each) for each in value))
        return json.dumps(value, sort_keys=True)

    def state(self, mark: Mark) -> str:
        """Sixteen hexadecimal digits that change with all that a decision about the mark rests on."""
        links = sorted((link.type, link.target, sorted(self.values(link.attributes).items())) for link in mark.links)
        told = [mark.tag, mark.spans, sorted(self.values(mark.attributes).items()), links]
        return sha256(json.dumps(told).encode()).hexdigest()[:16]


def ordered(marks: list[Mark]) -> tuple[Mark, ...]:
    """In text order, outer before inner, then by tag: an order that says nothing of who made them or when."""
    return tuple(
        sorted(marks, key=lambda mark: (mark.spans[0].start, -mark.spans[-1].end, mark.spans, mark.tag, mark.id))
    )
