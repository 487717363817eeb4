"""From place to place: which comes next, where one begins, and which is the same after a change."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from annotator.operations.reviewing import ArticleReview, Case, Filter


def places_from(
    order: Sequence[int],
    review_of: Callable[[int], ArticleReview | None],
    document: int | None,
    case: Case | None,
    steps: int,
) -> Iterator[Case]:
    """All places after the one at hand (or before it, if `steps` is below 0), article by article."""
    onwards = steps > 0
    order = order if onwards else order[::-1]
    here = order.index(document) if document in order else 0
    for key in order[here:]:
        review = review_of(key)
        cases = list(review.cases) if review else []
        cases = cases if onwards else cases[::-1]
        if case is not None and key == document:
            at = next((at for at, each in enumerate(cases) if each is case), -1)
            cases = cases[at + 1 :]
        yield from cases


def first_place(cases: Sequence[Case], wanted: Filter) -> Case | None:
    """The first that waits, else the first that is shown, else the first."""
    first = next((case for case in cases if case.waits), None)
    return first or next((case for case in cases if wanted.takes(case)), None) or next(iter(cases), None)


def same_place(cases: Iterable[Case], old: Case) -> Case | None:
    """The place that holds one of the old one's annotations, else the nearest in the text."""
    listed, ids = list(cases), {mark.id for mark in old.place.marks}
    same = next((case for case in listed if any(mark.id in ids for mark in case.place.marks)), None)
    return same or min(listed, key=lambda case: abs(case.place.outer.start - old.place.outer.start), default=None)
