"""How a project reviews: whether names are hidden, and its short list of reasons. Not a part of the history."""

import json

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.storage.project import Project

REASONS = ("boundary rule", "tag rule", "slip", "codebook gap", "unclear text")  # until the project has its own
_NAMES, _REASONS = "review names", "review reasons"
_LONGEST, _MOST = 100, 20  # characters of a reason, reasons of a project


def names_hidden(project: Project) -> bool:
    """Whether a reviewer sees only ①②③ until a place is decided."""
    return project.meta(_NAMES) == "hidden"


def hide_names(project: Project, hidden: bool) -> Changes:
    """Show or hide who made which reading until a place is decided; the numbers are then drawn for each article."""
    project.set_meta(_NAMES, "hidden" if hidden else "shown")
    said = "Names are hidden until a place is decided" if hidden else "Names are shown"
    return Changes(said, everything=True, history=False, undoable=False)


def reasons(project: Project) -> tuple[str, ...]:
    """The reasons that a reviewer chooses from; any other can be written."""
    found = project.meta_json(_REASONS)
    own = tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()
    return own or REASONS


def set_reasons(project: Project, listed: list[str]) -> Changes:
    """Give the project its own reasons. Raises AnnotatorError for more than 20, or one over 100 characters."""
    clean = list(dict.fromkeys(line for each in listed if (line := " ".join(each.split()))))
    if len(clean) > _MOST or any(len(each) > _LONGEST for each in clean):
        raise AnnotatorError(f"A project may have {_MOST} reasons of {_LONGEST} characters each at most.")
    project.set_meta(_REASONS, json.dumps(clean, ensure_ascii=False))
    return Changes("The reasons of this project are changed", history=False, undoable=False)
