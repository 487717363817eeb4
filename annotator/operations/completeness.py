"""Open points: what the codebook asks for and an annotation lacks, and what its coder left open.

They are told quietly and never stand in anyone's way. Each rule is one function in RULES.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from annotator.model.attributes.walk import entry, is_human
from annotator.model.codebook import Codebook, Tag, Trim
from annotator.model.codebook_fields import listed
from annotator.model.field import PROPOSED, short_name
from annotator.model.pairs import partners
from annotator.model.relations import Relation
from annotator.model.rows import Annotation, Reading
from annotator.model.span import Span, Spans
from annotator.model.trim import trim
from annotator.operations.check import Problem
from annotator.operations.codebook_versions import touched_among
from annotator.operations.progress import Progress, silent
from annotator.operations.refusals import refusals
from annotator.operations.talking import unanswered
from annotator.operations.untagged import Left, left_untagged, untagged_names
from annotator.operations.words import counted, shown
from annotator.storage import queries, relation_queries, totals
from annotator.storage.project import Project

SOURCE = "source"  # the relation to who says it; every statement that may have one needs one
CONTINUES = "continues"  # what goes on from another statement has the source of that one
VALUE = "value"  # the number of a figure
TOUCHED = "touched"  # by a new rule
ELSEWHERE = "elsewhere"  # where the same name is tagged
OF_FIELDS = ("missing", PROPOSED)  # kinds of points about fields


@dataclass(frozen=True)
class OpenPoint:
    """Something to look at again. `annotation` is None where the point is a place that is not tagged."""

    kind: str
    sentence: str
    span: Span
    annotation: int | None = None
    attribute: str = ""  # the field that it is about
    tag: str = ""  # the tag that the words have elsewhere
    places: Spans = ()  # all places where they do not have it


@dataclass(frozen=True)
class Scene:
    """One reading with all that the rules look at; `annotations` are in text order."""

    text: str
    language: str
    codebook: Codebook
    annotations: Sequence[Annotation]
    relations: Sequence[Relation]
    touched: Set[tuple[str, str]] = frozenset()  # (tag, version confirmed under) with other rules since
    left: Left = field(default_factory=dict)  # places that stay without a tag
    messages: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # annotation (id) → who wrote what last

    @cached_property
    def with_source(self) -> set[int]:
        """The annotations that have a source, or go on from one that has."""
        found = {each.source for each in self.relations if each.type == SOURCE}
        onward = defaultdict(list)
        for each in self.relations:
            if each.type == CONTINUES:
                onward[each.target].append(each.source)
        waiting = list(found)
        while waiting:
            for other in onward[waiting.pop()]:
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    @cached_property
    def lead_rules(self) -> Mapping[str, tuple[Trim, tuple[str, ...]]]:
        """Tag → its trim rule, as far as it cuts words at the start, and those words."""
        return {
            tag.id: (
                _only_lead(tag.trim),
                tuple(word.lower().replace("’", "'") for word in tag.trim.words(self.language)[0]),
            )
            for tag in self.codebook.tags
        }

    @cached_property
    def lines(self) -> list[int]:
        """Where each paragraph begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def _marks(self) -> dict[int, tuple[list[int], Mapping[int, int | None]]]:
        return {}

    def marks(self, span: Span) -> Iterator[tuple[int, int | None]]:
        """The quotation marks within a span, each with the place of its partner."""
        for number in range(bisect_right(self.lines, span.start) - 1, bisect_left(self.lines, span.end)):
            if number not in self._marks:
                end = self.lines[number + 1] if number + 1 < len(self.lines) else len(self.text)
                found = partners(self.text, self.lines[number], end)
                quotes = {at: other for at, other in found.items() if self.text[at] not in "()[]{}"}
                self._marks[number] = sorted(quotes), quotes
            places, quotes_here = self._marks[number]
            for at in places[bisect_left(places, span.start) : bisect_left(places, span.end)]:
                yield at, quotes_here[at]


AnnotationRule = Callable[[Scene, Annotation, Tag], Iterable[OpenPoint]]


def _unsure(_: Scene, annotation: Annotation, __: Tag) -> Iterator[OpenPoint]:
    if annotation.unsure:
        yield OpenPoint("unsure", "Marked as unsure", annotation.outer, annotation.key)


