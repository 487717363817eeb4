"""Actors of a project as entities: one canonical actor with all its names, and the registry that knows them all.

Two entities that turn out to be one are merged by `same_as` on the absorbed one; nothing that names it is rewritten,
so `Registry.main` is asked whenever an id is read.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from annotator.model.names import LIMIT, NameIndex, key_of

PRIVATE = "private"  # the field in `extra` that marks a private person
_FRESH = 200  # entities changed since the index of names was made, after which a new one is made


@dataclass(frozen=True)
class Entity:
    """A canonical actor; `same_as` is the id of the entity that it was merged into."""

    key: int
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    type: str = ""
    country: tuple[str, ...] = ()  # ISO 3166-1, two letters each
    note: str = ""
    same_as: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def is_private(self) -> bool:
        """Whether this is a private person, whom exports name by a pseudonym."""
        return self.extra.get(PRIVATE) is True

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name, then the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Match:
    """Whom a quote may name: `exact` if one entity has just this name, else those close to it, the closest first.

    Scores lie between 0 and 1. Where several entities share the name, all stand in `close` with 1: a person chooses.
    """

    exact: Entity | None = None
    close: tuple[tuple[Entity, float], ...] = ()

    @property
    def tied(self) -> bool:
        """Whether several entities have just this name."""
        return self.exact is None and len(self.close) > 1 and self.close[1][1] >= 1


NO_MATCH = Match()


class Registry:
    """All entities of a project, absorbed ones too. It does not change; a changed project has another registry."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.by_id: Mapping[str, Entity] = {entity.id: entity for entity in entities}
        self._main: dict[str, str] = {}
        self._absorbed: dict[str, list[Entity]] = {}
        self._base: Registry | None = None  # whose index of names holds for all but the `_fresh` ids
        self._fresh: AbstractSet[str] = frozenset()
        for entity in self.by_id.values():
            if entity.same_as is not None:
                main = self._follow(entity)
                if main != entity.id:
                    self._main[entity.id] = main
                    self._absorbed.setdefault(main, []).append(entity)

    def _follow(self, entity: Entity) -> str:
        """The end of the chain. Two copies may have merged in opposite directions: then the smallest id stands."""
        passed = [entity.id]
        while entity.same_as in self.by_id:
            entity = self.by_id[str(entity.same_as)]
            if entity.id in passed:
                return min(passed[passed.index(entity.id) :])
            passed.append(entity.id)
        return entity.id

    def main_id(self, entity_id: str) -> str:
        """The id that an id stands for: itself, unless it was merged into another."""
        return self._main.get(entity_id, entity_id)

    def main(self, entity_id: str) -> Entity | None:
        """The entity that an id stands for, whatever it was merged into; None if the project has no such id."""
        return self.by_id.get(self.main_id(entity_id))

    def absorbed(self, entity_id: str) -> tuple[Entity, ...]:
        """What was merged into an entity, directly or not."""
        return tuple(self._absorbed.get(entity_id, ()))

    def ids(self, entity_id: str) -> tuple[str, ...]:
        """Every id that stands for this entity: its own first."""
        return (entity_id, *(entity.id for entity in self.absorbed(entity_id)))

    def names(self, entity: Entity) -> tuple[str, ...]:
        """All names of an entity, those of what it absorbed included, none twice."""
        found = dict.fromkeys(entity.names)
        for other in self.absorbed(entity.id):
            found.update(dict.fromkeys(other.names))
        return tuple(found)

    @cached_property
    def mains(self) -> tuple[Entity, ...]:
        """The entities that stand for themselves, by name."""
        found = [entity for entity in self.by_id.values() if entity.id not in self._main]
        return tuple(sorted(found, key=lambda entity: (key_of(entity.name), entity.id)))

    # ---- whom a quote names

    def with_changes(self, changed: Iterable[Entity], gone: Iterable[str]) -> "Registry":
        """The registry after some entities were written, and those with the ids `gone` deleted.

        It goes on using this one's index of names for what stayed, so that one new actor costs no new index.
        """
        entities = dict(self.by_id)
        ids = {*gone}
        for entity_id in ids:
            entities.pop(entity_id, None)
        for entity in changed:
            entities[entity.id] = entity
            ids.add(entity.id)
        new = Registry(entities.values())
        touched = self._fresh | ids
        for registry in (self, new):
            touched = touched | {registry.main_id(entity_id) for entity_id in ids}
        if len(touched) <= _FRESH:
            new._base, new._fresh = self._base or self, touched
        return new

    @cached_property
    def name_index(self) -> NameIndex[Entity]:
        """The names of all entities; with a registry it goes on from, only of those that changed since."""
        if self._base is None:
            return NameIndex((entity, self.names(entity)) for entity in self.mains)
        fresh = [entity for entity_id in sorted(self._fresh) if (entity := self.main(entity_id)) is not None]
        named = ((entity, self.names(entity)) for entity in dict.fromkeys(fresh))
        return NameIndex(named, beside=self._base.name_index)

    def exact(self, quote: str) -> tuple[Entity, ...]:
        """The entities that have just this name, whatever its case, accents and quotation marks, by name."""
        if not self.by_id:
            return ()
        found = self.name_index.exact(quote)
        if self._base is not None:
            found += [entity for entity in self._base.name_index.exact(quote) if entity.id not in self._fresh]
        return tuple(sorted(found, key=lambda entity: (key_of(entity.name), entity.id)))

    def match(self, quote: str) -> Match:
        """Whom a quote names, by name or alias, else who is close."""
        if not self.by_id:
            return NO_MATCH
        exact = self.exact(quote)
        if len(exact) == 1:
            return Match(exact[0])
        if exact:
            return Match(close=tuple((entity, 1.0) for entity in exact))
        return Match(close=self._close(quote))

    def _close(self, quote: str) -> tuple[tuple[Entity, float], ...]:
        if self._base is None:
            return self.name_index.close(quote)
        kept = self._base.name_index.close(quote, LIMIT + len(self._fresh))
        found = [*self.name_index.close(quote), *(each for each in kept if each[0].id not in self._fresh)]
        return tuple(sorted(found, key=lambda each: (-each[1], key_of(each[0].name), each[0].id))[:LIMIT])

    def search(self, words: str) -> list[Entity]:
        """The entities one of whose names, whose type, country or note hold all these words, by name."""
        sought = key_of(words).split()
        if not sought:
            return list(self.mains)
        return [entity for entity in self.mains if all(word in self._told[entity.id] for word in sought)]

    @cached_property
    def _told(self) -> dict[str, str]:
        return {
            entity.id: key_of(" ".join((*self.names(entity), entity.type, *entity.country, entity.note)))
            for entity in self.mains
        }
