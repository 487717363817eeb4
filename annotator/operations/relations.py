"""Relations: link two annotations, take a link away, and say which annotation a link most plausibly leads to."""

from collections.abc import Mapping
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook, RelationType
from annotator.model.relations import Relation, rank_near
from annotator.model.rows import Annotation, Reading
from annotator.model.speakers import rank_speakers
from annotator.operations.values import as_json
from annotator.operations.words import shown
from annotator.storage import queries, relation_queries
from annotator.storage.project import Project

SOURCE = "source"  # the kind of relation that leads to who says it


def add_relation(
    project: Project, kind: str, source: int, target: int, *, attributes: Mapping[str, Any] | None = None
) -> Changes:
    """Link two annotations of one reading. The same link twice changes nothing and says so.

    Raises AnnotatorError with the reason where the codebook does not allow it.
    """
    about, (start, reading), (end, other) = _type(project, kind), _place(project, source), _place(project, target)
    _refuse_what_does_not_fit(about, start, end)
    if reading.key != other.key:
        raise AnnotatorError("Only annotations of one article and one coder can be linked.")
    there = relation_queries.relations_from(project, source, kind)
    if any(each.target == target for each in there):
        return Changes(f"{_said(about, start, end)} already", current=source, history=False, undoable=False)
    if about.max_per_from is not None and len(there) >= about.max_per_from:
        many = f"{about.max_per_from} “{about.label}” already"
        raise AnnotatorError(f"{shown(start.quote)} has {many}, and the codebook allows no more: remove one first.")
    label = _said(about, start, end)
    with project.step(label, coder=reading.coder, document=reading.document) as step:
        row = {"type": kind, "source": source, "target": target, "attributes": as_json(dict(attributes or {}))}
        step.insert("relation", row)
    return _changes(label, reading, source, target)


def remove_relation(project: Project, relation: int) -> Changes:
    """Take a link away."""
    found, start, end, reading = _relation(project, relation)
    label = f"Removed the link: {_said(_known(project, found.type), start, end)}"
    with project.step(label, coder=reading.coder, document=reading.document) as step:
        step.delete("relation", relation)
    return _changes(label, reading, found.source, found.target)


def set_relation_attributes(
    project: Project, relation: int, attributes: Mapping[str, Any], *, said: str = "Described the link"
) -> Changes:
    """Set all attributes of a link: id → {value, by}. `said` tells in the history what is new."""
    found, start, end, reading = _relation(project, relation)
    label = f"{said} – {_said(_known(project, found.type), start, end)}"
    with project.step(label, coder=reading.coder, document=reading.document) as step:
        changed = step.update("relation", relation, {"attributes": as_json(dict(attributes))})
    if not changed:
        return Changes("The link is as it was", current=found.source, history=False, undoable=False)
    return _changes(label, reading, found.source, found.target)


def set_relation_note(project: Project, relation: int, note: str) -> Changes:
    """Write, change or (with an empty text) remove the note of a link."""
    found, start, end, reading = _relation(project, relation)
    label = f"Note on the link: {_said(_known(project, found.type), start, end)}"
    with project.step(label, coder=reading.coder, document=reading.document) as step:
        changed = step.update("relation", relation, {"note": note})
    if not changed:
        return Changes("The note is as it was", current=found.source, history=False, undoable=False)
    return _changes(label, reading, found.source, found.target)


# ---- what a link may lead to


def candidates(project: Project, annotation: int, kind: str) -> list[int]:
    """The annotations that a link of this kind may lead to from here, the most plausible first.

    For a source that is who seems to speak, else what is nearest. What is linked already is left out. Empty where
    the codebook knows no such link, or lets none begin at this annotation.
    """
    start, reading = _place(project, annotation)
    about = _codebook(project).relation(kind)
    if about is None or start.tag not in about.from_tags:
        return []
    linked = {each.target for each in relation_queries.relations_from(project, annotation, kind)}
    places = [
        (each.key, each.spans)
        for each in queries.annotations_of_reading(project, reading.key)
        if each.key != annotation and each.key not in linked and about.allows(start.tag, each.tag)
    ]
    text = queries.text_of(project, reading.document)
    if kind == SOURCE:
        document = queries.document(project, reading.document)
        return rank_speakers(text, start.spans, places, document.language if document else "")
    return rank_near(text, start.spans, places)


def kinds_from(project: Project, annotation: int) -> tuple[RelationType, ...]:
    """The kinds of link that may begin at an annotation, in the order of the codebook."""
    found = queries.annotation(project, annotation)
    return _codebook(project).relations_from(found.tag) if found else ()


# ---- shared


def _codebook(project: Project) -> Codebook:
    version = queries.codebook_version(project)
    if version is None:
        raise AnnotatorError(f"{project.path.name} has no codebook.")
    return version[1]


def _type(project: Project, kind: str) -> RelationType:
    found = _codebook(project).relation(kind)
    if found is None:
        raise AnnotatorError(f"The codebook of this project has no relation “{kind}”.")
    return found


def _known(project: Project, kind: str) -> RelationType:
    """The kind of a link that is there, even if the codebook no longer knows it."""
    return _codebook(project).relation(kind) or RelationType(kind, kind, (), ())


def _refuse_what_does_not_fit(about: RelationType, start: Annotation, end: Annotation) -> None:
    if start.key == end.key:
        raise AnnotatorError("An annotation cannot be linked to itself.")
    if start.tag not in about.from_tags:
        raise AnnotatorError(f"“{about.label}” begins at {_listed(about.from_tags)}, not at {start.tag}.")
    if end.tag not in about.to_tags:
        raise AnnotatorError(f"“{about.label}” leads to {_listed(about.to_tags)}, not to {end.tag}.")
    if not about.allows(start.tag, end.tag):
        raise AnnotatorError(f"“{about.label}” links two of the same tag, not {start.tag} and {end.tag}.")


def _listed(tags: tuple[str, ...]) -> str:
    return " or ".join([", ".join(tags[:-1]), tags[-1]]) if len(tags) > 1 else "".join(tags)


def _place(project: Project, annotation: int) -> tuple[Annotation, Reading]:
    found = queries.annotation(project, annotation)
    if found is None:
        raise AnnotatorError("The annotation is not there any more.")
    return found, queries.reading_by_key(project, found.reading)


def _relation(project: Project, key: int) -> tuple[Relation, Annotation, Annotation, Reading]:
    found = relation_queries.relation(project, key)
    if found is None:
        raise AnnotatorError("The link is not there any more.")
    start, reading = _place(project, found.source)
    return found, start, _place(project, found.target)[0], reading


def _said(about: RelationType, start: Annotation, end: Annotation) -> str:
    return f"{shown(start.quote, 30)} {about.label} {shown(end.quote, 30)}"


def _changes(said: str, reading: Reading, source: int, target: int) -> Changes:
    return Changes(
        said,
        documents=frozenset({reading.document}),
        readings=frozenset({reading.key}),
        annotations=frozenset({source, target}),
        current=source,
        document=reading.document,
    )