def _question(_: Scene, annotation: Annotation, __: Tag) -> Iterator[OpenPoint]:
    if annotation.question:
        yield OpenPoint("question", f"Asked: {shown(annotation.question, 80)}", annotation.outer, annotation.key)


def _message(scene: Scene, annotation: Annotation, _: Tag) -> Iterator[OpenPoint]:
    if annotation.id in scene.messages:
        who, text = scene.messages[annotation.id]
        yield OpenPoint("message", f"{who or 'Somebody'} wrote: {shown(text, 80)}", annotation.outer, annotation.key)


def _source(scene: Scene, annotation: Annotation, tag: Tag) -> Iterator[OpenPoint]:
    relation = scene.codebook.relation(SOURCE)
    if relation is not None and tag.id in relation.from_tags and annotation.key not in scene.with_source:
        yield OpenPoint(SOURCE, f"This {tag.label.lower()} has no source", annotation.outer, annotation.key)


def _value(_: Scene, annotation: Annotation, tag: Tag) -> Iterator[OpenPoint]:
    attribute = tag.attribute(VALUE)
    if attribute is not None and attribute.type == "number" and entry(annotation.attributes, VALUE) is None:
        yield OpenPoint(VALUE, f"This {tag.label.lower()} has no value", annotation.outer, annotation.key, VALUE)


def _missing(_: Scene, annotation: Annotation, tag: Tag) -> Iterator[OpenPoint]:
    empty = [
        attribute
        for attribute in tag.attributes
        if attribute.ask == "always"
        and entry(annotation.attributes, attribute.id) is None
        and not (attribute.id == VALUE and attribute.type == "number")
    ]
    if empty:
        names = listed([short_name(attribute) for attribute in empty])
        yield OpenPoint("missing", f"Not said yet: {names}", annotation.outer, annotation.key, empty[0].id)


def _proposed(_: Scene, annotation: Annotation, tag: Tag) -> Iterator[OpenPoint]:
    waiting = [
        attribute
        for attribute in tag.attributes
        if (entry(annotation.attributes, attribute.id) or {}).get("by") == PROPOSED
    ]
    if waiting:
        names = listed([short_name(attribute) for attribute in waiting])
        said = f"Proposed, and not confirmed: {names}"
        yield OpenPoint(PROPOSED, said, annotation.outer, annotation.key, waiting[0].id)


def _lead(scene: Scene, annotation: Annotation, tag: Tag) -> Iterator[OpenPoint]:
    rule, leads = scene.lead_rules[tag.id]
    if not annotation.quote.lower().replace("’", "'").startswith(leads):  # so for nearly all, and much sooner known
        return
    removed = trim(scene.text, annotation.outer, rule, scene.language).removed
    if removed:
        said = f"It begins with {shown(removed[0])}, which stays outside"
        yield OpenPoint("lead word", said, annotation.outer, annotation.key)


def _only_lead(rule: Trim) -> Trim:
    languages = tuple(replace(each, tail=()) for each in rule.languages)
    return replace(rule, tail=(), languages=languages, punctuation=False, unpaired_quotes=False)


def _open_quote(scene: Scene, annotation: Annotation, _: Tag) -> Iterator[OpenPoint]:
    for piece in annotation.spans:
        for at, partner in scene.marks(piece):
            if partner is None or not any(each.start <= partner < each.end for each in annotation.spans):
                said = f"The quotation mark {scene.text[at]} has no partner within it"
                yield OpenPoint("open quote", said, annotation.outer, annotation.key)
                return


def _touched(scene: Scene, annotation: Annotation, tag: Tag) -> Iterator[OpenPoint]:
    if (annotation.tag, annotation.codebook_confirmed) in scene.touched:
        said = f"The rules of {tag.label.lower()} have changed since it was confirmed"
        yield OpenPoint(TOUCHED, said, annotation.outer, annotation.key)


RULES: tuple[AnnotationRule, ...] = (
    _unsure,
    _question,
    _message,
    _touched,
    _source,
    _value,
    _missing,
    _proposed,
    _lead,
    _open_quote,
)


def points_of(scene: Scene, annotation: Annotation) -> list[OpenPoint]:
    """The open points of one annotation."""
    tag = scene.codebook.tag(annotation.tag)
    return [point for rule in RULES for point in rule(scene, annotation, tag)] if tag else []


