"""Writing a project, or chosen readings of it, to a file of another kind."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import Format, WriteOptions, chosen_settings
from annotator.formats.loss import losses, project_losses, readings_of
from annotator.formats.registry import by_name
from annotator.model.records import DocumentRecord
from annotator.operations.export_choice import Wanted, choice_of
from annotator.operations.export_records import Choice, Maker, People, people
from annotator.operations.loss_report import write_loss_report
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
    not_done: int = 0  # readings in it that nobody declared done
    untagged: int = 0  # documents in it without an annotation, as `foresee` counts them

    def as_json(self) -> dict[str, Any]:
        """The keys that `annotator export --json` prints."""
        return {
            "documents": self.documents,
            "annotations": self.annotations,
            "relations": self.relations,
            "files": [str(path) for path in self.files],
            "lost": self.lost,
            "not_done": self.not_done,
        }


def export(
    project: Project,
    dest: Path,
    *,
    format_name: str,
    coders: Sequence[str] | None = None,
    gold: bool = False,
    done: bool = False,
    wanted: Wanted | None = None,
    settings: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> ExportReport:
    """Write the project to `dest`; the files appear whole, or not at all. The same project gives the same bytes.

    Without a choice everything goes: every coder's readings and the gold ones. `coders` names whose readings are
    wanted, `gold` that the gold ones are, `done` that only those declared done are; documents without any such
    reading are then left out. `wanted` says the same, and more. `settings` are those of the format. What was lost
    stands in a file beside the export. Raises AnnotatorError for an unknown format or coder, when the format holds one
    reading a document and there are more, when the disk refuses, and Cancelled when `progress` does.
    """
    run = _Run(project, format_name, wanted or Wanted(tuple(coders or ()), gold, done), settings or {}, progress)
    if dest.exists() and project.path.exists() and dest.samefile(project.path):
        raise AnnotatorError(f"{dest} is the project itself: choose another name for the export.")
    assert run.kind.writes is not None
    written = run.kind.writes(run.records(), dest, run.beside, run.options)
    lost = run.all_lost()
    files = (*written.files, *write_loss_report(dest, run.kind.name, lost))
    return ExportReport(written.documents, written.annotations, written.relations, files, lost, run.maker.not_done)


def foresee(
    project: Project,
    *,
    format_name: str,
    coders: Sequence[str] | None = None,
    gold: bool = False,
    done: bool = False,
    wanted: Wanted | None = None,
    settings: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> ExportReport:
    """What `export` with the same choice would hold and lose; nothing is written. Raises as `export` does."""
    run = _Run(project, format_name, wanted or Wanted(tuple(coders or ()), gold, done), settings or {}, progress)
    documents = annotations = relations = untagged = 0
    for record in run.records():
        documents += 1
        untagged += not record.annotations
        annotations += len(record.annotations)
        relations += len(record.relations)
    return ExportReport(documents, annotations, relations, (), run.all_lost(), run.maker.not_done, untagged)


class _Run:
    """One export: what goes into it, and what of that the format loses, counted on the way."""

    def __init__(
        self, project: Project, format_name: str, wanted: Wanted, settings: Mapping[str, str], progress: Progress
    ) -> None:
        self.project, self.progress = project, progress
        self.kind = _writer(format_name)
        self.kind.refuse_missing()
        chosen = chosen_settings(self.kind.write_settings, settings, format_name)
        self.options = WriteOptions(chosen, project.meta("title") or "")
        known = people(project)
        choice = choice_of(project, known, wanted)
        self.maker = Maker(project, known, choice)
        self.beside = _project_records(project, known, choice)
        self._lost: Counter[str] = Counter()

    def records(self) -> Iterator[DocumentRecord]:
        """The records, once."""
        total = export_pages.document_count(self.project)
        for record in _told(self.maker.records(), total, self.progress):
            if self.kind.one_reading:
                _refuse_several(record, self.kind)
            self._lost.update(losses(record, self.kind.cannot_hold))
            if self.kind.loses is not None:
                self._lost.update({str(each): number for each, number in self.kind.loses(record, self.options).items()})
            yield record

    def all_lost(self) -> dict[str, int]:
        """What was lost once all records went by: reason → how many."""
        numbers = {name: len(rows) for name, rows in self.beside.items()}
        lost = Counter(self.maker.lost)
        lost.update(self._lost)
        lost.update(project_losses(numbers, self.kind.cannot_hold))
        if self.maker.people.renamed:
            lost["names that two coders share, told apart by a number"] = self.maker.people.renamed
        return {str(reason): number for reason, number in lost.items() if number}


def _refuse_several(record: DocumentRecord, kind: Format) -> None:
    """A format that holds one reading a document is not given one of several by chance."""
    names = [name if of == "own" else f"{name} (gold)" for name, of in readings_of(record)]
    if len(names) > 1:
        there = f"{len(names)} readings" if len(names) > 3 else "readings by " + " and ".join(names)
        title = record.title or record.source_name or "an article"
        raise AnnotatorError(
            f"{kind.label} holds one reading of each article, and “{title[:60]}” has {there}: "
            "choose --gold or --coder NAME."
        )


def _writer(name: str) -> Format:
    found = by_name(name)
    if found is None or found.writes is None:
        raise AnnotatorError(f"There is no format “{name}” that can be written; “annotator formats” lists them.")
    return found


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
