"""Takes known keys out of a mapping of the codebook file, each as the kind it must be, with the line of every fault."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from annotator.model.nodes import Fields, Items, Node, NodeError, Scalar, bare_word, name_of, plain_value


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T")
N = TypeVar("N", bound=_Named)

_ID = re.compile(r"\w[\w.-]{0,99}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Taken:
    """A mapping whose known keys are taken out one by one; `rest` is what nobody asked for."""

    def __init__(self, node: Node, what: str) -> None:
        """`what` names the mapping in messages, as “the tag”."""
        if not isinstance(node, Fields):
            raise NodeError(node.line, f"{what} must be a mapping (lines of “key: value”)")
        self.line = node.line
        self.what = what
        self._left = {name_of(key): (key, value) for key, value in node.fields}

    def line_of(self, key: str) -> int:
        """The line of a key not yet taken, else of the mapping."""
        return self._left[key][0].line if key in self._left else self.line

    def named(self, name: str) -> None:
        """From here on messages name the thing by its id."""
        self.what = f"{self.what} “{name}”"

    def has(self, key: str) -> bool:
        """Whether the key stands there and was not taken yet."""
        return key in self._left

    def node(self, key: str) -> Node | None:
        """The value of a key, which is taken by that; None if it is missing."""
        pair = self._left.pop(key, None)
        return pair[1] if pair else None

    def need(self, key: str) -> Node:
        """As `node`. Raises NodeError if the key is missing."""
        node = self.node(key)
        if node is None:
            raise NodeError(self.line, f"{self.what} has no “{key}”")
        return node

    def text(self, key: str, default: str = "") -> str:
        """A text; an empty value reads as no text."""
        node = self.node(key)
        if node is None or (isinstance(node, Scalar) and node.value is None and not node.text):
            return default
        return as_text(node, f"“{key}” of {self.what}")

    def needed_text(self, key: str) -> str:
        """A text that must be there and not be empty."""
        line = self.line_of(key)
        node = self.need(key)
        text = "" if isinstance(node, Scalar) and node.value is None else as_text(node, f"“{key}” of {self.what}")
        if not text.strip():
            raise NodeError(line, f"“{key}” of {self.what} is empty")
        return text

    def id(self, key: str = "id") -> str:
        """A name that never changes: letters, digits, _ . and -, at most 100."""
        line = self.line_of(key)
        text = self.needed_text(key)
        if not _ID.fullmatch(text):
            raise NodeError(line, f"the {key} “{text}” may have only letters, digits, _, - and ., at most 100 of them")
        return text

    def choice(self, key: str, known: Sequence[str], default: str) -> str:
        """One of the known words."""
        line = self.line_of(key)
        text = self.text(key, default)
        if text not in known:
            raise NodeError(line, f"“{key}” of {self.what} is “{text}”; known are {listed(known)}")
        return text

    def colour(self, key: str) -> str:
        """A colour as #rrggbb."""
        line = self.line_of(key)
        node = self.need(key)
        if isinstance(node, Scalar) and node.value is None:
            raise NodeError(line, f"the colour “{key}” is empty: quote it ('#123ea5'), since # begins a comment")
        text = as_text(node, f"the colour “{key}”")
        if not _COLOUR.fullmatch(text):
            raise NodeError(line, f"the colour “{key}” is “{text}”; a colour is written '#rrggbb', as '#123ea5'")
        return text.lower()

    def flag(self, key: str, default: bool) -> bool:
        """A truth value; here a bare yes or no means what it says."""
        node = self.node(key)
        if node is None:
            return default
        if not isinstance(node, Scalar) or not isinstance(node.value, bool):
            raise NodeError(node.line, f"“{key}” of {self.what} must be true or false")
        return node.value

    def count(self, key: str) -> int | None:
        """A whole number from 1, or nothing."""
        node = self.node(key)
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return None
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise NodeError(node.line, f"“{key}” of {self.what} must be a whole number from 1, or null")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none empty, none twice."""
        return tuple(text for text, _ in self.texts_with_lines(key))

    def texts_with_lines(self, key: str) -> list[tuple[str, int]]:
        """As `texts`, each with its line."""
        found: list[tuple[str, int]] = []
        for node in self.nodes(key):
            text = as_text(node, f"a member of “{key}” of {self.what}")
            if not text.strip():
                raise NodeError(node.line, f"a member of “{key}” of {self.what} is empty")
            if any(text == earlier for earlier, _ in found):
                raise NodeError(node.line, f"“{text}” stands twice in “{key}” of {self.what}")
            found.append((text, node.line))
        return found

    def nodes(self, key: str) -> tuple[Node, ...]:
        """The members of a list; a missing or empty value has none."""
        node = self.node(key)
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return ()
        if not isinstance(node, Items):
            raise NodeError(node.line, f"“{key}” of {self.what} must be a list")
        return node.items

    def records(self, key: str, build: Callable[[Node], T]) -> tuple[T, ...]:
        """The members of a list, each built by a function."""
        return tuple(build(node) for node in self.nodes(key))

    def records_by_id(self, key: str, build: Callable[[Node], N]) -> tuple[N, ...]:
        """As `records`, for things with an id. Raises NodeError where an id stands twice."""
        found: list[N] = []
        for node in self.nodes(key):
            record = build(node)
            if any(record.id == earlier.id for earlier in found):
                raise NodeError(node.line, f"the id “{record.id}” stands twice in “{key}” of {self.what}")
            found.append(record)
        return tuple(found)

    def rest(self) -> dict[str, Any]:
        """What no one took, as plain values, to be kept."""
        return {name: plain_value(value) for name, (_, value) in self._left.items()}


def as_text(node: Node, what: str) -> str:
    """The text as it stands in the file, also where YAML would see a number or a date. Raises for NO, yes, null."""
    if not isinstance(node, Scalar):
        raise NodeError(node.line, f"{what} must be text")
    if isinstance(node.value, bool):
        raise NodeError(node.line, f"{what} must be text, but {bare_word(node.text, 'a truth value')}")
    if node.value is None:
        reason = bare_word(node.text, "nothing") if node.text else "it is empty"
        raise NodeError(node.line, f"{what} must be text, but {reason}")
    return node.text


def listed(words: Sequence[str]) -> str:
    """The words as a list within a sentence: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
