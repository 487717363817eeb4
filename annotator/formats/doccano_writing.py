"""Writes doccano JSONL as its relation projects take it; its span projects do with `entities` as label column."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.whole_file import whole_file
from annotator.model.records import DocumentRecord
from annotator.model.span import outer

FACTS = ("title", "outlet", "date", "url", "language", "rights")
"""What doccano keeps as metadata of an article. Every line has all of them: a key that one of a thousand lines lacks
makes its import fail."""


def write(
    records: Iterable[DocumentRecord], destination: Path, _project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """Write a line for each document; ids are numbered through the file, as doccano's are numbers."""
    documents = annotations = relations = 0
    with whole_file(destination) as file:
        for record in records:
            documents += 1
            ids = {each.id or each.source_id: annotations + place for place, each in enumerate(record.annotations, 1)}
            entities = _entities(record, annotations)
            annotations += len(entities)
            line = {"id": documents, "text": record.text, **_facts(record), "entities": entities}
            links = [link for link in record.relations if link.source in ids and link.target in ids]
            line["relations"] = [
                {"id": relations + place, "from_id": ids[link.source], "to_id": ids[link.target], "type": link.type}
                for place, link in enumerate(links, 1)
            ]
            relations += len(links)
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    return Written(documents, annotations, relations, (destination,))


def _facts(record: DocumentRecord) -> dict[str, str]:
    return {name: getattr(record, name) for name in FACTS}


def _entities(record: DocumentRecord, before: int) -> list[dict[str, Any]]:
    made = []
    for own, each in enumerate(record.annotations, before + 1):
        whole = outer(each.spans)
        made.append({"id": own, "label": each.tag, "start_offset": whole.start, "end_offset": whole.end})
    return made
