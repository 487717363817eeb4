"""What was written, and where it lies: one line for each file, and ways to get at them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.operations.sharing import Shared
from annotator.operations.words import counted

from ..dialogs.place_row import short_folder
from ..widgets.buttons import button
from ..widgets.icon_label import IconLabel
from ..widgets.labels import ElidedLabel, label
from ..widgets.surface import scrolled


class Written(QWidget):
    """Shown in place of the question, once the files are there."""

    def __init__(self, made: Sequence[Shared], told: str) -> None:
        super().__init__()
        self._paths = [each.path for each in made]
        lines = QWidget()
        inner = QVBoxLayout(lines)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for each in made:
            inner.addWidget(self._line(each))
        inner.addStretch(1)
        self.open = button(self.tr("Open the folder"), "primary", on_click=self._open)
        words = self.tr("Copy the path") if len(made) == 1 else self.tr("Copy the paths")
        self.copy = button(words, "secondary", "copy", self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        area = scrolled(lines)
        area.setAccessibleName(self.tr("What was written"))
        column.addWidget(label(told, "second", wrap=True))
        column.addWidget(area, 1)

    def _line(self, made: Shared) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel("check-circle", "ok"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        articles = counted(made.documents, self.tr("article"), self.tr("articles"))
        words.addWidget(label(f"{made.coder}: {articles}", "strong"))
        words.addWidget(ElidedLabel(made.path.name, "body", Qt.TextElideMode.ElideMiddle))
        where = self.tr("in {folder}").format(folder=short_folder(made.path.parent))
        words.addWidget(ElidedLabel(where, "meta", Qt.TextElideMode.ElideMiddle))
        row.addLayout(words, 1)
        return holder

    def _open(self) -> None:
        folder: Path = self._paths[0].parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(map(str, self._paths)))
