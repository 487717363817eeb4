"""Attributes: the kinds of values that a codebook can ask for, as an explicit list.

A new kind is one module and one line here (and its name in the codebook's list of kinds, which reads files).
"""

from collections.abc import Mapping

from annotator.errors import AnnotatorError
from annotator.model.attributes.countries import COUNTRY
from annotator.model.attributes.dates import DATE
from annotator.model.attributes.kind import BY, NOWHERE, Context, Kind, Value
from annotator.model.attributes.lists import list_of
from annotator.model.attributes.numbers import NUMBER
from annotator.model.attributes.words import BOOLEAN, CATEGORY, ENTITY, ENUM, TEXT
from annotator.model.codebook import Attribute

SINGLE_KINDS = (ENUM, CATEGORY, ENTITY, NUMBER, BOOLEAN, TEXT, DATE, COUNTRY)
ATTRIBUTE_KINDS = (*SINGLE_KINDS, list_of({kind.id: kind for kind in SINGLE_KINDS}))

_BY_ID: Mapping[str, Kind] = {kind.id: kind for kind in ATTRIBUTE_KINDS}

__all__ = ["ATTRIBUTE_KINDS", "BY", "NOWHERE", "Context", "Kind", "Value", "check", "kind_of", "parse", "show"]


def kind_of(attribute: Attribute) -> Kind:
    """The kind of an attribute; text for a kind that this program does not know."""
    return _BY_ID.get(attribute.type, _BY_ID["text"])


def parse(given: object, attribute: Attribute, context: Context = NOWHERE) -> Value:
    """The value that a person means: text is read, anything else must be a value of the kind already.

    Raises AnnotatorError with one sentence that says what is wrong.
    """
    kind = kind_of(attribute)
    if not isinstance(given, str):
        return kind.check(given, attribute, context)
    if not given.strip():
        raise AnnotatorError("Nothing is written there.")
    return kind.check(kind.read(given.strip(), attribute, context), attribute, context)


def check(value: object, attribute: Attribute, context: Context = NOWHERE) -> Value:
    """The value as it is stored, if it is one of this kind. Raises AnnotatorError with one sentence otherwise."""
    return kind_of(attribute).check(value, attribute, context)


def show(value: Value, attribute: Attribute, context: Context = NOWHERE) -> str:
    """The value as people read and write it: parsing it gives the same value."""
    return kind_of(attribute).show(value, attribute, context)
