"""What stood in a reading, as the measures take it: from the form that was kept, or from the marks as they are now."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annotator.agreement import Annotation, Link, Reading
from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook
from annotator.model.span import Span, Spans, normalised
from annotator.review.readings import Mark
from annotator.storage.project import Project

_Told = tuple[str, str, Spans, Mapping[str, Any], list[tuple[str, str]]]  # id, tag, spans, attributes, links


def first_form(project: Project, content: str, values: "Values", length: int) -> tuple[Reading | None, bool]:
    """What was kept, None where it is of no form that this program knows; and whether links are in it."""
    try:
        listed = json.loads(content)
        if not isinstance(listed, list):
            return None, False
        told = [
            (
                str(each["id"]),
                str(each["tag"]),
                _pieces(each["spans"], length),
                dict(each["attributes"]),
                [(str(kind), str(target)) for kind, target in each.get("links", ())],
            )
            for each in listed
        ]
    except (AnnotatorError, ValueError, TypeError, KeyError, RecursionError):
        raise AnnotatorError(
            f"{project.path.name} is damaged: what stood in a reading when it was declared done cannot be read."
        ) from None
    return _form(told, values), any("links" in each for each in listed)


def _pieces(spans: Any, length: int) -> Spans:
    if len(spans) == 1:  # nearly all, and a project may have 100,000
        start, end = spans[0]
        if type(start) is type(end) is int and 0 <= start < end <= length:
            return (Span._make((start, end)),)
    return normalised(spans, length)


def form_of_marks(marks: Sequence[Mark], values: "Values") -> Reading:
    """A reading as it is now."""
    return _form([(m.id, m.tag, m.spans, json.loads(m.attributes), _ends(m)) for m in marks], values)


def links_of_marks(marks: Sequence[Mark], ids: Sequence[str]) -> list[Link]:
    """The links as they are now between annotations that are listed by their ids."""
    return _links({mark.id: _ends(mark) for mark in marks}, {own: place for place, own in enumerate(ids)})


def _ends(mark: Mark) -> list[tuple[str, str]]:
    return [(link.type, link.target) for link in mark.links]


def _form(told: Sequence[_Told], values: "Values") -> Reading:
    annotations = [
        Annotation(tag, spans, values.of(tag, attributes) if attributes else {})
        for _, tag, spans, attributes, _ in told
    ]
    links = {own: listed for own, _, _, _, listed in told if listed}
    if not links:
        return Reading(annotations)
    return Reading(annotations, _links(links, {own: place for place, (own, *_) in enumerate(told)}))


def _links(links: Mapping[str, list[tuple[str, str]]], place: Mapping[str, int]) -> list[Link]:
    return [
        Link(kind, place[source], place[target])
        for source, listed in links.items()
        if source in place
        for kind, target in listed
        if target in place
    ]


class Values:
    """The values that people gave, as they are compared."""

    def __init__(self, codebook: Codebook | None, main_id: Callable[[str], str]) -> None:
        self._main_id = main_id
        self._places: dict[tuple[str, str], dict[str, int]] = {}
        self._actors: set[tuple[str, str]] = set()
        for tag in codebook.tags if codebook else ():
            for attribute in tag.attributes:
                if attribute.ordered:
                    self._places[tag.id, attribute.id] = {value: n for n, value in enumerate(attribute.values)}
                if "entity" in (attribute.type, attribute.of):
                    self._actors.add((tag.id, attribute.id))

    def of(self, tag: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """Attribute → value: places of ordered values, merged actors resolved, nothing that was only proposed."""
        found = {}
        for name, given in attributes.items():
            if not isinstance(given, dict) or given.get("by") == "proposed":
                continue
            value = self._plain((tag, name), given.get("value"))
            if value not in (None, "", []):
                found[name] = value
        return found

    def _plain(self, which: tuple[str, str], value: Any) -> Any:
        if which in self._places:
            return self._places[which].get(value) if isinstance(value, str) else None
        if which in self._actors:
            if isinstance(value, list):
                return [self._main_id(each) if isinstance(each, str) else str(each) for each in value]
            return self._main_id(value) if isinstance(value, str) else None
        return json.dumps(value, sort_keys=True) if isinstance(value, dict) else value
