"""What a rule proposes at a place: the majority of three or more readings, or the span that trimming makes of all."""

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.trim import trim
from annotator.operations import deciding
from annotator.operations.reviewing import Case
from annotator.review.comparing import Unit
from annotator.review.decisions import majority
from annotator.review.kinds import BOUNDARY
from annotator.storage import queries
from annotator.storage.project import Project

NO_PROPOSAL = "No rule proposes anything here: choose a reading by its number."


def proposal(project: Project, case: Case) -> tuple[int | None, str] | None:
    """(number of the reading from 1, or None for the majority; the rule in words), or None where no rule applies."""
    found = majority(case.place)
    if found is not None:
        return None, found[1]
    numbers = {_trimmed(project, case.document, unit) for unit in case.place.units}
    number = numbers.pop() if len(numbers) == 1 else None
    return (number, f"trim rule of {_tag_label(project, case)}") if number is not None else None


def take_proposed(project: Project, case: Case, reviewer: int) -> Changes:
    """Take what a rule proposes; the rule is written into the decision. Raises AnnotatorError where none does."""
    found = proposal(project, case)
    if found is None:
        raise AnnotatorError(NO_PROPOSAL)
    number, basis = found
    if number is None:
        return deciding.take_majority(project, case, reviewer)
    return deciding.take_reading(project, case, number, reviewer, basis=basis)


def _trimmed(project: Project, document: int, unit: Unit) -> int | None:
    """The number of the reading whose span is what the trim rule makes of all the others, if that is so."""
    if unit.marking != BOUNDARY or any(len(mark.spans) > 1 for mark in unit.there):
        return None
    version, about = queries.codebook_version(project), queries.document(project, document)
    tag = version[1].tag(unit.there[0].tag) if version else None
    if tag is None:
        return None
    text = queries.text_of(project, document)
    made = {trim(text, mark.spans[0], tag.trim, about.language if about else "").span for mark in unit.there}
    if len(made) != 1 or len(unit.there) < len(unit.marks):
        return None
    (span,) = made
    return next((n for n, mark in enumerate(unit.marks, 1) if mark is not None and mark.spans == (span,)), None)


def _tag_label(project: Project, case: Case) -> str:
    version = queries.codebook_version(project)
    tag = version[1].tag(case.place.marks[0].tag) if version else None
    return tag.label.lower() if tag else case.place.marks[0].tag
