"""Figures as a table for people and as JSON for programs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import machine
from .bench import Row
from .measure import Figure

Outcome = list[Figure] | str  # what a row gave, or why it gave nothing
_HEAD = "| what | measured | runs | floor | ratio | goal | met |\n|---|---:|---:|---:|---:|---|---|\n"


def write(folder: Path, about: Mapping[str, str], outcomes: Mapping[Row, Outcome], *, quick: bool) -> Path:
    """Write <date>-<machine kind>.md and .json into the folder; returns the former."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{about['date']}-{machine.kind()}" + ("-quick" if quick else "")
    page, data = folder / f"{name}.md", folder / f"{name}.json"
    page.write_text(as_page(about, outcomes, quick=quick), encoding="utf-8")
    data.write_text(json.dumps(as_data(about, outcomes), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return page


def as_data(about: Mapping[str, str], outcomes: Mapping[Row, Outcome]) -> dict[str, Any]:
    """All that is known, as JSON holds it."""
    rows = {
        row.name: {"failed": outcome} if isinstance(outcome, str) else [figure.as_json() for figure in outcome]
        for row, outcome in outcomes.items()
    }
    return {"machine": dict(about), "rows": rows}


def as_page(about: Mapping[str, str], outcomes: Mapping[Row, Outcome], *, quick: bool) -> str:
    """The page that people read."""
    parts = [f"# Measured on {about['date']}\n"]
    if quick:
        parts.append("A quick run: few repetitions and small sizes. Good for seeing that it runs, not for judging.\n")
    parts.append("".join(f"- {name}: {value}\n" for name, value in about.items()))
    parts.append(_missed(outcomes))
    parts += [f"## {row.title} (`{row.name}`)\n\n{_table(outcome)}" for row, outcome in outcomes.items()]
    return "\n".join(parts)


def _missed(outcomes: Mapping[Row, Outcome]) -> str:
    judged = [
        (row, figure)
        for row, outcome in outcomes.items()
        if not isinstance(outcome, str)
        for figure in outcome
        if figure.met is not None
    ]
    missed = [
        f"- {row.name}: {figure.what}: {_number(figure.value, figure.unit)}" for row, figure in judged if not figure.met
    ]
    told = f"{len(judged) - len(missed)} of {len(judged)} goals met."
    return "\n".join([told + (" Missed:" if missed else ""), *missed, ""])


def _table(outcome: Outcome) -> str:
    if isinstance(outcome, str):
        return f"Not measured: {outcome}\n"
    return _HEAD + "".join(map(_line, outcome))


def _line(figure: Figure) -> str:
    what = figure.what + (f" ({figure.note})" if figure.note else "")
    floor = _number(figure.floor, figure.unit) if figure.floor is not None else "–"
    ratio = f"{figure.ratio:.2f} ×" if figure.ratio is not None else "–"
    goal = figure.goal.words(figure.unit) if figure.goal else "–"
    met = {True: "yes", False: "**no**", None: "–"}[figure.met]
    return f"| {what} | {_number(figure.value, figure.unit)} | {figure.n} | {floor} | {ratio} | {goal} | {met} |\n"


def _number(value: float, unit: str) -> str:
    """Three digits that count."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
