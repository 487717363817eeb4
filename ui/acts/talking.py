"""Messages on one's own annotations: read what the lead has answered, write, say that it is settled."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations import review_settings, talking
from annotator.review.threads import Thread
from annotator.storage import queries

from ..desk import Desk
from .act import Handler, plain


class Talking(QObject):
    """Those of the annotation at hand stand below its note; the article's are read once for all of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._read: tuple[int, int] | None = None  # document and coder whose threads are known
        self._threads: list[Thread] = []
        inspector = desk.details.inspector
        inspector.message_written.connect(self.write)
        inspector.thread_settled.connect(self.settle)
        for signal in (desk.document.current_changed, desk.document.reset):
            signal.connect(self._soon)
        desk.workspace.changed.connect(self._follow)
        desk.workspace.closed.connect(self._forget)
        self._soon()

    def handlers(self) -> Mapping[str, Handler]:
        return {"message": plain(self.begin)}

    def begin(self) -> None:
        """Put the keyboard where one writes about the annotation at hand."""
        desk = self._desk
        if desk.document.current is None:
            desk.status.say(self.tr("No annotation is chosen: move onto one, or press N"))
            return
        if desk.details.isHidden():
            desk.show_beside(desk.details)
        desk.details.inspector.begin_message()

    def write(self, annotation: int, text: str) -> None:
        """Write into the thread on an annotation."""
        desk, about = self._desk, self._desk.document.annotation(annotation)
        author = desk.workspace.ensure_coder()
        if about is not None and author is not None and desk.workspace.document is not None:
            desk.workspace.do(talking.write_message, desk.workspace.document, author, text, [about.id])

    def settle(self, thread: Thread) -> None:
        """Say that a thread is settled."""
        author = self._desk.workspace.ensure_coder()
        if author is not None:
            self._desk.workspace.do(talking.settle_thread, thread, author)

    # ---- following

    def _follow(self, changes: Changes) -> None:
        if changes.everything or self._desk.workspace.document in changes.documents:
            self._read = None
            self._soon()

    def _soon(self, *_: object) -> None:
        self._desk.workspace.afterwards.soon(self._show)

    def _show(self) -> None:
        desk = self._desk
        annotation = desk.document.annotation(desk.document.current)
        if annotation is None or not desk.workspace.is_open:
            return
        threads = [each for each in self._of_article() if annotation.id in each.annotations]
        desk.details.inspector.show_threads(annotation.key, threads, self._name_of)

    def _of_article(self) -> list[Thread]:
        workspace = self._desk.workspace
        document, coder = workspace.document, workspace.coder
        if document is None or coder is None:
            return []
        if self._read != (document, coder.key):
            try:
                self._threads = talking.heard_by(workspace.project, document, coder.key)
            except AnnotatorError as error:
                workspace.failed.emit(str(error), False)
                return []
            self._read = document, coder.key
        return self._threads

    def _name_of(self, author: int) -> str:
        """A name; of somebody who codes the article too, only that, where the project hides who coded what."""
        workspace = self._desk.workspace
        project, me = workspace.project, workspace.coder
        others = {each.coder for each in queries.readings_of(project, workspace.document or 0) if each.kind == "own"}
        if author in others and (me is None or author != me.key) and review_settings.names_hidden(project):
            return self.tr("Another coder")
        person = queries.coder(project, author)
        return person.name if person else ""

    def _forget(self) -> None:
        self._read, self._threads = None, []
