"""What a reader has to say beside the records it yields: counts, refusals, repairs, warnings."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why something was not read. The value is stable: `--json` shows it."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    BINARY = "binary"
    TOO_LARGE = "too large"
    OTHER_KIND = "other kind"
    NOT_DECODABLE = "not decodable"
    INVALID = "invalid"
    NOT_INSTALLED = "not installed"


_NEVER_MEANT = frozenset({Reason.EMPTY, Reason.BINARY, Reason.OTHER_KIND})


@dataclass(frozen=True)
class Note:
    """One remark: the place ("speech.txt", "set.jsonl, line 12") and what to say about it, without a full stop."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}."


@dataclass(frozen=True)
class Refusal(Note):
    """Something that was left out, and why."""

    reason: Reason = Reason.INVALID
    kind: str = ""  # for OTHER_KIND, the name of that kind in the singular: "Word document"


@dataclass
class Report:
    """Fills while a reader runs; one report may serve several files of one import."""

    documents: int = 0
    annotations: int = 0
    relations: int = 0
    skipped_documents: int = 0
    changed: int = 0  # rows that were there and are otherwise now
    deleted: int = 0
    refused: list[Refusal] = field(default_factory=list)
    repaired: list[Note] = field(default_factory=list)
    skipped: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)

    @property
    def lost_something(self) -> bool:
        """Whether something was left out that was meant to come in: not just an empty file, or one of another kind."""
        return any(each.reason not in _NEVER_MEANT for each in self.refused)

    def refuse(self, where: str, message: str, reason: Reason = Reason.INVALID) -> None:
        """Something was left out."""
        self.refused.append(Refusal(where, message, reason))

    def repair(self, where: str, message: str) -> None:
        """Something was put right, and how."""
        self.repaired.append(Note(where, message))

    def skip(self, where: str, message: str) -> None:
        """A document was already there."""
        self.skipped_documents += 1
        self.skipped.append(Note(where, message))

    def warn(self, where: str, message: str) -> None:
        """Read as it stands, but worth a look."""
        self.warnings.append(Note(where, message))

    def as_json(self) -> dict[str, Any]:
        """The keys that `annotator import --json` prints: counts, and every remark as a sentence."""
        remarks = [*self.refused, *self.repaired, *self.skipped, *self.warnings]
        return {
            "documents": self.documents,
            "annotations": self.annotations,
            "relations": self.relations,
            "repaired": len(self.repaired),
            "refused": len(self.refused),
            "skipped_documents": self.skipped_documents,
            "warnings": [str(remark) for remark in remarks],
        }
