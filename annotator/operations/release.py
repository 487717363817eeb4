"""A release: what leaves the project for good, so that nobody is known by it and no two releases can be joined.

Coders and ids get names made from the project's own secret and the name of the release; times are cut to the day; what
people wrote to each other, and what other programs left, stays behind. The same release gives the same bytes.
"""

import hashlib
import hmac
import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.loss import Loss, losses, project_losses
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, ReadingRecord, RelationRecord
from annotator.operations.export_records import People
from annotator.storage import export_pages, totals
from annotator.storage.project import Project

DROPPED = (
    Loss.SOURCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.FIRST_DONE, Loss.QUESTIONS, Loss.OTHER_FIELDS,
)  # fmt: skip
"""What no release takes along; counted like what a format cannot hold."""

_DAY = 10  # characters of a date without its time
_LONGEST = 200  # characters of a name


@dataclass(frozen=True)
class Release:
    """What a person says of a release; `notes` are the coders' remarks on annotations and links."""

    name: str
    notes: bool = True

    @property
    def dropped(self) -> tuple[Loss, ...]:
        """What stays behind."""
        return DROPPED if self.notes else (*DROPPED, Loss.NOTES, Loss.RELATION_NOTES)


@dataclass
class Disguise:
    """Other names for everything that could be recognised, the same whenever the release is made again."""

    release: Release
    secret: bytes
    coders: Mapping[str, str]  # name → pseudonym
    taking_part: frozenset[str]  # names of those who have a reading that is done
    entities: frozenset[str]  # ids
    lost: Counter[str] = field(default_factory=Counter)

    def id(self, own: str) -> str:
        """A UUID of version 8 (RFC 9562) in the place of an id: HMAC-SHA-256(secret, release, id), cut to 122 bits."""
        value = int.from_bytes(keyed(self.secret, self.release.name, own)[:16], "big")
        value = value & ~(0xF << 76) | 0x8 << 76
        return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))

    def digits(self, own: str) -> str:
        """64 hexadecimal digits in the place of the id of a document or of a codebook version."""
        return keyed(self.secret, self.release.name, own).hex()

    def record(self, record: DocumentRecord) -> DocumentRecord:
        """The document as it leaves, its readings in the order of their pseudonyms; `lost` counts what stays behind."""
        self.lost.update(losses(record, self.release.dropped))
        self.lost["times cut to the day"] += len(record.date) > _DAY
        readings = sorted(map(self._reading, record.readings), key=lambda each: (each.kind != "own", each.coder))
        rank = {(each.coder, each.kind): place for place, each in enumerate(readings)}
        annotations = sorted(
            map(self._annotation, record.annotations),
            key=lambda each: (rank.get((each.coder, each.kind), 0), each.spans[0].start, -each.spans[-1].end, each.id),
        )
        places = {each.id: place for place, each in enumerate(annotations)}
        relations = sorted(
            map(self._relation, record.relations),
            key=lambda each: (places[each.source], places[each.target], each.type, each.id),
        )
        appearances = [
            {**each, "date": str(each.get("date", ""))[:_DAY], "source_name": ""}
            for each in record.extra.get("appearances", ())
        ]
        return replace(
            record,
            id=self.digits(record.id or ""),
            date=record.date[:_DAY],
            source_name="",
            readings=tuple(readings),
            annotations=tuple(annotations),
            relations=tuple(relations),
            extra={"appearances": appearances} if appearances else {},
        )

    def _reading(self, each: ReadingRecord) -> ReadingRecord:
        reason = {"reason": each.extra["reason"]} if each.extra.get("reason") else {}
        version = self.digits(each.codebook_version) if each.codebook_version else None
        return replace(each, coder=self._coder(each.coder), codebook_version=version, extra=reason)

    def _annotation(self, each: AnnotationRecord) -> AnnotationRecord:
        versions = {name: each.extra[name] for name in ("codebook_made", "codebook_confirmed") if each.extra.get(name)}
        return replace(
            each,
            id=self.id(each.id or ""),
            source_id=None,
            coder=self._coder(each.coder),
            attributes=self._attributes(each.attributes),
            note=self._note(each.note),
            extra={name: self.digits(version) for name, version in versions.items()},
        )

    def _relation(self, each: RelationRecord) -> RelationRecord:
        return replace(
            each,
            id=self.id(each.id or ""),
            source_id=None,
            source=self.id(each.source),
            target=self.id(each.target),
            attributes=self._attributes(each.attributes),
            note=self._note(each.note),
            extra={},
        )

    def _coder(self, name: str) -> str:
        return self.coders.get(name) or pseudonym(self.secret, self.release.name, name)

    def _attributes(self, attributes: Json) -> Json:
        return {name: self._value(entry) for name, entry in attributes.items()}

    def _value(self, value: Any) -> Any:
        """The value with other ids for actors, wherever they stand in it."""
        if isinstance(value, Mapping):
            return {name: self._value(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._value(each) for each in value]
        return self.id(value) if isinstance(value, str) and value in self.entities else value

    def _note(self, note: str) -> str:
        """The note with pseudonyms for the names of coders; none if notes stay behind."""
        if not self.release.notes:
            return ""
        for name, other in self.coders.items():
            if name in note:
                note = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", other, note)
        return note

    def beside(self, project: Mapping[str, Sequence[Json]]) -> dict[str, list[Json]]:
        """The project records as they leave; decisions, which tell who decided what, stay behind."""
        self.lost.update(project_losses({"decisions": len(project.get("decisions", ()))}, (Loss.DECISIONS,)))
        known = ("name", "aliases", "type", "country", "private", "pseudonym")
        entities: list[Json] = [
            {
                "id": self.id(row["id"]),
                **{name: row[name] for name in known if name in row},
                "note": self._note(row.get("note", "")),
                "same_as": self.id(row["same_as"]) if row.get("same_as") else None,
            }
            for row in project.get("entities", ())
        ]
        return {
            "codebook": [
                {
                    **row,
                    "id": self.digits(row["id"]),
                    "parent": self.digits(row["parent"]) if row.get("parent") else None,
                }
                for row in project.get("codebook", ())
            ],
            "coders": sorted(
                (
                    {"id": self.id(row["id"]), "name": self._coder(row["name"])}
                    for row in project.get("coders", ())
                    if row["name"] in self.taking_part
                ),
                key=lambda row: row["name"],
            ),
            "entities": sorted(entities, key=lambda row: row["id"]),
            "decisions": [],
        }


def disguise(project: Project, release: Release, known: People) -> Disguise:
    """The disguise of a release.

    Raises AnnotatorError for a name that is none, and for the package of one coder: it has no part in the secret.
    """
    name = release.name.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise AnnotatorError("A release needs a name: letters on one line, at most 200 of them.")
    if project.is_package:
        raise AnnotatorError("This is one coder's package: a release is made from the whole project.")
    secret = bytes.fromhex(project.meta("secret"))
    ids = {row["key"]: row["id"] for row in export_pages.coder_rows(project)}
    coders = {known.names[key]: pseudonym(secret, name, ids[key]) for key in known.names}
    done = {known.main(coder) for coder, _, state, _ in totals.readings_by(project) if state == "done"}
    longest_first = dict(sorted(coders.items(), key=lambda item: -len(item[0])))
    entities = frozenset(row["id"] for row in export_pages.entity_rows(project))
    taking_part = frozenset(known.names[key] for key in done)
    return Disguise(replace(release, name=name), secret, longest_first, taking_part, entities)


def pseudonym(secret: bytes, release: str, own: str) -> str:
    """What a coder is called in a release."""
    return f"coder-{keyed(secret, release, own).hex()[:8]}"


def keyed(secret: bytes, release: str, own: str) -> bytes:
    """32 bytes in the place of an id: nobody without the secret can tell of which, nor join two releases by them."""
    return hmac.new(secret, f"{release}\0{own}".encode(), hashlib.sha256).digest()
