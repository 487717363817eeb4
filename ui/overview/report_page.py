"""What one takes away: the words for a paper, and the whole as one file."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from annotator.operations.overview import Overview
from annotator.operations.overview_tables import PAPER, paper_table

from ..widgets.buttons import button
from .page import OverviewPage


class ReportPage(OverviewPage):
    """The sentences can be selected; the table copies as the others do."""

    report_wanted = Signal()
    paper_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        paper = self.section(self.tr("For a paper"), PAPER, wide=True)
        self._table = self.table_in(paper, self.tr("Table for a paper"))
        self._text = QPlainTextEdit()
        self._text.setObjectName("overview_paper")
        self._text.setAccessibleName(self.tr("Sentences for a paper"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setProperty("kind", "note")
        self._text.setFixedHeight(190)
        paper.add(self._text)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        copy = button(self.tr("Copy table and sentences"), "secondary", "copy", self.paper_wanted.emit)
        copy.setObjectName("overview_copy_paper")
        row.addWidget(copy)
        row.addStretch(1)
        paper.add(buttons)
        self.whole = self.section(
            self.tr("The whole report"),
            note=self.tr(
                "All tables and pictures in one HTML or PDF file. It holds names of coders and titles of articles, "
                "and no text of an article."
            ),
            wide=True,
        )
        save = QWidget()
        line = QHBoxLayout(save)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(button(self.tr("Save the report…"), "secondary", "download-simple", self.report_wanted.emit))
        line.addStretch(1)
        self.whole.add(save)

    def steps(self, found: Overview) -> list[Callable[[], None]]:
        return [
            lambda: self._table.show_table(paper_table(found)),
            lambda: self._text.setPlainText("\n".join(found.paper.sentences)),
        ]
