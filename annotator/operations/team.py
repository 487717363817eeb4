"""Who works on a project, and how much each of them has to do."""

from collections import Counter
from dataclasses import dataclass

from annotator.model.rows import Coder
from annotator.operations import assigning
from annotator.operations.export_records import people
from annotator.storage import queries, totals
from annotator.storage.assignments import FINISHED
from annotator.storage.people import keys_of
from annotator.storage.project import Project


@dataclass(frozen=True)
class Member:
    """A person of the project: articles assigned, begun and finished, and the other names they worked under."""

    key: int
    id: str
    name: str
    assigned: int
    begun: int
    finished: int
    also: tuple[str, ...] = ()


def person(project: Project, coder: int) -> Coder | None:
    """The coder that somebody counts as: who was merged into another is that one."""
    return queries.coder(project, keys_of(project, coder)[0])


def team(project: Project) -> list[Member]:
    """The people of a project by name; those who were merged into another stand with that one."""
    known = people(project)
    to_code = assigning.loads(project)
    states: dict[int, Counter[str]] = {}
    for coder, kind, state, number in totals.readings_by(project):
        if kind == "own":
            states.setdefault(known.main(coder), Counter())[state] += number
    members = []
    for each in queries.coders(project):
        counts = states.get(each.key, Counter())
        also = (queries.coder(project, key) for key, into in known.merged_into.items() if into == each.key)
        names = tuple(sorted(other.name for other in also if other is not None))
        finished = sum(counts[state] for state in FINISHED)
        begun = counts.total() - counts["not started"]
        members.append(Member(each.key, each.id, each.name, to_code.get(each.key, 0), begun, finished, names))
    return members
