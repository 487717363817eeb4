"""What an export would hold, what its format cannot hold, and how it begins."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.formats.format import Format
from annotator.formats.loss import Loss
from annotator.operations.export import ExportReport
from annotator.operations.export_preview import Lines
from annotator.operations.words import counted

from ..theme import SIZES
from ..widgets.clearing import clear
from ..widgets.icon_label import IconLabel
from ..widgets.labels import ElidedLabel, breakable, label
from ..widgets.surface import surface
from .export_words import plain

_SHOWN = 150  # pixels of the first lines


class ExportShown(QWidget):
    """Three sections that are filled as the counting goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._holds = label("", "strong", wrap=True)
        self._losses = QVBoxLayout()
        self._losses.setSpacing(4)
        self._file = ElidedLabel("", "meta", Qt.TextElideMode.ElideMiddle)  # a long title makes a long name
        self._lines = surface(QPlainTextEdit(), "side")
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._lines.setCornerWidget(QWidget())  # else Qt draws a box between the scroll bars
        self._lines.setAccessibleName(self.tr("The first lines"))
        self._lines.setFixedHeight(_SHOWN)
        self._lines.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(SIZES["tiny"])
        self._lines.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(self.tr("What goes into it"), "section"))
        column.addWidget(self._holds)
        column.addSpacing(8)
        column.addWidget(label(self.tr("What this format cannot hold"), "section"))
        column.addLayout(self._losses)
        column.addSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("The first lines"), "section"))
        head.addWidget(self._file, 1)
        column.addLayout(head)
        column.addWidget(self._lines)

    def say(self, sentence: str) -> None:
        """Say why nothing is counted, or that it is being counted."""
        self._holds.setText(breakable(sentence))

    def show_report(self, report: ExportReport, kind: Format) -> None:
        """What was counted."""
        articles = counted(report.documents, self.tr("article"), self.tr("articles"))
        tags = counted(report.annotations, self.tr("annotation"), self.tr("annotations"))
        links = counted(report.relations, self.tr("link"), self.tr("links"))
        if report.untagged:
            bare = self.tr("{n} of them without tags").format(n=f"{report.untagged:,}")
            articles += f" ({bare if report.untagged < report.documents else self.tr('none with tags')})"
        told = f"{articles}, {tags}, {links}"
        if report.not_done:
            readings = counted(report.not_done, self.tr("reading"), self.tr("readings"))
            told += " · " + self.tr("{readings} not declared done").format(readings=readings)
        self._holds.setText(told)
        self.show_losses(report, kind)

    def show_losses(self, report: ExportReport | None, kind: Format) -> None:
        """What is lost; without a report, what is known of the format alone."""
        clear(self._losses)
        lost = report.lost if report else {}
        told = [Loss.HISTORY.value] if Loss.HISTORY in kind.cannot_hold else []  # the only one nobody counts
        told += [f"{plain(reason)}: {number:,}" for reason, number in lost.items()]
        for sentence in told or [self.tr("Nothing is lost.")]:
            self._losses.addWidget(_sentence(sentence[:1].upper() + sentence[1:], lost=bool(told)))

    def show_lines(self, found: Lines | None) -> None:
        """How the export begins; None while that is not known."""
        self._file.setText(found.file if found else "")
        if found is not None and not found.file:
            self._lines.setPlainText(self.tr("This kind of file is not made of text."))
        else:
            self._lines.setPlainText("\n".join(found.lines) if found else "")


def _sentence(text: str, *, lost: bool) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    sign = IconLabel("minus-circle" if lost else "check-circle", "ink3" if lost else "ok")
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, wrap=True), 1)
    return holder
