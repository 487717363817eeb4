"""Agreement between the coders of a project: what each measure says of the readings that count."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

from annotator.agreement import MEASURES, Measure, Result, agreement, by_name
from annotator.agreement.bootstrap import DRAWS
from annotator.errors import AnnotatorError
from annotator.operations.agreement_readings import ALL, Material, Which, readings_done
from annotator.operations.merge_sources import taken_in
from annotator.operations.progress import Progress, silent
from annotator.storage.project import Project

OF_READINGS = tuple(each for each in MEASURES if each.over == "documents")
QUICK = tuple(each for each in OF_READINGS if each.extra is None)  # all but gamma: that takes longer than all others
FIRST = tuple(each for each in OF_READINGS if each.name in ("f1_exact", "f1_overlap", "alpha_character"))

_OF_PAIRS = 200  # draws for the interval of each pair: there may be dozens of them


def measures_named(names: Sequence[str]) -> tuple[Measure, ...]:
    """The measures with these names, all but gamma without any. Raises AnnotatorError for a name that is none."""
    found = []
    for name in names:
        measure = by_name(name)
        if measure is None or measure not in OF_READINGS:
            known = ", ".join(each.name for each in OF_READINGS)
            raise AnnotatorError(f"There is no measure of readings named “{name}”; there are: {known}.")
        found.append(measure)
    return tuple(dict.fromkeys(found)) or QUICK


def measured(
    material: Material, measures: Sequence[Measure] = QUICK, *, pairs: bool = False, progress: Progress = silent
) -> list[Result]:
    """What each measure says of all coders together; with `pairs`, then of each two of them, where there are more."""
    groups = [material.coders]
    if pairs and len(material.coders) > 2:
        groups += list(combinations(material.coders, 2))
    results: list[Result] = []
    for number, coders in enumerate(groups):

        def told(done: int, total: int, number: int = number) -> None:
            progress(number * total + done, len(groups) * total)

        results += agreement(
            material.documents,
            measures,
            coders=coders,
            tags=material.tags,
            levels=material.levels,
            draws=DRAWS if coders == material.coders else _OF_PAIRS,
            progress=told,
        )
    return results


@contextmanager
def other_files(project: Project, paths: Sequence[Path]) -> Iterator[list[Project]]:
    """Other projects that hold readings of the same articles, as checked copies. Raises AnnotatorError for the first
    that cannot be used."""
    with taken_in(project, paths, copies_only=False) as (sources, faults):
        if faults:
            raise faults[0]
        yield [each.project for each in sources]


def agreement_of(
    project: Project,
    which: Which = ALL,
    measures: Sequence[Measure] = QUICK,
    *,
    others: Sequence[Path] = (),
    pairs: bool = False,
    progress: Progress = silent,
) -> tuple[Material, list[Result]]:
    """The readings that count, those of `others` too, and what the measures say of them."""
    if not others:
        material = readings_done(project, which, progress=progress)
    else:
        with other_files(project, others) as opened:
            material = readings_done(project, which, opened, progress)
    return material, measured(material, measures, pairs=pairs, progress=progress)
