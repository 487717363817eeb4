"""spaCy's JSON: documents as `Doc.to_json` makes them; older pairs of a text and its entities are read too.

Neither direction needs spaCy.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import Format, ProjectRecords, ReadOptions, WriteOptions, Written
from annotator.formats.guards import json_file, json_lines
from annotator.formats.loss import Loss
from annotator.formats.report import Report
from annotator.formats.spacy_docs import CANNOT_HOLD, GROUP, Laid, Told, document, laid, loses
from annotator.formats.whole_file import whole_file
from annotator.model.records import DocumentRecord

_LINES = (".jsonl", ".ndjson")
_FIRST = re.compile(r'\s*\[?\s*\{\s*"text"\s*:')
_PAIR = re.compile(r'\s*(?:\[\s*)?\[\s*"(?:[^"\\]|\\.)*"\s*,\s*\{\s*"entities"\s*:\s*\[')


def detect(path: Path, head: bytes, /) -> bool:
    """Whether the first object has a text, and entities or groups of spans with labels; or is a pair."""
    if path.is_dir():
        return False
    text = head.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    if _PAIR.match(text):
        return True
    try:
        first = json.JSONDecoder().raw_decode(text.lstrip("[ \t\r\n"))[0]
    except (ValueError, RecursionError):  # longer than the head
        return _FIRST.match(text) is not None and re.search(r'"(?:ents": ?\[|spans": ?\{)', text) is not None
    return _is_doc(first)


def _is_doc(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return False
    return isinstance(value.get("ents"), list) or isinstance(value.get("spans"), dict)


# ---- reading


def read(path: Path, report: Report, _options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of a file: the entities, and the spans of every group."""
    for number, value in enumerate(_values(path, report), 1):
        where = f"{path.name}, document {number}"
        text, groups = _told(value)
        if text is None:
            report.refuse(where, "it has no text with entities or spans")
        else:
            yield document(text, groups, f"{path.stem}-{number}", where, report)


def _values(path: Path, report: Report) -> Iterator[Any]:
    if path.suffix.lower() in _LINES:
        yield from (value for _, value in json_lines(path, report))
        return
    value = json_file(path)
    if isinstance(value, dict) or _is_pair(value):
        yield value
    elif isinstance(value, list):
        yield from value
    else:
        raise AnnotatorError(f"Cannot read {path.name}: it is no list of documents.")


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict)


def _told(value: Any) -> tuple[str | None, list[list[Told]]]:
    """Text and groups of spans of a document of any of the forms; no text if it is none of them."""
    if _is_pair(value):
        return value[0], [_triples(value[1].get("entities"))]
    if not _is_doc(value):
        return None, []
    named = value.get("spans")
    return value["text"], [
        _objects(value.get("ents")),
        *(_objects(group) for group in (named.values() if isinstance(named, dict) else ())),
    ]


def _triples(entities: Any) -> list[Told]:
    held = entities if isinstance(entities, list) else []
    return [(each[0], each[1], str(each[2])) for each in held if isinstance(each, list) and len(each) > 2]


def _objects(spans: Any) -> list[Told]:
    held = spans if isinstance(spans, list) else []
    return [(each.get("start"), each.get("end"), str(each.get("label", ""))) for each in held if isinstance(each, dict)]


# ---- writing


def write(
    records: Iterable[DocumentRecord], destination: Path, _project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """A list with a line for each document; whole or not at all."""
    documents = annotations = 0
    with whole_file(destination) as file:
        file.write(b"[")
        for record in records:
            made = laid(record)
            file.write(b",\n" if documents else b"\n")
            file.write(json.dumps(_object(record.text, made), ensure_ascii=False).encode())
            documents += 1
            annotations += len(made.spans)
        file.write(b"\n]\n")
    return Written(documents, annotations, 0, (destination,))


def _object(text: str, made: Laid) -> dict[str, Any]:
    def place(start: int, end: int, tag: str) -> dict[str, Any]:
        return {"start": made.tokens[start].start, "end": made.tokens[end - 1].end, "label": tag, "kb_id": ""}

    return {
        "text": text,
        "ents": [place(each.start, each.end, each.tag) for each in made.entities()],
        "spans": {GROUP: [place(each.start, each.end, each.tag) for each in made.spans]},
        "tokens": [{"id": number, "start": start, "end": end} for number, (start, end) in enumerate(made.tokens)],
    }


SPACY_JSON = Format(
    name="spacy-json",
    label="spaCy JSON",
    patterns=("*.json", "*.jsonl"),
    description="Documents as spaCy’s Doc.to_json gives them and Doc.from_json takes them; one reading each.",
    verified_by=("spaCy",),
    detect=detect,
    reads=read,
    writes=write,
    loses=loses,
    may_lose=(Loss.OUTSIDE_TOKENS, Loss.TOKENS),
    cannot_hold=CANNOT_HOLD,
    one_reading=True,
)
