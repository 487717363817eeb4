"""Values of attributes that a file brings: what is none of its kind is left out and reported, the rest is kept."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.attributes import BY, Context, check, parse
from annotator.model.codebook import Attribute
from annotator.model.field import PROPOSED
from annotator.operations.words import shown

_LEFT_OUT = "; the value was left out"


def fitting_values(
    given: Mapping[str, Any], asked: Sequence[Attribute], context: Context, where: str, report: Report
) -> dict[str, Any]:
    """The attributes (id → {value, by}) that fit the codebook. Those that it does not ask for are kept as they came.

    An actor may also be named, if only one has just this name. `where` is the place of the annotation or relation.
    """
    known = {attribute.id: attribute for attribute in asked}
    kept: dict[str, Any] = {}
    for name, entry in given.items():
        here = f"{where}, {name}"
        attribute = known.get(name)
        try:
            _refuse_what_is_no_number(entry)
            if attribute is None or not isinstance(entry, Mapping):
                kept[name] = entry
            elif entry.get("value") is not None:
                kept[name] = {
                    **entry,
                    "value": _read(entry["value"], attribute, context),
                    "by": _by(entry, here, report),
                }
        except AnnotatorError as fault:
            said = str(fault).rstrip(".")
            report.refuse(here, said + _LEFT_OUT)
    return kept


def _read(value: object, attribute: Attribute, context: Context) -> Any:
    if attribute.type == "entity" and context.entity_name is not None and isinstance(value, str):
        return parse(value, attribute, context)  # by its id, or by its name
    return check(value, attribute, context)


def _by(entry: Mapping[str, Any], where: str, report: Report) -> str:
    """Who the value is from. Nobody is taken for a person who is not said to be one."""
    given = entry.get("by", "typed")
    if given in BY:
        return str(given)
    report.repair(where, f"its origin {shown(str(given))} is none of {', '.join(BY)}; it counts as proposed")
    return PROPOSED


def _refuse_what_is_no_number(value: Any) -> None:
    """Raises AnnotatorError for what JSON cannot hold: such a value would make the whole row unreadable."""
    if isinstance(value, float) and not math.isfinite(value):
        raise AnnotatorError("NaN is no number." if math.isnan(value) else "The number is too large.")
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            _refuse_what_is_no_number(each)
