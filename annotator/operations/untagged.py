"""Names that are tagged at one place of an article and not at another, and the places where that is as it should be."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook
from annotator.model.rows import Annotation
from annotator.model.span import Span, Spans
from annotator.operations.readings import ensure_reading
from annotator.operations.values import as_json
from annotator.operations.words import counted, shown
from annotator.storage import queries
from annotator.storage.project import Project

Left = Mapping[str, frozenset[Span]]  # tag → the places that a person has said stay without it

_LEFT = "left_untagged"  # key of a reading's extra that holds them
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Untagged:
    """A name that has a tag elsewhere, and the places where it has not, in text order."""

    tag: str
    name: str
    spans: tuple[Span, ...]


def untagged_names(text: str, codebook: Codebook, annotations: Sequence[Annotation], left: Left) -> Iterator[Untagged]:
    """Names that are tagged at one place of a text and not at another, but for the places in `left`.

    Only for tags that name actors, and for what looks like a name: common words are tagged here and not there.
    """
    for tag in codebook.active_tags:
        if any(attribute.type == "entity" for attribute in tag.attributes):
            same = [annotation for annotation in annotations if annotation.tag == tag.id]
            stay = left.get(tag.id, frozenset())
            for name, spans in _places(text, same).items():
                kept = tuple(span for span in spans if span not in stay)
                if kept:
                    yield Untagged(tag.id, name, kept)


def _places(text: str, same: Sequence[Annotation]) -> Mapping[str, list[Span]]:
    names = {annotation.quote for annotation in same if len(annotation.spans) == 1 and _is_name(annotation.quote)}
    covered = _Covered(piece for annotation in same for piece in annotation.spans)
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        by_word[_WORD.findall(name)[0]].append(name)
    places: defaultdict[str, list[Span]] = defaultdict(list)
    reached = 0
    for word in _WORD.finditer(text) if by_word else ():
        if word.start() < reached or word[0] not in by_word:
            continue
        for name in by_word[word[0]]:
            span = Span(word.start(), word.start() + len(name))
            if text.startswith(name, span.start) and not text[span.end : span.end + 1].isalnum():
                reached = span.end
                if not covered.touches(span):
                    places[name].append(span)
                break
    return places


def _is_name(quote: str) -> bool:
    """Whether a quote begins with a word, and has a capital or is in a script without capitals."""
    return quote[:1].isalnum() and any(c.isupper() or (c.isalpha() and c.lower() == c.upper()) for c in quote)


class _Covered:
    """Stretches of text, joined where they overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def touches(self, span: Span) -> bool:
        """Whether a code point of the span lies in one of them."""
        at = bisect_left(self.starts, span.end) - 1
        return at >= 0 and self.ends[at] > span.start


# ---- saying that a place stays as it is


def left_untagged(project: Project, reading: int) -> Left:
    """The places of a reading that its coder has said stay without a tag."""
    return {tag: frozenset(spans) for tag, spans in _stored(queries.reading_extra(project, reading)).items()}


def left_in(project: Project, document: int, coder: int) -> list[tuple[str, Spans]]:
    """The places of a coder's own reading that stay without a tag, as (tag, spans)."""
    own = queries.reading(project, document, coder)
    left = left_untagged(project, own.key) if own is not None else {}
    return [(tag, (span,)) for tag, spans in left.items() for span in spans]


def leave_untagged(project: Project, document: int, coder: int, tag: str, spans: Iterable[Span]) -> Changes:
    """Say that these places of a coder's reading stay without a tag that the same name has elsewhere."""
    wanted, text = sorted(set(spans)), queries.text_of(project, document)
    if not wanted:
        raise AnnotatorError("There is no place to leave untagged.")
    name = shown(text[wanted[0].start : wanted[0].end])
    where = "here" if len(wanted) == 1 else f"at {counted(len(wanted), 'place')}"
    label = f"{name} stays untagged {where}"
    with project.step(label, coder=coder, document=document) as step:
        reading = ensure_reading(step, document, coder)
        extra = queries.reading_extra(project, reading)
        stored = _stored(extra)
        stored[tag] = sorted({*stored.get(tag, ()), *wanted})
        changed = step.update("reading", reading, {"extra": as_json({**extra, _LEFT: stored})})
    if not changed:
        return Changes(f"{label} already", document=document, history=False, undoable=False)
    return Changes(label, documents=frozenset({document}), readings=frozenset({reading}), document=document)


def _stored(extra: Mapping[str, Any]) -> dict[str, list[Span]]:
    """What a reading's extra holds of this, whatever a file from elsewhere may hold in its place."""
    found = extra.get(_LEFT)
    pairs = found.items() if isinstance(found, dict) else ()
    return {
        tag: [Span(*each) for each in listed if _is_pair(each)] for tag, listed in pairs if isinstance(listed, list)
    }


def _is_pair(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(type(each) is int for each in value)
