"""Bringing colleagues' files together: look first, then one step that can be undone.

Of each row the later form stays, whoever brings it, so files can come in any order and any number of times. The files
are only read, as checked copies; one that cannot be used keeps all of them out.
"""

from collections.abc import Sequence
from pathlib import Path

from annotator.model.changes import Changes
from annotator.operations.merge_preview import MergePreview
from annotator.operations.merge_report import report
from annotator.operations.merge_settling import Choices, settle
from annotator.operations.merge_sources import Refused, Source, rule_for, taken_in
from annotator.operations.merge_texts import Texts
from annotator.operations.merge_unknown import Unknowns
from annotator.operations.progress import Progress, silent
from annotator.operations.words import counted, shown
from annotator.storage import merge_queries, version_queries
from annotator.storage.batch import Batch
from annotator.storage.merge import Merging
from annotator.storage.project import Project

UNUSABLE = "cannot be brought in"  # where `Refused` stands for a whole file


def preview_merge(project: Project, paths: Sequence[Path], *, progress: Progress = silent) -> MergePreview:
    """What bringing in these files would do; nothing is written. Files that cannot be used stand in `refused`."""
    with taken_in(project, paths) as (sources, faults):
        unknown, texts = Unknowns.of(project, sources), Texts.of(project, sources)
        passes = _passes(project, sources, texts, None, progress)
        refused = [Refused(UNUSABLE, str(fault).rstrip(".")) for fault in faults]
        return report(project, [(source, each.merged) for source, each in passes], unknown, texts, refused)


def merge_files(
    project: Project,
    paths: Sequence[Path],
    choices: Choices = Choices(),  # noqa: B008 - immutable
    *,
    coder: int | None = None,
    progress: Progress = silent,
) -> tuple[Changes, MergePreview]:
    """Bring in project files and packages, as one step of `coder`; returns what came, in the form of the preview.

    Raises AnnotatorError if one of the files cannot be used, or a choice does not fit: then nothing comes in at all.
    """
    with taken_in(project, paths) as (sources, faults):
        if faults:
            raise faults[0]
        unknown, texts = Unknowns.of(project, sources), Texts.of(project, sources)
        versions = version_queries.versions(project)
        with Batch(project, kind="merge", coder=coder) as batch:
            passes = _passes(project, sources, texts, batch, progress)
            batch.end_slice()
            settle(batch, choices, versions[-1] if versions else None)
            found = report(project, [(source, each.merged) for source, each in passes], unknown, texts)
            touched = {own for source, each in passes for own in _touched(source, each)}
            step = batch.finish(_label(sources), documents=len(touched))
    if step is None:
        return Changes(f"Nothing new in {_names(sources)}", history=False, undoable=False), found
    said = f"Brought in {_names(sources)}: {found.said()}"
    return Changes(said, codebook=True, coders=True, entities=True, everything=True), found


def _passes(
    project: Project, sources: Sequence[Source], texts: Texts, batch: Batch | None, progress: Progress
) -> list[tuple[Source, Merging]]:
    total = sum(merge_queries.number_of_rows(source.project) for source in sources)
    done = 0

    def told(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, max(done, total))

    expected: dict[tuple[str, str], str] = {}
    passes = []
    for source in sources:
        rule, carry = rule_for(project, source), texts.carrier(source)
        work = Merging(project, source.project, batch, rule, expected, told, carry)
        work.run()
        passes.append((source, work))

    def comes_anew(key: int, own: str) -> bool:
        return ("annotation", own) in expected if batch is None else batch.planned_stamp("annotation", key) is not None

    texts.carry_ours(batch, comes_anew)
    return passes


def _touched(source: Source, work: Merging) -> set[str]:
    """Ids of the documents on which something came in."""
    places = merge_queries.places(source.project)
    return {
        places[reading].document for fate, _, reading in work.merged.by_reading if fate != "known" and reading in places
    }


def _names(sources: Sequence[Source]) -> str:
    return shown(sources[0].name, 60) if len(sources) == 1 else counted(len(sources), "file")


def _label(sources: Sequence[Source]) -> str:
    return f"Bring in {_names(sources)}"
