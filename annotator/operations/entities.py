"""The registry of actors: add, rename, describe, merge and split them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.entities import PRIVATE, Entity, Registry
from annotator.model.names import key_of
from annotator.model.rows import Annotation, Reading
from annotator.operations.entity_values import clean_countries, clean_name, clean_names
from annotator.operations.values import as_json
from annotator.operations.words import counted, shown
from annotator.storage import entity_queries, queries
from annotator.storage.ids import new_id
from annotator.storage.project import Project
from annotator.storage.rows import Values
from annotator.storage.step import Step

# ---- one entity


def add_entity(
    project: Project,
    name: str,
    *,
    aliases: Iterable[str] = (),
    type: str = "",  # noqa: A002 - the design's word
    country: Iterable[str] = (),
    note: str = "",
    coder: int | None = None,
) -> tuple[str, Changes]:
    """Put an actor into the registry and return its id. One with the same name is allowed, and said."""
    label = f"Added the actor {shown(clean_name(name))}"
    with project.step(label, coder=coder) as step:
        entity_id = insert_entity(step, name, aliases=aliases, type=type, country=country, note=note)
    twins = [each for each in entity_queries.registry(project).exact(name) if each.id != entity_id]
    warnings = ("there is another actor of this name",) if twins else ()
    return entity_id, Changes(label, entities=True, warnings=warnings)


def insert_entity(
    step: Step,
    name: str,
    *,
    aliases: Iterable[str] = (),
    type: str = "",  # noqa: A002 - the design's word
    country: Iterable[str] = (),
    note: str = "",
) -> str:
    """A new entity within a step that does more; returns its id."""
    name, entity_id = clean_name(name), new_id()
    step.insert(
        "entity",
        {
            "id": entity_id,
            "name": name,
            "aliases": as_json(clean_names(aliases, besides=name)),
            "type": type.strip(),
            "country": as_json(clean_countries(country)),
            "note": note,
        },
    )
    return entity_id


def rename_entity(project: Project, entity_id: str, name: str, *, coder: int | None = None) -> Changes:
    """Give an actor another canonical name; the old one stays as an alias, so that it is still recognised."""
    entity, name = _main(project, entity_id), clean_name(name)
    aliases = clean_names((*entity.aliases, entity.name), besides=name)
    label = f"Renamed the actor {shown(entity.name)} to {shown(name)}"
    return _write(project, entity, {"name": name, "aliases": as_json(aliases)}, label, coder)


def set_entity_fields(
    project: Project,
    entity_id: str,
    *,
    aliases: Iterable[str] | None = None,
    type: str | None = None,  # noqa: A002 - the design's word
    country: Iterable[str] | None = None,
    note: str | None = None,
    private: bool | None = None,
    coder: int | None = None,
) -> Changes:
    """Set what is given of an actor's fields, all in one step."""
    entity = _main(project, entity_id)
    values: dict[str, Any] = {}
    if aliases is not None:
        values["aliases"] = as_json(clean_names(aliases, besides=entity.name))
    if type is not None:
        values["type"] = type.strip()
    if country is not None:
        values["country"] = as_json(clean_countries(country))
    if note is not None:
        values["note"] = note
    if private is not None:
        others = {name: value for name, value in entity.extra.items() if name != PRIVATE}
        values["extra"] = as_json({**others, PRIVATE: True} if private else others)
    return _write(project, entity, values, f"Changed the actor {shown(entity.name)}", coder)


def add_alias(project: Project, entity_id: str, alias: str, *, coder: int | None = None) -> Changes:
    """Another name by which an actor is recognised."""
    entity, alias = _main(project, entity_id), clean_name(alias)
    values = {"aliases": as_json(clean_names((*entity.aliases, alias), besides=entity.name))}
    label = f"{shown(alias)} is a name of {shown(entity.name)}"
    others = [each for each in entity_queries.registry(project).exact(alias) if each.id != entity.id]
    changes = _write(project, entity, values, label, coder, f"{shown(alias)} is a name of {shown(entity.name)} already")
    if not others or not changes.history:
        return changes
    return Changes(label, entities=True, warnings=(f"{shown(others[0].name)} has this name too",))


def remove_entity(project: Project, entity_id: str, *, coder: int | None = None) -> Changes:
    """Take an actor out of the registry. Raises AnnotatorError while anything names it, or was merged into it."""
    entity = _main(project, entity_id)
    known = entity_queries.registry(project)
    if known.absorbed(entity.id):
        raise AnnotatorError(f"Other actors were merged into {shown(entity.name)}: split them off first.")
    named = len(entity_queries.mentions(project, entity.id, limit=1000))
    if named:
        many = counted(named, "annotation names", "annotations name")
        raise AnnotatorError(f"{many} {shown(entity.name)}: merge it into another instead.")
    label = f"Removed the actor {shown(entity.name)}"
    with project.step(label, coder=coder) as step:
        step.delete("entity", entity.key)
    return Changes(label, entities=True)


