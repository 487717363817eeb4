"""Lists of values of any other kind. They are written with commas or semicolons between their members."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from annotator.errors import AnnotatorError
from annotator.model.attributes.kind import Context, Kind, Value, quoted
from annotator.model.codebook import Attribute

LONGEST = 1_000  # members
_COMMA_PARTS = frozenset({"enum", "country", "date", "boolean"})  # no such value holds a comma


def list_of(kinds: Mapping[str, Kind]) -> Kind:
    """The kind whose values are lists of the other kinds."""

    def member(attribute: Attribute) -> tuple[Kind, Attribute]:
        kind = attribute.of if attribute.of in kinds else "text"
        return kinds[kind], replace(attribute, type=kind, of="")

    def read(given: str, attribute: Attribute, context: Context) -> Value:
        kind, single = member(attribute)
        parting = "[,;\n]" if kind.id in _COMMA_PARTS else "[;\n]"
        parts = [part.strip() for part in re.split(parting, given)]
        return _collected([part for part in parts if part], lambda part: kind.read(str(part), single, context))

    def check(given: object, attribute: Attribute, context: Context) -> Value:
        if not isinstance(given, list | tuple):
            raise AnnotatorError(f"{quoted(given)} is no list.")
        kind, single = member(attribute)
        return _collected(list(given), lambda part: kind.check(part, single, context))

    def show(value: Value, attribute: Attribute, context: Context) -> str:
        assert isinstance(value, list)
        kind, single = member(attribute)
        return "; ".join(kind.show(each, single, context) for each in value)

    return Kind("list", read=read, check=check, show=show)


def _collected(parts: list[object] | list[str], one: Callable[[object], Value]) -> Value:
    """The members, each once, in their order."""
    if not parts:
        raise AnnotatorError("The list is empty.")
    if len(parts) > LONGEST:
        raise AnnotatorError(f"The list has {len(parts):,} members; it may have {LONGEST:,}.")
    found: list[Value] = []
    for part in parts:
        value = one(part)
        if value not in found:
            found.append(value)
    return found
