"""“Send my work”: a whole, closed copy of one's own file, named after project, coder and day."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.operations import sharing
from annotator.storage import queries

from ..dialogs.choosing import Chooser
from ..widgets.labels import label
from ..workspace import Workspace
from .writing_sheet import Work, WritingSheet


class SendSheet(WritingSheet):
    """Says how far the work is, and writes it."""

    def __init__(self, parent: QWidget, workspace: Workspace, coder: int, chooser: Chooser | None = None) -> None:
        super().__init__(parent, QCoreApplication.translate("Send", "Send my work"), workspace, chooser)
        self.setObjectName("send_sheet")
        self._coder = coder
        counts = queries.state_counts(workspace.project, coder)
        finished = counts.get("done", 0) + counts.get("set aside", 0)
        told = self.tr(
            "{done} of {all} articles are done. Only what is declared done counts; the rest may follow later."
        )
        what = QWidget()
        column = QVBoxLayout(what)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        words = told.format(done=f"{finished:,}", all=f"{counts['to code']:,}")
        if counts["to code"]:
            column.addWidget(label(words, "second", wrap=True))
        more = self.tr("A copy of your whole file is written. You go on in your own; send as often as you like.")
        column.addWidget(label(more, "second", wrap=True))
        column.addWidget(label(self.tr("Write into"), "section"))
        self.build(what)
        self.main.say(self.tr("Write the copy"))

    def work(self, folder: Path) -> Work:
        coder = self._coder
        return lambda project, _: [sharing.share_mine(project, folder, coder)]

    def told(self) -> str:
        return self.tr("Give this file to whoever leads the project, by mail or on a stick.")
