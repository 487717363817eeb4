"""How far the articles are, and closing the round of those that all their coders have finished."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.operations import rounds
from annotator.operations.words import counted
from annotator.storage import assignments
from annotator.storage.assignments import DOCUMENT_STATES, READY
from annotator.storage.project import Project

from ..widgets.buttons import button
from ..widgets.labels import label
from ..widgets.segments import Segments
from ..widgets.sheet import Sheet
from ..widgets.state_glyph import StateGlyph, state_word
from ..widgets.tick import Tick
from ..workspace import Workspace

Close = Callable[[list[int]], str | None]  # articles → why they cannot be closed
_ALL, _THIS = "all", "this"


@dataclass(frozen=True)
class Standing:
    """How many articles are in each state, and those whose round can be closed."""

    counts: Mapping[str, int]
    ready: list[int]


def standing(project: Project) -> Standing:
    """How far all articles are."""
    states, closed = assignments.document_states(project), assignments.closed(project)
    return Standing(Counter(states.values()), [k for k, state in states.items() if state == READY and k not in closed])


class RoundsSheet(Sheet):
    """Four numbers, one choice, one button, and whether coding is blind."""

    def __init__(self, parent: QWidget, workspace: Workspace, found: Standing, close: Close) -> None:
        content = QWidget()
        super().__init__(parent, QCoreApplication.translate("Rounds", "Close the round"), content, 560, leave="cancel")
        self.setObjectName("rounds_sheet")
        self._workspace, self._close = workspace, close
        self._counts, self._ready = found.counts, found.ready
        self._here = workspace.document if workspace.document in self._ready else None
        everything = self.tr("All that are ready, {number}").format(number=f"{len(self._ready):,}")
        options = [(_ALL, everything)] + ([(_THIS, self.tr("This article"))] if self._here is not None else [])
        self._which = Segments(self.tr("Which articles"), options, _ALL)
        self._fault = label("", "bad", wrap=True)
        self._fault.hide()
        self.blind = Tick(
            self.tr("Coders see nobody else’s work until the round is closed"),
            on=rounds.is_blind(workspace.project),
        )
        self._button = button("", "primary", on_click=self._take)
        self._build(content)
        content.setFocusProxy(self._button if self._ready else self.blind)
        self._which.chosen.connect(lambda _: self._tell())
        self.blind.toggled.connect(self._set_blind)
        self.closed.connect(self.deleteLater)
        self._tell()

    def _build(self, content: QWidget) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(4, 1)
        for row, state in enumerate(DOCUMENT_STATES):
            number = self._counts.get(state, 0)
            words = label(state_word(state))
            grid.addWidget(StateGlyph(state), row, 0)
            grid.addWidget(words, row, 1)
            grid.addWidget(label(f"{number:,}", "strong"), row, 2, Qt.AlignmentFlag.AlignRight)
            if state == READY and number > len(self._ready):
                told = self.tr("{number} of them closed").format(number=f"{number - len(self._ready):,}")
                grid.addWidget(label(told, "meta"), row, 3)
        grid.setColumnMinimumWidth(1, 140)
        told = self.tr(
            "An article is ready when all who code it are done. Once its round is closed they see each other’s work on "
            "it; their own can be looked at, and not changed until you send it back. Then review begins."
        )
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addWidget(label(told, "second", wrap=True))
        column.addWidget(self._which)
        column.addWidget(self.blind)
        blind = self.tr("In a file that all share this is a courtesy, not a lock. A package holds nobody else’s work.")
        column.addWidget(label(blind, "meta", wrap=True))
        column.addWidget(self._fault)
        column.addLayout(self.foot(self._button))

    def _tell(self) -> None:
        number = len(self._documents())
        told = counted(number, self.tr("article"), self.tr("articles"))
        ready = self.tr("Close the round of {articles}").format(articles=told)
        self._button.say(ready if number else self.tr("Nothing is ready yet"))
        self._button.setEnabled(number > 0)

    def _documents(self) -> list[int]:
        if self._which.choice == _THIS and self._here is not None:
            return [self._here]
        return self._ready

    def _set_blind(self, blind: bool) -> None:
        self._workspace.do(rounds.set_blind, blind)

    def _take(self) -> None:
        sentence = self._close(self._documents())
        self._fault.setText(sentence or "")
        self._fault.setVisible(bool(sentence))
        if sentence is None:
            self.dismiss()
