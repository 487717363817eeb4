"""The form of one annotation as data: its fields in order, what stands in each, and where the pass stops."""

from collections.abc import Mapping
from typing import Any

from annotator.model.attributes.kind import Value
from annotator.model.codebook import Attribute
from annotator.model.codebook_check import LETTERS
from annotator.model.field import PROPOSED, Field
from annotator.model.folding import fold

_OF_THE_FORM = frozenset("x")  # clears the field, so it is no value's letter
_LETTERS = "abcdefghijklmnopqrstuvwyz"
_DIGITS = "123456789"


def fields(
    attributes: tuple[Attribute, ...], values: Mapping[str, Any], proposals: Mapping[str, Value]
) -> tuple[Field, ...]:
    """All fields of an annotation: what is stored, else what is proposed. `values` maps id → {value, by}."""
    made = []
    for attribute in attributes:
        keys = letters(attribute)
        stored = entry(values, attribute.id)
        if stored is not None:
            made.append(Field(attribute, stored["value"], str(stored.get("by", "typed")), keys))
        elif attribute.id in proposals:
            made.append(Field(attribute, proposals[attribute.id], PROPOSED, keys))
        else:
            made.append(Field(attribute, letters=keys))
    return tuple(made)


def entry(values: Mapping[str, Any], attribute_id: str) -> Mapping[str, Any] | None:
    """What is stored of an attribute as {value, by}, whatever a file from elsewhere may hold in its place."""
    found = values.get(attribute_id)
    return found if isinstance(found, Mapping) and found.get("value") is not None else None


def is_human(values: Mapping[str, Any], attribute_id: str) -> bool:
    """Whether a person typed or confirmed a value of this attribute."""
    found = entry(values, attribute_id)
    return found is not None and found.get("by", "typed") != PROPOSED


def letters(attribute: Attribute) -> dict[str, str]:
    """Value → key: those that the codebook gives, else the first letter still free, then digits; then none.

    For an enum, or a list of its values.
    """
    if "enum" not in (attribute.type, attribute.of if attribute.type == "list" else ""):
        return {}
    taken: dict[str, str] = {}
    given = attribute.extra.get(LETTERS)
    if isinstance(given, Mapping):
        for value in attribute.values:
            key = str(given.get(value, "")).lower()
            if len(key) == 1 and key in _LETTERS + _DIGITS and key not in taken.values():
                taken[value] = key
    for value in attribute.values:
        if value not in taken:
            free = (key for key in (*fold(value), *_DIGITS) if key in _LETTERS + _DIGITS and key not in taken.values())
            key = next(free, "")
            if key and key not in _OF_THE_FORM:
                taken[value] = key
    return {value: taken[value] for value in attribute.values if value in taken}
