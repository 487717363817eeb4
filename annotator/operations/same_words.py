"""Tag all the same: where the words of an annotation stand again, and tagging those that a person has ticked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.attributes.walk import is_human
from annotator.model.changes import Changes
from annotator.model.codebook import Tag
from annotator.model.field import PROPOSED
from annotator.model.rows import Annotation
from annotator.model.span import Span
from annotator.model.wording import has_words
from annotator.operations.progress import Progress, silent
from annotator.operations.tagging_places import MOST as MOST  # a part of this module for those outside
from annotator.operations.tagging_places import tag_places
from annotator.operations.words import counted, shown
from annotator.storage import assignments, queries
from annotator.storage.concordance import Place, find_wording
from annotator.storage.project import Project

LONGEST = 300  # code points of words that are looked for again


@dataclass(frozen=True)
class Again:
    """One more place of the words, and what the coder has tagged there: labels of tags."""

    place: Place
    tagged: tuple[str, ...] = ()
    same: bool = False  # whether the tag of the annotation is among them, on these words or across them

    @property
    def span(self) -> Span:
        """The place in its document."""
        return Span(self.place.start, self.place.end)


@dataclass(frozen=True)
class _Model:
    """The annotation that others are to be like."""

    found: Annotation
    tag: Tag
    document: int
    coder: int


def same_words(project: Project, annotation: int, *, everywhere: bool = False) -> Iterator[Again]:
    """The other places of the words of an annotation: in its article first, then in the others its coder codes.

    Articles whose coding is closed are left out. Raises AnnotatorError for an annotation that is gone, has several
    parts, no letter or digit, or very many.
    """
    model = _model(project, annotation)
    labels = {tag.id: tag.label for tag in _codebook_tags(project)}
    yield from _with_tags(project, model, labels, [model.document])
    if everywhere:
        closed = assignments.closed(project) | {model.document}
        others = [key for key in assignments.documents_of(project, model.coder) if key not in closed]
        yield from _with_tags(project, model, labels, others)


def _with_tags(project: Project, model: _Model, labels: Mapping[str, str], documents: Sequence[int]) -> Iterator[Again]:
    places = find_wording(project, model.found.quote, documents)
    for document, found in groupby(places, lambda place: place.document):
        own = queries.annotations_of(project, document, model.coder)
        for place in found:
            span = Span(place.start, place.end)
            if document == model.document and model.found.spans == (span,):
                continue
            here = [each for each in own if each.spans == (span,) or _crosses(each, model.tag.id, span)]
            tags = dict.fromkeys(each.tag for each in here)
            yield Again(place, tuple(labels.get(tag, tag) for tag in tags), model.tag.id in tags)


def _crosses(each: Annotation, tag: str, span: Span) -> bool:
    return each.tag == tag and any(piece.overlaps(span) for piece in each.spans)


def tag_same(
    project: Project, annotation: int, places: Iterable[tuple[int, Span]], *, progress: Progress = silent
) -> Changes:
    """Tag places (document, span) as an annotation is tagged, in its coder's own readings, as one step.

    Whom it names, as a person said, is proposed for each of them. A place that has the tag already is passed over.
    Raises AnnotatorError if no place is left, or for more than MOST.
    """
    model = _model(project, annotation)
    return tag_places(
        project,
        model.coder,
        model.tag.id,
        places,
        values=_carried(model),
        what=lambda number: f"{counted(number, 'more place')} of {shown(model.found.quote)}",
        progress=progress,
    )


def _carried(model: _Model) -> dict[str, Any]:
    """Whom the annotation names, as somebody said: a proposal for the others, for nobody has looked at them so far."""
    values = model.found.attributes
    entities = [each.id for each in model.tag.attributes if each.type == "entity" and is_human(values, each.id)]
    return {name: {"value": values[name]["value"], "by": PROPOSED} for name in entities}


def _model(project: Project, annotation: int) -> _Model:
    found, place = queries.annotation(project, annotation), queries.place_of(project, annotation)
    if found is None or place is None:
        raise AnnotatorError("The annotation is not there any more.")
    tag = next((each for each in _codebook_tags(project) if each.id == found.tag), None)
    if tag is None:
        raise AnnotatorError(f"The codebook of this project has no tag “{found.tag}”.")
    if len(found.spans) > 1:
        raise AnnotatorError("An annotation of several parts cannot be looked for elsewhere.")
    if not has_words(found.quote):
        raise AnnotatorError(f"In {shown(found.quote)} there is no letter or number to look for.")
    if len(found.quote) > LONGEST:
        raise AnnotatorError(f"Words of more than {LONGEST} characters are not looked for elsewhere.")
    return _Model(found, tag, *place)


def _codebook_tags(project: Project) -> tuple[Tag, ...]:
    version = queries.codebook_version(project)
    return version[1].tags if version else ()
