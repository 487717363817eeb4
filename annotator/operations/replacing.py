"""A wrong or better text takes the place of an article's: annotations go along by their words and their place.

One that finds its words again, all together, stands on them. Where the words themselves are other ones now, but what
stands around them tells the place, it is carried over and listed as reading otherwise. The rest does not fit.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.anchoring import reanchored
from annotator.formats.decoding import LIMIT, NotTextError, decode, refuse_surrogates
from annotator.formats.guards import read_text
from annotator.model.alignment import Alignment, likeness
from annotator.model.changes import Changes
from annotator.model.span import Span, Spans, normalised, outer, quote
from annotator.operations.incoming import span_columns
from annotator.operations.replaced_decisions import decisions_on_new_text
from annotator.operations.values import as_json
from annotator.operations.words import counted, shown
from annotator.storage import carrying_queries, queries
from annotator.storage.project import Project
from annotator.storage.step import Step

STAYS, MOVED, REWORDED, LOST = "stays", "moved", "reads otherwise", "does not fit"
_ALIKE = 0.5  # words that changed are those that were tagged if at least so much of them is the same


@dataclass(frozen=True)
class Carried:
    """An annotation, and what becomes of it."""

    key: int
    coder: str
    kind: str  # own | gold
    tag: str
    spans: Spans
    quote: str
    to: Spans | None  # where it stands in the new text; None if it does not fit
    words: str  # what it covers there
    deleted: bool = False  # it goes along all the same, for undo may bring it back

    @property
    def fate(self) -> str:
        """One of STAYS, MOVED, REWORDED, LOST."""
        if self.to is None:
            return LOST
        if self.words != self.quote:
            return REWORDED
        return STAYS if self.to == self.spans else MOVED


@dataclass(frozen=True)
class Replacement:
    """What another text does to an article; `carried` is in the order of the old text."""

    old: str
    text: str
    carried: tuple[Carried, ...]

    def of(self, *fates: str) -> tuple[Carried, ...]:
        """The live annotations that fare so."""
        return tuple(each for each in self.carried if not each.deleted and each.fate in fates)

    @cached_property
    def alignment(self) -> Alignment:
        """How the two texts lie on each other."""
        return Alignment(self.old, self.text)


def what_replacing_does(project: Project, document: int, text: str) -> Replacement:
    """What `replace_text` would do, before it does it.

    Raises AnnotatorError if the article is not there, and for a text that is empty, too large, or the one it has.
    """
    about = queries.document(project, document)
    if about is None:
        raise AnnotatorError("The article is not in the project any more.")
    old = queries.text_of(project, document)
    _refuse(text, old, about.title)
    made = Replacement(old, text, ())
    listed = []
    for row in carrying_queries.annotations_on_text(project, document):
        spans = tuple(Span(start, end) for start, end in json.loads(row.spans))
        to = carried_to(made, spans)
        words = quote(text, to) if to else ""
        listed.append(Carried(row.key, row.coder, row.kind, row.tag, spans, row.quote, to, words, bool(row.deleted)))
    return Replacement(old, text, tuple(listed))


def replace_text(
    project: Project,
    document: int,
    text: str,
    *,
    encoding: str = "",
    coder: int | None = None,
    accepted: bool = False,
) -> Changes:
    """Give an article another text, as one step; the old text is kept with its hash. For the lead.

    Annotations whose words stand in the new text go along. If others are among them, `accepted` says that a person
    has seen the list: those that read otherwise go along with their new words, those that do not fit are deleted
    (undo brings all back). Raises AnnotatorError as `what_replacing_does`, while an import brings something for the
    article, and for annotations that do not fit, unless `accepted`.
    """
    with project.step("", coder=coder, document=document, as_lead=True) as step:
        done = what_replacing_does(project, document, text)
        if carrying_queries.comes_in(project, document):
            raise AnnotatorError("Something comes in for this article just now: replace its text afterwards.")
        odd = done.of(REWORDED, LOST)
        if odd and not accepted:
            raise AnnotatorError(
                f"{counted(len(odd), 'annotation')} would not cover the same words: see the list first."
            )
        about = queries.document(project, document)
        assert about is not None
        step.label = f"Replaced the text of {shown(about.title)}"
        values = {"words": len(text.split()), **({"encoding": encoding} if encoding else {})}
        kept = {each.key: each.to for each in done.of(STAYS, MOVED) if each.to is not None}
        decided = decisions_on_new_text(project, document, kept)
        step.replace_text(document, text, values)
        for each in done.carried:
            _carry(step, each)
        for key, columns in decided.items():
            step.update("decision", key, columns)
            step.hold("decision", key)
        for key, content in carrying_queries.first_done_on_text(project, document):
            step.update("first_done", key, {"content": first_done_carried(done, content)})
    return Changes(
        step.label,
        documents=frozenset({document}),
        annotations=frozenset(each.key for each in done.carried),
        document=document,
        everything=True,
        warnings=tuple(told(done)),
    )


def _carry(step: Step, each: Carried) -> None:
    """Put an annotation where it belongs; one that stays is noted too: no earlier step may move it by the old text."""
    if each.to is not None:
        step.update("annotation", each.key, span_columns(each.to, each.words))
    elif not each.deleted:
        step.delete("annotation", each.key)
    step.hold("annotation", each.key)


def told(done: Replacement) -> list[str]:
    """What a person should know of it, a sentence for each kind, without a full stop."""
    numbers = {fate: len(done.of(fate)) for fate in (MOVED, REWORDED, LOST)}
    return [f"{counted(number, 'annotation')} {_SAID[fate][number > 1]}" for fate, number in numbers.items() if number]


_SAID = {
    MOVED: ("moved with its words", "moved with their words"),
    REWORDED: ("reads otherwise now", "read otherwise now"),
    LOST: ("did not fit and was deleted", "did not fit and were deleted"),
}


def text_of_file(path: Path, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file as it would be stored, and its encoding, which is found out unless one is given.

    Raises AnnotatorError.
    """
    decoded = read_text(path, encoding)
    return decoded.text, decoded.encoding


