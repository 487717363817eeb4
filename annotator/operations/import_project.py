"""What stands beside an export in DEST.project.json: codebook versions, coders, entities, decisions."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.attributes import Context
from annotator.model.codebook import Codebook, canonical_json
from annotator.model.codebook_json import codebook_from_json
from annotator.model.codebook_yaml import default_codebook
from annotator.operations.import_work import Work
from annotator.operations.values import as_json
from annotator.operations.words import shown
from annotator.storage import entity_queries, lookups, queries, stamps
from annotator.storage.ids import is_own_id
from annotator.storage.project import Project
from annotator.storage.rows import Values

Records = Mapping[str, Sequence[Mapping[str, Any]]]


def codebook_versions(records: Records, where: str) -> list[tuple[Mapping[str, Any], Codebook]]:
    """The codebook versions of a file, oldest first. Raises AnnotatorError for one that is no codebook."""
    found = []
    for record in records.get("codebook", ()):
        content = record.get("content")
        if not isinstance(content, dict):
            raise AnnotatorError(f"{where}: a codebook version has no content.")
        found.append((record, codebook_from_json(json.dumps(content), where)))
    return found


def version_id(parent: str | None, codebook: Codebook) -> str:
    """The id of a codebook version: the hash of its parent's id and its content."""
    return hashlib.sha256(f"{parent or ''}\n{canonical_json(codebook)}".encode()).hexdigest()


def take_project(work: Work, records: Records, where: str) -> None:
    """Take over coders and entities; the codebook only where nothing was coded by another one yet."""
    for record in records.get("coders", ()):
        name, own = record.get("name"), record.get("id")
        if isinstance(name, str) and isinstance(own, str) and is_own_id(own):
            work.known_ids.setdefault(name, own)
    _take_codebook(work, records, where)
    for record in records.get("coders", ()):
        if isinstance(record.get("name"), str) and record["name"].strip():
            work.person(record["name"])
    _take_entities(work, records, where)
    know_actors(work, records)


def know_actors(work: Work, records: Records) -> None:
    """What an annotation says of an actor is held against the project and against what comes with the file."""
    registry = entity_queries.registry(work.project)
    brought = {str(each.get("id")): str(each.get("name")) for each in records.get("entities", ())}

    def name(entity_id: str) -> str | None:
        found = registry.main(entity_id)
        return found.name if found else brought.get(entity_id)

    def named(words: str) -> list[str]:
        return [entity.id for entity in registry.exact(words)] or [
            own for own, each in brought.items() if each == words
        ]

    work.terms = replace(work.terms, values=Context(entities_named=named, entity_name=name))


def take_decisions(work: Work, records: Records, where: str) -> None:
    """Take over the reviewers' decisions; their documents must be there by now."""
    for number, record in enumerate(records.get("decisions", ()), 1):
        here = f"{where}, decision {number}"
        own, reviewer, about = record.get("id"), record.get("reviewer"), str(record.get("document"))
        known = lookups.documents(work.project, [about]).get(about)
        if not (isinstance(own, str) and is_own_id(own) and isinstance(reviewer, str) and reviewer.strip()):
            work.report.refuse(here, "it has no id of ours or names no reviewer")
        elif known is None:
            work.report.refuse(here, "its article is not in the project")
        else:
            content = record.get("content")
            told = {name: str(record.get(name) or "") for name in DECISION[:-1]}
            told["content"] = as_json(content if isinstance(content, dict) else {})
            _take_decision(work, own, {"document": known.key, "reviewer": work.person(reviewer).key}, told, here)


DECISION = ("place", "kind", "choice", "reason", "content")


def _take_decision(work: Work, own: str, about: Values, told: Values, where: str) -> None:
    """Write one decision, or bring the one that is there to what the file says."""
    known = lookups.by_ids(work.project, "decision", [own], DECISION).get(own)
    if known is None:
        work.batch.insert("decision", {"id": own, **about, **told})
        return
    work.revive("decision", known)
    new = work.differences(known, told)
    if new:
        work.change("decision", known, new, where)


def _take_codebook(work: Work, records: Records, where: str) -> None:
    versions = codebook_versions(records, where)
    if not versions:
        return
    latest = versions[-1][1]
    current = queries.codebook_version(work.project)
    if current is not None and current[1] == latest:
        return
    if work.report.documents or not takes_codebook(work.project, current[1] if current else None, latest):
        work.report.warn(where, "its codebook differs from the project's, which stays as it is")
        return
    stamp = work.batch.stamp
    for record, codebook in versions:
        parent = record.get("parent") if isinstance(record.get("parent"), str) else None
        own = version_id(parent, codebook)
        stamp = stamps.next_stamp(stamp, work.project.replica, stamps.now())
        if own not in lookups.by_ids(work.project, "codebook", [own], ()):
            row = {"parent": parent, "version": codebook.version, "content": canonical_json(codebook), "stamp": stamp}
            work.batch.insert("codebook", {"id": own, **row})
        work.version = own
    work.adopt(latest)
    work.report.warn(where, f"its codebook was taken over: {latest.title or latest.id} {latest.version}")


def takes_codebook(project: Project, current: Codebook | None, other: Codebook) -> bool:
    """Whether the project has no documents, and no codebook that was chosen and knows all tags of the other."""
    if not lookups.is_empty(project):
        return False
    return current is None or current == default_codebook() or any(current.tag(tag.id) is None for tag in other.tags)


def _take_entities(work: Work, records: Records, where: str) -> None:
    brought = {str(each.get("id")) for each in records.get("entities", ())}
    known_ids = entity_queries.registry(work.project).by_id
    for number, record in enumerate(records.get("entities", ()), 1):
        here = f"{where}, entity {number}"
        own, name = record.get("id"), record.get("name")
        if not (isinstance(own, str) and is_own_id(own) and isinstance(name, str) and name.strip()):
            work.report.refuse(here, "it has no id of ours or no name")
            continue
        told = _told_of_entity(work, record, here)
        same = told.get("same_as")
        if same is not None and same not in brought and same not in known_ids:
            work.report.warn(here, f"it is the same as {shown(same)}, which is not there; it stands for itself")
        known = lookups.by_ids(work.project, "entity", [own], ENTITY).get(own)
        if known is None:
            work.batch.insert("entity", {"id": own, **told})
            continue
        work.revive("entity", known)
        if record.get("pseudonym") is True:
            continue  # it left here without its name, and that stays
        new = work.differences(known, told)
        if new:
            work.change("entity", known, new, here)


ENTITY = ("name", "aliases", "type", "country", "note", "same_as", "extra")


def _told_of_entity(work: Work, record: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The columns that a record states; what is of the wrong kind is left out and reported, unknown keys are kept."""
    told: dict[str, Any] = {}
    for name in (each for each in ENTITY[:-1] if each in record):
        given = record[name]
        listed = name in ("aliases", "country")
        if given is None and name != "name":
            given = [] if listed else None if name == "same_as" else ""
        fits = isinstance(given, str) if not listed else _all_texts(given)
        if fits or (given is None and name == "same_as"):
            told[name] = as_json(given) if listed else given or (None if name == "same_as" else "")
        else:
            wanted = "list of texts" if listed else "text"
            work.report.refuse(where, f"its “{name}” is no {wanted} and was left out")
    extra = {name: value for name, value in record.items() if name not in (*ENTITY[:-1], "id")}
    return {**told, **({"extra": as_json(extra)} if extra else {})}


def _all_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
