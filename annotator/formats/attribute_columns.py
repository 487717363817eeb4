"""Attributes as columns of tables: one for each attribute that the codebook asks for, whatever tag it belongs to."""

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.formats.format import ProjectRecords
from annotator.formats.project_records import Values, codebook_of
from annotator.model.codebook import Attribute
from annotator.model.records import Json

TEXT, NUMBER, BOOLEAN, TEXTS = "text", "number", "boolean", "texts"  # what the cells of a column hold
_OF = {"number": NUMBER, "boolean": BOOLEAN, "list": TEXTS}


class AttributeColumns:
    """The columns for the attributes of a project's annotations, and of its relations; `taken` are names of others.

    An attribute that two tags have in common has one column. A column is of text unless all its attributes are
    numbers, all yes or no, or all lists.
    """

    def __init__(self, project: ProjectRecords, taken: Iterable[str] = (), *, relations: bool = False) -> None:
        codebook = codebook_of(project)
        owners = (codebook.relations if relations else codebook.tags) if codebook else ()
        self.kinds: dict[str, str] = {}  # by attribute
        for attribute in (each for owner in owners for each in owner.attributes):
            kind = _kind(attribute)
            known = self.kinds.setdefault(attribute.id, kind)
            self.kinds[attribute.id] = kind if kind == known else TEXT
        used = set(taken)
        self.names = {name: f"attribute_{name}" if name in used else name for name in self.kinds}  # of the columns
        self._values = Values(project)

    def cells(self, attributes: Json) -> tuple[dict[str, Any], dict[str, Any]]:
        """The bare values by attribute, actors by name; and those that have no column or do not fit theirs."""
        held: dict[str, Any] = {}
        others: dict[str, Any] = {}
        for name, entry in attributes.items():
            value = self._values.plain(entry)
            fits = name in self.kinds and _fits(value, self.kinds[name])
            (held if fits else others)[name] = value
        return held, others


def origins(attributes: Json, origin: str) -> list[str]:
    """The attributes whose value was `confirmed` or only `proposed`; all others were typed."""
    return [
        name for name, entry in attributes.items() if isinstance(entry, Mapping) and entry.get("by", "typed") == origin
    ]


def _kind(attribute: Attribute) -> str:
    return _OF.get(attribute.type, TEXT)


def _fits(value: Any, kind: str) -> bool:
    if kind == NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == BOOLEAN:
        return isinstance(value, bool)
    if kind == TEXTS:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, str)
