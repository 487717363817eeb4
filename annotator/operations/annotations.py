"""Annotations: tag, retag, move edges, add pieces, delete. Each is one step of the history."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Tag
from annotator.model.rows import Annotation
from annotator.model.span import Span, Spans, normalised, outer, quote
from annotator.operations.provenance import PROPOSED_BY, after_edit
from annotator.operations.readings import ensure_reading
from annotator.operations.value_proposals import Neighbours, Tagged, fits, propose_at_once
from annotator.operations.words import counted, shown
from annotator.storage import entity_queries, queries, review_queries
from annotator.storage.project import Project
from annotator.storage.step import Step


def tag_span(project: Project, document: int, coder: int, tag: str, spans: Iterable[Sequence[int]]) -> Changes:
    """Make a new annotation. The same tag on the same span by the same coder changes nothing and says so.

    What can be read off the text (a figure's value, an actor known by just this name) is put into its attributes as
    proposed. `spans` are pairs of code points, end exclusive. Raises AnnotatorError for an unknown tag or a span that
    does not lie in the text.
    """
    kind = _tag(project, tag)
    text = queries.text_of(project, document)
    pieces = normalised(spans, len(text))
    covered = quote(text, pieces)
    others = queries.annotations_on(project, document, coder, pieces)
    twin = next((a for a in others if a.tag == tag), None)
    if twin is not None:
        said = f"{shown(covered)} is tagged as {kind.label.lower()} already"
        return Changes(said, current=twin.key, document=document, history=False, undoable=False)
    values = values_at_once(project, document, kind, pieces, text, {})
    with project.step(f"Tagged {shown(covered)} as {kind.label.lower()}", coder=coder, document=document) as step:
        reading = ensure_reading(step, document, coder)
        made = insert_annotation(step, reading, tag, pieces, covered, values)
    also = f"; it is also tagged as {others[0].tag}" if others else ""
    return _changes(step.label + also, document, [made], reading, current=made, warnings=_warnings(kind, pieces, text))


def insert_annotation(
    step: Step,
    reading: int,
    tag: str,
    pieces: Spans,
    covered: str,
    values: Mapping[str, Any],
    extra: Mapping[str, Any] | None = None,
) -> int:
    """Write a new annotation within a step, under the current codebook, and return its key."""
    version = queries.codebook_version(step.project)
    return step.insert(
        "annotation",
        {
            "reading": reading,
            "tag": tag,
            **_span_columns(pieces, covered),
            "attributes": _json(values),
            "codebook_made": version[0] if version else None,
            "codebook_confirmed": version[0] if version else None,
            **({"extra": _json(extra)} if extra else {}),
        },
    )


def retag(project: Project, annotation: int, tag: str) -> Changes:
    """Give an annotation another tag; values that it does not ask for, or that are none of its own, are dropped."""
    old, document, coder = _found(project, annotation)
    kind = _tag(project, tag)
    if old.tag == tag:
        return _already(old.quote, kind)
    if _twin(project, old, document, coder, tag, old.spans):
        return _already(old.quote, kind)
    kept = {name: value for name, value in old.attributes.items() if fits(kind, name, value)}
    kept = values_at_once(project, document, kind, old.spans, queries.text_of(project, document), kept)
    label = f"Changed {shown(old.quote)} from {old.tag} to {tag}"
    version = queries.codebook_version(project)
    with project.step(label, coder=coder, document=document) as step:
        values = {"tag": tag, "attributes": _json(kept), "codebook_confirmed": version[0] if version else None}
        if PROPOSED_BY in old.extra:
            values["extra"] = _json(after_edit(old.extra, tag, old.spans))
        step.update("annotation", annotation, values)
    return _changes(label, document, [annotation], old.reading, current=annotation)


def set_spans(
    project: Project, annotation: int, spans: Iterable[Sequence[int]], *, said: str = "", joins: str | None = None
) -> Changes:
    """Move the edges of an annotation. Steps in a row with the same `joins` become one step of the history.

    Where the same coder has the same tag on these spans already, nothing changes, and that is said.
    """
    old, document, coder = _found(project, annotation)
    text = queries.text_of(project, document)
    pieces = normalised(spans, len(text))
    covered = quote(text, pieces)
    kind = _tag(project, old.tag)
    if _twin(project, old, document, coder, old.tag, pieces):
        return _already(covered, kind)
    label = said or f"Moved the edges: {shown(covered)}"
    columns = _span_columns(pieces, covered)
    values = values_at_once(project, document, kind, pieces, text, old.attributes)
    if values != old.attributes:
        columns["attributes"] = _json(values)
    if PROPOSED_BY in old.extra:
        columns["extra"] = _json(after_edit(old.extra, old.tag, pieces))
    with project.step(label, coder=coder, document=document, joins=joins) as step:
        step.update("annotation", annotation, columns)
    return _changes(
        label, document, [annotation], old.reading, current=annotation, warnings=_warnings(kind, pieces, text)
    )


def add_piece(project: Project, annotation: int, piece: Span) -> Changes:
    """Add a second part to an annotation, which then covers several stretches of text."""
    old, document, _ = _found(project, annotation)
    text = queries.text_of(project, document)
    together = normalised([*old.spans, piece], len(text))
    if together == old.spans:
        part = shown(text[piece.start : piece.end])
        return Changes(f"{part} is a part of this annotation already", history=False, undoable=False)
    return set_spans(project, annotation, together, said=f"Added a part to {shown(old.quote)}")


def delete_annotations(project: Project, annotations: Sequence[int]) -> Changes:
    """Delete annotations of one coder and document; what was related to them stays and is hidden."""
    gone = [_found(project, key) for key in annotations]
    if not gone:
        return Changes("Nothing to delete", history=False, undoable=False)
    first, document, coder = gone[0]
    if any(each[1:] != (document, coder) for each in gone):
        raise AnnotatorError("Only annotations of one article and one coder can be deleted at once.")
    label = (
        f"Deleted {first.tag} {shown(first.quote)}" if len(gone) == 1 else f"Deleted {counted(len(gone), 'annotation')}"
    )
    with project.step(label, coder=coder, document=document) as step:
        for key in annotations:
            step.delete("annotation", key)
    return _changes(label, document, annotations, first.reading)


def _tag(project: Project, tag: str) -> Tag:
    version = queries.codebook_version(project)
    found = version[1].tag(tag) if version else None
    if found is None:
        raise AnnotatorError(f"The codebook of this project has no tag “{tag}”.")
    return found


def _already(covered: str, tag: Tag) -> Changes:
    return Changes(f"{shown(covered)} is tagged as {tag.label.lower()} already", history=False, undoable=False)


def _twin(project: Project, of: Annotation, document: int, coder: int, tag: str, spans: Spans) -> bool:
    """Whether another annotation of the coder, or else of the same agreed version, has this tag on just these spans."""
    if queries.reading_by_key(project, of.reading).kind == "gold":
        return review_queries.same_in(project, of.reading, tag, _json(spans)) not in (None, of.id)
    others = queries.annotations_on(project, document, coder, spans)
    return any(other.tag == tag and other.key != of.key for other in others)


def _found(project: Project, annotation: int) -> tuple[Annotation, int, int]:
    found, place = queries.annotation(project, annotation), queries.place_of(project, annotation)
    if found is None or place is None:
        raise AnnotatorError("The annotation is not there any more.")
    return found, *place


def values_at_once(
    project: Project, document: int, tag: Tag, pieces: Spans, text: str, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The attributes with what can be read off the text; what a person said of them stays."""
    if not tag.attributes:
        return dict(values)
    about, version = queries.document(project, document), queries.codebook_version(project)
    language = (about.language if about else "") or (version[1].language if version else "") or "en"
    around = Neighbours(language, registry=entity_queries.registry(project))
    return propose_at_once(Tagged(tag, pieces, quote(text, pieces), values), text, around)


def _span_columns(pieces: Spans, covered: str) -> dict[str, Any]:
    start, end = outer(pieces)
    return {"spans": _json(pieces), "start": start, "end": end, "quote": covered}


def _warnings(tag: Tag, pieces: Spans, text: str) -> tuple[str, ...]:
    """What the codebook asks for and this span does not keep to: said quietly, never refused."""
    said = []
    if not tag.across_paragraphs and any("\n" in text[start:end] for start, end in pieces):
        said.append(f"this {tag.label.lower()} crosses a paragraph")
    if tag.pieces == "one" and len(pieces) > 1:
        said.append(f"a {tag.label.lower()} has one part by the codebook")
    return tuple(said)


def _changes(
    said: str,
    document: int,
    annotations: Iterable[int],
    reading: int,
    current: int | None = None,
    warnings: tuple[str, ...] = (),
) -> Changes:
    return Changes(
        said,
        documents=frozenset({document}),
        readings=frozenset({reading}),
        annotations=frozenset(annotations),
        current=current,
        document=document,
        warnings=warnings,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
