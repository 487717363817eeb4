"""Makes exchange records of the rows of a project, in an order that is the same in every copy."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.span import Span
from annotator.storage import export_pages
from annotator.storage.export_pages import DocumentRows, Row
from annotator.storage.project import Project


@dataclass(frozen=True)
class Choice:
    """What is wanted; what is left empty chooses nothing.

    `coders` (keys) and `gold` choose readings, `states` those in one of these states. `tags` chooses annotations,
    `since` and `until` (ISO 8601, both included, as exact as given) articles by their date.
    """

    coders: frozenset[int] | None = None
    gold: bool = False
    states: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""

    @property
    def all(self) -> bool:
        """Whether no reading and no document is left out."""
        return not self.by_reading and not self.dated

    @property
    def by_reading(self) -> bool:
        """Whether readings are chosen: documents without one that is wanted are left out then."""
        return self.coders is not None or self.gold or bool(self.states)

    @property
    def dated(self) -> bool:
        """Whether articles are chosen by their date."""
        return bool(self.since or self.until)

    def takes(self, reading: Row, coder: int) -> bool:
        """Whether this reading is wanted; `coder` is its coder, or the one that coder was merged into."""
        if self.states and reading["state"] not in self.states:
            return False
        if reading["kind"] == "gold":
            return self.gold or self.coders is None
        return coder in self.coders if self.coders is not None else not self.gold

    def takes_date(self, date: str) -> bool:
        """Whether an article of this date is wanted; a month or a year is, if a day of it may be."""
        after = not self.since or date[: len(self.since)] >= self.since[: len(date)]
        return bool(date) and after and (not self.until or date[: len(self.until)] <= self.until[: len(date)])


@dataclass(frozen=True)
class People:
    """The coders of a project by key: the name that stands for each, and the one each was merged into."""

    names: Mapping[int, str]
    merged_into: Mapping[int, int]
    renamed: int = 0  # how many had to be told apart by a number

    def main(self, key: int) -> int:
        """The coder that this one counts as."""
        return self.merged_into.get(key, key)


def people(project: Project) -> People:
    """All coders; two people of one name are told apart by a number, the lower for the lower id."""
    found = export_pages.coder_rows(project)
    by_id = {row["id"]: row for row in found}
    names: dict[int, str] = {}
    merged: dict[int, int] = {}
    taken: Counter[str] = Counter()
    for row in found:
        last, passed = row, {row["id"]}
        while last["same_as"] in by_id and last["same_as"] not in passed:
            last = by_id[last["same_as"]]
            passed.add(last["id"])
        if last is not row:
            merged[row["key"]] = last["key"]
            continue
        taken[row["name"]] += 1
        number = taken[row["name"]]
        names[row["key"]] = row["name"] if number == 1 else f"{row['name']} ({number})"
    return People(names, merged, sum(number - 1 for number in taken.values()))


@dataclass
class Maker:
    """Makes the records of an export and counts what it has to leave out."""

    project: Project
    people: People
    choice: Choice
    lost: Counter[str] = field(default_factory=Counter)
    not_done: int = 0  # readings among them that nobody declared done

    def records(self) -> Iterator[DocumentRecord]:
        """All documents in the order of the list; with a choice, only those that have a reading in it."""
        for page in export_pages.pages(self.project):
            for rows in page:
                record = self._document(rows)
                if record is not None:
                    yield record

    def _document(self, rows: DocumentRows) -> DocumentRecord | None:
        if self.choice.dated and not self.choice.takes_date(rows.document["date"]):
            self.lost["documents of another date" if rows.document["date"] else "documents without a date"] += 1
            return None
        live = {row["reading"] for row in rows.annotations}
        readings = [row for row in rows.readings if not row["deleted"] or row["key"] in live]
        chosen = [row for row in readings if self.choice.takes(row, self.people.main(row["coder"]))]
        if not chosen and self.choice.by_reading:
            self.lost["documents without a reading that was asked for"] += 1
            return None
        chosen.sort(key=lambda row: (row["kind"] != "own", self._name(row["coder"]), row["id"]))
        rank = {row["key"]: number for number, row in enumerate(chosen)}
        self.not_done += sum(row["state"] != "done" for row in chosen)
        annotations = [row for row in rows.annotations if row["reading"] in rank and self._takes_tag(row["tag"])]
        annotations.sort(key=lambda row: (rank[row["reading"]], row["start"], -row["end"], row["id"]))
        by_key = {row["key"]: row for row in chosen}
        own = rows.document
        return DocumentRecord(
            text=rows.text,
            id=own["id"],
            title=own["title"],
            outlet=own["outlet"],
            date=own["date"],
            url=own["url"],
            language=own["language"],
            rights=own["rights"],
            source_name=own["source_name"],
            readings=self._readings(chosen, annotations, rows),
            annotations=tuple(self._annotation(row, by_key[row["reading"]]) for row in annotations),
            relations=self._relations(rows, annotations),
            extra=self._document_extra(rows),
        )

    def _takes_tag(self, tag: str) -> bool:
        return not self.choice.tags or tag in self.choice.tags

    def _readings(self, chosen: list[Row], annotations: list[Row], rows: DocumentRows) -> tuple[ReadingRecord, ...]:
        made: dict[tuple[str, str], ReadingRecord] = {}
        for row in chosen:
            first = rows.first_done.get(row["key"])
            held = [each for each in annotations if each["reading"] == row["key"]] if first else []
            extra = _parsed(row["extra"])
            extra |= _told(reason=row["reason"])
            if first and not _is_as_first(first, held, rows.relations):
                extra["first_done"] = json.loads(first)
            name = self._name(row["coder"])
            state = "in work" if row["deleted"] else row["state"]
            if (name, row["kind"]) in made:
                self.lost["readings joined because their coders were merged"] += 1
                continue
            made[name, row["kind"]] = ReadingRecord(name, row["kind"], state, row["codebook"], extra)
        return tuple(made.values())

    def _annotation(self, row: Row, reading: Row) -> AnnotationRecord:
        extra = _parsed(row["extra"])
        if row["question"]:
            extra["question"] = row["question"]
        for name in ("codebook_made", "codebook_confirmed"):
            if row[name] and row[name] != reading["codebook"]:
                extra[name] = row[name]
        return AnnotationRecord(
            coder=self._name(reading["coder"]),
            tag=row["tag"],
            spans=tuple(Span(*pair) for pair in json.loads(row["spans"])),
            text=row["quote"],
            id=row["id"],
            source_id=row["source_id"],
            kind=reading["kind"],
            attributes=_parsed(row["attributes"]),
            note=row["note"],
            flags=tuple(json.loads(row["flags"])) if row["flags"] != "[]" else (),
            extra=extra,
        )

    def _relations(self, rows: DocumentRows, annotations: list[Row]) -> tuple[RelationRecord, ...]:
        if not rows.relations:
            return ()
        place = {row["key"]: number for number, row in enumerate(annotations)}
        there = {row["key"] for row in rows.annotations}
        kept = []
        for row in rows.relations:
            if row["source"] in place and row["target"] in place:
                kept.append(row)
            elif row["target"] not in there:
                self.lost["relations with a deleted end"] += 1
            elif row["source"] in place:
                self.lost["relations to an annotation that was not asked for"] += 1
        kept.sort(key=lambda row: (place[row["source"]], place[row["target"]], row["type"], row["id"]))
        return tuple(
            RelationRecord(
                type=row["type"],
                source=annotations[place[row["source"]]]["id"],
                target=annotations[place[row["target"]]]["id"],
                id=row["id"],
                source_id=row["source_id"],
                attributes=_parsed(row["attributes"]),
                note=row["note"],
                extra=_parsed(row["extra"]),
            )
            for row in kept
        )

    def _document_extra(self, rows: DocumentRows) -> dict[str, Any]:
        return {
            **_parsed(rows.document["extra"]),
            **_told(
                encoding=rows.document["encoding"],
                appearances=[
                    _told(**row) for row in sorted(rows.appearances, key=lambda row: str(sorted(row.items())))
                ],
                assigned_to=sorted({self._name(key) for key in rows.assigned}),
                earlier_texts=[dict(row) for row in sorted(rows.earlier, key=lambda row: str(row["sha256"]))],
            ),
        }

    def _name(self, coder: int) -> str:
        return self.people.names[self.people.main(coder)]


def _is_as_first(first: str, annotations: list[Row], relations: list[Row]) -> bool:
    """Whether a reading holds now what it held when it was first declared done; older files kept no links of it."""
    kept = json.loads(first)
    ids = {row["key"]: row["id"] for row in annotations}
    links: dict[int, list[list[str]]] = {}
    for row in relations:
        if row["source"] in ids and row["target"] in ids:
            links.setdefault(row["source"], []).append([row["type"], ids[row["target"]]])
    with_links = isinstance(kept, list) and any("links" in each for each in kept)
    now = [
        {
            "id": row["id"],
            "tag": row["tag"],
            "spans": json.loads(row["spans"]),
            "attributes": json.loads(row["attributes"]),
            **({"links": sorted(links.get(row["key"], []))} if with_links else {}),
        }
        for row in annotations
    ]
    return bool(kept == now)


def _parsed(text: str) -> dict[str, Any]:
    return {} if text == "{}" else json.loads(text)


def _told(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
