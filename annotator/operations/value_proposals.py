"""Values that can be read off the text, offered for a person to take: how it is quoted, under which condition, whom
it names, what figure it is.

A proposal is found by the id of the attribute (docs/codebook.md lists them) and offered only where it is a value of
the attribute's kind. It never stands in the way of what a person typed or confirmed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.attributes import Context, Value
from annotator.model.attributes import check as checked
from annotator.model.attributes import parse as read
from annotator.model.attributes.conditional import condition
from annotator.model.attributes.quotation import quotation
from annotator.model.attributes.walk import entry, is_human
from annotator.model.codebook import Tag
from annotator.model.entities import Registry
from annotator.model.field import PROPOSED
from annotator.model.span import Spans, outer

_BESIDE = 120  # code points on either side of a figure in which what it counts is looked for
NOBODY = Registry(())
ENTITY = "an entity"  # in place of an id: the first attribute that asks for an actor


@dataclass(frozen=True)
class Link:
    """A relation at one end of the annotation."""

    type: str
    leaves: bool  # whether it leaves this annotation, or points to it


@dataclass(frozen=True)
class Neighbours:
    """What is known around an annotation."""

    language: str = "en"
    links: tuple[Link, ...] = ()
    registry: Registry = field(default=NOBODY)
    same_words: str = ""  # the id of the actor that the same words named last in this reading
    last_of: Callable[[str], Mapping[str, Any]] = lambda _: {}  # the values of the last mention of an actor


@dataclass(frozen=True)
class Tagged:
    """What is to be described: spans with a tag, what they cover, and the values that stand there."""

    tag: Tag
    spans: Spans
    quote: str
    values: Mapping[str, Any]  # id → {value, by}


Found = Mapping[str, Value]


@dataclass(frozen=True)
class ValueProposer:
    """Finds values of the attributes it names, for tags that have the attribute `needs` (any, if it needs none).

    `at_once` puts them there with the tag, else they are only offered.
    """

    attributes: tuple[str, ...]
    find: Callable[[Tagged, str, Neighbours], Found]
    needs: str = ""
    at_once: bool = False

    def fills(self, tag: Tag) -> list[str]:
        """The ids of the tag's attributes that it may find a value for; ENTITY stands for the first of that kind."""
        if self.needs and tag.attribute(self.needs) is None:
            return []
        names = [_entity_attribute(tag) if name == ENTITY else name for name in self.attributes]
        return [name for name in names if tag.attribute(name) is not None]


def _quotation(tagged: Tagged, text: str, around: Neighbours) -> Found:
    return {"quotation": quotation(text, tagged.spans, around.language)}


def _condition(tagged: Tagged, text: str, around: Neighbours) -> Found:
    holds, words = condition(text, tagged.spans, around.language)
    return {"conditional": holds, **({"condition": words} if words else {})}


def _whom(tagged: Tagged, _: str, around: Neighbours) -> Found:
    """The actor that the same words named last, else the one that has just this name."""
    exact = around.registry.exact(tagged.quote)
    whom = around.same_words or (exact[0].id if len(exact) == 1 else "")
    return {_entity_attribute(tagged.tag): whom} if whom else {}


def _entity_attribute(tag: Tag) -> str:
    return next((each.id for each in tag.attributes if each.type == "entity"), "")


def _of_the_actor(tagged: Tagged, text: str, around: Neighbours) -> Found:
    """Type and country of the actor that is named or may be: as the registry has them, else its last mention."""
    attribute = _entity_attribute(tagged.tag)
    stored = entry(tagged.values, attribute)
    named = stored["value"] if stored else _whom(tagged, text, around).get(attribute)
    entity = around.registry.main(named) if isinstance(named, str) else None
    if entity is None:
        return {}
    before = around.last_of(entity.id)
    said = {name: before[name]["value"] for name in ("type", "country") if is_human(before, name)}
    told: dict[str, Value] = {"type": entity.type} if entity.type else {}
    return said | told | ({"country": list(entity.country)} if entity.country else {})


_ROLES = {"source": "speaker", "relayed_by": "relay", "addressee": "addressee", "target": "target"}


