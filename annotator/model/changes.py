"""What an operation touched, so that each part of the window knows whether to look again."""

from dataclasses import dataclass, field

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Changes:
    """The outcome of an operation: one sentence for the status line, and the local keys of what it wrote."""

    said: str
    documents: frozenset[int] = NOTHING
    readings: frozenset[int] = NOTHING
    annotations: frozenset[int] = NOTHING
    current: int | None = None  # the annotation that a person would look at next
    document: int | None = None  # the document where it happened, when it is one
    codebook: bool = False
    coders: bool = False
    entities: bool = False
    history: bool = True
    everything: bool = False  # more changed than is listed: read all again
    undoable: bool = True
    warnings: tuple[str, ...] = field(default=())
