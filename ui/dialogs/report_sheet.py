"""What an import has to say: what was left out, repaired, there already, read with a guess; one line for each."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from annotator.formats.report import Note, Report
from annotator.operations.words import counted

from ..widgets.buttons import button
from ..widgets.labels import label
from ..widgets.segments import Segments
from ..widgets.sheet import Sheet


def worth_showing(report: Report) -> bool:
    """Whether anything was left out, put right, or is worth a look."""
    return bool(report.refused or report.repaired or report.warnings)


class ReportSheet(Sheet):
    """The report of one import; gone for good when it is closed."""

    def __init__(self, parent: QWidget, report: Report) -> None:
        content = QWidget()
        super().__init__(parent, QCoreApplication.translate("Report", "What the import found"), content, 760)
        kinds: dict[str, tuple[str, Sequence[Note]]] = {
            "refused": (self.tr("Left out"), report.refused),
            "repaired": (self.tr("Put right"), report.repaired),
            "warnings": (self.tr("Worth a look"), report.warnings),
            "skipped": (self.tr("Already there"), report.skipped),
        }
        self._notes = {kind: notes for kind, (_, notes) in kinds.items() if notes}
        options = [(kind, f"{kinds[kind][0]} {len(notes):,}") for kind, notes in self._notes.items()]
        self._which = Segments(self.tr("Which remarks"), options)
        only = label(" · ".join(words for _, words in options[:1]), "section")
        self._lines = QStringListModel(self)
        self._list = QListView()
        self._list.setModel(self._lines)
        self._list.setProperty("kind", "boxed")
        self._list.setAccessibleName(self.tr("Remarks"))
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setMinimumHeight(300)
        content.setFocusProxy(self._list)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._which, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(only)
        self._which.setVisible(len(options) > 1)  # not before: shown without a parent it would be a window of its own
        only.setVisible(len(options) == 1)
        column.addWidget(self._list, 1)
        self.head.insertWidget(1, button(self.tr("Copy all"), "ghost", "copy", self._copy))
        self._which.chosen.connect(self._show)
        self._show(self._which.choice)
        self.closed.connect(self.deleteLater)

    def _show(self, kind: str) -> None:
        notes = self._notes.get(kind, ())
        self._lines.setStringList([str(note) for note in notes])
        self._list.setAccessibleDescription(counted(len(notes), self.tr("remark"), self.tr("remarks")))
        if notes:
            self._list.setCurrentIndex(self._lines.index(0))

    def _copy(self) -> None:
        lines = [str(note) for notes in self._notes.values() for note in notes]
        QGuiApplication.clipboard().setText("\n".join(lines))
