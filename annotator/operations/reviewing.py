"""What there is to review: articles with several readings, their places, and how each stands.

Nothing here writes. A window keeps the `ArticleReview` of each article and asks again only for those that changed.
"""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from annotator.model.rows import Coder
from annotator.operations import review_settings, rounds
from annotator.operations.export_records import people
from annotator.review.comparing import Place, compare
from annotator.review.decisions import AGREED, CHANGED, DECIDED, EDITED, FOR_MEETING, OPEN, Decision, Decisions, outcome
from annotator.review.pairing import group
from annotator.review.readings import Held, Mark, Reader, Sameness, ordered
from annotator.storage import entity_queries, queries, review_queries
from annotator.storage.project import Project
from annotator.storage.review_queries import ReadingRow

_PAGE = 100  # articles that are read at once


class Case(NamedTuple):
    """A place with all that a decision about it needs. Readings are numbered from 1 in the order of `readers`."""

    document: int
    readers: tuple[Reader, ...]
    place: Place
    state: str  # agreed | open | decided | changed | for the meeting
    decision: Decision | None = None  # the one it has, or had before a reading changed
    gold: tuple[Mark, ...] = ()  # what the agreed version holds here
    choice: str = ""  # what was chosen, once decided: take | both | neither | edited
    followed: tuple[int, ...] = ()  # numbers, from 1, of the readings that the agreed version follows
    settles_golds: bool = False  # the readings are two agreed versions

    @property
    def waits(self) -> bool:
        """Whether a person has still to decide."""
        return self.state in (OPEN, CHANGED, FOR_MEETING)


