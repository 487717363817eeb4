"""How far the project is: by state, by coder, by week."""

from collections.abc import Callable

from annotator.operations.overview import Overview
from annotator.operations.overview_tables import needed_table, progress_tables
from annotator.storage.assignments import GOLD, IN_REVIEW, READY, WAITING

from .bars import PeopleBars, StateBar
from .page import OverviewPage
from .plots import Bars


class ProgressPage(OverviewPage):
    """Three sections, each a picture and its table."""

    def __init__(self) -> None:
        super().__init__()
        states = self.section(self.tr("Articles by state"), "states")
        self._states = StateBar(self.tr("Articles by state"))
        states.add(self._states, picture=True)
        weeks = self.section(self.tr("Articles a week"), "weeks")
        self._weeks = Bars(self.tr("Articles declared done by week"))
        weeks.add(self._weeks, picture=True)
        self.tell_missing(weeks)
        self._week_table = self.table_in(weeks, self.tr("Articles declared done by week"))
        self._weeks_section = weeks
        people = self.section(self.tr("By coder"), "progress_coders")
        self._people = PeopleBars(self.tr("Articles done by coder"))
        people.add(self._people, picture=True)
        self._people_table = self.table_in(people, self.tr("Articles by coder"))

    def steps(self, found: Overview) -> list[Callable[[], None]]:
        return [lambda: self._show_states(found), lambda: self._show_weeks(found), lambda: self._show_people(found)]

    def _show_states(self, found: Overview) -> None:
        words = {
            GOLD: self.tr("gold"),
            IN_REVIEW: self.tr("in review"),
            READY: self.tr("ready for review"),
            WAITING: self.tr("waiting"),
        }
        self._states.show_parts([(word, found.info.review.get(state, 0)) for state, word in words.items()])

    def _show_weeks(self, found: Overview) -> None:
        weeks = needed_table(progress_tables(found), "weeks")
        self._weeks.show_bars([(week[5:], sum(counts.values())) for week, counts in found.info.weeks.items()])
        self._week_table.show_table(weeks)
        self._weeks_section.say(weeks.note if weeks.rows else self.tr("Nothing is declared done yet."))

    def _show_people(self, found: Overview) -> None:
        people = [each for each in found.coders if each.begun or each.assigned]
        self._people.show_people([(each.name, each.done, each.assigned or found.info.documents) for each in people])
        self._people_table.show_table(needed_table(progress_tables(found), "progress_coders"))
