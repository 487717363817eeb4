"""New, open, import, export, quit."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.operations.packages import is_copy_of, own_file
from annotator.operations.words import counted
from annotator.storage import location
from annotator.storage.project import SUFFIX

from ..desk import Desk
from .act import Handler, plain

if TYPE_CHECKING:
    from ..dialogs.choosing import Chooser

# What reads and writes files is imported when it is asked for: the window is there a fifth of a second sooner.


class Projects(QObject):
    """Files come and go here; a path is asked for only where there is no other way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self.chooser: Chooser | None = None  # another one than the desktop's, in tests
        desk.documents.import_requested.connect(self.import_articles)
        desk.code.import_requested.connect(self.import_articles)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "new_project": plain(self.new),
            "open_project": plain(self.browse),
            "import": plain(self.import_articles),
            "bring_in": plain(self.bring_in),
            "export": plain(self.export),
            "saved": plain(self.tell_saved),
            "quit": plain(self._desk.window.close),
        }

    def new(self) -> None:
        """Make a new project and open it."""
        from ..dialogs.new_project import NewProjectSheet

        sheet = NewProjectSheet(self._desk.window, warnings=location.warnings_for)
        sheet.created.connect(lambda path: self.open_at(Path(path)))
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask()

    def browse(self) -> None:
        """Choose a project file and open it."""
        from PySide6.QtWidgets import QFileDialog

        path, _ = QFileDialog.getOpenFileName(
            self._desk.window, self.tr("Open a project"), "", self.tr("Projects") + f" (*{SUFFIX})"
        )
        if path:
            self.open(path)

    def open(self, path: str) -> bool:
        """Open a project file; one that lies where files get lost is first given a place to stay.

        A newer package is offered as an update of the coder's own file.
        """
        own = self._own_file(Path(path))
        if own is not None:
            self._offer_update(own, Path(path))
            return False
        if not location.is_transient(path) or not Path(path).is_file():
            return self.open_at(Path(path))
        from ..dialogs.keep_where import KeepWhereSheet

        sheet = KeepWhereSheet(self._desk.window, warnings=location.warnings_for)
        sheet.open_requested.connect(lambda kept: self.open_at(Path(kept)))
        sheet.closed.connect(sheet.deleteLater)
        sheet.ask(Path(path))
        return False

    def open_at(self, path: Path) -> bool:
        """Open a project file where it is. Returns whether it is open."""
        try:
            self._desk.workspace.open(path)
        except AnnotatorError as error:
            self._desk.status.say(str(error), role="bad")
            return False
        return True

    def open_sample(self) -> None:
        """Open the sample, which is built first if it is not there."""
        from annotator.operations.sample import build_sample, sample_path

        try:
            path = build_sample(sample_path())
        except AnnotatorError as error:
            self._desk.status.say(str(error), role="bad")
            return
        self.open_at(path)

    def take_files(self, paths: list[str]) -> None:
        """Files were dropped on the window: colleagues' copies of the open project are brought in, another project is
        opened, anything else is imported."""
        projects = [path for path in paths if path.endswith(SUFFIX)]
        if projects and self._are_colleagues(projects):
            self.bring_in(projects)
        elif projects:
            self.open(projects[0])
        elif not self._desk.workspace.is_open:
            self._desk.status.say(
                self.tr("First open a project or make a new one, then drop the articles"), role="warn"
            )
        else:
            self.import_articles(paths)

    def bring_in(self, paths: list[str] | None = None) -> None:
        """Bring in colleagues' files: choose, look at what would come, settle what clashes, and go."""
        desk = self._desk
        if desk.workspace.project.is_package and paths is None:
            self.browse()  # a newer package comes in as an update; nothing else can
            return
        from ..sharing.bring_in_run import run_bring_in
        from ..sharing.bring_in_sheet import BringInSheet

        sheet = BringInSheet(desk.window, desk.workspace, self.chooser)
        sheet.taken.connect(lambda files, choices: run_bring_in(desk, files, choices))
        sheet.look_at([Path(path) for path in paths]) if paths else sheet.ask()

    def _are_colleagues(self, paths: list[str]) -> bool:
        workspace = self._desk.workspace
        if not workspace.is_open or workspace.project.is_package:
            return False
        for path in paths:
            with suppress(AnnotatorError):  # whoever opens it is told what is wrong
                if is_copy_of(workspace.project, Path(path)):
                    return True
        return False

    def _own_file(self, package: Path) -> Path | None:
        if not package.is_file():
            return None
        workspace = self._desk.workspace
        here = [workspace.project.path] if workspace.is_open else []
        recent = [Path(str(each.get("path"))) for each in self._desk.settings.latest("recent")]
        return own_file(package, [*here, *recent])

    def _offer_update(self, own: Path, package: Path) -> None:
        from ..sharing.update_sheet import UpdateSheet

        sheet = UpdateSheet(self._desk.window, own, package)
        sheet.bring_requested.connect(self._bring_update)
        sheet.open_requested.connect(self.open_at)
        sheet.present()

    def _bring_update(self, own: Path, package: Path) -> None:
        from ..sharing.bring_in_run import run_update

        workspace = self._desk.workspace
        is_there = workspace.is_open and workspace.project.path.absolute() == own.absolute()
        if is_there or self.open_at(own):
            run_update(self._desk, package)

    def import_articles(self, paths: list[str] | None = None) -> None:
        """Bring in text files: choose, look at how they will read, and go."""
        if not self._desk.workspace.is_open:
            self._desk.status.say(self.tr("First open a project or make a new one"), role="warn")
            return
        from ..dialogs.import_dialog import ImportDialog

        dialog = ImportDialog(self._desk.window, self._desk.workspace, self._desk.jobs, self._desk.status)
        dialog.closed.connect(dialog.deleteLater)
        dialog.begin([Path(path) for path in paths or []])

    def export(self) -> None:
        """Write the annotations into a file for other programs."""
        if not self._desk.workspace.is_open:
            self._desk.status.say(self.tr("There is no project to export"), role="warn")
            return
        from ..dialogs.export_dialog import ExportDialog

        dialog = ExportDialog(self._desk.window, self._desk.workspace, self._desk.jobs, self._desk.status)
        dialog.closed.connect(dialog.deleteLater)
        dialog.present()

    def tell_saved(self) -> None:
        """For those who press Ctrl+S: there is nothing to save."""
        if not self._desk.workspace.is_open:
            return
        waiting = self._desk.workspace.unsaved
        path = self._desk.workspace.project.path
        if waiting:
            told = counted(waiting, self.tr("change"), self.tr("changes"))
            self._desk.status.say(self.tr("{changes} not saved yet").format(changes=told), role="warn")
        else:
            self._desk.status.say(self.tr("Everything is saved, in {path}").format(path=path), role="ok")
