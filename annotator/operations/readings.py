"""Readings: begin one, declare it done or set aside, take that back."""

import json

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.rows import STATES
from annotator.operations.words import shown
from annotator.storage import queries, relation_queries
from annotator.storage.ids import derived_id
from annotator.storage.project import Project
from annotator.storage.step import Step

REASONS = ("not relevant", "text damaged", "other language", "skipped")  # why a document is set aside


def reading_id(document_id: str, coder_id: str, kind: str = "own") -> str:
    """The id of a reading: the same in every copy, so that two copies never hold two readings of one coder."""
    return derived_id("reading", document_id, coder_id, kind)


def ensure_reading(step: Step, document: int, coder: int, kind: str = "own") -> int:
    """The key of the coder's reading, begun within this step if it is not there."""
    project = step.project
    found = queries.reading(project, document, coder, kind)
    version = queries.codebook_version(project)
    if found is None:
        ids = _ids(project, document, coder)
        return step.insert(
            "reading",
            {
                "id": reading_id(*ids, kind),
                "document": document,
                "coder": coder,
                "kind": kind,
                "state": "in work",
                "codebook": version[0] if version else None,
            },
        )
    if found.state == "not started":
        # One whose beginning was undone begins anew: what was refused or left untagged in it was taken back as well.
        gone = project.rows("SELECT deleted FROM reading WHERE key = ?", (found.key,))[0][0]
        step.update("reading", found.key, {"deleted": 0, "state": "in work", **({"extra": "{}"} if gone else {})})
    return found.key


def set_state(project: Project, document: int, coder: int, state: str, *, reason: str = "") -> Changes:
    """Set the state of a coder's reading; `reason` (one of REASONS) says why it is set aside.

    The first time it is declared done, the reading is also kept as it stands: agreement is counted from that.
    Raises AnnotatorError for an unknown state.
    """
    if state not in STATES:
        raise AnnotatorError(f"There is no state “{state}”; there are: {', '.join(STATES)}.")
    about = queries.document(project, document)
    if about is None:
        raise AnnotatorError("The article is not in the project any more.")
    label = f"{shown(about.title)}: {state}" + (f" ({reason})" if reason else "")
    with project.step(label, coder=coder, document=document) as step:
        reading = ensure_reading(step, document, coder)
        step.update("reading", reading, {"state": state, "reason": reason if state == "set aside" else ""})
        if state == "done":
            _keep_first(step, reading)
    return Changes(
        label[0].upper() + label[1:], documents=frozenset({document}), readings=frozenset({reading}), document=document
    )


def _keep_first(step: Step, reading: int) -> None:
    project = step.project
    known = project.rows("SELECT key, deleted FROM first_done WHERE reading = ?", (reading,))
    if known and not known[0][1]:
        return
    annotations = queries.annotations_of_reading(project, reading)
    ids = {each.key: each.id for each in annotations}
    links: dict[int, list[tuple[str, str]]] = {}
    for each in relation_queries.relations_of(project, reading):
        if each.target in ids:
            links.setdefault(each.source, []).append((each.type, ids[each.target]))
    content = json.dumps(
        [
            {
                "id": a.id,
                "tag": a.tag,
                "spans": a.spans,
                "attributes": a.attributes,
                "links": sorted(links.get(a.key, [])),
            }
            for a in annotations
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    if known:
        step.update("first_done", known[0][0], {"content": content, "deleted": 0})
        return
    whole = queries.reading_by_key(project, reading)
    step.insert("first_done", {"id": derived_id("first_done", whole.id), "reading": reading, "content": content})


def _ids(project: Project, document: int, coder: int) -> tuple[str, str]:
    about, person = queries.document(project, document), queries.coder(project, coder)
    if about is None:
        raise AnnotatorError("The article is not in the project any more.")
    if person is None:
        raise AnnotatorError("The coder is not in the project.")
    return about.id, person.id
