"""Writes W3C Web Annotation: `NAME.txt` with `NAME.jsonld`, a page whose items say tag, values, note and links."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent_encoded

from annotator.formats.file_names import FileNames
from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.json_text import encoded, spread
from annotator.formats.project_records import Values
from annotator.formats.web_annotation_terms import (
    CONTEXT,
    CONTEXT_LENGTH,
    FACTS,
    FLAG,
    LINK,
    NOTE,
    OWN,
    QUESTION,
    TAG,
    URN,
    VALUE,
)
from annotator.formats.whole_file import text_bytes, whole_folder
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, RelationRecord
from annotator.model.span import Span


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """A folder, whole or not at all. Several pieces of one annotation are several targets in one text."""
    names, values = FileNames(), Values(project)
    documents = annotations = relations = 0
    with whole_folder(destination) as folder:
        for record in records:
            name = names.of(record)
            page = _page(record, f"{name}.txt", values)
            (folder / f"{name}.txt").write_bytes(text_bytes(record.text))
            (folder / f"{name}.jsonld").write_bytes(page.encode())
            documents += 1
            annotations += len(record.annotations)
            relations += len(record.relations)
    return Written(documents, annotations, relations, (destination,))


def _page(record: DocumentRecord, file: str, values: Values) -> str:
    own = percent_encoded(file)
    facts = {key: value for name, key in FACTS.items() if (value := getattr(record, name))}
    names = {each.id or each.source_id: _name(each, place) for place, each in enumerate(record.annotations, 1)}
    items = [
        _annotation(each, _name(each, place), record.text, own, values)
        for place, each in enumerate(record.annotations, 1)
    ]
    items += [_link(link, place, names, values) for place, link in enumerate(record.relations, 1)]
    return spread(
        {
            "@context": encoded([CONTEXT, OWN]),
            "id": encoded(percent_encoded(file.removesuffix(".txt") + ".jsonld")),
            "type": encoded("AnnotationPage"),
            "annotator:text": encoded({"id": own, "type": "Text", "format": "text/plain", **facts}),
            "items": map(encoded, items),
        }
    )


def _name(each: AnnotationRecord, place: int) -> str:
    return f"{URN}{each.id}" if each.id else f"#a{place}"


def _annotation(each: AnnotationRecord, name: str, text: str, source: str, values: Values) -> dict[str, Any]:
    targets = [{"source": source, "selector": list(_selectors(text, piece))} for piece in each.spans]
    made: dict[str, Any] = {"id": name, "type": "Annotation", "motivation": TAG}
    if each.coder:
        made["creator"] = {"type": "Person", "name": each.coder}
    if each.kind == "gold":
        made["gold"] = True
    made["body"] = [_body(TAG, each.tag), *_said(each.attributes, values)]
    made["body"] += [_body(NOTE, each.note)] if each.note else []
    made["body"] += [_body(QUESTION, each.extra["question"])] if each.extra.get("question") else []
    made["body"] += [_body(FLAG, flag) for flag in each.flags]
    made["target"] = targets[0] if len(targets) == 1 else targets
    return made


def _selectors(text: str, piece: Span) -> Iterator[dict[str, Any]]:
    yield {"type": "TextPositionSelector", "start": piece.start, "end": piece.end}
    yield {
        "type": "TextQuoteSelector",
        "exact": text[piece.start : piece.end],
        "prefix": text[max(0, piece.start - CONTEXT_LENGTH) : piece.start],
        "suffix": text[piece.end : piece.end + CONTEXT_LENGTH],
    }


def _body(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _said(attributes: Json, values: Values) -> Iterator[dict[str, Any]]:
    """A body for each value; what is no text is written as JSON."""
    for name, entry in attributes.items():
        value = values.plain(entry)
        told = value if isinstance(value, str) else encoded(value)
        kind = {} if isinstance(value, str) else {"format": "application/json"}
        yield {**_body(VALUE, told), "attribute": name, **kind}


def _link(link: RelationRecord, place: int, names: dict[str | None, str], values: Values) -> dict[str, Any]:
    """A relation: a linking annotation whose two targets are annotations, the one it leaves first."""
    return {
        "id": f"{URN}{link.id}" if link.id else f"#l{place}",
        "type": "Annotation",
        "motivation": LINK,
        "body": [
            _body(TAG, link.type),
            *_said(link.attributes, values),
            *([_body(NOTE, link.note)] if link.note else []),
        ],
        "target": [names[link.source], names[link.target]],
    }
