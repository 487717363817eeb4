"""The import itself, beside the window: progress and outcome in the status line, a report for whoever wants it."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.changes import Changes
from annotator.operations.imports import How, import_paths
from annotator.operations.near_duplicates import newest, warn_of_near_duplicates
from annotator.operations.words import counted
from annotator.storage.project import Project

from ..jobs import Jobs, Progress, on_project
from ..widgets.status_line import Action, StatusLine
from ..workspace import Workspace
from .report_sheet import ReportSheet, worth_showing


@dataclass(frozen=True)
class ImportPlan:
    """What a person decided to import, and how each file is read."""

    paths: tuple[Path, ...]
    encodings: dict[Path, str]
    how: How = field(default_factory=How)
    format_name: str | None = None  # what all of it is read as; None: each file as what it is
    coder: str | None = None  # whose the annotations are that name nobody; None: the coder at work


def run_import(workspace: Workspace, jobs: Jobs, status: StatusLine, plan: ImportPlan) -> None:
    """Begin the import; nothing here waits for it."""
    coder = workspace.coder.key if workspace.coder else None
    path = workspace.project.path
    before = newest(workspace.project)

    def work(project: Project, progress: Progress) -> tuple[Changes, Report]:
        report = Report()

        def tell(done: int, total: int) -> None:
            progress(done, total, _trouble(report))

        return import_paths(
            project,
            plan.paths,
            format_name=plan.format_name,
            encodings=plan.encodings,
            how=plan.how,
            coder=plan.coder,
            at_work=coder,
            progress=tell,
            report=report,
        )

    try:
        job = jobs.start(_told("Importing"), on_project(path, work))
    except AnnotatorError as error:
        status.say(str(error), role="warn")
        return
    done: list[tuple[Changes, Report]] = []
    job.finished.connect(done.append)
    job.finished.connect(lambda result: _finished(workspace, status, path, *result))

    def look_on() -> None:
        for changes, report in done:
            _look_for_copies(workspace, jobs, status, path, before, changes, report)

    job.ended.connect(look_on)  # another work may begin only now
    job.failed.connect(lambda sentence: status.say(sentence, role="bad"))
    job.cancelled.connect(lambda: status.say(_told("Import stopped. Nothing was added.")))


def _finished(workspace: Workspace, status: StatusLine, path: Path, changes: Changes, report: Report) -> None:
    if not workspace.take(changes, path):
        return
    if workspace.document is None and changes.documents:
        workspace.show_document(min(changes.documents))
    _say(status, changes.said, changes, report)


def _look_for_copies(
    workspace: Workspace, jobs: Jobs, status: StatusLine, path: Path, before: int, changes: Changes, report: Report
) -> None:
    """Point out new articles that are nearly the same as others, once they are there to be read."""
    if not workspace.is_open or workspace.project.path != path or not changes.documents:
        return

    def work(project: Project, progress: Progress) -> int:
        return warn_of_near_duplicates(project, before, report, progress=progress)

    try:
        job = jobs.start(_told("Looking for articles that are nearly the same"), on_project(path, work, read_only=True))
    except AnnotatorError:
        return  # something else was begun: the command line finds them too
    job.finished.connect(lambda met: _tell_of_copies(workspace, status, path, met, changes, report))


def _tell_of_copies(
    workspace: Workspace, status: StatusLine, path: Path, met: int, changes: Changes, report: Report
) -> None:
    if not met or not workspace.is_open or workspace.project.path != path:
        return
    same = counted(met, _told("article"), _told("articles"))
    said = _told("{imported}. {articles} nearly the same as others").format(imported=changes.said, articles=same)
    _say(status, said, changes, report)


def _say(status: StatusLine, said: str, changes: Changes, report: Report) -> None:
    actions: list[Action] = []
    if worth_showing(report):
        window = status.window()
        actions = [(_told("Show what was found"), "", lambda: ReportSheet(window, report).present())]
    status.say(said, undo=changes.undoable, role="warn" if report.lost_something else "meta", actions=actions)


def _trouble(report: Report) -> str:
    return _told("{count} left out").format(count=f"{len(report.refused):,}") if report.refused else ""


def _told(text: str) -> str:
    return QCoreApplication.translate("Import", text)
