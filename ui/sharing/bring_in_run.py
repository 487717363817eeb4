"""Bringing files in, beside the window: progress, cancel and outcome in the status line."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.merge_preview import MergePreview
from annotator.operations.merge_settling import Choices
from annotator.operations.merging import merge_files
from annotator.operations.updating import bring_update
from annotator.storage.project import Project

from ..desk import Desk
from ..jobs import Progress, ProjectWork, on_project
from ..widgets.sheet import Sheet
from ..widgets.status_line import Action
from ..widgets.surface import scrolled
from .bring_in_shown import BringInShown


def run_bring_in(desk: Desk, paths: Sequence[Path], choices: Choices) -> None:
    """Begin to bring colleagues' files in; nothing here waits for it."""
    coder = desk.workspace.coder.key if desk.workspace.coder else None

    def work(project: Project, progress: Progress) -> tuple[Changes, MergePreview | None]:
        return merge_files(project, paths, choices, coder=coder, progress=progress)

    _run(desk, work)


def run_update(desk: Desk, package: Path) -> None:
    """Begin to bring a newer package into the coder's file that is open."""
    coder = desk.workspace.coder.key if desk.workspace.coder else None

    def work(project: Project, progress: Progress) -> tuple[Changes, MergePreview | None]:
        changes, _ = bring_update(project, package, coder=coder, progress=progress)
        return changes, None

    _run(desk, work)


def _run(desk: Desk, work: ProjectWork) -> None:
    status, path = desk.status, desk.workspace.project.path
    try:
        job = desk.jobs.start(_told("Bringing in"), on_project(path, work))
    except AnnotatorError as error:
        status.say(str(error), role="warn")
        return
    job.finished.connect(lambda result: _finished(desk, path, *result))
    job.failed.connect(lambda sentence: status.say(sentence, role="bad"))
    job.cancelled.connect(lambda: status.say(_told("Stopped. Nothing was brought in.")))


def _finished(desk: Desk, path: Path, changes: Changes, found: MergePreview | None) -> None:
    if not desk.workspace.take(changes, path):
        return
    actions: list[Action] = []
    if found is not None and (found.conflicts or found.refused):
        actions = [(_told("Show what came"), "", lambda: BroughtInSheet(desk.window, found).present())]
    warn = found is not None and bool(found.refused)
    desk.status.say(changes.said, undo=changes.undoable, role="warn" if warn else "meta", actions=actions)


class BroughtInSheet(Sheet):
    """What came in, for whoever wants to look; gone for good when it is closed."""

    def __init__(self, parent: QWidget, found: MergePreview) -> None:
        content = QWidget()
        super().__init__(parent, _told("What came in"), content, 760)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        area = scrolled(BringInShown(found))
        area.setAccessibleName(_told("What came in"))
        column.addWidget(area)
        self.closed.connect(self.deleteLater)


def _told(text: str) -> str:
    return QCoreApplication.translate("BringIn", text)
