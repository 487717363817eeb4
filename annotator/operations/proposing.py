"""Proposals in an article: what is offered, what a person takes, corrects or refuses. Each act is one step."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Tag
from annotator.model.span import Spans, normalised, quote
from annotator.operations.annotations import insert_annotation, values_at_once
from annotator.operations.progress import Progress, silent
from annotator.operations.proposal_settings import in_blind_round, proposers_for
from annotator.operations.provenance import taken
from annotator.operations.readings import ensure_reading
from annotator.operations.refusals import REFUSED, refusals, refused, stored
from annotator.operations.rounds import is_blind
from annotator.operations.untagged import left_in
from annotator.operations.values import as_json
from annotator.operations.words import counted, shown
from annotator.propose import Article, Coded, Known, Proposal, ready
from annotator.propose.learned import Learned
from annotator.storage import entity_queries, proposal_queries, queries
from annotator.storage.project import Project
from annotator.storage.step import Step

SOURCE = "source"  # the relation to who says it
_READ = 200  # the latest readings whose whole texts are looked at
_WHOLE = ("done", "returned")  # states of readings in which nothing was left out by chance


@dataclass(frozen=True)
class Prepared:
    """The proposers, ready for one document; for the same document they can be asked again and again."""

    document: int
    find: Callable[[Article], list[Proposal]]


# ---- what is offered


def propose(
    project: Project, document: int, coder: int | None, prepared: Prepared | None = None, learned: Learned | None = None
) -> list[Proposal]:
    """What is offered to a coder in a document, in text order, as the project's settings have it; none if it is off."""
    names = proposers_for(project, document)
    if not names:
        return []
    if prepared is None or prepared.document != document:
        prepared = prepare(project, document, coder, names, learned)
    return find_proposals(project, document, coder, prepared)


def prepare(
    project: Project,
    document: int,
    coder: int | None,
    names: Sequence[str] | None = None,
    learned: Learned | None = None,
) -> Prepared:
    """Make the proposers ready for a document: reads what was coded elsewhere, which may take a second.

    They go by the coder's own readings; where coders may see each other's work, and for no coder, by all.
    """
    version = queries.codebook_version(project)
    if version is None:
        return Prepared(document, lambda _: [])
    known = Known(
        codebook=version[1],
        registry=entity_queries.registry(project),
        coded=coded(project, coder, but=document),
        wordings=proposal_queries.older_wordings(
            project, coder, everybody=not is_blind(project), but=document, limit=_READ
        ),
        learned=learned,
    )
    return Prepared(document, ready(known, names))


def coded(project: Project, coder: int | None, *, but: int = 0) -> list[Coded]:
    """What was coded so far, the latest last, without the document `but`."""
    found = proposal_queries.coded_readings(project, coder, everybody=not is_blind(project), but=but, limit=_READ)
    return [Coded(each.text, each.tagged, refusals(each.extra), each.state in _WHOLE, each.language) for each in found]


def find_proposals(project: Project, document: int, coder: int | None, prepared: Prepared) -> list[Proposal]:
    """What the proposers find in a document beside the coder's annotations and what the coder has refused there.

    A place of which the coder has said that it stays without a tag is none to propose it for. Words that the coder has
    refused here more often than tagged are not offered for that tag once more, except in a blind round.
    """
    about = queries.document(project, document)
    if about is None:
        raise AnnotatorError("The article is not in the project any more.")
    own = queries.annotations_of(project, document, coder) if coder is not None else []
    text = queries.text_of(project, document)
    article = Article(text, about.language, [(each.tag, each.spans) for each in own])
    no = refused(project, document, coder) if coder is not None else []
    gone = {*no, *left_in(project, document, coder)} if coder is not None else set()
    balance = Counter((tag, quote(text, spans)) for tag, spans in no)
    balance.subtract((each.tag, each.quote) for each in own)
    if no and in_blind_round(project, document):
        balance.clear()
    return [
        replace(each, document=document)
        for each in prepared.find(article)
        if (each.tag, each.spans) not in gone and balance[each.tag, quote(text, each.spans)] <= 0
    ]


