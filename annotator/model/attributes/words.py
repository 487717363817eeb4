"""Kinds of attributes whose values are words: text, category, enum, boolean, entity."""

from collections.abc import Mapping

from annotator.errors import AnnotatorError
from annotator.model.attributes.kind import Context, Kind, Value, as_text, quoted
from annotator.model.codebook import Attribute

LONGEST_TEXT = 10_000  # code points
LONGEST_CATEGORY = 200

_TRUTH: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "y", "1", "on", "ja", "j", "wahr", "oui", "o", "vrai"), True),
    **dict.fromkeys(("false", "no", "n", "0", "off", "nein", "falsch", "non", "faux"), False),
}


def _shown(value: Value, _: Attribute, __: Context) -> str:
    return str(value)


# ---- text


def _check_text(given: object, _: Attribute, __: Context) -> Value:
    text = as_text(given, "text")
    if len(text) > LONGEST_TEXT:
        raise AnnotatorError(f"The text has {len(text):,} characters; a value may have {LONGEST_TEXT:,}.")
    return text


TEXT = Kind("text", read=_check_text, check=_check_text, show=_shown)


# ---- category: a list of the project that grows by being used


def _read_category(given: str, attribute: Attribute, context: Context) -> Value:
    category = str(_check_category(given, attribute, context))
    alike = (known for known in context.categories if known.casefold() == category.casefold())
    return category if category in context.categories else next(alike, category)


def _check_category(given: object, _: Attribute, __: Context) -> Value:
    category = " ".join(as_text(given, "category").split())
    if len(category) > LONGEST_CATEGORY:
        raise AnnotatorError(f"A category may have {LONGEST_CATEGORY} characters, and this one has {len(category):,}.")
    return category


CATEGORY = Kind("category", read=_read_category, check=_check_category, show=_shown)


# ---- enum


def _read_enum(given: str, attribute: Attribute, context: Context) -> Value:
    if given not in attribute.values:
        alike = [value for value in attribute.values if _plain(value) == _plain(given)]
        given = alike[0] if len(alike) == 1 else given
    return _check_enum(given, attribute, context)


def _check_enum(given: object, attribute: Attribute, _: Context) -> Value:
    if not isinstance(given, str) or given not in attribute.values:
        raise AnnotatorError(f"{quoted(given)} is none of: {', '.join(attribute.values)}.")
    return given


def _plain(value: str) -> str:
    return " ".join(value.casefold().replace("_", " ").replace("-", " ").split())


ENUM = Kind("enum", read=_read_enum, check=_check_enum, show=_shown)


# ---- boolean


def _read_boolean(given: str, _: Attribute, __: Context) -> Value:
    found = _TRUTH.get(given.casefold())
    if found is None:
        raise AnnotatorError(f"{quoted(given)} is neither yes nor no.")
    return found


def _check_boolean(given: object, _: Attribute, __: Context) -> Value:
    if not isinstance(given, bool):
        raise AnnotatorError(f"{quoted(given)} is neither true nor false.")
    return given


BOOLEAN = Kind("boolean", read=_read_boolean, check=_check_boolean, show=lambda value, _, __: "yes" if value else "no")


# ---- entity: the id of an actor of the project


def _read_entity(given: str, attribute: Attribute, context: Context) -> Value:
    if context.entity_name is None or context.entity_name(given) is not None:
        return _check_entity(given, attribute, context)
    named = context.entities_named(given) if context.entities_named else ()
    if len(named) > 1:
        raise AnnotatorError(f"{len(named)} actors have the name {quoted(given)}: choose one of them.")
    if not named:
        raise AnnotatorError(f"The project has no actor {quoted(given)}.")
    return named[0]


def _check_entity(given: object, _: Attribute, context: Context) -> Value:
    entity = as_text(given, "id of an actor")
    if context.entity_name is not None and context.entity_name(entity) is None:
        raise AnnotatorError(f"The project has no actor with the id {quoted(given)}.")
    return entity


def _show_entity(value: Value, _: Attribute, context: Context) -> str:
    name = context.entity_name(str(value)) if context.entity_name else None
    return str(value) if name is None else name


ENTITY = Kind("entity", read=_read_entity, check=_check_entity, show=_show_entity)
