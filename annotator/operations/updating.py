"""A newer package in a coder's file: new articles, a new codebook, answers and corrections come in; nothing goes."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.merge_sources import Source, taken_in
from annotator.operations.merging import merge_files
from annotator.operations.progress import Progress, silent
from annotator.operations.words import counted
from annotator.review.decisions import MESSAGE
from annotator.storage import version_queries
from annotator.storage.merge import NEW, NEWER, Coming, Merging, Values
from annotator.storage.project import Project

_CORRECTION = "correction"  # a decision that did not take the coder's own reading


@dataclass(frozen=True)
class Update:
    """What a newer package brings: numbers, and the version of the codebook if it is another one."""

    documents: int = 0
    codebook: str = ""
    answers: int = 0
    corrections: int = 0
    returned: int = 0

    def said(self) -> str:
        """In words: "12 new articles, codebook 1.1, 3 answers, 5 corrections, 1 sent back"."""
        parts = [
            (self.documents, counted(self.documents, "new article")),
            (self.codebook, f"codebook {self.codebook}"),
            (self.answers, counted(self.answers, "answer")),
            (self.corrections, counted(self.corrections, "correction")),
            (self.returned, f"{self.returned:,} sent back"),
        ]
        return ", ".join(words for there, words in parts if there) or "nothing new"


def preview_update(project: Project, path: Path, *, progress: Progress = silent) -> Update:
    """What a newer package would bring into this coder's file. Raises AnnotatorError if it does not belong here."""
    _refuse_no_package(project)
    current = version_queries.versions(project)
    with taken_in(project, [path]) as (sources, faults):
        if faults:
            raise faults[0]
        there = version_queries.versions(sources[0].project)
        fates = _fates(project, sources[0], progress)
    newer = there[-1].version if there and current and there[-1].id not in {each.id for each in current} else ""
    return Update(
        documents=fates["document", NEW, ""],
        codebook=newer,
        answers=fates["decision", NEW, MESSAGE],
        corrections=fates["decision", NEW, _CORRECTION],
        returned=fates["reading", NEWER, "returned"],
    )


def bring_update(
    project: Project, path: Path, *, coder: int | None = None, progress: Progress = silent
) -> tuple[Changes, Update]:
    """Bring a newer package into this coder's file, as one step. Raises AnnotatorError if it does not belong here."""
    found = preview_update(project, path)
    changes, _ = merge_files(project, [path], coder=coder, progress=progress)
    if not changes.history:
        return changes, found
    said = f"Brought in from the lead: {found.said()}"
    return Changes(said, codebook=True, coders=True, entities=True, everything=True), found


def _fates(project: Project, source: Source, progress: Progress) -> Counter[tuple[str, str, str]]:
    """How many rows there are of each (table, fate, what it is: a state, a message, a correction)."""
    fates: Counter[tuple[str, str, str]] = Counter()

    coder = project.meta("coder")

    def look(coming: Coming) -> None:
        told = str(coming.values["state"]) if coming.table == "reading" else ""
        if coming.table == "decision":
            told = MESSAGE if coming.values["kind"] == MESSAGE else _CORRECTION * (coder not in _took(coming.values))
        fates[coming.table, coming.fate, told] += 1

    Merging(project, source.project, rule=look, told=lambda rows: progress(rows, 0)).run()
    return fates


def _took(decision: Values) -> list[object]:
    """Ids of the coders whose reading a decision took."""
    content = json.loads(decision["content"])
    took = content.get("took") if isinstance(content, dict) else None
    return took if isinstance(took, list) else []


def _refuse_no_package(project: Project) -> None:
    if not project.is_package:
        raise AnnotatorError(f"{project.path.name} is no coder's package: bring the file in as a colleague's.")
