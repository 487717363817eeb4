"""Describing a link: the fields that the codebook gives its kind. Each act is one step of the history."""

from annotator.errors import AnnotatorError
from annotator.model.attributes import Value, parse, show
from annotator.model.attributes.walk import fields
from annotator.model.changes import Changes
from annotator.model.codebook import Attribute
from annotator.model.field import Field, short_name
from annotator.model.relations import Relation
from annotator.operations.describing import context_for
from annotator.operations.relations import set_relation_attributes
from annotator.storage import queries, relation_queries
from annotator.storage.project import Project


def link_form(project: Project, relation: int) -> tuple[Field, ...]:
    """All fields of a link, with what stands there, or the codebook's default as a proposal."""
    found, attributes = _found(project, relation)
    proposals: dict[str, Value] = {}
    for each in attributes:
        if each.default:
            try:
                proposals[each.id] = parse(each.default, each)
            except AnnotatorError:
                continue  # the codebook proposes what is none of the kind
    return fields(attributes, found.attributes, proposals)


def set_link_attribute(
    project: Project, relation: int, attribute_id: str, value: object, *, by: str = "typed"
) -> Changes:
    """Set one value of a link; text is read as a person writes it, and nothing written clears the value.

    Raises AnnotatorError with one sentence if the value is none of the attribute's kind, or there is no such attribute.
    """
    found, attributes = _found(project, relation)
    attribute = next((each for each in attributes if each.id == attribute_id), None)
    if attribute is None:
        raise AnnotatorError(f"Links of the kind “{found.type}” have no attribute “{attribute_id}”.")
    if value is None or value == [] or (isinstance(value, str) and not value.strip()):
        return clear_link_attribute(project, relation, attribute_id)
    context = context_for(project, attribute, language=_language(project, found))
    read = parse(value, attribute, context)
    words = f"{short_name(attribute)}: {show(read, attribute, context)}"
    kept = {**found.attributes, attribute_id: {"value": read, "by": by}}
    return set_relation_attributes(project, relation, kept, said=words)


def clear_link_attribute(project: Project, relation: int, attribute_id: str) -> Changes:
    """Take a value of a link away, also one of an attribute that the codebook does not know any more."""
    found, attributes = _found(project, relation)
    attribute = next((each for each in attributes if each.id == attribute_id), Attribute(attribute_id))
    kept = {name: value for name, value in found.attributes.items() if name != attribute_id}
    return set_relation_attributes(project, relation, kept, said=f"{short_name(attribute)}: nothing")


def _found(project: Project, relation: int) -> tuple[Relation, tuple[Attribute, ...]]:
    found, version = relation_queries.relation(project, relation), queries.codebook_version(project)
    if found is None:
        raise AnnotatorError("The link is not there any more.")
    kind = version[1].relation(found.type) if version else None
    return found, kind.attributes if kind else ()


def _language(project: Project, relation: Relation) -> str:
    place = queries.place_of(project, relation.source)
    about = queries.document(project, place[0]) if place else None
    return about.language if about else ""