def points_in(scene: Scene) -> list[OpenPoint]:
    """All open points of a reading in text order."""
    found = [point for annotation in scene.annotations for point in points_of(scene, annotation)]
    found += _elsewhere(scene)
    return sorted(found, key=lambda point: (point.span.start, -point.span.end))


# ---- the same name, tagged elsewhere


def _elsewhere(scene: Scene) -> Iterator[OpenPoint]:
    """One point for each name that has no tag at some places, at the first of them."""
    for each in untagged_names(scene.text, scene.codebook, scene.annotations, scene.left):
        where = "here" if len(each.spans) == 1 else f"at {counted(len(each.spans), 'place')}, here first"
        said = f"{shown(each.name)} is tagged elsewhere, and not {where}"
        yield OpenPoint(ELSEWHERE, said, each.spans[0], tag=each.tag, places=each.spans)


# ---- of a project


def open_points(project: Project, document: int, coder: int, *, begun: bool = False) -> list[OpenPoint]:
    """The open points of a coder's own reading in text order; none if it was never begun.

    With `begun`, fields count as open only where a person has begun to fill in those of the annotation: who tags a
    whole article first is not told of every field meanwhile.
    """
    reading = queries.reading(project, document, coder)
    scene = scene_of(project, reading) if reading else None
    if scene is None:
        return []
    waiting = {each.key for each in scene.annotations if not any(is_human(each.attributes, n) for n in each.attributes)}
    return [
        point for point in points_in(scene) if not (begun and point.kind in OF_FIELDS and point.annotation in waiting)
    ]


def scene_of(project: Project, reading: Reading) -> Scene | None:
    """What the rules look at; None without a codebook."""
    version, about = queries.codebook_version(project), queries.document(project, reading.document)
    if version is None or about is None:
        return None
    annotations = queries.annotations_of_reading(project, reading.key)
    confirmed = {(each.tag, each.codebook_confirmed) for each in annotations}
    return Scene(
        text=queries.text_of(project, reading.document),
        language=about.language or version[1].language,
        codebook=version[1],
        annotations=annotations,
        relations=relation_queries.relations_of(project, reading.key),
        touched=frozenset(touched_among(project, confirmed)),
        left=_stays_without(project, reading.key),
        messages=unanswered(project, reading.document, reading.coder),
    )


def _stays_without(project: Project, reading: int) -> Left:
    """Where a person has said that a tag is not wanted: in so many words, or by refusing a proposal for it."""
    found = {tag: set(spans) for tag, spans in left_untagged(project, reading).items()}
    for tag, spans in refusals(queries.reading_extra(project, reading)):
        found.setdefault(tag, set()).add(spans[0])
    return {tag: frozenset(spans) for tag, spans in found.items()}


def incomplete(project: Project, *, begun: bool = False, progress: Progress = silent) -> list[Problem]:
    """The open points of all readings that are declared done, in the form that check tells problems in.

    What a coder is still at is among them only if `begun` asks for that; what is set aside never is.
    """
    states = ("done", "in work", "returned") if begun else ("done",)
    coders = {coder.key: coder.name for coder in queries.coders(project)}
    found: list[Problem] = []
    keys = queries.document_keys(project, None)
    total = totals.documents(project)
    for done, document in enumerate(keys, 1):
        for reading in queries.readings_of(project, document):
            if reading.state in states:
                found += _told(project, reading, coders.get(reading.coder, ""))
        progress(done, max(done, total))
    return found


def _told(project: Project, reading: Reading, coder: str) -> Iterator[Problem]:
    scene, about = scene_of(project, reading), queries.document(project, reading.document)
    if scene is None or about is None:
        return
    whose = f"gold by {coder}" if reading.kind == "gold" else coder
    here = f"{shown(about.title) if about.title else about.id[:12]}, {whose}"
    tags = {annotation.key: annotation for annotation in scene.annotations}
    for point in points_in(scene):
        annotation = tags.get(point.annotation) if point.annotation else None
        place = f"{annotation.tag} {shown(annotation.quote)}" if annotation else f"{point.span.start}–{point.span.end}"
        yield Problem(point.kind, f"{here}, {place}", point.sentence[:1].lower() + point.sentence[1:])
