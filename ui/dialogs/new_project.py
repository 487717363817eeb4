"""A new project: a title, a place, a codebook."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook
from annotator.model.codebook_yaml import default_codebook, read_codebook
from annotator.operations.projects import create_project
from annotator.storage.project import SUFFIX

from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.labels import elided, label
from ..widgets.sheet import Sheet
from ..widgets.surface import scrolled
from .choosing import Chooser, documents_folder
from .file_names import file_name, free_path
from .place_row import PlaceRow, Warnings, fault, nothing_against


class NewProjectSheet(Sheet):
    """Makes the project file itself: `created` carries its path. Faults stand in the sheet, which stays open."""

    created = Signal(str)

    def __init__(self, parent: QWidget, chooser: Chooser | None = None, warnings: Warnings = nothing_against) -> None:
        content = QWidget()
        super().__init__(parent, QCoreApplication.translate("NewProject", "New project"), content, 600, leave="cancel")
        self._chooser = chooser or Chooser()
        self._own_place = False  # the person chose it: the title does not change it any more
        self._codebook_file: Path | None = None
        self._codebook: Codebook | None = None
        self._title = QLineEdit()
        self._title.setAccessibleName(self.tr("Title of the project"))
        self._title.setPlaceholderText(self.tr("Border talks 2022"))
        self._title.setMaxLength(200)
        self._place = PlaceRow(self.tr("Project file"), warnings)
        self._faults = QVBoxLayout()
        self._create = button(self.tr("Create project"), "primary", on_click=self._make)
        content.setFocusProxy(self._title)
        self._build(content)
        self._title.textChanged.connect(self._follow_title)
        self._place.change_requested.connect(self._choose_place)

    def ask(self, title: str = "") -> None:
        """Show the sheet afresh."""
        self._own_place = False
        self._builtin.setChecked(True)
        self._title.setText(title)
        self._follow_title(title)
        self.present()
        self._title.selectAll()

    # ---- inside

    def _build(self, content: QWidget) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2, 0, 10, 4)
        column.setSpacing(6)
        column.addWidget(label(self.tr("Title"), "section"))
        column.addWidget(self._title)
        column.addSpacing(10)
        column.addWidget(label(self.tr("Kept in one file"), "section"))
        column.addWidget(self._place)
        column.addSpacing(10)
        column.addWidget(label(self.tr("Codebook: what can be tagged"), "section"))
        self._add_codebooks(column)
        column.addLayout(self._faults)
        column.addStretch(1)
        area = scrolled(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(area, 1)
        outer.addLayout(self.foot(self._create))

    def _add_codebooks(self, column: QVBoxLayout) -> None:
        self._builtin = QRadioButton(self.tr("The built-in one"))
        self._own = QRadioButton(self.tr("One of my own, from a YAML file"))
        group = QButtonGroup(self)
        for choice in (self._builtin, self._own):
            choice.setAccessibleName(choice.text())
            group.addButton(choice)
        self._choose = button(self.tr("Choose…"), on_click=self._choose_codebook)
        self._choose.setAccessibleName(self.tr("Choose the codebook’s file"))
        own = QHBoxLayout()
        own.addWidget(self._own, 1)
        own.addWidget(self._choose)
        self._tags = elided("", "meta")
        self._tags.setContentsMargins(28, 0, 0, 0)
        self._own_tags = elided("", "meta")
        self._own_tags.setContentsMargins(28, 0, 0, 0)
        self._book_faults = QVBoxLayout()
        for part in (self._builtin, self._tags):
            column.addWidget(part)
        column.addLayout(own)
        column.addWidget(self._own_tags)
        column.addLayout(self._book_faults)
        self._builtin.setChecked(True)
        self._own.toggled.connect(self._follow_codebook)
        book = default_codebook()
        self._tags.setText(_tag_names(book))
        self._follow_codebook()

    def _follow_title(self, title: str) -> None:
        name = file_name(title)
        if not self._own_place:
            self._place.show_path(free_path(documents_folder(), name) if name else None)
        self._allow()

    def _choose_place(self) -> None:
        proposed = self._place.path or documents_folder() / f"{self.tr('Project')}{SUFFIX}"
        kind = self.tr("Annotator project (*{suffix})").format(suffix=SUFFIX)
        path = self._chooser.destination(self, self.tr("Keep the project in"), proposed, [kind], replaces=False)
        if path is not None:
            self._own_place = True
            if not path.name.endswith(SUFFIX):
                path = path.with_name(path.name + SUFFIX)
            self._place.show_path(path)
            if not self._title.text().strip():
                self._title.setText(path.name.removesuffix(SUFFIX))
        self._allow()

    def _choose_codebook(self) -> None:
        kind = self.tr("Codebook (*.yaml *.yml)")
        path = self._chooser.file(self, self.tr("Choose a codebook"), [kind])
        if path is not None:
            self._codebook_file = path
            self._own.setChecked(True)
            self._read_codebook()

    def _follow_codebook(self) -> None:
        if self._own.isChecked():
            self._read_codebook()
        else:
            self._say(self._book_faults)
            self._own_tags.hide()
        self._allow()

    def _read_codebook(self) -> None:
        """Read the file anew: it may have been mended meanwhile."""
        self._codebook = None
        self._own_tags.hide()
        self._say(self._book_faults)
        if self._codebook_file is not None:
            try:
                self._codebook = read_codebook(self._codebook_file)
            except AnnotatorError as error:
                self._say(self._book_faults, str(error))
            else:
                self._own_tags.setText(f"{self._codebook_file.name}: {_tag_names(self._codebook)}")
                self._own_tags.show()
        self._allow()

    def _allow(self) -> None:
        self._say(self._faults)
        has_book = self._builtin.isChecked() or self._codebook is not None
        self._create.setEnabled(self._place.path is not None and bool(self._title.text().strip()) and has_book)

    def _make(self) -> None:
        if self._own.isChecked():
            self._read_codebook()
        path, book = self._place.path, self._codebook if self._own.isChecked() else None
        if path is None or (self._own.isChecked() and book is None):
            return
        try:
            create_project(path, title=" ".join(self._title.text().split()), codebook=book).close()
        except AnnotatorError as error:
            self._say(self._faults, str(error))
            return
        self.dismiss()
        self.created.emit(str(path))

    def _say(self, place: QVBoxLayout, sentence: str = "") -> None:
        clear(place)
        if sentence:
            place.addWidget(fault(sentence))
            announce(self, sentence, at_once=True)


def _tag_names(book: Codebook) -> str:
    return " · ".join(tag.label for tag in book.active_tags)
