"""The relations between annotations. One whose end was deleted is hidden, and returns with it."""

import json
from collections.abc import Sequence
from typing import Any

from annotator.model.relations import Relation
from annotator.storage.project import Project
from annotator.storage.schema import visible

_RELATION = "l.key, l.id, l.type, l.source, l.target, l.attributes, l.note, l.source_id"
_JOINED = f"""relation AS l JOIN annotation AS a ON a.key = l.source JOIN annotation AS b ON b.key = l.target
    WHERE {visible("l")} AND {visible("a")} AND {visible("b")}"""
_ORDER = 'ORDER BY a.start, a."end" DESC, b.start, l.type, l.key'
_PAGE = 500


def relations_of(project: Project, reading: int) -> list[Relation]:
    """The relations that leave annotations of a reading, in text order."""
    found = project.rows(f"SELECT {_RELATION} FROM {_JOINED} AND a.reading = ? {_ORDER}", (reading,))
    return [_relation(row) for row in found]


def relations_at(project: Project, annotation: int) -> list[Relation]:
    """The relations that leave an annotation, then those that point to it."""
    out = project.rows(f"SELECT {_RELATION} FROM {_JOINED} AND l.source = ? {_ORDER}", (annotation,))
    into = project.rows(f"SELECT {_RELATION} FROM {_JOINED} AND l.target = ? {_ORDER}", (annotation,))
    return [_relation(row) for row in (*out, *into)]


def relations_from(project: Project, annotation: int, kind: str) -> list[Relation]:
    """The relations of one kind that leave an annotation."""
    found = project.rows(
        f"SELECT {_RELATION} FROM {_JOINED} AND l.source = ? AND l.type = ? {_ORDER}", (annotation, kind)
    )
    return [_relation(row) for row in found]


def relation_between(project: Project, kind: str, source: int, target: int) -> Relation | None:
    """The relation of a kind from one annotation to another."""
    return next((each for each in relations_from(project, source, kind) if each.target == target), None)


def relation(project: Project, key: int) -> Relation | None:
    """A relation by key, if it and both its ends are there."""
    found = project.rows(f"SELECT {_RELATION} FROM {_JOINED} AND l.key = ?", (key,))
    return _relation(found[0]) if found else None


def types_in_use(project: Project) -> dict[str, int]:
    """How many relations there are of each kind."""
    return dict(project.rows(f"SELECT l.type, count(*) FROM {_JOINED} GROUP BY l.type"))


def ends(project: Project, relations: Sequence[int]) -> set[int]:
    """The annotations at either end of these relations, whether deleted or not."""
    found: set[int] = set()
    for first in range(0, len(relations), _PAGE):
        part = tuple(relations[first : first + _PAGE])
        marks = ",".join("?" * len(part))
        for pair in project.rows(f"SELECT source, target FROM relation WHERE key IN ({marks})", part):
            found.update(pair)
    return found


def hidden(project: Project) -> int:
    """How many relations wait for a deleted end to return."""
    return int(
        project.rows(
            f"""SELECT count(*) FROM relation AS l JOIN annotation AS a ON a.key = l.source
                JOIN annotation AS b ON b.key = l.target WHERE {visible("l")} AND (a.deleted OR b.deleted)"""
        )[0][0]
    )


def _relation(row: tuple[Any, ...]) -> Relation:
    key, own, kind, source, target, attributes, note, source_id = row
    given = {} if attributes == "{}" else json.loads(attributes)
    return Relation(key, own, kind, source, target, given, note, source_id)
