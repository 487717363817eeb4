"""Take what all readings agree on: in the article at hand at once, in all articles shown after a look."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations import gold
from annotator.operations.reviewing import ArticleReview
from annotator.storage.project import Project

from ..desk import Desk
from ..jobs import Progress, on_project
from ..review.agreed_sheet import AgreedSheet
from .act import Handler, plain


class Agreeing(QObject):
    """One step each; for many articles beside the window, with progress and a way to stop it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._session = desk.review.session
        self._waiting: tuple[ArticleReview, ...] = ()  # shown in the sheet
        desk.review.view.agreed_requested.connect(self.take_here)

    def handlers(self) -> Mapping[str, Handler]:
        return {"take_agreed": plain(self.take_here), "take_all_agreed": plain(self.ask)}

    def take_here(self) -> None:
        """Take all that agrees in the article at hand."""
        article, workspace = self._session.article, self._desk.workspace
        reviewer = workspace.ensure_coder() if article is not None else None
        if article is not None and reviewer is not None:
            workspace.do(gold.take_all_agreed, [article], reviewer)

    def ask(self) -> None:
        """Say what taking all that agrees in the articles shown would do."""
        desk, session = self._desk, self._session
        if session.is_busy:
            desk.status.say(self.tr("The readings are still being compared: a moment"))
            return
        self._waiting = tuple(each for each in session.shown if not each.closed and not each.settles_golds)
        agreed = gold.all_agreed(self._waiting)
        if not agreed.places:
            desk.status.say(self.tr("All that agrees is taken already"))
            return
        sheet = AgreedSheet(desk.window, agreed, desk.workspace.codebook)
        sheet.taken.connect(self._take)
        sheet.closed.connect(sheet.deleteLater)
        sheet.present()

    def _take(self) -> None:
        desk, workspace, reviews = self._desk, self._desk.workspace, self._waiting
        reviewer, path = workspace.ensure_coder(), workspace.project.path
        if reviewer is None:
            return

        def work(project: Project, progress: Progress) -> Changes:
            return gold.take_all_agreed(project, reviews, reviewer, progress=progress)

        try:
            job = desk.jobs.start(self.tr("Taking what agrees"), on_project(path, work))
        except AnnotatorError as error:
            desk.status.say(str(error), role="warn")
            return
        job.finished.connect(lambda changes: self._taken(path, changes))
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)

    def _taken(self, path: Path, changes: Changes) -> None:
        if self._desk.workspace.take(changes, path):
            self._desk.status.say(changes.said, undo=changes.undoable)

    def _failed(self, sentence: str) -> None:
        self._desk.status.say(sentence, role="warn")

    def _stopped(self) -> None:
        self._desk.status.say(self.tr("Stopped. Nothing was taken."))
