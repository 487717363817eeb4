"""Putting records into a project: one bulk work that is invisible until its end, and one undoable step.

Records are read, parsed and checked outside any transaction, a handful at a time; then the handful is written in
slices short enough that a person's tag never waits to be noticed.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.changes import Changes
from annotator.model.records import DocumentRecord
from annotator.operations import import_documents
from annotator.operations.import_annotations import Merge
from annotator.operations.import_codebook import take_labels
from annotator.operations.import_labels import Labels
from annotator.operations.import_project import Records, take_decisions, take_project
from annotator.operations.import_work import Work
from annotator.operations.incoming import UNKNOWN_CODER, Incoming, Terms, coder_name, prepared
from annotator.operations.progress import Progress, silent
from annotator.operations.words import counted, listed
from annotator.storage import queries
from annotator.storage.batch import Batch
from annotator.storage.project import Project

HANDFUL = 120  # documents that are prepared before they are written, about as many as fit into one slice
HANDFUL_SIZE = 450_000  # code points of text
ANNOTATION_SIZE = 800  # code points of text that take as long to write as one annotation
HANDFUL_TIME = 0.1  # seconds


@dataclass(frozen=True)
class Source:
    """Records of one format, and what stands beside them about the project."""

    name: str
    format_name: str
    records: Iterable[DocumentRecord]
    project: Records = field(default_factory=dict)
    count: int = 0  # how many records there are, as far as is known
    labels: Labels | None = None  # what the records are labelled with, to be looked at before the first is stored


def import_records(
    project: Project,
    records: Iterable[DocumentRecord],
    *,
    report: Report,
    format_name: str,
    coder: str | None = None,
    at_work: int | None = None,
    delete_absent: bool = False,
    progress: Progress = silent,
    label: str = "Import",
    beside: Records | None = None,
) -> Changes:
    """Put records into the project, as one step that can be undone.

    `coder` names whose an annotation is that names nobody; `at_work` is the key of the coder whose step it is. An
    annotation that is there already, by its id, is brought to what the record says; with `delete_absent`, what the
    same readings hold and the record does not is deleted. What happened to each stands in `report`. Raises
    AnnotatorError when nothing was imported (Busy: another import is going on; Cancelled by `progress`; no codebook).
    """
    source = Source(label, format_name, records, beside or {})
    return import_sources(
        project,
        [source],
        report=report,
        coder=coder,
        at_work=at_work,
        delete_absent=delete_absent,
        progress=progress,
        label=label,
    )


def import_sources(
    project: Project,
    sources: Iterable[Source],
    *,
    report: Report,
    coder: str | None = None,
    at_work: int | None = None,
    delete_absent: bool = False,
    progress: Progress = silent,
    label: str = "Import",
    kind: str = "import",
) -> Changes:
    """As `import_records`, for records of several formats in one step; of kind “setup” it is none that undo takes."""
    version = queries.codebook_version(project)
    if version is None:
        raise AnnotatorError(f"{project.path.name} has no codebook: give it one first.")
    with Batch(project, kind=kind, coder=at_work) as batch:
        work = Work(project, batch, report, Terms("", version[1]), version[0], delete_absent)
        work.start()
        steps = _Steps(progress)
        for source in sources:
            fallback = _fallback(project, coder, at_work)
            work.terms = Terms(source.format_name, work.terms.codebook, fallback)
            steps.begin(source)
            take_project(work, source.project, f"{source.name}.project.json")
            if source.labels is not None:
                take_labels(work, source.labels, source.name, steps.still)
            batch.end_slice()
            for handful in _handfuls(source.records, work.terms, report, steps):
                _write(work, handful, steps)
            take_decisions(work, source.project, f"{source.name}.project.json")
        steps.finish()
        return _finished(work, report, label)


@dataclass
class _Handful:
    """Documents that are ready to be written, out of so many that were read."""

    documents: list[Incoming] = field(default_factory=list)
    read: int = 0
    size: int = 0


class _Steps:
    """How far the work is, over all sources."""

    def __init__(self, progress: Progress) -> None:
        self.progress, self.done, self.total = progress, 0, 0

    def begin(self, source: Source) -> None:
        """A source begins; without a count the end is unknown."""
        self.total = self.done + source.count if source.count else 0

    def add(self, records: int) -> None:
        """So many more are done; here a person can stop the work."""
        self.done += records
        self.still()

    def still(self) -> None:
        """Nothing new, but a person may want to stop."""
        self.progress(self.done, max(self.total, self.done) if self.total else 0)

    def finish(self) -> None:
        """The last moment at which the work can be stopped."""
        self.progress(self.done, self.done)


def _fallback(project: Project, coder: str | None, at_work: int | None) -> str:
    person = queries.coder(project, at_work) if at_work is not None else None
    return coder_name(coder or (person.name if person else ""), UNKNOWN_CODER)


def _handfuls(records: Iterable[DocumentRecord], terms: Terms, report: Report, steps: _Steps) -> Iterator[_Handful]:
    """Prepared documents, a few at a time; nothing is locked for this."""
    handful = _Handful()
    began, refused = time.perf_counter(), len(report.refused)
    for record in records:
        incoming = prepared(record, terms, report)
        if incoming is not None:
            incoming.complete = len(report.refused) == refused
            handful.documents.append(incoming)
            handful.size += len(record.text) + ANNOTATION_SIZE * len(record.annotations)
        handful.read += 1
        steps.still()
        full = handful.read >= HANDFUL or handful.size >= HANDFUL_SIZE
        if full or time.perf_counter() - began > HANDFUL_TIME:
            yield handful
            handful, began = _Handful(), time.perf_counter()
        refused = len(report.refused)
    yield handful


def _write(work: Work, handful: _Handful, steps: _Steps) -> None:
    import_documents.look_up(work, handful.documents)
    for incoming in handful.documents:
        place = import_documents.find_or_make(work, incoming)
        if incoming.readings or incoming.annotations:
            Merge(work, incoming, place).run()
        work.touched.add(place.key)
        work.batch.rest()
        steps.add(1)
    work.batch.end_slice()
    steps.add(handful.read - len(handful.documents))


def _finished(work: Work, report: Report, label: str) -> Changes:
    made = listed(((report.documents, "article"), (report.annotations, "annotation"), (report.relations, "link")))
    single = next(iter(work.touched)) if len(work.touched) == 1 else None
    step = work.batch.finish(f"{label}: {made}" if made else label, document=single, documents=len(work.touched))
    left_out = f"; {len(report.refused):,} left out" if report.refused else ""
    if step is None:
        there = counted(report.skipped_documents, "article")
        said = f"Nothing new: {there} already there" if report.skipped_documents else "Nothing was imported"
        return Changes(said + left_out, history=False, undoable=False)
    more = [
        counted(number, name) for number, name in ((report.changed, "change"), (report.deleted, "deletion")) if number
    ]
    return Changes(
        "; ".join([f"Imported {made or 'nothing new'}", *more]) + left_out,
        documents=frozenset(work.documents),
        document=single if report.documents else None,
        codebook=work.codebook_adopted,
        coders=True,
        everything=True,
    )
