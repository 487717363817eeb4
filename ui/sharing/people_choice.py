"""Ticking coders, each with what they have now and will have then."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from annotator.operations.team import Member
from annotator.operations.words import counted

from ..widgets.labels import label
from ..widgets.tick import Tick


class PeopleChoice(QWidget):
    """`changed` when another coder is ticked or no longer."""

    changed = Signal()

    def __init__(self, members: Sequence[Member]) -> None:
        super().__init__()
        self._members = members
        self.ticks: dict[int, Tick] = {}
        self._told: dict[int, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for row, member in enumerate(members):
            tick, told = Tick(member.name), label("", "meta")
            tick.toggled.connect(lambda _: self.changed.emit())
            self.ticks[member.key], self._told[member.key] = tick, told
            grid.addWidget(tick, row, 0)
            grid.addWidget(told, row, 1)
        grid.setRowStretch(len(members), 1)
        self.show_loads({})

    def chosen(self) -> tuple[int, ...]:
        """The keys of those who are ticked, in the order of the list."""
        return tuple(key for key, tick in self.ticks.items() if tick.isChecked())

    def show_loads(self, added: Mapping[int, int]) -> None:
        """Say how many articles each has, and would have: "12 → 27"."""
        for member in self._members:
            more = added.get(member.key, 0)
            before = f"{member.assigned:,}"
            self._told[member.key].setText(f"{before} → {member.assigned + more:,}" if more else before)
            spoken = counted(member.assigned, self.tr("article"), self.tr("articles"))
            if more:
                spoken += self.tr(", then {number}").format(number=f"{member.assigned + more:,}")
            self.ticks[member.key].setAccessibleDescription(spoken)
