"""Import articles: choose, look at what was found, and go; the import itself runs beside the window."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from annotator.formats.registry import FORMATS
from annotator.operations.import_preview import Preview, preview
from annotator.operations.import_survey import Survey, survey
from annotator.operations.imports import How
from annotator.operations.words import counted
from annotator.storage import queries
from annotator.storage.project import Project

from ..jobs import Job, Jobs, Progress, on_project
from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.choice import Choice
from ..widgets.clearing import clear
from ..widgets.labels import label
from ..widgets.status_line import StatusLine
from ..widgets.surface import scrolled
from ..workspace import Workspace
from .choosing import Chooser
from .files_sheet import FilesSheet
from .import_labels import LabelChoice
from .import_run import ImportPlan, run_import
from .import_shown import ImportShown
from .place_row import fault


class ImportDialog(FilesSheet):
    """Asks what to import and shows what it is; then it is gone, and progress stands in the status line."""

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        jobs: Jobs,
        status: StatusLine,
        chooser: Chooser | None = None,
    ) -> None:
        super().__init__(parent, QCoreApplication.translate("Import", "Import articles"), 760)
        self._workspace, self._jobs, self._status = workspace, jobs, status
        self._chooser = chooser or Chooser()
        self._job: Job | None = None
        self._reading: Job | None = None  # of labels
        self._preview: Preview | None = None
        self._shown: ImportShown | None = None
        self._paths: tuple[Path, ...] = ()
        self._files = button(self.tr("Choose files…"), "primary", "file-text", self._choose_files)
        self._folder = button(self.tr("Choose a folder…"), "secondary", "folder-open", self._choose_folder)
        head = self.tr("Texts, Word files, PDFs, web pages, tables or annotated articles")
        hint = self.tr("Folders and archives of them too. You can also drop them on the window.")
        self._build_choice("article", head, hint, self._files, self._folder)
        self._again = button(self.tr("Choose others…"), "ghost", on_click=self.ask)
        self._import = button(self.tr("Import"), "primary", on_click=self._take)
        self._read_as = self._format_choice()
        self._build_result(self._import, self._again, label(self._read_as.accessibleName(), "second"), self._read_as)
        self.closed.connect(self._stop_looking)

    # ---- what the window uses

    def begin(self, paths: Sequence[Path] = ()) -> None:
        """Look at these paths, or ask for some."""
        if paths:
            self.look_at(paths)
        else:
            self.ask()

    def ask(self) -> None:
        """Ask for files or a folder."""
        self._stop_looking()
        self._turn_to(self._choice, self._files)
        self.present()

    def look_at(self, paths: Sequence[Path]) -> None:
        """Look at these, because they were dropped or chosen; the window goes on meanwhile."""
        self._read_as.setCurrentIndex(0)
        self._look(tuple(paths))
        self._words.setText(self.tr("Looking at what is there…"))
        self._bar.show_share(0, 0)
        self._turn_to(self._wait, self.leave)
        self.present()

    # ---- inside

    def _format_choice(self) -> Choice:
        """What files are read as, where what was found out is doubtful or wrong."""
        made = Choice(self.tr("Read as"), letters=20)
        made.addItem(self.tr("Found out for each file"), None)
        for kind in FORMATS:
            if kind.is_read and kind.unpacks is None:
                made.addItem(kind.label, kind.name)
        made.activated.connect(self._look_again)
        return made

    def _look_again(self) -> None:
        """Where it stands: the arrow keys go through the list, and keep the keyboard."""
        self._look(self._paths)
        self._fill(label(self.tr("Looking at what is there…"), "meta"))
        self._allow()

    def _look(self, chosen: tuple[Path, ...]) -> None:
        self._stop_looking()
        self._shown = None
        self._paths, name = chosen, self._read_as.currentData()
        job = Job(lambda progress: preview(chosen, format_name=name, progress=progress))
        self._job = job
        job.progressed.connect(self._tell)
        job.finished.connect(self._show)
        job.failed.connect(self._show_fault)
        job.start()

    def _choose_files(self) -> None:
        paths = self._chooser.files(self, self.tr("Choose articles"), _filters(self.tr("All files")))
        if paths:
            self.look_at(paths)

    def _choose_folder(self) -> None:
        folder = self._chooser.folder(self, self.tr("Choose a folder of articles"))
        if folder is not None:
            self.look_at([folder])

    def _tell(self, done: int, total: int, _trouble: str) -> None:
        if total:
            words = self.tr("Looked at {done} of {total} files").format(done=f"{done:,}", total=f"{total:,}")
        else:
            words = self.tr("{files} found").format(files=self._files_of(done))
        self._words.setText(words)
        self._bar.show_share(done, total)

    def _show(self, found: Preview) -> None:
        self._job = None
        self._preview = found
        self._shown = ImportShown(found, self._label_choice())
        self._shown.changed.connect(self._allow)
        self._shown.annotated_changed.connect(self._read_labels)
        area = scrolled(self._shown)
        area.setAccessibleName(self.tr("What was found"))
        self._fill(area)
        if not found.files:
            self._import.say(self.tr("Nothing to import"))
        elif found.single == found.files:
            articles = counted(found.files, self.tr("article"), self.tr("articles"))
            self._import.say(self.tr("Import {articles}").format(articles=articles))
        else:
            self._import.say(self.tr("Import {files}").format(files=self._files_of(found.files)))
        self._allow()
        self._turn_to_result(self._import if found.files else self._again)
        announce(self, self._import.text())
        if found.annotated:
            self._read_labels()

    def _turn_to_result(self, first: QWidget) -> None:
        self._turn_to(self._result, self._read_as if self._read_as.hasFocus() else first)

    def _label_choice(self) -> LabelChoice:
        workspace = self._workspace
        version = queries.codebook_version(workspace.project)
        return LabelChoice(version[1] if version else None, workspace.coder.name if workspace.coder else "")

    def _read_labels(self) -> None:
        """See what annotated files are labelled with, beside the window: it takes as long as reading them."""
        self._stop_reading()
        found, shown = self._preview, self._shown
        if found is None or shown is None:
            return
        paths, name, how = found.paths, self._read_as.currentData(), How(of_files=shown.settings_chosen())

        def read(project: Project, progress: Progress) -> Survey:
            return survey(project, paths, format_name=name, how=how, progress=progress)

        job = self._reading = Job(on_project(self._workspace.project.path, read, read_only=True))
        job.progressed.connect(self._tell_labels)
        job.finished.connect(self._show_labels)
        job.failed.connect(shown.labels.say_fault)
        job.start()

    def _tell_labels(self, done: int, _total: int, _trouble: str) -> None:
        if self._shown is not None:
            self._shown.labels.say_reading(done)

    def _show_labels(self, found: Survey) -> None:
        self._reading = None
        if self._shown is not None:
            self._shown.labels.show_survey(found)

    def _files_of(self, count: int) -> str:
        return counted(count, self.tr("file"), self.tr("files"))

    def _show_fault(self, sentence: str) -> None:
        self._job = None
        self._preview, self._shown = None, None
        self._fill(fault(sentence))
        self._import.say(self.tr("Nothing to import"))
        self._allow()
        self._turn_to_result(self._again)

    def _fill(self, content: QWidget) -> None:
        clear(self._holder)
        self._holder.addWidget(content)

    def _allow(self) -> None:
        self._import.setEnabled(self._preview is not None and self._preview.files > 0)

    def _take(self) -> None:
        found, shown = self._preview, self._shown
        if found is None or shown is None:
            return
        encodings = found.encodings(shown.encodings_chosen()) | shown.encodings_of_files()
        labels = shown.labels
        how = How(labels.mapping, labels.as_gold, of_files=shown.settings_chosen())
        plan = ImportPlan(found.paths, encodings, how, self._read_as.currentData(), labels.coder)
        self.dismiss()
        run_import(self._workspace, self._jobs, self._status, plan)

    def _stop_reading(self) -> None:
        if self._reading is not None:
            job, self._reading = self._reading, None
            _leave(job)

    def _stop_looking(self) -> None:
        self._stop_reading()
        if self._preview is not None:
            self._preview.close()  # what archives held
            self._preview = None
        if self._job is not None:
            job, self._job = self._job, None
            _leave(job)


def _leave(job: Job) -> None:
    """Nothing is heard of it any more."""
    for signal in (job.progressed, job.finished, job.failed):
        signal.disconnect()
    job.cancel()


def _filters(everything: str) -> Iterable[str]:
    readable = [kind for kind in FORMATS if kind.reads]
    yield f"{everything} (*)"
    for kind in readable:
        yield f"{kind.label} ({' '.join(kind.patterns)})"
