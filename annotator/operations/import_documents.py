"""Finding or making the document of an incoming text: the same text makes no second document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.operations.import_work import Work
from annotator.operations.incoming import Incoming
from annotator.operations.words import shown
from annotator.storage import lookups, queries
from annotator.storage.ids import derived_id, text_id
from annotator.storage.lookups import Known

_FACTS = ("title", "outlet", "date", "url", "language", "rights")  # what a file that names the document may change
_APPEARANCE = ("title", "outlet", "date", "url")
_LISTED = 500  # new documents that are told one by one


@dataclass(frozen=True)
class Place:
    """The document that an incoming one became."""

    key: int
    id: str
    new: bool
    other_text: str | None = None  # the present text, where it is not the one that came in


def find_or_make(work: Work, incoming: Incoming) -> Place:
    """The place of an incoming document; new appearances, people it is assigned to and earlier texts go along."""
    known = _known(work, incoming)
    if known is None:
        place = _made(work, incoming)
    else:
        place = _met(work, incoming, known)
        _add_facts(work, incoming, place, known)
    for each in incoming.appearances:
        _insert_appearance(work, place, each)
    for name in incoming.assigned:
        person = work.person(name)
        _insert_once(
            work,
            "assignment",
            derived_id("assignment", place.id, person.id),
            {"document": place.key, "coder": person.key},
        )
    for each in incoming.earlier:
        text = str(each["text"])
        hashed = text_id(text)
        row = {"document": place.key, "sha256": hashed, "text": text}
        _insert_once(work, "earlier_text", derived_id("earlier_text", place.id, hashed), row)
    return place


def _known(work: Work, incoming: Incoming) -> Known | None:
    """By the id that the file gives, else by the first text, else by the present one."""
    for own in _candidates(work, incoming):
        known = work.there.get(own)
        if known is None and own in work.made:
            known = lookups.documents(work.project, [own])[own]
        if known is not None:
            return known
    return None


def _candidates(work: Work, incoming: Incoming) -> list[str]:
    ids = (incoming.own_id, incoming.text_id, work.replaced.get(incoming.text_id))
    return [each for each in ids if each]


def look_up(work: Work, handful: Iterable[Incoming]) -> None:
    """Find which documents of a handful are in the project, all at once."""
    ids = dict.fromkeys(own for incoming in handful for own in _candidates(work, incoming))
    work.there = lookups.documents(work.project, list(ids))


def _made(work: Work, incoming: Incoming) -> Place:
    own = incoming.own_id or incoming.text_id
    key = work.batch.insert("document", {"id": own, **incoming.values}, incoming.text)
    work.made.add(own)
    if own != incoming.text_id:
        work.replaced[incoming.text_id] = own
    work.report.documents += 1
    if len(work.documents) < _LISTED:
        work.documents.append(key)
    return Place(key, own, True)


def _met(work: Work, incoming: Incoming, known: Known) -> Place:
    if work.revive("document", known):
        work.report.documents += 1
        work.report.warn(incoming.where, f"{shown(known.values['title'])} was deleted, and is there again")
        work.documents.append(known.key)
    else:
        same = known.values["title"] in ("", incoming.values["title"])
        named = "" if same else f", as {shown(known.values['title'])}"
        work.report.skip(incoming.where, f"already there{named}")
    if known.values["sha256"] == incoming.text_id:
        return Place(known.key, known.id, False)
    return Place(known.key, known.id, False, queries.text_of(work.project, known.key))


def _add_facts(work: Work, incoming: Incoming, place: Place, known: Known) -> None:
    """What the file says of the article: a change if it names the document by its id, else another appearance."""
    said = {name: incoming.values[name] for name in _FACTS if incoming.values[name]}
    new = work.differences(known, said)
    if incoming.own_id == known.id:
        if new:
            work.change("document", known, new, incoming.where)
    elif any(name in new for name in _APPEARANCE):
        _insert_appearance(work, place, incoming.values)


def _insert_appearance(work: Work, place: Place, values: Mapping[str, Any]) -> None:
    told = {name: str(values.get(name) or "") for name in (*_APPEARANCE, "source_name")}
    identity = [told[name] for name in _APPEARANCE]
    if any(identity):
        row = {"document": place.key, **told}
        _insert_once(work, "appearance", derived_id("appearance", place.id, *identity), row)


def _insert_once(work: Work, table: str, own: str, values: dict[str, Any]) -> None:
    known = lookups.by_ids(work.project, table, [own], ()).get(own)
    if known is None:
        work.batch.insert(table, {"id": own, **values})
    else:
        work.revive(table, known)
