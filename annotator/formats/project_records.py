"""What a writer asks of the project records that go along with an export."""

import json
from collections.abc import Mapping
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import ProjectRecords
from annotator.model.codebook import Codebook
from annotator.model.codebook_json import codebook_from_json


def codebook_of(project: ProjectRecords) -> Codebook | None:
    """The current codebook of the project; None if there is none, or it cannot be read."""
    versions = project.get("codebook", ())
    content = versions[-1].get("content") if versions else None
    if not isinstance(content, Mapping):
        return None
    try:
        return codebook_from_json(json.dumps(content), "codebook")
    except AnnotatorError:
        return None


def entity_names(project: ProjectRecords) -> dict[str, str]:
    """Id of each entity → the name of what it stands for, merged ones resolved."""
    rows = {str(row["id"]): row for row in project.get("entities", ()) if row.get("id")}
    names = {}
    for own, row in rows.items():
        passed = {own}
        while (same := row.get("same_as")) in rows and same not in passed:
            passed.add(str(same))
            row = rows[str(same)]
        names[own] = str(row.get("name", ""))
    return names


def value_of(entry: Any) -> Any:
    """The bare value of an attribute, with or without its origin."""
    return entry.get("value") if isinstance(entry, Mapping) else entry


class Values:
    """Attribute values as other programs take them: actors by name instead of by id."""

    def __init__(self, project: ProjectRecords) -> None:
        self._names = entity_names(project)

    def plain(self, entry: Any) -> Any:
        """The bare value; the id of an actor, alone or in a list, becomes its name."""
        value = value_of(entry)
        if isinstance(value, list):
            return [self._named(each) for each in value]
        return self._named(value)

    def _named(self, value: Any) -> Any:
        return self._names.get(value, value) if isinstance(value, str) else value
