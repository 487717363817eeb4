"""How far coders agree, where not, how it changes, and how much more each tag needs."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from annotator.agreement import MEASURES, Result
from annotator.agreement.sample_size import RELIABLE, TENTATIVE
from annotator.operations.agreement import FIRST
from annotator.operations.agreement_details import NONE, Stage
from annotator.operations.agreement_paper import FEW_SPANS
from annotator.operations.overview import Overview
from annotator.operations.overview_tables import (
    Table,
    agreement_tables,
    coder_tables,
    label,
    needed_table,
    table_of,
    value_of,
)
from annotator.operations.words import counted

from ..theme import current
from ..widgets.buttons import Button, button
from ..widgets.labels import elided
from ..widgets.surface import surface
from .confusion_view import ConfusionView
from .page import OverviewPage
from .plots import Dot, Dots, Lines, Series
from .section import Section


class AgreementPage(OverviewPage):
    """Three measures first; all of them at the end."""

    cell_chosen = Signal(str, str)  # row and column of the confusion

    def __init__(self) -> None:
        super().__init__()
        self._tag_inks: dict[str, tuple[str, str]] = {}
        self._build_by_tag()
        self._build_confusion()
        self._build_drift()
        needs = self.section(self.tr("What each tag needs"), "needs")
        self._needs_section, self._needs = needs, self.table_in(needs, self.tr("What each tag needs"))
        heat = self.section(self.tr("By article"), "heat", note=self.tr("Enter opens an article."))
        self._heat = self.table_in(heat, self.tr("Agreement by article"))
        self._heat.shaded = True
        self._heat.row_chosen.connect(self._open)
        self._pairs_section = self.section(self.tr("By pair"), "pairs")
        self._pairs = self.table_in(self._pairs_section, self.tr("Agreement by pair"))
        self._reasons_section = self.section(self.tr("Where they part"), "reasons")
        self._reasons = self.table_in(self._reasons_section, self.tr("Rules most often given as reason"))
        measures = self.section(self.tr("All measures"), "measures", wide=True)
        self._all = self.table_in(measures, self.tr("All measures"))

    def steps(self, found: Overview) -> list[Callable[[], None]]:
        tables = agreement_tables(found)
        return [
            lambda: self._fill_measures(found),
            self._show_by_tag,
            lambda: self._show_confusion(found),
            self._show_drift,
            lambda: self._show_needs(tables),
            lambda: self._heat.show_table(needed_table(tables, "heat")),
            lambda: self._show_rest(found, tables),
            lambda: self._all.show_table(needed_table(tables, "measures")),
        ]

    def show_inks(self, inks: dict[str, tuple[str, str]]) -> None:
        """The colours of tags, light and dark."""
        self._tag_inks = inks

    # ---- building

    def _build_by_tag(self) -> None:
        self._measure = QComboBox()
        self._measure.setObjectName("overview_measure")
        self._measure.setAccessibleName(self.tr("Measure"))
        self._measure.setMinimumContentsLength(22)
        self._measure.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._measure.activated.connect(lambda _: self._show_by_tag())
        section = Section(self.tr("Agreement by tag"), "measures", beside=self._measure)
        self.put(section)
        self._dots = Dots(self.tr("Agreement by tag"))
        section.add(self._dots, picture=True)
        self.tell_missing(section)
        self._by_tag = section

    def _build_confusion(self) -> None:
        self._who = elided("", "meta")
        section = Section(self.tr("Confusion"), "confusion", beside=self._who)
        self.put(section)
        self._confusion = ConfusionView()
        self._confusion.turned.connect(self._tell_cell)
        self._confusion.chosen.connect(self.cell_chosen)
        self._confusion.copy_wanted.connect(lambda: self.copy_wanted.emit("confusion"))
        section.add(self._confusion, picture=True)
        self._cell = surface(QWidget(), "soft")
        row = QHBoxLayout(self._cell)
        row.setContentsMargins(10, 4, 6, 4)
        self._cell_name, self._cell_count = elided("", "strong"), elided("", "meta")
        self._show_spans: Button = button(self.tr("Show the spans"), "link", on_click=self._choose_cell)
        self._show_spans.setObjectName("overview_show_spans")
        row.addWidget(self._cell_name)
        row.addWidget(self._cell_count, 1)
        row.addWidget(self._show_spans)
        section.add(self._cell)
        self._confusion_section = section

    def _build_drift(self) -> None:
        self._by = QComboBox()
        self._by.setObjectName("overview_drift")
        self._by.setAccessibleName(self.tr("Changes by"))
        self._by.addItem(self.tr("by week"), "by_week")
        self._by.addItem(self.tr("by codebook version"), "by_version")
        self._by.activated.connect(lambda _: self._show_drift())
        section = Section(self.tr("Over time"), "by_week", beside=self._by)
        self.put(section)
        self._lines = Lines(self.tr("Agreement over time"))
        section.add(self._lines, picture=True)
        self._drift_table = self.table_in(section, self.tr("Agreement over time"))
        self._drift = section

    def _show_needs(self, tables: list[Table]) -> None:
        self._needs.show_table(needed_table(tables, "needs"))
        self._needs_section.say(needed_table(tables, "needs").note)

    def _show_rest(self, found: Overview, tables: list[Table]) -> None:
        pairs = table_of(tables, "pairs")
        self._pairs_section.wanted = pairs is not None
        if pairs is not None:
            self._pairs.show_table(pairs)
        reasons = needed_table(coder_tables(found), "reasons")
        self._reasons.show_table(reasons)
        self._reasons_section.say(reasons.note if reasons.rows else self.tr("No decision has a reason yet."))

    # ---- by tag

    def _fill_measures(self, found: Overview) -> None:
        first = [each.name for each in FIRST]
        used = {each.measure for each in found.results if each.tag is not None and "." not in each.tag}
        names = {each.name: each.title for each in MEASURES}
        wanted = [*(name for name in first if name in used), *(n for n in names if n in used and n not in first)]
        kept = self._measure.currentData() or "alpha_character"
        self._measure.clear()
        for place, name in enumerate(wanted):
            self._measure.addItem(names[name], name)
            if place == len(first) - 1 and len(wanted) > len(first):
                self._measure.insertSeparator(len(first))
        self._measure.setCurrentIndex(max(0, self._measure.findData(kept)))

    def _show_by_tag(self) -> None:
        found = self.found
        if found is None:
            return
        name = self._measure.currentData()
        tags = [tag for tag in found.material.tags if found.result(name, tag) is not None]
        rows: list[tuple[str | None, Result]] = [(tag, r) for tag in tags if (r := found.result(name, tag))]
        together = found.result(name, None)
        if together is not None:
            rows.append((None, together))
        dark = current().dark
        self._dots.show_dots(
            [
                Dot(
                    label(found, tag),
                    each.value,
                    each.interval.low if each.interval else None,
                    each.interval.high if each.interval else None,
                    self._tag_inks.get(tag or "", ("", ""))[dark],
                    value_of(each),
                )
                for tag, each in rows
            ]
        )
        self._by_tag.say(self._judged(found, rows))

    def _judged(self, found: Overview, rows: list[tuple[str | None, Result]]) -> str:
        """What one may conclude, and what not."""
        if not rows:
            return self.tr("Agreement is counted once two coders have declared the same article done.")
        values = {label(found, tag): each.value for tag, each in rows if tag is not None and each.value is not None}
        reliable = [tag for tag, value in values.items() if value >= RELIABLE]
        tentative = [tag for tag, value in values.items() if TENTATIVE <= value < RELIABLE]
        told = []
        if reliable:
            told.append(self.tr("Reach .8 (reliable): {tags}.").format(tags=", ".join(reliable)))
        if tentative:
            told.append(self.tr("Reach .667 (tentative): {tags}.").format(tags=", ".join(tentative)))
        if values and not told:
            told.append(self.tr("None reaches .667."))
        few = [
            self.tr("{tag} ({n})").format(tag=label(found, each.tag), n=f"{each.spans:,}")
            for each in found.needs
            if 0 < each.spans < FEW_SPANS
        ]
        if few:
            told.append(self.tr("Too few spans to conclude from: {tags}.").format(tags=", ".join(few)))
        if not any(each.interval for _, each in rows):
            told.append(self.tr("There is no interval with a single article."))
        return " ".join(told)

    # ---- confusion

    def _show_confusion(self, found: Overview) -> None:
        confused = found.confusion
        names = [label(found, tag) if tag else self.tr("none") for tag in confused.rows]
        self._confusion.show_confusion(confused, names)
        people = confused.coders
        if len(people) == 2:
            self._who.setText(self.tr("{first} in rows, {second} in columns").format(first=people[0], second=people[1]))
        else:
            self._who.setText(self.tr("all pairs") if people else "")
        there = bool(confused.cells)
        self._confusion_section.wanted = there
        keys = self._confusion.keys
        if there and keys is not None:
            self._tell_cell(*keys)

    def _tell_cell(self, row: str, column: str) -> None:
        found = self.found
        if found is None:
            return
        number = found.confusion.number(row, column)
        self._cell_name.setText(cell_title(found, row, column))
        self._cell_count.setText(counted(number, self.tr("place"), self.tr("places")))
        self._show_spans.setEnabled(number > 0)

    def _choose_cell(self) -> None:
        keys = self._confusion.keys
        if keys is not None:
            self.cell_chosen.emit(*keys)

    # ---- over time, by article

    def _show_drift(self) -> None:
        found = self.found
        if found is None:
            return
        own = self._by.currentData()
        stages = found.by_week if own == "by_week" else found.by_version
        series = []
        for measure in FIRST:
            if measure.rows == "tags":
                continue
            results = [_of(stage, measure.name) for stage in stages]
            spread = [(r.interval.low, r.interval.high) if r and r.interval else None for r in results]
            series.append(Series(measure.title, [r.value if r else None for r in results], spread))
        self._lines.show_lines([stage.name[5:] if own == "by_week" else stage.name for stage in stages], series)
        shown = needed_table(agreement_tables(found), own)
        self._drift.table = own
        self._drift_table.show_table(shown)
        self._drift.say(shown.note)

    def _open(self, row: int) -> None:
        if self.found is not None and row < len(self.found.heat):
            self.article_wanted.emit(self.found.heat[row].document)


def _of(stage: Stage, measure: str) -> Result | None:
    return next((each for each in stage.results if (each.measure, each.tag) == (measure, None)), None)


def cell_title(found: Overview, row: str, column: str) -> str:
    """A cell in words: "claim read as demand"."""
    first, second = (_in_a_sentence(label(found, tag)) if tag else "" for tag in (row, column))

    def tr(words: str) -> str:
        return QCoreApplication.translate("Overview", words)

    if row == column:
        return tr("{tag} by both").format(tag=first)
    people = found.confusion.coders
    if NONE in (row, column):
        who = (people[1] if row == NONE else people[0]) if len(people) == 2 else tr("one")
        return tr("{tag}, only {name}").format(tag=first or second, name=who)
    return tr("{first} read as {second}").format(first=first, second=second)


def _in_a_sentence(name: str) -> str:
    """Small letters, unless some within the name are large on purpose."""
    return name.lower() if name[1:] == name[1:].lower() else name
