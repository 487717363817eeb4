"""A project that lies where files do not last: asked once, before it is opened, where to keep it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.storage.project import SUFFIX
from annotator.storage.stranger import take_in

from ..jobs import Job, Progress
from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.labels import breakable, label
from ..widgets.sheet import Sheet
from .choosing import Chooser, documents_folder
from .file_names import free_path
from .place_row import PlaceRow, Warnings, fault, nothing_against


class KeepWhereSheet(Sheet):
    """Copies the project to a lasting place, or opens it where it is. `open_requested` carries what to open."""

    open_requested = Signal(str)

    def __init__(self, parent: QWidget, chooser: Chooser | None = None, warnings: Warnings = nothing_against) -> None:
        content = QWidget()
        super().__init__(
            parent,
            QCoreApplication.translate("KeepWhere", "Where shall this project be kept?"),
            content,
            560,
            leave="cancel",
        )
        self._chooser = chooser or Chooser()
        self._source: Path | None = None
        self._job: Job | None = None
        self._why = label("", "second", wrap=True)
        self._place = PlaceRow(self.tr("Copy of the project"), warnings)
        self._place.change_requested.connect(self._choose)
        self._faults = QVBoxLayout()
        self._keep = button("", "primary", on_click=self._copy)
        self._stay = button(self.tr("Open it where it is"), on_click=self._open_there)
        content.setFocusProxy(self._keep)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._why)
        column.addSpacing(4)
        column.addWidget(label(self.tr("Copy it to"), "section"))
        column.addWidget(self._place)
        column.addLayout(self._faults)
        column.addSpacing(8)
        column.addLayout(self.foot(self._keep, self._stay))

    def ask(self, path: Path) -> None:
        """Ask about a project; nothing is opened if the sheet is left with Esc."""
        self._source = path
        self._say("")
        words = self.tr("“{name}” lies in {folder}, where files may be cleared away. A tag set there could be lost.")
        self._why.setText(breakable(words.format(name=path.name, folder=path.parent)))
        self._place.show_path(free_path(documents_folder(), path.name.removesuffix(SUFFIX)))
        self._allow(True)
        self.present()

    def dismiss(self) -> None:
        if self._job is None:
            super().dismiss()

    # ---- inside

    def _choose(self) -> None:
        proposed = self._place.path or documents_folder()
        kind = self.tr("Annotator project (*{suffix})").format(suffix=SUFFIX)
        path = self._chooser.destination(self, self.tr("Keep the project in"), proposed, [kind], replaces=False)
        if path is not None:
            self._place.show_path(path if path.name.endswith(SUFFIX) else path.with_name(path.name + SUFFIX))

    def _open_there(self) -> None:
        self.dismiss()
        self.open_requested.emit(str(self._source))

    def _copy(self) -> None:
        source, destination = self._source, self._place.path
        if source is None or destination is None or self._job is not None:
            return

        def work(_: Progress) -> Path:
            take_in(source, destination)  # it came from somewhere else: looked through before it is used
            return destination

        self._say("")
        self._allow(False)
        self._job = Job(work)
        self._job.finished.connect(self._copied)
        self._job.failed.connect(self._say)
        self._job.ended.connect(self._over)
        self._job.start()

    def _copied(self, destination: Path) -> None:
        self._job = None
        self.dismiss()
        self.open_requested.emit(str(destination))

    def _over(self) -> None:
        self._job = None
        self._allow(True)

    def _allow(self, allowed: bool) -> None:
        for part in (self._keep, self._stay, self._place):
            part.setEnabled(allowed)
        self._keep.say(self.tr("Keep a copy there and open it") if allowed else self.tr("Copying…"))
        if allowed and self.isVisible():
            self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str) -> None:
        clear(self._faults)
        if sentence:
            self._faults.addWidget(fault(sentence))
            announce(self, sentence, at_once=True)
