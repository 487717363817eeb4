"""Training: which articles are for it, the score once one is done, and one's mistakes with the rule beside each."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from annotator.model.changes import Changes
from annotator.storage import queries, training_queries

from ..desk import Desk
from .act import Handler, plain


class Training(QObject):
    """Nothing is told before the article is done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._done: int | None = None  # the article that was just declared done
        self._told = ""
        desk.workspace.changed.connect(self._follow)

    def handlers(self) -> Mapping[str, Handler]:
        return {"for_training": plain(self.turn)}

    def turn(self) -> None:
        """Make the open article one for training, or take that back."""
        from annotator.operations import training  # brings the measures, which coding does without

        workspace = self._desk.workspace
        if workspace.document is None:
            return
        wanted = not training.is_training(workspace.project, workspace.document)
        coder = workspace.coder.key if workspace.coder else None
        workspace.do(training.set_training, [workspace.document], wanted, coder=coder)

    def show_mistakes(self) -> None:
        """Show where the agreed version differs, and by which rule."""
        if self._done is not None:
            corrections = self._desk.review.corrections
            self._desk.workspace.show_document(self._done)
            self._desk.show_beside(corrections)
            corrections.show_articles(frozenset({self._done}), self._told)
            corrections.list.setFocus()

    def _follow(self, changes: Changes) -> None:
        workspace = self._desk.workspace
        document, coder = changes.document, workspace.coder
        if document is None or coder is None or not changes.readings or changes.annotations:
            return
        if document in training_queries.documents(workspace.project):
            reading = queries.reading(workspace.project, document, coder.key)
            if reading is not None and reading.key in changes.readings and reading.state == "done":
                self._done = document
                workspace.afterwards.soon(self._tell)

    def _tell(self) -> None:
        from annotator.operations import training
        from annotator.operations.agreement_paper import number

        workspace = self._desk.workspace
        if self._done is None or not workspace.is_open or workspace.coder is None:
            return
        own = next(iter(training.scores(workspace.project, workspace.coder.key, [self._done])), None)
        if own is None or own.exact.value is None or own.overlap.value is None:
            return
        self._told = self.tr("Training: F1 {exact} exact, {overlap} overlapping, against the agreed version.").format(
            exact=number(own.exact.value), overlap=number(own.overlap.value)
        )
        self._desk.status.say(self._told, actions=[(self.tr("Show my mistakes"), "", self.show_mistakes)])
