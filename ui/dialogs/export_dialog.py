"""Export: which format, what of the project, where to; what the format cannot hold is said before it is written."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.formats.format import Format
from annotator.formats.jsonl import JSONL
from annotator.formats.registry import FORMATS
from annotator.operations.export import ExportReport, foresee
from annotator.operations.export_preview import Lines, preview_export
from annotator.operations.export_records import people
from annotator.operations.info import Info, project_info
from annotator.operations.private_persons import private_persons
from annotator.operations.recipes import LAST, Recipe, forget_recipe, recipes, save_recipe
from annotator.storage import entity_queries, queries
from annotator.storage.project import Project

from ..jobs import Job, Jobs, Progress, on_project
from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.labels import label
from ..widgets.sheet import Sheet
from ..widgets.status_line import StatusLine
from ..widgets.surface import scrolled
from ..workspace import Workspace
from .choosing import Chooser
from .export_choice import ReadingChoice
from .export_release import PartsChoice, ReleaseChoice
from .export_run import run_export
from .export_saved import SavedSettings
from .export_shown import ExportShown
from .export_which import WhichPart
from .export_words import choice_in_window
from .file_names import file_name, free_path
from .format_settings import FormatSettings
from .place_row import PlaceRow
from .two_columns import TwoColumns

_PAUSE = 150  # milliseconds after which what would be written is counted: while a date is typed it changes often


class ExportDialog(Sheet):
    """Asks what to export; the export itself runs beside the window, with progress in the status line."""

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        jobs: Jobs,
        status: StatusLine,
        chooser: Chooser | None = None,
    ) -> None:
        content = QWidget()
        super().__init__(parent, QCoreApplication.translate("Export", "Export"), content, 1080, leave="cancel")
        self._workspace, self._jobs, self._status = workspace, jobs, status
        self._path = workspace.project.path
        self._chooser = chooser or Chooser()
        self._looking: list[Job] = []
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._foresee)
        # What keeps everything stands first, wherever it stands among those that are recognised.
        self._formats = sorted((kind for kind in FORMATS if kind.writes), key=lambda kind: kind is not JSONL)
        self._format = QComboBox()
        self._format.setAccessibleName(self.tr("Format"))
        for kind in self._formats:
            self._format.addItem(kind.label, kind.name)
        self._about = label("", "meta", wrap=True)
        self._settings = FormatSettings()
        self._saved = SavedSettings(recipes(workspace.project))
        self._readings = ReadingChoice(sorted(people(workspace.project).names.values(), key=str.casefold))
        self._which = WhichPart(_tags(workspace.project))
        self._release, self._parts = ReleaseChoice(), PartsChoice()
        self._has_private = bool(private_persons(entity_queries.registry(workspace.project)))
        self._parts_title = label(self.tr("Training and testing"), "section")
        self._shown = ExportShown()
        self._place = PlaceRow(self.tr("Export"))
        self._export = button(self.tr("Export"), "primary", on_click=self._take)
        content.setFocusProxy(self._export)
        self._build(content)
        self._connect()
        self._release.show_private(there=self._has_private, named=False)
        self._follow_format()
        if LAST in recipes(workspace.project):
            self._take_saved(LAST)

    def present(self) -> None:
        """Show the sheet, and look at what would be written."""
        super().present()
        self._look(lambda project, _: project_info(project), self._show_numbers, self._shown.say)
        self._changed()

    # ---- inside

    def _build(self, content: QWidget) -> None:
        sections: tuple[tuple[QWidget, tuple[QWidget, ...]], ...] = (
            (label(self.tr("Saved export settings"), "section"), (self._saved,)),
            (label(self.tr("Format"), "section"), (self._format, self._about, self._settings)),
            (label(self.tr("Whose coding"), "section"), (self._readings,)),
            (label(self.tr("Which part of it"), "section"), (self._which,)),
            (label(self.tr("To publish"), "section"), (self._release,)),
            (self._parts_title, (self._parts,)),
        )
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(2, 0, 10, 0)
        column.setSpacing(6)
        for title, parts in sections:
            column.addWidget(title)
            for part in parts:
                column.addWidget(part)
            column.addSpacing(8)
        column.addStretch(1)
        shown = QWidget()
        beside = QVBoxLayout(shown)
        beside.setContentsMargins(2, 0, 10, 0)
        beside.setSpacing(6)
        beside.addWidget(self._shown)
        beside.addSpacing(8)
        beside.addWidget(label(self.tr("Written to"), "section"))
        beside.addWidget(self._place)
        beside.addStretch(1)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(TwoColumns(_area(choices), _area(shown)), 1)
        outer.addLayout(self.foot(self._export))

    def _connect(self) -> None:
        self._format.currentIndexChanged.connect(self._follow_format)
        self._saved.taken.connect(self._take_saved)
        self._saved.save_wanted.connect(self._save)
        self._saved.forget_wanted.connect(self._forget)
        self._place.change_requested.connect(self._choose_place)
        for part in (self._settings, self._readings, self._which, self._release, self._parts):
            part.changed.connect(self._changed)
        self.closed.connect(self._stop_looking)

    @property
    def _kind(self) -> Format:
        return self._formats[self._format.currentIndex()]

    def _follow_format(self) -> None:
        kind = self._kind
        self._about.setText(kind.description)
        self._settings.show_settings(kind.write_settings, {})
        for part in (self._parts_title, self._parts):
            part.setVisible(kind.splits)
        name = file_name(self._workspace.project.meta("title")) or self._path.stem
        suffix = "" if kind.folder or not kind.patterns else kind.patterns[0].removeprefix("*")
        folder = (self._place.path or self._path).parent
        self._place.show_path(free_path(folder, name, suffix))
        self._changed()

    def _choose_place(self) -> None:
        kind = self._kind
        filters = [] if kind.folder else [f"{kind.label} ({' '.join(kind.patterns)})"]
        proposed = self._place.path or self._path.parent
        path = self._chooser.destination(self, self.tr("Export to"), proposed, filters)
        if path is not None:
            self._place.show_path(path)

    # ---- saved settings

    def _take_saved(self, name: str) -> None:
        recipe = recipes(self._workspace.project).get(name)
        place = self._format.findData(recipe.format_name) if recipe else -1
        if recipe is None or place < 0:
            return
        self._format.setCurrentIndex(place)
        self._settings.show_settings(self._kind.write_settings, recipe.settings)
        self._readings.show_wanted(recipe.wanted)
        self._which.show_wanted(recipe.wanted)
        self._release.show_release(recipe.release)
        self._release.show_private(there=self._has_private, named=recipe.private_names)
        self._parts.show_parting(recipe.parting)
        self._changed()
        self._saved.show_names(recipes(self._workspace.project), name)

    def _save(self, name: str) -> None:
        recipe = self._sound_recipe()
        if recipe is None:
            return
        try:
            save_recipe(self._workspace.project, name, recipe)
        except AnnotatorError as error:
            self._shown.say(str(error))
            return
        self._saved.show_names(recipes(self._workspace.project), name)
        announce(self, self.tr("Saved as {name}").format(name=name))

    def _forget(self, name: str) -> None:
        try:
            forget_recipe(self._workspace.project, name)
        except AnnotatorError as error:
            self._shown.say(str(error))
        self._saved.show_names(recipes(self._workspace.project))
        self._saved.setFocus()

    def _recipe(self) -> Recipe | None:
        """What is chosen; None when it is nothing. Raises AnnotatorError for shares that are none."""
        readings = self._readings.wanted
        wanted = self._which.into(readings) if readings is not None else None
        if wanted is None:
            return None
        parting = self._parts.parting() if self._kind.splits else None
        release, named = self._release.release, self._release.private_names
        return Recipe(self._kind.name, wanted, self._settings.values, release, parting, named)

    # ---- looking ahead

    def _look(
        self,
        function: Callable[[Project, Progress], object],
        then: Callable[..., None],
        failed: Callable[[str], None],
    ) -> None:
        job = Job(on_project(self._path, function, read_only=True))
        self._looking.append(job)
        job.finished.connect(then)
        job.failed.connect(failed)
        job.start()

    def _changed(self) -> None:
        """Something else is chosen than was saved."""
        self._saved.show_changed()
        self._count_anew()

    def _count_anew(self) -> None:
        """What an earlier choice set going is stopped, and soon it is counted anew."""
        for job in self._looking[1:]:
            job.finished.disconnect()
            job.failed.disconnect()
            job.cancel()
        del self._looking[1:]
        self._pause.stop()
        if self.isVisible() and self._sound_recipe() is not None:
            self._shown.say(self.tr("Counting…"))
            self._pause.start()

    def _sound_recipe(self) -> Recipe | None:
        """What is chosen; what speaks against it is said."""
        try:
            recipe = self._recipe()
        except AnnotatorError as error:
            self._refuse(str(error))
            return None
        if recipe is None:
            self._refuse(self.tr("Nothing is ticked."))
        else:
            self._export.setEnabled(True)
        return recipe

    def _foresee(self) -> None:
        """Find out what would be written, and how it would begin."""
        recipe = self._sound_recipe()
        if recipe is not None:
            self._look(partial(_foreseen, recipe), self._show_foreseen, self._refuse)
            self._look(partial(_previewed, recipe), self._show_lines, self._show_no_lines)

    def _refuse(self, sentence: str) -> None:
        self._export.setEnabled(False)
        self._shown.say(choice_in_window(sentence))
        self._shown.show_losses(None, self._kind)
        self._shown.show_lines(None)

    def _stop_looking(self) -> None:
        self._pause.stop()
        for job in self._looking:
            job.finished.disconnect()
            job.failed.disconnect()
            job.cancel()
        self._looking.clear()

    def _show_numbers(self, info: Info) -> None:
        before = self._readings.wanted
        self._readings.show_numbers(info)
        if self._readings.wanted != before:  # only now it is known that there is an agreed version
            self._count_anew()

    def _show_foreseen(self, report: ExportReport) -> None:
        self._shown.show_report(report, self._kind)

    def _show_lines(self, found: Lines) -> None:
        self._shown.show_lines(found)

    def _show_no_lines(self, _: str) -> None:
        self._shown.show_lines(None)

    # ---- going

    def _take(self) -> None:
        recipe, destination = self._sound_recipe(), self._place.path
        if recipe is None or destination is None:
            return
        self.dismiss()
        run_export(self._workspace, self._jobs, self._status, destination, recipe)


def _foreseen(recipe: Recipe, project: Project, progress: Progress) -> ExportReport:
    return foresee(project, recipe, progress=progress)


def _previewed(recipe: Recipe, project: Project, progress: Progress) -> Lines:
    return preview_export(project, recipe, progress=progress)


def _area(content: QWidget) -> QWidget:
    area = scrolled(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _tags(project: Project) -> list[tuple[str, str]]:
    """The tags of the project with their names: those of the codebook, then others that are in use."""
    version = queries.codebook_version(project)
    known = [(tag.id, tag.label) for tag in version[1].tags] if version else []
    there = {tag for tag, _ in known}
    return known + [(tag, tag) for tag in sorted(queries.tags_in_use(project)) if tag not in there]
