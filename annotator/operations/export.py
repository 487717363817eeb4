"""Writing a project, or chosen readings of it, to a file of another kind."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.registry import Format, by_name
from annotator.model.records import DocumentRecord
from annotator.operations.export_records import Choice, Maker, People, people
from annotator.operations.progress import Progress, silent
from annotator.storage import export_pages
from annotator.storage.export_pages import Row
from annotator.storage.project import Project


@dataclass(frozen=True)
class ExportReport:
    """What an export holds, and what it could not hold: reason → how many."""

    documents: int
    annotations: int
    relations: int
    files: tuple[Path, ...]
    lost: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """The keys that `annotator export --json` prints."""
        return {
            "documents": self.documents,
            "annotations": self.annotations,
            "relations": self.relations,
            "files": [str(path) for path in self.files],
            "lost": self.lost,
        }


def export(
    project: Project,
    dest: Path,
    *,
    format_name: str,
    coders: Sequence[str] | None = None,
    gold: bool = False,
    done: bool = False,
    progress: Progress = silent,
) -> ExportReport:
    """Write the project to `dest`; the files appear whole, or not at all. The same project gives the same bytes.

    Without a choice everything goes: every coder's readings and the gold ones. `coders` names whose readings are
    wanted, `gold` that the gold ones are, `done` that only those declared done are; documents without any such
    reading are then left out. Raises AnnotatorError for an unknown format or coder, when the disk refuses, and
    Cancelled when `progress` does.
    """
    kind = _writer(format_name)
    if dest.exists() and project.path.exists() and dest.samefile(project.path):
        raise AnnotatorError(f"{dest} is the project itself: choose another name for the export.")
    known, maker = _maker(project, coders, gold, done)
    assert kind.writes is not None
    records = _told(maker.records(), export_pages.document_count(project), progress)
    written = kind.writes(records, dest, _project_records(project, known, maker.choice))
    return ExportReport(written.documents, written.annotations, written.relations, written.files, _lost(maker))


def foresee(
    project: Project,
    *,
    format_name: str,
    coders: Sequence[str] | None = None,
    gold: bool = False,
    done: bool = False,
    progress: Progress = silent,
) -> ExportReport:
    """What `export` with the same choice would hold and lose; nothing is written. Raises as `export` does."""
    _writer(format_name)
    _, maker = _maker(project, coders, gold, done)
    documents = annotations = relations = 0
    for record in _told(maker.records(), export_pages.document_count(project), progress):
        documents += 1
        annotations += len(record.annotations)
        relations += len(record.relations)
    return ExportReport(documents, annotations, relations, (), _lost(maker))


def _maker(project: Project, coders: Sequence[str] | None, gold: bool, done: bool) -> tuple[People, Maker]:
    known = people(project)
    return known, Maker(project, known, Choice(_keys(project, known, coders), gold, done))


def _lost(maker: Maker) -> dict[str, int]:
    lost = dict(maker.lost)
    if maker.people.renamed:
        lost["names that two coders share, told apart by a number"] = maker.people.renamed
    return lost


def _writer(name: str) -> Format:
    found = by_name(name)
    if found is None or found.writes is None:
        raise AnnotatorError(f"There is no format “{name}” that can be written; “annotator formats” lists them.")
    return found


def _keys(project: Project, known: People, names: Sequence[str] | None) -> frozenset[int] | None:
    if not names:
        return None
    by_name = {name: key for key, name in known.names.items()}
    for name in names:
        if name not in by_name:
            there = ", ".join(sorted(by_name)) or "nobody yet"
            raise AnnotatorError(f"{project.path.name} has no coder “{name}”; it has: {there}.")
    return frozenset(by_name[name] for name in names)


def _told(records: Iterator[DocumentRecord], total: int, progress: Progress) -> Iterator[DocumentRecord]:
    for done, record in enumerate(records, 1):
        yield record
        progress(done, max(done, total))


def _project_records(project: Project, known: People, choice: Choice) -> dict[str, list[dict[str, Any]]]:
    """What is not of one document, each kind in an order that is the same in every copy."""
    wanted = {known.main(key) for key in choice.coders} if choice.coders is not None else set(known.names)
    ids = {row["key"]: row["id"] for row in export_pages.coder_rows(project)}
    coders = [{"id": ids[key], "name": known.names[key]} for key in wanted]
    return {
        "codebook": _codebooks(export_pages.codebook_rows(project), export_pages.versions_in_use(project)),
        "coders": sorted(coders, key=lambda coder: (coder["name"], coder["id"])),
        "entities": [_entity(row) for row in export_pages.entity_rows(project)],
        "decisions": [
            {**row, "reviewer": known.names[known.main(row["reviewer"])], "content": json.loads(row["content"])}
            for row in export_pages.decision_rows(project)
        ]
        if choice.all or choice.gold
        else [],
    }


def _codebooks(rows: list[Row], used: set[str]) -> list[dict[str, Any]]:
    """The current version with all it came from, and what else is in use; the current one stands last."""
    by_id = {row["id"]: row for row in rows}
    wanted: set[str] = set()
    for start in [*sorted(used & by_id.keys()), *(row["id"] for row in rows[-1:])]:
        each: str | None = start
        while each is not None and each in by_id and each not in wanted:
            wanted.add(each)
            each = by_id[each]["parent"]
    kept = [row for row in rows if row["id"] in wanted]
    return [{**row, "content": json.loads(row["content"])} for row in kept]


def _entity(row: Row) -> dict[str, Any]:
    known = {**row, "aliases": json.loads(row["aliases"]), "country": json.loads(row["country"])}
    extra = json.loads(known.pop("extra"))
    return {**known, **{name: value for name, value in extra.items() if name not in known}}
