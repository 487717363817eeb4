"""The entities of a project, and where they are mentioned."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from annotator.model.codebook import Codebook
from annotator.model.entities import Entity, Registry
from annotator.storage import queries
from annotator.storage.project import Project
from annotator.storage.schema import visible

_ENTITY = "e.key, e.id, e.name, e.aliases, e.type, e.country, e.note, e.same_as, e.extra"


# ---- the registry


@dataclass
class _Kept:
    """A registry with what it was read from: the history up to a step, and the stamps of the entities' rows."""

    registry: Registry
    stamps: dict[int, tuple[str, str]]  # key → stamp, id
    step: int
    writes: tuple[int, int]


_kept: WeakKeyDictionary[Project, _Kept] = WeakKeyDictionary()


def registry(project: Project) -> Registry:
    """All entities of the project as it is now; asking again costs next to nothing while none of them changes."""
    writes = (project.version(), project.connection.total_changes)
    kept = _kept.get(project)
    if kept is not None and kept.writes == writes:
        return kept.registry
    step = _last_step(project)
    if kept is not None and not _touched_since(project, kept.step):
        kept.step, kept.writes = step, writes
        return kept.registry
    now = {row[0]: (row[1], row[2]) for row in project.rows(f"SELECT key, stamp, id FROM entity AS e WHERE {_SEEN}")}
    if kept is None:
        found = Registry(_entities(project, _SEEN))
    else:
        changed = [key for key, stamp in now.items() if kept.stamps.get(key) != stamp]
        gone = [own for key, (_, own) in kept.stamps.items() if key not in now]
        found = kept.registry.with_changes(_by_keys(project, changed), gone) if changed or gone else kept.registry
    _kept[project] = _Kept(found, now, step, writes)
    return found


_SEEN = visible("e")


def _last_step(project: Project) -> int:
    return int(project.rows("SELECT ifnull(max(key), 0) FROM step")[0][0])


def _touched_since(project: Project, step: int) -> bool:
    """Whether steps after this one, or nudges that joined it, may have changed entities."""
    return bool(
        project.rows(
            """SELECT 1 FROM step WHERE key > ? AND (kind NOT IN ('act', 'setup') OR batch IS NOT NULL)
               UNION ALL SELECT 1 FROM change WHERE step >= ? AND "table" = 'entity' LIMIT 1""",
            (step, step),
        )
    )


def _entities(project: Project, where: str, parameters: tuple[Any, ...] = ()) -> list[Entity]:
    found = project.rows(f"SELECT {_ENTITY} FROM entity AS e WHERE {where}", parameters)
    return [_entity(row) for row in found]


def _by_keys(project: Project, keys: list[int]) -> Iterable[Entity]:
    for first in range(0, len(keys), 500):
        part = keys[first : first + 500]
        yield from _entities(project, f"e.key IN ({','.join('?' * len(part))})", tuple(part))


def _entity(row: tuple[Any, ...]) -> Entity:
    return Entity(
        key=row[0],
        id=row[1],
        name=row[2],
        aliases=_texts(row[3]),
        type=row[4],
        country=_texts(row[5]),
        note=row[6],
        same_as=row[7],
        extra=_read(row[8], dict) if row[8] != "{}" else {},
    )


def _texts(cell: str) -> tuple[str, ...]:
    return () if cell == "[]" else tuple(each for each in _read(cell, list) if isinstance(each, str))


def _read(cell: str, kind: type[Any]) -> Any:
    """What a JSON cell holds; nothing of its kind if it is damaged, which `check` tells."""
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, kind) else kind()


def resolve(project: Project, entity_id: str) -> Entity | None:
    """The entity that an id stands for, whatever it was merged into; None if the project has no such id."""
    return registry(project).main(entity_id)


# ---- mentions


@dataclass(frozen=True)
class Mention:
    """An annotation whose attribute `attribute` names an entity."""

    annotation: int
    document: int
    coder: int
    kind: str  # of the reading: own or gold
    title: str
    start: int
    quote: str
    attribute: str
    by: str  # typed, confirmed or proposed