# ---- merging and splitting


def merge_entities(project: Project, into: str, absorbed: Sequence[str], *, coder: int | None = None) -> Changes:
    """Let one actor stand for others too. No annotation is rewritten; their names count as its names."""
    main = _main(project, into)
    others = {other.id: other for other in (_main(project, each) for each in absorbed) if other.id != main.id}
    if not others:
        return Changes("These are one actor already", history=False, undoable=False)
    names = shown(next(iter(others.values())).name) if len(others) == 1 else counted(len(others), "actor")
    label = f"Merged {names} into {shown(main.name)}"
    with project.step(label, coder=coder) as step:
        if main.same_as in entity_queries.registry(project).by_id:
            # Two copies had merged in opposite directions, and the main one too says that it was absorbed.
            step.update("entity", main.key, {"same_as": None})
        for other in others.values():
            step.update("entity", other.key, {"same_as": main.id})
    return Changes(label, entities=True, everything=True)


def split_entity(project: Project, absorbed: str, *, coder: int | None = None) -> Changes:
    """Let an actor that was merged into another stand for itself again, with all that ever named it."""
    known = entity_queries.registry(project)
    entity, main = known.by_id.get(absorbed), known.main(absorbed)
    if entity is None or main is None:
        raise AnnotatorError("The actor is not in the registry any more.")
    if main.id == entity.id:
        return Changes(f"{shown(entity.name)} stands for itself already", history=False, undoable=False)
    label = f"Split {shown(entity.name)} off from {shown(main.name)}"
    with project.step(label, coder=coder) as step:
        step.update("entity", entity.key, {"same_as": None})
        if main.same_as in known.by_id:
            step.update("entity", main.key, {"same_as": None})
    return Changes(label, entities=True, everything=True)


def split_off(
    project: Project,
    entity_id: str,
    name: str,
    *,
    aliases: Iterable[str] = (),
    annotations: Sequence[int] = (),
    coder: int | None = None,
) -> tuple[str, Changes]:
    """Make a new actor of a part of another: some of its aliases, and some of the mentions of the coder at work.

    Colleagues' mentions stay as they are: only a coder changes the own reading. How many is said.
    """
    entity, name = _main(project, entity_id), clean_name(name)
    moved = {key_of(alias) for alias in (*aliases, name)}
    own, others = [], 0
    for annotation in annotations:
        found = _place(project, annotation)
        own += [found] if found[1].coder == coder else []
        others += found[1].coder != coder
    label = f"Split {shown(name)} off from {shown(entity.name)}"
    documents = {reading.document for _, reading in own}
    document = next(iter(documents)) if len(documents) == 1 else None
    known = entity_queries.registry(project)
    with project.step(label, coder=coder, document=document, documents=len(documents)) as step:
        new = insert_entity(step, name, aliases=aliases, type=entity.type, country=entity.country)
        for part in (entity, *known.absorbed(entity.id)):
            kept = [alias for alias in part.aliases if key_of(alias) not in moved]
            step.update("entity", part.key, {"aliases": as_json(kept)})
        for each, _ in own:
            values = _renamed(each.attributes, known.ids(entity.id), new)
            step.update("annotation", each.key, {"attributes": as_json(values)})
    warnings = (f"{counted(others, 'mention')} by colleagues stay with {shown(entity.name)}",) if others else ()
    touched = frozenset(each.key for each, _ in own)
    made = Changes(
        label, documents=frozenset(documents), annotations=touched, entities=True, everything=True, warnings=warnings
    )
    return new, made


def _renamed(attributes: Mapping[str, Any], old: Sequence[str], new: str) -> dict[str, Any]:
    """Attributes in which one entity stands for others."""

    def swapped(value: Any) -> Any:
        if isinstance(value, list):
            return [swapped(each) for each in value]
        return new if isinstance(value, str) and value in old else value

    return {
        name: {**given, "value": swapped(given["value"])} if isinstance(given, dict) and "value" in given else given
        for name, given in attributes.items()
    }


# ---- shared


def _main(project: Project, entity_id: str) -> Entity:
    known: Registry = entity_queries.registry(project)
    found = known.main(entity_id)
    if found is None:
        raise AnnotatorError("The actor is not in the registry any more.")
    return found


def _write(
    project: Project, entity: Entity, values: Values, label: str, coder: int | None, otherwise: str = ""
) -> Changes:
    with project.step(label, coder=coder) as step:
        changed = step.update("entity", entity.key, values)
    if not changed:
        return Changes(otherwise or f"{shown(entity.name)} is as it was", history=False, undoable=False)
    return Changes(label, entities=True)


def _place(project: Project, annotation: int) -> tuple[Annotation, Reading]:
    found = queries.annotation(project, annotation)
    if found is None:
        raise AnnotatorError("The annotation is not there any more.")
    return found, queries.reading_by_key(project, found.reading)
