"""From records to results: tally each record once, add up, apply the formulas, put the interval beside each value."""

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from . import bootstrap
from .measure import Choice, Counts, Level, Measure, Over, Row, Tally
from .readings import Continuum, Document, joined
from .result import Interval, Result, Undefined

Progress = Callable[[int, int], None]  # done, of how many; may raise to stop the work
_NONE: Counts = {}
_AT_ONCE = 20  # documents that are looked at as one


def _silent(_done: int, _total: int) -> None:
    """For whoever does not look."""


def agreement(
    documents: Iterable[Document | Continuum],
    measures: Sequence[Measure],
    *,
    coders: Sequence[str] = (),
    tags: Sequence[str] = (),
    by_tag: bool = True,
    levels: Mapping[str, Level] | None = None,
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0),
    samples: int | None = None,
    draws: int = bootstrap.DRAWS,
    seed: int = bootstrap.SEED,
    progress: Progress = _silent,
) -> list[Result]:
    """What each measure says of the coders (all, if none are named), by tag (all in use, or those named) and in all.

    Without `by_tag` there are only values of all tags together, which makes gamma several times faster.

    Documents that fewer than two of the coders have a reading of change nothing. `levels` says how the values of
    "tag.attribute" compare, where alpha of attributes is asked for. `weights` are gamma's alpha (place), beta (tag) and
    delta (no partner), `samples` its random continua for each document. Intervals come from `draws` (0: none).
    """
    every = list(documents)
    people = tuple(coders or sorted({coder for each in every for coder in _coders_of(each)}))
    used = [each for each in every if sum(coder in _coders_of(each) for coder in people) > 1]
    choice = Choice(
        coders=people,
        tags=tuple(tags or sorted({tag for each in used for tag in each.tags()})),
        by_tag=by_tag,
        levels=levels or {},
        weights=weights,
        samples=samples,
        documents=sum(bool(each.tags()) for each in used),
    )
    return _results(measures, used, choice, "documents", draws, seed, progress)


def agreement_of_items(
    items: Iterable[Sequence[Any]],
    measures: Sequence[Measure],
    *,
    categories: Sequence[Any] = (),
    draws: int = bootstrap.DRAWS,
    seed: int = bootstrap.SEED,
) -> list[Result]:
    """What each measure says of items, each the sequence of the values that its coders gave it; None is missing.

    `categories` are values that might be given: chance in Gwet's AC1 depends on their number.
    """
    records = list(items)
    coders = tuple(str(number + 1) for number in range(max(map(len, records), default=0)))
    return _results(measures, records, Choice(coders, tuple(categories)), "items", draws, seed)


def agreement_of_labels(
    pairs: Iterable[tuple[Sequence[str], Sequence[str]]],
    measures: Sequence[Measure],
    *,
    draws: int = bootstrap.DRAWS,
    seed: int = bootstrap.SEED,
) -> list[Result]:
    """What each measure says of sequences of B-I-O labels, each as two coders have it."""
    return _results(measures, list(pairs), Choice(("1", "2")), "sequences", draws, seed)


def _coders_of(record: Document | Continuum) -> Mapping[str, object]:
    return record.readings if isinstance(record, Document) else record.units


def _results(
    measures: Sequence[Measure],
    records: Sequence[Any],
    choice: Choice,
    over: Over,
    draws: int,
    seed: int,
    progress: Progress = _silent,
) -> list[Result]:
    chance = random.Random(seed)
    groups = bootstrap.groups(len(records), chance)
    tallies = _tallied(measures, records, choice, groups, progress)
    places: dict[tuple[Any, Row], int] = {}
    by_place: list[Sequence[Counts]] = []
    asked: list[tuple[Measure, Row, int]] = []
    nothing = [_NONE] * (max(groups, default=-1) + 1)
    for measure in measures:
        for row in _rows(measure, tallies[measure.tally], choice):
            if (measure.tally, row) not in places:
                places[measure.tally, row] = len(by_place)
                by_place.append(tallies[measure.tally].get(row, nothing))
            asked.append((measure, row, places[measure.tally, row]))
    totals = [_total(each) for each in by_place]
    found = [_result(measure, row, totals[place], choice, {over: len(records)}) for measure, row, place in asked]
    defined = [number for number, result in enumerate(found) if result.value is not None]
    formulas = [(asked[i][2], asked[i][0].value) for i in defined]
    spread = bootstrap.intervals(by_place, list(map(list, totals)), formulas, over, chance, draws)
    between: dict[int, Interval | None] = dict(zip(defined, spread, strict=True))
    return [replace(result, interval=between.get(number)) for number, result in enumerate(found)]


def _tallied(
    measures: Sequence[Measure], records: Sequence[Any], choice: Choice, groups: Sequence[int], progress: Progress
) -> Mapping[Any, Mapping[Row, Sequence[Counts]]]:
    """For each function that tallies, and each of its rows, the tally of each group of records."""
    found: dict[Any, dict[Row, list[Counts]]] = {measure.tally: {} for measure in measures}
    of_spans = list(dict.fromkeys(each.tally for each in measures if each.of_spans))
    others = [function for function in found if function not in of_spans]
    done = 0
    for group, lot in _lots(records, groups):
        for record in lot:
            progress(done, len(records))
            done += 1
            for function in others:
                _add(found[function], function(record, choice), group, groups)
        together = joined(lot) if len(lot) > 1 else lot[0]
        for function in of_spans:
            _add(found[function], function(together, choice), group, groups)
    return found


def _lots(records: Sequence[Any], groups: Sequence[int]) -> Iterator[tuple[int, Sequence[Any]]]:
    """The records with their group: documents of one group, where it has several, some at once."""
    lots: dict[tuple[int, Hashable], list[Any]] = {}
    for number, (record, group) in enumerate(zip(records, groups, strict=True)):
        alike: Hashable = (*sorted(record.readings), record.token) if isinstance(record, Document) else number
        lots.setdefault((group, alike), []).append(record)
    for (group, _), lot in lots.items():
        for first in range(0, len(lot), _AT_ONCE):
            yield group, lot[first : first + _AT_ONCE]


def _add(rows: dict[Row, list[Counts]], tally: Tally, group: int, groups: Sequence[int]) -> None:
    for row, counts in tally.items():
        if row not in rows:
            rows[row] = [_NONE] * (max(groups) + 1)
        there = rows[row][group]
        rows[row][group] = _total([there, counts]) if there else counts


def _rows(measure: Measure, there: Iterable[Row], choice: Choice) -> list[Row]:
    """All together first, then the tags in the order of the choice, then other rows (relation types, attributes)."""
    if measure.rows == "all":
        return [None]
    if not choice.by_tag:
        return [None] if measure.rows == "both" else []
    known = [row for row in there if row is not None]
    named = [tag for tag in choice.tags if tag in known]
    rest = sorted(row for row in known if row not in set(choice.tags))
    return [*([None] if measure.rows == "both" else []), *named, *rest]


def _total(tallies: Sequence[Counts]) -> Counts:
    total: defaultdict[Hashable, int] = defaultdict(int)
    for each in tallies:
        for key, number in each.items():
            total[key] += number
    return dict(total)


def _result(measure: Measure, row: Row, counts: Counts, choice: Choice, n: Mapping[str, int]) -> Result:
    try:
        value, why = measure.value(counts), ""
    except Undefined as error:
        value, why = None, f"undefined, because {error}"
    n = {**n, **measure.count(counts)}
    return Result(measure.name, row, choice.coders, value, n, measure.matching, None, why, tuple(measure.notes(counts)))
