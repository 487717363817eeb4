"""Save a copy of the project: to send it, to be safe, or because the file itself can no longer be written."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.storage.project import SUFFIX, Project

from ..desk import Desk
from ..dialogs.choosing import Chooser, documents_folder
from ..dialogs.file_names import free_path
from ..jobs import Progress, on_project
from ..widgets.status_line import Action
from .act import Handler, plain


class Copying(QObject):
    """A copy is whole and tidy, whatever happened to the file. If that is gone, work goes on in the copy."""

    def __init__(self, desk: Desk, chooser: Chooser | None = None) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._chooser = chooser or Chooser()
        desk.workspace.failed.connect(self._offer)

    def handlers(self) -> Mapping[str, Handler]:
        return {"save_copy": plain(self.save_copy)}

    def save_copy(self) -> None:
        """Ask where to, and write it."""
        desk = self._desk
        if not desk.workspace.is_open:
            return
        path = desk.workspace.project.path
        proposed = free_path(path.parent if path.exists() else documents_folder(), path.name.removesuffix(SUFFIX))
        kind = self.tr("Annotator project (*{suffix})").format(suffix=SUFFIX)
        chosen = self._chooser.destination(
            desk.window, self.tr("Save a copy of the project"), proposed, [kind], replaces=False
        )
        if chosen is None:
            return
        dest = chosen if chosen.name.endswith(SUFFIX) else chosen.with_name(chosen.name + SUFFIX)
        if path.exists():
            self._copy_beside(path, dest)
        else:
            self._move_into(dest)

    def _copy_beside(self, path: Path, dest: Path) -> None:
        """Copy beside the window: a large project takes a while."""

        def work(project: Project, _: Progress) -> Path:
            project.copy_to(dest)
            return dest

        status = self._desk.status
        try:
            job = self._desk.jobs.start(self.tr("Copying"), on_project(path, work, read_only=True))
        except AnnotatorError as error:
            status.say(str(error), role="warn")
            return
        job.failed.connect(lambda sentence: status.say(sentence, role="bad"))
        job.finished.connect(lambda _: self._say_saved(self.tr("A copy is saved in {path}"), dest))

    def _move_into(self, dest: Path) -> None:
        """Only the open connection still reaches a file that was deleted."""
        workspace = self._desk.workspace
        try:
            workspace.project.copy_to(dest)
            workspace.open(dest)
        except AnnotatorError as error:
            self._desk.status.say(str(error), role="bad", hold=True, actions=[self._action()])
            return
        self._say_saved(self.tr("You work in the copy now: {path}"), dest)

    def _say_saved(self, words: str, dest: Path) -> None:
        self._desk.status.release()
        self._desk.status.say(words.format(path=dest), role="ok")

    def _offer(self, sentence: str, unsaved: bool) -> None:
        if unsaved:
            self._desk.status.say(sentence, role="bad", hold=True, actions=[self._action()])

    def _action(self) -> Action:
        return self.tr("Save a copy…"), "", self.save_copy
