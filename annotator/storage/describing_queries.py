"""What describing reads of a project: the values in use of an attribute, and how the same was described before."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from annotator.model.rows import Annotation
from annotator.storage import queries
from annotator.storage.project import Project
from annotator.storage.schema import visible

LATEST = 200_000  # annotations, read in less than a second


def values_in_use(project: Project, tags: list[str], attribute: str) -> Counter[str]:
    """How often each text stands in an attribute of annotations with these tags, members of lists each for itself.

    Of a very large project only the latest annotations are read: a person waits for this.
    """
    newest = project.rows("SELECT ifnull(max(key), 0) FROM annotation")[0][0]
    where = f"a.key > ? AND a.tag IN ({','.join('?' * len(tags))}) AND {visible('a')}"
    return _counted(project, where, (newest - LATEST, *tags), attribute)


def values_written_since(project: Project, step: int, tags: list[str], attribute: str) -> Counter[str] | None:
    """The same for annotations that steps after `step` have touched; None if a bulk work was among them."""
    bulk = "SELECT 1 FROM step WHERE key > ? AND (kind NOT IN ('act', 'setup') OR batch IS NOT NULL) LIMIT 1"
    if project.rows(bulk, (step,)):
        return None
    where = (
        """a.key IN (SELECT row FROM change WHERE step > ? AND "table" = 'annotation') """
        f"AND a.tag IN ({','.join('?' * len(tags))}) AND {visible('a')}"
    )
    return _counted(project, where, (step, *tags), attribute)


def last_with_words(project: Project, annotation: Annotation) -> Annotation | None:
    """The nearest annotation before one in its reading that has its tag and its words, and is described."""
    return _before(project, annotation, "a.quote = ?", (annotation.quote,))


def last_naming(project: Project, annotation: Annotation, ids: Sequence[str]) -> Annotation | None:
    """The nearest annotation before one in its reading that has its tag, and one of these ids in its attributes."""
    return _before(project, annotation, " OR ".join(["instr(a.attributes, ?)"] * len(ids)), tuple(ids))


def described_before(project: Project, annotation: Annotation, limit: int) -> list[tuple[int, str, dict[str, Any]]]:
    """(key, tag, attributes) of the described annotations that begin before one in its reading, the nearest first."""
    found = project.rows(
        f"""SELECT a.key, a.tag, a.attributes FROM annotation AS a WHERE a.reading = ? AND {visible("a")}
            AND a.start < ? AND a.attributes <> '{{}}' AND json_valid(a.attributes)
            ORDER BY a.start DESC, a."end", a.key DESC LIMIT ?""",
        (annotation.reading, annotation.outer.start, limit),
    )
    read = [(key, tag, json.loads(attributes)) for key, tag, attributes in found]
    return [each for each in read if isinstance(each[2], dict)]


def _before(project: Project, annotation: Annotation, where: str, parameters: tuple[str, ...]) -> Annotation | None:
    found = project.rows(
        f"""SELECT a.key FROM annotation AS a WHERE a.reading = ? AND {visible("a")} AND a.start < ? AND a.tag = ?
            AND a.attributes <> '{{}}' AND ({where}) ORDER BY a.start DESC LIMIT 1""",
        (annotation.reading, annotation.outer.start, annotation.tag, *parameters),
    )
    return queries.annotation(project, found[0][0]) if found else None


def last_step(project: Project) -> int:
    """The key of the latest step of the history."""
    return int(project.rows("SELECT ifnull(max(key), 0) FROM step")[0][0])


def _counted(project: Project, where: str, parameters: tuple[Any, ...], attribute: str) -> Counter[str]:
    path = f'$."{attribute}".value'
    cell = "iif(json_valid(a.attributes), a.attributes, '{}')"
    sql = (
        f"SELECT v.value, count(*) FROM annotation AS a, json_each({cell}, ?) AS v "
        f"WHERE {where} AND v.type = 'text' GROUP BY v.value"
    )
    return Counter(dict(project.rows(sql, (path, *parameters))))
