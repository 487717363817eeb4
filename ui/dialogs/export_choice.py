"""Whose readings go into an export: ticks for the coders, the agreed version, and "only what is done"."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.operations.export_choice import Wanted
from annotator.operations.info import Info
from annotator.operations.words import counted

from ..widgets.surface import scrolled
from ..widgets.tick import Tick

_LISTED = 6  # coders that are seen without scrolling
_ROW = 26


class ReadingChoice(QWidget):
    """All is ticked at first. `changed` with every tick."""

    changed = Signal()

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._coders = {name: self._tick(name) for name in names}
        self._gold = self._tick(self.tr("The agreed version (gold)"))
        self._gold.hide()  # until it is known that there is such a version
        self._done = self._tick(self.tr("Only articles declared done"), on=False)
        inner = QWidget()
        ticks = QVBoxLayout(inner)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setSpacing(0)
        for tick in (*self._coders.values(), self._gold):
            ticks.addWidget(tick)
        ticks.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if len(names) > _LISTED:
            area = scrolled(inner)
            area.setFixedHeight(_LISTED * _ROW)
            area.setAccessibleName(self.tr("Whose coding"))
            column.addWidget(area)
        else:
            column.addWidget(inner)
        column.addWidget(self._done)

    @property
    def wanted(self) -> Wanted | None:
        """What is ticked; no coders and no gold mean everything. None when nothing is ticked."""
        shown = {name: tick for name, tick in self._coders.items() if not tick.isHidden()}
        ticked = tuple(name for name, tick in shown.items() if tick.isChecked())
        gold, done = self._gold.isChecked() and not self._gold.isHidden(), self._done.isChecked()
        if len(ticked) == len(shown) and (gold or self._gold.isHidden()):
            return Wanted(done=done)
        if ticked:
            return Wanted(ticked, gold, done)
        return Wanted(gold=True, done=done) if gold else None

    def show_wanted(self, wanted: Wanted) -> None:
        """Tick what was saved."""
        all_of_it = not wanted.coders and not wanted.gold
        for name, tick in self._coders.items():
            tick.setChecked(all_of_it or name in wanted.coders)
        self._gold.setChecked(all_of_it or wanted.gold)
        self._done.setChecked(wanted.done)

    def show_numbers(self, info: Info) -> None:
        """Say beside each name how much there is; what has no readings gets no tick."""
        numbers = {coder.name: coder for coder in info.coders}
        for name, tick in self._coders.items():
            coder = numbers.get(name)
            tick.setVisible(coder is not None)
            if coder is not None:
                self._number(tick, name, coder.annotations, coder.documents)
        self._number(self._gold, self.tr("The agreed version (gold)"), info.gold_annotations, info.gold)
        self._gold.setVisible(info.gold > 0)

    def _number(self, tick: Tick, name: str, annotations: int, documents: int) -> None:
        tags = counted(annotations, self.tr("annotation"), self.tr("annotations"))
        articles = counted(documents, self.tr("article"), self.tr("articles"))
        words = self.tr("{tags} in {articles}").format(tags=tags, articles=articles)
        tick.say(f"{name} – {words}")

    def _tick(self, words: str, *, on: bool = True) -> Tick:
        made = Tick(words, on=on)
        made.toggled.connect(lambda _: self.changed.emit())
        return made
