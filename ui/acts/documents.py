"""From article to article; done; set aside."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from annotator.model.changes import Changes
from annotator.operations import assigning, readings
from annotator.operations.words import counted

from ..desk import Desk
from ..dialogs.set_aside import SetAsideSheet
from .act import Handler, plain


class Documents(QObject):
    """Which article is open, and what state its reading is in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._listed: int | None = None  # the article whose open points were listed before it is done
        desk.workspace.document_changed.connect(self._forget)
        desk.documents.chosen.connect(self.show)
        desk.code.done_requested.connect(self.done)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "next_document": plain(lambda: self.go(1)),
            "previous_document": plain(lambda: self.go(-1)),
            "done_next": plain(self.done),
            "set_aside": plain(self.ask_reason),
            "filter_documents": plain(self.filter),
        }

    def show(self, document: int) -> None:
        """Open an article and put the keyboard into it."""
        self._desk.workspace.show_document(document)
        self._desk.article.setFocus()

    def go(self, steps: int) -> None:
        """Open the next or previous article of the list."""
        target = self._desk.documents.neighbour(steps)
        if target is None:
            self._desk.status.say(
                self.tr("This is the last article") if steps > 0 else self.tr("This is the first article")
            )
        else:
            self.show(target)

    def done(self) -> None:
        """Declare the article done and go on; an article that is done is taken back into work.

        Where points are open, the first press lists them, the second is meant.
        """
        desk, workspace = self._desk, self._desk.workspace
        if workspace.document is None:
            return
        coder = workspace.ensure_coder()
        if coder is None:
            return
        reading = desk.document.reading
        if reading is not None and reading.state == "done":
            self._listed = None
            workspace.do(readings.set_state, workspace.document, coder, "in work")
            return
        if self._listed != workspace.document and desk.details.points.look():
            self._listed = workspace.document
            self._list_points()
            return
        target = self._next(coder)
        done = workspace.do(readings.set_state, workspace.document, coder, "done")
        if done is None:
            return
        desk.details.show_points(False)
        self._go_on(target, done)

    def _next(self, coder: int) -> int | None:
        """The article to go on with: of one's own, if some are assigned; of those in the list first."""
        desk, project = self._desk, self._desk.workspace.project
        if not assigning.has_queue(project, coder):
            return desk.documents.neighbour(1, open_only=True)
        return assigning.next_in_queue(project, coder, desk.workspace.document, among=desk.documents.model.shown)

    def _go_on(self, target: int | None, done: Changes) -> None:
        if target is not None:
            self.show(target)
        elif self._desk.workspace.project.is_package:
            told = self.tr("{said}. All of yours is done.").format(said=done.said)
            key = next(iter(self._desk.keymap.keys_for("send_work")), "")
            send = (self.tr("Send my work…"), key, lambda: self._desk.dispatcher.perform("send_work"))
            self._desk.status.say(told, undo=done.undoable, actions=[send])

    def _forget(self) -> None:
        self._listed = None
        self._desk.details.show_points(False)

    def _list_points(self) -> None:
        desk = self._desk
        number = len(desk.details.points.points)
        desk.show_beside(desk.details)
        desk.details.show_points(True)
        desk.details.begin_points()
        told = self.tr("Not done yet: {n}. Enter goes to one.").format(
            n=counted(number, self.tr("open point"), self.tr("open points"))
        )
        key = next(iter(desk.keymap.keys_for("done_next")), "")
        desk.status.say(told, actions=[(self.tr("Done all the same"), key, self.done)])

    def ask_reason(self) -> None:
        """Ask why the article is set aside; an article that is set aside is taken back."""
        workspace = self._desk.workspace
        if workspace.document is None:
            return
        reading = self._desk.document.reading
        if reading is not None and reading.state == "set aside":
            coder = workspace.ensure_coder()
            if coder is not None:
                workspace.do(readings.set_state, workspace.document, coder, "in work")
            return
        about = self._desk.document.about
        sheet = SetAsideSheet(self._desk.window)
        sheet.reason_chosen.connect(self._set_aside)
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask(about.title if about else "")

    def filter(self) -> None:
        """Put the keyboard into the filter of the list."""
        if self._desk.documents.isHidden():
            self._desk.dispatcher.perform("side_panels")
        self._desk.documents.focus_filter()

    def _set_aside(self, reason: str) -> None:
        workspace = self._desk.workspace
        coder = workspace.ensure_coder()
        if workspace.document is None or coder is None:
            return
        target = self._next(coder)
        done = workspace.do(readings.set_state, workspace.document, coder, "set aside", reason=reason)
        if done is not None:
            self._go_on(target, done)
