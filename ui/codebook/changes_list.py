"""What a version changes, one line a change; where it can still be said, a person says what kind of change it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from annotator.model.codebook_diff import MARKS, Change

from ..widgets.clearing import clear
from ..widgets.labels import breakable, label
from ..widgets.surface import scrolled
from . import choices
from .fields import ChoiceField
from .word_diff import WordDiff

MOST = 300  # changes that are shown one by one
_KIND = 116  # pixels for what kind of change it is
_TOP = Qt.AlignmentFlag.AlignTop


class ChangesList(QWidget):
    """`marked` says that a person gave a change another kind."""

    marked = Signal(str, str)  # path of the change, kind

    def __init__(self, *, marks: bool) -> None:
        super().__init__()
        self._marks = marks
        self._choices: dict[str, ChoiceField] = {}
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(2, 2, 12, 8)
        self._column.setSpacing(10)
        self.area: QScrollArea = scrolled(self._body)
        self.area.setAccessibleName(self.tr("Changes"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show these changes."""
        clear(self._column)
        self._choices.clear()
        for each in changes[:MOST]:
            self._column.addWidget(self._row(each))
        if len(changes) > MOST:
            told = self.tr("and {n} more: after that many the codebook is another one").format(
                n=f"{len(changes) - MOST:,}"
            )
            self._column.addWidget(label(told, "meta", wrap=True))
        self._column.addStretch(1)
        self.area.setAccessibleDescription(" ".join(each.sentence for each in changes)[:2000])

    def choice(self, path: str) -> ChoiceField | None:
        """Where the kind of a change is chosen."""
        return self._choices.get(path)

    def _row(self, change: Change) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, _KIND)
        grid.setColumnStretch(1, 1)
        if self._marks and change.kind in MARKS:
            kind: QWidget = self._kind(change)
        else:
            kind = label(choices.said(choices.CHANGES[change.kind]), "section")
            kind.setMinimumHeight(22)
        grid.addWidget(kind, 0, 0, 2, 1, _TOP)
        compared = bool(change.before and change.after and change.subject)
        words = label(breakable(change.subject if compared else change.sentence), "strong" if compared else "body")
        words.setWordWrap(True)
        grid.addWidget(words, 0, 1)
        if compared:
            grid.addWidget(WordDiff(change.before, change.after, change.sentence), 1, 1)
        return row

    def _kind(self, change: Change) -> ChoiceField:
        choice = ChoiceField([(kind, choices.said(choices.CHANGES[kind])) for kind in MARKS])
        choice.show_value(change.kind)
        choice.setFixedWidth(_KIND)
        choice.setAccessibleName(self.tr("Kind of change: {change}").format(change=change.sentence))
        choice.setProperty("path", change.path)
        choice.edited.connect(self._mark)
        self._choices[change.path] = choice
        return choice

    def _mark(self, kind: str) -> None:
        asked = self.sender()
        if asked is not None:
            self.marked.emit(str(asked.property("path")), kind)
