"""The readings, annotations and relations of one incoming document: a merge by id."""

import json
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from annotator.model.records import RelationRecord
from annotator.operations.import_documents import Place
from annotator.operations.import_work import Work
from annotator.operations.incoming import Incoming, IncomingAnnotation, IncomingReading, moved, spans_json
from annotator.operations.incoming_values import fitting_values
from annotator.operations.readings import reading_id
from annotator.operations.values import as_json
from annotator.operations.words import shown
from annotator.storage import lookups
from annotator.storage.ids import derived_id
from annotator.storage.lookups import ANNOTATION, Known

AT_ONCE = 100  # annotations that are written by one call, well within a slice
_COLUMNS = ("id", "stamp", *ANNOTATION)
_cells = itemgetter(*_COLUMNS)


@dataclass
class ReadingPlace:
    """A reading that takes part: `twins` maps (tag, spans) to the id of an annotation that it holds."""

    key: int
    id: str
    version: str | None
    known: Known | None
    twins: dict[tuple[str, str], str]
    first_done: list[Any] | None = None
    done: bool = False
    added: list[tuple[IncomingAnnotation, str]] = field(default_factory=list)


@dataclass(frozen=True)
class End:
    """An annotation that relations of the document can name."""

    id: str
    reading: str


class Merge:
    """Takes the annotations of one incoming document into its place."""

    def __init__(self, work: Work, incoming: Incoming, place: Place) -> None:
        self.work, self.incoming, self.place = work, incoming, place
        self.there: dict[tuple[int, str], Known] = {}
        if not place.new:
            for known in lookups.readings_at(work.project, place.key):
                self.there[known.values["coder"], known.values["kind"]] = known
        self.readings: dict[tuple[str, str], ReadingPlace] = {}
        self.reading_ids: dict[tuple[str, str], str] = {}
        self.ends: dict[str, End] = {}
        self.keys: dict[str, int] = {}  # id of an annotation → its key, once it is written
        self.waiting: list[dict[str, Any]] = []  # rows of new annotations that are not written yet
        self.seen: set[str] = set()  # ids of annotations and relations that the file holds
        self.complete = incoming.complete

    def run(self) -> None:
        """Readings first, the empty ones too; then what they hold; then what links it."""
        for named in self.incoming.readings:
            self._reading(named)
        annotations = self.incoming.annotations
        own = [each.own_id for each in annotations if each.own_id]
        there = self._there(annotations, own)
        for each in annotations:
            if self.place.other_text is not None and not moved(each, self.place.other_text, self.work.report):
                self.complete = False
                continue
            self._annotation(each, there)
            if len(self.waiting) >= AT_ONCE:
                self._write()
        self._write()
        self._relations()
        for reading in self.readings.values():
            self._keep_first(reading)
        if self.work.delete_absent and not self.place.new:
            self._delete_absent()

    # ---- readings

    def _reading(self, incoming: IncomingReading) -> ReadingPlace:
        person = self.work.person(incoming.coder)
        known = self.there.get((person.key, incoming.kind))
        version = incoming.version or self.work.version
        values = {"state": incoming.state, "reason": incoming.reason, "codebook": version, "extra": incoming.extra}
        if known is None:
            place = self._new_reading(person.key, person.id, incoming.kind, version, values)
        else:
            self._known_reading(known, values, incoming)
            place = ReadingPlace(known.key, known.id, version, known, self._twins(known))
        place.first_done, place.done = incoming.first_done, incoming.state == "done"
        self.readings[incoming.coder, incoming.kind] = place
        return place

    def _new_reading(
        self, coder: int, coder_id: str, kind: str, version: str | None, values: dict[str, Any]
    ) -> ReadingPlace:
        own = reading_id(self.place.id, coder_id, kind)
        row = {"id": own, "document": self.place.key, "coder": coder, "kind": kind, **values}
        return ReadingPlace(self.work.batch.insert("reading", row), own, version, None, {})

    def _known_reading(self, known: Known, values: dict[str, Any], incoming: IncomingReading) -> None:
        self.work.revive("reading", known)
        new = self.work.differences(known, values, incoming.unstated)
        if not incoming.version:
            new.pop("codebook", None)
        if new:
            self.work.change("reading", known, new, f"{self.incoming.where}, reading of {incoming.coder}")

    def _reading_of(self, annotation: IncomingAnnotation) -> ReadingPlace:
        """The reading that an annotation belongs to, begun if the file does not name it."""
        found = self.readings.get((annotation.coder, annotation.kind))
        if found is not None:
            return found
        person = self.work.person(annotation.coder)
        known = self.there.get((person.key, annotation.kind))
        if known is None:
            values = {"state": "in work", "codebook": self.work.version}
            found = self._new_reading(person.key, person.id, annotation.kind, self.work.version, values)
        else:
            if known.deleted or known.values["state"] == "not started":
                self.work.batch.update_later("reading", known.key, {"deleted": 0, "state": "in work"})
            found = ReadingPlace(known.key, known.id, self.work.version, known, self._twins(known))
        self.readings[annotation.coder, annotation.kind] = found
        return found

    def _twins(self, known: Known) -> dict[tuple[str, str], str]:
        found = lookups.spans_at(self.work.project, known.key)
        self.keys.update((own, key) for key, own in found.values())
        return {place: own for place, (_, own) in found.items()}

    def _keep_first(self, reading: ReadingPlace) -> None:
        """A reading that is done counts in agreement as it stood when it was first declared done."""
        if not reading.done:
            return
        own = derived_id("first_done", reading.id)
        if reading.known is not None and own in lookups.by_ids(self.work.project, "first_done", [own], ()):
            return
        content = reading.first_done
        if content is None:
            links = self._links(reading)
            ordered = sorted(reading.added, key=lambda each: (each[0].values["start"], -each[0].values["end"]))
            content = [
                {
                    "id": own_id,
                    "tag": each.values["tag"],
                    "spans": json.loads(each.values["spans"]),
                    "attributes": json.loads(each.values["attributes"]),
                    "links": sorted(links.get(own_id, [])),
                }
                for each, own_id in ordered
            ]
        self.work.batch.insert("first_done", {"id": own, "reading": reading.key, "content": as_json(content)})

    def _links(self, reading: ReadingPlace) -> dict[str, list[tuple[str, str]]]:
        """Annotation of the reading → kind and target of each link that came in and leaves it."""
        taken = {own: record for record in self.incoming.relations if (own := self._relation_id(record)) in self.seen}
        found: dict[str, list[tuple[str, str]]] = {}
        for record in taken.values():
            source, target = self.ends[record.source], self.ends[record.target]
            if source.reading == target.reading == reading.id:
                found.setdefault(source.id, []).append((record.type, target.id))
        return found

    # ---- annotations

    def _there(self, annotations: list[IncomingAnnotation], own: list[str]) -> dict[str, Known]:
        """Those that are in the project already. In a new document only an id of our own can be known."""
        ids = list(own)
        if not self.place.new:
            ids += [self._derived(each) for each in annotations if each.own_id is None]
        return lookups.by_ids(self.work.project, "annotation", ids, lookups.ANNOTATION) if ids else {}

    def _derived(self, annotation: IncomingAnnotation) -> str:
        """The id of an annotation from elsewhere: one file brings the same rows into every copy, however often."""
        reading = self.reading_ids.get((annotation.coder, annotation.kind))
        if reading is None:
            reading = reading_id(self.place.id, self.work.person(annotation.coder).id, annotation.kind)
            self.reading_ids[annotation.coder, annotation.kind] = reading
        values = annotation.values
        source = values["source_id"]
        what = ("source", source) if source else ("content", values["tag"], spans_json(annotation.pieces))
        return derived_id("annotation", reading, self.work.terms.format_name, *what)

    def _annotation(self, annotation: IncomingAnnotation, there: dict[str, Known]) -> None:
        reading = self._reading_of(annotation)
        own = annotation.own_id or self._derived(annotation)
        values = annotation.values
        place = values["tag"], values["spans"]
        twin = reading.twins.get(place)
        known = there.get(own)
        same = twin is not None and known is None and own not in self.seen and annotation.own_id in (None, twin)
        own = str(twin) if same else own
        if own in self.seen:
            self.work.report.warn(annotation.where, "stands twice; it was kept once")
        elif known is not None:
            if not self._merged(annotation, known, reading):
                return
            self.keys[own] = known.key
        elif not same:
            made, confirmed = annotation.versions
            row = {"id": own, "stamp": self.work.batch.stamp, "reading": reading.key, **values}
            row["codebook_made"], row["codebook_confirmed"] = made or reading.version, confirmed or reading.version
            self.waiting.append(row)
            self.work.report.annotations += 1
        reading.twins.setdefault(place, own)
        if own not in self.seen:
            reading.added.append((annotation, own))
        self.seen.add(own)
        end = End(own, reading.id)
        self.ends.setdefault(own, end)
        if values["source_id"]:
            self.ends.setdefault(values["source_id"], end)

    def _merged(self, annotation: IncomingAnnotation, known: Known, reading: ReadingPlace) -> bool:
        """Bring a known annotation to what the file says; False if it is none of this document."""
        if lookups.document_of_reading(self.work.project, known.values["reading"]) != self.place.key:
            self.work.report.refuse(annotation.where, f"its id {known.id} belongs to an annotation of another article")
            self.complete = False
            return False
        if self.work.revive("annotation", known):
            self.work.report.annotations += 1
            self.work.report.warn(annotation.where, "was deleted, and is there again")
        made, confirmed = annotation.versions
        new = self.work.differences(known, annotation.values, annotation.unstated)
        if known.values["reading"] != reading.key:
            new["reading"] = reading.key
            self.work.report.warn(annotation.where, f"changed: its coder is now {annotation.coder}")
        if made and made != known.values["codebook_made"]:
            new["codebook_made"] = made
        if confirmed and confirmed != known.values["codebook_confirmed"]:
            new["codebook_confirmed"] = confirmed
        if new:
            self.work.change("annotation", known, new, annotation.where)
        return True

    def _write(self) -> None:
        """Write the new annotations that wait; one that a person has made meanwhile, with the same id, stays."""
        if not self.waiting:
            return
        work, rows = self.work, self.waiting
        work.batch.open_slice()
        met = lookups.by_ids(work.project, "annotation", [row["id"] for row in rows], ())
        new = [row for row in rows if row["id"] not in met] if met else rows
        if new:
            keys = work.batch.insert_many("annotation", _COLUMNS, [_cells(row) for row in new])
            self.keys.update(zip([row["id"] for row in new], keys, strict=True))
        for row in rows if met else ():
            if row["id"] in met:
                self.keys[row["id"]] = work.batch.insert("annotation", row)
        self.waiting = []
        work.batch.rest()

    # ---- relations

    def _relations(self) -> None:
        records = self.incoming.relations
        if not records:
            return
        own = [self._relation_id(each) for each in records]
        there = lookups.by_ids(self.work.project, "relation", [each for each in own if each], lookups.RELATION)
        for record, each in zip(records, own, strict=True):
            if each is None:
                said = f"{self.incoming.where}, relation {record.type}"
                self.work.report.refuse(said, "the annotation at one of its ends was not taken in")
                self.complete = False
            elif each not in self.seen:
                self._relation(record, each, there.get(each))

    def _relation_id(self, record: RelationRecord) -> str | None:
        source, target = self.ends.get(record.source), self.ends.get(record.target)
        if source is None or target is None:
            return None
        if record.id:
            return record.id
        what = ("source", record.source_id) if record.source_id else ("content", record.type, source.id, target.id)
        return derived_id("relation", source.reading, self.work.terms.format_name, *what)

    def _relation(self, record: RelationRecord, own: str, known: Known | None) -> None:
        source, target = self.ends[record.source], self.ends[record.target]
        where = f"{self.incoming.where}, relation {record.type}"
        asked = self.work.terms.codebook.relation(record.type)
        if asked is None:
            self.work.report.refuse(where, f"the codebook of this project has no relation {shown(record.type)}")
            self.complete = False
            return
        self.seen.add(own)
        values = {
            "type": record.type,
            "source": self.keys[source.id],
            "target": self.keys[target.id],
            "attributes": as_json(
                fitting_values(record.attributes, asked.attributes, self.work.terms.values, where, self.work.report)
            ),
            "note": record.note,
            "source_id": record.source_id,
            "extra": as_json(record.extra) if record.extra else "{}",
        }
        if known is None:
            self.work.batch.insert("relation", {"id": own, **values})
            self.work.report.relations += 1
            return
        if self.work.revive("relation", known):
            self.work.report.relations += 1
        new = self.work.differences(known, values, record.unstated | ({"extra"} if not record.extra else set()))
        if new:
            self.work.change("relation", known, new, where)

    # ---- what the file no longer holds

    def _delete_absent(self) -> None:
        """Delete what the readings in the file held and the file does not; not if something of it was refused."""
        where = self.incoming.where
        if not self.complete:
            self.work.report.warn(where, "something of it was refused, so nothing absent was deleted")
            return
        known = [reading.key for reading in self.readings.values() if reading.known is not None]
        for table, key, own, name, covered in lookups.live_in_readings(self.work.project, known):
            if own not in self.seen:
                self.work.batch.update_later(table, key, {"deleted": 1})
                self.work.report.deleted += 1
                self.work.report.warn(where, f"deleted: {name} {shown(covered)}, which is absent from the file")