def decoded_anew(project: Project, document: int, encoding: str, was: str = "") -> str:
    """The text that an article would have had, had its file been read in another encoding.

    `was` is the encoding in which it was read wrongly; empty: the one that is noted, else UTF-8. Raises AnnotatorError
    if the bytes cannot be made again, or are no text in that encoding.
    """
    about = queries.document(project, document)
    if about is None:
        raise AnnotatorError("The article is not in the project any more.")
    try:
        data = queries.text_of(project, document).encode(was or about.encoding or "utf-8")
        return decode(data, encoding).text
    except (UnicodeEncodeError, LookupError) as fault:
        raise AnnotatorError("The article cannot be read anew without its file: name the file too.") from fault
    except NotTextError as fault:
        raise AnnotatorError(f"Read anew, the article is no text: {str(fault).rstrip('.')}.") from fault


def _refuse(text: str, old: str, title: str) -> None:
    if not text:
        raise AnnotatorError("An article needs a text.")
    refuse_surrogates(text)
    if len(text.encode()) > LIMIT - 1024:
        raise AnnotatorError(f"A text may have at most {LIMIT // 1024 // 1024} MB.")
    if text == old:
        raise AnnotatorError(f"{shown(title)} has this text already.")


# ---- places


def carried_to(done: Replacement, spans: Sequence[Span]) -> Spans | None:
    """Where the pieces of an annotation stand in the new text; None if they fit nowhere."""
    whole = [done.alignment.span(span) for span in spans]
    if all(whole):
        return _fitting(done.text, [span for span in whole if span])
    if len(spans) == 1:
        found = _found_again(done, spans[0])
        if found is not None:
            return (found,)
    edges = [same or done.alignment.edges(span) for same, span in zip(whole, spans, strict=True)]
    if not all(edges):
        return None
    pairs = [(quote(done.old, [span]), quote(done.text, [now])) for now, span in zip(edges, spans, strict=True) if now]
    return (
        None
        if any(likeness(*pair) < _ALIKE for pair in pairs)
        else _fitting(done.text, [span for span in edges if span])
    )


def _fitting(text: str, spans: Iterable[Span]) -> Spans | None:
    """The pieces in order, if none lies on another."""
    ordered = sorted(spans)
    apart = all(one.end <= other.start for one, other in pairwise(ordered))
    return normalised(ordered, len(text)) if apart else None


def _found_again(done: Replacement, span: Span) -> Span | None:
    """The one place, in the part of the text that it must be in or anywhere at all, where the words of a span stand."""
    words = quote(done.old, [span])
    window = done.alignment.window(span)
    part = done.text[window.start : window.end]
    if part.count(words) == 1:
        start = window.start + part.index(words)
        return Span(start, start + len(words))
    middle = (window.start + window.end) // 2
    near = reanchored(done.text, [Span(middle, middle + len(words))], words)
    if near is not None:
        return outer(near)
    if done.old.count(words) == 1 == done.text.count(words):
        start = done.text.index(words)
        return Span(start, start + len(words))
    return None


def first_done_carried(done: Replacement, content: str) -> str:
    """What a reading held when it was first declared done, by the places of the new text; what does not fit goes."""
    kept = []
    for each in json.loads(content):
        to = carried_to(done, [Span(start, end) for start, end in each["spans"]])
        if to is not None:
            kept.append({**each, "spans": to})
    return as_json(kept)
