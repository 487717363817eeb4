"""What a row is, and what it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .corpus import Corpus
from .measure import Figure


@dataclass(frozen=True)
class Bench:
    """Where a row works, on what, and how thoroughly."""

    folder: Path  # empty, on the same disk as the checkout
    corpus: Corpus
    quick: bool

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many annotations a document has."""
        return (50, 1_000) if self.quick else (50, 1_000, 10_000)

    def runs(self, usual: int) -> int:
        """How often something is repeated."""
        return max(3, usual // 10) if self.quick else usual


@dataclass(frozen=True)
class Row:
    """One kind of work."""

    name: str
    title: str
    run: Callable[[Bench], list[Figure]]
    window: bool = True  # whether it needs Qt
    asked: bool = False  # measured only when it is named: it takes long
    longest: int = 1_800  # seconds after which it counts as hanging; its preparation may take minutes the first time
