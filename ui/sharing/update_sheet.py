"""A newer package for the same coder: offered as an update of the coder's file, never as a second project."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.operations.updating import Update, preview_update

from ..dialogs.place_row import fault, short_folder
from ..jobs import Job, on_project
from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.labels import ElidedLabel, breakable, label
from ..widgets.progress import Progress as Bar
from ..widgets.sheet import Sheet

_LONGEST = 80  # signs that the button has room for


class UpdateSheet(Sheet):
    """Says what would come; `bring_requested` and `open_requested` carry the own file and the package."""

    bring_requested = Signal(object, object)
    open_requested = Signal(object)  # the file to open as it is

    def __init__(self, parent: QWidget, own: Path, package: Path) -> None:
        content = QWidget()
        title = QCoreApplication.translate("Update", "An update of your file")
        super().__init__(parent, title, content, 680, leave="cancel")
        self.setObjectName("update_sheet")
        self._own, self._package = own, package
        words = self.tr("“{name}” is a newer package for you, of the project you have in this file already:")
        self._file = ElidedLabel(own.name, "strong", Qt.TextElideMode.ElideMiddle)
        self._folder = ElidedLabel(short_folder(own.parent), "meta", Qt.TextElideMode.ElideMiddle)
        self.told = label(self.tr("Looking at what is new…"), "second", wrap=True)
        self._bar = Bar(self.tr("Looking at what is new"))
        self._faults = QVBoxLayout()
        self.main = button(self.tr("Bring into your file"), "primary", on_click=self._take)
        self._go = button(self.tr("Open your file as it is"), "link", on_click=self._open_own)
        self._alone = button(self.tr("Open the package by itself"), "link", on_click=self._open_alone)
        self.main.setEnabled(False)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(breakable(words.format(name=package.name)), "second", wrap=True))
        column.addWidget(self._file)
        column.addWidget(self._folder)
        column.addSpacing(4)
        column.addWidget(self.told)
        column.addWidget(self._bar)
        column.addLayout(self._faults)
        others = QHBoxLayout()
        others.setSpacing(16)
        others.addWidget(self._go)
        others.addWidget(self._alone)
        others.addStretch(1)
        column.addLayout(others)
        column.addLayout(self.foot(self.main))
        content.setFocusProxy(self.leave)
        self.closed.connect(self._leave)
        work = on_project(own, lambda project, progress: preview_update(project, package, progress=progress))
        self._job: Job | None = Job(work)
        self._job.finished.connect(self._show)
        self._job.failed.connect(self._show_fault)
        self._job.start()

    def _show(self, found: Update) -> None:
        self._job = None
        self._bar.hide()
        nothing = found == Update()
        told = self.tr("There is nothing new in it.") if nothing else self.tr("It brings {news}. What you did stays.")
        self.told.setText(told.format(news=found.said()))
        words = self.tr("Bring into your file ({news})").format(news=found.said())
        self.main.say(self.tr("Bring into your file") if nothing or len(words) > _LONGEST else words)
        self.main.setEnabled(not nothing)
        (self._go if nothing else self.main).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.told.text())

    def _show_fault(self, sentence: str) -> None:
        self._job = None
        self._bar.hide()
        self.told.hide()
        self._faults.addWidget(fault(sentence))
        announce(self, sentence, at_once=True)

    def _take(self) -> None:
        self.dismiss()
        self.bring_requested.emit(self._own, self._package)

    def _open_own(self) -> None:
        self.dismiss()
        self.open_requested.emit(self._own)

    def _open_alone(self) -> None:
        self.dismiss()
        self.open_requested.emit(self._package)

    def _leave(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            for signal in (job.finished, job.failed):
                signal.disconnect()
            job.cancel()
        self.deleteLater()
