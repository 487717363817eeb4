"""Which part of the coding goes into an export: readings in a state, annotations with a tag, articles of a time."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.operations.export_choice import Wanted

from ..widgets.labels import label
from ..widgets.surface import scrolled
from ..widgets.tick import Tick

_LISTED = 5  # tags that are seen without scrolling
_ROW = 26


class WhichPart(QWidget):
    """All is taken at first. `changed` with every choice."""

    changed = Signal()

    def __init__(self, tags: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._state = QComboBox()
        self._state.setAccessibleName(self.tr("State of the coding"))
        for state, words in (
            ("", self.tr("In any state")),
            ("in work", self.tr("Only coding in work")),
            ("returned", self.tr("Only coding sent back")),
            ("set aside", self.tr("Only articles set aside")),
        ):
            self._state.addItem(words, state)
        self._tags = {tag: Tick(words, on=True) for tag, words in tags}
        self._since, self._until = QLineEdit(), QLineEdit()
        for field, words in ((self._since, self.tr("Articles from")), (self._until, self.tr("Articles until"))):
            field.setAccessibleName(words)
            field.setPlaceholderText(self.tr("2022-01-31"))
            field.textChanged.connect(self.changed)
        self._state.currentIndexChanged.connect(self.changed)
        for tick in self._tags.values():
            tick.toggled.connect(self.changed)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._state)
        inner = QWidget()
        ticks = QVBoxLayout(inner)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setSpacing(0)
        for tick in self._tags.values():
            ticks.addWidget(tick)
        if len(self._tags) > _LISTED:
            area = scrolled(inner)
            area.setFixedHeight(_LISTED * _ROW)
            area.setAccessibleName(self.tr("Tags"))
            column.addWidget(area)
        else:
            column.addWidget(inner)
        dates = QHBoxLayout()
        dates.setSpacing(8)
        for words, field in ((self.tr("From"), self._since), (self.tr("until"), self._until)):
            dates.addWidget(label(words, "second"))
            dates.addWidget(field, 1)
        column.addLayout(dates)

    def into(self, wanted: Wanted) -> Wanted | None:
        """The choice with this part of it; None when no tag is ticked."""
        ticked = tuple(tag for tag, tick in self._tags.items() if tick.isChecked())
        if self._tags and not ticked:
            return None
        state = str(self._state.currentData())
        return replace(
            wanted,
            states=(state,) if state else (),
            tags=ticked if len(ticked) < len(self._tags) else (),
            since=self._since.text().strip(),
            until=self._until.text().strip(),
        )

    def show_wanted(self, wanted: Wanted) -> None:
        """Choose what was saved."""
        self._state.setCurrentIndex(max(0, self._state.findData(wanted.states[0] if len(wanted.states) == 1 else "")))
        for tag, tick in self._tags.items():
            tick.setChecked(not wanted.tags or tag in wanted.tags)
        self._since.setText(wanted.since)
        self._until.setText(wanted.until)
