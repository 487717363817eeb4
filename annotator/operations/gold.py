"""The agreed version (gold) of an article as a whole: take what agrees, close it, open it again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.gold_writing import GoldWriter, Wanted
from annotator.operations.progress import Progress, silent
from annotator.operations.reviewing import ArticleReview
from annotator.operations.words import counted, shown
from annotator.review.decisions import AGREED
from annotator.storage import review_queries
from annotator.storage.project import Project
from annotator.storage.step import Step

SETTLED = "another agreed version was chosen"  # why an agreed version is set aside


@dataclass(frozen=True)
class Agreed:
    """What `take_all_agreed` would take: places, articles that have some, how often each tag (most often first)."""

    places: int
    articles: int
    tags: Mapping[str, int]


def all_agreed(reviews: Sequence[ArticleReview]) -> Agreed:
    """What the readings of these articles agree on and the agreed version does not hold yet."""
    missing = [found for each in reviews if (found := _missing(each))]
    tags = Counter(mark.tag for listed in missing for wanted in listed for mark in wanted)
    return Agreed(sum(map(len, missing)), len(missing), dict(tags.most_common()))


def take_all_agreed(
    project: Project, reviews: Sequence[ArticleReview], reviewer: int, *, progress: Progress = silent
) -> Changes:
    """Take into the agreed version all that the readings of these articles agree on. What is there already stays.

    `progress` is told of each article.
    """
    wanted = {each.document: each for each in reviews if _missing(each)}
    number = sum(len(_missing(each)) for each in wanted.values())
    if not number:
        return Changes("All that agrees is taken already", history=False, undoable=False)
    documents = sorted(wanted)
    single = documents[0] if len(documents) == 1 else None
    label = f"Took {counted(number, 'place')} on which all agree"
    with project.step(label, coder=reviewer, document=single, documents=len(documents)) as step:
        readings = set()
        for done, document in enumerate(documents, 1):
            readings.add(_take(step, wanted[document], reviewer).reading)
            progress(done, len(documents))
    return Changes(label, documents=frozenset(documents), readings=frozenset(readings), document=single)


def close_gold(project: Project, review: ArticleReview, reviewer: int) -> Changes:
    """Declare the agreed version final; what all agree on and was not taken yet comes in.

    Where two agreed versions were settled, the other one is set aside. Raises AnnotatorError while a place waits.
    """
    waiting = sum(case.waits for case in review.cases)
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        raise AnnotatorError(f"{counted(waiting, 'place')} of {shown(review.title)} still {verb} for a decision.")
    label = f"{shown(review.title)}: agreed version closed"
    with project.step(label, coder=reviewer, document=review.document) as step:
        writer = _take(step, review, reviewer)
        step.update("reading", writer.reading, {"state": "done", "reason": ""})
        for row in review_queries.readings(project, [review.document]):
            if row.kind == "gold" and row.key != writer.reading:
                step.update("reading", row.key, {"state": "set aside", "reason": SETTLED})
    return Changes(
        label, documents=frozenset({review.document}), readings=frozenset({writer.reading}), document=review.document
    )


def reopen_gold(project: Project, review: ArticleReview, reviewer: int) -> Changes:
    """Take back that the agreed version is final, so that places can be decided anew."""
    if review.gold is None or not review.closed:
        raise AnnotatorError(f"{shown(review.title)} has no closed agreed version.")
    label = f"{shown(review.title)}: agreed version opened again"
    with project.step(label, coder=reviewer, document=review.document) as step:
        step.update("reading", review.gold, {"state": "in work"})
    return Changes(
        label, documents=frozenset({review.document}), readings=frozenset({review.gold}), document=review.document
    )


def _missing(review: ArticleReview) -> list[list[Wanted]]:
    """For each agreed place that the agreed version does not hold yet: what it is to hold."""
    return [
        [Wanted.copy_of(*unit.there, unit=unit) for unit in case.place.units]
        for case in review.cases
        if case.state == AGREED and not case.gold
    ]


def _take(step: Step, review: ArticleReview, reviewer: int) -> GoldWriter:
    writer = GoldWriter(step, review.document, reviewer)
    for wanted in _missing(review):
        writer.settle((), wanted)
    return writer
