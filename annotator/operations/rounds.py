"""Blind coding: what a coder sees of others' work, and when a reading can no longer be changed.

The coding of a document is closed by making its agreed version (gold), in which nothing need be yet. Until then who
codes it sees the own annotations alone. After that a reading that was declared done, or set aside, can be looked at and
not changed, until it is sent back. (Why so, and what was rejected: docs/decisions.)
"""

from collections.abc import Collection, Sequence

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.progress import Progress, silent
from annotator.operations.readings import reading_id
from annotator.operations.words import counted, shown
from annotator.storage import assignments, people, queries
from annotator.storage.project import Project

_OPEN = "open"  # value of the property `blind` in a project where all may see all at any time


def close_round(project: Project, documents: Sequence[int], lead: int, *, progress: Progress = silent) -> Changes:
    """Close the coding of documents that are ready for review; those that are not stay open, and are counted.

    From now on readers see each other's annotations there, and review can begin. Undo opens them again as long as
    nothing was decided. Raises AnnotatorError if none of them is ready.
    """
    states = assignments.document_states(project)
    closed = assignments.closed(project)
    ready = [key for key in documents if states.get(key) == assignments.READY and key not in closed]
    waiting = sum(states.get(key) == assignments.WAITING for key in documents)
    if not ready:
        if waiting:
            raise AnnotatorError("Somebody still codes here: a round is closed when all who code have finished.")
        return Changes("The round is closed already", history=False, undoable=False)
    person = queries.coder(project, lead)
    if person is None:
        raise AnnotatorError("The coder is not in the project.")
    label = f"Closed the round of {counted(len(ready), 'article')}"
    single = ready[0] if len(ready) == 1 else None
    with project.step(label, coder=lead, document=single, documents=len(ready)) as step:
        for done, about in enumerate(queries.documents(project, set(ready)), 1):
            progress(done, len(ready))
            known = queries.reading(project, about.key, lead, "gold")
            if known is not None:
                step.update("reading", known.key, {"deleted": 0, "state": "not started"})
                continue
            row = {"id": reading_id(about.id, person.id, "gold"), "document": about.key, "coder": lead, "kind": "gold"}
            step.insert("reading", {**row, "state": "not started"})
    still = f"{counted(waiting, 'article')} {'is' if waiting == 1 else 'are'} still being coded"
    return Changes(label, documents=frozenset(ready), everything=True, warnings=(still,) if waiting else ())


def return_reading(
    project: Project,
    document: int,
    coder: int,
    *,
    lead: int | None = None,
    note: str = "",
    annotations: Sequence[str] = (),
) -> Changes:
    """Send a coder's reading back: it can be changed again, and stands first in the coder's queue.

    The `note` says why; it stands with the reading, and in the thread on these annotations (ids; none: on the article
    as a whole) if a `lead` by name writes it. Raises AnnotatorError if there is none that was declared done.
    """
    found, about, person = (
        queries.reading(project, document, coder),
        queries.document(project, document),
        queries.coder(project, coder),
    )
    if about is None or person is None or found is None or found.state not in assignments.FINISHED:
        raise AnnotatorError("Only coding that was declared done can be sent back.")
    from annotator.operations import talking  # brings the comparing, which whoever asks about rounds does without

    label = f"Sent {shown(about.title)} back to {person.name}"
    with project.step(label, coder=lead, document=document, as_lead=True) as step:
        step.update("reading", found.key, {"state": "returned", "reason": " ".join(note.split())})
        if note.strip() and lead is not None:
            talking.insert_message(step, document, lead, note, annotations)
    return Changes(
        label, documents=frozenset({document}), readings=frozenset({found.key}), document=document, everything=True
    )


def is_blind(project: Project) -> bool:
    """Whether coders see nobody else's work before the round is closed: so it is, unless the lead said otherwise."""
    return project.meta("blind") != _OPEN


def set_blind(project: Project, blind: bool) -> Changes:
    """Say whether coders see nobody else's work before the round is closed. It holds for this file and its copies."""
    project.set_meta("blind", "" if blind else _OPEN)
    said = "Coders see their own work alone until a round is closed" if blind else "Coders see each other's work"
    return Changes(said, history=False, undoable=False, everything=True)


def sees_others(project: Project, document: int, viewer: int | None) -> bool:
    """Whether somebody may look at others' readings of a document, and at the agreement on it.

    Who does not code it always may (the lead, a reviewer). Who does may after the round is closed, as long as the own
    reading is not still to be done. `viewer` None: nobody in particular, who sees all.
    """
    if viewer is None or not is_blind(project) or not assignments.is_coder_of(project, document, viewer):
        return True
    own = queries.reading(project, document, viewer)
    state = own.state if own else "not started"
    return assignments.is_closed(project, document) and state in (*assignments.FINISHED, "returned")


def hidden_documents(project: Project, documents: Collection[int], viewer: int | None) -> set[int]:
    """Those of the documents for which `sees_others` is not so."""
    if viewer is None or not is_blind(project):
        return set()
    own = assignments.own_states(project, viewer)
    if assignments.is_anything_assigned(project):
        main = people.keys_of(project, viewer)[0]
        coded = set(own) | {document for document, coders in assignments.assigned(project).items() if main in coders}
    else:
        coded = set(documents) if own else set()
    closed = assignments.closed(project)
    finished = {key for key, state in own.items() if state in (*assignments.FINISHED, "returned")}
    return (coded & set(documents)) - (closed & finished)


def is_read_only(project: Project, document: int, coder: int) -> bool:
    """Whether a coder's reading can only be looked at: finished, on a document whose round is closed."""
    own = queries.reading(project, document, coder)
    return own is not None and own.state in assignments.FINISHED and assignments.is_closed(project, document)
