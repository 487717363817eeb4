"""Whom a mention may mean (“he”, “the ministry”): the actors that a person may choose from, and names worth keeping."""

from annotator.errors import AnnotatorError
from annotator.model.entities import Entity
from annotator.model.rows import Annotation
from annotator.operations.entity_values import NAME_LIMIT
from annotator.storage import describing_queries, entity_queries, queries
from annotator.storage.project import Project

CLOSE = 3  # actors with a close name that are offered before those mentioned before
LOOKED_AT = 500  # annotations before: nobody looks farther back for whom “he” means


def actor_choices(project: Project, annotation: int, limit: int = 9) -> list[Entity]:
    """The actors that a person may choose from for an annotation, the likeliest first.

    First all that have just its words as a name, or a few with a name close to them; then the actors of the mentions
    before it, the nearest first.
    """
    match = entity_queries.registry(project).match(_found(project, annotation).quote)
    named = [match.exact] if match.exact else [entity for entity, _ in match.close]
    near = [entity for _, entity in mentions_before(project, annotation, limit)]
    return list(dict.fromkeys([*(named if match.tied else named[:CLOSE]), *near]))[:limit]


def mentions_before(project: Project, annotation: int, limit: int = 9) -> list[tuple[int, Entity]]:
    """The mentions (by key) of known actors before an annotation in its reading, the nearest first, each actor once."""
    found = _found(project, annotation)
    known = entity_queries.registry(project)
    version = queries.codebook_version(project)
    asked = entity_queries.entity_attributes(version[1]) if version else {}
    earlier: dict[str, tuple[int, Entity]] = {}
    for key, tag, attributes in describing_queries.described_before(project, found, LOOKED_AT):
        for _, entity_id, _ in entity_queries.named_in(attributes, asked.get(tag, ())):
            entity = known.main(entity_id)
            if entity is not None:
                earlier.setdefault(entity.id, (key, entity))
        if len(earlier) >= limit:
            break
    return list(earlier.values())


def name_to_keep(project: Project, annotation: int) -> tuple[Entity, str] | None:
    """The actor that a person has said an annotation names, and its words, where they could be kept as a name of it.

    So for what has a capital, as names have, and is neither a name of that actor yet nor one of another.
    """
    found, version = queries.annotation(project, annotation), queries.codebook_version(project)
    if found is None or version is None or not any(letter.isupper() for letter in found.quote):
        return None
    known = entity_queries.registry(project)
    asked = entity_queries.entity_attributes(version[1]).get(found.tag, ())
    named = [known.main(own) for _, own, by in entity_queries.named_in(found.attributes, asked) if by == "typed"]
    if len(named) != 1 or named[0] is None or len(found.quote) > NAME_LIMIT or known.exact(found.quote):
        return None
    return named[0], found.quote


def _found(project: Project, annotation: int) -> Annotation:
    found = queries.annotation(project, annotation)
    if found is None:
        raise AnnotatorError("The annotation is not there any more.")
    return found
