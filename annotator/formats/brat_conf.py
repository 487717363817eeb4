"""annotation.conf of a brat collection: which types there are, and, in a comment of our own, whose each folder is."""

from collections.abc import Iterable, Mapping
from json import dumps
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.guards import read_bytes
from annotator.formats.jsonl_lines import json_value
from annotator.model.codebook import Attribute, Codebook
from annotator.model.records import KINDS

CONF = "annotation.conf"
READINGS = "# readings: "
LIMIT = 8 * 1024 * 1024

Readings = Mapping[str, tuple[str, str]]  # folder → (coder, kind)


def readings_in(path: Path) -> Readings:
    """Whose reading lies in which folder, if an export of ours says so; else empty."""
    try:
        text = read_bytes(path, LIMIT).decode("utf-8", "replace") if path.is_file() else ""
    except AnnotatorError:
        return {}
    said = next((line for line in text.split("\n") if line.startswith(READINGS)), "")
    try:
        value = json_value(said.removeprefix(READINGS).encode()) if said else {}
    except AnnotatorError:
        return {}
    if not isinstance(value, dict):
        return {}
    return {folder: (pair[0], pair[1]) for folder, pair in value.items() if _is_pair(pair)}


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and pair[1] in KINDS


def conf(codebook: Codebook | None, tags: Iterable[str], links: Iterable[str], readings: Readings) -> str:
    """The file, for what the codebook knows and what was written beside."""
    known = [tag.id for tag in codebook.tags] if codebook else []
    relations = {each.id: each for each in codebook.relations} if codebook else {}
    every = [*known, *sorted(set(tags) - set(known))]
    lines = [f"{READINGS}{dumps(readings, ensure_ascii=False, sort_keys=True)}", "", "[entities]", *every, ""]
    lines += ["[relations]", "<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"]
    for name in [*relations, *sorted(set(links) - relations.keys())]:
        begins = relations[name].from_tags if name in relations else ("<ENTITY>",)
        leads = relations[name].to_tags if name in relations else ("<ENTITY>",)
        lines.append(f"{name} Arg1:{'|'.join(begins)}, Arg2:{'|'.join(leads)}")
    lines += ["", "[events]", "", "[attributes]", *_attributes(codebook), ""]
    return "\n".join(lines)


def _attributes(codebook: Codebook | None) -> list[str]:
    asked: dict[str, list[str]] = {}  # attribute → the tags that have it
    known: dict[str, Attribute] = {}
    for tag in codebook.tags if codebook else ():
        for each in tag.attributes:
            asked.setdefault(each.id, []).append(tag.id)
            known.setdefault(each.id, each)
    lines = []
    for name, tags in asked.items():
        values = [value for value in known[name].values if " " not in value and "|" not in value]
        lines.append(f"{name} Arg:{'|'.join(tags)}" + (f", Value:{'|'.join(values)}" if values else ""))
    return lines
