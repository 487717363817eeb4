"""How far coders agree, for the card of a dataset: the rows that say it, without names."""

from typing import Any

from annotator.agreement import by_name
from annotator.errors import AnnotatorError
from annotator.operations.agreement import FIRST, agreement_of
from annotator.operations.progress import Progress
from annotator.storage.project import Project


def agreement_rows(project: Project, progress: Progress) -> list[dict[str, Any]]:
    """A row for each measure and tag, of everything that two coders or more declared done; none where nothing is.

    Values and the ends of their intervals (95 %) are texts of three digits.
    """
    try:
        _, results = agreement_of(project, measures=FIRST, progress=lambda _, total: progress(0, total))
    except AnnotatorError as fault:
        if type(fault) is not AnnotatorError:  # somebody stopped it
            raise
        return []
    rows = []
    for each in results:
        if each.value is not None:
            measure = by_name(each.measure)
            ends = (each.interval.low, each.interval.high) if each.interval else (None, None)
            low, high = (None if end is None else f"{end:.3f}" for end in ends)
            rows.append(
                {
                    "measure": measure.title if measure else each.measure,
                    "about": each.tag or "all",
                    "value": f"{each.value:.3f}",
                    "low": low,
                    "high": high,
                    "n": ", ".join(f"{number:,} {name}" for name, number in each.n.items()),
                }
            )
    return rows
