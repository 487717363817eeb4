"""Describing an annotation: set, clear and confirm values of its attributes. Each act is one step of the history."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from annotator.errors import AnnotatorError
from annotator.model.attributes import BY, Context, Value, parse, show
from annotator.model.attributes.walk import entry, fields, is_human
from annotator.model.changes import Changes
from annotator.model.codebook import Attribute, Codebook, Tag
from annotator.model.entities import Registry
from annotator.model.field import PROPOSED, Field, short_name
from annotator.model.rows import Annotation
from annotator.operations.value_proposals import Link, Neighbours, Tagged, propose
from annotator.operations.values import as_json
from annotator.operations.words import counted, shown
from annotator.storage import describing_queries, entity_queries, queries, relation_queries
from annotator.storage.project import Project

Values = dict[str, Any]  # id → {value, by}

_QUOTE = 24  # characters of the quote in what is said
_LOOK_AGAIN = 500  # steps after which the categories in use are counted anew


# ---- the form


def form(project: Project, annotation: int) -> tuple[Field, ...]:
    """All fields of an annotation, with what stands there or is proposed. Raises AnnotatorError if it is gone."""
    place = _place(project, annotation)
    return fields(place.tag.attributes, place.found.attributes, _proposals(project, place))


def context_for(project: Project, attribute: Attribute, *, language: str = "") -> Context:
    """What values of an attribute are read against in this project."""
    registry = entity_queries.registry(project) if "entity" in (attribute.type, attribute.of) else None
    names: Sequence[str] = ()
    if "category" in (attribute.type, attribute.of):
        names = tuple(categories(project, attribute.id))
    return Context(
        language=language or "en",
        categories=names,
        entities_named=_named(registry) if registry else None,
        entity_name=_name_of(registry) if registry else None,
    )


def _named(registry: Registry) -> Callable[[str], Sequence[str]]:
    return lambda name: [entity.id for entity in registry.exact(name)]


def _name_of(registry: Registry) -> Callable[[str], str | None]:
    def name(entity_id: str) -> str | None:
        found = registry.main(entity_id)
        return found.name if found else None

    return name


# ---- acts


def set_attribute(project: Project, annotation: int, attribute_id: str, value: object, *, by: str = "typed") -> Changes:
    """Set one value; text is read as a person writes it, and nothing written clears the value.

    A proposed value never takes the place of one that a person typed or confirmed. Raises AnnotatorError with one
    sentence if the value is none of the attribute's kind, or the tag has no such attribute.
    """
    if by not in BY:
        raise AnnotatorError(f"A value is {', '.join(BY[:-1])} or {BY[-1]}, not “{by}”.")
    place = _place(project, annotation)
    attribute = place.attribute(attribute_id)
    if value is None or value == [] or (isinstance(value, str) and not value.strip()):
        return clear_attribute(project, annotation, attribute_id)
    context = context_for(project, attribute, language=place.language)
    read = parse(value, attribute, context)
    words = f"{short_name(attribute)}: {_cut(show(read, attribute, context))}"

    def written(values: Values) -> Values:
        if by == PROPOSED and is_human(values, attribute_id):
            return values
        return values | {attribute_id: {"value": read, "by": by}}

    return _write(project, place, words, written)


def toggle_member(project: Project, annotation: int, attribute_id: str, member: str) -> Changes:
    """Put a value into a list, or take it out of it; what is proposed of the list counts as said then."""
    place = _place(project, annotation)
    attribute = place.attribute(attribute_id)
    if attribute.type != "list":
        raise AnnotatorError(f"{short_name(attribute)} is no list.")
    context = context_for(project, attribute, language=place.language)
    single = replace(attribute, type=attribute.of, of="")
    value = parse(member, single, context)
    known = next(each for each in form(project, annotation) if each.attribute.id == attribute_id).value
    there = list(known) if isinstance(known, list) else []
    kept = [each for each in there if each != value] if value in there else [*there, value]
    return set_attribute(project, annotation, attribute_id, kept)


def clear_attribute(project: Project, annotation: int, attribute_id: str) -> Changes:
    """Take a value away, also one of an attribute that the codebook does not know any more."""
    place = _place(project, annotation)
    attribute = place.tag.attribute(attribute_id) or Attribute(attribute_id)

    def written(values: Values) -> Values:
        return {name: value for name, value in values.items() if name != attribute_id}

    name = short_name(attribute)
    return _write(project, place, f"{name}: nothing", written, unchanged=f"{name} is empty")


def confirm_attribute(project: Project, annotation: int, attribute_id: str) -> Changes:
    """Take what is proposed for one attribute."""
    place = _place(project, annotation)
    place.attribute(attribute_id)
    return _confirm(project, place, lambda each: each.attribute.id == attribute_id)


def confirm_attributes(project: Project, annotation: int) -> Changes:
    """Take all that is proposed for an annotation in one step.

    What is only asked on request is left alone, unless its proposal was stored: a default needs no confirming.
    """
    place = _place(project, annotation)
    stored = place.found.attributes
    return _confirm(project, place, lambda each: each.waits or entry(stored, each.attribute.id) is not None)


def _confirm(project: Project, place: "_Place", taken: Callable[[Field], bool]) -> Changes:
    found = fields(place.tag.attributes, place.found.attributes, _proposals(project, place))
    proposed = [each for each in found if each.by == PROPOSED and taken(each)]
    if not proposed:
        return Changes("Nothing is proposed there", current=place.found.key, history=False, undoable=False)
    first = proposed[0]
    words = f"Confirmed {counted(len(proposed), 'value')}"
    if len(proposed) == 1 and first.value is not None:
        context = context_for(project, first.attribute, language=place.language)
        words = f"{short_name(first.attribute)}: {_cut(_shown(first.value, first.attribute, context))}"

    def written(values: Values) -> Values:
        taken_now = {each.attribute.id: each.value for each in proposed if not is_human(values, each.attribute.id)}
        return values | {
            name: {**(entry(values, name) or {}), "value": value, "by": "confirmed"}
            for name, value in taken_now.items()
        }

    return _write(project, place, words, written)


def _shown(value: Value, attribute: Attribute, context: Context) -> str:
    """A stored value in words; one that came with a file may be none of its kind."""
    try:
        return show(parse(value, attribute, context), attribute, context)
    except AnnotatorError:
        return str(value)


def _write(
    project: Project, place: "_Place", words: str, written: Callable[[Values], Values], *, unchanged: str = ""
) -> Changes:
    """Change the values of an annotation as they stand within the step: another process may have written meanwhile."""
    found = place.found
    label = f"{words} – {shown(found.quote, _QUOTE)}"
    with project.step(label, coder=place.coder, document=place.document) as step:
        now = queries.annotation(project, found.key)
        if now is None:
            raise AnnotatorError("The annotation is not there any more.")
        values = written(dict(now.attributes))
        changed = values != now.attributes and step.update("annotation", found.key, {"attributes": as_json(values)})
    if not changed:
        told = unchanged or f"{label} already"
        return Changes(told, current=found.key, document=place.document, history=False, undoable=False)
    return Changes(
        label,
        documents=frozenset({place.document}),
        readings=frozenset({found.reading}),
        annotations=frozenset({found.key}),
        current=found.key,
        document=place.document,
    )


# ---- categories


@dataclass
class _InUse:
    names: Counter[str]
    step: int
    tags: tuple[str, ...]


_in_use: WeakKeyDictionary[Project, dict[str, _InUse]] = WeakKeyDictionary()


def categories(project: Project, attribute_id: str) -> dict[str, int]:
    """The project's list of a category: value → how many annotations have it, the most used first.

    Values that came with the latest steps are there at once; their counts are those of the last full count, which is
    made anew now and then, and after every import.
    """
    version = queries.codebook_version(project)
    tags = tuple(tag.id for tag in version[1].tags if tag.attribute(attribute_id)) if version else ()
    kept = _in_use.setdefault(project, {})
    known, step = kept.get(attribute_id), describing_queries.last_step(project)
    fresh: Counter[str] | None = None
    if known is not None and known.tags == tags and known.step <= step < known.step + _LOOK_AGAIN:
        fresh = describing_queries.values_written_since(project, known.step, list(tags), attribute_id)
    if known is None or fresh is None:
        known = _InUse(describing_queries.values_in_use(project, list(tags), attribute_id), step, tags)
        kept[attribute_id] = known
        fresh = Counter()
    names = known.names | fresh
    return dict(sorted(names.items(), key=lambda item: (-item[1], item[0].casefold(), item[0])))


# ---- shared


@dataclass(frozen=True)
class _Place:
    """An annotation with all that describing it needs."""

    found: Annotation
    document: int
    coder: int
    tag: Tag
    codebook: Codebook
    language: str

    def attribute(self, attribute_id: str) -> Attribute:
        known = self.tag.attribute(attribute_id)
        if known is None:
            raise AnnotatorError(f"The tag “{self.tag.id}” has no attribute “{attribute_id}”.")
        return known


def _place(project: Project, annotation: int) -> _Place:
    found, place = queries.annotation(project, annotation), queries.place_of(project, annotation)
    if found is None or place is None:
        raise AnnotatorError("The annotation is not there any more.")
    version = queries.codebook_version(project)
    tag = version[1].tag(found.tag) if version else None
    if version is None or tag is None:
        raise AnnotatorError(f"The codebook of this project has no tag “{found.tag}”.")
    about = queries.document(project, place[0])
    language = (about.language if about else "") or version[1].language or "en"
    return _Place(found, *place, tag, version[1], language)


def _proposals(project: Project, place: "_Place") -> Mapping[str, Value]:
    key, registry = place.found.key, entity_queries.registry(project)
    links = tuple(Link(each.type, each.source == key) for each in relation_queries.relations_at(project, key))

    def last_of(entity_id: str) -> Mapping[str, Any]:
        before = describing_queries.last_naming(project, place.found, registry.ids(entity_id))
        return before.attributes if before else {}

    around = Neighbours(place.language, links, registry, _same_words(project, place, registry), last_of)
    tagged = Tagged(place.tag, place.found.spans, place.found.quote, place.found.attributes)
    return propose(tagged, queries.text_of(project, place.document), around)


def _same_words(project: Project, place: "_Place", registry: Registry) -> str:
    """The id of the actor that a person has said the same words name, when they stood there last."""
    attribute = next((each.id for each in place.tag.attributes if each.type == "entity"), None)
    before = describing_queries.last_with_words(project, place.found) if attribute and registry.by_id else None
    named = entry(before.attributes, attribute) if before and attribute else None
    if named is None or not is_human(before.attributes if before else {}, str(attribute)):
        return ""
    entity = registry.main(str(named["value"]))
    return entity.id if entity else ""


def _cut(text: str, length: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
