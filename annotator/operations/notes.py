"""What a coder writes beside an annotation: a note, a question to the lead, a sign that it is unsure."""

import json

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.rows import UNSURE
from annotator.operations.words import shown
from annotator.storage import queries
from annotator.storage.project import Project
from annotator.storage.rows import Values


def set_note(project: Project, annotation: int, note: str) -> Changes:
    """Write, change or (with an empty text) remove the note of an annotation."""
    return _set(project, annotation, {"note": note}, "Note on {}" if note else "Removed the note on {}")


def set_question(project: Project, annotation: int, question: str) -> Changes:
    """Write, change or (with an empty text) remove the question to the lead."""
    said = "Question on {}" if question else "Removed the question on {}"
    return _set(project, annotation, {"question": question}, said)


def set_unsure(project: Project, annotation: int, unsure: bool) -> Changes:
    """Mark an annotation as unsure, or take the mark away; other flags stay."""
    found = queries.annotation(project, annotation)
    flags = [flag for flag in (found.flags if found else ()) if flag != UNSURE] + [UNSURE] * unsure
    return _set(project, annotation, {"flags": json.dumps(flags)}, "Unsure: {}" if unsure else "No longer unsure: {}")


def _set(project: Project, annotation: int, values: Values, said: str) -> Changes:
    found, place = queries.annotation(project, annotation), queries.place_of(project, annotation)
    if found is None or place is None:
        raise AnnotatorError("The annotation is not there any more.")
    document, coder = place
    label = said.format(shown(found.quote))
    with project.step(label, coder=coder, document=document) as step:
        changed = step.update("annotation", annotation, values)
    if not changed:
        return Changes("", history=False, undoable=False)
    return Changes(
        label,
        documents=frozenset({document}),
        annotations=frozenset({annotation}),
        current=annotation,
        document=document,
    )
