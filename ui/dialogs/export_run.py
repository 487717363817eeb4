"""The export itself, beside the window: progress and outcome in the status line."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from annotator.errors import AnnotatorError
from annotator.operations.export import ExportReport, export
from annotator.operations.recipes import LAST, Recipe, save_recipe
from annotator.operations.words import counted
from annotator.storage.project import Project

from ..jobs import Jobs, Progress, on_project
from ..widgets.status_line import StatusLine
from ..workspace import Workspace


def run_export(workspace: Workspace, jobs: Jobs, status: StatusLine, destination: Path, recipe: Recipe) -> None:
    """Begin the export; nothing here waits for it. What was chosen is kept for the next time, where that can be."""

    def work(project: Project, progress: Progress) -> ExportReport:
        return export(project, destination, progress=progress, **recipe.arguments)

    with suppress(AnnotatorError):  # a project that can only be read forgets it
        save_recipe(workspace.project, LAST, recipe)
    try:
        job = jobs.start(_told("Exporting"), on_project(workspace.project.path, work, read_only=True))
    except AnnotatorError as error:
        status.say(str(error), role="warn")
        return
    job.finished.connect(lambda report: status.say(_outcome(report), role="ok"))
    job.failed.connect(lambda sentence: status.say(sentence, role="bad"))
    job.cancelled.connect(lambda: status.say(_told("Export stopped. No file was written.")))


def _outcome(report: ExportReport) -> str:
    words = _told("Exported {articles} with {tags} to {path}")
    return words.format(
        articles=counted(report.documents, _told("article"), _told("articles")),
        tags=counted(report.annotations, _told("annotation"), _told("annotations")),
        path=report.files[0] if report.files else "",
    )


def _told(text: str) -> str:
    return QCoreApplication.translate("Export", text)
