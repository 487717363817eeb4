"""One tag at many places of many articles, as one step: what was ticked in a list of places."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Tag
from annotator.model.span import Span, Spans
from annotator.operations.annotations import insert_annotation, values_at_once
from annotator.operations.progress import Progress, silent
from annotator.operations.readings import ensure_reading
from annotator.operations.rounds import is_read_only
from annotator.operations.words import counted
from annotator.storage import queries
from annotator.storage.project import Project

MOST = 2_000  # places that are tagged at once: nobody ticks more with open eyes
Prepared = tuple[Spans, str, dict[str, Any]]  # spans, the words they cover, values


def tag_places(
    project: Project,
    coder: int,
    tag: str,
    places: Iterable[tuple[int, Span]],
    *,
    values: Mapping[str, Any] | None = None,
    what: Callable[[int], str] = lambda number: counted(number, "place"),
    progress: Progress = silent,
) -> Changes:
    """Tag places (document, span) in a coder's own readings, as one step; `values` go to each of them.

    A place that has the tag already is passed over, and so is an article of the coder's that is in review. `what` says
    in words what so many places are. Raises AnnotatorError if no place is left, or for more than MOST.
    """
    kind = _tag(project, tag)
    wanted: defaultdict[int, list[Span]] = defaultdict(list)
    for document, span in places:
        wanted[document].append(span)
    total = sum(map(len, wanted.values()))
    if total > MOST:
        raise AnnotatorError(f"At most {MOST:,} places can be tagged at once; these are {total:,}.")
    closed = [document for document in wanted if is_read_only(project, document, coder)]
    ready = {
        key: _prepared(project, coder, kind, key, wanted[key], values or {}) for key in wanted if key not in closed
    }
    ready = {document: pieces for document, pieces in ready.items() if pieces}
    if not ready:
        raise AnnotatorError(_why_nothing(closed))
    number = sum(map(len, ready.values()))
    single = next(iter(ready)) if len(ready) == 1 else None
    where = "" if single is not None else f" in {counted(len(ready), 'article')}"
    label = f"Tagged {what(number)} as {kind.label.lower()}{where}"
    made: list[int] = []
    readings: set[int] = set()
    with project.step(label, coder=coder, document=single, documents=len(ready)) as step:
        for document, pieces in ready.items():
            reading = ensure_reading(step, document, coder)
            readings.add(reading)
            for spans, covered, told in pieces:
                made.append(insert_annotation(step, reading, tag, spans, covered, told))
                progress(len(made), number)
    return Changes(
        label,
        documents=frozenset(ready),
        readings=frozenset(readings),
        annotations=frozenset(made),
        current=made[0] if len(made) == 1 else None,
        warnings=(_passed_over(total - number, closed),) if total > number else (),
    )


def _prepared(
    project: Project, coder: int, tag: Tag, document: int, spans: Sequence[Span], values: Mapping[str, Any]
) -> list[Prepared]:
    """What is written of the places that have not the tag, made ready before anything is locked."""
    text = queries.text_of(project, document)
    made: list[Prepared] = []
    for start, end in sorted(set(spans)):
        if not 0 <= start < end <= len(text):
            raise AnnotatorError(f"The span {start}–{end} does not lie in the text, which has {len(text)} characters.")
        pieces = (Span(start, end),)
        if not _has(project, document, coder, tag.id, pieces):
            told = values_at_once(project, document, tag, pieces, text, {})
            made.append((pieces, text[start:end], {**told, **values}))
    return made


def _tag(project: Project, tag: str) -> Tag:
    version = queries.codebook_version(project)
    found = version[1].tag(tag) if version else None
    if found is None:
        raise AnnotatorError(f"The codebook of this project has no tag “{tag}”.")
    return found


def _has(project: Project, document: int, coder: int, tag: str, spans: Spans) -> bool:
    return any(each.tag == tag for each in queries.annotations_on(project, document, coder, spans))


def _why_nothing(closed: Sequence[int]) -> str:
    if closed:
        return "Nothing is left to tag: these articles are in review, or the places have the tag already."
    return "Nothing is left to tag: all these places have the tag already."


def _passed_over(number: int, closed: Sequence[int]) -> str:
    verb = "was" if number == 1 else "were"
    return f"{counted(number, 'place')} {verb} passed over: {'in review, or ' if closed else ''}tagged so already"
