"""Private persons: actors marked so leave the project under pseudonyms. Texts stay as they are, which is counted.

A pseudonym is made of the actor's id, in a release of the project's secret and the release's name too, so that it is
the same in every export, and another in every release.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from annotator.formats.format import ProjectRecords
from annotator.model.entities import PRIVATE, Entity, Registry
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, RelationRecord
from annotator.model.span import quote
from annotator.operations.release import Release, keyed
from annotator.storage import entity_queries
from annotator.storage.project import Project

_Said = TypeVar("_Said", AnnotationRecord, RelationRecord)

PSEUDONYM = "pseudonym"  # the mark on the record of such an actor: an import takes no name from it
REPLACED = "names of private persons replaced by pseudonyms"
IN_NOTES = "notes and values that named a private person, reworded"
IN_TEXTS = "documents whose words name a private person, left as they are"


@dataclass
class Pseudonyms:
    """What private persons are called in one export; `lost` counts what was replaced, and what still names them."""

    called: Mapping[str, str]  # id → pseudonym
    names: Mapping[str, str]  # name → pseudonym, the longest first
    kept: str = "texts"  # of the articles' words in the format: "texts", "quotes", or "titles" alone
    lost: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.lost[REPLACED] = len(self.called)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self.names))})(?!\w)")

    def record(self, record: DocumentRecord) -> DocumentRecord:
        """The document, notes and typed values without the names."""
        kept = [record.title]
        if self.kept == "texts":
            kept.append(record.text)
        elif self.kept == "quotes":
            kept += [quote(record.text, each.spans) for each in record.annotations]
        self.lost[IN_TEXTS] += any(map(self._pattern.search, kept))
        return replace(
            record,
            readings=tuple(replace(each, extra=self._values(each.extra)) for each in record.readings),
            annotations=tuple(self._said(each) for each in record.annotations),
            relations=tuple(self._said(each) for each in record.relations),
        )

    def beside(self, project: ProjectRecords) -> ProjectRecords:
        """The project records with pseudonyms for actors; what is noted of a private person stays behind."""
        return {
            **project,
            "entities": [self._entity(row) for row in project.get("entities", ())],
            "decisions": [self._values(row) for row in project.get("decisions", ())],
        }

    def _entity(self, row: Json) -> dict[str, Any]:
        if row["id"] not in self.called:
            return {**row, "note": self._plain(row.get("note") or "")}
        kept = {name: row[name] for name in ("id", "type", "country", "same_as", "stamp") if name in row}
        return {**kept, "name": self.called[row["id"]], "aliases": [], "note": "", PRIVATE: True, PSEUDONYM: True}

    def _said(self, each: _Said) -> _Said:
        attributes, extra = self._values(each.attributes), self._values(each.extra)
        return replace(each, note=self._plain(each.note), attributes=attributes, extra=extra)

    def _values(self, values: Json) -> dict[str, Any]:
        return {name: self._value(entry) for name, entry in values.items()}

    def _value(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self._values(value)
        if isinstance(value, list):
            return [self._value(each) for each in value]
        return self._plain(value) if isinstance(value, str) else value

    def _plain(self, words: str) -> str:
        said, found = self._pattern.subn(lambda match: self.names[match[0]], words) if words else (words, 0)
        self.lost[IN_NOTES] += bool(found)
        return said


def pseudonyms(project: Project, release: Release | None, kept: str) -> Pseudonyms | None:
    """The pseudonyms of one export, whose format keeps so much of the articles' words; None for no private person."""
    registry = entity_queries.registry(project)
    private = private_persons(registry)
    if not private:
        return None
    secret, name = (bytes.fromhex(project.meta("secret")), release.name.strip()) if release else (b"", "")
    called = {each.id: f"person-{keyed(secret, name, each.id).hex()[:8]}" for each in private}
    names = {name: called[registry.main_id(each.id)] for each in private for name in each.names}
    longest_first = dict(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))
    return Pseudonyms(called, longest_first, kept)


def private_persons(registry: Registry) -> Sequence[Entity]:
    """Every actor that is a private person, with all that stand for the same one."""
    found = [each for each in registry.mains if any(registry.by_id[one].is_private for one in registry.ids(each.id))]
    return [registry.by_id[one] for each in found for one in registry.ids(each.id)]
