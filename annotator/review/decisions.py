"""What a reviewer decided at a place, between what, and whether it still holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.review.comparing import Place
from annotator.review.readings import Mark, Reader, Sameness

TAKE, BOTH, NEITHER, EDITED, MEETING = "take", "both", "neither", "edited", "meeting"  # choices
MESSAGE = "message"  # the kind of a row that is a word in a thread, not a decision
OPEN, DECIDED, CHANGED, FOR_MEETING, AGREED = "open", "decided", "changed", "for the meeting", "agreed"  # states


@dataclass(frozen=True)
class Member:
    """One of the annotations that a decision stood between, as it was then."""

    coder: str  # id
    annotation: str  # id
    state: str


@dataclass(frozen=True)
class Decision:
    """What a reviewer did about a place. `between` holds its units; `gold` maps what came into the agreed version to
    the annotation it was copied from (None: written by the reviewer).
    """

    key: int
    id: str
    document: int
    reviewer: int
    choice: str
    reason: str = ""
    rule: str = ""  # id of the codebook's rule at stake
    basis: str = ""  # what decided where no person did: "majority: 2 of 3"
    note: str = ""
    at: str = ""  # ISO 8601, UTC
    stamp: str = ""
    kind: str = ""
    readers: frozenset[str] = frozenset()  # ids of the coders whose readings were compared
    took: tuple[str, ...] = ()  # ids of the coders whose reading was taken
    defensible: tuple[str, ...] = ()  # ids of the coders whose reading could be defended too
    between: tuple[tuple[Member, ...], ...] = ()
    gold: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def members(self) -> frozenset[Member]:
        """All that it stood between."""
        return frozenset(member for unit in self.between for member in unit)

    @property
    def annotations(self) -> frozenset[str]:
        """Ids of all that it stood between."""
        return frozenset(member.annotation for member in self.members)

    def partners(self, annotation: str) -> frozenset[str]:
        """Ids of what stood in one unit with this annotation, itself among them."""
        return frozenset(
            member.annotation
            for unit in self.between
            if any(each.annotation == annotation for each in unit)
            for member in unit
        )

    def content(self) -> dict[str, Any]:
        """What the row keeps beside its columns, as JSON values; what is empty is left out."""
        told = {
            "at": self.at,
            "readers": sorted(self.readers),
            "took": list(self.took),
            "defensible": list(self.defensible),
            "rule": self.rule,
            "basis": self.basis,
            "note": self.note,
            "between": [[vars(member) for member in unit] for unit in self.between],
            "gold": dict(self.gold),
        }
        return {name: value for name, value in told.items() if value}


def decision_from(columns: Mapping[str, Any], content: Any) -> Decision:
    """A decision from its row; what is not of our form in `content`, as a damaged file may have it, is left out."""
    told = content if isinstance(content, dict) else {}
    gold = told.get("gold")
    return Decision(
        **columns,
        **{name: told[name] for name in ("rule", "basis", "note", "at") if isinstance(told.get(name), str)},
        readers=frozenset(_texts(told.get("readers"))),
        took=_texts(told.get("took")),
        defensible=_texts(told.get("defensible")),
        between=tuple(_unit(each) for each in _list(told.get("between"))),
        gold={str(own): source for own, source in gold.items() if source is None or isinstance(source, str)}
        if isinstance(gold, dict)
        else {},
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(each for each in _list(value) if isinstance(each, str))


def _unit(value: Any) -> tuple[Member, ...]:
    members = [each for each in _list(value) if isinstance(each, dict)]
    return tuple(Member(*(str(each.get(name, "")) for name in ("coder", "annotation", "state"))) for each in members)


def between(place: Place, readers: Sequence[Reader], same: Sameness) -> tuple[tuple[Member, ...], ...]:
    """What a decision about this place stands between."""
    return tuple(
        tuple(Member(readers[number].id, mark.id, same.state(mark)) for number, mark in _held(unit.marks))
        for unit in place.units
    )


def _held(marks: Sequence[Mark | None]) -> Iterable[tuple[int, Mark]]:
    return [(number, mark) for number, mark in enumerate(marks) if mark is not None]


class Decisions:
    """The decisions of one article, to be asked which one a place has."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.all = tuple(sorted(decisions, key=lambda each: (each.stamp, each.id)))
        self._of: dict[str, list[Decision]] = {}
        for each in self.all:
            for annotation in each.annotations | each.gold.keys():
                self._of.setdefault(annotation, []).append(each)

    def touching(self, annotations: Iterable[str]) -> list[Decision]:
        """The decisions that stood between any of these annotations, or wrote one of them, the earliest first."""
        found = {each.id: each for own in annotations for each in self._of.get(own, ())}
        return sorted(found.values(), key=lambda each: (each.stamp, each.id))

    def standing(
        self, place: Place, readers: Sequence[Reader], same: Sameness, *, settling: bool = False
    ) -> tuple[str, Decision | None]:
        """The state of a place, and the decision that it has, or had before a reading changed.

        In `settling` two agreed versions, the decision itself changes one of them: what it wrote is as good as what it
        stood between.
        """
        found = self.touching([mark.id for mark in place.marks]) if self._of else []
        if not found:
            return (AGREED if place.agreed else OPEN), None
        now = {member for unit in between(place, readers, same) for member in unit}
        people = {reader.id for reader in readers}
        for each in reversed(found):
            if each.readers == people and each.members == now:
                return (FOR_MEETING if each.choice == MEETING else DECIDED), each
            if settling and all(
                member in each.members or member.annotation in each.gold for member in now
            ):  # fmt: skip
                return (FOR_MEETING if each.choice == MEETING else DECIDED), each
        return CHANGED, found[-1]


def outcome(place: Place, gold: Sequence[Mark]) -> tuple[str, tuple[int, ...]]:
    """What the agreed version made of a place: a choice, and the numbers, from 0, of the readings it follows."""
    held = {(mark.tag, mark.spans) for mark in gold}
    readings = range(len(place.units[0].marks))
    says = {number: {(mark.tag, mark.spans) for mark in place.of_reading(number)} for number in readings}
    followed = tuple(number for number in readings if says[number] == held)
    if followed or not held:
        return (TAKE if held else NEITHER), followed
    whole = set().union(*says.values())
    return (BOTH, tuple(number for number in readings if says[number])) if whole == held else (EDITED, ())


def alike(place: Place) -> tuple[object, ...]:
    """What two places share for which the same decision can be made: the same words under the same tags, whoever
    tagged them.
    """
    units = [tuple(sorted((mark.tag, mark.quote) if mark else ("", "") for mark in unit.marks)) for unit in place.units]
    return (tuple(sorted(units)), place.kinds)


def majority(place: Place) -> tuple[tuple[tuple[Mark, ...], ...], str] | None:
    """For each unit the marks that more than half of the readings agree on (empty: that nothing is there), and the
    rule in words; None where no unit-wise majority exists or fewer than three readings are compared.
    """
    readings = len(place.units[0].marks)
    if readings < 3:
        return None
    chosen, least = [], readings
    for unit in place.units:
        votes: dict[object, list[Mark | None]] = {}
        for mark in unit.marks:
            votes.setdefault((mark.tag, mark.spans) if mark else None, []).append(mark)
        most = max(votes.values(), key=len)
        if 2 * len(most) <= readings:
            return None
        least = min(least, len(most))
        chosen.append(tuple(mark for mark in most if mark is not None))
    return tuple(chosen), f"majority: {least} of {readings}"
