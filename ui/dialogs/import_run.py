"""The import itself, beside the window: progress and outcome in the status line, a report for whoever wants it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.changes import Changes
from annotator.operations.imports import import_paths
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


def run_import(workspace: Workspace, jobs: Jobs, status: StatusLine, plan: ImportPlan) -> None:
    """Begin the import; nothing here waits for it."""
    coder = workspace.coder.key if workspace.coder else None
    path = workspace.project.path

    def work(project: Project, progress: Progress) -> tuple[Changes, Report]:
        report = Report()

        def tell(done: int, total: int) -> None:
            progress(done, total, _trouble(report))

        return import_paths(project, plan.paths, encodings=plan.encodings, at_work=coder, progress=tell, report=report)

    try:
        job = jobs.start(_told("Importing"), on_project(path, work))
    except AnnotatorError as error:
        status.say(str(error), role="warn")
        return
    job.finished.connect(lambda result: _finished(workspace, status, path, *result))
    job.failed.connect(lambda sentence: status.say(sentence, role="bad"))
    job.cancelled.connect(lambda: status.say(_told("Import stopped. Nothing was added.")))


def _finished(workspace: Workspace, status: StatusLine, path: Path, changes: Changes, report: Report) -> None:
    if not workspace.is_open or workspace.project.path != path:
        return  # another project was opened meanwhile
    workspace.take(changes)
    if workspace.document is None and changes.documents:
        workspace.show_document(min(changes.documents))
    actions: list[Action] = []
    if worth_showing(report):
        window = status.window()
        actions = [(_told("Show what was found"), "", lambda: ReportSheet(window, report).present())]
    status.say(changes.said, undo=changes.undoable, role="warn" if report.lost_something else "meta", actions=actions)


def _trouble(report: Report) -> str:
    return _told("{count} left out").format(count=f"{len(report.refused):,}") if report.refused else ""


def _told(text: str) -> str:
    return QCoreApplication.translate("Import", text)
