"""Whether a project shows how fast each coder works: off, unless the project says so, and then the coders are told."""

from annotator.model.changes import Changes
from annotator.storage.project import Project

_SPEED = "speed"
TOLD = "This project shows the lead how many spans an hour each coder tags"


def shows_speed(project: Project) -> bool:
    """Whether speeds are counted. Nobody's speed is counted, by window or report, unless this is so."""
    return project.meta(_SPEED) == "shown"


def show_speed(project: Project, shown: bool) -> Changes:
    """Count speeds, or no more. Whoever opens the project to code is told."""
    project.set_meta(_SPEED, "shown" if shown else "")
    said = TOLD if shown else "Nobody’s speed is counted"
    return Changes(said, history=False, undoable=False, everything=True)