def entity_attributes(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Tag → the attributes of it that hold an entity or a list of them."""
    found = {
        tag.id: tuple(each.id for each in tag.attributes if "entity" in (each.type, each.of)) for tag in codebook.tags
    }
    return {tag: attributes for tag, attributes in found.items() if attributes}


def named_in(attributes: Any, names: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    """(attribute, id of the entity, by whom) of what an annotation's attributes name."""
    for name in names:
        given = attributes.get(name) if isinstance(attributes, dict) else None
        if isinstance(given, dict):
            value = given.get("value")
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, str) and each:
                    yield name, each, str(given.get("by", ""))


def mentions(project: Project, entity_id: str, *, limit: int = 10_000) -> list[Mention]:
    """The annotations that name an entity or what it absorbed, in the order of the documents and of the text.

    `entity_id` may itself be absorbed: its main entity is asked for.
    """
    known = registry(project)
    return mentions_of(project, known.ids(known.main_id(entity_id)), limit=limit)


def mentions_of(project: Project, ids: Sequence[str], *, limit: int = 10_000) -> list[Mention]:
    """The annotations that name one of these entities, at most `limit`.

    Reads all annotations once: for a large project ask outside the window's own thread.
    """
    wanted = set(ids)
    found = []
    for annotation, document, coder, kind, title, start, quote, tag, cell in _naming(project, wanted):
        for attribute, named, by in named_in(_read(cell, dict), _attributes(project).get(tag, ())):
            if named in wanted:
                found.append(Mention(annotation, document, coder, kind, title, start, quote, attribute, by))
                break
        if len(found) >= limit:
            break
    return found


def _attributes(project: Project) -> dict[str, tuple[str, ...]]:
    version = queries.codebook_version(project)
    return entity_attributes(version[1]) if version else {}


def _naming(project: Project, wanted: set[str]) -> list[Any]:
    """The annotations in whose attributes one of these ids stands anywhere."""
    holds = " OR ".join(["instr(a.attributes, ?)"] * len(wanted))
    return project.rows(
        f"""SELECT a.key, r.document, r.coder, r.kind, d.title, a.start, a.quote, a.tag, a.attributes
            FROM annotation AS a JOIN reading AS r ON r.key = a.reading JOIN document AS d ON d.key = r.document
            WHERE a.attributes <> '{{}}' AND ({holds}) AND {visible("a")} AND {visible("d")}
            ORDER BY r.document, a.start, a."end" DESC, a.key""",
        tuple(sorted(wanted)),
    )


def named(project: Project) -> list[tuple[str, int]]:
    """(id as it stands, number of annotations that name it), absorbed and missing ids as they are.

    Reads all annotations once: for a large project ask outside the window's own thread.
    """
    counts: Counter[str] = Counter()
    for tag, attributes in _attributes(project).items():
        for attribute in attributes:
            path = '$."' + attribute.replace('"', "") + '".value'
            found = project.rows(
                f"""SELECT json_extract(a.attributes, ?) AS value, count(*) FROM annotation AS a
                    JOIN reading AS r ON r.key = a.reading JOIN document AS d ON d.key = r.document
                    WHERE a.tag = ? AND a.attributes <> '{{}}' AND json_valid(a.attributes)
                    AND {visible("a")} AND {visible("d")} GROUP BY value""",
                (path, tag),
            )
            for value, number in found:
                for each in _listed(value):
                    counts[each] += number
    return list(counts.items())


def _listed(value: Any) -> list[str]:
    """The ids in a value as SQLite gives it: a text, or a list written as JSON."""
    if not isinstance(value, str) or not value:
        return []
    if value.startswith("["):
        return list(_texts(value))
    return [value]


def mention_counts(known: Registry, named_as: Iterable[tuple[str, int]]) -> dict[str, int]:
    """How many annotations name each entity, what it absorbed included, by what `named` says."""
    counts: Counter[str] = Counter()
    for entity_id, number in named_as:
        counts[known.main_id(entity_id)] += number
    return {entity_id: number for entity_id, number in counts.items() if entity_id in known.by_id}


def deleted_key(project: Project, entity_id: str) -> int | None:
    """The key of an entity's row that is deleted."""
    found = project.rows("SELECT key FROM entity WHERE id = ? AND deleted = 1", (entity_id,))
    return int(found[0][0]) if found else None


def count(project: Project) -> int:
    """How many actors there are, those merged into others not counted."""
    return len(registry(project).mains)


def missing(project: Project) -> list[tuple[str, int]]:
    """(id, number of annotations) of what annotations name and the project does not have."""
    known = registry(project)
    return sorted((own, number) for own, number in named(project) if own not in known.by_id)