def _role(_: Tagged, __: str, around: Neighbours) -> Found:
    """What an actor is by the relations that point to it."""
    pointing = {link.type for link in around.links if not link.leaves}
    role = next((role for relation, role in _ROLES.items() if relation in pointing), None)
    return {"role": role} if role else {}


def _figure(tagged: Tagged, _: str, around: Neighbours) -> Found:
    """What the figure says."""
    from annotator.figures import parse_one  # here and below: no window needs it to be painted

    figure = parse_one(tagged.quote, around.language)
    if figure is None:
        return {}
    told: dict[str, Value] = {"value": figure.low, "kind": figure.kind, "qualifier": figure.qualifier}
    if figure.high is not None:
        told["value_max"] = figure.high
    return told | ({"unit": figure.unit} if figure.unit else {})


def _measures(tagged: Tagged, text: str, around: Neighbours) -> Found:
    """What is counted beside the span, since its unit says all of it that lies within: 60% | of Ukrainians."""
    start, end = outer(tagged.spans)
    first = max(text.rfind("\n", 0, start) + 1, start - _BESIDE)
    last = text.find("\n", end)
    whole = text[first : min(end + _BESIDE, last if last >= 0 else len(text))]
    from annotator.figures import parse

    for figure in parse(whole, around.language):
        overlaps = figure.start < end - first and start - first < figure.end
        if overlaps and figure.counted and figure.counted not in tagged.quote:
            return {"measures": figure.counted}
    return {}


VALUE_PROPOSERS = (
    ValueProposer(("value", "value_max", "unit", "kind", "qualifier"), _figure, needs="value", at_once=True),
    ValueProposer(("measures",), _measures, needs="value"),
    ValueProposer((ENTITY,), _whom, at_once=True),
    ValueProposer(("type", "country"), _of_the_actor),
    ValueProposer(("role",), _role),
    ValueProposer(("quotation",), _quotation),
    ValueProposer(("conditional", "condition"), _condition),
)


def propose(tagged: Tagged, text: str, around: Neighbours) -> dict[str, Value]:
    """Values for the attributes of which no person has said anything: read off the text, else the codebook's default.

    `text` is the document's. What is not of the attribute's kind is left out.
    """
    found = _found(tagged, text, around, VALUE_PROPOSERS)
    for attribute in tagged.tag.attributes:
        if attribute.default and attribute.id not in found and not is_human(tagged.values, attribute.id):
            try:
                found[attribute.id] = read(attribute.default, attribute, Context("en"))
            except AnnotatorError:
                continue
    return found


def propose_at_once(tagged: Tagged, text: str, around: Neighbours) -> dict[str, Any]:
    """The attributes of an annotation as they are stored when it is tagged, or its edges have moved.

    Earlier proposals of the same kind are replaced; what a person typed or confirmed stays.
    """
    at_once = tuple(each for each in VALUE_PROPOSERS if each.at_once)
    own = {name for each in at_once for name in each.fills(tagged.tag)}
    kept = {name: value for name, value in tagged.values.items() if name not in own or is_human(tagged.values, name)}
    found = _found(tagged, text, around, at_once)
    return kept | {name: {"value": value, "by": PROPOSED} for name, value in found.items()}


def fits(tag: Tag, name: str, given: object) -> bool:
    """Whether what is stored of an attribute (as {value, by}) is a value of the tag's attribute of this id."""
    attribute = tag.attribute(name)
    if attribute is None or not isinstance(given, Mapping):
        return False
    try:
        checked(given.get("value"), attribute)
    except AnnotatorError:
        return False
    return True


def _found(tagged: Tagged, text: str, around: Neighbours, proposers: Iterable[ValueProposer]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for proposer in proposers:
        if not any(not is_human(tagged.values, name) for name in proposer.fills(tagged.tag)):
            continue
        for name, value in proposer.find(tagged, text, around).items():
            attribute = tagged.tag.attribute(name)
            if attribute is None or name in found or is_human(tagged.values, name):
                continue
            try:
                found[name] = checked(value, attribute)
            except AnnotatorError:
                continue  # the codebook has an attribute of this name that asks for something else
    return found
