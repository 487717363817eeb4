"""What a reading says of an annotation besides its tag and its words: values and links, for people."""

import json
from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from annotator.model.codebook import Codebook
from annotator.operations.reviewing import sameness
from annotator.review.readings import Mark
from annotator.storage import entity_queries
from annotator.storage.project import Project

from ..describe.choices import in_words


def told_values(project: Project, codebook: Codebook | None, mark: Mark, named: Collection[str] = ()) -> list[str]:
    """The values in the order of the codebook, those of the fields in `named` with the field's name, and the links."""
    registry = entity_queries.registry(project)
    tag = codebook.tag(mark.tag) if codebook else None
    attributes = tag.attributes if tag else ()
    fields = {field.id: field.name for field in attributes}
    chosen = {field.id for field in attributes if "enum" in (field.type, field.of)}
    given = sameness(project).values(mark.attributes)
    told = []
    for name in [*(each for each in fields if each in given), *(each for each in given if each not in fields)]:
        entity = registry.main(given[name])
        value = entity.name if entity else _plain(given[name])
        value = in_words(value) if name in chosen else value
        bare = name not in named and given[name] not in ("true", "false")
        told.append(value if bare else f"{fields.get(name, name).lower()}: {value}")
    kinds = {kind.id: kind.label for kind in codebook.relations} if codebook else {}
    told += [f"→ {kinds.get(link.type, link.type).lower()}" for link in mark.links]
    return told


def _plain(value: str) -> str:
    """What is kept as JSON, in words: members of a list, yes and no, numbers."""
    try:
        found = json.loads(value)
    except ValueError:
        return value
    if isinstance(found, list):
        return ", ".join(str(each) for each in found)
    if isinstance(found, bool):
        return QCoreApplication.translate("Review", "yes") if found else QCoreApplication.translate("Review", "no")
    return value
