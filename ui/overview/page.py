"""What every page of the overview can do: show what was counted, copy and save its parts."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal

from annotator.operations.overview import Overview

from ..widgets.labels import label
from . import plots
from .section import Page, Section
from .table_view import TableView


class OverviewPage(Page):
    """Subclasses put sections in; `steps` fill them, one in each turn of the event loop, so that keys come between."""

    copy_wanted = Signal(str)  # id of a table
    save_wanted = Signal(str)
    article_wanted = Signal(int)  # key

    def __init__(self) -> None:
        super().__init__()
        self.found: Overview | None = None
        self._steps: list[Callable[[], None]] = []
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._next)

    def steps(self, found: Overview) -> list[Callable[[], None]]:
        """What fills the sections, in the order of the page."""
        raise NotImplementedError

    def show_found(self, found: Overview) -> None:
        """Show other numbers: the first section now, the others in a moment."""
        self.found = found
        self._steps = self.steps(found)[::-1]
        self._next()

    def finish(self) -> None:
        """Fill now what is still to be filled."""
        while self._steps:
            self._next()

    def _next(self) -> None:
        if self._steps:
            self._steps.pop()()
            self.arrange()
        if self._steps:
            self._turn.start()

    def section(self, title: str, table: str = "", *, note: str = "", wide: bool = False) -> Section:
        """A new section at the end of the page."""
        made = Section(title, table, note=note)
        self.put(made, wide=wide)
        return made

    def put(self, section: Section, *, wide: bool = False) -> None:
        """A section at the end of the page."""
        section.copy_wanted.connect(self.copy_wanted)
        section.save_wanted.connect(self.save_wanted)
        self.add(section, wide=wide)

    def table_in(self, section: Section, name: str) -> TableView:
        """A table in a section; copied as the section is."""
        made = TableView(name)
        made.copy_wanted.connect(section._copy)  # noqa: SLF001 - Ctrl+C is the button
        section.add(made)
        return made

    def picture_of(self, table: str) -> Section | None:
        """The section whose picture belongs to a table."""
        return next((each for each in self.sections if each.table == table and each.picture is not None), None)

    def tell_missing(self, section: Section) -> None:
        """Say how to get the pictures, where they cannot be drawn."""
        if plots.missing():
            section.add(label(plots.missing(), "meta", wrap=True))
