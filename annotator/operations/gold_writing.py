"""Writing the agreed version (gold) of an article within a step: copies of annotations, and the links between them.

A copy has an id made of the gold reading and of what it was copied from. So two copies of a project that decide alike
hold the same rows, and what was taken back returns as the row it was.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from annotator.model.span import Spans, outer
from annotator.operations.readings import ensure_reading
from annotator.operations.values import as_json
from annotator.review.comparing import Unit
from annotator.review.decisions import Decisions
from annotator.review.readings import Mark
from annotator.storage import lookups, queries, review_queries
from annotator.storage.ids import derived_id, new_id
from annotator.storage.review_queries import LinkRow
from annotator.storage.rows import Values
from annotator.storage.step import Step


@dataclass(frozen=True)
class Wanted:
    """One annotation that the agreed version is to hold: its columns, and the ids of those it speaks for.

    `source` is the one it is copied from (None: a reviewer wrote it). Links that leave one of `speaks_for` become its
    own; so do those that lead to one of `answers_for`: what stands in one unit is one thing in the agreed version.
    """

    tag: str
    spans: Spans
    quote: str
    attributes: str = "{}"
    source: str | None = None
    speaks_for: tuple[str, ...] = ()
    answers_for: tuple[str, ...] = ()

    @classmethod
    def copy_of(cls, *marks: Mark, unit: Unit) -> "Wanted":
        """A copy of the first; the others agree with it, and what only they say is taken along."""
        first = marks[0]
        attributes = first.attributes
        if any(mark.attributes != attributes for mark in marks):
            attributes = as_json(_together([json.loads(mark.attributes) for mark in marks]))
        own = tuple(mark.id for mark in marks)
        whole = tuple(mark.id for mark in unit.there)
        return cls(first.tag, first.spans, first.quote, attributes, first.id, own, whole)


def _together(said: list[dict[str, Any]]) -> dict[str, Any]:
    """All attributes; what a person said wins over what was proposed, the earlier reading over the later."""
    made: dict[str, Any] = {}
    for attributes in said:
        for name, given in attributes.items():
            known = made.get(name)
            proposed = isinstance(known, dict) and known.get("by") == "proposed"
            if known is None or (proposed and given.get("by") != "proposed"):
                made[name] = given
    return made


class GoldWriter:
    """The agreed version of one article, for the length of a step.

    The first reviewer of an article begins it; others go on with it. Where there are several, a reviewer writes their
    own, else the one with the least id.
    """

    def __init__(self, step: Step, document: int, reviewer: int) -> None:
        self.step, self.document, self.project = step, document, step.project
        self.decisions = self._decisions()
        golds = [row for row in review_queries.readings(self.project, [document]) if row.kind == "gold"]
        own = next((row for row in golds if row.coder == reviewer), None)
        if own is None and golds:
            own = min(golds, key=lambda row: row.id)
        self.reading = own.key if own else ensure_reading(step, document, reviewer, "gold")
        self.id = own.id if own else queries.reading_by_key(self.project, self.reading).id
        version = queries.codebook_version(self.project)
        self.version = version[0] if version else None

    def _decisions(self) -> Decisions:
        return Decisions(review_queries.decisions(self.project, [self.document]).get(self.document, ()))

    # ---- annotations

    def settle(self, old: Iterable[str], wanted: Iterable[Wanted]) -> dict[str, str | None]:
        """Hold these in place of the `old` ones (ids of gold annotations); returns gold id → what it is a copy of."""
        held = [(self._put(each), each) for each in wanted]
        kept = {own for own, _ in held}
        gone = review_queries.by_ids(self.project, [own for own in old if own not in kept])
        for row in gone.values():
            if row.reading == self.reading:
                self.step.delete("annotation", row.key)
        for own, each in held:
            self._link(own, each)
        return {own: each.source for own, each in held}

    def copies_of(self, annotations: Iterable[str]) -> list[str]:
        """The ids that copies of these annotations have here, whether they are there or not."""
        return [self._copy_id(own) for own in annotations]

    def _copy_id(self, annotation: str) -> str:
        return derived_id("gold", self.id, annotation)

    def _put(self, wanted: Wanted) -> str:
        """The id of the gold annotation: one that stands in this reading itself, or a copy."""
        if wanted.source is not None:
            near = dict.fromkeys((wanted.source, *wanted.speaks_for))  # of two agreed versions, ours may be second
            there = review_queries.by_ids(self.project, list(near))
            own = next((each for each in near if each in there and there[each].reading == self.reading), None)
            if own is not None:
                return own
        own = self._copy_id(wanted.source) if wanted.source is not None else new_id()
        start, end = outer(wanted.spans)
        row = {
            "reading": self.reading,
            "tag": wanted.tag,
            "spans": as_json(wanted.spans),
            "start": start,
            "end": end,
            "quote": wanted.quote,
            "attributes": wanted.attributes,
            "codebook_made": self.version,
            "codebook_confirmed": self.version,
            "extra": as_json({"from": wanted.source}) if wanted.source is not None else "{}",
        }
        self._write("annotation", own, row)
        return own

    # ---- links

    def _link(self, own: str, wanted: Wanted) -> None:
        """The links of what a gold annotation speaks for, as far as their other end has come into the gold reading."""
        for link in review_queries.links_at(self.project, wanted.answers_for):
            if link.source in wanted.speaks_for:
                target = self._stands_for(link.target)
                if target is not None and target != own:
                    self._write_link(link, own, target)
            if link.target in wanted.answers_for and self._copied_from(link.target) in (None, own):
                source = self._copied_from(link.source)
                if source is not None and source != own:
                    self._write_link(link, source, own)

    def _stands_for(self, annotation: str) -> str | None:
        """The gold annotation that an annotation of a reading became: its copy, its twin, or what was taken instead."""
        found = self._copied_from(annotation)
        if found is not None:
            return found
        partners = {own for each in self.decisions.touching([annotation]) for own in each.partners(annotation)}
        copies = {self._copy_id(own): own for own in sorted(partners)}
        there = review_queries.by_ids(self.project, list(copies))
        return min((own for own, each in there.items() if each.reading == self.reading), default=None)

    def _copied_from(self, annotation: str) -> str | None:
        """The gold annotation that says what this one said: its own copy, or the same span and tag where all agreed."""
        copy = self._copy_id(annotation)
        there = review_queries.by_ids(self.project, [annotation, copy])
        if copy in there:
            return copy
        own = there.get(annotation)
        if own is None:
            return None
        if own.reading == self.reading:
            return annotation
        decided = self.decisions.touching([annotation])
        if decided and annotation not in decided[-1].gold.values():
            return None  # another reading was taken there
        return review_queries.same_in(self.project, self.reading, own.tag, own.spans)

    def _write_link(self, link: LinkRow, source: str, target: str) -> None:
        ends = review_queries.by_ids(self.project, [source, target])
        if len(ends) < 2:
            return
        row = {
            "type": link.type,
            "source": ends[source].key,
            "target": ends[target].key,
            "attributes": link.attributes,
            "note": link.note,
        }
        self._write("relation", derived_id("gold", self.id, link.type, source, target), row)

    def _write(self, table: str, own: str, row: Values) -> int:
        """Write a row under an id of ours, be it new, there already, or deleted."""
        known = lookups.by_ids(self.project, table, [own], ()).get(own)
        if known is None:
            return self.step.insert(table, {"id": own, **row})
        self.step.update(table, known.key, {"deleted": 0, **row})
        return known.key

    def write_decision(self, own: str, row: Values) -> None:
        """Write a decision in place of the same reviewer's earlier one between the same annotations."""
        self._write("decision", own, row)
        self.decisions = self._decisions()
