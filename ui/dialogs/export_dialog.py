"""Export: which format, whose readings, where to; what the format cannot hold is said before anything is written."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.formats.format import Format
from annotator.formats.loss import Loss
from annotator.formats.registry import FORMATS
from annotator.operations.export import ExportReport, foresee
from annotator.operations.export_records import people
from annotator.operations.info import Info, project_info
from annotator.operations.words import counted
from annotator.storage.project import Project

from ..jobs import Job, Jobs, Progress, on_project
from ..widgets.buttons import button
from ..widgets.icon_label import IconLabel
from ..widgets.labels import breakable, label
from ..widgets.sheet import Sheet
from ..widgets.status_line import StatusLine
from ..widgets.surface import scrolled
from ..workspace import Workspace
from .choosing import Chooser
from .export_choice import ReadingChoice
from .export_run import run_export
from .export_words import plain
from .file_names import file_name, free_path
from .place_row import PlaceRow


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
        super().__init__(parent, QCoreApplication.translate("Export", "Export"), content, 640, leave="cancel")
        self._workspace, self._jobs, self._status = workspace, jobs, status
        self._path = workspace.project.path
        self._chooser = chooser or Chooser()
        self._looking: list[Job] = []
        self._formats = [kind for kind in FORMATS if kind.writes]
        self._format = QComboBox()
        self._format.setAccessibleName(self.tr("Format"))
        for kind in self._formats:
            self._format.addItem(kind.label, kind.name)
        self._about = label("", "meta", wrap=True)
        self._readings = ReadingChoice(sorted(people(workspace.project).names.values(), key=str.casefold))
        self._holds = label("", "strong", wrap=True)
        self._losses = QVBoxLayout()
        self._losses.setSpacing(4)
        self._place = PlaceRow(self.tr("Export"))
        self._export = button(self.tr("Export"), "primary", on_click=self._take)
        content.setFocusProxy(self._export)
        self._build(content)
        self._format.currentIndexChanged.connect(self._follow_format)
        self._readings.changed.connect(self._foresee)
        self._place.change_requested.connect(self._choose_place)
        self.closed.connect(self._stop_looking)
        self._follow_format()

    def present(self) -> None:
        """Show the sheet, and look at what would be written."""
        super().present()
        self._look(lambda project, _: project_info(project), self._show_numbers)
        self._foresee()

    # ---- inside

    def _build(self, content: QWidget) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2, 0, 10, 0)
        column.setSpacing(6)
        sections: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("Format"), (self._format, self._about)),
            (self.tr("Whose coding"), (self._readings,)),
            (self.tr("What goes into it"), (self._holds,)),
        )
        for title, parts in sections:
            column.addWidget(label(title, "section"))
            for part in parts:
                column.addWidget(part)
            column.addSpacing(8)
        column.addWidget(label(self.tr("What this format cannot hold"), "section"))
        column.addLayout(self._losses)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Written to"), "section"))
        column.addWidget(self._place)
        column.addStretch(1)
        area = scrolled(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(area, 1)
        outer.addLayout(self.foot(self._export))

    @property
    def _kind(self) -> Format:
        return self._formats[self._format.currentIndex()]

    def _follow_format(self) -> None:
        kind = self._kind
        self._about.setText(kind.description)
        name = file_name(self._workspace.project.meta("title")) or self._path.stem
        suffix = kind.patterns[0].removeprefix("*") if kind.patterns else ""
        folder = (self._place.path or self._path).parent
        self._place.show_path(free_path(folder, name, suffix))
        self._show_losses(None)
        if self.isVisible():
            self._foresee()

    def _choose_place(self) -> None:
        kind = self._kind
        filters = [f"{kind.label} ({' '.join(kind.patterns)})"]
        proposed = self._place.path or self._path.parent
        path = self._chooser.destination(self, self.tr("Export to"), proposed, filters)
        if path is not None:
            self._place.show_path(path)

    # ---- looking ahead

    def _look(self, function: Callable[[Project, Progress], object], then: Callable[..., None]) -> None:
        job = Job(on_project(self._path, function, read_only=True))
        self._looking.append(job)
        job.finished.connect(then)
        job.failed.connect(lambda sentence: self._holds.setText(breakable(sentence)))
        job.start()

    def _foresee(self) -> None:
        """Find out what would be written; what an earlier choice set going is stopped."""
        for job in self._looking[1:]:
            job.finished.disconnect()
            job.cancel()
        del self._looking[1:]
        chosen = self._readings.chosen
        self._export.setEnabled(chosen is not None)
        if chosen is None:
            self._holds.setText(self.tr("Nothing is ticked."))
            self._show_losses(None)
            return
        self._holds.setText(self.tr("Counting…"))
        ask = partial(foresee, format_name=self._kind.name, coders=chosen.coders, gold=chosen.gold, done=chosen.done)
        self._look(lambda project, progress: ask(project, progress=progress), self._show_foreseen)

    def _stop_looking(self) -> None:
        for job in self._looking:
            job.finished.disconnect()
            job.failed.disconnect()
            job.cancel()
        self._looking.clear()

    def _show_numbers(self, info: Info) -> None:
        self._readings.show_numbers(info)

    def _show_foreseen(self, report: ExportReport) -> None:
        articles = counted(report.documents, self.tr("article"), self.tr("articles"))
        tags = counted(report.annotations, self.tr("annotation"), self.tr("annotations"))
        links = counted(report.relations, self.tr("link"), self.tr("links"))
        if report.untagged:
            bare = self.tr("{n} of them without tags").format(n=f"{report.untagged:,}")
            articles += f" ({bare if report.untagged < report.documents else self.tr('none with tags')})"
        self._holds.setText(f"{articles}, {tags}, {links}")
        self._show_losses(report)

    def _show_losses(self, report: ExportReport | None) -> None:
        while item := self._losses.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        lost = report.lost if report else {}
        told = [Loss.HISTORY.value] if Loss.HISTORY in self._kind.cannot_hold else []  # the only one nobody counts
        told += [f"{plain(reason)}: {number:,}" for reason, number in lost.items()]
        for sentence in told or [self.tr("Nothing is lost.")]:
            self._losses.addWidget(_sentence(sentence[:1].upper() + sentence[1:], lost=bool(told)))

    # ---- going

    def _take(self) -> None:
        chosen, destination, kind = self._readings.chosen, self._place.path, self._kind
        if chosen is None or destination is None:
            return
        self.dismiss()
        run_export(self._workspace, self._jobs, self._status, destination, kind, chosen)


def _sentence(text: str, *, lost: bool) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    sign = IconLabel("minus-circle" if lost else "check-circle", "ink3" if lost else "ok")
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, wrap=True), 1)
    return holder
