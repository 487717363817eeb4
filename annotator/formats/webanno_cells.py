"""The cells of WebAnno TSV 3: what stands in a line for a word, escaped, stacked and numbered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.formats.uima_layers import short

NOTHING = "_"  # no annotation
EMPTY = "*"  # an annotation without a value

_ESCAPED = re.compile(r"\\(->|[\\\[\]|_;tn*])")
_SPECIAL = re.compile(r"->|[\\\[\]|_;\t\n*]")
_NUMBERED = re.compile(r"(.*?)\[(\d{1,9}(?:_\d{1,9})?)\]", re.DOTALL)
_CHAINED = re.compile(r"(.*?)(?<!\\)->(\d{1,9}-\d{1,9})", re.DOTALL)
_TEXT = re.compile(r"\\(.)", re.DOTALL)
_TEXT_JAVA = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_TEXT_SIGNS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_TEXT_SPECIAL = re.compile(r"[\x00-\x08\x0e-\x1f\t\n\f\r\\]")
_TEXT_WRITTEN = {value: f"\\{sign}" for sign, value in _TEXT_SIGNS.items()}


def escaped(value: str) -> str:
    """A value as it stands in a cell."""
    return _SPECIAL.sub(lambda found: {"\t": "\\t", "\n": "\\n"}.get(found[0], f"\\{found[0]}"), value)


def unescaped(cell: str) -> str:
    """The value that a cell holds."""
    return _ESCAPED.sub(lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), cell)


def escaped_text(line: str) -> str:
    """A line of text as it stands behind `#Text=`."""
    return _TEXT_SPECIAL.sub(lambda found: _TEXT_WRITTEN.get(found[0], f"\\{found[0]}"), line)


def unescaped_text(line: str, version: int) -> str:
    """The line of text; up to version 3.1 (`version` 1) it is written as in Java."""
    if "\\" not in line:
        return line
    if version <= 1:
        return _TEXT_JAVA.sub(
            lambda found: chr(int(found[1], 16)) if found[1] else _TEXT_SIGNS.get(found[2], found[2]), line
        )
    return _TEXT.sub(lambda found: _TEXT_SIGNS.get(found[1], found[1]), line)


def stacked(cell: str) -> list[str]:
    """The values of several annotations on one word."""
    return _split(cell, "|")


def slots(value: str) -> list[str]:
    """The several ends of one annotation."""
    return _split(value, ";")


def _split(cell: str, sign: str) -> list[str]:
    """The parts of a cell between signs that are not escaped."""
    if sign not in cell:
        return [cell]
    parts: list[str] = []
    kept: list[str] = []
    escapes = False
    for character in cell:
        if character == sign and not escapes:
            parts.append("".join(kept))
            kept = []
        else:
            kept.append(character)
        escapes = character == "\\" and not escapes
    return [*parts, "".join(kept)]


def numbered(value: str) -> tuple[str, str]:
    """A value and the number behind it in brackets, if there is one."""
    found = _NUMBERED.fullmatch(value) if value.endswith("]") else None
    return (found[1], found[2]) if found else (value, "")


def chained(value: str) -> tuple[str, str]:
    """The type of a link and the place in its chain: “chain-element”."""
    found = _CHAINED.fullmatch(value)
    return (found[1], found[2]) if found else (value, "")


@dataclass
class Layer:
    """A layer that the head of a file declares: its features, each with its column."""

    kind: str  # SP, RL or CH
    type: str
    base: str = ""  # of relations, the layer of their ends
    columns: list[tuple[int, str]] = field(default_factory=list)  # column, feature; "" where nothing is said of it
    ends: int = -1  # of relations, the column of their ends
    slots: list[tuple[int, str]] = field(default_factory=list)  # column of the roles, feature; the ends stand behind
    targets: dict[int, str] = field(default_factory=dict)  # column of the ends of a slot → their layer


def layer_of(line: str, first: int) -> tuple[Layer, int]:
    """The layer of a line `#T_SP=…` whose columns begin with `first`, and the column behind them."""
    type_name, *names = line[len("#T_SP=") :].split("|")
    layer = Layer(line[3:5], type_name)
    column = first
    for column, name in enumerate(names, first):
        if layer.kind == "SP" and name.startswith("ROLE_"):
            feature = name.partition(":")[2].partition("_")[0] or short(name)
            layer.slots.append((column, feature))
        elif layer.kind == "SP" and layer.slots and layer.slots[-1][0] == column - 1:
            layer.targets[column] = name
        elif layer.kind == "RL" and name.startswith("BT_"):
            layer.ends, layer.base = column, name[3:]
        else:
            layer.columns.append((column, name))
    if not names:
        layer.columns.append((first, ""))
    return layer, column + 1


def header_lines(layers: list[tuple[str, str, list[str]]]) -> Iterator[str]:
    """The lines that declare layers: kind, type, columns."""
    for kind, type_name, columns in layers:
        yield "|".join([f"#T_{kind}={type_name}", *columns])
