"""Parts a collection of documents into training, validation and test; what belongs together stays in one part."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

PARTS = ("train", "validation", "test")
WAYS = ("hash", "date", "stratified")


@dataclass(frozen=True)
class Parting:
    """How documents are parted: the way, the shares of training, validation and test, and a seed for chance."""

    by: str = "hash"  # one of WAYS
    shares: tuple[float, float, float] = (80, 10, 10)  # in proportion to each other
    seed: str = ""


@dataclass(frozen=True)
class Item:
    """A document to be parted: its id, its date (ISO 8601 or empty), and how often it has each label."""

    id: str
    date: str = ""
    labels: Mapping[str, int] = field(default_factory=dict)


@dataclass
class _Group:
    """Documents that stay together."""

    id: str  # the smallest of theirs
    members: list[Item]
    chance: float  # from 0 up to 1, by the id and the seed
    labels: Counter[str]

    @property
    def date(self) -> str:
        return max(each.date for each in self.members)


def parted(items: Sequence[Item], together: Iterable[Sequence[str]], parting: Parting) -> dict[str, str]:
    """The part of each document, by id; `together` are ids of documents that may not be torn apart.

    by hash: chance, but a document stays where it is when others are added. by date: the oldest are for training, the
    youngest for testing, all of one day in one part; what has no date is for training. stratified: each label in
    every part as often as its share says, as far as can be (iterative stratification, Sechidis et al. 2011).
    """
    groups = _grouped(items, together, parting.seed)
    total = sum(parting.shares)
    shares = {part: share / total for part, share in zip(PARTS, parting.shares, strict=True) if share > 0}
    way = {"hash": _by_chance, "date": _by_date, "stratified": _stratified}[parting.by]
    found = way(groups, shares)
    return {item.id: found[group.id] for group in groups for item in group.members}


def _grouped(items: Sequence[Item], together: Iterable[Sequence[str]], seed: str) -> list[_Group]:
    leader = {item.id: item.id for item in items}

    def lead(own: str) -> str:
        while leader[own] != own:
            leader[own] = leader[leader[own]]
            own = leader[own]
        return own

    for ids in together:
        known = [own for own in ids if own in leader]
        for own in known[1:]:
            first, other = sorted((lead(known[0]), lead(own)))
            leader[other] = first
    groups: dict[str, _Group] = {}
    for item in sorted(items, key=lambda item: item.id):
        own = lead(item.id)
        group = groups.setdefault(own, _Group(own, [], _chance(own, seed), Counter()))
        group.members.append(item)
        group.labels.update(item.labels)
    return list(groups.values())


def _chance(own: str, seed: str) -> float:
    digest = hashlib.sha256(f"{seed}\0{own}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / (1 << 48)


def _by_chance(groups: Sequence[_Group], shares: Mapping[str, float]) -> dict[str, str]:
    return {group.id: _at(group.chance, shares) for group in groups}


def _at(place: float, shares: Mapping[str, float]) -> str:
    """The part that a place from 0 up to 1 lies in."""
    until = 0.0
    for part, share in shares.items():
        until += share
        if place < until:
            return part
    return part


def _by_date(groups: Sequence[_Group], shares: Mapping[str, float]) -> dict[str, str]:
    total = sum(len(group.members) for group in groups)
    found: dict[str, str] = {}
    passed = 0
    for date, of_day in groupby(sorted(groups, key=lambda group: (group.date, group.id)), key=lambda group: group.date):
        same = list(of_day)
        size = sum(len(group.members) for group in same)
        part = _at((passed + size / 2) / total, shares) if date else next(iter(shares))
        found.update((group.id, part) for group in same)
        passed += size
    return found


def _stratified(groups: Sequence[_Group], shares: Mapping[str, float]) -> dict[str, str]:
    """The rarest label first, each of its groups to the part that lacks most of it."""
    left = {group.id: group for group in sorted(groups, key=lambda group: group.chance)}
    totals = sum((group.labels for group in groups), Counter[str]())
    lacks = {
        part: Counter({label: number * share for label, number in totals.items()}) for part, share in shares.items()
    }
    room = {part: share * sum(len(group.members) for group in groups) for part, share in shares.items()}
    found: dict[str, str] = {}
    by_rarity = [*sorted(totals, key=lambda label: (totals[label], label)), None]
    for label in by_rarity:
        held = [group for group in left.values() if label is None or group.labels[label]]
        for group in sorted(held, key=lambda group: -group.labels[label] if label else 0):
            part = max(shares, key=lambda part: (lacks[part][label] if label else 0, room[part]))
            found[group.id] = part
            room[part] -= len(group.members)
            lacks[part].subtract(group.labels)
            del left[group.id]
    return found
