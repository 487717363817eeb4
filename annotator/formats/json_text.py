"""JSON that a person can look through, at the speed of the library: with `indent` it encodes in Python, slowly."""

from collections.abc import Iterable, Mapping
from json import JSONEncoder

encoded = JSONEncoder(ensure_ascii=False, check_circular=False).encode


def spread(fields: Mapping[str, str | Iterable[str]]) -> str:
    """An object with a line for each field, and for each member of a field that is a list; all are JSON already."""
    lines = [
        f"{encoded(name)}: {value if isinstance(value, str) else _listed(value)}" for name, value in fields.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _listed(members: Iterable[str]) -> str:
    lines = ",\n".join(members)
    return f"[\n{lines}\n]" if lines else "[]"
