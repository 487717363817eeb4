"""Who codes what: fair ways of dealing documents out to coders. The same seed gives the same answer everywhere."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

Plan = list[tuple[int, int]]  # (document, coder), by their keys


def ranked(documents: Iterable[tuple[int, str]], seed: int) -> list[int]:
    """The keys of documents (key, id) in an order drawn by the seed: that of the hash of seed and id."""
    return [key for key, _ in sorted(documents, key=lambda each: _drawn(seed, each[1]))]


def _drawn(seed: int, own: str) -> bytes:
    return hashlib.sha256(f"{seed}\x1f{own}".encode()).digest()


def evenly(documents: Sequence[int], coders: Sequence[int]) -> Plan:
    """Each document to one coder; no coder gets more than one document more than another."""
    return [(document, coders[place % len(coders)]) for place, document in enumerate(documents)]


def in_pairs(documents: Sequence[int], coders: Sequence[int]) -> Plan:
    """Each document to two coders, the pairs in rotation: everybody works with everybody else equally often."""
    turns = _rotation(coders)
    return [
        (document, coder)
        for place, document in enumerate(documents)
        for coder in sorted(turns[place % len(turns)], key=coders.index)
    ]


def _rotation(coders: Sequence[int]) -> list[tuple[int, int]]:
    """All pairs, in rounds in which nobody is twice (the circle method of tournaments)."""
    ring: list[int | None] = list(coders) if len(coders) % 2 == 0 else [*coders, None]
    found: list[tuple[int, int]] = []
    for _ in range(len(ring) - 1):
        half = len(ring) // 2
        for one, other in zip(ring[:half], reversed(ring[half:]), strict=True):
            if one is not None and other is not None:
                found.append((one, other))
        ring = [ring[0], ring[-1], *ring[1:-1]]
    return found


def sample(documents: Sequence[tuple[int, str, str]], number: int, seed: int) -> list[int]:
    """So many of the documents (key, id, date), drawn at random and spread over the whole period.

    The documents in the order of their dates are cut into as many stretches as are wanted, and one is drawn of each.
    """
    in_order = sorted(documents, key=lambda each: (each[2], _drawn(seed, each[1])))
    number = min(number, len(in_order))
    edges = [len(in_order) * place // number for place in range(number + 1)] if number else [0]
    return [ranked(((key, own) for key, own, _ in in_order[start:end]), seed)[0] for start, end in pairwise(edges)]


def completed(documents: Sequence[int], coders: Sequence[int], there: Mapping[int, Collection[int]], each: int) -> Plan:
    """The coders to add, so that every document has `each` of them: in turn those who have got the fewest so far."""
    load: Counter[int] = Counter()
    for document in documents:
        load.update(there.get(document, ()))
    plan: Plan = []
    for document in documents:
        known = there.get(document, ())
        free = sorted((coder for coder in coders if coder not in known), key=lambda coder: load[coder])
        for coder in free[: max(0, each - len(known))]:
            load[coder] += 1
            plan.append((document, coder))
    return plan
