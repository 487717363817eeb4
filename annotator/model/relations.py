"""Relations between annotations, and which annotation one most plausibly points to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Relation:
    """A typed, directed link between two annotations, named by their keys."""

    key: int
    id: str
    type: str
    source: int  # the annotation it leaves
    target: int  # the annotation it points to
    attributes: Mapping[str, Any] = field(default_factory=dict, hash=False)
    note: str = ""
    source_id: str | None = None
