"""Work by week: a week is named by its Monday, as an ISO date."""

from collections import Counter, defaultdict
from datetime import timedelta

from annotator.operations.export_records import people
from annotator.storage import agreement_queries
from annotator.storage.project import Project
from annotator.storage.stamps import local_time


def week_of(milliseconds: int) -> str:
    """The week in which a moment lies (ms since 1970), where this computer stands."""
    day = local_time(milliseconds).date()
    return (day - timedelta(days=day.weekday())).isoformat()


def done_by_week(project: Project) -> dict[str, dict[str, int]]:
    """Week → coder → articles first declared done in it, the earliest week first."""
    known = people(project)
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in agreement_queries.done_readings(project):
        found[week_of(row.at)][known.names[known.main(row.coder)]] += 1
    return {week: dict(found[week]) for week in sorted(found)}
