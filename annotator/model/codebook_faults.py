"""What keeps a codebook that is being written from being used, with its place. The checks are those of the file."""

import re
from dataclasses import dataclass
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook, as_plain
from annotator.model.codebook_build import build_codebook
from annotator.model.nodes import Fields, Items, Node, NodeError, Scalar

Path = tuple[str | int, ...]  # keys and places from the codebook down: ("tags", 2, "keys", 0)

_OTHER_LINE = re.compile(r", first in line \d+")


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong. `path` leads to it in the layout of the file; empty where it is the whole."""

    path: Path
    sentence: str


def find_fault(codebook: Codebook) -> Fault | None:
    """What is wrong with a codebook, or None."""
    places: list[Path] = [()]
    try:
        build_codebook(_numbered(as_plain(codebook), (), places))
    except NodeError as fault:
        said = _OTHER_LINE.sub("", str(fault))
        return Fault(places[fault.line], f"{said[0].upper()}{said[1:]}.")
    return None


def refuse_faults(codebook: Codebook) -> None:
    """Raise AnnotatorError for a codebook that could not be read again from a file: with faults, or too long."""
    fault = find_fault(codebook)
    if fault is not None:
        raise AnnotatorError(fault.sentence)
    from annotator.model.codebook_yaml import dump_codebook, load_codebook  # YAML, which no window waits for

    load_codebook(dump_codebook(codebook), "The codebook")


def _numbered(value: Any, path: Path, places: list[Path]) -> Node:
    """The tree of plain values; in place of its line each node has the number of its path among `places`."""
    places.append(path)
    number = len(places) - 1
    if isinstance(value, dict):
        pairs = []
        for key, member in value.items():
            node = _numbered(member, (*path, str(key)), places)
            pairs.append((Scalar(str(key), str(key), node.line), node))
        return Fields(tuple(pairs), number)
    if isinstance(value, list | tuple):
        return Items(tuple(_numbered(member, (*path, at), places) for at, member in enumerate(value)), number)
    return Scalar("" if value is None else str(value), value, number)
