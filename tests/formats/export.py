"""Writes every format that is installed here, for other people's readers: python -m tests.formats.export FOLDER.

Beside the exports stand facts.json, what they must hold, from the documents themselves, and read.json: where in the
files of the corpora ($ANNOTATOR_CORPORA) our own readers find annotations, for others to find the same.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.cas_json import CAS_JSON
from annotator.formats.format import Format, ReadOptions
from annotator.formats.guards import first_bytes
from annotator.formats.registry import FORMATS
from annotator.formats.report import Report
from annotator.formats.xmi import XMI
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.span import Span, outer, quote
from annotator.operations.export import Wanted, export
from annotator.operations.import_records import import_records
from annotator.storage.project import Project
from tests.core.formats.full_document import ENTITIES, FULL, full_project, id_of, typed

SHARED = Path(os.environ.get("ANNOTATOR_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA", SHARED / "corpora"))
ANN = Wanted(coders=("Ann",))
TEXT = "Moscow said no.\nKyiv 😀 had asked for talks."


def annotation(number: int, tag: str, words: str, **values: Any) -> AnnotationRecord:
    start = TEXT.index(words)
    return AnnotationRecord(
        "Ann", tag, (Span(start, start + len(words)),), id=id_of(number), attributes=typed(**values)
    )


SIMPLE = DocumentRecord(  # nothing in it overlaps, or cuts a word
    text=TEXT,
    source_name="wire/simple.txt",
    readings=(ReadingRecord("Ann"),),
    annotations=(
        annotation(101, "actor", "Moscow"),
        annotation(102, "claim", "said no"),
        annotation(103, "actor", "Kyiv"),
        annotation(104, "demand", "asked for talks"),
    ),
    relations=(
        RelationRecord("source", id_of(102), id_of(101), id=id_of(110)),
        RelationRecord("source", id_of(104), id_of(103), id=id_of(111)),
    ),
)


def main() -> None:
    """Write what is not there yet."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "project.annotator"
    path.unlink(missing_ok=True)
    with full_project(path) as project:
        import_records(project, [SIMPLE], report=Report(), format_name="jsonl")
        for kind in FORMATS:
            write(project, kind, folder)
    (folder / "read.json").write_text(json.dumps(read_here()), encoding="utf-8")
    (folder / "facts.json").write_text(json.dumps([told(FULL), told(SIMPLE)], ensure_ascii=False), encoding="utf-8")


def write(project: Project, kind: Format, folder: Path) -> None:
    """One export: `FOLDER/NAME`, with the suffix of the format if it is a file; of Ann's readings if it holds one."""
    target = folder / (kind.name if kind.folder else f"{kind.name}{kind.patterns[0][1:]}")
    if kind.writes is None or not kind.installed or target.exists():
        return
    export(project, target, format_name=kind.name, wanted=ANN if kind.one_reading else Wanted())


def read_here() -> dict[str, list[list[int]]]:
    """File of a UIMA CAS with one text → start and end of each annotation, in order; what is refused is left out."""
    found = {}
    for kind in (XMI, CAS_JSON):
        for path in sorted(CORPORA.rglob(kind.patterns[0])) if kind.reads else ():
            if kind.detect(path, first_bytes(path)):
                with suppress(AnnotatorError):
                    (record,) = kind.reads(path, Report(), ReadOptions())
                    found[str(path)] = sorted(list(outer(each.spans)) for each in record.annotations)
    return found


def told(record: DocumentRecord) -> dict[str, Any]:
    """A document in plain JSON; offsets are code points, actors stand by their names."""
    names = {each["id"]: each["name"] for each in ENTITIES}
    by_id = {each.id: number for number, each in enumerate(record.annotations)}

    def values(attributes: Any) -> dict[str, Any]:
        plain = {name: entry["value"] for name, entry in attributes.items()}
        return {name: names.get(value, value) if isinstance(value, str) else value for name, value in plain.items()}

    return {
        "name": Path(record.source_name).stem,
        "text": record.text,
        "readings": [[each.coder, each.kind] for each in record.readings],
        "annotations": [
            {
                "coder": each.coder,
                "kind": each.kind,
                "tag": each.tag,
                "spans": [list(span) for span in each.spans],
                "quote": quote(record.text, each.spans),
                "attributes": values(each.attributes),
                "note": each.note,
            }
            for each in record.annotations
        ],
        "relations": [
            {"type": each.type, "source": by_id[each.source], "target": by_id[each.target], "note": each.note}
            for each in record.relations
        ],
    }


if __name__ == "__main__":
    main()
