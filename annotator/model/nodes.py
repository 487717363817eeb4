"""A tree of values that remembers the lines where they stand, and the text of a value beside what it is read as."""

from dataclasses import dataclass
from typing import Any

from annotator.errors import AnnotatorError


class NodeError(AnnotatorError):
    """A fault in the text. `line` counts from 1; 0 where the source has no lines."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True)
class Scalar:
    """One value. `text` is how it stands in the source, `value` how it is read: text, number, truth value or None."""

    text: str
    value: str | bool | int | float | None
    line: int = 0


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    line: int = 0


@dataclass(frozen=True)
class Fields:
    """A mapping; no key stands in it twice."""

    fields: tuple[tuple[Scalar, "Node"], ...]
    line: int = 0


Node = Scalar | Items | Fields


def plain_nodes(value: Any) -> Node:
    """The same tree from values that JSON can hold."""
    if isinstance(value, dict):
        return Fields(tuple((Scalar(str(key), str(key)), plain_nodes(member)) for key, member in value.items()))
    if isinstance(value, list | tuple):
        return Items(tuple(plain_nodes(member) for member in value))
    return Scalar("" if value is None else str(value), value)


def plain_value(node: Node) -> Any:
    """What the tree says, as dicts, lists and scalars. Raises NodeError for a bare yes, no, on or off."""
    match node:
        case Fields(fields):
            return {name_of(key): plain_value(member) for key, member in fields}
        case Items(items):
            return [plain_value(member) for member in items]
        case Scalar(text, bool() as value) if text.lower() not in ("true", "false"):
            raise NodeError(node.line, bare_word(text, "a truth value" if value is not None else "nothing"))
        case Scalar():
            return node.value


def name_of(key: Scalar) -> str:
    """The text of a mapping's key. Raises NodeError for a key that YAML reads as a truth value or as nothing."""
    if isinstance(key.value, bool):
        raise NodeError(key.line, bare_word(key.text, "a truth value"))
    if key.value is None:
        raise NodeError(key.line, bare_word(key.text, "nothing") if key.text else "a key is empty")
    return key.text


def bare_word(text: str, read_as: str) -> str:
    """The advice for a word that YAML takes for something else than text."""
    return f"YAML reads {text} without quotes as {read_as}: write '{text}'"
