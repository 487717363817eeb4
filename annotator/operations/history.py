"""Undo, redo and going back, for the coder at work."""

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.words import counted
from annotator.storage import history, queries, relation_queries
from annotator.storage.history import Outcome, PastStep
from annotator.storage.project import Project


def needs_second_press(project: Project, coder: int | None, document: int | None) -> PastStep | None:
    """The step that undo would take back, if a person could not see it happen: undo then first goes there.

    It lies in another document, before this start of the program, or touches several documents.
    """
    step = history.next_undo(project, coder)
    if step is None:
        return None
    elsewhere = step.document is not None and step.document != document
    return step if elsewhere or step.documents > 1 or step.session != project.session else None


def undo_takes_long(project: Project, coder: int | None) -> bool:
    """Whether undo would take back an import or merge, which can take seconds."""
    step = history.next_undo(project, coder)
    return step is not None and step.batch is not None


def redo_takes_long(project: Project, coder: int | None) -> bool:
    """Whether redo would bring an import or merge back."""
    undone = history.next_redo(project, coder)
    return undone is not None and history.has_bulk(project, taken_by=undone.key)


def go_back_takes_long(project: Project, step: int) -> bool:
    """Whether an import or merge stands among the steps after `step`."""
    return history.has_bulk(project, after=step)


def undo(project: Project, coder: int | None) -> Changes:
    """Take back the coder's latest step. Raises AnnotatorError when there is nothing, or nothing that can be."""
    outcome = history.undo(project, coder)
    if outcome is None:
        raise AnnotatorError("There is nothing to undo.")
    if not outcome.steps:
        raise AnnotatorError(outcome.refused[0])
    return _changes(project, f"Undid: {_names(outcome)}", outcome)


def redo(project: Project, coder: int | None) -> Changes:
    """Do again what was undone last."""
    outcome = history.redo(project, coder)
    if outcome is None:
        raise AnnotatorError("There is nothing to redo.")
    return _changes(project, f"Did again: {_names(outcome)}", outcome)


def go_back(project: Project, coder: int | None, step: int) -> Changes:
    """Take back the coder's own steps after `step`, newest first, as one step."""
    outcome = history.undo_since(project, coder, step)
    if not outcome.steps:
        raise AnnotatorError(
            outcome.refused[0] if outcome.refused else "There is nothing to take back after this step."
        )
    return _changes(project, f"Went back {counted(len(outcome.steps), 'step')}", outcome)


def _names(outcome: Outcome) -> str:
    return outcome.steps[0].label if len(outcome.steps) == 1 else counted(len(outcome.steps), "step")


def _changes(project: Project, said: str, outcome: Outcome) -> Changes:
    annotations = {row for table, row in outcome.rows if table == "annotation"}
    annotations |= relation_queries.ends(project, [row for table, row in outcome.rows if table == "relation"])
    documents = {step.document for step in outcome.steps if step.document is not None}
    alive = (
        [key for key in annotations if queries.annotation(project, key) is not None] if len(annotations) < 50 else []
    )
    tables = {table for table, _ in outcome.rows}
    return Changes(
        said,
        documents=frozenset(documents),
        readings=frozenset(row for table, row in outcome.rows if table == "reading"),
        annotations=frozenset(annotations),
        current=alive[0] if len(alive) == 1 else None,
        document=documents.pop() if len(documents) == 1 else None,
        codebook="codebook" in tables,
        coders="coder" in tables,
        entities="entity" in tables,
        everything="earlier_text" in tables
        or any(step.batch is not None or step.documents != 1 for step in outcome.steps),
        undoable=False,
        warnings=outcome.refused,
    )