def sure_ones(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that can be taken all at once."""
    return [each for each in proposals if each.is_sure]


# ---- taking


def take_proposal(
    project: Project,
    document: int,
    coder: int,
    proposal: Proposal,
    *,
    tag: str = "",
    spans: Iterable[Sequence[int]] = (),
) -> Changes:
    """Make an annotation of a proposal, with another tag or other spans if they are given.

    Where who says it is tagged already, it is linked in the same step. Raises AnnotatorError for an unknown tag or a
    span that does not lie in the text.
    """
    about = _tag(project, tag or proposal.tag)
    text = queries.text_of(project, document)
    pieces = normalised(list(spans) or proposal.spans, len(text))
    covered = quote(text, pieces)
    twin = _twin(project, document, coder, about.id, pieces)
    if twin is not None:
        said = f"{shown(covered)} is tagged as {about.label.lower()} already"
        return Changes(said, current=twin, document=document, history=False, undoable=False)
    label = f"Took the proposal {shown(covered)} as {about.label.lower()}"
    with project.step(label, coder=coder, document=document) as step:
        reading = ensure_reading(step, document, coder)
        made = _insert(step, document, reading, about, pieces, text, proposal)
        source = _link_source(step, document, coder, made, about.id, proposal)
        if source:
            step.label = label = f"{label}, said by {shown(source, 30)}"
    return _changes(label, document, reading, [made])


def take_sure(
    project: Project, document: int, coder: int, proposals: Sequence[Proposal], *, progress: Progress = silent
) -> Changes:
    """Take several proposals of a document as one step: those of `sure_ones`, as a person has seen them before.

    What has been tagged meanwhile is passed over. Raises AnnotatorError if nothing is left to take.
    """
    text = queries.text_of(project, document)
    made: list[int] = []
    with project.step("", coder=coder, document=document) as step:
        reading = ensure_reading(step, document, coder)
        for number, each in enumerate(proposals):
            progress(number, len(proposals))
            pieces = normalised(each.spans, len(text))
            if _twin(project, document, coder, each.tag, pieces) is None:
                made.append(_insert(step, document, reading, _tag(project, each.tag), pieces, text, each))
                _link_source(step, document, coder, made[-1], each.tag, each)
        if not made:
            raise AnnotatorError("There is no sure proposal left to take in this article.")
        step.label = f"Took {counted(len(made), 'sure proposal')}"
    return _changes(step.label, document, reading, made)


def _insert(step: Step, document: int, reading: int, tag: Tag, pieces: Spans, text: str, proposal: Proposal) -> int:
    fitting = proposal.attributes if tag.id == proposal.tag else {}
    told: dict[str, Any] = {name: {"value": value, "by": "proposed"} for name, value in fitting.items()}
    values = told | values_at_once(step.project, document, tag, pieces, text, {})
    return insert_annotation(
        step, reading, tag.id, pieces, quote(text, pieces), values, taken(proposal, tag.id, pieces)
    )


def _link_source(step: Step, document: int, coder: int, made: int, tag: str, proposal: Proposal) -> str:
    """Link who says it, if that is tagged; the words of the source, empty if there is none."""
    project, version = step.project, queries.codebook_version(step.project)
    relation = version[1].relation(SOURCE) if version else None
    if relation is None or proposal.source is None:
        return ""
    for other in queries.annotations_on(project, document, coder, (proposal.source,)):
        if other.key != made and relation.allows(tag, other.tag):
            step.insert("relation", {"type": SOURCE, "source": made, "target": other.key})
            return other.quote
    return ""


def _tag(project: Project, tag: str) -> Tag:
    version = queries.codebook_version(project)
    found = version[1].tag(tag) if version else None
    if found is None:
        raise AnnotatorError(f"The codebook of this project has no tag “{tag}”.")
    return found


def _twin(project: Project, document: int, coder: int, tag: str, pieces: Spans) -> int | None:
    others = queries.annotations_on(project, document, coder, pieces)
    return next((each.key for each in others if each.tag == tag), None)


# ---- refusing


def refuse_proposal(project: Project, document: int, coder: int, proposal: Proposal) -> Changes:
    """Say that a proposal is wrong: it is not offered again here, and the same words less readily elsewhere."""
    text = queries.text_of(project, document)
    label = f"Refused the proposal {shown(quote(text, proposal.spans))} as {proposal.tag}"
    with project.step(label, coder=coder, document=document) as step:
        reading = ensure_reading(step, document, coder)
        extra = queries.reading_extra(project, reading)
        told = {"tag": proposal.tag, "spans": [list(each) for each in proposal.spans], "by": proposal.by}
        known = [each for each in stored(extra) if (each["tag"], each["spans"]) != (told["tag"], told["spans"])]
        step.update("reading", reading, {"extra": as_json({**extra, REFUSED: [*known, told]})})
    return _changes(label, document, reading, [])


def _changes(said: str, document: int, reading: int, made: Sequence[int]) -> Changes:
    return Changes(
        said,
        documents=frozenset({document}),
        readings=frozenset({reading}),
        annotations=frozenset(made),
        current=made[-1] if made else None,
        document=document,
    )
