"""What the parts of one import share: the batch, the people, the counts, and what was found changed."""

import json
from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.formats.report import Report
from annotator.model.codebook import Codebook
from annotator.operations.incoming import Terms
from annotator.operations.words import shown
from annotator.storage import lookups, queries
from annotator.storage.batch import Batch
from annotator.storage.ids import derived_id
from annotator.storage.lookups import Known
from annotator.storage.project import Project
from annotator.storage.rows import Values


@dataclass(frozen=True)
class Person:
    """A coder, by the key in this file and the id in every copy."""

    key: int
    id: str


@dataclass
class Work:
    """One import going on."""

    project: Project
    batch: Batch
    report: Report
    terms: Terms
    version: str | None  # id of the current codebook version
    delete_absent: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    known_ids: dict[str, str] = field(default_factory=dict)  # name → id of the coder, as the source gives it
    replaced: dict[str, str] = field(default_factory=dict)  # hash of a present text → document id, where they differ
    back: set[tuple[str, int]] = field(default_factory=set)  # deleted rows that came back
    documents: list[int] = field(default_factory=list)  # new ones, the first few
    there: dict[str, Known] = field(default_factory=dict)  # documents of the handful at hand that were there before
    made: set[str] = field(default_factory=set)  # ids of the documents that this import made
    touched: set[int] = field(default_factory=set)  # keys of all documents that were met
    codebook_adopted: bool = False

    def start(self) -> None:
        """Look up what is asked for again and again."""
        for coder in queries.coders(self.project):
            self.people.setdefault(coder.name, Person(coder.key, coder.id))
        self.replaced = lookups.replaced_texts(self.project)

    def adopt(self, codebook: Codebook) -> None:
        """Go by another codebook from here on."""
        self.terms = replace(self.terms, codebook=codebook)
        self.codebook_adopted = True

    def person(self, name: str) -> Person:
        """The coder with this name, who is added if the project knows neither name nor id."""
        found = self.people.get(name)
        if found is None:
            given = self.known_ids.get(name) or derived_id("coder", name)
            known = lookups.by_ids(self.project, "coder", [given], ("name",)).get(given)
            if known is not None and not known.deleted:
                found = Person(known.key, known.id)
            elif known is not None:
                self.revive("coder", known)
                found = Person(known.key, known.id)
            else:
                found = Person(self.batch.insert("coder", {"id": given, "name": name}), given)
            self.people[name] = found
        return found

    def revive(self, table: str, known: Known) -> bool:
        """Bring a deleted row back at the end; whether it was not on its way back already."""
        if not known.deleted or (table, known.key) in self.back:
            return False
        self.back.add((table, known.key))
        self.batch.update_later(table, known.key, {"deleted": 0})
        return True

    def differences(self, known: Known, values: Values, unstated: Set[str] = frozenset()) -> dict[str, Any]:
        """The columns whose value is another in the project; those that the file does not state stay."""
        return {
            name: value
            for name, value in values.items()
            if name in known.values and name not in unstated and not _same(name, known.values[name], value)
        }

    def change(self, table: str, known: Known, new: dict[str, Any], where: str) -> None:
        """Change a row at the end, and say what changes, old → new."""
        self.batch.update_later(table, known.key, new)
        self.report.changed += 1
        said = [
            f"{_NAMES.get(name, name)} {_shown(known.values[name])} → {_shown(value)}"
            for name, value in new.items()
            if name not in _UNSAID
        ]
        if new.keys() & {"source", "target"}:
            said.append("what it links")
        if said:
            self.report.warn(where, "changed: " + "; ".join(said))


def _same(name: str, old: Any, new: Any) -> bool:
    """Whether two values of a column say the same; a source id that the file leaves out stays."""
    if old == new or (name == "source_id" and new is None):
        return True
    return name in _JSON and json.loads(old) == json.loads(new)


_JSON = ("spans", "attributes", "flags", "extra", "aliases", "country")
_NAMES = {"codebook": "codebook version", "quote": "text", "extra": "other fields"}
_UNSAID = (
    "source",
    "target",
    "start",
    "end",
    "source_id",
    "codebook_made",
    "codebook_confirmed",
    "reading",
    "words",
    "sha256",
    "content",
)


def _shown(value: Any) -> str:
    if isinstance(value, str) and value.startswith("[["):
        return ", ".join(f"{start}–{end}" for start, end in json.loads(value))
    if isinstance(value, str) and value.startswith(("{", "[")):
        return value if len(value) <= 60 else value[:59] + "…"
    return shown(str(value)) if value not in ("", None) else "nothing"