@dataclass(frozen=True)
class ArticleReview:
    """The comparison of one article. `gold` is the key of the agreed version's reading, if it is begun."""

    document: int
    title: str
    readers: tuple[Reader, ...]
    cases: tuple[Case, ...]
    gold: int | None = None
    closed: bool = False  # the agreed version was declared final
    settles_golds: bool = False
    gold_only: tuple[Mark, ...] = ()  # in the agreed version, but at no place of the readings

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many places are agreed, open, decided, changed, for the meeting."""
        return Counter([case.state for case in self.cases])


@dataclass(frozen=True)
class Filter:
    """Which places to show; what is empty lets everything through. `coders` are keys of who has something there."""

    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    coders: frozenset[int] = frozenset()
    states: frozenset[str] = frozenset()

    def taken(self, cases: Iterable[Case]) -> list[Case]:
        """Those that it lets through."""
        if self.kinds or self.tags or self.coders:
            return [case for case in cases if self.takes(case)]
        return [case for case in cases if not self.states or case.state in self.states]

    def takes(self, case: Case) -> bool:
        """Whether it lets a place through."""
        place = case.place
        return (
            (not self.kinds or bool(self.kinds & place.kinds))
            and (not self.tags or bool(self.tags & place.tags))
            and (not self.states or case.state in self.states)
            and (not self.coders or any(case.readers[n].coder in self.coders for n in holders(place)))
        )


def holders(place: Place) -> frozenset[int]:
    """The numbers, from 0, of the readings that have something at a place."""
    return frozenset(number for unit in place.units for number in unit.holders)


def documents_to_review(project: Project, viewer: int | None = None) -> list[int]:
    """Articles with two readings at least that are done, or with two agreed versions, in the order of the list.

    What the `viewer` (key of the coder at work) may not see before its round is closed is left out.
    """
    main = people(project).main
    own: dict[int, set[int]] = {}
    golds: Counter[int] = Counter()
    for row in review_queries.readings(project):
        if row.kind == "gold":
            golds[row.document] += 1
        elif row.state == "done":
            own.setdefault(row.document, set()).add(main(row.coder))
    found = {document for document, coders in own.items() if len(coders) > 1}
    found |= {document for document, number in golds.items() if number > 1}
    return [document for document in sorted(found) if rounds.sees_others(project, document, viewer)]


def documents_of_one(project: Project, coder: int) -> list[int]:
    """Articles that a colleague has declared done, for a review of that colleague alone."""
    main = people(project).main
    rows = review_queries.readings(project)
    return sorted(
        {row.document for row in rows if row.kind == "own" and row.state == "done" and main(row.coder) == coder}
    )


def review(project: Project, documents: Sequence[int], *, of: int | None = None) -> Iterator[ArticleReview]:
    """The comparison of each of these articles; those where there is nothing to compare are left out.

    `of` is the key of one coder whose reading alone is to be checked. Read in pages: the first comes at once.
    """
    terms = _Terms.of_project(project)
    for first in range(0, len(documents), _PAGE):
        with _collector_at_rest():
            page = list(_page(project, documents[first : first + _PAGE], terms, of))
        yield from page


def review_article(project: Project, document: int, *, of: int | None = None) -> ArticleReview | None:
    """As `review`, for one article; None where there is nothing to compare."""
    return next(review(project, [document], of=of), None)


# ---- making a page


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No search for garbage while a page is made: all of it is kept, and looking through it is a third of the time.

    Afterwards it is put where the collector never looks: going through a project's places once more would hold the
    window for a third of a second. They go as all objects do that nobody holds.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@dataclass(frozen=True)
class _Terms:
    same: Sameness
    coders: Mapping[int, Coder]
    main: Mapping[int, int]
    hidden: bool

    @classmethod
    def of_project(cls, project: Project) -> "_Terms":
        known = people(project)
        coders = {each.key: each for each in queries.coders(project)}
        return cls(sameness(project), coders, known.merged_into, review_settings.names_hidden(project))

    def reader(self, coder: int, rows: Iterable[ReadingRow]) -> Reader:
        person = self.coders.get(coder)
        keys = frozenset(row.key for row in rows)
        return Reader(coder, person.id if person else "", person.name if person else "", keys)


def sameness(project: Project) -> Sameness:
    """Which values count as the same in this project: actors that were merged are one."""
    registry = entity_queries.registry(project)
    main = {own: registry.main_id(own) for own in registry.by_id}
    return Sameness({own: other for own, other in main.items() if own != other})


@dataclass
class _Article:
    """The readings of one article, sorted by what they are for."""

    own: dict[int, list[ReadingRow]] = field(default_factory=dict)  # main coder → their readings
    golds: list[ReadingRow] = field(default_factory=list)

    def compared(self, of: int | None, terms: _Terms) -> list[tuple[int, list[ReadingRow]]]:
        if len(self.golds) > 1 and of is None:
            return [(terms.main.get(row.coder, row.coder), [row]) for row in self.golds]
        done = {coder: rows for coder, rows in self.own.items() if any(row.state == "done" for row in rows)}
        if of is not None:
            return [(of, done[of])] if of in done else []
        return list(done.items()) if len(done) > 1 else []


def _page(project: Project, documents: Sequence[int], terms: _Terms, of: int | None) -> Iterator[ArticleReview]:
    articles: dict[int, _Article] = {}
    for row in review_queries.readings(project, documents):
        article = articles.setdefault(row.document, _Article())
        if row.kind == "gold":
            article.golds.append(row)
        else:
            article.own.setdefault(terms.main.get(row.coder, row.coder), []).append(row)
    compared = {document: article.compared(of, terms) for document, article in articles.items()}
    compared = {document: listed for document, listed in compared.items() if listed}
    needed = [row.key for listed in compared.values() for _, rows in listed for row in rows]
    needed += [row.key for document in compared for row in articles[document].golds]
    marks = review_queries.marks(project, list(dict.fromkeys(needed)))
    decisions = review_queries.decisions(project, list(compared))
    titles = review_queries.titles(project, list(compared))
    for document, listed in compared.items():
        own_id, title = titles[document]
        held = [Held(terms.reader(coder, rows), _marks(rows, marks)) for coder, rows in listed]
        held.sort(key=lambda each: _turn(each.reader, own_id if terms.hidden else ""))
        yield _reviewed(
            document, title, held, articles[document].golds, marks, Decisions(decisions.get(document, ())), terms
        )


def _marks(rows: Sequence[ReadingRow], marks: Mapping[int, list[Mark]]) -> tuple[Mark, ...]:
    if len(rows) == 1:
        return tuple(marks[rows[0].key])
    return ordered([mark for row in rows for mark in marks[row.key]])  # one person under two names


def _turn(reader: Reader, document: str) -> tuple[str, str]:
    """The place of a reading among others: by name, or drawn for each article where names are hidden."""
    if document:
        return sha256(f"{document}{reader.id}".encode()).hexdigest(), ""
    return reader.name.casefold(), reader.id


def _reviewed(
    document: int,
    title: str,
    held: list[Held],
    golds: Sequence[ReadingRow],
    marks: Mapping[int, list[Mark]],
    decisions: Decisions,
    terms: _Terms,
) -> ArticleReview:
    readers = tuple(each.reader for each in held)
    settling = len(golds) > 1 and {key for reader in readers for key in reader.readings} == {row.key for row in golds}
    gold = golds[0] if len(golds) == 1 else None
    closed = gold is not None and gold.state == "done"
    places = compare(held, terms.same)
    if not decisions.all and gold is None:
        return ArticleReview(
            document, title, readers, _undecided(document, readers, places, settling), None, False, settling
        )
    at, left = _gold_at(places, held, marks[gold.key] if gold else (), decisions)
    cases = []
    for place in places:
        state, decision = decisions.standing(place, readers, terms.same, settling=settling)
        there = tuple(at.get(place.id, ())) if at else ()
        choice = ""
        followed: tuple[int, ...] = ()
        if closed and decision is None and state == OPEN:
            state = DECIDED  # the agreed version came from elsewhere: it says what was decided
        if state == DECIDED and not settling:
            choice, followed = outcome(place, there)
            if decision is not None and choice != EDITED:
                choice = decision.choice  # to take a reading that has nothing here is not to say that nothing is
        elif state == DECIDED and decision is not None:
            choice = decision.choice
            followed = tuple(n for n, reader in enumerate(readers) if reader.id in decision.took)
        followed = tuple(number + 1 for number in followed)
        cases.append(Case(document, readers, place, state, decision, there, choice, followed, settling))
    return ArticleReview(document, title, readers, tuple(cases), gold.key if gold else None, closed, settling, left)


def _undecided(document: int, readers: tuple[Reader, ...], places: Sequence[Place], settling: bool) -> tuple[Case, ...]:
    """The places of an article of which nobody has decided any."""
    told = (None, (), "", (), settling)
    made = [
        tuple.__new__(Case, (document, readers, place, AGREED if place.agreed else OPEN, *told)) for place in places
    ]
    return tuple(made)


def _gold_at(
    places: Sequence[Place], held: Sequence[Held], gold: Sequence[Mark], decisions: Decisions
) -> tuple[dict[str, list[Mark]], tuple[Mark, ...]]:
    """Place id → what the agreed version holds there, and what it holds at no place.

    A mark belongs where it was copied from, or where it was decided; one that came from elsewhere, where it pairs.
    """
    if not gold:
        return {}, ()
    place_of = {mark.id: place.id for place in places for mark in place.marks}
    written = {own: decision for decision in decisions.all for own in decision.gold}
    found: dict[str, list[Mark]] = {}
    rest = []
    for mark in gold:
        decision = written.get(mark.id)
        near = [mark.source, *(decision.annotations if decision else ())]
        place = next((place_of[own] for own in near if own in place_of), None)
        if place is None:
            rest.append(mark)
        else:
            found.setdefault(place, []).append(mark)
    alone = []
    if rest:
        for marks in group([*(each.marks for each in held), ordered(rest)]):
            own, partner = marks[-1], next((each for each in marks[:-1] if each), None)
            if own is not None and partner is not None:
                found.setdefault(place_of[partner.id], []).append(own)
            elif own is not None:
                alone.append(own)
    return found, tuple(alone)


def progress(reviews: Iterable[ArticleReview]) -> dict[str, int]:
    """How many places are decided, out of how many on which readings differ, and how many wait for the meeting."""
    total: Counter[str] = Counter()
    for each in reviews:
        for state, number in each.counts.items():
            total[state] += number
    of = sum(total[state] for state in (OPEN, DECIDED, CHANGED, FOR_MEETING))
    return {"decided": total[DECIDED], "of": of, "for the meeting": total[FOR_MEETING], "agreed": total[AGREED]}
