"""What bringing in files does, as plain data: for the preview, the command line and the sentence afterwards."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.model.codebook_diff import Change
from annotator.operations.merge_sources import Refused
from annotator.operations.words import listed

# What is counted: what people make. A reading counts, because “done and empty” is news too.
KINDS = {
    "document": "article",
    "annotation": "annotation",
    "relation": "link",
    "reading": "reading",
    "entity": "actor",
    "decision": "decision",
    "codebook": "codebook version",
    "coder": "coder",
}


@dataclass(frozen=True)
class Numbers:
    """How many rows are new, changed, and there already."""

    new: int = 0
    changed: int = 0
    already: int = 0

    def as_json(self) -> dict[str, int]:
        """The three numbers."""
        return {"new": self.new, "changed": self.changed, "already": self.already}


@dataclass(frozen=True)
class Conflict:
    """Something that a person should look at: `kind`, where, and a sentence. None keeps a merge from being made.

    Kinds: both changed (the later one stands), codebook, coder, gold, deleted document,
    replaced text.
    """

    kind: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}."

    def as_json(self) -> dict[str, str]:
        """The keys that `annotator merge --json` prints."""
        return {"kind": self.kind, "where": self.where, "message": self.message}


@dataclass(frozen=True)
class CodebookNews:
    """A codebook that went another way in a file: its latest version, what it changes in ours, and keys that clash."""

    file: str
    version: str
    changes: tuple[Change, ...]
    clashes: tuple[str, ...]
    apart: bool  # both changed it; else theirs only goes on from ours


@dataclass(frozen=True)
class Unknown:
    """A coder or an actor of a file that the project does not know; `ours` (id, name) are those of a like name."""

    id: str
    name: str
    file: str
    ours: tuple[tuple[str, str], ...] = ()
    by: str = "name"  # what is alike: the name, or an alias


@dataclass(frozen=True)
class MergePreview:
    """What bringing in some files does, or has done."""

    files: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()  # of those files that can be used
    kinds: dict[str, Numbers] = field(default_factory=dict)  # keys of KINDS
    by_coder: dict[str, Numbers] = field(default_factory=dict)  # annotations alone
    by_document: dict[str, Numbers] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[Refused, ...] = ()
    codebooks: tuple[CodebookNews, ...] = ()
    people: tuple[Unknown, ...] = ()
    entities: tuple[Unknown, ...] = ()  # those alone that could be united with one of ours

    @property
    def new(self) -> int:
        """How many rows are new."""
        return sum(each.new for each in self.kinds.values())

    @property
    def changed(self) -> int:
        """How many rows are later there than here."""
        return sum(each.changed for each in self.kinds.values())

    @property
    def already(self) -> int:
        """How many rows are here already, in this or a later form."""
        return sum(each.already for each in self.kinds.values())

    def said(self) -> str:
        """The numbers in words: "40 annotations and 2 articles new, 3 annotations changed"."""
        parts = []
        for name, word in (("new", "new"), ("changed", "changed")):
            numbers = [(getattr(each, name), KINDS[kind]) for kind, each in self.kinds.items()]
            parts += [f"{listed(numbers)} {word}"] if any(number for number, _ in numbers) else []
        return ", ".join(parts) or "nothing new"

    def as_json(self) -> dict[str, Any]:
        """The keys that `annotator merge --json` prints."""
        return {
            "new": self.new,
            "changed": self.changed,
            "already": self.already,
            "conflicts": [each.as_json() for each in self.conflicts],
            "refused": [{"where": each.where, "reason": each.reason} for each in self.refused],
            "kinds": {kind: each.as_json() for kind, each in self.kinds.items()},
            "by_coder": {name: each.as_json() for name, each in self.by_coder.items()},
            "by_document": {name: each.as_json() for name, each in self.by_document.items()},
        }
