"""Opening a project for a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.cli.output import remark
from annotator.errors import AnnotatorError
from annotator.model.rows import Coder
from annotator.storage import queries
from annotator.storage.project import Project

PATIENCE = 10_000  # milliseconds that a command waits for another writer; nobody's key press waits for it


@contextmanager
def opened(path: Path) -> Iterator[Project]:
    """The project, open for the block; what a person should know about it goes to the error stream."""
    with Project.open(path) as project:
        project.set_patience(PATIENCE)
        for notice in project.notices:
            remark(notice)
        yield project


def coder_named(project: Project, name: str) -> Coder:
    """The coder of this name. Raises AnnotatorError that lists those there are."""
    people = queries.coders(project)
    found = next((each for each in people if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in people) or "none yet"
        raise AnnotatorError(f"There is no coder {name} in this project; there are: {names}.")
    return found
