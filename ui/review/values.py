"""What a reading says of an annotation besides its tag and its words: values and links, for people."""

import json

from PySide6.QtCore import QCoreApplication

from annotator.model.codebook import Codebook
from annotator.operations.reviewing import sameness
from annotator.review.readings import Mark
from annotator.storage import entity_queries
from annotator.storage.project import Project


def told_values(project: Project, codebook: Codebook | None, mark: Mark) -> list[str]:
    """ "polarity negative" and so on, in the order of the codebook; names for actors."""
    registry = entity_queries.registry(project)
    tag = codebook.tag(mark.tag) if codebook else None
    labels = {field.id: field.name for field in tag.attributes} if tag else {}
    told = []
    for name, value in sameness(project).values(mark.attributes).items():
        entity = registry.main(value)
        told.append(f"{labels.get(name, name).lower()} {entity.name if entity else _plain(value)}")
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
    return QCoreApplication.translate("Review", "yes" if found else "no") if isinstance(found, bool) else value
