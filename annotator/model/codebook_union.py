"""Two codebooks that went apart in two copies of a project: what clashes, and both put together."""

from dataclasses import replace
from typing import TypeVar

from annotator.model.codebook import Attribute, Codebook, RelationType, Tag

_Keyed = TypeVar("_Keyed", Tag, RelationType)


def key_clashes(ours: Codebook, theirs: Codebook) -> list[str]:
    """Keys that set one tag here and another one there, each in a sentence's part: “1 is claim here, threat there”."""
    here = {key: tag for tag in ours.active_tags for key in tag.keys}
    return [
        f"{key} is {here[key].label.lower()} here, {tag.label.lower()} there"
        for tag in theirs.active_tags
        for key in tag.keys
        if key in here and here[key].id != tag.id
    ]


def united(ours: Codebook, theirs: Codebook) -> Codebook:
    """Our codebook with the tags, links and fields that only theirs has; a key that is taken stays with ours."""
    tags = tuple(_with_fields(tag, theirs.tag(tag.id)) for tag in ours.tags)
    taken = {key for tag in ours.tags for key in tag.keys}
    new_tags = tuple(_free(tag, taken) for tag in theirs.tags if ours.tag(tag.id) is None)
    known = {relation.id for relation in ours.relations}
    taken = {key for relation in ours.relations for key in relation.keys}
    new_relations = tuple(_free(relation, taken) for relation in theirs.relations if relation.id not in known)
    return replace(ours, tags=(*tags, *new_tags), relations=(*ours.relations, *new_relations))


def _with_fields(tag: Tag, other: Tag | None) -> Tag:
    known = {each.id for each in tag.attributes}
    more: tuple[Attribute, ...] = tuple(each for each in other.attributes if each.id not in known) if other else ()
    return replace(tag, attributes=(*tag.attributes, *more)) if more else tag


def _free(thing: _Keyed, taken: set[str]) -> _Keyed:
    kept = tuple(key for key in thing.keys if key not in taken)
    taken.update(kept)
    return thing if kept == thing.keys else replace(thing, keys=kept)
