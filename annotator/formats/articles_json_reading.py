"""Reads articles out of JSON and JSON Lines; which key holds what goes by their names, as with columns of a table."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.columns import SETTINGS, Columns, article_of, chosen, guessed
from annotator.formats.format import ReadOptions
from annotator.formats.guards import first_bytes, json_file, json_lines
from annotator.formats.jsonl_fields import DOCUMENT
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord

__all__ = ["SETTINGS", "columns", "detect", "read"]

_SIZE = 256 * 1024 * 1024  # bytes of a file that is one JSON value
_LOOKED_AT = 50  # objects
_KEYS = 2_000
# Keys of annotated data: whoever has them is read by another format, or by none.
_ANNOTATED = frozenset(
    ("annotations", "readings", "relations", "spans", "label", "labels", "entities", "ents", "tokens", "cats", "data",
     "answer", "sentences", "@context", "predictions", "completions", "%types", "format", "offset_unit")
)  # fmt: skip
_OWN = frozenset(DOCUMENT)


def detect(_path: Path, head: bytes, /) -> bool:
    """Whether the first object has a text and no annotations, and is not in our own words."""
    keys = _first_keys(head)
    if keys is None or _ANNOTATED & keys:
        return False
    found = guessed(sorted(keys))
    return "text" in found and (found["text"] != "text" or any(name not in _OWN for name in found.values()))


def columns(path: Path, options: ReadOptions, /) -> Columns:
    """The keys of the articles and what each is taken for."""
    return _columns(path, [each for _, each in islice(_objects(path, Report()), _LOOKED_AT)], options)


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """An article for each object."""
    name = options.name or path.name
    found = columns(path, options)
    for place, each in _objects(path, report):
        made = article_of(each, found, f"{name}, {place}" if place else name, report, options.settings, name)
        if made is not None:
            yield made


def _columns(path: Path, few: list[Mapping[str, Any]], options: ReadOptions) -> Columns:
    names = dict.fromkeys(name for each in few for name in each)
    if not names:
        raise AnnotatorError(f"Cannot read {path.name}: it holds no articles.")
    if len(names) > _KEYS:
        raise AnnotatorError(f"Cannot read {path.name}: its objects have more than {_KEYS:,} keys.")
    return chosen(tuple(names), options.settings, path.name, few)


def _objects(path: Path, report: Report) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object with its place in the file."""
    if not _is_one_value(path):
        for number, value in json_lines(path, report):
            yield f"line {number}", value
        return
    whole = json_file(path, _SIZE)
    for number, value in enumerate(whole if isinstance(whole, list) else [whole], 1):
        if isinstance(value, dict):
            yield (f"article {number}" if isinstance(whole, list) else ""), value
        else:
            report.refuse(f"{path.name}, article {number}", "it is no object")


def _is_one_value(path: Path) -> bool:
    """Whether a file is a list, or one object over several lines, and not an object a line."""
    if path.suffix.lower() != ".json":
        return False
    head = first_bytes(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        first, end = json.JSONDecoder().raw_decode(head.decode(errors="replace"))
    except (ValueError, RecursionError):
        return True
    return not isinstance(first, dict) or not head.decode(errors="replace")[end:].lstrip().startswith("{")


def _first_keys(head: bytes) -> frozenset[str] | None:
    """The keys of the first object; for one that is longer than the head, those that can be seen."""
    text = head.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").lstrip("[ \t\r\n")
    if not text.startswith("{"):
        return None
    try:
        first = json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return frozenset(re.findall(r'[{,]\s*"([\w .-]{1,60})"\s*:', text)) if len(head) > 1024 else None
    return frozenset(first) if isinstance(first, dict) else None
