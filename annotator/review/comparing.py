"""How the readings of an article differ: units, each with its kind, and the places at which a person decides."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from annotator.model.matching import shared_points
from annotator.model.span import Span
from annotator.review.kinds import AGREED, ATTRIBUTE, BOUNDARY, CHECK, KINDS, ONLY, RELATION, TAG, TAG_AND_BOUNDARY
from annotator.review.pairing import Group, group
from annotator.review.readings import Held, Mark, Sameness

_RANK = {kind.id: number for number, kind in enumerate(KINDS)}
_ALONE = {kind.id: frozenset({kind.id}) for kind in KINDS}


class Unit(NamedTuple):
    """Marks of several readings that are about the same; None where a reading has nothing.

    `marking` says how spans and tags differ (a kind, or AGREED); `values` and `links` name the attributes and the kinds
    of relation in which readings contradict each other, where all of them have a mark.
    """

    marks: Group
    marking: str
    values: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """All kinds of difference here; AGREED alone where there is none."""
        if not self.values and not self.links:
            return _ALONE[self.marking]
        values, links = {ATTRIBUTE} if self.values else set(), {RELATION} if self.links else set()
        return frozenset(({self.marking} - {AGREED}) | values | links)

    @property
    def agreed(self) -> bool:
        """Whether nothing differs."""
        return self.marking == AGREED and not self.values and not self.links

    @property
    def there(self) -> tuple[Mark, ...]:
        """The marks, without the gaps."""
        return tuple([mark for mark in self.marks if mark is not None])

    @property
    def holders(self) -> tuple[int, ...]:
        """The numbers, from 0, of the readings that have a mark."""
        return tuple(number for number, mark in enumerate(self.marks) if mark is not None)


class Place(NamedTuple):
    """What one decision is about: units that compete for the same text, in text order.

    A named tuple, as the unit and the case are: a project may have 100,000.
    """

    units: tuple[Unit, ...]

    @property
    def id(self) -> str:
        """Made of the annotations that stand here, so it is the same in every copy of the project."""
        return sha256("\n".join(sorted(mark.id for mark in self.marks)).encode()).hexdigest()[:24]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks of all readings."""
        return tuple([mark for unit in self.units for mark in unit.marks if mark is not None])

    @property
    def outer(self) -> Span:
        """The stretch of text, in code points."""
        return Span(min(mark.outer.start for mark in self.marks), max(mark.outer.end for mark in self.marks))

    @property
    def agreed(self) -> bool:
        """Whether nothing differs here."""
        return all(unit.agreed for unit in self.units)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of difference that stand here; AGREED alone where there is none."""
        return frozenset().union(*(unit.kinds for unit in self.units))

    @property
    def kind(self) -> str:
        """The one kind that a list shows, the gravest: the order of KINDS."""
        return min(self.kinds, key=_RANK.__getitem__)

    @property
    def tags(self) -> frozenset[str]:
        """The tags that stand here."""
        return frozenset(mark.tag for mark in self.marks)

    @property
    def quote(self) -> str:
        """What stands there, as the longest mark has it."""
        return max((mark.quote for mark in self.marks), key=len)

    def of_reading(self, number: int) -> tuple[Mark, ...]:
        """What the reading with this number, from 0, has here."""
        return tuple(mark for unit in self.units if (mark := unit.marks[number]) is not None)


def compare(readings: Sequence[Held], same: Sameness) -> tuple[Place, ...]:
    """The places of an article, agreed ones too, in text order; the readings are numbered as they are given."""
    groups = group([held.marks for held in readings])
    if len(readings) == 1:
        return tuple(Place((Unit(marks, CHECK),)) for marks in groups)
    unit_of = {}
    if any(mark.links for held in readings for mark in held.marks):
        unit_of = {mark.id: number for number, marks in enumerate(groups) for mark in marks if mark}
    return _places([_unit(marks, unit_of, same) for marks in groups])


def _unit(marks: Group, unit_of: Mapping[str, int], same: Sameness) -> Unit:
    if len(marks) == 2 and _say_the_same(*marks):  # as most do
        return tuple.__new__(Unit, (marks, AGREED, (), ()))
    there = [mark for mark in marks if mark is not None]
    marking = _marking(marks, there)
    if len(there) < len(marks):
        return Unit(marks, marking)
    first = there[0].attributes
    values: tuple[str, ...] = ()
    if [mark for mark in there if mark.attributes != first]:
        values = _differing([same.values(mark.attributes) for mark in there])
    return Unit(marks, marking, values, _links(there, unit_of, same))


def _say_the_same(one: Mark | None, other: Mark | None) -> bool:
    return (
        one is not None
        and other is not None
        and one.spans == other.spans
        and one.tag == other.tag
        and one.attributes == other.attributes
        and not (one.links and other.links)
    )


def _marking(marks: Group, there: Sequence[Mark]) -> str:
    first, tags, spans = there[0], False, False
    for mark in there:
        tags = tags or mark.tag != first.tag
        spans = spans or mark.spans != first.spans
    if tags:
        return TAG_AND_BOUNDARY if spans else TAG
    if spans:
        return BOUNDARY
    return AGREED if len(there) == len(marks) else ONLY


def _differing(said: list[dict[str, str]]) -> tuple[str, ...]:
    """The attributes to which two readings give different values; what only one of them says contradicts nobody."""
    names = sorted(set().union(*said))
    return tuple(name for name in names if len({each[name] for each in said if name in each}) > 1)


def _links(there: Sequence[Mark], unit_of: Mapping[str, int], same: Sameness) -> tuple[str, ...]:
    """The kinds of link that lead elsewhere, or say something else, in two readings that both have some."""
    if sum(bool(mark.links) for mark in there) < 2:
        return ()
    told: dict[str, list[set[object]]] = {}
    for mark in there:
        of_kind: dict[str, set[object]] = {}
        for link in mark.links:
            end: object = unit_of.get(link.target, link.target)
            values = tuple(sorted(same.values(link.attributes).items()))
            of_kind.setdefault(link.type, set()).add((end, values))
        for kind, ends in of_kind.items():
            told.setdefault(kind, []).append(ends)
    return tuple(sorted(kind for kind, listed in told.items() if any(each != listed[0] for each in listed)))


def _places(units: Sequence[Unit]) -> tuple[Place, ...]:
    """Units that overlap, share a tag and differ in what is marked make one place; every other one is its own.

    So a claim and the actors within it are decided apart, while one long claim against two short ones is one question.
    """
    root = list(range(len(units)))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    reaching: list[tuple[int, int]] = []  # (end, number) of the units before that reach so far
    for number, unit in enumerate(units):
        if unit.marking == AGREED:
            continue
        there = [mark.spans for mark in unit.marks if mark is not None]
        start = min([spans[0][0] for spans in there])
        reaching = [each for each in reaching if each[0] > start]
        for _, other in reaching:
            first, second = sorted((find(other), find(number)))
            if first != second and _compete(unit, units[other]):
                root[second] = first
        reaching.append((max([spans[-1][1] for spans in there]), number))
    together: dict[int, list[Unit]] = {}
    for number, unit in enumerate(units):
        if root[number] == number:
            together[number] = [unit]  # the first of those that hang together
        else:
            together[find(number)].append(unit)
    return tuple([tuple.__new__(Place, (tuple(listed),)) for listed in together.values()])


def _compete(one: Unit, other: Unit) -> bool:
    return any(
        mark.tag == rival.tag and shared_points(mark.spans, rival.spans) > 0
        for mark in one.there
        for rival in other.there
    )
