"""Writing a project, or chosen readings of it, to a file of another kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.parting import Parting
from annotator.operations.export_choice import Wanted
from annotator.operations.export_run import Run
from annotator.operations.loss_report import write_loss_report
from annotator.operations.progress import Progress, silent
from annotator.operations.recipes import Recipe
from annotator.operations.release import Release
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
    release: Release | None = None,
    parting: Parting | None = None,
    private_names: bool = False,
    progress: Progress = silent,
) -> ExportReport:
    """Write the project to `dest`; the files appear whole, or not at all. The same project gives the same bytes.

    Without a choice everything goes: every coder's readings and the gold ones. `coders` names whose readings are
    wanted, `gold` that the gold ones are, `done` that only those declared done are; documents without any such
    reading are then left out. `wanted` says the same, and more. `settings` are those of the format. A `release` takes
    only what is done, and nobody is known by it; `parting` parts the documents for training and testing. Private
    persons go under pseudonyms, unless `private_names`. What was lost stands in a file beside the export. Raises
    AnnotatorError for an unknown format or coder, when the format holds one reading a document and there are more,
    when the disk refuses, and Cancelled when `progress` does.
    """
    chosen = wanted or Wanted(tuple(coders or ()), gold, done)
    run = Run(project, Recipe(format_name, chosen, settings or {}, release, parting, private_names), progress)
    if dest.exists() and project.path.exists() and dest.samefile(project.path):
        raise AnnotatorError(f"{dest} is the project itself: choose another name for the export.")
    if not dest.absolute().parent.is_dir():
        raise AnnotatorError(f"Cannot write {dest}: there is no folder {dest.absolute().parent}.")
    assert run.kind.writes is not None
    written = run.kind.writes(run.records(), dest, run.beside, run.options)
    lost = run.all_lost()
    files = (*written.files, *write_loss_report(dest, run.kind.name, lost))
    return ExportReport(written.documents, written.annotations, written.relations, files, lost, run.maker.not_done)


def foresee(project: Project, recipe: Recipe, *, progress: Progress = silent) -> ExportReport:
    """What an export of this kind would hold and lose; nothing is written. Raises as `export` does."""
    run = Run(project, recipe, progress, looks_ahead=True)
    documents = annotations = relations = untagged = 0
    for record in run.records():
        documents += 1
        untagged += not record.annotations
        annotations += len(record.annotations)
        relations += len(record.relations)
    return ExportReport(documents, annotations, relations, (), run.all_lost(), run.maker.not_done, untagged)
