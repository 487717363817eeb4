"""Undo, redo, and the way back through the history."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations import history
from annotator.storage.history import PastStep, next_redo, next_undo
from annotator.storage.project import Project

from ..desk import Desk
from ..jobs import on_project
from .act import Handler, plain


class Undoing(QObject):
    """Undo of what one cannot see happen takes two presses: the first goes there and says what it would undo."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._announced: int | None = None
        desk.status.undo_requested.connect(self.undo)
        desk.history.go_back_requested.connect(self.go_back)
        desk.history.close_requested.connect(lambda: self.show_history(False))

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "undo": plain(self.undo),
            "redo": plain(self.redo),
            "history": plain(lambda: self.show_history(not self._desk.history.isVisible())),
        }

    def undo(self) -> None:
        """Take back the latest step of the coder at work."""
        workspace = self._desk.workspace
        if not workspace.is_open:
            return
        coder = workspace.coder.key if workspace.coder else None
        step = history.needs_second_press(workspace.project, coder, workspace.document)
        if step is not None and step.key != self._announced:
            self._go_there(step)
            return
        self._announced = None
        if history.undo_takes_long(workspace.project, coder):
            self._run(self.tr("Taking back"), lambda project: history.undo(project, coder))
        else:
            workspace.do(history.undo, coder)

    def redo(self) -> None:
        """Do again what was taken back last."""
        workspace = self._desk.workspace
        if not workspace.is_open:
            return
        coder = workspace.coder.key if workspace.coder else None
        if history.redo_takes_long(workspace.project, coder):
            self._run(self.tr("Doing again"), lambda project: history.redo(project, coder))
        else:
            workspace.do(history.redo, coder)

    def go_back(self, step: int) -> None:
        """Take back one's own steps after this one."""
        workspace = self._desk.workspace
        coder = workspace.coder.key if workspace.coder else None
        if history.go_back_takes_long(workspace.project, step):
            self._run(self.tr("Going back"), lambda project: history.go_back(project, coder, step))
        elif (changes := workspace.do(history.go_back, coder, step)) is not None:
            keys = self._desk.keymap.keys_for("redo")
            self._desk.status.say(changes.said, actions=[(self.tr("Redo"), keys[0] if keys else "", self.redo)])
        self._desk.focus_text()  # the button that was pressed cannot be pressed again

    def _run(self, words: str, work: Callable[[Project], Changes]) -> None:
        """An import of thousands comes and goes beside the window."""
        workspace, status = self._desk.workspace, self._desk.status
        path = workspace.project.path
        try:
            job = self._desk.jobs.start(words, on_project(path, lambda project, _: work(project)))
        except AnnotatorError as error:
            status.say(str(error), role="warn")
            return
        job.finished.connect(lambda changes: self._finished(path, changes))
        job.failed.connect(lambda sentence: status.say(sentence, role="warn"))

    def _finished(self, path: Path, changes: Changes) -> None:
        if self._desk.workspace.take(changes, path):
            self._desk.status.say("; ".join((changes.said, *changes.warnings)))

    def show_history(self, shown: bool) -> None:
        """Show the history in place of the details, or the details again."""
        self._desk.show_beside(self._desk.history if shown else self._desk.details)
        self._desk.history.list.setFocus() if shown else self._desk.focus_text()

    def names(self) -> tuple[str, str]:
        """What undo and redo would do now, for the menu; empty where there is nothing."""
        workspace = self._desk.workspace
        if not workspace.is_open:
            return "", ""
        coder = workspace.coder.key if workspace.coder else None
        undo, redo = next_undo(workspace.project, coder), next_redo(workspace.project, coder)
        return undo.label if undo else "", redo.label.removeprefix("Undo: ") if redo else ""

    def _go_there(self, step: PastStep) -> None:
        workspace = self._desk.workspace
        self._announced = step.key
        if step.document is not None:
            workspace.show_document(step.document)
        words = self.tr("Undo would take back: {step}. Press again to do it.")
        self._desk.status.say(words.format(step=step.label), undo=True)
