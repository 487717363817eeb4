"""What coders do: how much each tags, how training went, and, where the project wants it, how fast."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from annotator.operations.overview import Overview
from annotator.operations.overview_tables import Table, coder_tables, label, needed_table, table_of

from ..theme import current
from ..widgets.tick import Tick
from .page import OverviewPage
from .plots import Groups


class CodersPage(OverviewPage):
    """Nobody's speed is counted unless somebody ticks it here, and then everybody is told."""

    speeds_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._tag_inks: dict[str, tuple[str, str]] = {}
        rates = self.section(self.tr("Spans per 1,000 words"), "rates", wide=True)
        self._groups = Groups(self.tr("Spans per 1,000 words by tag and coder"))
        rates.add(self._groups, picture=True)
        self.tell_missing(rates)
        self._rates_section, self._rates = rates, self.table_in(rates, self.tr("Spans per 1,000 words"))
        self._training_section = self.section(self.tr("Training, against the agreed version"), "training")
        self._training = self.table_in(self._training_section, self.tr("Training, against the agreed version"))
        self._speed_section = self.section(self.tr("Speed"), "speeds")
        self._tick = Tick(self.tr("Count how fast each coder works, and tell the coders so"))
        self._tick.setObjectName("overview_speeds")
        self._tick.clicked.connect(lambda: self.speeds_wanted.emit(self._tick.isChecked()))
        self._speed_section.add(self._tick)
        self._speeds = self.table_in(self._speed_section, self.tr("Speed"))

    def show_inks(self, inks: dict[str, tuple[str, str]]) -> None:
        """The colours of tags, light and dark."""
        self._tag_inks = inks

    def steps(self, found: Overview) -> list[Callable[[], None]]:
        tables = coder_tables(found)
        return [lambda: self._show_rates(found, tables), lambda: self._show_others(found, tables)]

    def _show_rates(self, found: Overview, tables: list[Table]) -> None:
        tags = list(dict.fromkeys(tag for each in found.coders for tag in each.rates))
        inks = [(label(found, tag), self._tag_inks.get(tag, ("", ""))[current().dark] or current().ink) for tag in tags]
        people = [each for each in found.coders if each.rates]
        self._groups.show_groups(inks, [(p.name, tuple(p.rates.get(tag, 0.0) for tag in tags)) for p in people])
        rates = needed_table(tables, "rates")
        self._rates.show_table(rates)
        self._rates_section.say(rates.note if rates.rows else self.tr("Nothing is declared done yet."))

    def _show_others(self, found: Overview, tables: list[Table]) -> None:
        training, speeds = table_of(tables, "training"), table_of(tables, "speeds")
        self._training_section.wanted = training is not None
        if training is not None:
            self._training.show_table(training)
            self._training_section.say(self.tr("Articles for training, as each coder first declared them done."))
        self._tick.setChecked(found.speeds)
        self._speeds.setVisible(speeds is not None)
        if speeds is not None:
            self._speeds.show_table(speeds)
        off = self.tr("Off. Speed per person watches people: many places need their consent.")
        self._speed_section.say(speeds.note if speeds is not None else off)
