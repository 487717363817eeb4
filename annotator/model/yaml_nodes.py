"""A YAML text as a tree that remembers its lines.

Stricter than YAML: no aliases, no types of its own, no doubled keys, one document, 50 levels, 1 MB. Where YAML 1.1
guesses (NO is a boolean, 1.0 a number, 2022-01-10 a date), the source text of a value is kept beside the guess.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from annotator.model.nodes import Fields, Items, Node, NodeError, Scalar

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 50
_TOO_DEEP = f"lists and mappings lie more than {MAX_DEPTH} deep in each other"

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # about ten times faster where libyaml is there
_RESOLVER = yaml.resolver.Resolver()
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,299})(\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")


def parse_yaml(text: str) -> Node:
    """Read one YAML document. Raises NodeError with the line."""
    text = text.removeprefix("\ufeff")
    _check_characters(text)
    try:
        return _Builder().build(yaml.parse(text, _LOADER))
    except yaml.MarkedYAMLError as error:
        raise _in_words(error, text) from None
    except yaml.YAMLError:
        raise NodeError(0, "it is not valid YAML") from None


def _check_characters(text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise NodeError(line, "half of a surrogate pair stands alone, which is no character") from None
    if size > MAX_BYTES:
        raise NodeError(0, f"it has {size / 1e6:.1f} MB, and a codebook may have 1 MB")
    if strange := yaml.reader.Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        raise NodeError(line, f"a control character stands there (U+{ord(strange.group()):04X})")


class _Builder:
    """Puts the parser's events together, with a stack of its own: depth is counted, never felt."""

    def __init__(self) -> None:
        self._open: list[tuple[yaml.Event, list[Node]]] = []
        self._root: list[Node] = []

    def build(self, events: Iterator[yaml.Event]) -> Node:
        for event in events:
            self._check(event)
            if isinstance(event, yaml.ScalarEvent):
                self._add(_scalar(event))
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                self._open.append((event, []))
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self._close()
        if not self._root:
            raise NodeError(0, "there is nothing in it")
        return self._root[0]

    def _check(self, event: yaml.Event) -> None:
        line = _line(event)
        if isinstance(event, yaml.DocumentStartEvent) and self._root:
            raise NodeError(line, "a second document begins (---); a codebook is one document")
        if isinstance(event, yaml.AliasEvent):
            raise NodeError(line, f"it refers to *{event.anchor}; aliases are not read, write the value again")
        if not isinstance(event, yaml.NodeEvent):
            return
        if event.anchor:
            raise NodeError(line, f"it names a value &{event.anchor}; anchors are not read")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!", "tag:yaml.org,2002:str"):
            raise NodeError(
                line, f"it gives a value the type {tag.replace('tag:yaml.org,2002:', '!!')}, which is not read"
            )
        if len(self._open) >= MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
            raise NodeError(line, _TOO_DEEP)

    def _add(self, node: Node) -> None:
        (self._open[-1][1] if self._open else self._root).append(node)

    def _close(self) -> None:
        start, nodes = self._open.pop()
        line = _line(start)
        self._add(Items(tuple(nodes), line) if isinstance(start, yaml.SequenceStartEvent) else _fields(nodes, line))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _fields(nodes: list[Node], line: int) -> Fields:
    first: dict[str, int] = {}
    pairs = []
    for key, value in zip(nodes[::2], nodes[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise NodeError(key.line, "a list or a mapping stands where a key is expected")
        if key.text in first:
            raise NodeError(key.line, f"the key “{key.text}” stands twice, first in line {first[key.text]}")
        first[key.text] = key.line
        pairs.append((key, value))
    return Fields(tuple(pairs), line)


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    line = _line(event)
    if event.style or event.tag is not None:
        return Scalar(event.value, event.value, line)
    kind = _resolved(event.value)
    return Scalar(event.value, _reading(kind, event.value), line)


def _resolved(text: str) -> str:
    """What YAML 1.1 takes a bare word for: str, bool, int, float, null, timestamp, merge or value."""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # no stub
    return tag.rpartition(":")[2]


def _reading(kind: str, text: str) -> str | bool | int | float | None:
    """What YAML 1.1 takes a bare word for; numbers only as JSON writes them, everything else is its text."""
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    number = _NUMBER.fullmatch(text) if kind in ("int", "float") else None
    if number is None:
        return text
    return int(text) if kind == "int" else float(text)


_PROBLEMS = (
    ("nesting depth", _TOO_DEEP),  # what the parser in C says far past our own limit
    ("end of stream", "a quotation mark is opened and never closed"),
    ("mapping values are not allowed", "a colon stands where none can stand: put the text between quotes"),
    ("escape", "a backslash begins no known escape: put the text between single quotes"),
    ("'%'", "a line begins with %"),
    ("or ']'", "a comma or the closing bracket ] is missing"),
    ("or '}'", "a comma or the closing brace } is missing"),
)


def _in_words(error: yaml.MarkedYAMLError, text: str) -> NodeError:
    """One sentence for what the parser found; its two implementations word the same fault differently."""
    problem = str(error.problem)
    mark = error.problem_mark or error.context_mark
    if "end of stream" in problem and error.context_mark:
        mark = error.context_mark
    if mark is None:
        return NodeError(0, "it is not valid YAML")
    lines = text.splitlines()
    there = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in there[: len(there) - len(there.lstrip())]:
        reason = "a tab stands where only blanks may stand"
    elif "cannot start any token" in problem:
        sign = there[mark.column : mark.column + 1]
        reason = "a tab stands where only blanks may stand" if sign == "\t" else f"a value begins with {sign}: quote it"
    else:
        otherwise = "indentation, a colon or a bracket is wrong there or just before"
        reason = next((words for part, words in _PROBLEMS if part in problem), otherwise)
    return NodeError(mark.line + 1, reason)
