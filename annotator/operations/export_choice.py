"""Which part of a project an export takes, in a person's words, and what that is in the rows of the project."""

from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.model.rows import STATES
from annotator.operations.export_records import Choice, People
from annotator.operations.values import is_date
from annotator.storage import queries
from annotator.storage.project import Project


@dataclass(frozen=True)
class Wanted:
    """What an export takes; what is left empty chooses nothing.

    `coders` (names) and `gold` choose readings: gold alone takes only those. `done` and `states` take readings in
    these states, `tags` annotations with one of them, `since` and `until` articles by their date (ISO 8601).
    """

    coders: tuple[str, ...] = ()
    gold: bool = False
    done: bool = False
    states: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


def choice_of(project: Project, known: People, wanted: Wanted) -> Choice:
    """The choice by keys of this project. Raises AnnotatorError for a coder, state, tag or date that is none."""
    for state in wanted.states:
        if state not in STATES:
            raise AnnotatorError(f"There is no state “{state}”; there are: {', '.join(STATES)}.")
    for date in (wanted.since, wanted.until):
        if not is_date(date):
            raise AnnotatorError(f"“{date}” is no date: write 2022-01-31, 2022-01 or 2022.")
    states = {*wanted.states, *(["done"] if wanted.done else [])}
    return Choice(
        _coders(project.path, known, wanted.coders),
        wanted.gold,
        frozenset(states),
        frozenset(_tags(project, wanted.tags)),
        wanted.since,
        wanted.until,
    )


def _coders(path: Path, known: People, names: tuple[str, ...]) -> frozenset[int] | None:
    if not names:
        return None
    by_name = {name: key for key, name in known.names.items()}
    for name in names:
        if name not in by_name:
            there = ", ".join(sorted(by_name)) or "nobody yet"
            raise AnnotatorError(f"{path.name} has no coder “{name}”; it has: {there}.")
    return frozenset(by_name[name] for name in names)


def _tags(project: Project, names: tuple[str, ...]) -> tuple[str, ...]:
    if names:
        version = queries.codebook_version(project)
        there = {*queries.tags_in_use(project), *([tag.id for tag in version[1].tags] if version else [])}
        for name in names:
            if name not in there:
                raise AnnotatorError(f"{project.path.name} has no tag “{name}”; it has: {', '.join(sorted(there))}.")
    return names
