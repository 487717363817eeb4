"""The overview as tables: what the window shows and copies, what is saved, and what the report holds."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.agreement import Result, by_name
from annotator.operations.agreement import FIRST
from annotator.operations.agreement_details import Stage
from annotator.operations.agreement_paper import number, rests_on
from annotator.operations.overview import Overview

Cell = str | int


@dataclass(frozen=True)
class Table:
    """A table with its name; numbers of agreement are text, written as papers do. `note` says how to read it."""

    id: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def text(self) -> str:
        """With tabs between the cells, as word processors and spreadsheets take it from the clipboard."""
        return "\n".join("\t".join(map(str, row)) for row in (self.head, *self.rows))

    @property
    def csv(self) -> str:
        """As a file for spreadsheets; what could be taken for a formula is marked as text."""
        made = io.StringIO()
        writer = csv.writer(made, lineterminator="\n")
        for row in (self.head, *self.rows):
            writer.writerow([_harmless(cell) for cell in row])
        return made.getvalue()


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, int) or cell.lstrip("-").replace(".", "", 1).isdigit():
        return cell
    return cell if cell[:1] not in ("=", "+", "-", "@", "\t", "\r") else f"'{cell}"


def progress_tables(found: Overview) -> list[Table]:
    """How far the project is."""
    states = tuple((state, count) for state, count in found.info.review.items())
    coders = tuple(
        (each.name, each.assigned, each.begun, each.done) for each in found.coders if each.assigned or each.begun
    )
    by_week = found.info.weeks
    people = sorted({name for week in by_week.values() for name in week}, key=str.casefold)
    weeks: tuple[tuple[Cell, ...], ...] = tuple(
        (week, *(counts.get(name, 0) for name in people), sum(counts.values())) for week, counts in by_week.items()
    )
    return [
        Table("states", "Articles by state", ("State", "Articles"), states),
        Table("progress_coders", "Articles by coder", ("Coder", "Assigned", "Begun", "Done"), coders),
        Table(
            "weeks",
            "Articles declared done by week",
            ("Week from", *people, "All"),
            weeks,
            "An article that was brought in as done counts in the week in which it came in.",
        ),
    ]


def agreement_tables(found: Overview) -> list[Table]:
    """How far coders agree, and where not."""
    made = [
        Table("measures", "All measures", _RESULT, tuple(_result(found, each) for each in found.results)),
        _confusion(found),
        _heat(found),
        _stages("by_week", "Agreement by week", "Week from", found.by_week),
        _stages("by_version", "Agreement by codebook version", "Version", found.by_version),
        _needs(found),
    ]
    if found.pairs:
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (" and ".join(each.coders), *_result(found, each)) for each in found.pairs
        )
        made.insert(1, Table("pairs", "Agreement by pair", ("Coders", *_RESULT), rows))
    return made


def coder_tables(found: Overview) -> list[Table]:
    """What coders do, and what they are told."""
    tags = list(dict.fromkeys(tag for each in found.coders for tag in each.rates))
    rates: tuple[tuple[Cell, ...], ...] = tuple(
        (each.name, each.words, *(f"{each.rates.get(tag, 0):.1f}" for tag in tags), f"{sum(each.rates.values()):.1f}")
        for each in found.coders
        if each.rates
    )
    made = [
        Table(
            "rates",
            "Spans per 1,000 words",
            ("Coder", "Words", *(label(found, tag) for tag in tags), "All"),
            rates,
            "In what each declared done. Who tags far more or less than others reads a rule otherwise.",
        ),
        Table(
            "reasons",
            "Rules most often given as reason",
            ("Rule or reason", "Words", "Decisions"),
            tuple((each.name, each.text, each.number) for each in found.reasons),
            "A rule that decides often is one that coders read differently: write it anew.",
        ),
    ]
    if found.training:
        scores = tuple(
            (each.coder, len(each.documents), value_of(each.exact), value_of(each.overlap)) for each in found.training
        )
        head = ("Coder", "Articles", "F1, exact", "F1, overlapping")
        made.append(Table("training", "Training, against the agreed version", head, scores))
    if found.speeds:
        speeds = tuple((each.name, _speed(each.hourly), _speed(each.daily)) for each in found.coders)
        made.append(
            Table(
                "speeds",
                "Speed",
                ("Coder", "Spans an hour", "Articles a day"),
                speeds,
                "Medians over days, pauses over a minute left out, of what was coded in this file. Coders are told.",
            )
        )
    return made


PAPER = "paper"


def paper_table(found: Overview) -> Table:
    """The table that goes into a paper."""
    head, *rows = found.paper.table
    return Table(PAPER, "For a paper", head, tuple(rows))


def all_tables(found: Overview) -> list[Table]:
    """Every table, in the order of the tabs."""
    return [*progress_tables(found), *agreement_tables(found), *coder_tables(found), paper_table(found)]


def needed_table(tables: Sequence[Table], own: str) -> Table:
    """The table with this id, which is always among these."""
    return next(each for each in tables if each.id == own)


def table_of(tables: Sequence[Table], own: str) -> Table | None:
    """The table with this id, if it is among these."""
    return next((each for each in tables if each.id == own), None)


def label(found: Overview, tag: str | None) -> str:
    """What people read for a tag; of "tag.attribute" too."""
    if tag is None:
        return "all"
    own, dot, rest = tag.partition(".")
    return f"{found.labels.get(own, own)}{dot}{rest}"


def value_of(result: Result | None) -> str:
    """The value, or a dash where there is none; the reason stands beside it."""
    return number(result.value) if result is not None and result.value is not None else "–"


def between(result: Result | None) -> str:
    """The interval in words."""
    if result is None or result.interval is None:
        return "–"
    return f"{number(result.interval.low)} to {number(result.interval.high)}"


def _speed(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


_RESULT = ("Measure", "Tag", "Value", "95% interval", "Rests on", "Worth knowing")


def _result(found: Overview, result: Result) -> tuple[Cell, ...]:
    measure = by_name(result.measure)
    told = "; ".join((*([result.why] if result.why else ()), *result.notes))
    title = measure.title if measure else result.measure
    return title, label(found, result.tag), value_of(result), between(result), rests_on(result), told


def _confusion(found: Overview) -> Table:
    table = found.confusion
    names = [label(found, row) if row else "none" for row in table.rows]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(table.number(row, column) for column in table.rows))
        for row, name in zip(table.rows, names, strict=True)
    )
    first, *others = table.coders or ("",)
    who = f"{first} in rows, {others[0]} in columns." if len(others) == 1 else "All pairs, in the order of their names."
    return Table("confusion", "Confusion", ("", *names), rows, who)


def _heat(found: Overview) -> Table:
    rows = tuple(
        (
            each.title,
            each.date,
            "–" if each.exact is None else number(each.exact),
            "–" if each.overlap is None else number(each.overlap),
            each.spans,
        )
        for each in found.heat
    )
    head = ("Article", "Date", "F1, exact", "F1, overlapping", "Spans")
    return Table("heat", "Agreement by article", head, rows, "The least agreed first.")


def _stages(own: str, title: str, first: str, stages: Sequence[Stage]) -> Table:
    titles = [each.title for each in FIRST if each.rows != "tags"]
    rows = []
    for stage in stages:
        told: list[Cell] = [stage.name, stage.articles]
        for measure in FIRST:
            if measure.rows != "tags":
                result = next((r for r in stage.results if (r.measure, r.tag) == (measure.name, None)), None)
                told += [value_of(result), between(result)]
        rows.append(tuple(told))
    head = (first, "Articles", *(name for each in titles for name in (each, "95% interval")))
    return Table(
        own,
        title,
        head,
        tuple(rows),
        "Numbers whose intervals overlap widely are no trend; below five articles there is no interval.",
    )


def _needs(found: Overview) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in found.needs:
        needed: list[Cell] = ["not used" if n is None else n for n in (each.tentative, each.reliable)]
        missing: list[Cell] = [
            "–" if need is None else (more or "enough")
            for need, more in zip((each.tentative, each.reliable), each.more, strict=True)
        ]
        basis: list[Cell] = [label(found, each.tag), each.spans, f"{100 * each.share:.1f} %"]
        rows.append((*basis, needed[0], missing[0], needed[1], missing[1]))
    so_far = found.needs[0].so_far if found.needs else 0
    return Table(
        "needs",
        "What each tag needs",
        ("Tag", "Spans", "Share", "For .667", "missing", "For .8", "missing"),
        tuple(rows),
        f"In codings, of which there are {so_far:,}; missing are articles. A coding is one span by one coder, whatever "
        "its tag: N = m z² ((1 + α)(3 − α) / (4 (1 − α) p (1 − p)) − α), z = 1.645. A rare tag needs many articles.",
    )
