"""Whom an annotation names, by a name as a person writes it: an actor of the registry, or one that is new to it."""

from annotator.errors import AnnotatorError
from annotator.model.attributes.walk import entry
from annotator.model.changes import Changes
from annotator.operations import describing
from annotator.operations.entities import insert_entity
from annotator.operations.entity_values import clean_name
from annotator.operations.values import as_json
from annotator.operations.words import shown
from annotator.storage import entity_queries, queries
from annotator.storage.project import Project


def name_actor(project: Project, annotation: int, attribute_id: str, name: str) -> Changes:
    """Let an attribute name the actor of this name; an unknown name becomes a new actor, in the same step.

    In a list of actors it is one more, or one less if it stood there. Names close to a new one are said. Raises
    AnnotatorError if several actors have this name, or the tag has no such attribute.
    """
    known = entity_queries.registry(project)
    found = queries.annotation(project, annotation)
    version = queries.codebook_version(project)
    tag = version[1].tag(found.tag) if found and version else None
    attribute = tag.attribute(attribute_id) if tag else None
    listed = attribute is not None and attribute.type == "list"
    if not name.strip() or known.main(name) is not None or known.exact(name) or found is None:
        write = describing.toggle_member if listed and name.strip() else describing.set_attribute
        return write(project, annotation, attribute_id, name)
    if attribute is None or "entity" not in (attribute.type, attribute.of if listed else ""):
        raise AnnotatorError(f"“{attribute_id}” of the tag “{found.tag}” names no actor.")
    reading = queries.reading_by_key(project, found.reading)
    canonical, near = clean_name(name), known.match(name).close
    label = f"{shown(found.quote)} {'names' if listed else 'is'} the new actor {shown(canonical)}"
    with project.step(label, coder=reading.coder, document=reading.document) as step:
        entity_id = insert_entity(step, canonical)
        now = (queries.annotation(project, annotation) or found).attributes
        before = (entry(now, attribute_id) or {}).get("value") if listed else None
        value = [*(before if isinstance(before, list) else []), entity_id] if listed else entity_id
        attributes = {**now, attribute_id: {"value": value, "by": "typed"}}
        step.update("annotation", annotation, {"attributes": as_json(attributes)})
    return Changes(
        label,
        documents=frozenset({reading.document}),
        readings=frozenset({found.reading}),
        annotations=frozenset({annotation}),
        current=annotation,
        document=reading.document,
        entities=True,
        warnings=(f"close to {shown(near[0][0].name)}",) if near else (),
    )
